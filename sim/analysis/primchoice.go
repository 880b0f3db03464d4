package analysis

import (
	"math"
	"math/rand/v2"
)

// The training half is cut into so many folds for choosing, and so many times.
const folds, foldings = 5, 4

// boxSizes are the masses among which a box is chosen, each nine tenths of the one
// before.
const boxSizes = 28

// peelShares are the shares of a box among which that of a step is chosen: small ones
// follow a clear edge, large ones are not led astray by many
// inputs without effect.
var peelShares = []float64{0.06, 0.12, 0.24}

// farther is by which factor one more condition must improve the measure.
const farther = 1.05

// parts deals the rows to so many parts at random, with as many cases in each
// as can be.
func (p *peeler) parts(n int, luck *rand.Rand) [][]int {
	parts := make([][]int, n)
	at := 0
	for _, kind := range []bool{true, false} {
		var rows []int
		for row, isCase := range p.cases {
			if isCase == kind {
				rows = append(rows, row)
			}
		}
		luck.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		for _, row := range rows {
			parts[at%n] = append(parts[at%n], row)
			at++
		}
	}
	return parts
}

// only returns a peeler of some of the rows.
func (p *peeler) only(rows []int) *peeler {
	var x [][]float64
	var cases []bool
	for _, row := range rows {
		x, cases = append(x, p.x[row]), append(cases, p.cases[row])
	}
	return newPeeler(x, cases)
}

func (p *peeler) count(kind bool) int {
	n := 0
	for _, isCase := range p.cases {
		if isCase == kind {
			n++
		}
	}
	return n
}

// choice is how a box is found: the share that a step peels, how small the box is
// and how many inputs it may limit.
type choice struct {
	share        float64
	size, inputs int
}

// tally is how many held rows lay in the boxes of a choice, and how many of them
// were cases.
type tally struct{ in, cases int }

func (t *tally) add(isCase bool) {
	t.in++
	if isCase {
		t.cases++
	}
}

// choose returns the choice that does best on rows that had no part in finding a
// box. ok is false when none does better than no box.
func (p *peeler) choose(most int, luck *rand.Rand) (best choice, ok bool) {
	tallies := map[choice]tally{}
	for range foldings {
		parts := p.parts(folds, luck)
		for held := range parts {
			var rest []int
			for i, part := range parts {
				if i != held {
					rest = append(rest, part...)
				}
			}
			p.only(rest).tryOut(p.only(parts[held]), most, tallies)
		}
	}
	cases, all := float64(foldings*p.count(true)), float64(foldings*len(p.x))
	highest := 1e-9
	for k := 1; k <= most; k++ {
		mark := highest
		if k > 1 {
			mark *= farther
		}
		for _, share := range peelShares {
			for size := range boxSizes {
				c := choice{share, size, k}
				m := measure(float64(tallies[c].cases), float64(tallies[c].in), cases, all)
				if m > mark {
					best, mark, highest = c, m, m
				}
			}
		}
	}
	return best, best.inputs > 0
}

// tryOut counts held rows in the box of every choice.
func (p *peeler) tryOut(held *peeler, most int, tallies map[choice]tally) {
	for _, share := range peelShares {
		steps := p.path(share)
		last := -1
		found := make([]tally, most+1)
		for size := range boxSizes {
			if at := p.sized(steps, size); at != last {
				last = at
				b := steps[at].box
				for k := most; k > 0; k-- {
					b = p.simplest(b, k)
					found[k].in, found[k].cases = held.countsIn(p.conditions(b))
				}
			}
			for k := 1; k <= most; k++ {
				c := choice{share, size, k}
				before := tallies[c]
				tallies[c] = tally{before.in + found[k].in, before.cases + found[k].cases}
			}
		}
	}
}

// path returns the boxes of a patient peel. A small sample often has no cut that
// gains at once, where several together do.
func (p *peeler) path(share float64) []step {
	p.alpha, p.patient = share, true
	return p.run()
}

// boxOf returns the conditions of the box that a choice finds.
func (p *peeler) boxOf(c choice) []Condition {
	steps := p.path(c.share)
	return p.conditions(p.simplest(steps[p.sized(steps, c.size)].box, c.inputs))
}

