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

// caption says how the judged parts stand, what is left of them without their
// cause, and how often they are above zero under other parameters.
func (in ClaimInput) caption() string {
	judged := slices.DeleteFunc(slices.Clone(in.Parts), func(q ClaimPart) bool { return q.Info })
	switch len(judged) {
	case 0:
		return sentences(fmt.Sprintf("told, not judged: what the experiment came to in %d numbers", len(in.Parts)))
	case 1:
		return judged[0].caption()
	}
	var n, left [4]int
	shares := span{}
	for _, q := range judged {
		n[sideOf(q.Interval)]++
		left[sideOf(q.Left)]++
		if len(q.PerSet) > 0 {
			shares.add(q.setShare())
		}
	}
	interval := "95" + nbsp + "% intervals"
	first := fmt.Sprintf("all %d judged parts are above zero by their %s", len(judged), interval)
	if len(judged) == 2 {
		first = "both judged parts are above zero by their " + interval
	}
	if n[sideAbove] < len(judged) {
		first = fmt.Sprintf("above zero by their %s: %d of %d judged parts", interval, n[sideAbove], len(judged))
		for _, s := range []claimSide{sideBelow, sideOpen, sideNone} {
			first += when(n[s] > 0, "; %s: %d", s.words(), n[s])
		}
	}
	all := len(judged) - left[sideNone]
	second := when(all > 0, "with the mechanism believed to cause it switched off, above zero: %d of %d", left[sideAbove], all)
	third := when(shares.any, "by its estimate, each is above zero in %s of the random parameter sets", pct(shares.lo))
	if pct(shares.lo) != pct(shares.hi) {
		third = "part by part, their estimates are above zero in " + pctRange(shares.lo, shares.hi) + " of the random parameter sets"
	}
	return sentences(first, second, third)
}

// caption is that of a claim with one judged part.
func (q ClaimPart) caption() string {
	if sideOf(q.Interval) == sideNone {
		return sentences("the experiment came to no value: none of the runs has what the claim compares")
	}
	return sentences("the estimate is "+q.value(q.Estimate)+between95(q.Interval)+", "+sideOf(q.Interval).words(),
		when(sideOf(q.Left) != sideNone, "with the mechanism believed to cause it switched off, %s%s is left, %s",
			q.value(q.Left.Estimate), between95(q.Left), sideOf(q.Left).words()),
		when(len(q.PerSet) > 0, "under random parameter sets, its estimate is above zero in %s of %d", pct(q.setShare()), len(q.PerSet)))
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
