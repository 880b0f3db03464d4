package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"epgsim/sim"
)

// readFactors takes the [[factor]] tables, in the order of the file.
func (r *designReader) readFactors(doc map[string]any) {
	const needed = `a design varies something: write [[factor]], and below it parameter = "manager.hours"`
	v, ok := doc[keyFactor]
	if !ok {
		r.problem(keyFactor, nil, "missing", needed)
		return
	}
	list, fine := r.tables(keyFactor, v, 1, len(sim.Table))
	if fine && len(list) == 0 {
		r.problem(keyFactor, nil, "is empty", needed)
	}
	own := map[string]int{} // parameters with a [[factor]] of their own, and which is the first
	for i, t := range slices.Backward(list) {
		if name, ok := t["parameter"].(string); ok {
			own[name] = i
		}
	}
	for i, t := range list {
		f := factorReader{designReader: r, path: element(keyFactor, i), t: t}
		_, every := t["every"]
		switch clear := f.keys(); {
		case !clear:
		case every:
			f.every(own)
		default:
			f.one(i, own)
		}
	}
	r.inStep()
}

// factorReader reads one [[factor]].
type factorReader struct {
	*designReader
	path string
	t    map[string]any
}

func (r *factorReader) at(key string) string { return join(r.path, key) }

// line is where a key stands.
func (r *factorReader) line(key string) int { return r.reader.at.line(r.at(key)) }

// keys finds keys that are unknown, do not go with the method, or not with each
// other. In the last case it is not clear what the factor is.
func (r *factorReader) keys() (clear bool) {
	clear = true
	all := []string{"parameter", "values", "low", "high", "scale", keySteps, keyGroup, "every", "section", "except"}
	alone := map[string][]string{
		"parameter": {"every", "section", "except"},
		"every":     {"values", "low", "high", "scale"},
		"values":    {"low", "high", "scale", keySteps},
	}
	for _, k := range sorted(r.t) {
		if !slices.Contains(all, k) {
			r.problem(r.at(k), nil, "unknown key", r.nearOrAll(k, all))
			continue
		}
		if r.d.Method != "" && !r.d.Method.takes(k) {
			r.misplaced(r.at(k), r.t[k], k)
		}
		for _, other := range alone[k] {
			if _, both := r.t[other]; both {
				r.problem(r.at(other), nil, fmt.Sprintf("does not go with %s (line %d)", k, r.line(k)), "keep one")
				clear = false
			}
		}
	}
	return clear
}

// one takes a factor that names its parameter.
func (r *factorReader) one(i int, own map[string]int) {
	v, ok := r.t["parameter"]
	if !ok {
		r.problem(r.at("parameter"), nil, "missing", `a factor names its parameter, or says every = "uncertainty"`)
		return
	}
	name, _ := v.(string)
	q := sim.Lookup(name)
	switch {
	case q == nil:
		wrong, hint := r.noParameter(name)
		r.problem(r.at("parameter"), v, wrong, hint)
		return
	case own[name] != i:
		r.problem(r.at("parameter"), v, "is in two factors", fmt.Sprintf("line %d has it already", r.reader.at.line(join(element(keyFactor, own[name]), "parameter"))))
		return
	}
	r.add(q, r.group())
}

// every takes all parameters of a role that have a plausible range and an
// effect, and that no other factor has taken.
func (r *factorReader) every(own map[string]int) {
	start := len(r.problems)
	role := r.oneOf(r.at("every"), r.t["every"], "role", []string{sim.Lever.String(), sim.Uncertainty.String()})
	section := ""
	if v, ok := r.t["section"]; ok {
		section = r.oneOf(r.at("section"), v, "section", r.sections)
	}
	if len(r.problems) > start {
		return
	}
	var all []string
	for i := range sim.Table {
		q := &sim.Table[i]
		if q.Role.String() == role && q.Low < q.High && (section == "" || sectionOf(q.Name) == section) {
			all = append(all, q.Name)
		}
	}
	except, group, before := r.except(all), r.group(), len(r.d.Factors)
	for _, name := range all {
		_, named := own[name]
		q := sim.Lookup(name)
		wrong, _ := r.d.without(q)
		if !named && wrong == "" && !slices.Contains(except, name) && r.d.varies(name) < 0 {
			r.add(q, group)
		}
	}
	if len(r.d.Factors) == before && len(r.problems) == start {
		r.problem(r.at("every"), r.t["every"], "leaves no parameter that has a plausible range, an effect, and no other factor", "")
	}
}

// except takes the names of those among all that are to be left out.
func (r *factorReader) except(all []string) (names []string) {
	v, ok := r.t["except"]
	if !ok {
		return nil
	}
	r.each(r.at("except"), v, 0, "parameters", `["trust.start"]`, func(name string, _ any) (wrong, hint string) {
		if !slices.Contains(all, name) {
			return "not among the parameters it is an exception from", r.near(name, all)
		}
		names = append(names, name)
		return "", ""
	})
	return names
}

// group takes the name of the factor's group.
func (r *factorReader) group() string {
	v, ok := r.t[keyGroup]
	if !ok {
		return ""
	}
	start := len(r.problems)
	s := r.text(r.at(keyGroup), v, 40, false)
	switch {
	case len(r.problems) > start:
	case strings.TrimSpace(s) != s || s == "":
		r.problem(r.at(keyGroup), v, "must be a name, without blanks at its ends", "")
	case sim.Lookup(s) != nil:
		r.problem(r.at(keyGroup), v, "must not be the name of a parameter", "a factor without a group is named as its parameter")
	}
	return s
}

