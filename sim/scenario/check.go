package scenario

import (
	"fmt"
	"slices"

	"epgsim/sim"
)

// checker finds what contradicts in settings that are each valid by
// themselves. A contradiction is reported where the later of its two sides was
// said, since that is what was just changed.
type checker struct {
	settings settings
	bad      map[string]bool // keys whose true value is not known, because it was said wrongly
	found    Problems
}

// all finds all contradictions. Each rule asks only about what somebody said:
// a default never contradicts.
func (c *checker) all() Problems {
	c.listed(keySize, keySME, len(get[[]sim.SMESpec](c.settings, keySME)))
	c.listed(keyCount, keyMarket, len(get[[]sim.MarketSpec](c.settings, keyMarket)))
	c.enough("group.partners", "more partners than there are SMEs beside the lead SME")
	c.enough("group.suppliers", "more suppliers than there are SMEs beside the hub")
	c.candidates()
	c.hub()
	c.goals()
	c.horizon()
	return c.found
}

// said is what was said of a key, if that is without problems of its own.
func (c *checker) said(key string) (s setting, ok bool) {
	s, ok = c.settings[key]
	return s, ok && !c.bad[key]
}

// report notes a contradiction between a key and something else that was said.
func (c *checker) report(at origin, key string, v any, allowed, hint string) {
	c.found = append(c.found, Problem{File: at.file, Line: at.line, Key: key, Given: given(v), Allowed: allowed, Hint: hint})
}

// seen is how a message at one place calls another.
func (o origin) seen(from origin) string {
	switch {
	case o.file == from.file && o.line > 0:
		return fmt.Sprintf("line %d", o.line)
	case o.line > 0:
		return fmt.Sprintf("%s:%d", o.file, o.line)
	}
	return o.file
}

// listed compares a number with the list that gives it too.
func (c *checker) listed(key, list string, n int) {
	number, ok := c.said(key)
	l, both := c.said(list)
	if !ok || !both || number.value.(float64) == float64(n) {
		return
	}
	hint := fmt.Sprintf("leave %s out, or list as many", key)
	if number.layer != l.layer {
		hint = fmt.Sprintf("list as many here, or write %s = [] to have them generated", list)
	}
	at := number.origin
	if at.layer > mostLayers {
		hint = "in a scenario that lists them, the number is that of the list"
	}
	c.report(at, key, number.value, fmt.Sprintf("contradicts [[%s]] (%s), which lists %d", list, l.seen(at), n), hint)
}

// size is the number of SMEs and where it was said; ok is false if nobody
// said it or it is not known.
func (c *checker) size() (n float64, at setting, known bool) {
	n = sim.Lookup(keySize).Default
	if c.bad[keySize] || c.bad[keySME] {
		return n, at, false
	}
	if s, ok := c.settings[keySize]; ok {
		n, at = s.value.(float64), s
	}
	if s, ok := c.settings[keySME]; ok {
		n, at = float64(len(s.value.([]sim.SMESpec))), s
	}
	return n, at, true
}

// pair reports that the values of two keys do not go together, where the later of the two
// was said: allowed is what the first may be, wrong what the other, v, is beside it, and
// bound what the first would have to be.
func (c *checker) pair(key string, s setting, allowed, other string, o setting, v float64, wrong, bound string) {
	if !o.later(s.origin) {
		c.report(s.origin, key, s.value, allowed, "")
		return
	}
	beside := fmt.Sprintf("%s = %s (%s)", key, given(s.value), s.seen(o.origin))
	c.report(o.origin, other, v, fmt.Sprintf(wrong, beside), fmt.Sprintf("set %s to %s as well", key, bound))
}

// horizon refuses one before the project ends. The project period counts also where it is
// the default: a horizon that nobody said never comes before it.
func (c *checker) horizon() {
	h, ok := c.said(keyHorizon)
	years, said := c.settings[keyYears]
	length := sim.Lookup(keyYears).Default
	if said {
		length = years.value.(float64)
	}
	if ok && !c.bad[keyYears] && h.value.(float64) < length {
		allowed := fmt.Sprintf("must be at least the %s years of the project, whose sales are counted up to it", number(length))
		c.pair(keyHorizon, h, allowed, keyYears, years, length, "ends after %s", "at least "+number(length))
	}
}

// enough refuses a team larger than the group.
func (c *checker) enough(key, wrong string) {
	s, ok := c.said(key)
	n, size, known := c.size()
	if ok && known && s.value.(float64) > n-1 {
		most := "at most " + number(n-1)
		c.pair(key, s, fmt.Sprintf("%s: %s in a group of %s", wrong, most, number(n)), keySize, size, n, "too few for %s", most)
	}
}

// candidates refuses a pool smaller than the group chosen from it.
func (c *checker) candidates() {
	const key = "formation.candidates"
	s, ok := c.said(key)
	n, size, known := c.size()
	if _, listed := c.settings[keySME]; ok && known && !listed && s.value.(float64) < n {
		allowed := fmt.Sprintf("must be at least the %s SMEs of the group, which are chosen from them", number(n))
		c.pair(key, s, allowed, keySize, size, n, "more than %s to choose from", "at least "+number(n))
	}
}

// hub refuses a hub that is not in the group.
func (c *checker) hub() {
	h, hub := c.settings[keyHub], get[string](c.settings, keyHub)
	if hub == "" || c.bad[keySME] {
		return
	}
	smes := get[[]sim.SMESpec](c.settings, keySME)
	names := texts(smes, func(m sim.SMESpec) string { return m.Name })
	if slices.Contains(names, hub) {
		return
	}
	if len(smes) == 0 {
		c.report(h.origin, keyHub, h.value, "must be the name of a listed SME, and none are listed", "list the SMEs as [[sme]], or leave the hub to the group")
		return
	}
	if l := c.settings[keySME]; l.layer > h.layer {
		c.report(l.origin, keySME, nil, fmt.Sprintf("the new list has no %s = %s (%s)", keyHub, given(h.value), h.seen(l.origin)), `name a hub of this list, or write group.hub = ""`)
		return
	}
	c.report(h.origin, keyHub, h.value, "not a listed SME", nearOrAll(hub, names))
}

// goals refuses a group that wants nothing.
func (c *checker) goals() {
	keys := []string{"goals.sales", "goals.cooperation", "goals.learning"}
	var last setting
	for _, k := range keys {
		s, ok := c.said(k)
		if !ok || s.value.(float64) != 0 {
			return
		}
		if last.value == nil || s.later(last.origin) {
			last = s
		}
	}
	c.report(last.origin, "goals", nil, "all goals have weight 0", "give at least one of sales, cooperation, learning a weight")
}
