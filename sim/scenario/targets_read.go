package scenario

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"epgsim/sim"
)

// The keys of a targets file beside those of a design.
const (
	keyCase      = "case" // [[case]], and of a target
	keyTarget    = "target"
	keyData      = "data"
	keyUnknown   = "unknown"
	keyKnown     = "known"
	keyAlone     = "alone"
	keyStatistic = "statistic"
	keyValue     = "value"
	keyError     = "error"
	keySource    = "source"
	keyRows      = "rows"
)

// targetsReader reads one decoded targets file.
type targetsReader struct {
	*reader
	t       *Targets
	resolve resolver
	asked   []string // unknown = […]
}

// parseTargets reads targets from the bytes of a file, which messages call by name;
// resolve finds its scenarios, open its data.
func parseTargets(name string, src []byte, resolve resolver, open dataOpener) (*Targets, error) {
	doc, at, syntax := decode(name, src)
	if syntax != nil {
		return nil, syntax
	}
	r := &targetsReader{reader: newReader(name, designLayer, at), resolve: resolve,
		t: &Targets{Seed: 1, Worlds: defaultWorlds, Replications: defaultOfCase}}
	r.keys(doc, r.readers(open), "targets file")
	r.t.Name, r.t.Title, r.t.Description = r.name, cmp.Or(r.title, r.name), r.description
	r.cases(doc)
	r.unknowns(doc)
	r.targets(doc)
	if err := r.problems.err(); err != nil {
		return nil, err
	}
	return r.t, nil
}

// readers are the keys of a targets file, and what takes the value of each.
func (r *targetsReader) readers(open dataOpener) map[string]func(key string, v any) {
	later := func(string, any) {}
	return map[string]func(key string, v any){
		keyName:         r.readHead,
		keyTitle:        r.readHead,
		keyDescription:  r.readHead,
		keySeed:         func(_ string, v any) { r.t.Seed = r.seed(v) },
		keyWorlds:       func(key string, v any) { r.t.Worlds = r.whole(key, v, fewestToFit, mostWorlds) },
		keyReplications: func(key string, v any) { r.t.Replications = r.whole(key, v, 2, mostOfACase) },
		keyUnknown:      later,
		keyCase:         later,
		keyTarget:       later,
		keyData:         func(key string, v any) { r.data(key, v, open) },
	}
}

// cases takes the [[case]] tables.
func (r *targetsReader) cases(doc map[string]any) {
	v, ok := doc[keyCase]
	if !ok {
		r.problem(keyCase, nil, "missing", `something is simulated: write [[case]], and below it name = "market" and scenario = "base"`)
		return
	}
	list, _ := r.tables(keyCase, v, 1, mostCases)
	for i, t := range list {
		r.oneCase(element(keyCase, i), t)
	}
}

func (r *targetsReader) oneCase(path string, t map[string]any) {
	c := Case{Weight: 1, Replications: r.t.Replications}
	ref := ""
	keys := []string{keyName, keyScenario, keyWeight, keyReplications, keyAlone, keyKnown, keySet}
	for _, key := range sorted(t) {
		switch at := join(path, key); key {
		case keyName:
			c.Name = r.shortName(at, t[key])
		case keyScenario:
			ref = r.text(at, t[key], 500, false)
		case keyWeight:
			c.Weight = r.within(at, t[key], 1e-6, 1e6, "1")
		case keyReplications:
			c.Replications = r.whole(at, t[key], 2, mostOfACase)
		case keyAlone:
			c.Alone = r.truth(at, t[key])
		case keyKnown, keySet: // when the scenario is known
		default:
			r.problem(at, nil, "unknown key", r.nearOrAll(key, keys))
		}
	}
	r.needs(path, t, keyName, "targets call the case by it")
	r.needs(path, t, keyScenario, "the name of a shipped one, or a file")
	if slices.ContainsFunc(r.t.Cases, func(d Case) bool { return d.Name == c.Name && c.Name != "" }) {
		r.problem(join(path, keyName), c.Name, "is the name of another case", "choose another")
	}
	if ref != "" {
		c.Scenario = r.scenarioNamed(join(path, keyScenario), ref, r.resolve)
	}
	said, bad := r.setOf(path, t)
	if c.Scenario != nil {
		c.Scenario.said.over(said)
		c.Scenario.derive()
		check := checker{settings: c.Scenario.said, bad: bad}
		r.contradicts(check.all())
		r.known(path, t, &c)
	}
	r.t.Cases = append(r.t.Cases, c)
}

// needs refuses a table without a key.
func (r *reader) needs(path string, t map[string]any, key, hint string) {
	if _, ok := t[key]; !ok {
		r.problem(join(path, key), nil, "missing", hint)
	}
}

// shortName takes the name of a case or a target.
func (r *reader) shortName(path string, v any) string {
	before := len(r.problems)
	s := r.text(path, v, 80, false)
	if len(r.problems) == before && (s == "" || strings.TrimSpace(s) != s) {
		r.problem(path, v, "must be text without blanks at its ends", "")
	}
	return s
}

