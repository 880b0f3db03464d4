package scenario

import (
	"strings"
	"testing"

	"epgsim/sim"
)

func TestTheTemplateSaysNothingButItsName(t *testing.T) {
	s, err := Parse("template.toml", Template())
	if err != nil {
		t.Fatal(err)
	}
	defaults := sim.Defaults()
	if !same(&s.Params, &defaults) || len(s.said) != 0 {
		t.Errorf("it says %v", s.said)
	}
	for i, line := range strings.Split(string(Template()), "\n") {
		if len(line) > 200 {
			t.Errorf("line %d has %d characters", i+1, len(line))
		}
	}
}

// Any one line of the template can be used by taking its # away.
func TestEveryLineOfTheTemplateWorks(t *testing.T) {
	all := strings.Split(string(Template()), "\n")
	used := map[string]bool{}
	for i, line := range all {
		if !strings.HasPrefix(line, "#") || strings.HasPrefix(line, "# ") || line == "#" {
			continue // text, or of the block that is used as a whole
		}
		one := append(append(append([]string{}, all[:i]...), line[1:]), all[i+1:]...)
		s, err := Parse("template.toml", []byte(strings.Join(one, "\n")))
		if err != nil {
			t.Errorf("%s:\n%v", line, err)
			continue
		}
		key, _, _ := strings.Cut(line[1:], " =")
		used[key] = true
		roundTrip(t, s)
		defaults := sim.Defaults()
		if q := sim.Lookup(key); q != nil && !same(&s.Params, &defaults) {
			t.Errorf("%s is not the default", line)
		}
	}
	for _, key := range allKeys() {
		if !used[key] && key != keyName {
			t.Errorf("%s is not in the template", key)
		}
	}
}

func TestTheTemplateWorksUncommentedAsAWhole(t *testing.T) {
	lines := strings.Split(string(Template()), "\n")
	block := map[string]bool{"#mix": true, "#group.mix": true, "#sme": true, "#market": true}
	var all, listed []string
	for _, line := range lines {
		key, _, _ := strings.Cut(line, " =")
		if strings.HasPrefix(line, "#   ") {
			listed = append(listed, line[4:])
		} else {
			listed = append(listed, line)
		}
		if strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "# ") && !block[key] {
			line = line[1:]
		}
		all = append(all, line)
	}
	if _, err := Parse("all.toml", []byte(strings.Join(all, "\n"))); err != nil {
		t.Error(err)
	}
	s, err := Parse("listed.toml", []byte(strings.Join(listed, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Params.ListedSMEs) != 2 || len(s.Params.MarketSpecs) != 1 {
		t.Errorf("%d SMEs, %d markets", len(s.Params.ListedSMEs), len(s.Params.MarketSpecs))
	}
}

func TestTheTemplateIsInOrderOfRole(t *testing.T) {
	text := string(Template())
	heads := []int{}
	for _, head := range []string{"# Levers: ", "# Uncertainties: ", "# Constants: "} {
		heads = append(heads, strings.Index(text, head))
	}
	heads = append(heads, len(text))
	for i := range sim.Table {
		q := &sim.Table[i]
		at := strings.Index(text, "\n#"+q.Name+" = ")
		if at < heads[q.Role] || at > heads[q.Role+1] {
			t.Errorf("%s is not under its heading", q.Name)
		}
		above := strings.Split(text[:max(0, at)], "\n")
		if !strings.Contains(above[len(above)-1], q.Source) {
			t.Errorf("%s is there without its source", q.Name)
		}
	}
}
