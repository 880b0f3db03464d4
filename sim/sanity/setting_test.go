package sanity

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// setting is a group to run: what differs from a shipped scenario.
type setting struct {
	shipped string             // "": base
	values  map[string]float64 // by the names of parameters
	smes    []sim.SMESpec      // listed instead of drawn
	hub     int                // who of them is the hub, from 1; 0: the group finds its own
	alone   int                // n > 0: only the n-th SME to join, without the group, with its part of the subsidy
	luck    uint64             // added to the seed
}

// with returns the setting with one more value, which replaces an earlier one.
func (s setting) with(name string, v float64) setting {
	values := maps.Clone(s.values)
	if values == nil {
		values = map[string]float64{}
	}
	values[name] = v
	s.values = values
	return s
}

// listing returns the setting with SMEs listed one by one.
func (s setting) listing(smes []sim.SMESpec, hub int) setting {
	s.smes, s.hub = smes, hub
	return s
}

// of is the value that a parameter has in the setting.
func (s setting) of(name string) float64 {
	if v, ok := s.values[name]; ok {
		return v
	}
	return sim.Lookup(name).Default
}

// params are what the model runs with. A name that is not in the table, or a
// value that it does not allow, is a mistake of the battery.
func (s setting) params() sim.Params {
	p := sim.Defaults()
	if s.shipped != "" {
		shipped, err := scenario.LoadShipped(s.shipped)
		if err != nil {
			panic(err)
		}
		p = shipped.Frozen()
	}
	for name, v := range s.values {
		q := sim.Lookup(name)
		if q == nil || !q.Valid(v) {
			panic(fmt.Sprintf("sanity: %s = %v is no parameter of the table, or not within its range", name, v))
		}
		q.SetIn(&p, v)
	}
	if s.smes != nil {
		p.ListedSMEs, p.Hub = s.smes, s.hub-1
	}
	if s.alone > 0 {
		p = experiment.Twin(p, s.alone-1, true)
	}
	return p
}

// String is the command that runs the setting, and in words what no command says.
func (s setting) String() string {
	var b strings.Builder
	b.WriteString("epgsim run " + cmp.Or(s.shipped, "base"))
	for _, name := range slices.Sorted(maps.Keys(s.values)) {
		fmt.Fprintf(&b, " --set %s=%s", name, spoken(name, s.values[name]))
	}
	if s.luck > 0 {
		fmt.Fprintf(&b, " --seed %d", seed+s.luck)
	}
	for i, f := range s.smes {
		b.WriteString(map[bool]string{true: ", with [[sme]]", false: ", [[sme]]"}[i == 0])
		for _, d := range [...]struct {
			name string
			v    float64
		}{
			{"technology", f.Technology}, {"niche.x", f.Niche[0]}, {"niche.y", f.Niche[1]}, {"experience", f.Experience},
			{"hours", f.Hours}, {"rhythm", f.Rhythm}, {"component", f.Component},
		} {
			if !math.IsNaN(d.v) {
				fmt.Fprintf(&b, " %s %v", d.name, d.v)
			}
		}
		if i == s.hub-1 {
			b.WriteString(" (hub)")
		}
	}
	if s.alone > 0 {
		fmt.Fprintf(&b, " (SME %d of them alone)", s.alone)
	}
	return b.String()
}

// spoken is a value as --set takes it.
func spoken(name string, v float64) string {
	if sim.Lookup(name).Type == sim.Switch {
		return strconv.FormatBool(v != 0)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// drawn returns the SMEs of a list all of whose properties are drawn.
func drawn(n int) []sim.SMESpec {
	missing := math.NaN()
	smes := make([]sim.SMESpec, n)
	for i := range smes {
		smes[i] = sim.SMESpec{Technology: missing, Niche: [2]float64{missing, missing}, Experience: missing, Hours: missing, Rhythm: missing, Component: missing}
	}
	return smes
}

// form is one of the three organisational forms.
type form struct {
	name  string
	focus float64
}

var forms = [...]form{{"market", 0}, {"customer", 0.5}, {"system", 1}}

// base is the base scenario in a form, without the years after the project: a horizon
// before its end is its end.
func (f form) base() setting { return f.in(setting{}) }

func (f form) in(s setting) setting {
	return s.with("group.focus", f.focus).with("project.horizon", 0.25)
}

// settings are how many random settings the whole battery looks at.
const settings = 16

// random is the k-th random setting, from 1: all that the world has and nobody
// knows well, drawn over what is plausible; what people choose is as in the base.
// Every number is drawn by its name, so that one that comes or goes leaves the
// others as they are.
func random(k int) setting {
	s := setting{}
	for i := range sim.Table {
		q := &sim.Table[i]
		if q.Role != sim.Uncertainty || q.Low == q.High {
			continue
		}
		h := fnv.New64a()
		h.Write([]byte(q.Name))
		v := q.Low + (q.High-q.Low)*rand.New(rand.NewPCG(h.Sum64(), uint64(k))).Float64()
		if q.Type != sim.Real {
			v = math.Round(v)
		}
		s = s.with(q.Name, math.Round(v*1000)/1000)
	}
	return s
}

// everywhere is the base in each form, and so are the random settings when all of
// the battery runs.
func (l *lab) everywhere() []setting {
	var all []setting
	for k := range 1 + settings {
		if k > 0 && !l.long {
			break
		}
		for _, f := range forms {
			s := setting{}
			if k > 0 {
				s = random(k)
			}
			all = append(all, f.in(s))
		}
	}
	return all
}

// place names a setting in a few words.
func (s setting) place(k int) string {
	name := "base"
	if k >= len(forms) {
		name = fmt.Sprintf("random %d", k/len(forms))
	}
	return name + ", " + forms[k%len(forms)].name
}

// Random settings are what the command line takes, differ, and come out the same
// whatever else is in the table.
func TestRandomSettingsAreValid(t *testing.T) {
	for k := 1; k <= settings; k++ {
		s, err := scenario.LoadShipped("base")
		if err != nil {
			t.Fatal(err)
		}
		values := random(k).values
		for name, v := range values {
			if err := s.Set(name, spoken(name, v)); err != nil {
				t.Errorf("random %d: %v", k, err)
			}
		}
		if err := s.Check(); err != nil {
			t.Errorf("random %d: %v", k, err)
		}
		if len(values) < 20 || k > 1 && maps.Equal(values, random(k-1).values) {
			t.Errorf("random %d sets %d parameters, or the same as the one before", k, len(values))
		}
	}
}
