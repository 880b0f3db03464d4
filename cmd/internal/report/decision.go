package report

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/decide"
	"epgsim/sim/scenario"
)

// TellDecision writes and prints what the worlds say about a decision, with a map
// over axes if there are any. Data is what the page calls the data set.
func (r *Results) TellDecision(to io.Writer, c *decide.Case, s *decide.Sample, a *decide.Answer, axes []decide.Axis, data string) error {
	w := newAdvice(r.settings.Language, c, s, a)
	d := c.Decision
	doc := &document{page: PageFile, Title: d.Title, Description: d.Description,
		heading: w.Say("%s: %s\n%d options in %d worlds, runs of each: %d, on common luck; %d unknowns, seed %d", d.Name, d.Title,
			len(d.Options), d.Worlds, c.Luck, len(c.Unknowns), d.Seed),
		Subtitle: w.Say("%s · what to choose, and what to find out first", d.Name),
		Method:   slices.Concat(commonMethod[:2], w.method(), worldsMethod(w.Language, c.Drawing, d.Worlds, d.Seed)),
		Facts:    [][2]string{{"Decision hash", d.Hash()}, {"Data set", data}, {"Objective", d.Objective.String()}, {"Worlds", fmt.Sprint(a.Worlds)}},
		files: []file{{"options", "how every option stands", true}, {"unknowns", "what it would be worth to know", true}, {"conditions", "where another option is better", true},
			{DecisionFile, "the decision as it was decided", false}},
		Verdict: w.verdict(),
		Caveat:  w.Say("Worlds are as plausible as the ranges they are drawn from, which are assumptions too; a group's luck is averaged out, and its own will differ."),
		write: func(r *Results) error {
			if err := r.dir.WriteFile(DecisionFile, d.TOML()); err != nil {
				return err
			}
			return r.writeDecision(w)
		},
	}
	if s.Broken > 0 {
		doc.remark = w.Say("The model broke in %d runs, and worlds with such a run are left out. This is a defect of epgsim; please report it with the data set.\n", s.Broken)
	}
	doc.printed, doc.Tables = []table{w.optionsTable()}, []table{w.optionsTable()}
	if a.RunnerUp >= 0 { // else nothing can change the choice
		doc.printed, doc.Tables = append(doc.printed, w.askingTable(8)), append(doc.Tables, w.askingTable(len(c.Unknowns)))
		key := w.askingTable(4).firstColumns(3)
		doc.Key = &key // the figure beside it has the numbers of the options; there is no room for the evidence
	}
	doc.Tables = append(doc.Tables, w.unknownsTable())
	doc.drawing = w.draw(axes)
	return r.publish(to, doc)
}

// advice puts the answer to a decision into words.
type advice struct {
	speech
	c     *decide.Case
	s     *decide.Sample
	a     *decide.Answer
	names []string // of the options
	unit  string   // of the objective
}

func newAdvice(l tell.Language, c *decide.Case, s *decide.Sample, a *decide.Answer) *advice {
	w := &advice{speech: speech{l}, c: c, s: s, a: a, unit: sim.UnitText(c.Decision.Objective.Unit())}
	for i := range c.Decision.Options {
		w.names = append(w.names, w.nameOf(&c.Decision.Options[i]))
	}
	return w
}

// nameOf is an option's own name, or its levers in the words of the trade.
func (w *advice) nameOf(o *scenario.Option) string {
	var plain, parts []string
	for i, q := range w.c.Decision.Levers {
		if v := o.Values[i]; !math.IsNaN(v) {
			plain = append(plain, q.Name+" = "+tell.Value(q, v))
			parts = append(parts, w.lever(q, v))
		}
	}
	if o.Name != strings.Join(plain, ", ") {
		return o.Name
	}
	return strings.Join(parts, ", ")
}

// pureForms are the names of values of group.focus.
var pureForms = map[float64]string{0: "market focus", 0.5: "customer focus", 1: "system focus"}

func (w *advice) lever(q *sim.Parameter, v float64) string {
	form, pure := pureForms[v]
	switch {
	case q.Name == "group.focus" && pure:
		return w.Say(form)
	case q.Name == "project.years" && v == 1:
		return w.Say("1 year")
	case q.Name == "project.years":
		return w.Say("%s years", w.Number(fmt.Sprintf("%g", v)))
	}
	return w.Number(strings.TrimSpace(fmt.Sprintf("%s %s %s", q.Label, tell.Value(q, v), unitOf(q))))
}

func unitOf(q *sim.Parameter) string {
	if q.Type == sim.Switch {
		return ""
	}
	return sim.UnitText(q.Unit)
}

