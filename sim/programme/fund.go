package programme

import (
	"math"
	"slices"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// Tally is what a policy came to in one draw.
type Tally struct {
	Groups, Firms int
	GoneOn        int     // groups that went on at a stage gate
	Granted       float64 // k€ promised and not given back at a gate
	Worth         experiment.Worth
	Sold          float64 // k€ of all orders by the horizon, as they came
	Selling       int     // groups that sell anything by the horizon
	Lasting       int     // groups that sustain themselves,
	Known         int     // of those of which that can be said
	TopFifth      float64 // share of Sold that the best-selling fifth of groups has; NaN where nothing is sold
	Kinds         []Kind  // by index into Programme.Pool

	sales []float64
}

// Kind is what a policy came to in one draw with applicants of one kind.
type Kind struct {
	Applied, Funded int
	Further, Public float64 // k€
}

// Funded is a group that a policy has funded.
type Funded struct {
	Policy, Draw, Applicant, Kind int
	Treatment                     // in all, with the years after a gate
	GoneOn                        bool
	Granted                       float64 // k€
	Sold                          float64 // k€
	Worth                         experiment.Worth
}

// Fund hands out the money of a draw under every policy, and tells each of every
// group that it funds; visit may be nil.
func (s *Study) Fund(b *Book, draw int, visit func(Funded) error) ([]Tally, error) {
	q := s.queues(draw)
	by := q.who(s.Programme.Applicants)
	tallies := make([]Tally, len(s.Programme.Policy))
	for k := range tallies {
		t := &tallies[k]
		t.Kinds = make([]Kind, len(s.Programme.Pool))
		for _, kind := range q.kinds {
			t.Kinds[kind].Applied++
		}
		left := s.Programme.Budget
		for _, n := range q.order[k] {
			o := &q.offers[k][n]
			if o.Most() > left {
				break
			}
			f, ok := s.group(b, q, draw, k, int(n), by[n])
			if !ok {
				continue // it could not be simulated
			}
			left -= f.Granted
			t.add(b, &f.Funded, f.line)
			if visit == nil {
				continue
			}
			if err := visit(f.Funded); err != nil {
				return nil, err
			}
		}
		t.close()
	}
	return tallies, nil
}

// who says by which policies each applicant may be funded, a bit each.
func (q *queues) who(applicants int) []uint64 {
	by := make([]uint64, applicants)
	for policy, order := range q.order {
		for _, n := range order {
			by[n] |= 1 << policy
		}
	}
	return by
}

// outcomeOf is a funded group and what it came to.
type outcomeOf struct {
	Funded
	line line
}

// group is what a policy gives to an applicant, and what comes of it; false where
// that is not in the book.
func (s *Study) group(b *Book, q *queues, draw, policy, n int, by uint64) (f outcomeOf, ok bool) {
	all, first, on := treatments(by, func(k int) *Offer { return &q.offers[k][n] }, len(q.offers))
	lines := b.of(draw, n)
	if len(lines) != len(all) {
		return f, false
	}
	o := &q.offers[policy][n]
	f.Funded = Funded{Policy: policy, Draw: draw, Applicant: n, Kind: int(q.kinds[n]), Treatment: o.Treatment, Granted: o.First}
	f.line = lines[first[policy]]
	if e := s.Programme.Policy[policy].Extend; e != nil && b.passes(e, &q.sees[policy][n], f.line) {
		f.GoneOn, f.line = true, lines[on[policy]]
		f.Years, f.Granted = o.GoesOn, o.Most()
	}
	f.Worth, f.Sold = b.worth(f.line), b.outcome(f.line, sim.ValueTotal)
	return f, true
}

// add adds a group.
func (t *Tally) add(b *Book, f *Funded, l line) {
	t.Groups++
	t.Firms += f.SMEs
	t.Granted += f.Granted
	t.Sold += f.Sold
	t.sales = append(t.sales, f.Sold)
	if f.GoneOn {
		t.GoneOn++
	}
	if b.outcome(l, sim.NeverSells) == 0 {
		t.Selling++
	}
	if lasts := b.outcome(l, sim.SelfSustaining); lasts == lasts {
		t.Known++
		t.Lasting += int(lasts)
	}
	w, k := &t.Worth, &t.Kinds[f.Kind]
	w.Sales, w.Alone, w.Further = w.Sales+f.Worth.Sales, w.Alone+f.Worth.Alone, w.Further+f.Worth.Further
	w.Public, w.Benefit = w.Public+f.Worth.Public, w.Benefit+f.Worth.Benefit
	k.Funded++
	k.Further, k.Public = k.Further+f.Worth.Further, k.Public+f.Worth.Public
}

// close works out what takes all groups.
func (t *Tally) close() {
	slices.Sort(t.sales)
	best := 0.0
	for _, v := range t.sales[len(t.sales)-(len(t.sales)+4)/5:] {
		best += v
	}
	t.TopFifth = over(best, t.Sold)
	t.sales = nil
}

// over is a / b, missing where there is nothing to divide by.
func over(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}
