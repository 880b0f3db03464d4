package analysis

import (
	"context"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestAnythingCrossed: whatever the numbers of a design, nothing panics, no
// input is modified, ends are in order, and N never exceeds the blocks.
func TestAnythingCrossed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		blocks, reps := rapid.IntRange(0, 6).Draw(t, "blocks"), rapid.IntRange(0, 4).Draw(t, "replications")
		rows := func() [][]float64 {
			values := make([][]float64, blocks)
			for i := range values {
				values[i] = rapid.SliceOfN(number, reps, reps).Draw(t, "row")
			}
			return values
		}
		runs := SaltelliRuns{A: rows(), B: rows(), AB: [][][]float64{rows(), rows()}, BA: [][][]float64{rows(), rows()}}
		before := eachRow(runs, slices.Clone[[]float64])
		ix := Sobol(runs)
		screening := Morris(MorrisRuns{Effects: runs.AB})
		all := slices.Concat(ix.First, ix.Total, ix.Gaps, ix.Second[0], screening.Gaps, []Crossed{ix.Luck, ix.Mean, ix.Variance, ix.FirstSum})
		for _, f := range screening.Factors {
			all = append(all, f.Mu, f.MuStar, Crossed{Interval: f.Sigma})
		}
		for _, c := range all {
			if !ordered(c.Interval) || c.N > blocks || c.fromBlocks < 0 || c.fromLuck < 0 || c.fromBoth < 0 {
				t.Fatalf("%+v", c)
			}
			if needed := c.ToTell(1000, 1000); needed.Blocks < -1 || needed.Blocks > 1000 || needed.Replications > 1000 {
				t.Fatalf("%+v needs %+v", c, needed)
			}
			if odd := c.Estimate < 0 || c.Estimate > 1; odd != (ShareNote(c.Interval) != "") {
				t.Fatalf("%+v is noted %q", c, ShareNote(c.Interval))
			}
		}
		level := make([][]int, blocks)
		for row := range level {
			level[row] = []int{row % 2, row / 2}
		}
		MainEffects(level, runs.A)
		if _, err := RankRegression(context.Background(), runs.A, runs.B, 1); err != nil {
			t.Fatal(err)
		}
		if blocks > 0 {
			OneAtATime(runs.A[0], runs.AB)
		}
		same := func(a, b []float64) bool {
			return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) })
		}
		for i := range runs.A {
			if !same(runs.A[i], before.A[i]) || !same(runs.B[i], before.B[i]) || !same(runs.AB[0][i], before.AB[0][i]) || !same(runs.BA[1][i], before.BA[1][i]) {
				t.Fatalf("row %d was modified", i)
			}
		}
	})
}
