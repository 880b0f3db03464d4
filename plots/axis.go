package plots

import (
	"math"

	"epgsim/sim/analysis"
)

// axis maps values to positions and knows its labelled values.
type axis struct {
	lo, hi   float64
	ticks    []float64
	decimals int
	percent  bool // label ticks with " %"
}

// maxTicks is how many labels an axis has unless its panel says otherwise.
const maxTicks = 6

// newAxis covers lo..hi, which it may widen, with at most n labels at steps
// of 1, 2, 2.5 or 5 times a power of ten. A range that is empty or not finite
// becomes 0..1, so that all-zero data still gives a sane picture.
func newAxis(lo, hi float64, n int) axis { return axisOf(lo, hi, n, false) }

// axisOf is newAxis; whole is for what can only be counted: half a deal is no
// deal.
func axisOf(lo, hi float64, n int, whole bool) axis {
	if !finite(lo) || !finite(hi) {
		lo, hi = 0, 1
	}
	if lo > hi {
		lo, hi = hi, lo
	}
	if hi-lo < 1e-12 || hi-lo <= math.Max(math.Abs(lo), math.Abs(hi))*1e-9 {
		hi = lo + 1
		if lo != 0 && math.Abs(lo) > 1 {
			hi = lo + math.Abs(lo)
		}
	}
	a := axis{lo: lo, hi: hi}
	step := niceStep((hi-lo)/float64(n), func(step float64) bool {
		return (!whole || isWhole(step)) && math.Floor(hi/step+1e-9)-math.Ceil(lo/step-1e-9)+1 <= float64(n)
	})
	for i := math.Ceil(lo/step - 1e-9); i <= math.Floor(hi/step+1e-9); i++ {
		a.ticks = append(a.ticks, i*step)
	}
	a.decimals = stepDecimals(step)
	return a
}

func isWhole(step float64) bool { return step == math.Trunc(step) }

// niceStep is the smallest of 1, 2, 2.5, 5 × 10^k that is at least raw and
// that ok accepts.
func niceStep(raw float64, ok func(float64) bool) float64 {
	base := math.Pow(10, math.Floor(math.Log10(raw)))
	for {
		for _, m := range []float64{1, 2, 2.5, 5} {
			if step := m * base; step >= raw*(1-1e-9) && ok(step) {
				return step
			}
		}
		base *= 10
	}
}

// stepDecimals is how many decimals tell the ticks of that step apart.
func stepDecimals(step float64) int {
	if step == 0 {
		return 0
	}
	for d := 0; d < 9; d++ {
		s := step * math.Pow(10, float64(d))
		if math.Abs(s-math.Round(s)) < 1e-6*s {
			return d
		}
	}
	return 9
}

// thinned is the axis with at most n labels, for low panels.
func (a axis) thinned(n int) axis {
	if len(a.ticks) > n {
		b := newAxis(a.lo, a.hi, n)
		a.ticks, a.decimals = b.ticks, b.decimals
	}
	return a
}

// spaced is the axis with as many labels as do not touch on w points.
func (a axis) spaced(w float64) axis {
	for n := len(a.ticks); n > 0; n-- {
		most := 0.0
		for _, t := range a.ticks {
			most = max(most, textWidth(a.label(t), sizeTick, false))
		}
		if len(a.ticks) < 2 || a.at(a.ticks[1], 0, w)-a.at(a.ticks[0], 0, w) > most+4 {
			break
		}
		if n == 2 {
			a.ticks = a.ticks[1:]
		} else {
			a = a.thinned(n - 1)
		}
	}
	return a
}

// fromZero is an axis from 0 (or the least value below 0) to a little above
// the greatest: amounts and counts are only comparable from zero.
func fromZero(r span) axis {
	lo, hi := math.Min(0, r.lo), math.Max(0, r.hi)
	if !r.any || hi == lo {
		return newAxis(0, 1, maxTicks)
	}
	pad := 0.04 * (hi - lo)
	if lo < 0 {
		lo -= pad
	}
	return newAxis(lo, hi+pad, maxTicks)
}

// reach adds estimates with their intervals, each as far as it reaches beyond
// the estimates by no more than they and zero lie apart: one that is hardly
// known does not press all others flat. Estimates that are all zero limit
// nothing.
func (s *span) reach(all []analysis.Interval) {
	s.add(0)
	for _, iv := range all {
		s.add(iv.Estimate)
	}
	lo, hi := 2*s.lo-s.hi, 2*s.hi-s.lo
	for _, iv := range all {
		if lo == hi {
			s.add(iv.Low, iv.High)
		} else {
			s.add(max(iv.Low, lo), min(iv.High, hi))
		}
	}
}

// outcomeAxis begins at zero unless the differences would then be too small to
// see; zero says whether it does.
func outcomeAxis(seen span) (y axis, zero bool) {
	if !seen.any || seen.hi-seen.lo > 0.25*max(math.Abs(seen.hi), math.Abs(seen.lo)) || seen.hi == seen.lo {
		return fromZero(seen), true
	}
	pad := 0.06 * (seen.hi - seen.lo)
	return newAxis(seen.lo-pad, seen.hi+pad, maxTicks), false
}

// notFromZero ends a figure's explanation where its axis is such.
func notFromZero(zero bool) string { return when(!zero, "; the axis does not begin at zero") }

// yearAxis runs from 0 to the last year with whole years as labels where
// there is room for n of them.
func yearAxis(last float64, n int) axis {
	if !finite(last) || last <= 0 {
		last = 1
	}
	a := newAxis(0, last, n)
	every := func(step float64, decimals int) {
		a.ticks, a.decimals = nil, decimals
		for y := 0.0; y <= last+1e-9; y += step {
			a.ticks = append(a.ticks, y)
		}
	}
	switch {
	case a.decimals > 0 && last >= 1 && last < 2: // whole ones would be two labels
		every(0.5, 1)
	case a.decimals > 0 && last >= 2, last >= 5 && n >= int(last)+1: // 0, 1, 2 … reads better than 0, 2.5, 5
		every(1, 0)
	}
	return a
}

// percentAxis is that of shares of a whole.
func percentAxis(ticks ...float64) axis { return axis{lo: 0, hi: 100, ticks: ticks, percent: true} }

// wholeAxis is all of 0 to 1; a line at the top keeps its whole width.
func wholeAxis() axis {
	y := newAxis(0, 1, 3)
	y.hi = 1.02
	return y
}

// wholeYears is a year axis with at most n labels, each a whole year.
func wholeYears(last float64, n int) axis {
	if !(last >= 2) {
		return yearAxis(last, n)
	}
	return axisOf(0, last, n, true)
}

// at is v's position between p0 (at lo) and p1 (at hi); NaN stays NaN.
func (a axis) at(v, p0, p1 float64) float64 {
	return p0 + (v-a.lo)/(a.hi-a.lo)*(p1-p0)
}

func (a axis) label(v float64) string {
	s := num(v, a.decimals)
	if a.percent {
		s += nbsp + "%"
	}
	return s
}

// span is the range of the finite values it has seen.
type span struct {
	lo, hi float64
	any    bool
}

func (s *span) add(vs ...float64) {
	for _, v := range vs {
		if !finite(v) {
			continue
		}
		if !s.any {
			s.lo, s.hi, s.any = v, v, true
			continue
		}
		s.lo, s.hi = math.Min(s.lo, v), math.Max(s.hi, v)
	}
}

// interval adds estimates with their intervals.
func (s *span) interval(all ...analysis.Interval) {
	for _, iv := range all {
		s.add(iv.Estimate, iv.Low, iv.High)
	}
}
