package plots

import (
	"fmt"
	"slices"

	"epgsim/sim/analysis"
)

// AskingInput is what it would be worth to know before a decision.
type AskingInput struct {
	Objective  Measure
	Everything analysis.Interval // worth of knowing all unknowns
	Questions  []AskingQuestion
}

// AskingQuestion is one unknown.
type AskingQuestion struct {
	Factor
	Value  analysis.Interval // worth of knowing it
	Asking bool              // it is worth asking: chance alone would hardly show as much
}

// WorthAsking draws the value of information: of everything, then of each unknown,
// those that are worth asking first.
func WorthAsking(in AskingInput) (*Figure, error) {
	if !known(in.Everything) || !every(in.Questions, func(q AskingQuestion) bool { return drawable(q.Value) }) || len(in.Questions) == 0 {
		return nil, unusable("value of information")
	}
	asking := ranked(in.asking(true), func(q AskingQuestion) float64 { return q.Value.Estimate })
	in.Questions = append(asking, in.asking(false)...) // the others as they come: their estimates rank nothing
	show, rest := in.Questions, ""
	if n := len(show) - (mostRows - 1); n > 0 {
		show, rest = show[:mostRows-1], count(n, "further unknown")+" not shown"
	}
	u := roundingOf(append(show, AskingQuestion{Value: in.Everything}), func(q AskingQuestion) float64 { return q.Value.Estimate })
	c := rowChart{heads: [][2]string{{"worth", in.Objective.Unit}}, title: in.Objective.in("Worth of knowing before choosing"), rest: rest, guides: true}
	c.add(Factor{Label: "everything that is unknown"}, false, told(in.Everything, in.Objective.value), func(g panel) { g.dot(g.r.my(), in.Everything, markDiamond, ink) }, u.text(in.Everything.Estimate))
	seen := []analysis.Interval{in.Everything}
	for _, q := range show {
		cell := "~"
		if q.Asking {
			cell = u.text(q.Value.Estimate)
		}
		c.add(q.Factor, !q.Asking, q.told(in.Objective), q.draw, cell)
		seen = append(seen, q.Value)
	}
	var s span
	s.reach(seen)
	c.x = fromZero(s).thinned(5)
	f := in.Objective.figure("decide-asking", "")
	f.Name, f.Title = "decide-asking", "What to find out first"
	f.sub = in.Objective.under("Worth of knowing the true value before choosing; nothing that costs more to find out is worth it")
	f.key = []keyItem{keyEstimate("estimate, 95"+nbsp+"% interval; ~ not told from worthless", markCircle, senseDot)}
	f.Alt, f.Caption = "Dot chart of the value of information, with 95 % intervals. ", in.caption()
	return c.figure(f).Headed(in.finding()), nil
}

func (q AskingQuestion) draw(g panel) {
	if q.Asking {
		g.fromZero(q.Value, false)
		return
	}
	g.zero(rule)
	g.across(g.r.my(), 0, q.Value.High, stroke{col: sensePale, width: 0.8}) // an estimate would be quoted
}

// asking are the questions that are worth asking, or the others.
func (in AskingInput) asking(worth bool) []AskingQuestion {
	return slices.DeleteFunc(slices.Clone(in.Questions), func(q AskingQuestion) bool { return q.Asking != worth })
}

// finding names what is worth asking, where it is little.
func (in AskingInput) finding() string {
	ask := in.asking(true)
	return when(len(ask) > 0 && len(ask) <= 3, "Find out first: %s", list(mapped(ask, func(q AskingQuestion) string { return q.Label })))
}

func (in AskingInput) caption() string {
	ask := firstFew(in.Questions, 3, func(q AskingQuestion) bool { return q.Asking },
		func(q AskingQuestion) string {
			return fmt.Sprintf("%s (%s)", q.Label, in.Objective.value(q.Value.Estimate))
		})
	return sentences("to know everything would be worth "+told(in.Everything, in.Objective.value),
		named(ask, "of single unknowns these are worth asking: ", "no single unknown can be said to be worth asking"))
}

func (q AskingQuestion) told(m Measure) string {
	if !q.Asking {
		return "not told from worthless, at most " + m.value(q.Value.High)
	}
	return told(q.Value, m.value)
}
