package report

import (
	"fmt"
	"math"

	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/decide"
)

// stays says in how many worlds what is best stays best.
func (w *words) stays() string {
	if w.doubt == nil || len(w.c.Variants) < 2 || w.v.Sold.Best < 0 {
		return ""
	}
	count := func(best int, m decide.Measure) []any {
		s := w.doubt.StaysBest(best, m, false)
		worlds := func(share float64) string { return fmt.Sprintf("%.0f", share*float64(s.N)) }
		return []any{w.name(best), worlds(s.Estimate), s.N, worlds(s.Low), worlds(s.High)}
	}
	sold := count(w.v.Sold.Best, decide.Measure(sim.ValueTotal))
	if !w.c.HasAlone() || w.v.Benefit.Best < 0 {
		return w.Say("By what is sold, %s stays best in %s of %d worlds drawn (%s to %s).", sold...)
	}
	return w.Say("By what is sold, %s stays best in %s of %d worlds drawn (%s to %s); by net benefit, %s stays best in %s of %d (%s to %s).",
		append(sold, count(w.v.Benefit.Best, decide.NetBenefit)...)...)
}

// doubtHead is that of the column that says where the best of a row stays the best.
func (w *words) doubtHead(t *table) {
	if w.doubt != nil {
		t.Header = append(t.Header, w.Say("best stays so, of %d worlds", w.doubt.Worlds)+"  ")
	}
}

// doubtCell adds the cell of that column to a row of a measure; better is that of the
// outcome. The best is the one with the highest mean of the comparison, or the lowest.
func (w *words) doubtCell(row []string, m decide.Measure, better int) []string {
	if w.doubt == nil {
		return row
	}
	best, most := -1, math.Inf(-1)
	for v := range w.c.Variants {
		if x := float64(better) * w.meanOf(v, m); x > most {
			best, most = v, x
		}
	}
	if better == 0 || best < 0 {
		return append(row, "–  ")
	}
	s := w.doubt.StaysBest(best, m, better < 0)
	if s.N == 0 {
		return append(row, "–  ")
	}
	return append(row, w.percent(s)+"  ")
}

// meanOf is the mean of a measure of a variant in the own period.
func (w *words) meanOf(v int, m decide.Measure) float64 {
	own := w.c.OwnIndex()
	switch m {
	case decide.FurtherExports:
		return analysis.Mean(w.c.Worth(v, own).Further).Estimate
	case decide.NetBenefit:
		return analysis.Mean(w.c.Worth(v, own).Benefit).Estimate
	}
	return w.c.Mean(v, own, sim.Outcome(m)).Estimate
}

// doubtMethod says how the verdict was repeated.
func (w *words) doubtMethod() []string {
	if w.doubt == nil {
		return nil
	}
	return append([]string{w.Say("The comparison with the scenario's own period was repeated in %d worlds, each a draw of all numbers that nobody knows and the scenario does not say, %d times in each; what is best at the scenario's numbers stays best where it has the highest mean of the world's runs, so some luck is left in the count.",
		w.doubt.Worlds, w.doubt.Luck)}, worldsMethod(w.Language, w.drawing, w.doubt.Worlds, w.c.Plan.Seed)...)
}
