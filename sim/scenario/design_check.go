package scenario

import (
	"cmp"
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
	return Problem{File: d.file, Line: d.Factors[i].line, Key: d.Factors[i].Parameter.Name, Allowed: allowed, Hint: hint}
}

// idle finds factors that change nothing, and settings that are factors too.
func (d *Design) idle() (found Problems) {
	for i := range d.Factors {
		q := d.Factors[i].Parameter
		for _, key := range [...]string{q.Name, keyMix} {
			s, ok := d.Scenario.said[key]
			if ok && s.layer > mostLayers && d.varies(key) == i {
				found = append(found, Problem{File: s.file, Line: s.line, Key: key, Given: given(s.value),
					Allowed: fmt.Sprintf("is varied by the design (%s)", origin{file: d.file, line: d.Factors[i].line}.seen(s.origin)),
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

// clash finds what contradicts among the values of one row.
func (d *Design) clash(values []float64) Problems {
	if len(d.ruled) == 0 {
		return nil
	}
	row := maps.Clone(d.own)
	for _, i := range d.ruled {
		if v := values[i]; !math.IsNaN(v) {
			row[d.Factors[i].Parameter.Name] = setting{v, origin{d.file, d.Factors[i].line, designLayer}}
		}
	}
	c := checker{settings: row}
	return c.all()
}

// clashes finds contradicting values that the design would bring together.
func (d *Design) clashes() (found Problems) {
	for _, values := range d.corners() {
		for _, p := range d.clash(values) {
			before := func(q Problem) bool { return q.Line == p.Line && q.Key == p.Key }
			if slices.ContainsFunc(found, before) {
				continue // one example is enough
			}
			p.Hint = cmp.Or(p.Hint, "the design would combine the two")
			found = append(found, p)
		}
	}
	return found
}

// corners are the rows at which values may contradict, rule by rule, NaN for
// all factors that do not matter: every combination of ends of the ranges and
// lists, or one end alone where the method has one at a time.
func (d *Design) corners() (rows [][]float64) {
	own := slices.Repeat([]float64{math.NaN()}, len(d.Factors))
	for _, keys := range rules() {
		corners := [][]float64{own}
		for _, together := range d.together(keys) {
			if d.Method == MethodOneAtATime {
				rows = append(rows, d.moved(own, together)...)
				continue
			}
			var more [][]float64
			for _, row := range corners {
				more = append(more, d.moved(row, together)...)
			}
			corners = more
		}
		rows = append(rows, corners...)
	}
	return rows
}

// together are the factors with one of the keys, those that go in step in one
// list.
func (d *Design) together(keys []string) (lists [][]int) {
	_, of := d.Groups()
	for _, i := range d.ruled {
		if !slices.Contains(keys, d.Factors[i].Parameter.Name) {
			continue
		}
		k := slices.IndexFunc(lists, func(l []int) bool { return d.Method.listed() && of[l[0]] == of[i] })
		if k < 0 {
			k, lists = len(lists), append(lists, nil)
		}
		lists[k] = append(lists[k], i)
	}
	return lists
}

// moved are the rows that factors make of one: the ends of a factor by itself,
// all values of those in step.
func (d *Design) moved(row []float64, factors []int) (rows [][]float64) {
	values := func(i int) []float64 {
		if f := &d.Factors[i]; len(factors) == 1 {
			return []float64{f.Low, f.High}
		}
		return d.Factors[i].Values
	}
	for step := range values(factors[0]) {
		next := slices.Clone(row)
		for _, i := range factors {
			next[i] = values(i)[step]
		}
		rows = append(rows, next)
	}
	return rows
}
