package plots

import (
	"math"

	"epgsim/sim/analysis"
)

// rounding is how a list of amounts is printed: all to one place, so that no
// rounding contradicts their order. It is that place, a power of ten.
type rounding float64

// roundingOf leaves two figures of the largest amount of all elements.
func roundingOf[T any](all []T, amount func(T) float64) rounding {
	most := 0.0
	for _, v := range all {
		if a := math.Abs(amount(v)); finite(a) {
			most = max(most, a)
		}
	}
	if most == 0 {
		return 1
	}
	return rounding(math.Pow(10, math.Floor(math.Log10(most/10))))
}

// text prints one of the amounts. What the place would make nothing of keeps
// its first figure: that is less than any other, as it should be.
func (u rounding) text(v float64) string {
	at := float64(u)
	if a := math.Abs(v); a > 0 && a < at/2 {
		at = math.Pow(10, math.Floor(math.Log10(a)))
	}
	if at < 1e-6 || at > 1e6 || !finite(v) {
		return threeFigures(v)
	}
	return num(math.Round(v/at)*at, max(0, -int(math.Round(math.Log10(at)))))
}

// cell is text with "~" before what cannot be told from nothing, of which no
// figure is worth keeping below the place.
func (u rounding) cell(v float64, noise bool) string {
	switch {
	case !noise:
		return u.text(v)
	case math.Abs(v) < float64(u)/2:
		return "~ 0"
	}
	return "~ " + u.text(v)
}

// percent is cell for a share in per cent.
func (u rounding) percent(v float64, noise bool) string { return u.cell(v, noise) + nbsp + "%" }

// signed is cell with "+" before what is surely above nothing.
func (u rounding) signed(v float64, noise bool) string {
	if v > 0 && !noise {
		return "+" + u.text(v)
	}
	return u.cell(v, noise)
}

// change is signed with half the width of its interval, where that is known.
func (u rounding) change(iv analysis.Interval, noise bool) string {
	s := u.signed(iv.Estimate, noise)
	if half := (iv.High - iv.Low) / 2; finite(half) && half > 0 {
		s += nbsp + "±" + nbsp + u.text(half)
	}
	return s
}
