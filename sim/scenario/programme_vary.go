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
	key string
	of  string // the parameter whose range it has; "" is a share
	set func(*Policy, float64)
}{
	{keyFor, keyYears, func(y *Policy, v float64) { y.Years = [Forms]float64{v, v, v} }},
	{keyHours, "manager.hours", func(y *Policy, v float64) { y.Hours = v }},
	{keySeenError, "", func(y *Policy, v float64) { y.SeenError = v }},
	{keyExtend + "." + keyFor, keyYears, func(y *Policy, v float64) {
		e := *y.Extend
		e.Years, y.Extend = v, &e
	}},
}

// Vary puts behind a policy a copy of it for each of some values of one of its
// numbers, from "NAME.KEY=VALUE,VALUE": years, hours, seen_error or extend.years.
// from is where that was typed; the error is Problems.
func (p *Programme) Vary(from, text string) error {
	wrong := func(key, what, hint string) error {
		return Problems{{File: from, Key: quoteClip(key), Allowed: what, Hint: hint}}
	}
	path, values, ok := strings.Cut(text, "=")
	if !ok {
		return wrong(text, "must be NAME.KEY=VALUE,VALUE", `for example "three years for all.years=2,4"`)
	}
	at := slices.IndexFunc(p.Policy, func(y Policy) bool { return strings.HasPrefix(path, y.Name+".") })
	var names, keys []string
	for i := range p.Policy {
		names = append(names, p.Policy[i].Name)
	}
	for _, k := range varied {
		keys = append(keys, k.key)
	}
	if at < 0 {
		name, _, _ := strings.Cut(path, ".")
		return wrong(path, "no policy of that name", nearOf(name, names))
	}
	key := path[len(p.Policy[at].Name)+1:]
	i := slices.Index(keys, key)
	switch {
	case i < 0:
		return wrong(path, "not a number of a policy that can be varied", nearOf(key, keys))
	case key == keyExtend+"."+keyFor && p.Policy[at].Extend == nil:
		return wrong(path, "the policy has no stage gate", "")
	}
	var copies []Policy
	for _, word := range strings.Split(values, ",") {
		y := p.Policy[at]
		v, err := strconv.ParseFloat(strings.TrimSpace(word), 64)
		q := &sim.Parameter{Min: 0, Max: 1, Unit: "1", Type: sim.Real}
		if varied[i].of != "" {
			q = sim.Lookup(varied[i].of)
		}
		if err != nil || !q.Valid(v) {
			return wrong(path+"="+word, "must be within "+number(q.Min)+".."+number(q.Max), "")
		}
		varied[i].set(&y, v)
		y.Name = fmt.Sprintf("%s, %s %s", y.Name, strings.ReplaceAll(strings.ReplaceAll(key, "_", " "), ".", " "), number(v))
		if longest, most := y.longest(), min(p.Horizon, sim.Lookup(keyYears).Max); longest > most {
			return wrong(path+"="+word, fmt.Sprintf("makes projects of %s years, and %s are the most before the horizon", number(longest), number(most)), "")
		}
		if slices.Contains(names, y.Name) {
			return wrong(path+"="+word, "is given twice", "")
		}
		names, copies = append(names, y.Name), append(copies, y)
	}
	if n := len(p.Policy) + len(copies); n > mostPolicies {
		return wrong(path, fmt.Sprintf("makes %d policies, and %d are the most", n, mostPolicies), "")
	}
	p.Policy = slices.Insert(p.Policy, at+1, copies...)
	return nil
}

// longest is the years of the longest project that the policy may give.
func (p *Policy) longest() float64 {
	years := slices.Max(p.Years[:])
	if p.Extend != nil {
		years += p.Extend.Years
	}
	return years
}

// nearOf is the name nearest to what was typed, or what there is.
func nearOf(word string, names []string) string {
	if near := didYouMean(word, names); near != "" {
		return near
	}
	return "there are " + strings.Join(names, ", ")
}
