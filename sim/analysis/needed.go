package analysis

import (
	"math"
	"sort"
)

// Noise reports whether the interval includes zero: a difference that cannot
// be told from none, shown as "~". An interval without ends is noise.
func Noise(iv Interval) bool {
	return !(iv.Low > 0 || iv.High < 0)
}

// power is the chance, if the true difference were the present one, that the
// replications asked for by MoreNeeded will tell it from zero. 80 % is the
// usual convention (Cohen, Statistical Power Analysis, 2nd ed.); asking only for
// a half-width as small as the estimate would be a coin toss.
const power = 0.80

// MoreNeeded returns about how many further replications, beyond iv.N, are
// needed until a true difference of the present size would be told apart from
// zero, with an 80 % chance. It is 0 when the interval is clear of zero
// already, and otherwise rounded up to a number people say: 5, 10, 15, 20, 30,
// 40, 50, 60, 80, 100, 150 and so on. In all, iv.N + more will be run.
//
// ok is false when no such number can be given: more than most replications in
// all would be needed, the estimate is exactly zero, or there are no ends to
// go by (N below 2); more is then what most leaves, never negative.
//
// The half-width is taken to shrink as t/sqrt(n) from its present value, on
// the side of zero; so any interval of a mean will do, one widened for many
// comparisons too. It is a forecast from the sample at hand: with few
// replications, repeat it as they come in.
func MoreNeeded(iv Interval, most int) (more int, ok bool) {
	if !Noise(iv) {
		return 0, true
	}
	left := max(min(most, 1_000_000_000)-iv.N, 0)
	half := iv.Estimate - iv.Low
	if iv.Estimate < 0 {
		half = iv.High - iv.Estimate
	}
	size := math.Abs(iv.Estimate)
	if iv.N < 2 || !(size > 0) || math.IsInf(half, 0) || math.IsNaN(half) {
		return left, false
	}
	perT := half / studentT(upper95, iv.N-1) * math.Sqrt(float64(iv.N)) // standard deviation of one replication
	further := sort.Search(left+1, func(m int) bool {
		n := iv.N + m
		return (studentT(upper95, n-1)+studentT(power, n-1))*perT/math.Sqrt(float64(n)) <= size
	})
	more = humane(further)
	if more > left {
		return left, false
	}
	return more, true
}

// humane rounds n, at least 1, up to a number people say.
func humane(n int) int {
	if n <= 5 {
		return 5
	}
	for scale := 10; ; scale *= 10 {
		for _, tenths := range []int{10, 15, 20, 30, 40, 50, 60, 80} {
			if said := scale / 10 * tenths; said >= n {
				return said
			}
		}
	}
}
