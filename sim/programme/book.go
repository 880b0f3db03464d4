package programme

import (
	"fmt"
	"slices"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// Book is what applicants came to, as far as handing out money and judging it need.
type Book struct {
	Outcomes []sim.Outcome // that are kept, and wanted by Add in this order

	draws  []page
	stride int
}

// page is the book of a draw: lines of outcomes, private cost and worth.
type page struct {
	applicants []int32 // of each line, ascending
	values     []float64
}

// told are the outcomes of the model that answers are made of.
var told = []sim.Outcome{sim.ValueTotal, sim.NeverSells, sim.SelfSustaining}

// besides is how many numbers of a line are not Outcomes.
const besides = 6

// NewBook is an empty book of so many draws.
func (s *Study) NewBook(draws int) *Book {
	b := &Book{Outcomes: slices.Clone(told), draws: make([]page, draws)}
	for i := range s.Programme.Policy {
		if e := s.Programme.Policy[i].Extend; e != nil {
			for _, name := range e.When.Names() {
				if o, ok := sim.OutcomeNamed(name); ok && slices.Contains(scenario.GateOutcomes(), o) && !slices.Contains(b.Outcomes, o) {
					b.Outcomes = append(b.Outcomes, o)
				}
			}
		}
	}
	b.stride = len(b.Outcomes) + besides
	return b
}

// Draws is how many draws the book has.
func (b *Book) Draws() int { return len(b.draws) }

// Add adds what an applicant came to with its next treatment, in the order in which
// Study.Run has them; applicants of a draw must come in order. private is
// Outcome.Private.
func (b *Book) Add(draw, applicant int, values []float64, private float64, w experiment.Worth) error {
	if draw < 0 || draw >= len(b.draws) {
		return fmt.Errorf("there is no draw %d", draw)
	}
	p := &b.draws[draw]
	if n := len(p.applicants); n > 0 && p.applicants[n-1] > int32(applicant) {
		return fmt.Errorf("draw %d: applicant %d after applicant %d", draw, applicant, p.applicants[n-1])
	}
	p.applicants = append(p.applicants, int32(applicant))
	p.values = append(append(p.values, values...), private, w.Sales, w.Alone, w.Further, w.Public, w.Benefit)
	return nil
}

// line is what an applicant came to with one treatment.
type line []float64

// of are the lines of an applicant.
func (b *Book) of(draw, applicant int) (lines []line) {
	p := &b.draws[draw]
	at, _ := slices.BinarySearch(p.applicants, int32(applicant))
	for ; at < len(p.applicants) && p.applicants[at] == int32(applicant); at++ {
		lines = append(lines, p.values[at*b.stride:(at+1)*b.stride])
	}
	return lines
}

func (b *Book) outcome(l line, o sim.Outcome) float64 { return l[slices.Index(b.Outcomes, o)] }

func (b *Book) private(l line) float64 { return l[len(b.Outcomes)] }

func (b *Book) worth(l line) experiment.Worth {
	w := l[len(b.Outcomes)+1:]
	return experiment.Worth{Sales: w[0], Alone: w[1], Further: w[2], Public: w[3], Benefit: w[4]}
}

// passes says whether a group goes on at a gate of a policy that sees so much of it,
// where l is what it has come to.
func (b *Book) passes(e *scenario.Extension, sees *seen, l line) bool {
	var at [int(scenario.NSeen) + int(sim.NOutcomes)]float64
	copy(at[:], sees[:])
	for k, g := range scenario.GateOutcomes() {
		switch i := slices.Index(b.Outcomes, g); {
		case g == sim.PrivateCost:
			at[int(scenario.NSeen)+k] = b.private(l) // at the gate, not at the horizon
		case i >= 0:
			at[int(scenario.NSeen)+k] = l[i]
		}
	}
	return e.When.Holds(at[:])
}