// verdict answers: choose, it depends on, find out first, how sure.
func (w *advice) verdict() (lines []string) {
	out := w.out()
	if w.a.Best < 0 {
		return append([]string{w.Say("No option meets what is required, so there is none to choose.")}, out...)
	}
	if w.a.RunnerUp < 0 {
		st := &w.a.Standings[w.a.Best]
		return append(append(lines, w.Say("Choose %s, the only option that meets what is required: %s is %s on average (%s).", w.names[w.a.Best], w.objective(), w.worth(st.Mean), w.ends(st.Mean))), out...)
	}
	lines = append(lines, w.choose(), w.next())
	if l := w.a.LeastRegret; l != w.a.Best {
		st := &w.a.Standings[l]
		lines = append(lines, w.Say("Who fears regret more than a low mean takes %s: it is %s behind the best of a world on average, %s is %s.", w.names[l],
			w.worth(st.Regret), w.names[w.a.Best], w.worth(w.a.Standings[w.a.Best].Regret)))
	}
	lines = append(lines, w.depends()...)
	lines = append(lines, w.ask(), w.rests(), w.sure())
	return append(lines, out...)
}

// worth is an amount of what is wanted.
func (w *advice) worth(iv analysis.Interval) string { return w.amount(iv, w.unit) }

// rounded is a quantile with the digits that the mean's interval justifies.
func (w *advice) rounded(x float64, like analysis.Interval) string {
	return w.Number(strings.TrimSpace(analysis.Round(x, (like.High-like.Low)/2, analysis.ThinSpace)))
}

func (w *advice) choose() string {
	st := &w.a.Standings[w.a.Best]
	choose := w.Say("Choose %s", w.names[w.a.Best])
	if w.a.Ending == analysis.RowsUsedUp {
		choose = w.Say("Choose %s, for want of better knowledge", w.names[w.a.Best])
	}
	return w.Say("%s: %s is %s on average (%s), in nine of ten worlds between %s and %s. It is the best option in %s of the worlds; on average it is %s behind the best one there, and in one world of ten by more than %s.",
		choose, w.objective(), w.worth(st.Mean), w.ends(st.Mean), w.rounded(st.Low, st.Mean), w.rounded(st.High, st.Mean),
		w.percent(st.BestIn), w.worth(st.Regret), w.rounded(st.Regret90, st.Regret))
}

// objective is what is wanted, as the subject of a sentence.
func (w *advice) objective() string {
	text := w.c.Decision.Objective.String()
	if text == "net_benefit" || text == "further_exports" {
		return w.Say(strings.ReplaceAll(text, "_", " "))
	}
	if o, ok := sim.OutcomeNamed(text); ok {
		return o.Info().Label
	}
	return text
}

// next says how far the others are behind.
func (w *advice) next() string {
	r := w.a.RunnerUp
	behind := w.a.Standings[r].Behind
	if analysis.Noise(behind) {
		return w.Say("Next comes %s, which cannot be told apart from it: %s (%s) less.", w.names[r], w.worth(behind), w.ends(behind))
	}
	return w.Say("Next comes %s, %s (%s) less.", w.names[r], w.worth(behind), w.ends(behind))
}

// depends says where another option is better.
func (w *advice) depends() (lines []string) {
	for _, k := range w.a.Conditions {
		lines = append(lines, w.Say("It depends: with %s, %s is better than %s. That covers %s of the worlds in which it is, and is right in %s.",
			w.conditions(k), w.names[k.Option], w.names[w.a.Best], w.percent(k.Coverage), w.percent(k.Density)))
	}
	if len(lines) == 0 {
		lines = append(lines, w.Say("It depends on nothing plain: no one to three conditions were found under which another option is better more often than not."))
	}
	return lines
}

func (w *advice) conditions(k decide.Condition) string {
	var parts []string
	for _, l := range k.Box.Conditions {
		u := &w.c.Unknowns[l.Input]
		q := u.Parameter
		at := func(v float64) string {
			return w.Number(strings.TrimSpace(analysis.Round(v, (u.High-u.Low)/50, analysis.ThinSpace) + " " + unitOf(q)))
		}
		switch {
		case math.IsInf(l.Low, 0):
			parts = append(parts, w.Say("%s below %s", q.Label, at(l.High)))
		case math.IsInf(l.High, 0):
			parts = append(parts, w.Say("%s above %s", q.Label, at(l.Low)))
		default:
			parts = append(parts, w.Say("%s between %s and %s", q.Label, at(l.Low), at(l.High)))
		}
	}
	return w.List(parts)
}

