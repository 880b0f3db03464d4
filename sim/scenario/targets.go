package scenario

import (
	"math"
	"slices"

	"epgsim/sim"
	"epgsim/sim/expression"
)

// Targets are a targets file, checked: what is known from outside of groups, and of
// which simulated groups the same is asked. Many goroutines may read it at once.
type Targets struct {
	Head

	Seed         uint64   // of the worlds and of luck
	Worlds       int      // of a wave
	Replications int      // of each case in a world, unless it says otherwise
	Unknowns     []Factor // what differs between worlds, each over its plausible range
	Cases        []Case
	Targets      []Target
	Data         *GroupData // own data; nil: none
}

// Case is a kind of groups, or of single firms, that is simulated in every world.
type Case struct {
	Name         string
	Scenario     *Scenario // with [case.set] laid over it
	Weight       float64   // against the other cases of a mixture
	Replications int
	Alone        bool     // its SMEs one by one, each with its part of the manager and the subsidy
	Known        []string // of the unknowns, those that the case itself says
}

// Target is what is known from outside: a statistic with its error.
type Target struct {
	Name      string
	Statistic Statistic
	Cases     []int   // indices of the cases of the mixture, ascending
	Value     float64 // NaN: the data say it
	Error     float64 // standard error of Value; NaN with Value
	Source    string
	Rows      []RowCondition // of the data, which rows it is about; nil: all
}

// RowCondition picks rows of a data file: those with a text in a column.
type RowCondition struct{ Column, Is string }

// StatisticKind is how values of many groups become one number.
type StatisticKind string

// The kinds of statistics.
const (
	StatMean      StatisticKind = "mean"      // of what is not missing
	StatMedian    StatisticKind = "median"    // what is missing counts as larger than all else
	StatShare     StatisticKind = "share"     // of the groups that meet a condition; what is missing does not meet it
	StatDeviation StatisticKind = "deviation" // standard deviation of what is not missing
	StatRatio     StatisticKind = "ratio"     // the sum of one over the sum of another; where either is missing both are left out
)

// Statistic is one number about many groups.
type Statistic struct {
	Kind    StatisticKind
	Of, Per *expression.Expression // over TargetNames; Per is nil but for StatRatio
	text    string
}

// String is the statistic as it was written.
func (s *Statistic) String() string { return s.text }

// Both are the two numbers of a group that the statistic is made of, from values of
// TargetNames; b is 0 but for StatRatio.
func (s *Statistic) Both(values []float64) (a, b float64) {
	if a = s.Of.Eval(values); s.Per != nil {
		b = s.Per.Eval(values)
	}
	return a, b
}

// names are those that it uses.
func (s *Statistic) names() []string {
	if s.Per == nil {
		return s.Of.Names()
	}
	return slices.Concat(s.Of.Names(), s.Per.Names())
}

// Unit is that of the number.
func (s *Statistic) Unit() string {
	switch {
	case s.Kind == StatShare:
		return "1"
	case s.Kind == StatRatio && s.Of.Unit() == s.Per.Unit():
		return "1"
	case s.Kind == StatRatio:
		return s.Of.Unit() + "/" + s.Per.Unit()
	}
	return s.Of.Unit()
}

// What statistics may use beside the outcomes of the model.
const (
	TargetSMEs       = iota // members at the start
	TargetYears             // of the project
	TargetApproaches        // to customers, by the horizon
)

// TargetNames are what statistics may use: the outcomes of the model in the order of
// sim.Result.Values, then the extras.
func TargetNames() []expression.Name {
	return OutcomeNames([]expression.Name{
		TargetSMEs:       {Name: "smes", Unit: "SMEs"},
		TargetYears:      {Name: "project_years", Unit: "years"},
		TargetApproaches: {Name: "approaches", Unit: "approaches"},
	}...)
}

// Limits of a targets file.
const (
	mostCases     = 60
	mostTargets   = 60
	fewestToFit   = 200 // worlds of a wave
	mostOfACase   = 100_000
	defaultOfCase = 40
)

// LoadTargets reads the targets file of that name; if there is none and the name
// does not look like a path, what is shipped. An error is always of type Problems
// and holds all that is wrong with the file, its scenarios and its data.
func LoadTargets(nameOrPath string) (*Targets, error) {
	return load(shippedTargets(), nameOrPath, parseTargetsFile)
}

// TargetsInfo is what a list of targets shows of one.
type TargetsInfo struct {
	Name        string   `json:"name"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Targets     []string `json:"targets"`
	Cases       []string `json:"cases"`
}

// ShippedTargets lists the targets that can be loaded by name, in alphabetical order.
func ShippedTargets() (list []TargetsInfo) {
	for _, t := range all(shippedTargets(), parseTargetsFile) {
		list = append(list, TargetsInfo{t.Name, t.Title, t.Description,
			texts(t.Targets, func(g Target) string { return g.Name }), texts(t.Cases, func(c Case) string { return c.Name })})
	}
	return list
}

// World lays the unknowns of a world over the parameters of a case, with what is
// switched off switched off.
func (t *Targets) World(c *Case, values []float64) sim.Params {
	p := c.Scenario.Params
	for i := range t.Unknowns {
		if !c.knows(t.Unknowns[i].Parameter.Name) {
			t.Unknowns[i].Parameter.SetIn(&p, values[i])
		}
	}
	c.Scenario.switchOff(&p)
	return p
}

func (c *Case) knows(name string) bool { return slices.Contains(c.Known, name) }

// FromData says whether the value of a target is to be worked out from the data.
func (t *Target) FromData() bool { return math.IsNaN(t.Value) }