// setOf takes [case.set] with the checks and words of a scenario file.
func (r *targetsReader) setOf(path string, t map[string]any) (settings, map[string]bool) {
	v, ok := t[keySet]
	if !ok {
		return nil, nil
	}
	at := join(path, keySet)
	s := newReader(r.file, designLayer, r.at)
	s.under = at + "."
	table := r.table(at, v, "keys of the scenario")
	for _, key := range sorted(table) {
		if onlyInFile(key) {
			s.problem(join("", key), nil, "cannot be set here", "write it in a scenario file")
		} else {
			s.section(key, table[key])
		}
	}
	s.exclusive()
	r.problems = append(r.problems, s.problems...)
	return s.settings, s.bad
}

// known finds which parameters a case says itself: those that its files say, or
// those that it lists.
func (r *targetsReader) known(path string, t map[string]any, c *Case) {
	v, ok := t[keyKnown]
	if !ok {
		for name := range c.Scenario.said { // sorted below
			c.Known = append(c.Known, name)
		}
		slices.Sort(c.Known)
		return
	}
	c.Known = []string{}
	r.each(join(path, keyKnown), v, 0, "parameters", `["trust.start"]`, func(name string, _ any) (wrong, hint string) {
		if sim.Lookup(name) == nil {
			return "not a parameter", cmp.Or(r.near(name, parameterNames()), "epgsim parameters lists them")
		}
		c.Known = append(c.Known, name)
		return "", ""
	})
}

// unknowns finds what differs between worlds: all parameters that nobody knows and
// that some case leaves open, or those that are listed.
func (r *targetsReader) unknowns(doc map[string]any) {
	if v, ok := doc[keyUnknown]; ok {
		r.each(keyUnknown, v, 1, "parameters", `["trust.start", "deal.bases"]`, func(name string, _ any) (wrong, hint string) {
			q := sim.Lookup(name)
			switch {
			case q == nil:
				return "not a parameter", cmp.Or(r.near(name, parameterNames()), "epgsim parameters lists them")
			case !(q.Low < q.High):
				return "has no plausible range", "epgsim parameters lists those that have"
			case slices.Contains(r.asked, name):
				return "named twice", ""
			}
			if !r.open(q) && len(r.problems) == 0 {
				return "has no effect, or every case says it", "leave it out, or write known = [] in a case"
			}
			r.asked = append(r.asked, name)
			return "", ""
		})
	}
	for i := range sim.Table {
		q := &sim.Table[i]
		asked := slices.Contains(r.asked, q.Name) || r.asked == nil && q.Role == sim.Uncertainty && q.Low < q.High && r.open(q)
		if asked {
			r.t.Unknowns = append(r.t.Unknowns, plausible(q))
		}
	}
	if len(r.problems) > 0 {
		return
	}
	for i := range r.t.Cases { // what is known of no unknown means nothing
		c := &r.t.Cases[i]
		c.Known = slices.DeleteFunc(c.Known, func(name string) bool {
			return !slices.ContainsFunc(r.t.Unknowns, func(f Factor) bool { return f.Parameter.Name == name })
		})
	}
	if len(r.t.Unknowns) == 0 {
		r.problem(keyCase, nil, "nothing is unknown: the cases say the value of every parameter that might be", `name some: unknown = ["trust.start"], and known = [] in a case`)
	}
}

// open says whether some case leaves a parameter open on which it depends.
func (r *targetsReader) open(q *sim.Parameter) bool {
	for i := range r.t.Cases {
		c := &r.t.Cases[i]
		d := Design{Scenario: c.Scenario}
		if wrong, _ := d.without(q); c.Scenario != nil && wrong == "" && !c.knows(q.Name) {
			return true
		}
	}
	return false
}

// targets takes the [[target]] tables.
func (r *targetsReader) targets(doc map[string]any) {
	v, ok := doc[keyTarget]
	if !ok {
		r.problem(keyTarget, nil, "missing", `something is known: write [[target]], and below it statistic = "median(first_deal_week)"`)
		return
	}
	list, _ := r.tables(keyTarget, v, 1, mostTargets)
	for i, t := range list {
		r.target(element(keyTarget, i), t)
	}
}

