package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"epgsim/sim"
)

// varied are the numbers of a policy that Vary takes, with where they go.
var varied = []struct {
	key  string
	of   string // the parameter whose range it has; "" is a share
	gate bool   // only of a policy that has a stage gate
	set  func(*Policy, float64)
}{
	{keyFor, keyYears, false, func(y *Policy, v float64) { y.Years = [Forms]float64{v, v, v} }},
	{keyHours, "manager.hours", false, func(y *Policy, v float64) { y.Hours = v }},
	{keySeenError, "", false, func(y *Policy, v float64) { y.SeenError = v }},
	{keyExtend + "." + keyFor, keyYears, true, func(y *Policy, v float64) {
		e := *y.Extend
		e.Years, y.Extend = v, &e
	}},
}

// Vary puts behind a policy a copy of it for each of some values of one of its
// numbers, from "NAME.KEY=VALUE,VALUE": years, hours, seen_error or extend.years.
// from is where that was typed; the error is Problems.
func (p *Programme) Vary(from, text string) error {
	path, values, ok := strings.Cut(text, "=")
	at, kind, wrong := p.numberAt(path)
	if !ok {
		wrong = &Problem{Key: text, Allowed: "must be NAME.KEY=VALUE,VALUE", Hint: `for example "three years for all.years=2,4"`}
	}
	var copies []Policy
	for _, word := range strings.Split(values, ",") {
		if wrong != nil {
			break
		}
		var y Policy
		y, wrong = p.with(at, kind, word)
		if wrong != nil {
			wrong.Key = path + "=" + word
		} else if slices.ContainsFunc(append(copies, p.Policy...), func(o Policy) bool { return o.Name == y.Name }) {
			wrong = &Problem{Key: path + "=" + word, Allowed: "is given twice"}
		}
		copies = append(copies, y)
	}
	if n := len(p.Policy) + len(copies); n > mostPolicies && wrong == nil {
		wrong = &Problem{Key: path, Allowed: fmt.Sprintf("makes %d policies, and %d are the most", n, mostPolicies)}
	}
	if wrong != nil {
		wrong.File, wrong.Key = from, quoteClip(wrong.Key)
		return Problems{*wrong}
	}
	p.Policy = slices.Insert(p.Policy, at+1, copies...)
	return nil
}

// numberAt finds the policy and, among varied, the number that a path NAME.KEY means.
func (p *Programme) numberAt(path string) (at, kind int, wrong *Problem) {
	var names, keys []string
	for i := range p.Policy {
		names = append(names, p.Policy[i].Name)
	}
	for _, k := range varied {
		keys = append(keys, k.key)
	}
	at = slices.IndexFunc(names, func(name string) bool { return strings.HasPrefix(path, name+".") })
	if at < 0 {
		name, _, _ := strings.Cut(path, ".")
		return at, 0, &Problem{Key: path, Allowed: "no policy of that name", Hint: nearOrAll(name, names)}
	}
	key := path[len(names[at])+1:]
	switch kind = slices.Index(keys, key); {
	case kind < 0:
		return at, kind, &Problem{Key: path, Allowed: "not a number of a policy that can be varied", Hint: nearOrAll(key, keys)}
	case varied[kind].gate && p.Policy[at].Extend == nil:
		return at, kind, &Problem{Key: path, Allowed: "the policy has no stage gate"}
	}
	return at, kind, nil
}

// with is a policy with another value of one of its numbers, and a name that says so.
func (p *Programme) with(at, kind int, word string) (y Policy, wrong *Problem) {
	k := varied[kind]
	q := &sim.Parameter{Min: 0, Max: 1, Unit: "1", Type: sim.Real}
	if k.of != "" {
		q = sim.Lookup(k.of)
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(word), 64)
	if err != nil || !q.Valid(v) {
		return y, &Problem{Allowed: "must be within " + number(q.Min) + ".." + number(q.Max)}
	}
	y = p.Policy[at]
	k.set(&y, v)
	y.Name = fmt.Sprintf("%s, %s %s", y.Name, strings.NewReplacer("_", " ", ".", " ").Replace(k.key), number(v))
	if long := p.tooLong(&y); long != "" {
		return y, &Problem{Allowed: long}
	}
	return y, nil
}

// tooLong refuses projects that would not end before the horizon, or are longer than any
// may be; "" where they are not.
func (p *Programme) tooLong(y *Policy) string {
	longest, most := y.longest(), min(p.Horizon, sim.Lookup(keyYears).Max)
	if longest <= most {
		return ""
	}
	return fmt.Sprintf("makes projects of %s years, and %s are the most before the horizon", number(longest), number(most))
}

// longest is the years of the longest project that the policy may give.
func (p *Policy) longest() float64 {
	years := slices.Max(p.Years[:])
	if p.Extend != nil {
		years += p.Extend.Years
	}
	return years
}
