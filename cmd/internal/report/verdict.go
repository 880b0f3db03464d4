package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/decide"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// words puts what a comparison found into sentences, never firmer than the intervals allow.
type words struct {
	speech
	c    *experiment.Comparison
	v    experiment.Verdict
	best []analysis.Ranking // of the project periods of each variant, by further exports per public euro

	doubt   *decide.Doubt     // nil: not asked for
	drawing *scenario.Drawing // of the worlds of doubt
}

// verdict says which variant is ahead, of what and by when; what it costs; what stopping
// loses; and how many groups never sell. The most important comes first.
func (w *words) verdict() []string {
	var lines []string
	for _, say := range []func() string{w.sold, w.looksOtherwise, w.worth, w.stays, w.lost, w.left, w.never} {
		if line := say(); line != "" {
			lines = append(lines, line)
		}
	}
	if w.c.Discount > 0 {
		lines = append(lines, w.Say("Further exports, public euros and net benefit are discounted by %s %% a year; what is sold is not.", w.Number(fmt.Sprintf("%.4g", 100*w.c.Discount))))
	}
	return lines
}

// name is that of a variant. A language that has no phrase for it as a whole may have
// one for each of the settings that make it.
func (w *words) name(v int) string { return variantName(w.Language, w.c.Variants[v]) }

func (w *words) years(y float64) string {
	if y == 1 {
		return w.Say("1 year")
	}
	return w.Say("%s years", w.yearNumber(y))
}

func (w *words) yearNumber(y float64) string {
	return w.Number(fmt.Sprintf("%g", math.Round(y*100)/100))
}

func (w *words) own() string { return w.years(w.c.Own) }

// sold says which variant sells most by the horizon, and what it costs the public.
func (w *words) sold() string {
	own, r := w.c.OwnIndex(), &w.v.Sold
	mean := func(v int) string { return w.amount(w.c.Mean(v, own, sim.ValueTotal), "k€") }
	if len(w.c.Variants) == 1 {
		return w.Say("By year %s, after a project of %s, a group has sold %s (%s) at a public cost of %s.", w.horizon(), w.own(),
			mean(0), w.ends(w.c.Mean(0, own, sim.ValueTotal)), w.cost(0))
	}
	if text := w.contest(w.Say("Sales by year %s", w.horizon()), "k€").undecided(r); text != "" {
		return text
	}
	return w.Say("By year %s, after a project of %s, %s has sold most: %s a group, %s (%s) more than %s. It costs the public %s a group, %s costs %s.",
		w.horizon(), w.own(), w.name(r.Best), mean(r.Best), w.amount(r.Lead, "k€"), w.ends(r.Lead), w.name(r.RunnerUp),
		w.cost(r.Best), w.name(r.RunnerUp), w.cost(r.RunnerUp))
}

func (w *words) horizon() string { return w.Number(fmt.Sprintf("%g", w.c.Horizon)) }

func (w *words) cost(v int) string {
	return w.amount(w.c.Mean(v, w.c.OwnIndex(), sim.PublicCost), "k€")
}

// contest is a ranking of the variants.
func (w *words) contest(of, unit string) contest {
	return contest{w.speech, of, unit, w.name, tell.Phrase("About %d more replications might tell them apart.")}
}

// values joins names with their numbers, which may have commas of their own.
func (w *words) values(parts []string) string { return strings.Join(parts, w.Say(", ")) }

// looksOtherwise says when another variant is surely ahead at the end of the project.
func (w *words) looksOtherwise() string {
	now, later := &w.v.SoldEnd, &w.v.Sold
	if now.RunnerUp < 0 || later.Best < 0 || now.Best == later.Best || slices.Contains(later.Close, now.Best) ||
		now.Against[now.RunnerUp].Finding != analysis.Ahead {
		return ""
	}
	return w.Say("The date decides: at the end of the project %s has sold most, %s (%s) more than %s.", w.name(now.Best),
		w.amount(now.Lead, "k€"), w.ends(now.Lead), w.name(now.RunnerUp))
}

