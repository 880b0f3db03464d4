package scenario

import (
	"fmt"
	"strings"
	"testing"

	"epgsim/sim"
)

func base(t *testing.T) *Scenario {
	t.Helper()
	s, err := Load("base")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The command line and the file take the same values and refuse the others in
// the same words.
func TestSetSpeaksAsTheFileDoes(t *testing.T) {
	for _, c := range []struct{ key, file, set string }{
		{"group.size", "4", "4"},
		{"group.size", "4.0", "4.0"},
		{"group.size", "4.5", "4.5"},
		{"group.size", `"four"`, "four"},
		{"group.size", "99", "99"},
		{"group.size", "true", "true"},
		{"project.years", "5", "5"},
		{"project.years", "36", "36"},
		{"group.experience", "1.4", "1.4"},
		{"group.experience", "40", "40"},
		{"group.experience", "nan", "nan"},
		{"group.experience", "-inf", "-inf"},
		{"group.experience", `"0,5"`, "0,5"},
		{"group.open", "true", "true"},
		{"group.open", "1", "1"},
		{"group.open", `"yes"`, "yes"},
		{"group.mix", "[0.2, 0.3, 0.5]", "0.2,0.3,0.5"},
		{"group.mix", "[0.2, 0.3, 0.5]", "[0.2, 0.3, 0.5]"},
		{"group.mix", "[0.2, 0.3]", "0.2, 0.3"},
		{"group.mix", "[0.2, 0.3, 0.6]", "0.2,0.3,0.6"},
		{"group.mix", `["a", "b"]`, "a,b"},
		{"group.sise", "4", "4"},
		{"mechanisms_off", `["practice", "rivalry"]`, "practice, rivalry"},
		{"mechanisms_off", `["practise"]`, "practise"},
		{"mechanisms_off", "[]", ""},
		{"group.hub", `""`, ""},
	} {
		s := base(t)
		errSet := s.Set(c.key, c.set)
		byFile, errFile := Parse("x.toml", []byte("name = \"base\"\nextends = \"base\"\n"+c.key+" = "+c.file+"\n"))
		switch {
		case (errSet == nil) != (errFile == nil):
			t.Errorf("%s = %s: --set says %v, the file %v", c.key, c.file, errSet, errFile)
		case errSet != nil:
			want := strings.Replace(errFile.Error(), "x.toml:3:", "--set:", 1)
			if errSet.Error() != want {
				t.Errorf("--set says\n%s\nthe file\n%s", errSet, errFile)
			}
		case !same(&s.Params, &byFile.Params) || fmt.Sprint(s.Off) != fmt.Sprint(byFile.Off):
			t.Errorf("%s = %s: --set and file differ", c.key, c.file)
		}
	}
}

func TestSetTakesEveryParameter(t *testing.T) {
	s := base(t)
	for i := range sim.Table {
		q := &sim.Table[i]
		v := q.Min
		if q.Name == "formation.candidates" {
			v = q.Max
		}
		if err := s.Set(q.Name, value(q, v)); err != nil {
			t.Error(err)
		}
		if got := q.In(&s.Params); got != v {
			t.Errorf("%s is %g, set to %g", q.Name, got, v)
		}
	}
}

func TestSetRefusals(t *testing.T) {
	for _, c := range []struct{ key, value, want string }{
		{"name", "x", "--set: name: cannot be set here; write it in a scenario file"},
		{"sme.hours", "20", "--set: sme.hours: cannot be set here; write it in a scenario file"},
		{"sise", "4", "--set: sise: unknown key; did you mean group.size?"},
		{"a\nb\x1b[31m", "4", `--set: a\nb\x1b[31m: unknown key`},
		{strings.Repeat("size", 5000), "4", "--set: " + strings.Repeat("size", 19) + "siz…: unknown key"},
	} {
		s := base(t)
		before := s.Hash()
		err := s.Set(c.key, c.value)
		if err == nil || err.Error() != c.want {
			t.Errorf("got\n%v\nwant\n%s", err, c.want)
		}
		if s.Hash() != before {
			t.Errorf("%s changed the scenario", c.key)
		}
	}
}

func TestContradictionsAfterSet(t *testing.T) {
	for _, c := range []struct{ scenario, sets, want string }{
		{"base", "group.size=3", ""}, // the default of 3 suppliers is nobody's word
		{"base", "group.suppliers=5", "--set: group.suppliers = 5: more suppliers than there are SMEs beside the hub: at most 4 in a group of 5"},
		{"base", "group.suppliers=5 group.size=6", ""},
		{"base", "group.size=6 group.suppliers=5", ""},
		{"base", "group.hub=Yard", `--set: group.hub = "Yard": must be the name of a listed SME, and none are listed; list the SMEs as [[sme]], or leave the hub to the group`},
		{"boat-building-system", "group.hub=Yrad", `--set: group.hub = "Yrad": not a listed SME; did you mean Yard?`},
		{"boat-building-system", "group.hub=Engines", ""},
		{"boat-building-system", "group.size=6", ""},
		{"boat-building-system", "group.size=4", `--set: group.size = 4: contradicts [[sme]] (boat-building-system (shipped):30), which lists 6; in a scenario that lists them, the number is that of the list`},
		{"base", "goals.sales=0 goals.learning=0 goals.cooperation=0", "--set: goals: all goals have weight 0; give at least one of sales, cooperation, learning a weight"},
	} {
		s, err := Load(c.scenario)
		if err != nil {
			t.Fatal(err)
		}
		for _, kv := range strings.Fields(c.sets) {
			k, v, _ := strings.Cut(kv, "=")
			if err := s.Set(k, v); err != nil {
				t.Fatal(err)
			}
		}
		got := ""
		if err := s.Check(); err != nil {
			got = err.Error()
		} else {
			roundTrip(t, s)
		}
		if got != c.want {
			t.Errorf("%s %s: got\n%s\nwant\n%s", c.scenario, c.sets, got, c.want)
		}
	}
}

func TestFocusAndMixReplaceEachOther(t *testing.T) {
	s := base(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Set("group.mix", "0.5,0,0.5"))
	roundTrip(t, s)
	if s.Form() != "market-system" || s.Params.Weights() != [3]float64{0.5, 0, 0.5} {
		t.Errorf("%s: %v", s.Form(), s.Params.Weights())
	}
	must(s.Set("group.focus", "1"))
	roundTrip(t, s)
	if s.Form() != "system" || s.Params.Mix != [3]float64{} {
		t.Errorf("%s: %v", s.Form(), s.Params.Mix)
	}
}

func TestClonesAreIndependent(t *testing.T) {
	s, err := Load("boat-building-system")
	if err != nil {
		t.Fatal(err)
	}
	hash := s.Hash()
	c := s.Clone()
	if c.Hash() != hash {
		t.Error("a clone differs from what it was made of")
	}
	if err := c.Set("project.years", "7"); err != nil {
		t.Fatal(err)
	}
	c.Params.ListedSMEs[0].Name = "Other"
	c.Params.ListedSMEs[0].Ties[0] = 3
	if s.Hash() != hash || c.Hash() == hash {
		t.Error("changing a clone changed what it was made of")
	}
}

func TestFrozenSwitchesOff(t *testing.T) {
	s, err := Load("boat-building-system")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Set("mechanisms_off", "distance,prior-ties,practice"); err != nil {
		t.Fatal(err)
	}
	roundTrip(t, s)
	if p := s.Frozen(); p.Joint.Practice != 0 || p.Markets.Distance != 0 || len(p.ListedSMEs[0].Ties) != 0 {
		t.Errorf("still on: %+v", p.Joint)
	}
	if s.Params.Joint.Practice == 0 || len(s.Params.ListedSMEs[0].Ties) == 0 {
		t.Error("freezing changed the scenario")
	}
	if fmt.Sprint(s.Off) != "[practice prior-ties distance]" {
		t.Errorf("not in the order of sim.Mechanisms: %v", s.Off)
	}
}
