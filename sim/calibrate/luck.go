package calibrate

import (
	"epgsim/sim"
	"epgsim/sim/sampling"
)

// decision names what is decided by luck outside of the model.
type decision uint64

// The decisions. Their numbers are part of every result: new ones go to the end.
const (
	drawError  decision = iota // world, target: how far a study like the one from outside would be off
	drawCentre                 // wave, row: around which world
	drawStep                   // wave, row, parameter: how far from it
	drawOffset                 // of a systematic resampling
	drawNull                   // column, world: a parameter that decides nothing
)

// luck returns a number within (0,1): a pure function of the seed and of what is
// decided.
func luck(seed uint64, d decision, of ...int) float64 {
	return sampling.Unit(sampling.Address(seed, uint64(d), of...))
}

// normal is a standard normal draw.
func normal(seed uint64, d decision, of ...int) float64 { return sim.Normal(luck(seed, d, of...)) }

// step is a draw of Epanechnikov's kernel on (-1, 1): of three even draws the last,
// or the one before it where the last is the largest.
func step(seed uint64, of ...int) float64 {
	var v [3]float64
	for k := range v {
		v[k] = 2*luck(seed, drawStep, append(of[:len(of):len(of)], k)...) - 1
	}
	abs := func(x float64) float64 { return max(x, -x) }
	if abs(v[2]) >= abs(v[1]) && abs(v[2]) >= abs(v[0]) {
		return v[1]
	}
	return v[2]
}

// resampled are n of the rows with weights that sum to 1, each as often as its weight
// says, give or take one.
func resampled(weights []float64, n int, offset float64) (rows []int) {
	k, upTo := 0, 0.0
	if len(weights) > 0 {
		upTo = weights[0]
	}
	for i := range n {
		at := (float64(i) + offset) / float64(n)
		for at > upTo && k < len(weights)-1 {
			k++
			upTo += weights[k]
		}
		rows = append(rows, k)
	}
	return rows
}
