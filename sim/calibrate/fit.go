package calibrate

import (
	"cmp"
	"math"
	"slices"

	"epgsim/sim/analysis"
)

// fit are the worlds that are near what was found, and where regression moves them.
type fit struct {
	of      *pool
	targets []int         // that count
	near    analysis.Near // draws of the pool
	linear  *analysis.LocalLinear

	shares    [][]float64 // [parameter][near draw], after the regression
	explained []float64   // by parameter: the share of the spread that the targets explain, among near draws
	worlds    [][]float64 // [near draw][parameter], values
}

// keep is how many draws are kept of so many, for a regression on so many targets:
// enough for it, and few enough to be near.
func keep(draws, targets int) int {
	return min(max(40*(targets+1), min(draws/20, 2000)), max(draws/2, 1))
}

// effective is how many worlds of equal weight would say as much: draws of one world
// count together.
func (f *fit) effective() float64 {
	squares, sum := 0.0, 0.0
	for i, row := range f.near.Rows {
		if i > 0 && f.of.world(row) != f.of.world(f.near.Rows[i-1]) {
			squares, sum = squares+float64(sum*sum), 0
		}
		sum += f.near.Weights[i]
	}
	return 1 / (squares + float64(sum*sum))
}

// typical is the distance of a world that is the true one, in its mean square: both
// what was found there and what would be found again is off by the error of each
// target.
func typical(targets int) float64 { return math.Sqrt(2 * float64(targets)) }

// enough is how many effective worlds make further waves needless.
const enough = 300

// far says whether further worlds are wanted: draws are kept that are less near than
// half of what the true world would be, or they are of few worlds.
func (f *fit) far() bool {
	return f.near.Within > typical(len(f.targets))/2 || f.effective() < enough
}

// fit weighs the worlds of a sample.
func (s *Sample) fit() *fit { return s.of.fit(s.pooled(), s.of.observed) }

// fit weighs worlds by what was observed.
func (s *Study) fit(p *pool, observed []float64) *fit {
	f := s.weigh(p, observed, s.others(-1)) // all targets
	n := len(f.near.Rows)
	f.worlds = make([][]float64, n)
	for i := range f.worlds {
		f.worlds[i] = make([]float64, len(s.Targets.Unknowns))
	}
	for k := range s.Targets.Unknowns {
		column, explained := f.adjusted(func(row int) float64 { return logit(p.shares[p.world(row)][k]) })
		for i := range column {
			column[i] = unlogit(column[i])
			f.worlds[i][k] = tidy(s.Targets.Unknowns[k].At(column[i]))
		}
		f.shares, f.explained = append(f.shares, column), append(f.explained, explained)
	}
	return f
}

// others are the targets but one.
func (s *Study) others(without int) (targets []int) {
	for j := range s.observed {
		if j != without {
			targets = append(targets, j)
		}
	}
	return targets
}

// weigh finds the worlds that are near by some targets, and the regression.
func (s *Study) weigh(p *pool, observed []float64, targets []int) *fit {
	pick := func(of []float64) (some []float64) {
		for _, j := range targets {
			some = append(some, of[j])
		}
		return some
	}
	seen := make([][]float64, len(p.seen))
	for i := range seen {
		seen[i] = pick(p.seen[i])
	}
	at := pick(observed)
	far := analysis.Distances(seen, at, pick(s.errors))
	there := 0
	for _, d := range far {
		if !math.IsInf(d, 1) {
			there++
		}
	}
	f := &fit{of: p, targets: targets}
	f.near = analysis.Accept(far, analysis.Nearest(far, keep(there, len(targets))), p.importance)
	f.linear = analysis.NewLocalLinear(&f.near, seen, at)
	return f
}