// ask says what to find out first.
func (w *advice) ask() string {
	all := w.Say("To know all that is unknown would be worth %s a group (%s).", w.worth(w.a.EVPI.Interval), w.ends(w.a.EVPI.Interval))
	var parts []string
	for _, i := range w.a.Asking[:min(3, len(w.a.Asking))] {
		q := &w.a.Questions.Asked[i]
		parts = append(parts, w.Say("%s, worth %s a group (%s)", w.c.Unknowns[i].Parameter.Label, w.worth(q.Interval), w.ends(q.Interval)))
	}
	switch n := len(w.a.Asking); {
	case n == 0:
		return w.Say("Find out first: nothing. No single unknown can be said to be worth asking about.") + " " + all
	case n == 4:
		return w.Say("Find out first: %s; one other is worth asking about too, the rest is not.", strings.Join(parts, "; ")) + " " + all
	case n > 4:
		return w.Say("Find out first: %s; %d others are worth asking about too, the rest is not.", strings.Join(parts, "; "), n-3) + " " + all
	}
	return w.Say("Find out first: %s. Nothing else by itself is worth asking about.", strings.Join(parts, "; ")) + " " + all
}

// rests says what it is worth to know all that is no more than guessed, and all that
// is backed by more.
func (w *advice) rests() string {
	var parts []string
	for g, q := range w.a.Evidence {
		if n := len(q.Inputs); n > 0 {
			worth := w.Say("nothing that shows")
			if q.WorthAsking {
				worth = w.Say("%s (%s)", w.worth(q.Interval), w.ends(q.Interval))
			}
			parts = append(parts, w.Say("%s (%d) %s", w.Say(gradeNames[g]), n, worth))
		}
	}
	text := w.Say("By evidence, all of a kind together: to know %s. These are straight-line fits, so at least that.", strings.Join(parts, "; "))
	for _, i := range w.a.Asking {
		if p := w.c.Unknowns[i].Parameter; p.Grade == sim.Guess {
			return text + " " + w.Say("Of the guesses research %s next.", p.Label)
		}
	}
	return text
}

// sure says why no more worlds were drawn, and what that saved.
func (w *advice) sure() string {
	threshold := w.Number(strings.TrimSpace(plain(w.a.Threshold) + " " + w.unit))
	runs := w.Say("%d runs in %d worlds", w.s.Made, w.a.Worlds)
	saved := w.Say("Options compared in a fixed number of worlds would need about %s runs to be as sure.", analysis.Round(float64(w.a.Fixed), float64(w.a.Fixed)/20, analysis.ThinSpace))
	switch w.a.Ending {
	case analysis.BestKnown:
		return w.Say("How sure: with 95 %% it is the best on average, as far as the model goes; that took %s.", runs) + " " + saved
	case analysis.WithinDelta:
		return w.Say("How sure: with 95 %% no option is better on average by more than %s, which is taken not to matter; that took %s.", threshold, runs) + " " + saved
	}
	var open []string
	for o, in := range w.a.In {
		if in && o != w.a.Best {
			open = append(open, w.names[o])
		}
	}
	text := w.Say("How sure: not yet. After %s these may be better by more than %s: %s.", runs, threshold, strings.Join(open, "; ")) + " "
	if w.c.Exhausted(w.a.Worlds / w.c.Decision.Worlds) {
		return text + w.Say("The file of worlds has nothing more to say; a calibration of more (--count) may settle it.")
	}
	return text + w.Say("More worlds (--most) may settle it.")
}

// out says which options a requirement has put out.
func (w *advice) out() (lines []string) {
	for k, e := range w.c.Decision.Require {
		var parts []string
		for o, fails := range w.a.Fails {
			if fails[k] > 0.5 {
				parts = append(parts, w.Say("%s (%s %%)", w.names[o], w.Number(fmt.Sprintf("%.0f", 100*fails[k]))))
			}
		}
		if len(parts) > 0 {
			lines = append(lines, w.Say("Out, for “%s” is not met in more than half of their runs: %s.", e.String(), strings.Join(parts, ", ")))
		}
	}
	return lines
}

