package plots

import (
	"math"
	"slices"

	"epgsim/sim/analysis"
)

// StagesInput is what the figure of where the time goes shows: how long the
// stages of a deal take, and when groups have their first.
type StagesInput struct {
	Words

	Forms []StagesForm // at most 12

	// ProjectYears is when the project, and with it the public funding, ends,
	// in years, within the series of first deals.
	ProjectYears float64

	// By is what the forms differ in; "" is the organisational form.
	By string
}

// StagesForm is one form.
type StagesForm struct {
	Form Form

	// Trust, Offer and Negotiation are the mean weeks, of deals won, of winning
	// the customer's trust, making a joint offer and negotiating: one follows on
	// the other, from the open door to the deal. A stage that the form does not
	// have is 0; NaN is where no deal was won. Their intervals may be missing,
	// and are told in words.
	Trust, Offer, Negotiation analysis.Interval

	// FirstDeal is the share (0..1) of groups with a first deal: Mean with its
	// 95 % interval Low, High, for week t at index t. The quantiles are not used.
	FirstDeal analysis.Band
}

// stageTerms name the stages; stageTints are how much of a form's colour each
// keeps.
var (
	stageTerms = [3]string{termTrust, termOffer, termNegotiation}
	stageTints = [3]float64{0.3, 1, 0.62}
)

func (f StagesForm) stages() [3]analysis.Interval {
	return [3]analysis.Interval{f.Trust, f.Offer, f.Negotiation}
}

// weeks is how long a deal takes in all; NaN where none was won.
func (f StagesForm) weeks() float64 {
	return f.Trust.Estimate + f.Offer.Estimate + f.Negotiation.Estimate
}

// inWeeks writes a number of weeks: a mean over deals holds no more figures.
func inWeeks(v float64) string {
	if math.Abs(v) < 9.95 {
		return trimZero(num(v, 1))
	}
	return num(v, 0)
}

func (in StagesInput) ok() bool {
	return some(in.Forms, MostVariants) && every(in.Forms, func(f StagesForm) bool {
		n := len(in.Forms[0].FirstDeal.Mean)
		s := f.stages()
		return hasMean(f.FirstDeal, n) && endsWithin(in.ProjectYears, n) && areShares(f.FirstDeal.Mean...) && drawable(s[:]...) &&
			every(s[:], func(iv analysis.Interval) bool { return !(iv.Estimate < 0) })
	})
}

// Stages draws, per form, how many weeks of a deal go into each of its stages,
// and beside it the share of groups with a first deal by week.
func Stages(in StagesInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("stages")
	}
	f := Figure{
		words: in.Words,
		Name:  "stages", Title: in.say(termStagesTitle) + in.byWhat(in.By, len(in.Forms)),
		Alt: in.local(in.alt()), Caption: in.local(in.caption()), draw: in.draw,
		sub: in.say(termStagesSub) + in.explained(),
	}
	for i, s := range stageTerms {
		f.key = append(f.key, keyArea(in.say(s), ink.tint(stageTints[i])))
	}
	f.key = append(f.key, keyEnd(in.say(termEnd, in.inYears(in.ProjectYears))))
	return f.sized(in.height), nil
}

// explained says what the curves' panels show besides a form's line.
func (in StagesInput) explained() string {
	if in.together() {
		return in.say(termShaded)
	}
	return in.say(termOthers)
}

func (in StagesInput) forms() []Form {
	return mapped(in.Forms, func(f StagesForm) Form { return f.Form })
}

// byEnd is the share of a form's groups with a first deal when the project
// ends.
func (in StagesInput) byEnd(f StagesForm) analysis.Interval {
	return at(f.FirstDeal, weekAt(in.ProjectYears))
}

// caption says where a deal takes longest and in which stage it takes longer
// than elsewhere, and how many groups have a deal when the funding ends.
func (in StagesInput) caption() string {
	all := mapped(in.Forms, func(f StagesForm) stand { return stand{f.Form, analysis.Interval{Estimate: f.weeks()}} })
	end := mapped(in.Forms, func(f StagesForm) stand { return stand{f.Form, in.byEnd(f)} })
	a, b := in.fewValues(all, func(v float64) string { return in.say("%s weeks", inWeeks(v)) }), in.fewValues(end, pct)
	if a != "" {
		a = in.say("from the open door to the deal go: %s", a)
	}
	if b != "" {
		b = in.say("when the public funding ends after %s, this share of groups has a first deal: %s", in.inYears(in.ProjectYears), b)
	}
	return sentences(a, in.longest(), b)
}

// longest names the stage that makes most of the difference between the form
// with the longest and the one with the shortest way to a deal.
func (in StagesInput) longest() string {
	rank := ranked(slices.DeleteFunc(slices.Clone(in.Forms), func(f StagesForm) bool { return !finite(f.weeks()) }), StagesForm.weeks)
	if len(rank) < 2 {
		return ""
	}
	slow, fast := rank[0], rank[len(rank)-1]
	most, by := "", 0.0
	for i, s := range slow.stages() {
		if d := s.Estimate - fast.stages()[i].Estimate; d > by {
			most, by = stageTerms[i], d
		}
	}
	if by < 1 {
		return ""
	}
	return in.say("%s takes longer than %s mostly for %s (%s weeks more)", slow.Form.inText(), fast.Form.inText(), in.say(most), inWeeks(by))
}

func (in StagesInput) alt() string {
	return described(in.say("Stacked bars of the mean weeks of deals won by stage, and a line chart of the share of groups with a first deal by week, one bar and one line per form. "),
		in.Forms, ". ", func(f StagesForm) string {
			n := len(f.FirstDeal.Mean)
			s := f.Form.name() + ": " + in.say(termNoDeal)
			if finite(f.weeks()) {
				parts := ""
				for i, iv := range f.stages() {
					parts += ", " + in.say(stageTerms[i]) + " " + in.value(iv, inWeeks)
				}
				s = f.Form.name() + ": " + in.say("%s weeks", inWeeks(f.weeks())) + parts
			}
			return in.say("%s; %s of groups have a first deal when the funding ends after %s, %s after %s", s,
				in.value(in.byEnd(f), pct), in.inYears(in.ProjectYears), pct(f.FirstDeal.Mean[n-1]), in.inYears(horizon(n)))
		})
}
