package scenario

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"epgsim/sim"
)

// Check finds contradictions within the design, as there may be after Set. A
// design from LoadDesign has none. An error is always of type Problems.
func (d *Design) Check() error {
	if err := d.Scenario.Check(); err != nil {
		return err
	}
	found := d.idle()
	if len(found) == 0 {
		found = append(d.size(), d.clashes()...)
	}
	return found.err()
}

// problem notes what is wrong with a factor.
func (d *Design) problem(i int, allowed, hint string) Problem {
	return Problem{File: d.file, Line: d.lines[i], Key: d.Factors[i].Parameter.Name, Allowed: allowed, Hint: hint}
}

// idle finds factors that change nothing, and settings that are factors too.
func (d *Design) idle() (found Problems) {
	for i := range d.Factors {
		q := d.Factors[i].Parameter
		for _, key := range [...]string{q.Name, keyMix} {
			s, ok := d.Scenario.said[key]
			if ok && s.layer > mostLayers && d.varies(key) == i {
				found = append(found, Problem{File: s.file, Line: s.line, Key: key, Given: given(s.value),
					Allowed: fmt.Sprintf("is varied by the design (%s)", origin{file: d.file, line: d.lines[i]}.seen(s.origin)),
					Hint:    "leave it out, or take the factor out"})
			}
		}
		if wrong, hint := d.without(q); wrong != "" {
			found = append(found, d.problem(i, wrong, hint))
		}
	}
	return found
}

// without says why a parameter has no effect in the design's scenario, "" if
// it has, or if the scenario is not known.
func (d *Design) without(q *sim.Parameter) (wrong, hint string) {
	if d.Scenario == nil {
		return "", ""
	}
	p := &d.Scenario.Params
	open := p.Group.Open != 0 || d.varies("group.open") >= 0 // newcomers are drawn as the group's parameters say
	switch {
	case len(p.ListedSMEs) > 0 && slices.Contains(listedDecide(p, open), q.Name):
		return "has no effect: the scenario lists its SMEs, which decide it", "leave it out, or write sme = [] in a scenario to have them generated"
	case len(p.MarketSpecs) > 0 && slices.Contains(append(decided(p.MarketSpecs, marketFields()), keyCount), q.Name):
		return "has no effect: the scenario lists its markets, which decide it", "leave it out, or write market = [] in a scenario to have them generated"
	}
	for _, name := range d.Scenario.Off {
		a, b := *p, *p
		q.SetIn(&a, q.Min)
		q.SetIn(&b, q.Max)
		m := sim.MechanismNamed(name)
		m.SwitchOff(&a)
		m.SwitchOff(&b)
		if q.In(&a) == q.In(&b) {
			return "has no effect: " + name + " is switched off", "leave it out, or leave " + keyOff + " out"
		}
	}
	return "", ""
}

// listedDecide are the parameters that have no effect because SMEs are listed:
// those of which every SME has its own value, and how the members are found,
// unless the group is open to others.
func listedDecide(p *sim.Params, open bool) []string {
	keys := []string{keySize, "group.prior_ties"}
	if open {
		return keys
	}
	keys = append(keys, "formation.candidates", "formation.screening", "formation.demand", "formation.entry_experience")
	niche := field[sim.SMESpec]{at: func(m *sim.SMESpec) *float64 { return &m.Niche[0] }, decides: []string{"group.similarity"}}
	return append(keys, decided(p.ListedSMEs, append(smeFields(), niche))...)
}

// size finds designs that are too large, and pairs where there are none.
func (d *Design) size() (found Problems) {
	if d.rows() > mostRows {
		found = append(found, Problem{File: d.file, Allowed: fmt.Sprintf("makes more than %d rows, the most there may be", mostRows)})
	}
	if names, _ := d.Groups(); d.SecondOrder && len(names) < 2 {
		found = append(found, Problem{File: d.file, Key: keySecondOrder, Allowed: "needs two factors or groups at least, to make a pair"})
	}
	return found
}

// rules are the keys whose values may contradict one another, rule by rule of
// checker.
func rules() [][]string {
	return [][]string{
		{keySize, "group.partners"},
		{keySize, "group.suppliers"},
		{keySize, "formation.candidates"},
		{"goals.sales", "goals.cooperation", "goals.learning"},
	}
}

// ruled says whether a key's values may contradict others.
func ruled(key string) bool {
	return slices.ContainsFunc(rules(), func(keys []string) bool { return slices.Contains(keys, key) })
}

// clash finds what contradicts among the values of one row. A value of
// the scenario counts only if it is not the default: else a scenario that is
// written out in full would contradict what it was made from.
func (d *Design) clash(values []float64) Problems {
	if len(d.frozen.ruled) == 0 {
		return nil
	}
	row := maps.Clone(d.frozen.own)
	for _, i := range d.frozen.ruled {
		if v := values[i]; !math.IsNaN(v) {
			row[d.Factors[i].Parameter.Name] = setting{v, origin{d.file, d.lines[i], designLayer}}
		}
	}
	c := checker{settings: row}
	return c.all()
}

// clashes finds contradicting values that the design would bring
// together: it tries the ends of every range and list, and what goes in step
// step by step.
func (d *Design) clashes() (found Problems) {
	d.corners(func(values []float64) {
		for _, p := range d.clash(values) {
			before := func(q Problem) bool { return q.Line == p.Line && q.Key == p.Key }
			if slices.ContainsFunc(found, before) {
				continue // one example is enough
			}
			if p.Hint == "" {
				p.Hint = "the design would combine the two"
			}
			found = append(found, p)
		}
	})
	return found
}

// corners calls try with the rows at which values may contradict, NaN for all
// factors that do not matter.
func (d *Design) corners(try func(values []float64)) {
	for _, keys := range rules() {
		var blocks [][]int // factors of the rule, those that go in step together
		_, of := d.Groups()
		for _, i := range d.frozen.ruled {
			if !slices.Contains(keys, d.Factors[i].Parameter.Name) {
				continue
			}
			k := slices.IndexFunc(blocks, func(b []int) bool { return d.Method.listed() && of[b[0]] == of[i] })
			if k < 0 {
				blocks = append(blocks, []int{i})
			} else {
				blocks[k] = append(blocks[k], i)
			}
		}
		values := make([]float64, len(d.Factors))
		for i := range values {
			values[i] = math.NaN()
		}
		if d.Method == MethodOneAtATime {
			for _, b := range blocks {
				d.cross([][]int{b}, values, try)
			}
			continue
		}
		d.cross(blocks, values, try)
	}
}

// cross goes through all combinations of the blocks' values.
func (d *Design) cross(blocks [][]int, values []float64, try func([]float64)) {
	if len(blocks) == 0 {
		try(values)
		return
	}
	block := blocks[0]
	if len(block) == 1 {
		f := &d.Factors[block[0]]
		for _, v := range [...]float64{f.Low, f.High} {
			values[block[0]] = v
			d.cross(blocks[1:], values, try)
		}
	} else {
		for step := range d.Factors[block[0]].Values {
			for _, i := range block {
				values[i] = d.Factors[i].Values[step]
			}
			d.cross(blocks[1:], values, try)
		}
	}
	for _, i := range block {
		values[i] = math.NaN()
	}
}
