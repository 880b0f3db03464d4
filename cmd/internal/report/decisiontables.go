package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"epgsim/cmd/internal/tell"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/store"
)

// optionsTable shows how every option stands.
func (w *advice) optionsTable() table {
	t := table{Title: w.Say("The options over %d worlds: %s", w.c.Decision.Worlds, w.withUnit(w.objective())),
		Header: []string{"", w.Say("mean  "), w.Say("nine of ten worlds  "), w.Say("best in, %  "), w.Say("mean regret  "), w.Say("regret, 90 %  "), w.Say("behind the best  ")}}
	for o := range w.names {
		st := &w.a.Standings[o]
		row := []string{w.names[o], w.Number(cell(st.Mean)) + "  ", w.Say("%s to %s", w.rounded(st.Low, st.Mean), w.rounded(st.High, st.Mean)) + "  "}
		switch {
		case !w.a.Allowed[o]:
			row = append(row, w.Say("out")+"  ", "", "", "")
		case o == w.a.Best:
			row = append(row, w.share(st.BestIn), w.Number(number(st.Regret))+"  ", w.rounded(st.Regret90, st.Regret)+"  ", w.Say("best")+"  ")
		default:
			row = append(row, w.share(st.BestIn), w.Number(number(st.Regret))+"  ", w.rounded(st.Regret90, st.Regret)+"  ", w.Number(mark(cell(st.Behind), analysis.Noise(st.Behind))))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Note = w.Say("± half a 95 % interval; regret: behind the best option of the same world; ~ not told apart from the best")
	return t
}

// share is one in per cent, as exact as worlds can tell it.
func (w *advice) share(iv analysis.Interval) string { return fmt.Sprintf("%.0f  ", 100*iv.Estimate) }

func (w *advice) withUnit(text string) string {
	if w.unit == "" {
		return text
	}
	return text + ", " + w.unit
}

// askingTable shows what it is worth to know, of those worth asking and of so many
// in all.
func (w *advice) askingTable(most int) table {
	t := table{Title: w.Say("What it would be worth to know before choosing, %s", w.withUnit(w.Say("a group"))),
		Header: []string{"", w.Say("worth (95 % interval)  "), w.Say("chance of looking so if worthless  "), w.Say("evidence")}}
	t.Rows = append(t.Rows, []string{w.Say("everything"), w.Number(ranged(w.a.EVPI.Interval)) + "  ", "", ""})
	for _, i := range w.a.Asking {
		if len(t.Rows) <= most {
			t.Rows = append(t.Rows, w.question(i))
		}
	}
	for i := range w.a.Questions.Asked {
		if !slices.Contains(w.a.Asking, i) && most >= len(w.a.Questions.Asked) {
			t.Rows = append(t.Rows, w.question(i))
		}
	}
	t.Note = w.Say("Of %d unknowns %d are worth asking about by themselves; ~ not told from worthless", len(w.c.Unknowns), len(w.a.Asking))
	return t
}

func (w *advice) question(i int) []string {
	q := &w.a.Questions.Asked[i]
	value := w.Number(ranged(q.Interval)) + "  "
	if !slices.Contains(w.a.Asking, i) {
		value = "~ "
	}
	return []string{w.Say(w.c.Unknowns[i].Parameter.Label), value, w.Number(fmt.Sprintf("%.3f", q.P)) + "  ", w.Say(w.c.Unknowns[i].Parameter.Grade.String())}
}

// unknownsTable lists what differs between worlds.
func (w *advice) unknownsTable() table {
	t := table{Title: w.Say("What is unknown: it differs between worlds"), Header: []string{"", w.Say("key"), w.Say("range"), w.Say("unit"), w.Say("what it is"), w.Say("evidence"), w.Say("source")}}
	for i := range w.c.Unknowns {
		q := w.c.Unknowns[i].Parameter
		t.Rows = append(t.Rows, []string{w.Say(q.Label), q.Name, w.Say("%s to %s", w.Number(tell.Value(q, w.c.Unknowns[i].Low)), w.Number(tell.Value(q, w.c.Unknowns[i].High))), w.Say(sim.UnitText(q.Unit)), w.Say(q.Doc), w.Say(q.Grade.String()), q.Source})
	}
	return t
}

func (r *Results) writeDecision(w *advice) error {
	unit := w.c.Decision.Objective.Unit()
	number := func(name, doc string) store.Column { return numberColumn(name, unit, doc) }
	options := slices.Concat([]store.Column{textColumn("option", "the option"), textColumn("state", "chosen, in question, behind, or out: a requirement is not met")},
		intervalColumns("mean", "mean_low", "mean_high", unit, "mean of the objective over the worlds that it met"),
		[]store.Column{number("p05", "5 % of the first worlds are below"), number("p50", "median of the first worlds"), number("p95", "95 % are below"),
			numberColumn("best_in", "1", "share of the first worlds in which it is the best"),
			number("regret", "mean of how far it is behind the best of a world"), number("regret_p90", "90 % of the worlds have less")},
		intervalColumns("behind", "behind_low", "behind_high", unit, "the chosen one less this one, in the same worlds"))
	for k, e := range w.c.Decision.Require {
		options = append(options, numberColumn(fmt.Sprintf("fails_%d", k+1), "1", "share of runs in which this is not met: "+e.String()))
	}
	err := r.writeTable(store.Table{Name: "options", Doc: "one row per option", Columns: options}, func(put func(...any)) {
		for o := range w.names {
			st := &w.a.Standings[o]
			put(w.c.Decision.Options[o].Name, w.state(o), st.Mean, st.Low, st.Median, st.High, st.BestIn.Estimate, st.Regret.Estimate, st.Regret90, st.Behind, w.a.Fails[o])
		}
	})
	return cmp.Or(err, r.writeAsking(w, unit), r.writeConditions(w))
}

func (w *advice) state(o int) string {
	switch {
	case !w.a.Allowed[o]:
		return "out"
	case o == w.a.Best:
		return "chosen"
	case w.a.In[o]:
		return "in question"
	}
	return "behind"
}

func (r *Results) writeAsking(w *advice, unit string) error {
	unknowns := slices.Concat([]store.Column{textColumn("unknown", "the parameter; everything: all together; evidence: all of a grade together")},
		intervalColumns("worth", "low", "high", unit, "what it is worth to know before choosing"),
		[]store.Column{numberColumn("p", "1", "chance that any would look so if none were of worth; missing for everything")})
	return r.writeTable(store.Table{Name: "unknowns", Doc: "one row per unknown, after one for all together", Columns: unknowns}, func(put func(...any)) {
		if w.a.RunnerUp < 0 {
			return
		}
		put("everything", w.a.EVPI.Interval, math.NaN())
		for i, q := range w.a.Questions.Asked {
			put(w.c.Unknowns[i].Parameter.Name, q.Interval, q.P)
		}
		for g, q := range w.a.Evidence {
			if len(q.Inputs) > 0 {
				put("evidence: "+sim.Grade(g).String(), q.Interval, q.P)
			}
		}
	})
}

func (r *Results) writeConditions(w *advice) error {
	conditions := []store.Column{
		textColumn("option", "better than the chosen one where all limits hold"), textColumn("unknown", "the parameter that is limited"),
		numberColumn("low", "of the parameter", "lower limit; missing: none"), numberColumn("high", "of the parameter", "upper limit; missing: none"),
		numberColumn("coverage", "1", "share of the worlds in which the option is better that lie within all limits"),
		numberColumn("density", "1", "share of the worlds within all limits in which it is better")}
	return r.writeTable(store.Table{Name: "conditions", Doc: "one row per limit of each condition", Columns: conditions}, func(put func(...any)) {
		for _, k := range w.a.Conditions {
			for _, l := range k.Box.Conditions {
				put(w.c.Decision.Options[k.Option].Name, w.c.Unknowns[l.Input].Parameter.Name, limit(l.Low), limit(l.High), k.Coverage.Estimate, k.Density.Estimate)
			}
		}
	})
}

// limit is missing where there is none.
func limit(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}
