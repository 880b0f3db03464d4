package plots

import (
	"fmt"

	"epgsim/sim/analysis"
)

// DecideInput is how the options of a decision stand over many worlds.
type DecideInput struct {
	Objective Measure
	Worlds    int // that every option met
	Options   []DecideOption
}

// DecideOption is one option.
type DecideOption struct {
	Form                         // name and look
	Mean       analysis.Interval // of the objective over worlds
	Low, High  float64           // 5 % of the worlds lie below the first, 5 % above the second
	BestIn     float64           // share of worlds in which it is the best, 0..1; NaN: out
	Regret     float64           // mean of how far it is behind the best; NaN: out
	Chosen     bool              // the one that the answer names
	InQuestion bool              // it may still be as good
	Out        bool              // it does not meet a requirement
}

// DecideOptions draws what each option comes to over the worlds, the best on average
// first and those that are out last: the range over worlds, the mean with its
// interval, how often it is the best and how far it is behind the best.
func DecideOptions(in DecideInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("options of a decision")
	}
	in.Options = ranked(in.Options, func(o DecideOption) float64 { return o.Mean.Estimate })
	in.Options = append(in.only(false), in.only(true)...)
	show, rest := shown(in.Options, mostRows, "option")
	c := rowChart{
		heads: [][2]string{{"mean", ""}, {"best in", "of worlds"}, {"mean", "regret"}},
		title: in.Objective.in(in.Objective.Label),
		rest:  rest, guides: true,
	}
	var seen span
	u := roundingOf(show, func(o DecideOption) float64 { return o.Mean.Estimate }) / 10
	for _, o := range show {
		seen.interval(o.Mean)
		seen.add(o.Low, o.High, 0)
		best, regret := "out", ""
		if !o.Out {
			best, regret = pct(o.BestIn), u.text(o.Regret)
		}
		c.add(Factor{Label: o.Form.name()}, o.Out, o.told(in.Objective), o.draw, u.text(o.Mean.Estimate), best, regret)
	}
	pad := 0.03 * (seen.hi - seen.lo)
	c.x = newAxis(seen.lo-pad, seen.hi+pad, 5)
	f := in.Objective.figure("decide-options", ": the options over everything that is unknown")
	f.Name = "decide-options"
	f.sub = in.Objective.under(fmt.Sprintf("%s worlds, each a draw of all unknowns; best and regret: compared with the best option in the same world", num(float64(in.Worlds), 0)))
	f.key = []keyItem{keyEstimate("mean over worlds, 95"+nbsp+"% interval", markCircle, ink), keyArea("nine of ten worlds", senseSpan)}
	f.Alt = fmt.Sprintf("Dot chart of %s by option, with 95 %% intervals of the mean and the range of nine of ten worlds. ", firstLower(in.Objective.Label))
	f.Caption = in.caption()
	return c.figure(f).Headed(in.finding()), nil
}

func (in DecideInput) ok() bool {
	return some(in.Options, 500) && every(in.Options, func(o DecideOption) bool {
		return drawable(o.Mean) && areShares(o.BestIn)
	})
}

// only are the options that are out, or those that are not.
func (in DecideInput) only(out bool) (some []DecideOption) {
	for _, o := range in.Options {
		if o.Out == out {
			some = append(some, o)
		}
	}
	return some
}

func (o DecideOption) draw(g panel) {
	y, c := g.r.my(), o.Form.look()
	band := c.fill.tint(0.28)
	if o.Out {
		band = senseSpan.tint(0.5)
	}
	if finite(o.Low) && finite(o.High) {
		g.rect(band, rect{g.px(o.Low), y - 3.4, g.px(o.High), y + 3.4})
	}
	g.zero(rule)
	if finite(o.Mean.Estimate) {
		g.dot(y, o.Mean, c.mark, c.ink)
	}
}

// finding names the option that is best on average, and never as if it were alone
// where it is not told from others.
func (in DecideInput) finding() string {
	others := number(in.Options, func(o DecideOption) bool { return o.InQuestion && !o.Chosen })
	for _, o := range in.Options {
		if o.Chosen {
			return o.Form.inSentence() + " is best on average" + when(others == 0, ", and the best in %s of worlds", pct(o.BestIn)) +
				when(others == 1, "; one other option may be as good") + when(others > 1, "; %d others may be as good", others)
		}
	}
	return ""
}

// inSentence begins a sentence with the option's name.
func (f Form) inSentence() string { return firstUpper(f.name()) }

func (in DecideInput) caption() string {
	var chosen, least DecideOption
	var open []string
	for _, o := range in.only(false) {
		if o.Chosen {
			chosen = o
		} else if o.InQuestion {
			open = append(open, o.Form.name())
		}
		if least.Form.Name == "" || o.Regret < least.Regret {
			least = o
		}
	}
	out := each(in.only(true), func(o DecideOption) string { return o.Form.name() })
	return sentences(
		when(chosen.Form.Name != "", "%s comes to %s on average; nine of ten worlds lie between %s and %s", chosen.Form.name(),
			in.Objective.value(chosen.Mean.Estimate), in.Objective.value(chosen.Low), in.Objective.value(chosen.High)),
		named(open, "not told apart from it: ", ""),
		when(least.Form.Name != "" && least.Form.Name != chosen.Form.Name, "the least regret has %s (%s)", least.Form.name(), in.Objective.value(least.Regret)),
		named(out, "out, for a requirement is not met: ", ""))
}

func (o DecideOption) told(m Measure) string {
	s := fmt.Sprintf("%s, nine of ten worlds %s to %s", told(o.Mean, m.value), m.value(o.Low), m.value(o.High))
	if o.Out {
		return s + ", out"
	}
	return s + ", the best in " + pct(o.BestIn) + ", regret " + m.value(o.Regret)
}
