package programme

import (
	"math"

	"epgsim/sim/analysis"
	"epgsim/sim/scenario"
)

// Answer is what the policies of a programme came to in all its draws.
type Answer struct {
	Programme *scenario.Programme
	Tallies   [][]Tally // by policy and draw
}

// Answer hands the money out in all draws of a book. Of each draw, and in order,
// visit hears of every group that is funded; it may be nil.
func (s *Study) Answer(b *Book, visit func(Funded) error) (*Answer, error) {
	a := &Answer{Programme: s.Programme, Tallies: make([][]Tally, len(s.Programme.Policy))}
	for draw := range b.Draws() {
		tallies, err := s.Fund(b, draw, visit)
		if err != nil {
			return nil, err
		}
		for k := range tallies {
			a.Tallies[k] = append(a.Tallies[k], tallies[k])
		}
	}
	return a, nil
}

// Draws is how many draws there are.
func (a *Answer) Draws() int { return len(a.Tallies[0]) }

// Quantity is something that a policy comes to in a draw.
type Quantity struct {
	Name, Unit, Doc string
	Of              func(*Tally) float64
}

// Quantities are what is told of every policy and draw.
var Quantities = []Quantity{
	{"further_per_public_euro", "€/€", "further exports of all funded groups by the horizon, per euro that the public paid", func(t *Tally) float64 { return over(t.Worth.Further, t.Worth.Public) }},
	{"further_exports", "k€", "what the funded groups sell by the horizon, each order by its chance, beyond what their SMEs would sell alone with their own money", func(t *Tally) float64 { return t.Worth.Further }},
	{"net_benefit", "k€", "margin on further exports, less public cost, less what the SMEs pay more than alone", func(t *Tally) float64 { return t.Worth.Benefit }},
	{"public_cost", "k€", "what the public paid", func(t *Tally) float64 { return t.Worth.Public }},
	{"granted", "k€", "what the funded projects were planned to cost the public, without the second stages of those that ended at a gate", func(t *Tally) float64 { return t.Granted }},
	{"groups", "groups", "groups that got money", func(t *Tally) float64 { return float64(t.Groups) }},
	{"firms", "SMEs", "members of these groups", func(t *Tally) float64 { return float64(t.Firms) }},
	{"gone_on", "groups", "groups that went on at a stage gate", func(t *Tally) float64 { return float64(t.GoneOn) }},
	{"value_total", "k€", "value of all orders closed by the horizon", func(t *Tally) float64 { return t.Sold }},
	{"never_sell", "1", "share of the funded groups without any deal by the horizon", func(t *Tally) float64 { return over(float64(t.Groups-t.Selling), float64(t.Groups)) }},
	{"self_sustaining", "1", "share of the funded groups that hold sales and joint work in the second year after the project, of those of which that can be said", func(t *Tally) float64 { return over(float64(t.Lasting), float64(t.Known)) }},
	{"top_fifth", "1", "share of all that is sold by the horizon that the best-selling fifth of the funded groups has", func(t *Tally) float64 { return t.TopFifth }},
}

// Of is a quantity of a policy, by draw.
func (a *Answer) Of(policy int, of func(*Tally) float64) []float64 {
	values := make([]float64, len(a.Tallies[policy]))
	for d := range values {
		values[d] = of(&a.Tallies[policy][d])
	}
	return values
}

func (a *Answer) further(policy int) []float64 {
	return a.Of(policy, func(t *Tally) float64 { return t.Worth.Further })
}
func (a *Answer) public(policy int) []float64 {
	return a.Of(policy, func(t *Tally) float64 { return t.Worth.Public })
}

// Benefit is the net benefit of a policy by draw, k€.
func (a *Answer) Benefit(policy int) []float64 {
	return a.Of(policy, func(t *Tally) float64 { return t.Worth.Benefit })
}

// PerEuro is what a policy brings per public euro over all draws, €/€, with its
// interval.
func (a *Answer) PerEuro(policy int) analysis.Interval {
	return analysis.RatioOfMeans(a.further(policy), a.public(policy))
}

// FundsNobody says whether a policy funds no group in any draw, because the first in
// its order is beyond the budget.
func (a *Answer) FundsNobody(policy int) bool {
	for d := range a.Tallies[policy] {
		if a.Tallies[policy][d].Groups > 0 {
			return false
		}
	}
	return true
}

// nothing is a sample of missing values.
func nothing(n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = math.NaN()
	}
	return values
}

// Verdict is what may be said of the policies. All its comparisons are one family:
// together they err in at most 5 % of verdicts.
type Verdict struct {
	PerEuro analysis.Ranking // by further exports per public euro
	Benefit analysis.Ranking // by net benefit, k€ a programme
	Rules   []Rule           // by policy; the first against itself
}

// Rule is what a policy is worth against the first.
type Rule struct{ PerEuro, Benefit analysis.Comparison }

// Verdict judges the policies. A difference below the share matters of the best does
// not matter.
func (a *Answer) Verdict(matters float64) (v Verdict) {
	const measures = 2
	n := len(a.Tallies)
	f := analysis.Family{Sentences: measures * analysis.Pairs(n), Matters: matters}
	var ratios, means []analysis.Alternative
	for k := range n {
		perEuro := analysis.Alternative{Values: a.further(k), Over: a.public(k)}
		if a.FundsNobody(k) {
			perEuro.Values = nothing(len(perEuro.Over)) // it is set aside
		}
		ratios = append(ratios, perEuro)
		means = append(means, analysis.Alternative{Values: a.Benefit(k)})
	}
	v.PerEuro, v.Benefit = f.Rank(analysis.Ratios, ratios), f.Rank(analysis.Means, means)
	for k := range n {
		v.Rules = append(v.Rules, Rule{f.Compare(analysis.Ratios, ratios[k], ratios[0]), f.Compare(analysis.Means, means[k], means[0])})
	}
	return v
}

// KindOf is what a policy comes to with applicants of a kind over all draws: the
// share of them that is funded, and their further exports, k€ a programme.
func (a *Answer) KindOf(policy, kind int) (funded, further analysis.Interval) {
	of := func(f func(*Kind) float64) []float64 {
		return a.Of(policy, func(t *Tally) float64 { return f(&t.Kinds[kind]) })
	}
	return analysis.RatioOfMeans(of(func(k *Kind) float64 { return float64(k.Funded) }), of(func(k *Kind) float64 { return float64(k.Applied) })),
		analysis.Mean(of(func(k *Kind) float64 { return k.Further }))
}
