package plots

import (
	"epgsim/sim/analysis"
	"fmt"
	"strings"
)

// value is v with its unit.
func (q ClaimPart) value(v float64) string {
	if q.Unit == "" || !finite(v) {
		return threeFigures(v)
	}
	return threeFigures(v) + nbsp + q.Unit
}

// label is the estimate as it stands at the right. A unit that is too long is
// cut, a number never.
func (q ClaimPart) label() string {
	if !finite(q.Estimate) {
		return "no value"
	}
	s := threeFigures(q.Estimate)
	if unit := fit(q.Unit, claimValue-8-textWidth(s+nbsp, sizeTick, true), sizeTick, true); unit != "" {
		s += nbsp + unit
	}
	return s
}

// judged are the parts that count.
func (in ClaimInput) judged() (out []ClaimPart) {
	for _, q := range in.Parts {
		if !q.Info {
			out = append(out, q)
		}
	}
	return out
}

// caption says how the judged parts stand, what is left of them without their
// cause, and how often they are above zero under other parameters.
func (in ClaimInput) caption() string {
	judged := in.judged()
	switch len(judged) {
	case 0:
		return sentences(fmt.Sprintf("told, not judged: what the experiment came to in %d numbers", len(in.Parts)))
	case 1:
		return judged[0].caption()
	}
	var n, left [4]int
	shares := span{}
	for _, q := range judged {
		n[q.side()]++
		left[q.leftSide()]++
		if len(q.PerSet) > 0 {
			shares.add(q.setShare())
		}
	}
	first := fmt.Sprintf("all %d judged parts are above zero by their 95%s%% intervals", len(judged), nbsp)
	if len(judged) == 2 {
		first = "both judged parts are above zero by their 95" + nbsp + "% intervals"
	}
	if n[sideAbove] < len(judged) {
		parts := []string{fmt.Sprintf("above zero by their 95%s%% intervals: %d of %d judged parts", nbsp, n[sideAbove], len(judged))}
		for _, s := range []claimSide{sideBelow, sideOpen, sideNone} {
			if n[s] > 0 {
				parts = append(parts, fmt.Sprintf("%s: %d", s.words(), n[s]))
			}
		}
		first = strings.Join(parts, "; ")
	}
	second := ""
	if all := len(judged) - left[sideNone]; all > 0 {
		second = fmt.Sprintf("with the mechanism believed to cause it switched off, above zero: %d of %d", left[sideAbove], all)
	}
	third := ""
	if shares.any {
		third = "each is above zero in " + pct(shares.lo) + " of the random parameter sets"
		if pct(shares.lo) != pct(shares.hi) {
			third = "part by part, they are above zero in " + pctRange(shares.lo, shares.hi) + " of the random parameter sets"
		}
	}
	return sentences(first, second, third)
}

// caption is that of a claim with one judged part.
func (q ClaimPart) caption() string {
	if q.side() == sideNone {
		return sentences("the experiment came to no value: none of the runs has what the claim compares")
	}
	first := "the estimate is " + q.value(q.Estimate) + between95(q.Interval) + ", " + q.side().words()
	second, third := "", ""
	if q.leftSide() != sideNone {
		second = "with the mechanism believed to cause it switched off, " + q.value(q.Left.Estimate) + between95(q.Left) + " is left, " + q.leftSide().words()
	}
	if len(q.PerSet) > 0 {
		third = fmt.Sprintf("under random parameter sets, it is above zero in %s of %d", pct(q.setShare()), len(q.PerSet))
	}
	return sentences(first, second, third)
}

// between95 is a 95 % interval in brackets, "" where there is none.
func between95(iv analysis.Interval) string {
	if !finite(iv.Low) || !finite(iv.High) {
		return ""
	}
	return fmt.Sprintf(" (95%s%% interval %s to %s)", nbsp, threeFigures(iv.Low), threeFigures(iv.High))
}

func (in ClaimInput) alt() string {
	var parts []string
	for _, q := range in.Parts {
		s := q.Name + ": no value"
		if q.side() != sideNone {
			s = q.Name + ": " + q.value(q.Estimate) + between95(q.Interval) + ", " + q.side().words()
		}
		if q.Info {
			s += ", told, not judged"
		}
		if q.leftSide() != sideNone {
			s += "; " + threeFigures(q.Left.Estimate) + between95(q.Left) + " with the cause switched off"
		}
		if low, _, high, ok := q.sets(); ok {
			s += fmt.Sprintf("; the middle 80%s%% of parameter sets (%d) %s to %s, above zero in %s", nbsp, len(q.PerSet), threeFigures(low), threeFigures(high), pct(q.setShare()))
		}
		parts = append(parts, s)
	}
	return "Dot chart with one row per part of the claim; right of the zero line supports it, each row has a scale of its own. " +
		strings.Join(parts, ". ") + "."
}