func (r *targetsReader) target(path string, t map[string]any) {
	g := Target{Value: math.NaN(), Error: math.NaN()}
	keys := []string{keyName, keyCase, keyStatistic, keyValue, keyError, keySource, keyRows}
	for _, key := range sorted(t) {
		switch at := join(path, key); key {
		case keyName:
			g.Name = r.shortName(at, t[key])
		case keyCase:
			g.Cases = r.casesOf(at, t[key])
		case keyStatistic:
			g.Statistic = r.statistic(at, t[key])
		case keyValue:
			g.Value = r.within(at, t[key], -1e12, 1e12, "")
		case keyError:
			if t[key] != int64(0) && t[key] != 0.0 {
				g.Error = r.within(at, t[key], 1e-12, 1e12, "")
			} else {
				r.problem(at, t[key], "must be above 0", "nothing is measured exactly: give its standard error, or half of a 68 % interval")
			}
		case keySource:
			g.Source = r.text(at, t[key], 500, false)
		case keyRows:
			g.Rows = r.rows(at, t[key])
		default:
			r.problem(at, nil, "unknown key", r.nearOrAll(key, keys))
		}
	}
	r.needs(path, t, keyName, `for example name = "weeks to the first deal"`)
	r.needs(path, t, keyStatistic, `for example statistic = "median(first_deal_week)"`)
	if _, ok := t[keyCase]; !ok && len(r.t.Cases) > 0 {
		for i := range r.t.Cases {
			g.Cases = append(g.Cases, i)
		}
	}
	if slices.ContainsFunc(r.t.Targets, func(h Target) bool { return h.Name == g.Name && g.Name != "" }) {
		r.problem(join(path, keyName), g.Name, "is the name of another target", "choose another")
	}
	r.worth(path, t, &g)
	r.t.Targets = append(r.t.Targets, g)
}

// worth checks that a target has a value with an error and a source, or that the data
// can say it.
func (r *targetsReader) worth(path string, t map[string]any, g *Target) {
	_, hasValue := t[keyValue]
	_, hasError := t[keyError]
	if hasValue || hasError {
		r.needs(path, t, keyValue, "an error is of a value")
		r.needs(path, t, keyError, "its standard error: how far the value may be off by the size of its sample")
		r.needs(path, t, keySource, "who says so: an author and a year, or where the number lies")
		if g.Rows != nil {
			r.problem(join(path, keyRows), nil, "does not go with value", "keep one")
		}
		return
	}
	switch {
	case r.bad[keyData]:
	case r.t.Data == nil:
		r.problem(join(path, keyValue), nil, "missing", "give value, error and source, or a data file: [data], and below it file = \"groups.csv\"")
	default:
		r.fromData(path, g)
	}
}

// casesOf takes the names of cases: one, or a list of a mixture.
func (r *targetsReader) casesOf(path string, v any) (cases []int) {
	if s, ok := v.(string); ok {
		v = []any{s}
		path = strings.TrimSuffix(path, "[0]")
	}
	names := texts(r.t.Cases, func(c Case) string { return c.Name })
	r.each(path, v, 1, "names of cases", `["market", "customer"]`, func(name string, _ any) (wrong, hint string) {
		k := slices.Index(names, name)
		switch {
		case k < 0:
			return "not a case", r.nearOrAll(name, names)
		case slices.Contains(cases, k):
			return "named twice", ""
		}
		cases = append(cases, k)
		return "", ""
	})
	slices.Sort(cases)
	return cases
}

var statisticForm = regexp.MustCompile(`^\s*([A-Za-z_]+)\s*\(`)

// statistic takes one number about many groups: mean(expression) and its like.
func (r *targetsReader) statistic(path string, v any) (s Statistic) {
	before := len(r.problems)
	if s.text = strings.TrimSpace(r.text(path, v, mostExpression, false)); len(r.problems) > before {
		return s
	}
	kinds := []string{string(StatMean), string(StatMedian), string(StatShare), string(StatDeviation), string(StatRatio)}
	form := statisticForm.FindStringSubmatch(s.text)
	if form == nil || !slices.Contains(kinds, form[1]) {
		word := ""
		if form != nil {
			word = form[1]
		}
		r.problem(path, v, "must be one statistic of many groups", cmp.Or(didYouMean(word, kinds), "mean(…), median(…), share(…), deviation(…), or ratio(…, …)"))
		return s
	}
	s.Kind = StatisticKind(form[1])
	parts, whole := arguments(s.text[len(form[0]):])
	want := map[bool]int{false: 1, true: 2}[s.Kind == StatRatio]
	if !whole || len(parts) != want {
		r.problem(path, v, fmt.Sprintf("must be one statistic, of %d in parentheses", want), "ratio(a, b) is the sum of a over the sum of b, over all groups")
		return s
	}
	s.Of = r.expression(path, parts[0], TargetNames(), s.Kind == StatShare, "")
	if s.Kind == StatRatio {
		s.Per = r.expression(path, parts[1], TargetNames(), false, "")
	}
	return s
}

// arguments are the parts of a text up to the parenthesis that closes it, which is to
// be its end. min and max have commas of their own.
func arguments(text string) (parts []string, whole bool) {
	depth, from := 0, 0
	for i, c := range text {
		switch {
		case c == '(':
			depth++
		case c == ')' && depth == 0:
			return append(parts, strings.TrimSpace(text[from:i])), strings.TrimSpace(text[i+1:]) == ""
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			parts, from = append(parts, strings.TrimSpace(text[from:i])), i+1
		}
	}
	return parts, false
}
