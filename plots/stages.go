package plots

import (
	"math"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// StagesInput is what the figure of where the time goes shows: how long the
// stages of a deal take.
type StagesInput struct {
	Words

	Forms []StagesForm // at most 12
	By    string       // what the forms differ in; "" is the organisational form
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
		s := f.stages()
		return drawable(s[:]...) && every(s[:], func(iv analysis.Interval) bool { return !(iv.Estimate < 0) })
	})
}

// Stages draws, per form, how many weeks of a deal go into each of its stages.
func Stages(in StagesInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("stages")
	}
	c := rowChart{heads: [][2]string{{"", ""}, {in.say("weeks"), ""}}, title: in.say(termStagesAxis), tall: true}
	var seen span
	for _, f := range in.Forms {
		parts := mapped(f.parts(), func(s segment) string { return s.text })
		total := inWeeks(f.weeks())
		if !finite(f.weeks()) {
			parts = nil
		}
		c.addForm(f.Form, f.told(in.Words), f.draw, strings.Join(parts, " + "), total)
		seen.add(f.weeks())
	}
	c.x = newAxis(0, max(1, seen.hi), maxTicks)
	f := Figure{
		words: in.Words,
		Name:  "stages", Title: in.say("Where the time goes") + in.byWhat(in.By, len(in.Forms)),
		Alt: in.say("Stacked bars of the mean weeks of deals won by stage, one bar per form. "), Caption: in.caption(),
		sub: in.say("Deals won, mean weeks from the open door to the deal, by stage"),
	}
	for i, s := range stageTerms {
		f.key = append(f.key, keyArea(in.say(s), ink.tint(stageTints[i])))
	}
	return c.figure(f), nil
}

// parts are the stages of a form as parts of its bar.
func (f StagesForm) parts() (parts []segment) {
	for i, iv := range f.stages() {
		parts = append(parts, segment{value: iv.Estimate, fill: f.Form.look().fill.tint(stageTints[i]), text: inWeeks(iv.Estimate)})
	}
	return parts
}

func (f StagesForm) draw(g panel) {
	if !finite(f.weeks()) {
		g.text(g.r.x0+4, mid(g.r.my(), sizeTick), g.say(termNoDeal), letters{size: sizeTick, col: muted})
		return
	}
	g.stack(g.r.inset(0, 3, 0, 3), f.parts())
}

// told says how long the stages take, with their intervals.
func (f StagesForm) told(w Words) string {
	if !finite(f.weeks()) {
		return w.say(termNoDeal)
	}
	s := w.say("%s weeks", inWeeks(f.weeks()))
	for i, iv := range f.stages() {
		s += ", " + w.say(stageTerms[i]) + " " + w.value(iv, inWeeks)
	}
	return s
}

// caption says where a deal takes longest, and in which stage it takes longer than
// elsewhere.
func (in StagesInput) caption() string {
	all := mapped(in.Forms, func(f StagesForm) stand { return stand{f.Form, analysis.Interval{Estimate: f.weeks()}} })
	weeks := in.fewValues(all, func(v float64) string { return in.say("%s weeks", inWeeks(v)) })
	if weeks == "" {
		return sentences(in.say(termNoDeal))
	}
	return sentences(in.say("from the open door to the deal go: %s", weeks), in.longest())
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
