package scenario

import (
	"cmp"
	"slices"

	"epgsim/scenarios"
	"epgsim/sim"
	"epgsim/sim/expression"
)

// Decision is a decision file, checked: the options that somebody has, and what is
// wanted of them. Many goroutines may read it at once.
type Decision struct {
	Head

	Scenario  *Scenario              // with [set] and the horizon laid over it
	Objective *expression.Expression // of which more is better
	Require   []*expression.Expression
	Horizon   float64 // years after the start up to which sales are counted
	Discount  float64 // of costs and sales, a year; 0 for none
	Worlds    int     // draws of what nobody knows
	Seed      uint64  // of the worlds and of luck

	Levers  []*sim.Parameter // that options differ in
	Options []Option
}

// Option is one setting of the levers.
type Option struct {
	Name     string
	Values   []float64 // of Decision.Levers; NaN for the scenario's own value
	Scenario *Scenario // that of the decision with the option laid over it, checked
}

// The defaults of a decision, and of the decision about a scenario alone.
const (
	defaultObjective = "net_benefit"
	defaultWorlds    = 1000
)

// Limits of a decision.
const (
	mostWorlds  = 100_000
	mostOptions = 500
)

// LoadDecision reads the decision file of that name; if there is none and the name
// does not look like a path, the shipped decision. A scenario, a file or a shipped
// one, gives DecisionAbout it. Expressions are over OutcomeNames(derived...). An error is
// always of type Problems and holds all that is wrong with the file and its
// scenario.
func LoadDecision(nameOrPath string, derived ...expression.Name) (*Decision, error) {
	if !looksLikePath(nameOrPath) && slices.Contains(scenarios.Names(), nameOrPath) {
		s, err := Load(nameOrPath)
		if err != nil {
			return nil, err
		}
		return DecisionAbout(s, derived...)
	}
	src, file, resolve, wrong := shippedDecisions().find(nameOrPath)
	if wrong != nil {
		if !looksLikePath(nameOrPath) {
			wrong.Allowed = "no shipped decision or scenario of that name"
			wrong.Hint = cmp.Or(didYouMean(nameOrPath, append(scenarios.DecisionNames(), scenarios.Names()...)), wrong.Hint)
		}
		return nil, Problems{*wrong}
	}
	if isDecision(src) {
		return parseDecision(file, src, resolve, derived...)
	}
	s, err := parse(file, src, resolve)
	if err != nil {
		return nil, err
	}
	return DecisionAbout(s, derived...)
}

// isDecision tells a decision file from a scenario file. What is no TOML may be either.
func isDecision(src []byte) bool {
	doc, _, syntax := decode("", src)
	keys := []string{keyScenario, keyObjective, keyOptions, keyOption, keyRequire}
	return syntax != nil || slices.ContainsFunc(keys, func(key string) bool { return doc[key] != nil })
}

// DecisionAbout is the decision that every group begins with: which of three
// organisational forms, and for 1, 2, 3 or 5 years, by net benefit. The horizon is
// the scenario's. The error, a Problems, is an option that contradicts the
// scenario.
func DecisionAbout(s *Scenario, derived ...expression.Name) (*Decision, error) {
	r := &decisionReader{reader: newReader(s.Name, designLayer, nil, nil), names: OutcomeNames(derived...)}
	r.d = newDecision()
	d := r.d
	d.Head, d.Scenario, d.Horizon = s.Head, s, s.Params.Project.Horizon
	r.objective(keyObjective, defaultObjective)
	r.combine(map[string]any{"group": map[string]any{"focus": []any{0.0, 0.5, 1.0}}, "project": map[string]any{"years": []any{1.0, 2.0, 3.0, 5.0}}})
	if err := r.problems.err(); err != nil {
		return nil, err
	}
	return d, nil
}

func newDecision() *Decision { return &Decision{Worlds: defaultWorlds, Seed: 1} }

// Set changes a setting of the scenario and of all options, with the checks and
// words of Scenario.Set. What options differ in cannot be set.
func (d *Decision) Set(key, value string) error {
	for _, q := range d.Levers {
		if q.Name == key || q.Name == keyFocus && key == keyMix {
			return Problems{{File: commandLine, Key: key, Allowed: "is what the options differ in", Hint: "set what is none of them"}}
		}
	}
	all := []*Scenario{d.Scenario.Clone()}
	for _, o := range d.Options {
		all = append(all, o.Scenario.Clone())
	}
	for _, s := range all {
		if err := s.Set(key, value); err != nil {
			return err
		}
		if err := s.Check(); err != nil {
			return err
		}
	}
	d.Scenario, d.Horizon = all[0], all[0].Params.Project.Horizon
	for i := range d.Options {
		d.Options[i].Scenario = all[1+i]
	}
	return nil
}