// method says how it was decided.
func (w *advice) method() []string {
	d := w.c.Decision
	matters := strings.TrimSpace(plain(w.a.Threshold) + " " + w.unit)
	return []string{
		w.Say("A world is a draw of %d numbers that nobody knows, from their plausible ranges (a row of a Latin hypercube) unless another source is named; what the scenario says is taken as known. Every option met the same %d worlds, with %d runs in each on luck that the options share and worlds do not. The objective is %s, sales counted by chance.",
			len(w.c.Unknowns), d.Worlds, w.c.Luck, d.Objective.String()),
		w.Say("Further worlds were drawn for the options that may still be the best, %d at a time. An option goes out when it is worse than another by a confidence sequence, or not better by what matters (Kim and Nelson's rule on paired differences), both together at 5 %%. A difference matters from %s on, %s %% of the objective's mean size.",
			d.Worlds, w.Number(matters), w.Number(fmt.Sprintf("%.3g", w.c.Matters))),
		w.Say("Ranges, regrets and how often an option is the best are about means over a world's runs, so some luck is left in them: regrets are a little too large, and the best option is sometimes the luckiest. The worth of knowing everything is corrected for that."),
		w.Say("Conditions are found by PRIM on one half of the worlds and judged on the other half, which had no part in finding them. A condition is given only where it is surely right in more than half of its worlds, and by chance with at most 5 % over all options."),
		w.Say("The worth of knowing one number is the gain from choosing after it is known, by regression on the worlds (Strong, Oakley and Brennan 2014), bootstrapped over worlds; whether it is worth asking is tested for all numbers together."),
	}
}

func (w *advice) draw(axes []decide.Axis) (d drawing) {
	m := plots.Measure{Label: tell.Capital(w.objective()), Unit: w.unit}
	if m.Label == w.c.Decision.Objective.String() {
		m.Label = "Objective"
	}
	in := plots.DecideInput{Objective: m, Worlds: w.c.Decision.Worlds}
	looks := w.looks()
	for o := range w.a.Standings {
		st := &w.a.Standings[o]
		option := plots.DecideOption{Form: looks[o], Mean: st.Mean, Low: st.Low, High: st.High, BestIn: st.BestIn.Estimate, Regret: st.Regret.Estimate,
			Chosen: o == w.a.Best, InQuestion: w.a.In[o], Out: !w.a.Allowed[o]}
		in.Options = append(in.Options, option)
	}
	d.add(plots.DecideOptions(in))
	if w.a.Best < 0 || w.a.RunnerUp < 0 {
		return d
	}
	ask := plots.AskingInput{Objective: m, Everything: w.a.EVPI.Interval}
	for i, q := range w.a.Questions.Asked {
		p := w.c.Unknowns[i].Parameter
		ask.Questions = append(ask.Questions, plots.AskingQuestion{Factor: plots.Factor{Label: p.Label, Name: p.Name}, Value: q.Interval, Asking: slices.Contains(w.a.Asking, i)})
	}
	d.add(plots.WorthAsking(ask))
	if len(axes) == 2 {
		d.add(plots.DecideMap(w.mapOf(axes, m, looks)))
	}
	return d
}

// looks give an option the look of its organisational form, where it has one.
func (w *advice) looks() (forms []plots.Form) {
	levers, n := w.c.Decision.Levers, len(w.names)
	at := slices.IndexFunc(levers, func(q *sim.Parameter) bool { return q.Name == "group.focus" })
	for o, name := range w.names {
		f := plots.Form{Name: name, Kind: plots.VariantOf(o, n)}
		if at >= 0 {
			switch w.c.Decision.Options[o].Values[at] {
			case 0:
				f.Kind = plots.Market
			case 0.5:
				f.Kind = plots.Customer
			case 1:
				f.Kind = plots.System
			}
		}
		forms = append(forms, f)
	}
	return forms
}

func (w *advice) mapOf(axes []decide.Axis, m plots.Measure, looks []plots.Form) plots.DecideMapInput {
	found := w.c.Map(w.s, w.a, axes[0], axes[1])
	in := plots.DecideMapInput{Objective: m, X: w.levels(&axes[0]), Y: w.levels(&axes[1]), Options: looks, Chosen: w.a.Best}
	for _, row := range found.Cells {
		var cells []plots.DecideCell
		for _, c := range row {
			cells = append(cells, plots.DecideCell{Best: c.Best, Sure: c.Sure, Ahead: c.Ahead})
		}
		in.Cells = append(in.Cells, cells)
	}
	return in
}

func (w *advice) levels(x *decide.Axis) plots.Levels {
	l := plots.Levels{Factor: plots.Factor{Label: x.Parameter.Label, Name: x.Parameter.Name, Unit: unitOf(x.Parameter)}}
	for _, v := range x.Values {
		l.Texts = append(l.Texts, tell.Value(x.Parameter, v))
	}
	for k := range x.Len() {
		if !x.Lever {
			l.Texts = append(l.Texts, fmt.Sprintf("%.3g–%.3g", x.Edges[k], x.Edges[k+1]))
		}
	}
	return l
}