// adjusted moves a quantity of the near worlds by the regression, and widens what is
// left of its spread by what the regression has taken for itself: it fits luck too.
func (f *fit) adjusted(of func(row int) float64) (column []float64, explained float64) {
	for _, row := range f.near.Rows {
		column = append(column, of(row))
	}
	if len(column) == 0 {
		return column, math.NaN()
	}
	column, explained = f.linear.Adjust(column)
	mean, _ := analysis.WeightedMean(column, f.near.Weights)
	n := f.effective()
	if free := n - float64(f.linear.Terms()) - 1; free > 1 {
		widen := math.Sqrt(n / free)
		for i := range column {
			column[i] = mean + float64(widen*(column[i]-mean))
		}
	}
	return column, explained
}

// edge keeps log odds finite.
const edge = 1e-9

func logit(u float64) float64 {
	u = min(max(u, edge), 1-edge)
	return math.Log(u / (1 - u))
}

// unlogit undoes logit. It is rounded, for platforms differ in the last digits of an
// exponential.
func unlogit(x float64) float64 {
	return math.Round(1e9/(1+math.Exp(-x))) / 1e9
}

// tidy is a value to ten digits after the point.
func tidy(v float64) float64 {
	if math.Abs(v) < 1e5 {
		return math.Round(v*1e10) / 1e10
	}
	return v
}

// mostMoved is how many parameters a proposal gathers in at most: in more its weights would
// differ so much that few worlds counted.
const mostMoved = 12

// leastExplained is the share of a parameter's spread that targets must explain for
// worlds to be drawn nearer in it.
const leastExplained = 0.05

// proposal is what the worlds of a wave are drawn from: around worlds that were near,
// in the parameters that targets say something about, and evenly in all others. A
// nil one is even in all.
type proposal struct {
	moved   []int // parameters
	centres [][]float64
	weights []float64
	reach   []float64 // of the kernel, by moved parameter
}

// proposalFrom makes a proposal of what is near; nil where there is nothing to gain.
func (s *Study) proposalFrom(f *fit) *proposal {
	p := &proposal{weights: f.near.Weights}
	for k := range s.Targets.Unknowns {
		if f.explained[k] >= leastExplained {
			p.moved = append(p.moved, k)
		}
	}
	slices.SortStableFunc(p.moved, func(a, b int) int { return cmp.Compare(f.explained[b], f.explained[a]) })
	p.moved = p.moved[:min(len(p.moved), mostMoved)]
	for _, k := range p.moved {
		_, sd := analysis.WeightedMean(f.shares[k], f.near.Weights)
		p.reach = append(p.reach, min(max(math.Sqrt(10)*sd, 0.02), 1)) // variance twice that of what was near, that of the kernel being a fifth of its reach squared
	}
	for i := range f.near.Rows {
		var c []float64
		for _, k := range p.moved {
			c = append(c, f.shares[k][i])
		}
		p.centres = append(p.centres, c)
	}
	if len(p.moved) == 0 || len(p.centres) == 0 {
		return nil
	}
	return p
}

// draw draws the worlds of a wave, thrown back where they would leave their ranges.
func (p *proposal) draw(s *Study, wave int) [][]float64 {
	seed := s.Targets.Seed
	shares := s.even(wave)
	centres := resampled(p.weights, len(shares), luck(seed, drawCentre, wave))
	for row := range shares {
		for m, k := range p.moved {
			u := p.centres[centres[row]][m] + float64(p.reach[m]*step(seed, wave, row, k))
			if u < 0 {
				u = -u
			}
			if u > 1 {
				u = 2 - u
			}
			shares[row][k] = u
		}
	}
	return shares
}

// at is the density at shares of the ranges.
func (p *proposal) at(shares []float64) float64 {
	if p == nil {
		return 1
	}
	sum := 0.0
	for i, c := range p.centres {
		product := p.weights[i]
		for m, k := range p.moved {
			u, h := shares[k], p.reach[m]
			product *= bump(u-c[m], h) + bump(-u-c[m], h) + bump(2-u-c[m], h)
			if product == 0 {
				break
			}
		}
		sum += product
	}
	return sum
}

// bump is Epanechnikov's kernel of a reach.
func bump(x, reach float64) float64 {
	z := x / reach
	if z <= -1 || z >= 1 {
		return 0
	}
	return 0.75 * (1 - float64(z*z)) / reach
}
