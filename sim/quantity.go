package sim

// Quantity says what sort of number an outcome or a weekly column is, so that
// whoever prints or draws it need not read its unit.
type Quantity uint8

// The sorts of numbers.
const (
	Count       Quantity = iota // whole things: deals, members
	Money                       // k€
	Time                        // weeks
	Work                        // hours a week
	Share                       // within 0 and 1: a part of a whole, or a degree from none to full
	YesNo                       // 0 or 1; its mean is the share of groups of which it is true
	Correlation                 // within -1 and 1
	Ratio                       // one thing per another; its unit says which
)

// UnitText is a unit as people read it: "" for those of pure numbers and of
// switches, which say nothing.
func UnitText(unit string) string {
	if unit == "1" || unit == "switch" {
		return ""
	}
	return unit
}

// Valid says whether v may be a number of this sort, but for rounding; a missing one
// (NaN) always may.
func (q Quantity) Valid(v float64) bool {
	const rounding = 1e-12
	switch {
	case v != v:
		return true
	case q == Count:
		return v >= 0 && v == float64(int(v))
	case q == Share:
		return v >= -rounding && v <= 1+rounding
	case q == YesNo:
		return v == 0 || v == 1
	case q == Correlation:
		return v >= -1-rounding && v <= 1+rounding
	}
	return true
}
