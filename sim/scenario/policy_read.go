package scenario

import (
	"slices"
	"strings"

	"epgsim/sim"
)

// The keys of a policy.
const (
	keySelect    = "select"
	keyScore     = "score"
	keySeenError = "seen_error"
	keyForm      = "form"
	keyHours     = "hours"
	keySMEs      = "size"
	keyExtend    = "extend"
	keyFor       = "years" // how long
	keyWhen      = "when"
)

// policyReader reads one [[policy]].
type policyReader struct {
	*programmeReader
	path string
	p    Policy
}

func (r *policyReader) at(key string) string { return r.path + "." + key }

// Why an expression may not use what is known of a run.
const (
	unseenBefore = "is not known when groups apply"
	unseenAtGate = "cannot be seen at the gate"
)

func (r *policyReader) read(t map[string]any) {
	p := &r.p
	p.table = t
	forms := append(formNames(), string(AsApplied), string(ByFigure2))
	r.keys(r.path, t,
		entry{keyName, func(at string, v any) { p.Name = strings.TrimSpace(r.text(at, v, 60, false)) }},
		entry{keySelect, func(at string, v any) {
			p.Select = Select(r.oneOf(at, v, "way to choose", []string{string(FirstCome), string(Lottery), string(ByScore)}))
		}},
		entry{keyScore, func(at string, v any) { p.Score = r.expression(at, v, ApplicationNames(), false, unseenBefore) }},
		entry{keySeenError, func(at string, v any) { p.SeenError = r.within(at, v, 0, 1, "1") }},
		entry{keyForm, func(at string, v any) { p.Form = FormRule(r.oneOf(at, v, "form", forms)) }},
		entry{keyHours, func(at string, v any) { p.Hours, _ = r.number(at, sim.Lookup("manager.hours"), v) }},
		entry{keySMEs, r.size},
		entry{keyFor, r.years},
		entry{keyExtend, r.extend})
	if p.Name == "" && !r.bad[shown(r.at(keyName))] {
		r.problem(r.at(keyName), nil, "missing", `every policy has one, for example name = "three years for all"`)
	}
	r.needs(r.path, t, keyFor, "the length of a project: years = 3, or years = { market = 1, customer = 2, system = 5 }")
	_, scored := t[keyScore]
	switch by := p.Select == ByScore; {
	case by && !scored:
		r.problem(r.at(keyScore), nil, "missing", `what the best have most of, for example score = "technology * experience"`)
	case !by && scored && p.Select != "":
		r.problem(r.at(keyScore), t[keyScore], "is not used: groups are chosen by "+string(p.Select), `write select = "score", or leave it out`)
	}
	if long := r.programmeReader.p.tooLong(p); long != "" {
		key := keyFor
		if p.Extend != nil {
			key = keyExtend
		}
		r.problem(r.at(key), t[key], long, "make it shorter, or the horizon longer")
	}
}

// years takes the length of projects, one for all or by form.
func (r *policyReader) years(at string, v any) {
	q := sim.Lookup(keyYears)
	t, byForm := v.(map[string]any)
	if !byForm {
		years, _ := r.number(at, q, v)
		r.p.Years = [Forms]float64{years, years, years}
		return
	}
	for _, key := range sorted(t) {
		if f := slices.Index(formNames(), key); f >= 0 {
			r.p.Years[f], _ = r.number(join(at, key), q, t[key])
		} else {
			r.problem(join(at, key), nil, "not a form", r.nearOrAll(key, formNames()))
		}
	}
	for _, name := range formNames() {
		r.needs(at, t, name, "a group may have any of the three forms")
	}
}

// size takes the number of SMEs, which scenarios that list theirs do not leave
// open.
func (r *policyReader) size(at string, v any) {
	n, ok := r.number(at, sim.Lookup(keySize), v)
	if !ok {
		return
	}
	r.p.Size = n
	for i := range r.programmeReader.p.Pool {
		s := r.programmeReader.p.Pool[i].Scenario
		if len(s.Params.ListedSMEs) > 0 {
			r.problem(at, v, "cannot be: the SMEs of "+s.Name+" are listed", "take that pool out, or leave the size as it is")
			continue
		}
		said := s.said.chosen()
		said.over(settings{keySize: setting{n, origin{r.file, r.reader.at.line(at), commandLineLayer}}})
		c := checker{settings: said}
		r.contradicts(c.all())
	}
}

// extend takes a stage gate.
func (r *policyReader) extend(at string, v any) {
	t := r.table(at, v, "years and when")
	e := &Extension{}
	r.p.Extend = e
	r.keys(at, t,
		entry{keyFor, func(at string, v any) { e.Years, _ = r.number(at, sim.Lookup(keyYears), v) }},
		entry{keyWhen, func(at string, v any) { e.When = r.expression(at, v, GateNames(), true, unseenAtGate) }})
	for _, key := range [...]string{keyFor, keyWhen} {
		if t != nil {
			r.needs(at, t, key, `for example extend = { years = 1.5, when = "offers_project >= 1" }`)
		}
	}
}
