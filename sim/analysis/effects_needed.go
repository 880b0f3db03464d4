package analysis

import (
	"math"
	"sort"
)

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
func (c Crossed) ToTell(mostBlocks, mostReplications int) Needed {
	return c.needed(!Noise(c.Interval), mostBlocks, mostReplications, func(t, df, se float64) bool {
		return (t+studentTOf(power, df))*se <= math.Abs(c.Estimate)
	})
}

// ToWithin returns what is needed until the interval reaches no further than
// half to either side of the estimate.
func (c Crossed) ToWithin(half float64, mostBlocks, mostReplications int) Needed {
	return c.needed(c.High-c.Low <= 2*half, mostBlocks, mostReplications, func(t, _, se float64) bool {
		return t*se <= half
	})
}

// needed searches for the sizes at which a standard error is small enough. The
// parts of its square fall as 1/blocks, 1/replications and 1/both; a part
// that does not fall sets a floor, and then more of the other kind alone will
// never do.
func (c Crossed) needed(done bool, mostBlocks, mostReplications int, enough func(t, df, se float64) bool) Needed {
	result := Needed{LuckFirst: c.FromLuck > c.FromBlocks}
	if done {
		return result
	}
	suffices := func(blocks, reps int) bool {
		n, r := float64(blocks)/float64(c.N), float64(reps)/float64(c.Replications)
		ofBlocks, ofLuck := c.FromBlocks/n+c.FromBoth/(n*r), c.FromLuck/r
		drawn := blocks
		if 0 < c.Drawn && c.Drawn < c.N { // batches: more blocks make them larger, not more
			drawn = c.Drawn
		}
		df := satterthwaite(ofBlocks, float64(drawn-1), ofLuck, float64(max(reps-2, 1)))
		return enough(studentTOf(upper95, df), df, math.Sqrt(ofBlocks+ofLuck))
	}
	further := func(most int, suffices func(m int) bool) int {
		left := min(most, 1_000_000_000)
		m := sort.Search(max(left+1, 0), suffices)
		if said := humane(m); said <= left {
			return said
		}
		return -1
	}
	result.Blocks, result.Replications = -1, -1
	if math.IsNaN(c.High - c.Low) {
		return result
	}
	result.Blocks = further(mostBlocks-c.N, func(m int) bool { return suffices(c.N+m, c.Replications) })
	if c.Replications > 1 {
		result.Replications = further(mostReplications-c.Replications, func(m int) bool { return suffices(c.N, c.Replications+m) })
	}
	return result
}
