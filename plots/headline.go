package plots

import (
	"cmp"
	"slices"
	"strings"

	"epgsim/sim/analysis"
)

// HeadlineInput is what the headline figure shows: what groups lose when their
// project stops, and how much of what it brings the funder sees.
//
// All shares are of what the same group sells by the horizon if its project
// goes on until then.
type HeadlineInput struct {
	Words

	Title string // the finding in one sentence; "" says only what is shown

	Forms []HeadlineForm // at most 12, in this order

	// Years are the project periods, in years, ascending, at most 12; none
	// outlasts the horizon.
	Years []float64

	// HorizonYears is up to when, in years after the start, sales are counted.
	HorizonYears float64

	// OwnYears is the scenario's own period, which is marked where it is one of
	// Years.
	OwnYears float64

	// By is what the forms differ in; "" is the organisational form.
	By string
}

// HeadlineForm is one variant's shares, one for each of Years, with their 95 %
// intervals (NaN: no interval). An estimate is NaN where nothing is sold.
type HeadlineForm struct {
	Form Form

	// Lost is lost by stopping: 1 less what is sold by the horizon when the
	// project ends, as a share (0..1; below 0 where stopping brings more).
	Lost []analysis.Interval

	// Seen is seen by the funder: what is sold by the project's end, as a share
	// (0..1).
	Seen []analysis.Interval
}

func (in HeadlineInput) ok() bool {
	n := len(in.Years)
	return some(in.Forms, MostVariants) && periodsOK(in.Years, 12) && isTime(in.HorizonYears) && in.Years[n-1] <= in.HorizonYears+1e-9 &&
		every(in.Forms, func(f HeadlineForm) bool {
			return len(f.Lost) == n && len(f.Seen) == n && drawable(f.Lost...) && drawable(f.Seen...) &&
				every(f.Seen, func(iv analysis.Interval) bool { return areShares(iv.Estimate) }) &&
				every(f.Lost, func(iv analysis.Interval) bool { return !(iv.Estimate > 1+1e-9) })
		})
}

// periodsOK says whether an axis can show the project periods.
func periodsOK(years []float64, most int) bool {
	return some(years, most) && ascending(years) && isTime(years[0]) && isTime(years[len(years)-1])
}

// own is the index of the scenario's own period, or -1.
func (in HeadlineInput) own() int { return slices.Index(in.Years, in.OwnYears) }

// spoken is the period that words tell of: the own one, else the shortest.
func (in HeadlineInput) spoken() int { return max(0, in.own()) }

// Headline draws the project's first picture: a column for each period of the
// project, which is what a group sells whose project goes on. It is parted
// into what the funder has seen when the project ends, what is sold later all
// the same, and what is lost by stopping.
func Headline(in HeadlineInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("headline")
	}
	title := in.say(termLostEarly) + in.byWhat(in.By, len(in.Forms))
	key := []keyItem{keyHatch(in.say(termLost), ink), keyArea(in.say(termLater, sig(in.HorizonYears)), ink.tint(afterTint)), keyArea(in.say(termSeenInside), ink)}
	if k := in.own(); k >= 0 {
		title = in.say(termLostTitle, in.inYears(in.OwnYears)) + in.byWhat(in.By, len(in.Forms))
		if len(in.Years) > 1 {
			key = append(key, keyArea(in.say(termOwn, in.inYears(in.OwnYears)), ownPlate))
		}
	}
	f := Figure{
		words: in.Words,
		Name:  "headline", Title: cmp.Or(clean(in.Title), title), Alt: in.alt(), Caption: in.caption(),
		sub: in.say(termLostSub, sig(in.HorizonYears)), key: key,
	}
	return in.panels().figure(f), nil
}

// lost are the forms' shares lost at period k.
func (in HeadlineInput) lost(k int) []stand {
	return mapped(in.Forms, func(f HeadlineForm) stand { return stand{f.Form, f.Lost[k]} })
}

func (in HeadlineInput) seen(k int) []stand {
	return mapped(in.Forms, func(f HeadlineForm) stand { return stand{f.Form, f.Seen[k]} })
}

// caption says what stopping loses at the own period, who loses most, and what
// the funder has seen by then.
func (in HeadlineInput) caption() string {
	k := in.spoken()
	lost := in.lost(k)
	rank := ranking(lost)
	if len(rank) == 0 {
		return sentences(in.say("nothing is sold by year %s, so that stopping loses nothing", sig(in.HorizonYears)))
	}
	first := leaders(rank)
	who := ""
	switch {
	case len(rank) == 1:
	case len(first) == 1:
		who = in.say("%s loses most", first[0].form.inText())
	case len(first) == len(rank):
		who = in.say("the intervals of all overlap that of the greatest loss")
	default:
		who = in.say("most is lost by %s, whose intervals overlap", in.few(namesOf(first)))
	}
	seen := in.fewValues(in.seen(k), pct)
	if seen != "" {
		seen = in.say("by its end the funder has seen %s of them", seen)
	}
	return sentences(in.say("a project that ends after %s, and not in year %s, loses this share of the sales by year %s: %s",
		in.inYears(in.Years[k]), sig(in.HorizonYears), sig(in.HorizonYears), in.fewValues(lost, pct)), who, seen)
}

// fewValues are the values of up to four variants, and how far those of more
// reach.
func (w Words) fewValues(ss []stand, text func(float64) string) string {
	rank := ranking(ss)
	if len(rank) <= mostTogether {
		return w.valuesOf(ss, text)
	}
	most, least := rank[0], rank[len(rank)-1]
	return w.say("from %s (%s) to %s (%s)", text(least.v.Estimate), least.form.inText(), text(most.v.Estimate), most.form.inText())
}

func (in HeadlineInput) alt() string {
	parts := each(in.Forms, func(f HeadlineForm) string {
		var at []string
		for k, y := range in.Years {
			if !finite(f.Lost[k].Estimate) {
				continue
			}
			at = append(at, in.say("%s %s, seen %s", in.inYears(y), in.value(f.Lost[k], pct), pct(f.Seen[k].Estimate)))
		}
		if len(at) == 0 {
			return f.Form.name() + ": " + in.say(termNothing)
		}
		return f.Form.name() + ": " + strings.Join(at, "; ")
	})
	return in.say("Stacked columns, one panel per variant and one column per length of the project. A whole column is what a group sells by year %s if its project goes on. "+
		"Lost by stopping, with 95 %% intervals, and seen by the funder, by length of the project. %s.", sig(in.HorizonYears), strings.Join(parts, ". "))
}
