package scenario

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"epgsim/sim"
	"epgsim/sim/expression"
)

// The keys of a decision beside those of a design.
const (
	keyObjective  = "objective"
	keyDiscount   = "discount"
	keyWorlds     = "worlds"
	keyOptions    = "options"
	keyOption     = "option"
	keyRequire    = "require"
	keyExpression = "expression"
	keyYearsAhead = "horizon" // short for project.horizon
)

// decisionReader reads one decoded decision.
type decisionReader struct {
	*reader
	d     *Decision
	names []expression.Name
	over  settings // the horizon
}

// parseDecision reads a decision from the bytes of a file, which messages call by
// name; resolve finds its scenario, and what that extends.
func parseDecision(file string, src []byte, resolve resolver, derived ...expression.Name) (*Decision, error) {
	doc, at, syntax := decode(file, src)
	if syntax != nil {
		return nil, syntax
	}
	r := &decisionReader{reader: newReader(file, designLayer, at, resolve), d: newDecision(), names: OutcomeNames(derived...), over: settings{}}
	d := r.d
	d.Head = r.top(doc, "decision", "our-decision",
		entry{keyScenario, nil},
		entry{keyObjective, r.objective},
		entry{keyYearsAhead, func(at string, v any) { r.horizon(at, v, r.over) }},
		entry{keyDiscount, func(at string, v any) { d.Discount = r.within(at, v, 0, 0.5, "1/year") }},
		entry{keyWorlds, func(at string, v any) { d.Worlds = r.whole(at, v, 1, mostWorlds) }},
		entry{keySeed, func(_ string, v any) { d.Seed = r.seed(v) }},
		entry{keySet, nil},
		entry{keyOptions, nil},
		entry{keyOption, nil},
		entry{keyRequire, r.require})
	if doc[keyObjective] == nil {
		r.objective(keyObjective, defaultObjective)
	}
	d.Scenario = r.readScenario(doc, r.over)
	r.options(doc)
	if err := r.problems.err(); err != nil {
		return nil, err
	}
	d.Horizon = d.Scenario.Params.Project.Horizon
	return d, nil
}

func (r *decisionReader) objective(path string, v any) {
	r.d.Objective = r.expression(path, v, r.names, false, "")
}

// within takes a real number.
func (r *reader) within(path string, v any, least, most float64, unit string) float64 {
	f, _ := r.number(path, &sim.Parameter{Min: least, Max: most, Unit: unit, Type: sim.Real}, v)
	return f
}

// horizon takes the years up to which sales are counted, as a setting of the
// scenario.
func (r *reader) horizon(key string, v any, to settings) {
	q := sim.Lookup(keyHorizon)
	if f, ok := r.number(key, q, v); ok {
		to[keyHorizon] = setting{f, origin{r.file, r.at.line(key), designLayer}}
	}
}

// require takes [[require]].
func (r *decisionReader) require(key string, v any) {
	list, _ := r.tables(key, v, 1, mostOptions)
	for i, t := range list {
		path := element(key, i)
		r.keys(path, t, entry{keyExpression, func(at string, v any) {
			r.d.Require = append(r.d.Require, r.expression(at, v, r.names, true, ""))
		}})
		r.needs(path, t, keyExpression, `for example expression = "public_cost <= 400"`)
	}
}

// options takes [options] or [[option]].
func (r *decisionReader) options(doc map[string]any) {
	all, combined := doc[keyOptions]
	each, single := doc[keyOption]
	switch {
	case combined && single:
		r.problem(keyOption, nil, fmt.Sprintf("does not go with [options] (line %d)", r.at.line(keyOptions)), "keep one")
	case combined:
		t := r.table(keyOptions, all, "lists of values")
		r.under = keyOptions + "."
		wrong := r.combine(t)
		if r.under = ""; wrong != "" {
			r.problem(keyOptions, nil, wrong, "")
		}
	case single:
		r.one(each)
	default:
		r.problem(keyOptions, nil, "missing", "a decision has options: write [options], and below it project.years = [1, 3, 5]")
	}
	if n := len(r.d.Options); n == 1 {
		r.problem(cmp.Or(map[bool]string{true: keyOptions}[combined], keyOption), nil, "is one alone, and nothing is to be decided", "give two at least")
	}
}

// lever takes the parameter of a key that options may differ in, nil if they may
// not.
func (r *decisionReader) lever(path, key string) *sim.Parameter {
	q := sim.Lookup(key)
	switch {
	case q == nil:
		var levers []string
		for i := range sim.Table {
			if sim.Table[i].Role == sim.Lever {
				levers = append(levers, sim.Table[i].Name)
			}
		}
		r.problem(path, nil, "unknown key", cmp.Or(r.near(key, levers), "epgsim parameters lists them"))
		return nil
	case q.Name == keyHorizon:
		r.problem(path, nil, "is the same for all options, which are compared at one date", "write horizon = … above")
		return nil
	case q.Role != sim.Lever:
		r.problem(path, nil, "is no lever: nobody decides about it", "what nobody knows differs between worlds by itself")
		return nil
	}
	return q
}

