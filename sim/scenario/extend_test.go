package scenario

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// files is a resolver over texts.
func files(texts map[string]string) resolver {
	return func(_, ref string) ([]byte, string, *Problem) {
		src, ok := texts[ref]
		if !ok {
			return shippedOnly("", ref)
		}
		return []byte(src), ref, nil
	}
}

func child(t *testing.T, parent, child string) (*Scenario, error) {
	t.Helper()
	return parse("child.toml", []byte("name = \"child\"\nextends = \"parent.toml\"\n"+child), files(map[string]string{
		"parent.toml": "name = \"parent\"\ntitle = \"Parent\"\n" + parent,
	}))
}

func TestTheChildOverridesKeyByKey(t *testing.T) {
	s, err := child(t, "mechanisms_off = [\"practice\"]\n[group]\nsize = 6\nfocus = 0.8\n[norms]\nrealism = 1\n", "group.size = 4\n")
	if err != nil {
		t.Fatal(err)
	}
	if s.Params.Group.Size != 4 || s.Params.Group.Focus != 0.8 || s.Params.Norms.Realism != 1 || len(s.Off) != 1 {
		t.Errorf("%+v %v", s.Params.Group, s.Off)
	}
	if s.Name != "child" || s.Title != "child" {
		t.Errorf("named %s, %s: names and titles are not inherited", s.Name, s.Title)
	}
	roundTrip(t, s)
}

const (
	listed  = "[[sme]]\nname = \"Yard\"\ntechnology = 0.9\n[[sme]]\nname = \"Hull\"\nties = [\"Yard\"]\n"
	markets = "[[market]]\nname = \"A\"\n[[market]]\nname = \"B\"\n"
)

func TestWhatReplacesWhat(t *testing.T) {
	for _, c := range []struct {
		what, parent, child string
		wrong               string
		right               func(*Scenario) bool
	}{
		{"mix clears focus", "group.focus = 0.9\n", "group.mix = [1, 0, 0]\n", "",
			func(s *Scenario) bool { return s.Params.Mix[0] == 1 && s.Params.Group.Focus == 0.5 }},
		{"focus clears mix", "group.mix = [1, 0, 0]\n", "group.focus = 0.9\n", "",
			func(s *Scenario) bool { return s.Params.Mix == [3]float64{} && s.Params.Group.Focus == 0.9 }},
		{"list replaces list", listed, "[[sme]]\nname = \"A\"\n[[sme]]\nname = \"B\"\n[[sme]]\nname = \"C\"\n", "",
			func(s *Scenario) bool {
				l := s.Params.ListedSMEs
				return len(l) == 3 && l[0].Name == "A" && math.IsNaN(l[0].Technology) && s.Params.Group.Size == 3
			}},
		{"list replaces size", "group.size = 6\n", listed, "",
			func(s *Scenario) bool { return s.Params.Group.Size == 2 }},
		{"markets replace count", "markets.count = 3\n", markets, "",
			func(s *Scenario) bool { return s.Params.Markets.Count == 2 }},
		{"an empty list takes the list and its hub away", "group.hub = \"Yard\"\n" + listed, "sme = []\n", "",
			func(s *Scenario) bool {
				return len(s.Params.ListedSMEs) == 0 && s.Params.Group.Size == 5 && s.Params.Hub == -1
			}},
		{"no markets", markets, "market = []\nmarkets.count = 3\n", "",
			func(s *Scenario) bool { return len(s.Params.MarketSpecs) == 0 && s.Params.Markets.Count == 3 }},
		{"hub by name in the new list", "group.hub = \"Yard\"\n" + listed, "[[sme]]\nname = \"A\"\n[[sme]]\nname = \"Yard\"\n", "",
			func(s *Scenario) bool { return s.Params.Hub == 1 }},
		{"hub taken away", "group.hub = \"Yard\"\n" + listed, "group.hub = \"\"\n", "",
			func(s *Scenario) bool { return s.Params.Hub == -1 }},
		{"mechanisms replaced", "mechanisms_off = [\"practice\"]\n", "mechanisms_off = []\n", "",
			func(s *Scenario) bool { return len(s.Off) == 0 }},

		{"size over a list", listed, "group.size = 4\n",
			`child.toml:3: group.size = 4: contradicts [[sme]] (parent.toml:3), which lists 2; list as many here, or write sme = [] to have them generated`, nil},
		{"count over a list", markets, "markets.count = 1\n",
			`child.toml:3: markets.count = 1: contradicts [[market]] (parent.toml:3), which lists 2; list as many here, or write market = [] to have them generated`, nil},
		{"hub lost", "group.hub = \"Yard\"\n" + listed, "[[sme]]\nname = \"A\"\n[[sme]]\nname = \"B\"\n",
			`child.toml:3: sme: the new list has no group.hub = "Yard" (parent.toml:3); name a hub of this list, or write group.hub = ""`, nil},
		{"suppliers of the parent", "group.suppliers = 5\ngroup.size = 6\n", "group.size = 4\n",
			`child.toml:3: group.size = 4: too few for group.suppliers = 5 (parent.toml:3); set group.suppliers to at most 3 as well`, nil},
		{"suppliers of the child", "group.size = 4\n", "group.suppliers = 5\n",
			`child.toml:3: group.suppliers = 5: more suppliers than there are SMEs beside the hub: at most 3 in a group of 4`, nil},
		{"the parent's mistakes name the parent", "group.size = 1\n", "group.focus = 2\n",
			"child.toml:3: group.focus = 2: must be within 0..1; write 2 % as 0.02\nparent.toml:3: group.size = 1: must be a whole number within 2..12 SMEs", nil},
		{"the parent is no TOML", "group.size 1\n", "group.focus = 2\n",
			"child.toml:3: group.focus = 2: must be within 0..1; write 2 % as 0.02\nparent.toml:3: not valid TOML: expected '.' or '=', but got '1' instead; a line reads key = value, or [table]", nil},
	} {
		t.Run(c.what, func(t *testing.T) {
			s, err := child(t, c.parent, c.child)
			switch {
			case err != nil && err.Error() != c.wrong:
				t.Errorf("got\n%v\nwant\n%s", err, c.wrong)
			case err == nil && c.wrong != "":
				t.Errorf("accepted, want\n%s", c.wrong)
			case err == nil && !c.right(s):
				t.Errorf("resolved to\n%s", s.TOML())
			case err == nil:
				roundTrip(t, s)
			}
		})
	}
}

