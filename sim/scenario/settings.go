package scenario

import (
	"maps"
	"slices"

	"epgsim/sim"
)

// The keys that are not rows of sim.Table.
const (
	keyName        = "name"
	keyTitle       = "title"
	keyDescription = "description"
	keyExtends     = "extends"
	keyOff         = "mechanisms_off"
	keyMix         = "group.mix"
	keyHub         = "group.hub"
	keySME         = "sme"
	keyMarket      = "market"

	keyFocus   = "group.focus"
	keySize    = "group.size"
	keyYears   = "project.years"
	keyHorizon = "project.horizon"
	keyCount   = "markets.count"
)

// origin is where a setting was written.
type origin struct {
	file  string
	line  int
	layer int // later layers lie over earlier ones
}

// later says whether o was said after p: in a layer over it, or further down
// the same file.
func (o origin) later(p origin) bool {
	if o.layer != p.layer {
		return o.layer > p.layer
	}
	return o.line > p.line
}

// setting is a value that somebody gave: float64 for the rows of sim.Table,
// [3]float64 for the mix, string for the hub, []string for mechanisms off,
// []sim.SMESpec and []sim.MarketSpec for the lists. Values are never changed
// once set, so that scenarios can share them.
type setting struct {
	value any
	origin
}

// settings is what was said, key by key; what nobody said is not in it. It is
// kept beside the parameters because some contradictions are such only if both
// sides were said.
type settings map[string]setting

// over lays the settings of upper over s.
func (s settings) over(upper settings) {
	replaces := func(a, b string) {
		_, up := upper[a]
		if _, both := upper[b]; up && !both {
			delete(s, b)
		}
	}
	replaces(keyFocus, keyMix)
	replaces(keyMix, keyFocus)
	replaces(keySME, keySize)
	replaces(keyMarket, keyCount)
	for k, v := range upper { // the order does not matter: keys are distinct
		s[k] = v
	}
	if l, ok := s[keySME]; ok && len(l.value.([]sim.SMESpec)) == 0 {
		delete(s, keySME)
		if _, again := upper[keyHub]; !again {
			delete(s, keyHub) // was one of those no longer listed
		}
	}
	if l, ok := s[keyMarket]; ok && len(l.value.([]sim.MarketSpec)) == 0 {
		delete(s, keyMarket)
	}
}

// chosen is a copy without what is the default and may contradict other values: else
// a scenario that is written out in full would contradict what lies over it.
func (s settings) chosen() settings {
	c := maps.Clone(s)
	for _, keys := range rules() {
		for _, k := range keys {
			if v, ok := c[k]; ok && v.value == sim.Lookup(k).Default {
				delete(c, k)
			}
		}
	}
	return c
}

// get is the value of a setting, zero if nobody said it.
func get[T any](s settings, key string) T {
	v, _ := s[key].value.(T)
	return v
}

// params are the parameters that the settings describe, the defaults where
// they say nothing.
func (s settings) params() sim.Params {
	p := sim.Defaults()
	for i := range sim.Table {
		q := &sim.Table[i]
		if v, ok := s[q.Name]; ok {
			q.SetIn(&p, v.value.(float64))
		}
	}
	p.Mix = get[[3]float64](s, keyMix)
	if l := get[[]sim.SMESpec](s, keySME); len(l) > 0 {
		p.ListedSMEs = slices.Clone(l)
		for i := range p.ListedSMEs {
			p.ListedSMEs[i].Ties = slices.Clone(l[i].Ties)
		}
		p.Group.Size = float64(len(l))
		p.Hub = slices.IndexFunc(l, func(m sim.SMESpec) bool { return m.Name == get[string](s, keyHub) })
	}
	if l := get[[]sim.MarketSpec](s, keyMarket); len(l) > 0 {
		p.MarketSpecs = slices.Clone(l)
		p.Markets.Count = float64(len(l))
	}
	return p
}