// countsIn returns how many rows of a sample meet all conditions, and how many of
// them are cases.
func (p *peeler) countsIn(conditions []Condition) (n, cases int) {
	b := Box{Conditions: conditions}
	for row, world := range p.x {
		if b.Holds(world) {
			n++
			if p.cases[row] {
				cases++
			}
		}
	}
	return n, cases
}

// sized returns the last step whose box is as large as a size asks for.
func (p *peeler) sized(steps []step, size int) int {
	least := math.Pow(0.9, float64(size)) * float64(len(p.x))
	last := 0
	for at, s := range steps {
		if float64(s.n) >= least-1e-9 {
			last = at
		}
	}
	return last
}

// measure is the coverage of a box times what its density has more than all rows.
func measure(right, in, cases, all float64) float64 {
	if in == 0 {
		return 0
	}
	return right / cases * (right/in - cases/all)
}

// simplest drops the limits of a box that cost nothing to release, the least
// needed first, and then, of the inputs, the one that costs least until no more
// than most have limits.
func (p *peeler) simplest(b box, most int) box {
	b = b.clone()
	for {
		least, highest := -1, uselessLimit
		in, freed := p.released(b)
		for l := range freed {
			if !p.inForce(b, l) {
				continue
			}
			if q := quasiP(in, freed[l]); q >= highest {
				least, highest = l, q
			}
		}
		if least < 0 {
			break
		}
		p.release(b, least)
	}
	cases, all := float64(p.count(true)), float64(len(p.x))
	for len(b.low)-p.untouched(b) > most {
		least, highest := -1, math.Inf(-1)
		in, freed := p.released(b)
		for i := range b.low {
			if !p.limited(b, i) {
				continue
			}
			with := in
			for _, f := range freed[i*sides : (i+1)*sides] {
				with = tally{with.in + f.in, with.cases + f.cases}
			}
			if m := measure(float64(with.cases), float64(with.in), cases, all); m > highest {
				least, highest = i, m
			}
		}
		for side := range sides {
			p.release(b, least*sides+side)
		}
	}
	return b
}

// uselessLimit is the quasi p-value from which a limit is not worth its words.
const uselessLimit = 0.05

// An input has two sides that may be limited, low and high. The limit at a side of
// input i has the number i*sides+side.
const sides = 2

// inForce reports whether a box has a limit.
func (p *peeler) inForce(b box, limit int) bool {
	if i := limit / sides; limit%sides == 0 {
		return b.low[i] != p.start.low[i]
	} else {
		return b.high[i] != p.start.high[i]
	}
}

// release takes a limit off a box, in place.
func (p *peeler) release(b box, limit int) {
	if i := limit / sides; limit%sides == 0 {
		b.low[i] = p.start.low[i]
	} else {
		b.high[i] = p.start.high[i]
	}
}

// released counts the rows in a box, and for each limit the rows that this one
// alone keeps out.
func (p *peeler) released(b box) (in tally, freed []tally) {
	var limited []int
	for i := range b.low {
		if p.limited(b, i) {
			limited = append(limited, i)
		}
	}
	freed = make([]tally, sides*len(b.low))
	for row, values := range p.x {
		broken, first := 0, 0
		for _, i := range limited {
			if v := values[i]; !b.allows(i, v) {
				broken++
				if first = i * sides; v > b.high[i] {
					first++
				}
			}
			if broken > 1 {
				break
			}
		}
		switch broken {
		case 0:
			in.add(p.cases[row])
		case 1:
			freed[first].add(p.cases[row])
		}
	}
	return in, freed
}

// quasiP is the chance of so many cases in a box, or more, if its density were
// that of the box with one limit less (Bryant and Lempert, Technological
// Forecasting and Social Change 77 (2010)). It is "quasi" because the limit was
// chosen on the same rows.
func quasiP(in, freed tally) float64 {
	return atLeast(in.cases, in.in, float64(in.cases+freed.cases)/float64(in.in+freed.in))
}
