package analysis

import (
	"math"
	"slices"
)

// box is a region of the inputs: limits of each, both ends included.
type box struct{ low, high []float64 }

func (b box) clone() box { return box{slices.Clone(b.low), slices.Clone(b.high)} }

// holds reports whether a row lies in the box.
func (b box) holds(row []float64) bool {
	for i, v := range row {
		if !b.allows(i, v) {
			return false
		}
	}
	return true
}

// allows reports whether a value of input i does.
func (b box) allows(i int, v float64) bool { return v >= b.low[i] && v <= b.high[i] }

// step is a box on the way of a peeler, the rows in it and the cases among them.
type step struct {
	box
	rows      []int
	n, cases  int
	byPasting bool
}

func (s *step) add(row int, isCase bool) {
	s.rows = append(s.rows, row)
	s.n++
	if isCase {
		s.cases++
	}
}

func (s step) density() float64 { return float64(s.cases) / float64(s.n) }

// peeler peels boxes off a sample as Friedman and Fisher, "Bump hunting in
// high-dimensional data", Statistics and Computing 9 (1999), by the rule in
// full: cuts lie midway between neighbours, equal values go together, and the
// last box is pasted on again at its sides.
//
// Each step cuts a slab off one side of one input, the share alpha of the rows
// in the box. The best score wins;
// among equal scores the box that leaves more inputs as they were, then the
// first input, its upper side before its lower. Nothing depends on the order of
// the rows. Peeling ends when the best cut would leave less than the least mass
// or gains nothing. Values that are missing are not allowed for.
type peeler struct {
	x     [][]float64 // [row][input]
	cases []bool
	start box // smallest and largest value of each input

	alpha   float64
	byMean  bool // score by the density alone, which keeps peeling a pure box
	patient bool // go on where no cut gains, down to the least mass or a pure box
}

// pasteAlpha is the share of the rows in the box that a step of pasting adds, leastMass the
// share of all rows that a box has at least.
const pasteAlpha, leastMass = 0.05, 0.05

func newPeeler(x [][]float64, cases []bool) *peeler {
	p := &peeler{x: x, cases: cases, alpha: 0.05}
	for row, values := range x {
		if row == 0 {
			p.start = box{values, values}.clone()
		}
		for i, v := range values {
			p.start.low[i], p.start.high[i] = min(p.start.low[i], v), max(p.start.high[i], v)
		}
	}
	return p
}

// run returns the boxes from the whole sample to the last one.
func (p *peeler) run() []step {
	steps := []step{p.judge(p.start)}
	for {
		from := steps[len(steps)-1]
		if p.patient && from.cases == from.n {
			break
		}
		next, ok := p.best(from, p.peels(from))
		if !ok || next.n >= from.n {
			break
		}
		steps = append(steps, next)
	}
	for {
		from := steps[len(steps)-1]
		next, ok := p.best(from, p.pastes(from))
		if !ok || next.n <= from.n || next.density() <= from.density() {
			return steps
		}
		next.byPasting = true
		steps = append(steps, next)
	}
}

// stepOf finds the rows of a box among those given, which lie in it but for
// input i.
func (p *peeler) stepOf(b box, i int, among []int) step {
	s := step{box: b}
	for _, row := range among {
		if b.allows(i, p.x[row][i]) {
			s.add(row, p.cases[row])
		}
	}
	return s
}

// judge finds the rows of a box in the whole sample.
func (p *peeler) judge(b box) step {
	s := step{box: b}
	for row, values := range p.x {
		if b.holds(values) {
			s.add(row, p.cases[row])
		}
	}
	return s
}

// best returns the candidate with the highest score, if it may be taken.
func (p *peeler) best(from step, candidates []step) (step, bool) {
	var best step
	highest, free := math.Inf(-1), -1
	for _, c := range candidates {
		score, untouched := p.score(from, c), p.untouched(c.box)
		if score > highest || score == highest && untouched > free {
			best, highest, free = c, score, untouched
		}
	}
	return best, (highest > 0 || p.patient && highest > math.Inf(-1)) && float64(best.n) >= leastMass*float64(len(p.x))
}

// score is what the density gains per row cut off or pasted on.
func (p *peeler) score(from, to step) float64 {
	if p.byMean {
		return to.density()
	}
	gain, rows := to.density()-from.density(), math.Abs(float64(to.n-from.n))
	switch {
	case rows == 0:
		return 0
	case gain < 0 && p.patient:
		return gain * rows
	}
	return gain / rows
}

// untouched counts the inputs without a limit.
func (p *peeler) untouched(b box) int {
	n := 0
	for i := range b.low {
		if !p.limited(b, i) {
			n++
		}
	}
	return n
}

// limited reports whether a box limits an input.
func (p *peeler) limited(b box, i int) bool {
	return b.low[i] != p.start.low[i] || b.high[i] != p.start.high[i]
}

// peels returns the boxes that lack one slab of a box.
func (p *peeler) peels(from step) []step {
	var candidates []step
	add := func(i int, b box) {
		if c := p.stepOf(b, i, from.rows); c.n > 0 {
			candidates = append(candidates, c)
		}
	}
	for i := range p.start.low {
		values := p.sorted(from.rows, i)
		b := from.clone()
		b.high[i] = cut(values, 1-p.alpha)
		add(i, b)
		b = from.clone()
		b.low[i] = cut(values, p.alpha)
		add(i, b)
	}
	return candidates
}

// pastes returns the boxes with one slab more, on a side where there is a limit.
func (p *peeler) pastes(from step) []step {
	var candidates []step
	for i := range p.start.low {
		if !p.limited(from.box, i) {
			continue
		}
		slab, b := from.clone(), from.clone()
		slab.low[i], slab.high[i] = p.start.low[i], from.low[i]
		b.low[i] = p.start.low[i]
		if values := p.sorted(p.judge(slab).rows, i); len(values) > 0 {
			b.low[i] = cut(values, 1-pasteAlpha)
		}
		candidates = append(candidates, p.judge(b))

		slab, b = from.clone(), from.clone()
		slab.low[i], slab.high[i] = from.high[i], p.start.high[i]
		b.high[i] = p.start.high[i]
		if values := p.sorted(p.judge(slab).rows, i); len(values) > 0 {
			b.high[i] = cut(values, pasteAlpha)
		}
		candidates = append(candidates, p.judge(b))
	}
	return candidates
}

// sorted returns the values of an input in ascending order.
func (p *peeler) sorted(rows []int, i int) []float64 {
	values := make([]float64, len(rows))
	for at, row := range rows {
		values[at] = p.x[row][i]
	}
	slices.Sort(values)
	return values
}

// cut returns a limit at a quantile of sorted values, midway between two that
// differ: neighbours, or where they are equal, the next that is not, towards the
// middle.
func cut(sorted []float64, quantile float64) float64 {
	at := float64(len(sorted)-1) * quantile
	below, above := int(math.Floor(at)), int(math.Ceil(at))
	if quantile > 0.5 {
		for sorted[below] == sorted[above] && below > 0 {
			below--
		}
	} else {
		for sorted[below] == sorted[above] && above < len(sorted)-1 {
			above++
		}
	}
	return (sorted[below] + sorted[above]) / 2
}
