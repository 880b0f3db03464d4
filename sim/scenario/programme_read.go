package scenario

import (
	"maps"
	"math"
	"slices"
	"strings"

	"epgsim/sim"
)

// The keys of a programme beside those of a decision.
const (
	keyBudget     = "budget"
	keyApplicants = "applicants"
	keyTimes      = "times"
	keySpread     = "spread"
	keyPool       = "pool"
	keyPolicy     = "policy"
	keyWeight     = "weight" // of a pool
	keyVary       = "vary"
)

// Limits of a programme.
const (
	mostApplicants = 1_000_000
	mostTimes      = 100_000
	mostPools      = 100
	mostPolicies   = 50
	mostBudget     = 1e9 // k€
)

// LoadProgramme reads the programme file of that name; if there is none and the
// name does not look like a path, the shipped programme. An error is always of
// type Problems and holds all that is wrong with the file and its scenarios.
func LoadProgramme(nameOrPath string) (*Programme, error) {
	return load(shippedProgrammes(), nameOrPath, parseProgramme)
}

// programmeReader reads one decoded programme.
type programmeReader struct {
	*reader
	p      *Programme
	over   settings // [set] and the horizon
	spread []spread
}

// spread is how far applicants differ in a parameter, on either side of what their
// scenario says.
type spread struct {
	q    *sim.Parameter
	half float64
}

// parseProgramme reads a programme from the bytes of a file, which messages call
// by name; resolve finds its scenarios, and what these extend.
func parseProgramme(name string, src []byte, resolve resolver) (*Programme, error) {
	doc, at, syntax := decode(name, src)
	if syntax != nil {
		return nil, syntax
	}
	r := &programmeReader{reader: newReader(name, designLayer, at, resolve), over: settings{},
		p: &Programme{Times: 20, Seed: 1, Horizon: sim.Lookup(keyHorizon).Default}}
	r.readTop(doc)
	r.list(doc, keyPool, mostPools, `somebody applies: write [[pool]], and below it scenario = "food-products"`, r.pool)
	r.list(doc, keyPolicy, mostPolicies, `somebody chooses: write [[policy]], and below it name = "three years for all", years = 3`, r.policy)
	if err := r.problems.err(); err != nil {
		return nil, err
	}
	return r.p, nil
}

// readTop takes all keys but [[pool]] and [[policy]].
func (r *programmeReader) readTop(doc map[string]any) {
	p := r.p
	p.Head = r.top(doc, "programme", "our-programme",
		entry{keyBudget, func(at string, v any) { p.Budget = r.within(at, v, 1, mostBudget, "k€") }},
		entry{keyYearsAhead, func(at string, v any) { r.horizon(at, v, r.over) }},
		entry{keyApplicants, func(at string, v any) { p.Applicants = r.whole(at, v, 1, mostApplicants) }},
		entry{keyTimes, func(at string, v any) { p.Times = r.whole(at, v, 1, mostTimes) }},
		entry{keySeed, func(_ string, v any) { p.Seed = r.seed(v) }},
		entry{keySpread, r.spreads},
		entry{keySet, nil},
		entry{keyPool, nil},
		entry{keyPolicy, nil})
	r.needs("", doc, keyBudget, "the public money of the programme, in k€: budget = 30000")
	r.needs("", doc, keyApplicants, "the groups that apply: applicants = 400")
	if h, ok := r.over[keyHorizon]; ok {
		p.Horizon = h.value.(float64)
	}
	said, _ := r.readSet("", doc)
	for _, key := range [...]string{keyYears, keyHorizon} {
		if s, ok := said[key]; ok {
			r.problems = append(r.problems, Problem{File: r.file, Line: s.line, Key: key, Given: given(s.value),
				Allowed: "cannot be set here", Hint: map[string]string{keyYears: "it is a policy's: years = …", keyHorizon: "write horizon = … above"}[key]})
			delete(said, key)
		}
	}
	maps.Copy(r.over, said)
	r.over[keyYears] = setting{sim.Lookup(keyYears).Min, origin{r.file, 0, 0}} // the policies say how long
}

// spreads takes how far applicants of all kinds differ.
func (r *programmeReader) spreads(_ string, v any) {
	r.under = keySpread + "."
	defer func() { r.under = "" }()
	flat(r.table(keySpread, v, "parameters"), "", func(key string, v any) {
		if q := r.differing(key, key); q != nil {
			if half := r.within(key, v, 0, q.Max-q.Min, q.Unit); half > 0 {
				r.spread = append(r.spread, spread{q, half})
			}
		}
	})
}

