package analysis

import (
	"slices"
	"testing"
)

func TestBands(t *testing.T) {
	got := Bands([][]float64{{3, 1, nan}, {1, nan}, {2, 5, nan}, {4, 3, nan, 8}, nil})
	if got.N != 4 || len(got.Mean) != 4 {
		t.Fatalf("N %d, %d weeks", got.N, len(got.Mean))
	}
	week := func(w int) []float64 {
		return []float64{got.Mean[w], got.Low[w], got.High[w], got.P05[w], got.P25[w], got.P50[w], got.P75[w], got.P95[w]}
	}
	mean := Mean([]float64{1, 2, 3, 4})
	second := Mean([]float64{1, 3, 5})
	for w, want := range [][]float64{
		{2.5, mean.Low, mean.High, 1.15, 1.75, 2.5, 3.25, 3.85},
		{3, second.Low, second.High, 1.2, 2, 3, 4, 4.8},
		{nan, nan, nan, nan, nan, nan, nan, nan},
		{8, nan, nan, 8, 8, 8, 8, 8},
	} {
		if !slices.EqualFunc(week(w), want, func(a, b float64) bool { return near(a, b) }) {
			t.Errorf("week %d: %v, want %v", w, week(w), want)
		}
	}
	if empty := Bands(nil); empty.N != 0 || len(empty.P50) != 0 {
		t.Errorf("Bands(nil) = %v", empty)
	}
	if BandsOf(nil, -1).N != 0 {
		t.Error("a negative number of weeks is not empty")
	}
}

// TestBandsOfForeignSlice: a column that returns its own memory finds it as it
// was, and is never handed it back to write to.
func TestBandsOfForeignSlice(t *testing.T) {
	columns := [][]float64{{3, 1, 2}, {9, 8, 7}}
	band := BandsOf(func(week int, dst []float64) []float64 {
		if len(dst) != 0 {
			t.Errorf("week %d: dst is not empty", week)
		}
		for i := range dst[:cap(dst)] {
			dst[:cap(dst)][i] = -1
		}
		return columns[week]
	}, 2)
	if !slices.Equal(band.P50, []float64{2, 8}) || !slices.Equal(columns[0], []float64{3, 1, 2}) {
		t.Errorf("medians %v, columns %v", band.P50, columns)
	}
}

func TestBandsMemory(t *testing.T) {
	const weeks, reps = 500, 200
	fill := func(week int, dst []float64) []float64 {
		for rep := range reps {
			dst = append(dst, float64(week*rep))
		}
		return dst
	}
	// Growing to one column's size takes some allocations; a week takes none.
	if got := testing.AllocsPerRun(1, func() { BandsOf(fill, weeks) }); got > 40 {
		t.Errorf("%v allocations for %d weeks", got, weeks)
	}
}

func BenchmarkBands(b *testing.B) {
	for b.Loop() {
		BandsOf(func(week int, dst []float64) []float64 {
			for rep := range 500 {
				dst = append(dst, float64((week+1)*rep*7919%1009))
			}
			return dst
		}, 520)
	}
}