// add takes the values or the range of one parameter, and makes it a factor.
func (r *factorReader) add(q *sim.Parameter, group string) {
	f := Factor{Parameter: q, Group: group, line: r.reader.at.line(r.path)}
	before := len(r.problems)
	if v, ok := r.t["values"]; ok {
		r.values(&f, v)
	} else {
		r.ends(&f)
		r.steps(&f)
	}
	if len(r.problems) == before {
		r.d.Factors = append(r.d.Factors, f)
	}
}

// values takes a list of values.
func (r *factorReader) values(f *Factor, v any) {
	list, ok := v.([]any)
	least := 2
	if r.d.Method == MethodOneAtATime {
		least = 1
	}
	if !ok || len(list) < least || len(list) > mostValues {
		r.problem(r.at("values"), v, fmt.Sprintf("must be a list of %d to %d values", least, mostValues), "")
		return
	}
	for i, e := range list {
		n, wrong, hint := check(f.Parameter, e)
		if wrong == "" && slices.Contains(f.Values, n) {
			wrong = "is there twice"
		}
		if wrong != "" {
			r.problem(element(r.at("values"), i), e, wrong, hint)
			continue
		}
		f.Values = append(f.Values, n)
	}
	if len(f.Values) > 0 {
		f.Low, f.High = slices.Min(f.Values), slices.Max(f.Values)
	}
}

// ends takes the ends of a range, plausible ones where they are left out.
func (r *factorReader) ends(f *Factor) {
	q := f.Parameter
	low, hasLow := r.t["low"]
	high, hasHigh := r.t["high"]
	if q.Low >= q.High && !(hasLow && hasHigh) {
		hint := "give low and high, or values"
		if q.Type == sim.Switch {
			hint = "write values = [false, true]"
		}
		r.problem(r.at("parameter"), q.Name, "has no plausible range of its own", hint)
		return
	}
	start := len(r.problems)
	f.Low, f.High = q.Low, q.High
	if hasLow {
		f.Low, _ = r.number(r.at("low"), q, low)
	}
	if hasHigh {
		f.High, _ = r.number(r.at("high"), q, high)
	}
	switch {
	case len(r.problems) > start:
	case f.Low < f.High:
		r.scale(f)
	case hasHigh && (!hasLow || r.line("high") >= r.line("low")):
		r.problem(r.at("high"), high, "must be above low = "+value(q, f.Low), "")
	default:
		r.problem(r.at("low"), low, "must be below high = "+value(q, f.High), "")
	}
}

// scale takes how the range is spread.
func (r *factorReader) scale(f *Factor) {
	v, ok := r.t["scale"]
	if !ok {
		return
	}
	f.Log = r.oneOf(r.at("scale"), v, "scale", []string{"linear", "log"}) == "log"
	switch {
	case f.Log && f.Parameter.Type != sim.Real:
		r.problem(r.at("scale"), v, "is for real numbers, and "+f.Parameter.Name+" takes whole ones only", "leave it out")
	case f.Log && f.Low <= 0:
		r.problem(r.at("scale"), v, "needs a low end above 0", "low is "+number(f.Low))
	}
}

// steps makes values of a range for the methods that go through values.
func (r *factorReader) steps(f *Factor) {
	v, ok := r.t[keySteps]
	switch {
	case !r.d.Method.listed():
		return
	case !ok:
		r.problem(r.at(keySteps), nil, "missing", string(r.d.Method)+" goes through values: give so many of the range, or a list of values")
		return
	}
	start := len(r.problems)
	if f.Steps = r.whole(r.at(keySteps), v, 2, mostValues); len(r.problems) > start || !(f.Low < f.High) {
		return
	}
	for k := range f.Steps {
		if n := f.step(k); len(f.Values) == 0 || n > f.Values[len(f.Values)-1] {
			f.Values = append(f.Values, n)
		}
	}
}

// step is value k of Steps from Low to High: whole numbers where the parameter
// takes no others, else rounded to 12 digits, so that 0.3 is not
// 0.30000000000000004.
func (f *Factor) step(k int) float64 {
	if f.Parameter.Type != sim.Real {
		n, span := f.Steps-1, int(f.High-f.Low)
		return f.Low + float64((2*k*span+n)/(2*n))
	}
	v := f.between(float64(k) / float64(f.Steps-1))
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 12, 64), 64) // what was just written can be read
	return min(max(rounded, f.Low), f.High)
}

// inStep refuses groups whose lists cannot go in step.
func (r *designReader) inStep() {
	if !r.d.Method.listed() {
		return
	}
	first := map[string]int{}
	for i := range r.d.Factors {
		f := &r.d.Factors[i]
		k, ok := first[f.Group]
		switch {
		case f.Group == "":
		case !ok:
			first[f.Group] = i
		case len(f.Values) != len(r.d.Factors[k].Values):
			r.problems = append(r.problems, r.d.problem(i, fmt.Sprintf("has %d values, and %s (line %d) of the same group %d", len(f.Values),
				r.d.Factors[k].Parameter.Name, r.d.Factors[k].line, len(r.d.Factors[k].Values)), "a group goes in step: make the lists equally long"))
		}
	}
}
