package analysis

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// FactorEffect is the main effect of one factor of a full factorial design.
type FactorEffect struct {
	Levels []Interval // mean of the rows at each level less the mean of all, in the outcome's unit
	Share  Interval   // of the variance between the rows' expected outcomes
}

// Factorial is the result of a full factorial design.
type Factorial struct {
	Mean         Interval // over all rows, in the outcome's unit
	Factors      []FactorEffect
	Interactions Interval // share that no main effect explains
	LeftOut      int      // replications with a missing value, which nothing uses
}

// MainEffects compares the rows of a full factorial design, level[row][factor]
// from 0 and y[row][rep]. The rows are all there are, so only luck makes the
// estimates uncertain: N counts replications, and a replication goes out when
// any of its values is missing. Shares are from products of different
// replications, so luck adds nothing to them; they need two replications, and
// their ends three. It panics when rows differ in length or a level is negative.
func MainEffects(level [][]int, y [][]float64) Factorial {
	mustPair(len(level), len(y))
	values, leftOut := completeReplications(y)
	result := Factorial{LeftOut: leftOut}
	if len(values) == 0 {
		result.Mean, result.Interactions = unknown(math.NaN(), 0), unknown(math.NaN(), 0)
		return result
	}
	g := grid{blocks: 1, reps: len(values[0])}
	all := meanOf(values)
	result.Mean = Mean(all)
	between, rest := make([]float64, g.reps), make([]float64, g.reps)
	for _, row := range values {
		g.addSquare(between, row, all, 1)
	}
	copy(rest, between)
	for k := range level[0] {
		var effect FactorEffect
		explained := make([]float64, g.reps)
		for _, rows := range byLevel(level, values, k) {
			if len(rows) == 0 { // a number that is no level of this factor
				effect.Levels = append(effect.Levels, unknown(math.NaN(), 0))
				continue
			}
			mean := meanOf(rows)
			effect.Levels = append(effect.Levels, Difference(mean, all))
			g.addSquare(explained, mean, all, float64(len(rows)))
		}
		effect.Share = g.shareOf(explained, between)
		result.Factors = append(result.Factors, effect)
		floats.Sub(rest, explained)
	}
	result.Interactions = g.shareOf(rest, between)
	return result
}

// completeReplications returns the replications without a missing value in any
// row, and how many have one.
func completeReplications(y [][]float64) (values [][]float64, leftOut int) {
	values = make([][]float64, len(y))
	if len(y) == 0 {
		return values, 0
	}
	for rep := range y[0] {
		missing := false
		for _, row := range y {
			mustPair(len(row), len(y[0]))
			missing = missing || math.IsNaN(row[rep])
		}
		if missing {
			leftOut++
			continue
		}
		for row := range y {
			values[row] = append(values[row], y[row][rep])
		}
	}
	return values, leftOut
}

// byLevel returns the rows at each level of factor k.
func byLevel(level [][]int, values [][]float64, k int) [][][]float64 {
	var rows [][][]float64
	for row := range values {
		mustPair(len(level[row]), len(level[0]))
		l := level[row][k]
		if l < 0 {
			panic(fmt.Sprintf("analysis: level %d of factor %d in row %d", l, k, row))
		}
		for l >= len(rows) {
			rows = append(rows, nil)
		}
		rows[l] = append(rows[l], values[row])
	}
	return rows
}

// meanOf returns the mean of the rows in each replication, nil without rows.
func meanOf(rows [][]float64) []float64 {
	if len(rows) == 0 {
		return nil
	}
	mean := make([]float64, len(rows[0]))
	for _, row := range rows {
		floats.AddScaled(mean, 1/float64(len(rows)), row)
	}
	return mean
}

// addSquare adds weight times the square of the expected distance of mean from all.
func (g grid) addSquare(shares, mean, all []float64, weight float64) {
	distance := floats.SubTo(make([]float64, g.reps), mean, all)
	g.addProduct(shares, distance, distance, weight)
}

// shareOf returns the mean of part over the mean of whole, both made of
// products, with a 95 % interval over replications.
func (g grid) shareOf(part, whole []float64) Interval {
	scale := stat.Mean(whole, nil)
	if g.reps < 2 || !(scale > 0) {
		return unknown(math.NaN(), g.reps)
	}
	ratio := stat.Mean(part, nil) / scale
	if g.reps == 2 {
		return unknown(ratio, g.reps)
	}
	squares := 0.0
	for r := range part {
		d := (part[r] - ratio*whole[r]) / scale
		squares += d * d
	}
	half := studentT(upper95, g.reps-int(paired)) * math.Sqrt(leaveOneOut(g.reps, paired)*squares)
	return Interval{Estimate: ratio, Low: ratio - half, High: ratio + half, N: g.reps}
}
