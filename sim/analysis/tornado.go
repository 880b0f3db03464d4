package analysis

import (
	"cmp"
	"math"
	"slices"
)

// Swing is what changing one factor alone does to an outcome, in its unit.
type Swing struct {
	Factor  int        // index of the factor as given
	Levels  []Interval // effect of each level against the base, in the order given
	Highest Interval   // last level less first
	Noise   bool       // neither Highest nor any level can be told from none: "~"
	Bent    bool       // the base or a level between is above, or below, both first and last

	reach float64 // from the lowest to the highest of the levels and the base
}

// OneAtATime compares the levels of each factor with the base, all other
// factors at their base: levels[factor][level][rep], from the low level to the
// high, and base[rep], all on the same luck. All intervals are those of
// Difference. First comes the factor whose levels and base lie farthest apart,
// last those that are noise. It panics when a level has another number of
// replications than the base.
func OneAtATime(base []float64, levels [][][]float64) []Swing {
	var swings []Swing
	for factor, rows := range levels {
		s := Swing{Factor: factor, Highest: unknown(math.NaN(), 0), reach: math.NaN(), Noise: true}
		low, high := 0.0, 0.0
		for _, row := range rows {
			effect := Difference(row, base)
			s.Levels = append(s.Levels, effect)
			s.Noise = s.Noise && Noise(effect)
			low, high = min(low, effect.Estimate), max(high, effect.Estimate)
		}
		if len(rows) > 0 {
			s.Highest = Difference(rows[len(rows)-1], rows[0])
			s.Noise = s.Noise && Noise(s.Highest)
			s.reach = high - low
			s.Bent = bent(base, rows)
		}
		swings = append(swings, s)
	}
	slices.SortStableFunc(swings, func(a, b Swing) int {
		if a.Noise != b.Noise {
			if a.Noise {
				return 1
			}
			return -1
		}
		return cmp.Compare(b.reach, a.reach) // NaN is the least, and so the last
	})
	return swings
}

// bent reports whether the base or a level between can be told to lie above
// both the first and the last level, or below both.
func bent(base []float64, rows [][]float64) bool {
	first, last := rows[0], rows[len(rows)-1]
	between := [][]float64{base}
	if len(rows) > 2 {
		between = append(between, rows[1:len(rows)-1]...)
	}
	return slices.ContainsFunc(between, func(row []float64) bool {
		a, b := Difference(row, first), Difference(row, last)
		return a.Low > 0 && b.Low > 0 || a.High < 0 && b.High < 0
	})
}
