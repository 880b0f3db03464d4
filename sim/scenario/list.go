package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"epgsim/sim"
)

// field is a number of a listed SME or market.
type field[T any] struct {
	key     string
	like    *sim.Parameter // whose range and unit it has
	at      func(*T) *float64
	decides []string // parameters that have no effect where all that are listed give the number
}

func smeFields() []field[sim.SMESpec] {
	return []field[sim.SMESpec]{
		{"technology", sim.Lookup("group.technology"), func(m *sim.SMESpec) *float64 { return &m.Technology },
			[]string{"group.technology", "group.technology_spread"}},
		{"experience", sim.Lookup("group.experience"), func(m *sim.SMESpec) *float64 { return &m.Experience },
			[]string{"group.experience", "group.experience_spread"}},
		{"hours", sim.Lookup("group.hours"), func(m *sim.SMESpec) *float64 { return &m.Hours },
			[]string{"group.hours", "group.hours_spread"}},
		{"rhythm", &sim.Parameter{Max: 1}, func(m *sim.SMESpec) *float64 { return &m.Rhythm },
			[]string{"group.rhythm_spread"}},
		{"component", &sim.Parameter{Max: 1, Type: sim.Switch}, func(m *sim.SMESpec) *float64 { return &m.Component },
			[]string{"group.components"}},
	}
}

func marketFields() []field[sim.MarketSpec] {
	return []field[sim.MarketSpec]{
		{"distance", sim.Lookup("markets.distance"), func(m *sim.MarketSpec) *float64 { return &m.Distance }, []string{"markets.distance"}},
		{"customers", sim.Lookup("markets.customers"), func(m *sim.MarketSpec) *float64 { return &m.Customers }, []string{"markets.customers"}},
		{"fit", sim.Lookup("markets.fit"), func(m *sim.MarketSpec) *float64 { return &m.Fit }, []string{"markets.fit"}},
		{"assistant", sim.Lookup("markets.assistant"), func(m *sim.MarketSpec) *float64 { return &m.Assistant }, []string{"markets.assistant"}},
	}
}

// decided are the parameters that have no effect because of numbers that are
// listed.
func decided[T any](list []T, fields []field[T]) (keys []string) {
	for _, f := range fields {
		if !slices.ContainsFunc(list, func(e T) bool { return math.IsNaN(*f.at(&e)) }) {
			keys = append(keys, f.decides...)
		}
	}
	return keys
}

// coordinate is the range of a niche's coordinates. Niches are drawn within
// about one of the origin, and SMEs further apart than 1 are as far apart as
// can be.
func coordinate() *sim.Parameter { return &sim.Parameter{Min: -2, Max: 2} }

// tables takes a list of tables. TOML has two ways to write one, which the
// library decodes to two types.
func (r *reader) tables(key string, v any, least, most int) (list []map[string]any, ok bool) {
	list, ok = v.([]map[string]any)
	if elements, isList := v.([]any); isList {
		ok = true
		for _, e := range elements {
			t, isTable := e.(map[string]any)
			list, ok = append(list, t), ok && isTable
		}
	}
	if !ok {
		r.problem(key, v, "must be a list of tables", "write [["+key+"]] above the keys of each")
		return nil, false
	}
	if n := len(list); n != 0 && (n < least || n > most) {
		r.problem(key, nil, fmt.Sprintf("must be %d to %d in number", least, most), fmt.Sprintf("%d are listed", n))
		return list[:min(n, most)], false
	}
	return list, true
}

// readList takes a list of tables with names, one of which one reads. Where
// anything in it is wrong, the list as a whole is.
func readList[T any](r *reader, key string, v any, least, most int, one func(path string, t map[string]any, names []string, i int) T) {
	before := len(r.problems)
	list, _ := r.tables(key, v, least, most)
	specs, names := make([]T, len(list)), r.names(key, list)
	for i, t := range list {
		specs[i] = one(element(key, i), t, names, i)
	}
	if len(r.problems) > before {
		r.bad[key] = true
		return
	}
	r.set(key, specs)
}

// readSMEs takes the listed SMEs.
func (r *reader) readSMEs(v any) {
	least := int(sim.Lookup(keySize).Min)
	readList(r, keySME, v, least, sim.MaxSMEs, func(path string, t map[string]any, names []string, i int) sim.SMESpec {
		m := sim.SMESpec{Name: names[i], Niche: [2]float64{math.NaN(), math.NaN()}}
		readFields(r, path, t, &m, smeFields(), "name", "niche", "ties")
		r.readNiche(path, t, &m)
		r.readTies(path, t, i, names, &m)
		return m
	})
}

// readMarkets takes the listed markets.
func (r *reader) readMarkets(v any) {
	readList(r, keyMarket, v, 1, sim.MaxMarkets, func(path string, t map[string]any, names []string, i int) sim.MarketSpec {
		m := sim.MarketSpec{Name: names[i]}
		readFields(r, path, t, &m, marketFields(), "name")
		return m
	})
}

// names takes the names of a list's entries, "" for those without a good one. What
// looks the same is the same, whether an ä was typed as one letter or as two.
func (r *reader) names(key string, list []map[string]any) []string {
	names := make([]string, len(list))
	for i, t := range list {
		path := join(element(key, i), "name")
		v, ok := t["name"]
		s, isText := v.(string)
		s = norm.NFC.String(s)
		before := slices.Index(names[:i], s)
		switch {
		case !ok && r.bad[shown(path)]: // its line is no TOML
		case !ok:
			r.problem(path, nil, "missing", "each [["+key+"]] needs one")
		case !isText || strings.TrimSpace(s) != s || s == "":
			r.problem(path, v, "must be text in quotation marks, without blanks at its ends", "")
		case before >= 0:
			r.problem(path, v, fmt.Sprintf("names must differ: line %d has it already", r.at.line(join(element(key, before), "name"))), "")
		default:
			names[i] = r.text(path, s, 40, false)
		}
	}
	return names
}

// readFields takes the numbers of a listed SME or market, NaN where it has
// none, and refuses keys that are neither numbers nor among the others.
func readFields[T any](r *reader, path string, t map[string]any, to *T, fields []field[T], others ...string) {
	keys := slices.Clone(others)
	for _, f := range fields {
		keys = append(keys, f.key)
		*f.at(to) = math.NaN()
		if v, given := t[f.key]; given {
			if n, ok := r.number(join(path, f.key), f.like, v); ok {
				*f.at(to) = n
			}
		}
	}
	slices.Sort(keys)
	for _, k := range sorted(t) {
		if !slices.Contains(keys, k) {
			r.problem(join(path, k), nil, "unknown key", r.nearOrAll(k, keys))
		}
	}
}

func (r *reader) readNiche(path string, t map[string]any, m *sim.SMESpec) {
	v, ok := t["niche"]
	if !ok {
		return
	}
	path = join(path, "niche")
	list, _ := v.([]any)
	hint := "for example [0.3, -0.2]"
	if len(list) == 2 {
		var wrongX, wrongY string
		m.Niche[0], wrongX, _ = check(coordinate(), list[0])
		m.Niche[1], wrongY, _ = check(coordinate(), list[1])
		if wrongX+wrongY == "" {
			return
		}
		hint = ""
	}
	r.problem(path, v, "must be two numbers within "+between(coordinate()), hint)
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
		}
		m.Ties = append(m.Ties, k)
		return "", ""
	})
	slices.Sort(m.Ties)
}
