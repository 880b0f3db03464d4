package programme

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"epgsim/sim/scenario"
)

// Study is a programme that is drawn Times times. Many goroutines may use it at once.
type Study struct {
	Programme *scenario.Programme

	// Worlds, where it is not nil, are drawn one for each draw of the programme: what
	// nobody knows is the same for all who apply then, and another in the next draw.
	Worlds *scenario.Drawing

	shares []float64  // of the kinds of applicants, summed up
	named  [][]uint64 // by kind: the names of what differs among them, as numbers

	mu    sync.Mutex
	plans map[int]*who
}

// New makes a study of a programme.
func New(p *scenario.Programme) *Study {
	s := &Study{Programme: p, plans: map[int]*who{}}
	total := 0.0
	for i := range p.Pool {
		total += p.Pool[i].Weight
		var names []uint64
		for k := range p.Pool[i].Vary {
			names = append(names, named(p.Pool[i].Vary[k].Parameter.Name))
		}
		s.shares, s.named = append(s.shares, total), append(s.named, names)
	}
	for i := range s.shares {
		s.shares[i] /= total
	}
	return s
}

// Shape is how the runs are cut into pieces: so many applicants by so many draws.
// A piece is about a quarter of a thousand applicants, simulated in a second or
// so.
func (s *Study) Shape() (applicants, draws int) {
	const size = 250
	applicants = min(s.Programme.Applicants, size)
	return applicants, max(1, size/applicants)
}

// who says by which policies each applicant of a draw may be funded, a bit each.
type who struct {
	once sync.Once
	by   []uint64
}

// whoMay returns who may be funded in a draw. It is found once.
func (s *Study) whoMay(draw int) []uint64 {
	s.mu.Lock()
	w := s.plans[draw]
	if w == nil {
		w = &who{}
		s.plans[draw] = w
	}
	s.mu.Unlock()
	w.once.Do(func() {
		w.by = s.queues(draw).who(s.Programme.Applicants)
	})
	return w.by
}

// queues are the applicants of a draw, and their order in the eyes of each policy.
type queues struct {
	kinds  []uint8
	offers [][]Offer // by policy and applicant
	sees   [][]seen  // the same, of policies with a stage gate; else nil
	order  [][]int32 // by policy: the applicants that it may come to, first the best
}

// queues lets everybody of a draw apply under all policies.
func (s *Study) queues(draw int) *queues {
	p := s.Programme
	q := &queues{kinds: make([]uint8, p.Applicants), offers: make([][]Offer, len(p.Policy)), sees: make([][]seen, len(p.Policy)), order: make([][]int32, len(p.Policy))}
	for k := range q.offers {
		q.offers[k] = make([]Offer, p.Applicants)
		if p.Policy[k].Extend != nil {
			q.sees[k] = make([]seen, p.Applicants)
		}
	}
	tickets, w := make([]float64, p.Applicants), s.newDrawer()
	var fit []int32
	for n := range p.Applicants {
		a := w.draw(draw, n)
		q.kinds[n], tickets[n] = uint8(a.Kind), a.ticket
		if a.Reason != "" {
			continue
		}
		fit = append(fit, int32(n))
		params := a.Params
		for k := range q.offers {
			o, sees := w.offer(k, a, &params)
			if q.offers[k][n] = o; q.sees[k] != nil {
				q.sees[k][n] = sees
			}
		}
	}
	for k := range q.order {
		q.order[k] = within(ordered(fit, &p.Policy[k], q.offers[k], tickets), q.offers[k], p.Budget)
	}
	return q
}

// ordered puts applicants in a policy's order; of equals the first to apply is
// first.
func ordered(fit []int32, policy *scenario.Policy, offers []Offer, tickets []float64) []int32 {
	by := func(n int32) float64 { return 0 }
	switch policy.Select {
	case scenario.Lottery:
		by = func(n int32) float64 { return tickets[n] }
	case scenario.ByScore:
		by = func(n int32) float64 {
			if score := offers[n].Score; score == score {
				return -score
			}
			return math.Inf(1)
		}
	}
	order := slices.Clone(fit)
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(by(a), by(b)) })
	return order
}

// within is the beginning of an order that a policy may come to with its budget: all
// before whom the money may not be spent, if nobody goes on at a gate.
func within(order []int32, offers []Offer, budget float64) []int32 {
	for k, n := range order {
		if offers[n].Most() > budget {
			return order[:k]
		}
		budget -= offers[n].First
	}
	return order
}

// treatments are what the policies in a set of bits may give to an applicant, each
// once. first and on say which is whose, by policy; -1 is none.
func treatments(by uint64, offer func(policy int) *Offer, policies int) (all []Treatment, first, on []int8) {
	index := func(t Treatment) int8 {
		k := slices.Index(all, t)
		if k < 0 {
			k, all = len(all), append(all, t)
		}
		return int8(k)
	}
	for k := range policies {
		first, on = append(first, -1), append(on, -1)
		if by>>k&1 == 0 {
			continue
		}
		o := offer(k)
		first[k] = index(o.Treatment)
		if o.GoesOn > 0 {
			t := o.Treatment
			t.Years = o.GoesOn
			on[k] = index(t)
		}
	}
	return all, first, on
}
