package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"epgsim/sim"
)

// field is a key of a listed SME or market, with the range of the parameter it
// stands in for.
type field struct {
	key  string
	like *sim.Parameter
}

func smeFields() []field {
	return []field{
		{"technology", sim.Lookup("group.technology")},
		{"experience", sim.Lookup("group.experience")},
		{"hours", sim.Lookup("group.hours")},
		{"rhythm", &sim.Parameter{Max: 1}},
		{"component", &sim.Parameter{Max: 1, Type: sim.Switch}},
	}
}

func marketFields() []field {
	return []field{
		{"distance", sim.Lookup("markets.distance")},
		{"customers", sim.Lookup("markets.customers")},
		{"fit", sim.Lookup("markets.fit")},
		{"assistant", sim.Lookup("markets.assistant")},
	}
}

// coordinate is the range of a niche's coordinates. Niches are drawn within
// about one of the origin, and SMEs further apart than 1 are as far apart as
// can be.
func coordinate() *sim.Parameter { return &sim.Parameter{Min: -2, Max: 2} }

// smeValues are the numbers of a listed SME in the order of smeFields.
func smeValues(m *sim.SMESpec) []*float64 {
	return []*float64{&m.Technology, &m.Experience, &m.Hours, &m.Rhythm, &m.Component}
}

func marketValues(m *sim.MarketSpec) []*float64 {
	return []*float64{&m.Distance, &m.Customers, &m.Fit, &m.Assistant}
}

// tables takes a list of tables. TOML has two ways to write one, which the
// library decodes to two types.
func (r *reader) tables(key string, v any, least, most int) (list []map[string]any, ok bool) {
	switch v := v.(type) {
	case []map[string]any:
		list = v
	case []any:
		for _, e := range v {
			t, ok := e.(map[string]any)
			if !ok {
				r.problem(key, v, "must be a list of tables", "write [["+key+"]] above the keys of each")
				return nil, false
			}
			list = append(list, t)
		}
	default:
		r.problem(key, v, "must be a list of tables", "write [["+key+"]] above the keys of each")
		return nil, false
	}
	if n := len(list); n != 0 && (n < least || n > most) {
		r.problem(key, nil, fmt.Sprintf("must be %d to %d in number", least, most), fmt.Sprintf("%d are listed", n))
		return list[:min(n, most)], false
	}
	return list, true
}

// readSMEs takes the listed SMEs.
func (r *reader) readSMEs(v any) {
	size := sim.Lookup(keySize)
	list, ok := r.tables(keySME, v, int(size.Min), sim.MaxSMEs)
	specs := make([]sim.SMESpec, len(list))
	names := r.names(keySME, list)
	for i, t := range list {
		specs[i] = sim.SMESpec{Name: names[i], Niche: [2]float64{math.NaN(), math.NaN()}}
		path := element(keySME, i)
		r.entry(path, t, smeFields(), smeValues(&specs[i]), "name", "niche", "ties")
		r.readNiche(path, t, &specs[i])
		r.readTies(path, t, i, names, &specs[i])
	}
	if ok && !r.within(keySME) {
		r.set(keySME, specs)
	}
}

// readMarkets takes the listed markets.
func (r *reader) readMarkets(v any) {
	list, ok := r.tables(keyMarket, v, 1, sim.MaxMarkets)
	specs := make([]sim.MarketSpec, len(list))
	names := r.names(keyMarket, list)
	for i, t := range list {
		specs[i].Name = names[i]
		r.entry(element(keyMarket, i), t, marketFields(), marketValues(&specs[i]), "name")
	}
	if ok && !r.within(keyMarket) {
		r.set(keyMarket, specs)
	}
}

// within says whether a list or anything in it has a problem; the list as a
// whole then counts as bad.
func (r *reader) within(key string) bool {
	for k := range r.bad { // any will do, so the order does not matter
		if k == key || strings.HasPrefix(k, key+".") {
			r.bad[key] = true
			return true
		}
	}
	return false
}

// names takes the names of a list's entries, "" for those without a good one.
func (r *reader) names(key string, list []map[string]any) []string {
	names := make([]string, len(list))
	for i, t := range list {
		path := join(element(key, i), "name")
		v, ok := t["name"]
		s, isText := v.(string)
		before := slices.Index(names[:i], s)
		switch {
		case !ok:
			r.problem(path, nil, "missing", "each [["+key+"]] needs one")
		case !isText || strings.TrimSpace(s) != s || s == "":
			r.problem(path, v, "must be text in quotation marks, without blanks at its ends", "")
		case before >= 0:
			r.problem(path, v, fmt.Sprintf("names must differ: line %d has it already", r.at.line(join(element(key, before), "name"))), "")
		default:
			names[i] = r.text(path, v, 40, false)
		}
	}
	return names
}

// entry takes the numbers of one listed SME or market, NaN where it has none,
// and refuses keys that are neither numbers nor among the others.
func (r *reader) entry(path string, t map[string]any, fields []field, to []*float64, others ...string) {
	keys := slices.Clone(others)
	for i, f := range fields {
		keys = append(keys, f.key)
		*to[i] = math.NaN()
		v, ok := t[f.key]
		if !ok {
			continue
		}
		if n, ok := r.number(join(path, f.key), f.like, v); ok {
			*to[i] = n
		}
	}
	for _, k := range sorted(t) {
		if !slices.Contains(keys, k) {
			r.problem(join(path, k), nil, "unknown key", r.nearOrAll(k, slices.Sorted(slices.Values(keys))))
		}
	}
}

func (r *reader) readNiche(path string, t map[string]any, m *sim.SMESpec) {
	v, ok := t["niche"]
	if !ok {
		return
	}
	path = join(path, "niche")
	list, ok := v.([]any)
	if !ok || len(list) != 2 {
		r.problem(path, v, "must be two numbers within "+between(coordinate()), "for example [0.3, -0.2]")
		return
	}
	for i, e := range list {
		n, wrong, _ := check(coordinate(), e)
		if wrong != "" {
			r.problem(path, v, "must be two numbers within "+between(coordinate()), "")
			return
		}
		m.Niche[i] = n
	}
}

// readTies takes with whom SME number self has worked before.
func (r *reader) readTies(path string, t map[string]any, self int, names []string, m *sim.SMESpec) {
	v, ok := t["ties"]
	if !ok {
		return
	}
	r.each(join(path, "ties"), v, 0, "names of listed SMEs", `["`+names[0]+`"]`, func(name string, _ any) (wrong, hint string) {
		k := slices.Index(names, name)
		switch {
		case name == "" || k < 0:
			return "not a listed SME", r.near(name, names)
		case k == self:
			return "an SME has no tie with itself", ""
		case slices.Contains(m.Ties, k):
			return "named twice", ""
		}
		m.Ties = append(m.Ties, k)
		return "", ""
	})
	slices.Sort(m.Ties)
}
