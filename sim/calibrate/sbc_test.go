package calibrate

import (
	"math"
	"slices"
)

// less is a pool without a world.
func (p *pool) less(world int) *pool {
	cut := func(rows [][]float64, from, to int) [][]float64 { return slices.Concat(rows[:from], rows[to:]) }
	return &pool{worlds: p.worlds - 1, shares: cut(p.shares, world, world+1),
		density: slices.Concat(p.density[:world], p.density[world+1:]), seen: cut(p.seen, draws*world, draws*(world+1)),
		importance: slices.Concat(p.importance[:draws*world], p.importance[draws*(world+1):])}
}

// ranks are what simulation-based calibration looks at.
type ranks struct {
	bins    [][]int // [parameter][20 bins]: where in the weights the truth lies
	within  []int   // by parameter: truths within the 90 % region
	truths  int
	named   int // truths of which any target is said to be in conflict
	reaches int // of these, for lack of plausible worlds
}

// calibrated takes worlds of a wave for the truth, one after the other, and looks for
// them in all others.
func calibrated(s *Study, w *Wave, truths []int, conflicts bool) *ranks {
	sample := s.NewSample()
	sample.Take(w)
	p := sample.pooled()
	r := &ranks{bins: make([][]int, len(s.Targets.Unknowns)), within: make([]int, len(s.Targets.Unknowns))}
	for k := range r.bins {
		r.bins[k] = make([]int, 20)
	}
	for _, world := range truths {
		own := *s
		own.observed = s.seen(w, world, draws)
		if slices.ContainsFunc(own.observed, func(v float64) bool { return math.IsNaN(v) }) {
			continue
		}
		r.truths++
		others := p.less(world)
		f := own.fit(others, own.observed)
		low, high := f.widened(0.05), f.widened(0.95)
		for k := range r.bins {
			below := 0.0
			for i, u := range f.shares[k] {
				if u < w.shares[world][k] {
					below += f.near.Weights[i]
				}
			}
			r.bins[k][min(int(below*20), 19)]++
			if below > low && below < high {
				r.within[k]++
			}
		}
		if !conflicts {
			continue
		}
		level := errorRate / 2 / float64(len(own.observed))
		any, reached := false, false
		for j := range own.observed {
			out := reach(column(others.seen, j), own.observed[j]) < level
			_, unlikely := own.predicted(others, j, own.others(j))
			any, reached = any || out || unlikely < level, reached || out
		}
		if any {
			r.named++
		}
		if reached {
			r.reaches++
		}
	}
	return r
}

// chiSquare is that of even bins.
func chiSquare(bins []int) (sum float64) {
	n := 0
	for _, b := range bins {
		n += b
	}
	even := float64(n) / float64(len(bins))
	for _, b := range bins {
		sum += (float64(b) - even) * (float64(b) - even) / even
	}
	return sum
}
