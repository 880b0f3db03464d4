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
	more = further(left, func(m int) bool {
		n := iv.N + m
		return (studentT(upper95, n-1)+studentT(power, n-1))*perT/math.Sqrt(float64(n)) <= size
	})
	if more < 0 {
		return left, false
	}
	return more, true
}

// Needed says how much further simulation would do, rounded up to a number
// people say. 0 is none needed; -1 is not by this alone, within the most
// allowed.
type Needed struct {
	Blocks       int  // further blocks, with the replications as they are
	Replications int  // further replications of every block, with the blocks as they are
	LuckFirst    bool // twice the replications narrow the interval more than twice the blocks
}

// ToTell returns what is needed until a true value of the present size would
// be told from zero with an 80 % chance, as in MoreNeeded. mostBlocks and
// mostReplications limit the design in all. Ask it of the difference of two
// neighbours in a ranking, such as SobolIndices.Gaps.
//
// The parts of the squared standard error fall as 1/blocks, 1/replications and
// 1/both; a part that does not fall sets a floor, and then more of the other
// kind alone will never do.
func (c Crossed) ToTell(mostBlocks, mostReplications int) Needed {
	result := Needed{LuckFirst: c.fromLuck > c.fromBlocks}
	if !Noise(c.Interval) {
		return result
	}
	result.Blocks, result.Replications = -1, -1
	if math.IsNaN(c.High - c.Low) {
		return result
	}
	result.Blocks = further(mostBlocks-c.N, func(m int) bool { return c.wouldTell(c.N+m, c.Replications) })
	if c.Replications > 1 {
		result.Replications = further(mostReplications-c.Replications, func(m int) bool { return c.wouldTell(c.N, c.Replications+m) })
	}
	return result
}

// wouldTell reports whether so many blocks and replications would do.
func (c Crossed) wouldTell(blocks, reps int) bool {
	n, r := float64(blocks)/float64(c.N), float64(reps)/float64(c.Replications)
	ofBlocks, ofLuck := c.fromBlocks/n+c.fromBoth/(n*r), c.fromLuck/r
	drawn := blocks
	if 0 < c.drawn && c.drawn < c.N { // batches: more blocks make them larger, not more
		drawn = c.drawn
	}
	df := satterthwaite(ofBlocks, float64(drawn-1), ofLuck, float64(max(reps-2, 1)))
	return (studentTOf(upper95, df)+studentTOf(power, df))*math.Sqrt(ofBlocks+ofLuck) <= math.Abs(c.Estimate)
}

// further returns the least number, at most most, that suffices, rounded up to
// a number people say; -1 is none.
func further(most int, suffices func(m int) bool) int {
	left := min(most, 1_000_000_000)
	m := sort.Search(max(left+1, 0), suffices)
	if said := humane(m); said <= left {
		return said
	}
	return -1
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