// flat are the keys of a table and of the tables within it, each with its path.
func flat(t map[string]any, within string, take func(key string, v any)) {
	for _, k := range sorted(t) {
		if sub, ok := t[k].(map[string]any); ok && within == "" {
			flat(sub, k, take)
			continue
		}
		take(join(within, k), t[k])
	}
}

// choice is a value that an option may have, and where it stands.
type choice struct {
	value float64
	line  int
}

// combine makes an option of every combination of listed values. It says what is
// wrong with all of them together.
func (r *decisionReader) combine(t map[string]any) (wrong string) {
	var lists [][]choice
	before := len(r.problems)
	flat(t, "", func(key string, v any) {
		q := r.lever(key, key)
		if q == nil {
			return
		}
		list, ok := v.([]any)
		if !ok || len(list) == 0 || len(list) > mostOptions {
			r.problem(key, v, fmt.Sprintf("must be a list of 1 to %d values", mostOptions), "for example [1, 3, 5]")
			return
		}
		var choices []choice
		for i, e := range list {
			f, ok := r.number(element(key, i), q, e)
			if ok && slices.ContainsFunc(choices, func(c choice) bool { return c.value == f }) {
				r.problem(element(key, i), e, "is there twice", "")
			}
			choices = append(choices, choice{f, r.at.line(r.under + element(key, i))})
		}
		r.d.Levers, lists = append(r.d.Levers, q), append(lists, choices)
	})
	n := 1
	for _, l := range lists {
		n = min(n*len(l), mostOptions+1)
	}
	switch {
	case len(r.problems) > before || t == nil:
		return ""
	case len(lists) == 0:
		return "is empty: write lists of values below it"
	case n > mostOptions:
		return fmt.Sprintf("makes more than %d options, the most there may be", mostOptions)
	}
	for k := range n {
		row, rest := make([]choice, len(lists)), k
		for i := len(lists) - 1; i >= 0; i-- { // the last list goes round fastest
			row[i], rest = lists[i][rest%len(lists[i])], rest/len(lists[i])
		}
		r.option("", row)
	}
	return ""
}

// one takes [[option]], each of which has a name and its own values.
func (r *decisionReader) one(v any) {
	list, fine := r.tables(keyOption, v, 1, mostOptions)
	if !fine {
		return
	}
	found := make([]map[*sim.Parameter]choice, len(list))
	names := make([]string, len(list))
	before := len(r.problems)
	for i, t := range list {
		path := element(keyOption, i)
		found[i] = map[*sim.Parameter]choice{}
		flat(t, "", func(key string, v any) {
			at := path + "." + key
			if key == keyName {
				names[i] = strings.TrimSpace(r.text(at, v, 60, false))
				return
			}
			if q := r.lever(at, key); q != nil {
				f, _ := r.number(at, q, v)
				found[i][q] = choice{f, r.at.line(at)}
				if !slices.Contains(r.d.Levers, q) {
					r.d.Levers = append(r.d.Levers, q)
				}
			}
		})
		if names[i] == "" {
			r.problem(path+"."+keyName, nil, "missing", `an option has a name, for example name = "three years"`)
		}
		r.once(path+"."+keyName, names[i], "option", names[:i])
	}
	if len(r.problems) > before {
		return
	}
	for i := range list {
		row := make([]choice, len(r.d.Levers))
		for k, q := range r.d.Levers {
			c, ok := found[i][q]
			if !ok {
				c = choice{math.NaN(), r.at.line(element(keyOption, i))}
			}
			row[k] = c
		}
		r.option(names[i], row)
	}
}

// option adds an option, unless it contradicts the scenario.
func (r *decisionReader) option(name string, row []choice) {
	o, said := Option{Name: name}, settings{}
	var parts []string
	for i, c := range row {
		q := r.d.Levers[i]
		o.Values = append(o.Values, c.value)
		if !math.IsNaN(c.value) {
			said[q.Name] = setting{c.value, origin{r.file, c.line, designLayer}}
			parts = append(parts, q.Name+" = "+value(q, c.value))
		}
	}
	o.Name = cmp.Or(name, strings.Join(parts, ", "))
	if r.d.Scenario == nil {
		return // there is something wrong with it already
	}
	own, idle := Design{Scenario: r.d.Scenario}, false
	for i, q := range r.d.Levers {
		if wrong, hint := own.without(q); wrong != "" && !math.IsNaN(row[i].value) {
			r.contradicts(Problems{{File: r.file, Line: row[i].line, Key: q.Name, Allowed: wrong, Hint: hint}})
			idle = true
		}
	}
	if idle {
		return
	}
	o.Scenario = r.d.Scenario.Clone()
	o.Scenario.said = o.Scenario.said.chosen()
	r.lay(o.Scenario, r.bad, said)
	r.d.Options = append(r.d.Options, o)
}

// lay lays settings over a scenario, and notes what contradicts then; bad are the keys of
// which is not known what they should say.
func (r *reader) lay(s *Scenario, bad map[string]bool, layers ...settings) {
	s.lay(layers...)
	c := checker{settings: s.said, bad: bad}
	r.contradicts(c.all())
}

// contradicts notes problems, each once: many options have the same.
func (r *reader) contradicts(found Problems) {
	for _, p := range found {
		if !slices.Contains(r.problems, p) {
			r.problems = append(r.problems, p)
		}
	}
}
