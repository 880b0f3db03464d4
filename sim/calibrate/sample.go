package calibrate

import "math"

// Sample is what the worlds of some waves came to. It belongs to one goroutine.
type Sample struct {
	of    *Study
	Waves []*Wave
}

// Wave is so many worlds, and what they came to.
type Wave struct {
	Number int
	Checks bool        // its worlds are those that were found; else they are to be weighted
	Values [][]float64 // of the unknowns, by world

	shares    [][]float64 // where in their ranges the values lie; nil where it checks
	proposal  *proposal   // what the worlds were drawn from; nil: evenly
	stats     [][]float64 // by world and target
	noise     [][]float64
	simulated []bool
}

// NewSample is one without waves.
func (s *Study) NewSample() *Sample { return &Sample{of: s} }

// Plan is the next wave, without what it comes to; nil where the last one has
// checked.
func (s *Sample) Plan() *Wave {
	w := &Wave{Number: len(s.Waves)}
	switch n := len(s.Waves); {
	case n == 0:
		w.shares = s.of.even(0)
	case s.Waves[n-1].Checks:
		return nil
	default:
		f := s.fit()
		if w.proposal = s.of.proposalFrom(f); w.proposal == nil || n == MostFits || !f.far() {
			w.Checks, w.proposal = true, nil
			w.Values = s.of.found(f, w.Number)
			return w.empty(s.of)
		}
		w.shares = w.proposal.draw(s.of, w.Number)
	}
	for _, u := range w.shares {
		w.Values = append(w.Values, s.of.values(u))
	}
	return w.empty(s.of)
}

func (w *Wave) empty(s *Study) *Wave {
	n := s.Rows()
	w.stats, w.noise, w.simulated = make([][]float64, n), make([][]float64, n), make([]bool, n)
	for row := range n {
		w.stats[row], w.noise[row] = missing(len(s.observed)), missing(len(s.observed))
	}
	return w
}

func missing(n int) (none []float64) {
	for range n {
		none = append(none, math.NaN())
	}
	return none
}

// Take takes a wave in, whose worlds have been added.
func (s *Sample) Take(w *Wave) { s.Waves = append(s.Waves, w) }

// Add takes in what a world of the wave came to.
func (w *Wave) Add(r *Run) {
	copy(w.stats[r.Row], r.Statistics)
	copy(w.noise[r.Row], r.Noise)
	w.simulated[r.Row] = true
}

// found are the worlds of the last wave: those with weights, each as often as its
// weight says.
func (s *Study) found(f *fit, wave int) (values [][]float64) {
	for _, k := range resampled(f.near.Weights, s.Rows(), luck(s.Targets.Seed, drawOffset, wave)) {
		values = append(values, f.worlds[k])
	}
	return values
}

// pool are the worlds of all waves that are weighted, each with several draws of what
// a study like the one from outside would have found there: errors cost nothing, and
// worlds do.
type pool struct {
	worlds     int
	shares     [][]float64 // by world
	density    []float64   // by world, of all waves at its place; 1 where they are even
	seen       [][]float64 // by draw, those of a world one after the other
	importance []float64   // by draw
}

// draws is how often each world is measured.
const draws = 10

// world is that of a draw.
func (p *pool) world(draw int) int { return draw / draws }

// pooled puts the waves together. Each world weighs one over the density of all
// waves at its place.
func (s *Sample) pooled() *pool {
	p := &pool{}
	var waves []*Wave
	for _, w := range s.Waves {
		if !w.Checks {
			waves = append(waves, w)
		}
	}
	for _, w := range waves {
		for row := range w.shares {
			density := 0.0
			for _, v := range waves {
				density += v.proposal.at(w.shares[row]) / float64(len(waves))
			}
			for d := range draws {
				p.seen, p.importance = append(p.seen, s.of.seen(w, row, d)), append(p.importance, 1/density)
			}
			p.shares, p.density = append(p.shares, w.shares[row]), append(p.density, density)
		}
	}
	p.worlds = len(p.shares)
	return p
}

// seen is what a study with the errors of the targets would have found in a world.
// The luck of a simulated statistic is a part of that error.
func (s *Study) seen(w *Wave, row, draw int) []float64 {
	found := make([]float64, len(s.errors))
	for j := range found {
		found[j] = w.stats[row][j]
		if variance := float64(s.errors[j]*s.errors[j]) - w.noise[row][j]; variance > 0 {
			found[j] += float64(math.Sqrt(variance) * normal(s.Targets.Seed, drawError, w.Number*s.Rows()+row, j, draw))
		}
	}
	return found
}
