package plots

import (
	"fmt"
	"slices"

	"epgsim/sim/analysis"
)

// value is v with its unit.
func (q ClaimPart) value(v float64) string {
	return Measure{Unit: q.Unit}.value(v)
}

// label is the estimate as it stands at the right. A unit that is too long is
// cut, a number never.
func (q ClaimPart) label() string {
	if !finite(q.Estimate) {
		return "no value"
	}
	s := threeFigures(q.Estimate)
	return joined(s, nbsp, fit(q.Unit, claimValue-8-textWidth(s+nbsp, sizeTick, true), sizeTick, true))
}

// judged says that the part counts.
func (q ClaimPart) judged() bool { return !q.Info }

// title says what the experiment came to.
func (in ClaimInput) title() string {
	var n [4]int
	all := 0
	for _, q := range in.Parts {
		if q.judged() {
			n[sideOf(q.Interval)]++
			all++
		}
	}
	switch all {
	case 0:
		return in.ID + ": told, not judged"
	case 1:
		q := in.Parts[slices.IndexFunc(in.Parts, ClaimPart.judged)]
		return in.ID + ": " + sideOf(q.Interval).words()
	case n[sideAbove]:
		return fmt.Sprintf("%s: all %d above zero", in.ID, all)
	}
	return fmt.Sprintf("%s: %d of %d above zero", in.ID, n[sideAbove], all) + when(n[sideBelow] > 0, ", %d below", n[sideBelow])
}

// between95 is a 95 % interval in brackets, "" where there is none.
func between95(iv analysis.Interval) string {
	return when(finite(iv.Low) && finite(iv.High), " (95%s%% interval %s to %s)", nbsp, threeFigures(iv.Low), threeFigures(iv.High))
}

func (in ClaimInput) alt() string {
	return described("Dot chart with one row per part of the claim; right of the zero line supports it, each row has a scale of its own. ", in.Parts, ". ", func(q ClaimPart) string {
		s := q.Name + ": no value"
		if sideOf(q.Interval) != sideNone {
			s = q.Name + ": " + q.value(q.Estimate) + between95(q.Interval) + ", " + sideOf(q.Interval).words()
		}
		low, _, high, sets := q.sets()
		return s + when(q.Info, ", told, not judged") +
			when(sideOf(q.Left) != sideNone, "; %s%s with the cause switched off", threeFigures(q.Left.Estimate), between95(q.Left)) +
			when(sets, "; the middle 80%s%% of parameter sets (%d) %s to %s, above zero in %s", nbsp, len(q.PerSet), threeFigures(low), threeFigures(high), pct(q.setShare()))
	})
}
