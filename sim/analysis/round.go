package analysis

import (
	"math"
	"strconv"
	"strings"
)

// ThinSpace is the narrow no-break space that separates thousands in print.
const ThinSpace = "\u202f"

// Minus is the sign Round prints before negative numbers.
const Minus = "\u2212"

// mostDigits is the most significant digits Round prints, however narrow the
// interval; withoutWidth is how many it prints when no interval is known.
const mostDigits, withoutWidth = 4, 3

// Round prints x with the digits that its half-width (the 87 of 1234.6 ± 87)
// justifies: down to the place of the half-width's first digit, so "1 230", or
// of its second where the first is 1 or 2: "1 235" for 1234.6 ± 14. Rounding
// the half-width so, as tables do, changes it by a seventh at most.
// An x that is nothing at that place is "0", and at most 4 significant digits
// are printed. A half-width of zero means exactly known, and gives 4 digits
// without trailing zeros; a missing or infinite one gives 3.
//
// Thousands are separated by group: ThinSpace, or "" for none. Negative
// numbers have a true minus sign (U+2212). Beyond 10^15 and below 10^-6 the
// form is that of 1.23e+20. A missing x is "n/a", an infinite one "∞".
func Round(x, half float64, group string) string { return round(x, half, group, false) }

// round is Round; keep keeps at least one digit of x, lest it look like none.
func round(x, half float64, group string, keep bool) string {
	switch {
	case math.IsNaN(x):
		return "n/a"
	case math.IsInf(x, 0):
		return signed(x, "∞")
	case x == 0:
		return "0"
	}
	top := exponent(x)
	place := top - mostDigits + 1 // power of ten of the last digit printed
	half = math.Abs(half)
	switch {
	case math.IsNaN(half) || math.IsInf(half, 0):
		place = top - withoutWidth + 1
	case half > 0:
		place = max(place, lastPlace(half))
	}
	switch {
	case place <= top:
	case keep:
		place = top
	case place > top+1 || firstDigit(x) < '5':
		return "0"
	default: // up to the place, which is above all digits of x
		x, top = math.Copysign(math.Pow10(place), x), place
	}
	return signed(x, digits(math.Abs(x), top, place, half == 0, group))
}

// FormatInterval prints an interval's estimate and ends with Round, all for
// the same half-width, half the distance of the ends. The ends keep at least one
// digit, as does an estimate told apart from none: on which side of zero they
// lie is what an interval is read for.
func FormatInterval(iv Interval, group string) (estimate, low, high string) {
	half := (iv.High - iv.Low) / 2
	return round(iv.Estimate, half, group, !Noise(iv)), round(iv.Low, half, group, true), round(iv.High, half, group, true)
}

// lastPlace returns the power of ten of the last digit of half worth printing:
// its first, or its second where the first of the two is 1 or 2.
func lastPlace(half float64) int {
	text := strconv.FormatFloat(half, 'e', 1, 64) // 0.0299999999 is 0.03
	place, _ := strconv.Atoi(text[len("3.0e"):])
	if text[0] < '3' {
		place--
	}
	return place
}

// exponent returns the power of ten of x's first digit; x is finite, not 0.
// It reads the decimal form: math.Log10 is off by one next to powers of ten.
func exponent(x float64) int {
	text := strconv.FormatFloat(x, 'e', -1, 64)
	power, _ := strconv.Atoi(text[strings.IndexByte(text, 'e')+1:])
	return power
}

// firstDigit is x's first digit that is not 0.
func firstDigit(x float64) byte { return strconv.FormatFloat(math.Abs(x), 'e', -1, 64)[0] }

// digits prints x > 0, whose first digit stands at 10^top, down to 10^place.
func digits(x float64, top, place int, exact bool, group string) string {
	rounded := strconv.FormatFloat(x, 'e', top-place, 64)
	if top < -6 || top >= 15 {
		return rounded
	}
	y, _ := strconv.ParseFloat(rounded, 64)
	// Rounding up to the next power of ten (9.9996 to 10) adds a digit before
	// the point, and must not exceed the most digits behind it.
	decimals := max(0, min(-place, mostDigits-1-exponent(y)))
	text := strconv.FormatFloat(y, 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	if exact {
		fraction = strings.TrimRight(fraction, "0")
	}
	if group != "" {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + group + whole[i:]
		}
	}
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// signed puts a minus sign before text if x is negative.
func signed(x float64, text string) string {
	if x < 0 {
		return Minus + text
	}
	return text
}
