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
	t     *Targets
	asked []string // unknown = […]
}

// parseTargetsFile is parseTargets with data that stand beside the file.
func parseTargetsFile(name string, src []byte, resolve resolver) (*Targets, error) {
	return parseTargets(name, src, resolve, dataBeside)
}

// parseTargets reads targets from the bytes of a file, which messages call by name;
// resolve finds its scenarios, open its data.
func parseTargets(name string, src []byte, resolve resolver, open dataOpener) (*Targets, error) {
	doc, at, syntax := decode(name, src)
	if syntax != nil {
		return nil, syntax
	}
	t := &Targets{Seed: 1, Worlds: defaultWorlds, Replications: defaultOfCase}
	r := &targetsReader{reader: newReader(name, designLayer, at, resolve), t: t}
	t.Head = r.top(doc, "targets file", "our-targets-file",
		entry{keySeed, func(_ string, v any) { t.Seed = r.seed(v) }},
		entry{keyWorlds, func(at string, v any) { t.Worlds = r.whole(at, v, fewestToFit, mostWorlds) }},
		entry{keyReplications, func(at string, v any) { t.Replications = r.whole(at, v, 2, mostOfACase) }},
		entry{keyUnknown, nil},
		entry{keyCase, nil},
		entry{keyTarget, nil},
		entry{keyData, func(at string, v any) { r.data(at, v, open) }})
	r.list(doc, keyCase, mostCases, `something is simulated: write [[case]], and below it name = "market" and scenario = "base"`, r.oneCase)
	r.unknowns(doc)
	r.list(doc, keyTarget, mostTargets, `something is known: write [[target]], and below it statistic = "median(first_deal_week)"`, r.target)
	if err := r.problems.err(); err != nil {
		return nil, err
	}
	return t, nil
}

// oneCase takes a [[case]].
func (r *targetsReader) oneCase(path string, t map[string]any) {
	c := Case{Weight: 1, Replications: r.t.Replications}
	r.keys(path, t,
		entry{keyName, func(at string, v any) { c.Name = r.shortName(at, v) }},
		entry{keyScenario, func(at string, v any) { c.Scenario = r.scenarioNamed(at, v) }},
		entry{keyWeight, func(at string, v any) { c.Weight = r.within(at, v, 1e-6, 1e6, "1") }},
		entry{keyReplications, func(at string, v any) { c.Replications = r.whole(at, v, 2, mostOfACase) }},
		entry{keyAlone, func(at string, v any) { c.Alone = r.truth(at, v) }},
		entry{keyKnown, nil},
		entry{keySet, nil})
	r.needs(path, t, keyName, "targets call the case by it")
	r.needs(path, t, keyScenario, "the name of a shipped one, or a file")
	r.once(join(path, keyName), c.Name, "case", texts(r.t.Cases, func(d Case) string { return d.Name }))
	said, bad := r.readSet(path, t)
	if c.Scenario != nil {
		r.lay(c.Scenario, bad, said)
		r.known(path, t, &c)
	}
	r.t.Cases = append(r.t.Cases, c)
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
			return r.noParameter(name)
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
				return r.noParameter(name)
			case !(q.Low < q.High):
				return "has no plausible range", "epgsim parameters lists those that have"
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

func (r *targetsReader) target(path string, t map[string]any) {
	g := Target{Value: math.NaN(), Error: math.NaN()}
	r.keys(path, t,
		entry{keyName, func(at string, v any) { g.Name = r.shortName(at, v) }},
		entry{keyCase, func(at string, v any) { g.Cases = r.casesOf(at, v) }},
		entry{keyStatistic, func(at string, v any) { g.Statistic = r.statistic(at, v) }},
		entry{keyValue, func(at string, v any) { g.Value = r.within(at, v, -1e12, 1e12, "") }},
		entry{keyError, func(at string, v any) {
			if v != int64(0) && v != 0.0 {
				g.Error = r.within(at, v, 1e-12, 1e12, "")
			} else {
				r.problem(at, v, "must be above 0", "nothing is measured exactly: give its standard error, or half of a 68 % interval")
			}
		}},
		entry{keySource, func(at string, v any) { g.Source = r.text(at, v, 500, false) }},
		entry{keyRows, func(at string, v any) { g.Rows = r.rows(at, v) }})
	r.needs(path, t, keyName, `for example name = "weeks to the first deal"`)
	r.needs(path, t, keyStatistic, `for example statistic = "median(first_deal_week)"`)
	if _, ok := t[keyCase]; !ok && len(r.t.Cases) > 0 {
		for i := range r.t.Cases {
			g.Cases = append(g.Cases, i)
		}
	}
	r.once(join(path, keyName), g.Name, "target", texts(r.t.Targets, func(h Target) string { return h.Name }))
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
		if k < 0 {
			return "not a case", r.nearOrAll(name, names)
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