// differing is the parameter of a key in which applicants may differ, nil if they may not.
func (r *reader) differing(path, key string) *sim.Parameter {
	q := sim.Lookup(key)
	if q == nil || q.Name == keyYears || q.Name == keyHorizon {
		r.problem(path, nil, "not a parameter in which applicants differ", r.near(key, parameterNames()))
		return nil
	}
	return q
}

// pool takes a kind of applicants.
func (r *programmeReader) pool(path string, t map[string]any) {
	k := Pool{Weight: 1}
	r.keys(path, t,
		entry{keyScenario, nil},
		entry{keyWeight, func(at string, v any) { k.Weight = r.within(at, v, 1e-6, 1e6, "1") }},
		entry{keyVary, nil})
	r.needs(path, t, keyScenario, "the name of a shipped one, or a file")
	if t[keyScenario] == nil {
		return
	}
	s := r.scenarioNamed(join(path, keyScenario), t[keyScenario])
	if s == nil {
		return
	}
	r.lay(s, nil, r.over)
	d := &Design{Scenario: s, Method: MethodLatinHypercube, file: r.file}
	own := &factorReader{designReader: &designReader{reader: r.reader, d: d}}
	if vary := t[keyVary]; vary != nil {
		at := join(path, keyVary)
		flat(r.table(at, vary, "ranges of parameters"), "", func(key string, v any) { own.varies(at+"."+key, key, v) })
	}
	for _, w := range r.spread {
		if f := r.spreadOf(w, d); f != nil {
			d.Factors = append(d.Factors, *f)
		}
	}
	slices.SortFunc(d.Factors, func(a, b Factor) int { // so that a programme is the same however its ranges came about
		return strings.Compare(a.Parameter.Name, b.Parameter.Name)
	})
	r.contradicts(d.idle())
	d.freeze()
	r.contradicts(d.clashes())
	k.Scenario, k.Vary, k.design = s, d.Factors, d
	r.p.Pool = append(r.p.Pool, k)
}

// spreadOf is the range of a kind's applicants that a spread makes, nil where it has
// no effect on them or they have a range of their own.
func (r *programmeReader) spreadOf(w spread, d *Design) *Factor {
	p := &d.Scenario.Params
	if wrong, _ := d.without(w.q); wrong != "" || d.varies(w.q.Name) >= 0 || w.q.Name == keyFocus && p.Mix != [3]float64{} {
		return nil
	}
	at := w.q.In(p)
	f := &Factor{Parameter: w.q, Low: max(at-w.half, w.q.Min), High: min(at+w.half, w.q.Max), line: r.at.line(keySpread + "." + w.q.Name)}
	if w.q.Type != sim.Real {
		f.Low, f.High = math.Ceil(f.Low), math.Floor(f.High)
	}
	if f.Low >= f.High {
		return nil // no other whole number is so near
	}
	return f
}

// varies takes the range of a parameter in which applicants of a kind differ.
func (r *factorReader) varies(path, key string, v any) {
	q := r.differing(path, key)
	list, ok := v.([]any)
	switch {
	case q == nil:
		return
	case !ok || len(list) != 2:
		r.problem(path, v, "must be the two ends of a range", "for example "+key+" = ["+value(q, q.Low)+", "+value(q, q.High)+"]")
		return
	}
	before := len(r.problems)
	low, _ := r.number(element(path, 0), q, list[0])
	high, _ := r.number(element(path, 1), q, list[1])
	if len(r.problems) == before && low >= high {
		r.problem(element(path, 1), list[1], "must be above "+value(q, low), "")
	}
	r.d.Factors = append(r.d.Factors, Factor{Parameter: q, Low: low, High: high, line: r.reader.at.line(path)})
}

// policy takes a policy.
func (r *programmeReader) policy(path string, t map[string]any) {
	p := policyReader{programmeReader: r, path: path, p: newPolicy()}
	p.read(t)
	r.once(path+"."+keyName, p.p.Name, "policy", texts(r.p.Policy, func(other Policy) string { return other.Name }))
	r.p.Policy = append(r.p.Policy, p.p)
}

func newPolicy() Policy {
	return Policy{Select: FirstCome, Form: AsApplied, Hours: math.NaN(), Size: math.NaN()}
}
