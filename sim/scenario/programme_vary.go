package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"epgsim/sim"
)

// Vary puts behind a policy a copy of it for each of some values of one of its keys,
// from "NAME.KEY=VALUE,VALUE": years, hours, seen_error, extend.years or any other, with
// the checks of a file. from is where that was typed; the error is Problems.
func (p *Programme) Vary(from, text string) error {
	refuse := func(what, wrong, hint string) error {
		return Problems{{File: from, Key: quoteClip(what), Allowed: wrong, Hint: hint}}
	}
	path, values, ok := strings.Cut(text, "=")
	if !ok {
		return refuse(text, "must be NAME.KEY=VALUE,VALUE", `for example "three years for all.years=2,4"`)
	}
	names := texts(p.Policy, func(y Policy) string { return y.Name })
	at := slices.IndexFunc(names, func(name string) bool { return strings.HasPrefix(path, name+".") })
	if at < 0 {
		name, _, _ := strings.Cut(path, ".")
		return refuse(path, "no policy of that name", nearOrAll(name, names))
	}
	key := path[len(names[at])+1:]
	if strings.HasPrefix(key, keyExtend+".") && p.Policy[at].Extend == nil {
		return refuse(path, "the policy has no stage gate", "")
	}
	var copies []Policy
	for _, typed := range strings.Split(values, ",") {
		typed = strings.TrimSpace(typed)
		r := policyReader{programmeReader: &programmeReader{reader: newReader(from, commandLineLayer, nil, nil), p: p}, path: keyPolicy, p: newPolicy()}
		r.read(replaced(p.Policy[at].table, key, word(typed)))
		r.p.Name = fmt.Sprintf("%s, %s %s", names[at], strings.NewReplacer("_", " ", ".", " ").Replace(key), typed)
		switch what := path + "=" + typed; {
		case len(r.problems) > 0:
			return refuse(what, r.problems[0].Allowed, r.problems[0].Hint)
		case slices.ContainsFunc(append(copies, p.Policy...), func(o Policy) bool { return o.Name == r.p.Name }):
			return refuse(what, "is given twice", "")
		}
		copies = append(copies, r.p)
	}
	if n := len(p.Policy) + len(copies); n > mostPolicies {
		return refuse(path, fmt.Sprintf("makes %d policies, and %d are the most", n, mostPolicies), "")
	}
	p.Policy = slices.Insert(p.Policy, at+1, copies...)
	return nil
}

// replaced is a copy of a table with another value of a key, which may be that of a table
// within it.
func replaced(t map[string]any, key string, v any) map[string]any {
	c := map[string]any{}
	maps.Copy(c, t)
	if outer, inner, within := strings.Cut(key, "."); within {
		sub, _ := t[outer].(map[string]any)
		c[outer] = replaced(sub, inner, v)
		return c
	}
	c[key] = v
	return c
}

// tooLong refuses projects that would not end before the horizon, or are longer than any
// may be; "" where they are not.
func (p *Programme) tooLong(y *Policy) string {
	longest, most := slices.Max(y.Years[:]), min(p.Horizon, sim.Lookup(keyYears).Max)
	if y.Extend != nil {
		longest += y.Extend.Years
	}
	if longest <= most {
		return ""
	}
	return fmt.Sprintf("makes projects of %s years, and %s are the most before the horizon", number(longest), number(most))
}
