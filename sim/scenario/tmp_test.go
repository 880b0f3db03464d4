package scenario
import ("testing";"fmt";"strings")
func TestTmp(t *testing.T){ s,_:=Load("boat-building-system"); _=s.Set("group.size","6"); a:=string(s.TOML()); fmt.Println(a[strings.Index(a,"[group]"):][:900]); fmt.Println(a[strings.Index(a,"[[sme]]"):][:700]); b:=string(Template()); fmt.Println(len(b),b[strings.Index(b,"Experiments on")-100:])
 s,_=Load("base"); _=s.Set("group.size","3"); _=s.Set("group.mix","0.2,0.3,0.5"); a=string(s.TOML()); fmt.Println(a[strings.Index(a,"[group]"):][:2400])}