func TestCirclesAndLongChains(t *testing.T) {
	texts := map[string]string{"a": "name = \"a\"\nextends = \"b\"\n", "b": "name = \"b\"\n\nextends = \"a\"\n", "self": "name = \"s\"\nextends = \"self\"\n"}
	for i := range 20 {
		texts[fmt.Sprint("c", i)] = fmt.Sprintf("name = \"c%d\"\nextends = \"c%d\"\n", i, i+1)
	}
	texts["c20"] = "name = \"end\"\n"
	for _, c := range []struct{ start, want string }{
		{"a", `b:3: extends = "a": goes round in a circle: a extends b extends a`},
		{"self", `self:2: extends = "self": goes round in a circle: self extends self`},
		{"c0", `c7:2: extends = "c8": too deep: at most 8 files may extend one another`},
		{"c12", `c19:2: extends = "c20": too deep: at most 8 files may extend one another`},
		{"c13", ""},
	} {
		_, err := parse(c.start, []byte(texts[c.start]), files(texts))
		if got := fmt.Sprint(err); err != nil && got != c.want || err == nil && c.want != "" {
			t.Errorf("%s: got\n%s\nwant\n%s", c.start, got, c.want)
		}
	}
}

func TestFilesExtendFilesBesideThem(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("ours.toml", "name = \"ours\"\nextends = \"lib/theirs.toml\"\n")
	write("lib/theirs.toml", "name = \"theirs\"\nextends = \"./deep/base.toml\"\ngroup.focus = 0.9\n")
	write("lib/deep/base.toml", "name = \"base\"\nextends = \"food-products\"\ngroup.size = 3\n")
	write("lost.toml", "name = \"lost\"\nextends = \"excavators.toml\"\n")
	write("wrong.toml", "name = \"wrong\"\nextends = \"lib/bad.toml\"\n")
	write("lib/bad.toml", "name = \"bad\"\n\ngroup.size = 30\n")

	s, err := Load(filepath.Join(dir, "ours.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if g := s.Params.Group; g.Focus != 0.9 || g.Size != 3 || g.Technology != 0.15 {
		t.Errorf("%+v", g)
	}
	for name, want := range map[string]string{
		"lost.toml":  dir + `/lost.toml:2: extends = "excavators.toml": no such file; did you mean excavators?`,
		"wrong.toml": dir + `/lib/bad.toml:3: group.size = 30: must be a whole number within 2..12 SMEs`,
	} {
		if _, err := Load(filepath.Join(dir, name)); err == nil || err.Error() != want {
			t.Errorf("got\n%v\nwant\n%s", err, want)
		}
	}
}

// Who has no business with the machine's files cannot reach them by extends.
func TestShippedOnlyReadsNoFiles(t *testing.T) {
	for _, ref := range []string{"/etc/passwd", "../base", "../../scenarios/base.toml", "embed.go", ".", "..", ""} {
		if _, _, wrong := shippedOnly("", ref); wrong == nil {
			t.Errorf("%s was read", ref)
		}
	}
	_, err := Parse("x.toml", []byte("name = \"x\"\nextends = \"/etc/passwd\"\n"))
	if err == nil || !strings.HasPrefix(err.Error(), `x.toml:2: extends = "/etc/passwd": no shipped scenario of that name; there are base,`) {
		t.Error(err)
	}
}
