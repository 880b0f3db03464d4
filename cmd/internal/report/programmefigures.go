package report

import (
	"slices"

	"epgsim/plots"
	"epgsim/sim/analysis"
	"epgsim/sim/programme"
)

// mostPolicies is how many policies the figures show, the first of the file.
const mostPolicies = 12

func drawProgramme(w *programmeWords) drawing {
	d, a := drawing{}, w.a
	n := min(mostPolicies, len(a.Tallies))
	words := wordsOfFigures(w.Language)
	best := plots.PoliciesInput{Words: words, HorizonYears: a.Programme.Horizon, Programmes: a.Draws(), Finding: w.bestTitle()}
	rules := plots.RulesInput{Words: words, Against: w.name(0), Finding: w.rulesTitle()}
	gains := plots.GainsInput{Words: words}
	for k := range n {
		gains.Policies = append(gains.Policies, w.name(k))
		if !w.drawable(k) {
			continue
		}
		best.Rows = append(best.Rows, plots.PolicyRow{Policy: w.name(k), PerEuro: a.PerEuro(k), Values: a.Of(k, programme.Quantities[0].Of), Close: slices.Contains(w.v.PerEuro.Close, k)})
		if c := w.v.Rules[k]; k > 0 && w.drawable(0) {
			rules.Rows = append(rules.Rows, plots.RuleRow{Policy: w.name(k), Benefit: c.Benefit.Difference, PerEuro: c.PerEuro.Difference})
		}
	}
	for i := range a.Programme.Pool {
		row := plots.GainsRow{Kind: a.Programme.Pool[i].Scenario.Name}
		for k := range n {
			funded, further := a.KindOf(k, i)
			row.Funded, row.Further = append(row.Funded, funded.Estimate), append(row.Further, further.Estimate)
		}
		gains.Rows = append(gains.Rows, row)
	}
	if len(best.Rows) > 0 {
		d.add(plots.Policies(best))
	}
	if len(rules.Rows) > 0 {
		d.add(plots.Rules(rules))
	}
	d.add(plots.Gains(gains))
	return d
}

// drawable says whether a policy has numbers to draw: one that funds nobody in some
// programme has none.
func (w *programmeWords) drawable(k int) bool {
	return !slices.ContainsFunc(w.a.Of(k, programme.Quantities[0].Of), func(v float64) bool { return v != v })
}

// bestTitle is the finding about what a euro brings, where one policy is surely ahead.
func (w *programmeWords) bestTitle() string {
	r := &w.v.PerEuro
	if r.Best < 0 || r.RunnerUp < 0 || r.Against[r.RunnerUp].Finding != analysis.Ahead {
		return ""
	}
	return w.Say("A public euro brings most under %s: %s of further exports", w.quoted(r.Best), w.amount(w.a.PerEuro(r.Best), "€"))
}

// rulesTitle is the finding about the rule that is worth most, where it surely is
// worth more than the first.
func (w *programmeWords) rulesTitle() string {
	best := -1
	for k := 1; k < len(w.v.Rules); k++ {
		if c := w.v.Rules[k].Benefit; c.Finding == analysis.Ahead && (best < 0 || c.Difference.Estimate > w.v.Rules[best].Benefit.Difference.Estimate) {
			best = k
		}
	}
	if best < 0 {
		return ""
	}
	return w.Say("%s is worth %s a programme more than %s", w.quoted(best), w.amount(w.v.Rules[best].Benefit.Difference, "k€"), w.quoted(0))
}
