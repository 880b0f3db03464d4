package analysis

import (
	"slices"
	"testing"
)

func TestBest(t *testing.T) {
	values := [][]float64{
		{1, 2, 3, 4, 5},             // mean 3
		{5.1, 6.2, 6.9, 8.1, 8.9},   // 7.04: 4 and a bit above the first
		{5, 6, 7, 8, 9},             // 7: level with the best
		{9, 1, 9, 1, 12},            // 6.4, erratic
		{nan, nan, nan, nan, nan},   // set aside
		nil,                         // set aside
		{-10, -10, -10, -10.5, -10}, // far off
	}
	got := Best(values)
	if got.Best != 1 || got.RunnerUp != 2 || got.N != 5 || !slices.Equal(got.Close, []int{2, 3}) {
		t.Errorf("best %d, runner-up %d, N %d, close %v", got.Best, got.RunnerUp, got.N, got.Close)
	}
	if !near(got.Lead.Estimate, 0.04) || got.Lead != got.Leads[2] || len(got.Leads) != len(values) {
		t.Errorf("lead %v of %v", got.Lead, got.Leads)
	}
	for i, want := range []float64{3, 7.04, 7, 6.4, nan, nan, -10.1} {
		if !near(got.Means[i], want) {
			t.Errorf("mean %d = %v, want %v", i, got.Means[i], want)
		}
	}
	// Five alternatives make ten pairs: t with 4 df at 1-0.025/10 is 5.5976.
	_, sd := meanAndSD(differences(values[1], values[0]))
	check(t, "lead over the first", got.Leads[0], Interval{4.04, 4.04 - 5.59757*sd/2.2360680, 4.04 + 5.59757*sd/2.2360680, 5}, 1e-5)
}

func TestBestOfTwo(t *testing.T) {
	// With two alternatives nothing is to be adjusted: it is the paired t test.
	got := Best([][]float64{sleep[0], sleep[1]})
	check(t, "sleep", got.Lead, Interval{1.58, 0.7001142, 2.4598858, 10}, 1e-7)
	if got.Best != 1 || len(got.Close) != 0 {
		t.Errorf("best %d, close %v", got.Best, got.Close)
	}
	// A missing value takes its replication out for all; where others are missing
	// in one than in another, they are not told apart.
	got = Best([][]float64{{1, 2, nan}, {4, 5.5, nan}})
	check(t, "missing", got.Lead, Interval{3.25, 3.25 - 12.7062047*0.25, 3.25 + 12.7062047*0.25, 2}, 1e-7)
	got = Best([][]float64{{1, 2, 3}, {nan, 5, 7}})
	check(t, "of other groups", got.Lead, Interval{3.5, nan, nan, 2})
	if got.Against[0].Finding != Unlike || !slices.Equal(got.Close, []int{0}) {
		t.Errorf("of other groups: %+v", got)
	}
}

func TestBestOfLittle(t *testing.T) {
	for _, c := range []struct {
		name     string
		values   [][]float64
		best, to int
		close    []int
		n        int
	}{
		{"none", nil, -1, -1, nil, 0},
		{"nothing but missing", [][]float64{{nan}, nil}, -1, -1, nil, 0},
		{"no common replication", [][]float64{{nan, 1}, {1, nan}}, -1, -1, nil, 0},
		{"one", [][]float64{{1, 2}}, 0, -1, nil, 2},
		{"one replication", [][]float64{{1}, {2}, {0}}, 1, 0, []int{0, 2}, 1},
		{"equal", [][]float64{{1, 2}, {1, 2}}, 0, 1, []int{1}, 2},
	} {
		got := Best(c.values)
		if got.Best != c.best || got.RunnerUp != c.to || !slices.Equal(got.Close, c.close) || got.N != c.n {
			t.Errorf("%s: %+v", c.name, got)
		}
		if len(got.Means) != len(c.values) || len(got.Leads) != len(c.values) {
			t.Errorf("%s: %d means, %d leads", c.name, len(got.Means), len(got.Leads))
		}
	}
}
