// Package claims holds what the literature says about export partner groups as
// experiments that anybody can run: for each claim the statement, its source,
// the contrast between variants of the model that would show it, and the
// statistic that measures it. What comes out is a verdict that can fail.
//
// The studies are qualitative: they give signs, orders and shapes. So every
// part of a claim is a number that must be greater than zero; its size is the
// model's own and proves nothing.
//
// Two doubts are kept apart. At the defaults, other replications could give
// other estimates: each part has an interval, and one corrected for the number
// of parts decides. Under random parameter sets, what is asked is the share of
// sets in which all parts are truly above zero. Each set has luck of its own, and
// a claim goes on there until every part is clearly above zero or one is clearly
// below, or the plan's replications are used up. What is then still open widens
// the interval of the share. The share itself counts it by the sign of noisy
// estimates. On made-up effects of a tenth of a replication's standard deviation,
// all above zero, it comes to 0.81 in place of 1; where effects are large it
// has no bias. The interval covers the truth in both.
//
// Find picks claims, Plan.RunUnit tests them one unit of work at a time, so
// that what is done can be kept, and Judge puts the units together.
package claims

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// Claim is one statement of the literature as an experiment.
type Claim struct {
	ID        string // as in the ledger of claims, "C104"
	Statement string
	Source    string // VH17 4.2: study and section
	Contrast  string // what is compared, in words
	Weak      bool   // nearly implied by how the model is built
	Arms      []Arm
	Parts     []Part   // all must be greater than zero
	Ablation  []string // mechanisms believed to produce it: switched off, what is left?
	Note      string   // what a reader should know, such as a tension between sources
}

// Arm is a variant of the base scenario.
type Arm struct {
	Name string
	Set  Settings
	Off  []string   // mechanisms switched off
	Mix  [3]float64 // in place of a focus, when not all zero
	Twin int        // k > 0: the k-th SME alone, with the money it paid itself
	Aid  bool       // the twin gets the subsidy too

	// Told marks an arm that only parts which are told need. Those are told of
	// the defaults alone, so it is not run elsewhere.
	Told bool

	// Later asks for what is left two years after the end of the project; the
	// arm must run that long.
	Later bool

	Tenures bool // asks how long members stay
}

// Settings are parameters that differ from the base, by name. Sales are
// counted until two years after the project, unless project.horizon is set.
type Settings map[string]float64

// Part is one number that a claim asserts to be greater than zero.
type Part struct {
	Name string
	Unit string // "1" for shares and scores
	Info bool   // told of the defaults, not judged
	of   func(*sample) float64
}

// with returns settings that add to or replace those of s.
func (s Settings) with(more Settings) Settings {
	out := Settings{}
	maps.Copy(out, s)
	maps.Copy(out, more)
	return out
}

// followed is for how many years after the project an arm is run that does not
// say until when.
const followed = 2

// params applies the arm to base. It panics on a name or value that the model
// does not know: that is a mistake in the ledger, which a test finds.
func (a *Arm) params(base sim.Params) sim.Params {
	p := base
	p.Project.Horizon = 0
	for name, v := range a.Set {
		q := sim.Lookup(name)
		if q == nil || !q.Valid(v) {
			panic(fmt.Sprintf("claims: arm %s: %s = %v", a.Name, name, v))
		}
		q.SetIn(&p, v)
	}
	if p.Project.Horizon == 0 {
		p.Project.Horizon = p.Project.Years + followed
	}
	if a.Mix != [3]float64{} {
		p.Mix = a.Mix
	}
	experiment.SwitchOff(&p, a.Off...)
	return p
}

// key tells arms apart: equal keys are the same variant of a base.
func (a *Arm) key() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(a.Set)) {
		fmt.Fprintf(&b, "%s=%v ", name, a.Set[name])
	}
	off := slices.Clone(a.Off)
	slices.Sort(off)
	fmt.Fprintf(&b, "off=%v mix=%v twin=%d aid=%v later=%v tenures=%v", off, a.Mix, a.Twin, a.Aid, a.Later, a.Tenures)
	return b.String()
}

// Ledger returns all claims, in the order of their ids: those about partner groups (C),
// then those about groups that are meant to last (K).
func Ledger() []Claim {
	all := slices.Concat(cooperationClaims(), formClaims(), managerClaims(), timeClaims(), firmClaims(), consortiumClaims())
	slices.SortFunc(all, func(a, b Claim) int {
		if a.ID[0] != b.ID[0] {
			return int(a.ID[0]) - int(b.ID[0])
		}
		if len(a.ID) != len(b.ID) {
			return len(a.ID) - len(b.ID)
		}
		return strings.Compare(a.ID, b.ID)
	})
	return all
}

// Find returns the claims with the given ids, all when there are none, or the
// first id that is unknown.
func Find(ids []string) (found []Claim, unknown string) {
	all := Ledger()
	if len(ids) == 0 {
		return all, ""
	}
	for _, id := range ids {
		k := slices.IndexFunc(all, func(c Claim) bool { return strings.EqualFold(c.ID, id) })
		if k < 0 {
			return nil, id
		}
		if !slices.ContainsFunc(found, func(c Claim) bool { return c.ID == all[k].ID }) {
			found = append(found, all[k])
		}
	}
	return found, ""
}