// worth says which variant brings most further exports per public euro, and what that is
// worth when costs are taken off.
func (w *words) worth() string {
	if !w.c.HasAlone() {
		return ""
	}
	own := w.c.OwnIndex()
	perEuro := func(v int) analysis.Interval {
		x := w.c.Worth(v, own)
		return analysis.RatioOfMeans(x.Further, x.Public)
	}
	benefit := func(v int) string { return w.amount(analysis.Mean(w.c.Worth(v, own).Benefit), "k€") }
	r := &w.v.PerEuro
	if len(w.c.Variants) == 1 {
		return w.Say("Of that, %s is further exports that the SMEs would not have sold alone: %s per public euro (%s). Net of all costs the group is worth %s.",
			w.amount(analysis.Mean(w.c.Worth(0, own).Further), "k€"), w.amount(perEuro(0), "€"), w.ends(perEuro(0)), benefit(0))
	}
	net := func() string {
		var parts []string
		for v := range w.c.Variants {
			parts = append(parts, w.name(v)+" "+benefit(v))
		}
		return w.Say("Net of all costs a group is worth: %s.", w.values(parts))
	}
	if text := w.contest(w.Say("Further exports per public euro"), "€").undecided(r); text != "" {
		return text + " " + net()
	}
	return w.Say("Per public euro %s brings most: %s of further exports that its SMEs would not have sold alone, %s (%s) more than %s.", w.name(r.Best),
		w.amount(perEuro(r.Best), "€"), w.amount(r.Lead, "€"), w.ends(r.Lead), w.name(r.RunnerUp)) + " " + net()
}

// lost says what is lost by stopping, and what the funder has seen by then.
func (w *words) lost() string {
	own := w.c.OwnIndex()
	if w.c.Own >= w.c.Horizon {
		return ""
	}
	var lost, seen []string
	for v := range w.c.Variants {
		if math.IsNaN(w.c.Lost(v, own).Estimate) {
			continue // it never sells anything
		}
		lost = append(lost, w.name(v)+" "+w.percent(w.c.Lost(v, own)))
		seen = append(seen, w.name(v)+" "+w.percent(w.c.Seen(v, w.c.Own)))
	}
	if len(lost) == 0 {
		return w.Say("Nothing would be sold by year %s even if the project went on.", w.horizon())
	}
	text := w.Say("Stopping after %s loses, of what would be sold by year %s if the project went on: %s.", w.own(), w.horizon(), w.values(lost))
	if w.v.LostMost >= 0 {
		text += " " + w.Say("The largest share is surely lost from %s.", w.name(w.v.LostMost))
	}
	return text + " " + w.Say("The funder has seen, by the end of the project: %s.", w.values(seen))
}

// lostTitle is the finding of what stopping loses, where one variant surely loses most; else "".
func (w *words) lostTitle() string {
	if w.v.LostMost < 0 {
		return ""
	}
	share := inPercent(w.c.Lost(w.v.LostMost, w.c.OwnIndex()))
	return w.Say("Stopping after %s loses most from %s: %s %% of its sales by year %s", w.own(), w.name(w.v.LostMost), w.Number(number(share)), w.horizon())
}

// left says what was left on the table, of the variant with most of it.
func (w *words) left() string {
	own, most := w.c.OwnIndex(), 0
	if w.c.Own >= w.c.Horizon {
		return ""
	}
	open := func(v int) analysis.Interval { return w.c.Mean(v, own, sim.OpenAtEnd) }
	for v := range w.c.Variants {
		if open(v).Estimate > open(most).Estimate {
			most = v
		}
	}
	if !(open(most).Estimate > 0) {
		return ""
	}
	return w.Say("Left on the table when the project ends, in %s: %s undecided, of which %s is won later and %s never.", w.name(most),
		w.amount(open(most), "k€"), w.amount(w.c.Mean(most, own, sim.Rescued), "k€"), w.amount(w.c.Mean(most, own, sim.Stranded), "k€"))
}

// never says how many groups never sell.
func (w *words) never() string {
	var parts []string
	for v := range w.c.Variants {
		s := analysis.Share(w.c.Of(v, w.c.OwnIndex(), sim.NeverSells))
		parts = append(parts, w.name(v)+" "+w.share(s))
	}
	return w.Say("Groups that have sold nothing by year %s: %s.", w.horizon(), w.values(parts))
}

// share is a share of groups, told as a count where it is none or all.
func (w *words) share(s analysis.Interval) string {
	p := inPercent(s)
	bound := func(x float64) string { return w.Number(analysis.Round(x, x/10, analysis.ThinSpace)) }
	switch {
	case s.N == 0:
		return "–"
	case s.Estimate == 0:
		return w.Say("0 of %d (at most %s %%)", s.N, bound(p.High))
	case s.Estimate == 1:
		return w.Say("all %d (at least %s %%)", s.N, bound(p.Low))
	}
	return w.percent(s)
}
