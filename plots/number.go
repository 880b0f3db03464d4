package plots

import (
	"math"
	"strconv"
	"strings"
)

const (
	minus  = "\u2212" // as wide as a plus, unlike the hyphen
	nbsp   = "\u00a0" // thousands; the thin space is missing in Liberation Sans
	enDash = "\u2013"
)

// finite says whether v can be drawn: it is there, and not so large that
// sums and differences of such values overflow.
func finite(v float64) bool { return math.Abs(v) < 1e15 } // false for NaN

// num writes v with the given decimals, a true minus and a space between
// thousands; "–" stands for a missing value.
func num(v float64, decimals int) string {
	if !finite(v) {
		return enDash
	}
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, frac, _ := strings.Cut(s, ".")
	var b strings.Builder
	if v < 0 && strings.Trim(s, "0.") != "" { // no "−0"
		b.WriteString(minus)
	}
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(nbsp)
		}
		b.WriteRune(r)
	}
	if frac != "" {
		b.WriteString("." + frac)
	}
	return b.String()
}

// sig writes v for reading, not for computing: about three figures, so that
// 0.034 keeps its value and 1234.5 loses its false precision.
func sig(v float64) string {
	a := math.Abs(v)
	switch {
	case !finite(v) || a >= 99.5 || a == 0:
		return num(v, 0)
	case a >= 9.95:
		return trimZero(num(v, 1))
	case a >= 0.995:
		return trimZero(num(v, 2))
	default:
		return trimZero(num(v, 3))
	}
}

// threeFigures writes v with three figures, whatever its size; sig would make zero
// of a small difference between shares.
func threeFigures(v float64) string {
	a := math.Abs(v)
	switch {
	case !finite(v) || a == 0:
		return num(v, 0)
	case a >= 1e7 || a < 1e-6:
		s := strconv.FormatFloat(a, 'e', 1, 64)
		if v < 0 {
			s = minus + s
		}
		return strings.Replace(s, "e-", "e"+minus, 1)
	case a >= 999.5:
		return whole(v)
	}
	return trimZero(num(v, min(7, max(0, 2-int(math.Floor(math.Log10(a)))))))
}

// trimZero drops zeros at the end of a fraction.
func trimZero(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// pct writes a share (0..1) in per cent; shares that are small but not
// nothing keep a decimal.
func pct(share float64) string {
	p := 100 * share
	if a := math.Abs(p); a >= 0.05 && a < 0.95 {
		return num(p, 1) + nbsp + "%"
	}
	return num(p, 0) + nbsp + "%"
}

// pctRange writes the interval low..high of shares in per cent.
func pctRange(low, high float64) string {
	return strings.TrimSuffix(pct(low), nbsp+"%") + enDash + pct(high)
}

// keur writes an amount in thousands of euros.
func keur(v float64) string { return whole(v) + nbsp + "k€" }

// whole writes an amount without decimals from 10 up, and with three figures
// from 1000 up: means over a few hundred groups hold no more.
func whole(v float64) string {
	a := math.Abs(v)
	switch {
	case !finite(v) || a < 9.95:
		return sig(v)
	case a >= 1000:
		unit := math.Pow(10, math.Floor(math.Log10(a))-2)
		return num(math.Round(v/unit)*unit, 0)
	}
	return num(v, 0)
}

// list joins names as English does: "a, b and c".
func list(parts []string) string { return Words{}.and(parts) }
