package report

import (
	"fmt"
	"io"
	"math"
	"slices"

	"epgsim/sim/analysis"
	"epgsim/sim/programme"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// ProgrammeGroups writes every group that a policy funds, as Study.Answer tells of
// them. Close puts the table under its name.
type ProgrammeGroups struct {
	study *programme.Study
	table *store.TableWriter
}

// OpenProgrammeGroups begins the table.
func (r *Results) OpenProgrammeGroups(s *programme.Study) (*ProgrammeGroups, error) {
	columns := append(policyColumns(), wholeColumn("applicant", "", "in the order of applying, from 0: row of the data set"),
		textColumn("kind", "scenario of its kind"))
	columns = append(append(columns, treatmentColumns()...),
		flagColumn("went_on", "whether it went on at a stage gate"),
		numberColumn("granted", "k€", "public money that it was promised, and that was not given back at a gate"),
		numberColumn("value_total", "k€", "value of all orders closed by the horizon"),
		numberColumn("public_cost", "k€", "what the public paid"))
	t, err := r.table(store.Table{Name: "groups", Doc: "one row per policy, draw and funded group, in the order of funding", Columns: append(columns, worthColumns...)})
	return &ProgrammeGroups{s, t}, err
}

// Put writes a group.
func (g *ProgrammeGroups) Put(f programme.Funded) error {
	p := g.study.Programme
	row := g.table.Text(p.Policy[f.Policy].Name).Int(int64(f.Draw)).Int(int64(f.Applicant)).Text(p.Pool[f.Kind].Scenario.Name)
	return putTreatment(row, f.Treatment).Bool(f.GoneOn).Float(f.Granted).Float(f.Sold).Float(f.Worth.Public).
		Float(f.Worth.Alone).Float(f.Worth.Further).Float(f.Worth.Benefit).EndRow()
}

// Close puts the table under its name.
func (g *ProgrammeGroups) Close() error { return g.table.Close() }

// policyColumns begin the tables of a programme.
func policyColumns() []store.Column {
	return []store.Column{
		textColumn("policy", "rule by which groups are chosen, and what they get"),
		wholeColumn("draw", "", "of the programme, from 0: the same number has the same applicants and luck under every policy"),
	}
}

// TellProgramme writes and prints what the policies of a programme came to; groups,
// which may be nil, has been filled.
func (r *Results) TellProgramme(to io.Writer, a *programme.Answer, groups *ProgrammeGroups) error {
	p := a.Programme
	w := &programmeWords{speech: speech{r.settings.Language}, a: a, v: a.Verdict(r.settings.Matters), worlds: r.settings.Worlds}
	d := &document{page: PageFile, Title: p.Title, Description: p.Description,
		heading:  p.Name + ": " + p.Title + "\n" + w.compared(),
		Subtitle: p.Name + " · " + w.compared(),
		Caveat:   w.Say(caveat),
		Method:   slices.Concat(commonMethod[:2], w.method(), w.worldsMethod(p.Seed)),
		files:    []file{{"programmes", "one row per policy and draw of the programme", true}},
		Verdict:  w.verdict(), Tables: []table{w.policiesTable(), w.sharesTable(), w.rangesTable(), w.kindsTable(), w.definitionsTable()},
	}
	if w.worlds != nil {
		d.Caveat = "The numbers say what follows from the assumptions. Luck, who applies and the numbers that nobody knows are covered by the intervals, as far as the worlds reach; how the model is built is not."
		d.heading += fmt.Sprintf("; each in a world of its own, %d unknowns", len(w.worlds.Unknowns))
	}
	if groups != nil {
		d.files = append(d.files, file{"groups", "one row per policy, draw and funded group", true})
	}
	if len(a.Tallies) > 1 {
		d.Tables = slices.Insert(d.Tables, 1, w.rulesTable())
	}
	d.printed = d.Tables[:len(d.Tables)-1]
	d.putFirst(0)
	d.drawing = drawProgramme(w)
	d.write = func(r *Results) error {
		if groups != nil {
			if err := groups.Close(); err != nil {
				return err
			}
		}
		return r.writeProgrammes(a)
	}
	return r.publish(to, d)
}

// writeProgrammes writes what every policy came to in every draw.
func (r *Results) writeProgrammes(a *programme.Answer) error {
	columns := policyColumns()
	for _, q := range programme.Quantities {
		columns = append(columns, numberColumn(q.Name, q.Unit, q.Doc))
	}
	return r.writeTable(store.Table{Name: "programmes", Doc: "one row per policy and draw of the programme", Columns: columns}, func(put func(...any)) {
		values := make([]float64, len(programme.Quantities))
		for k := range a.Tallies {
			for d := range a.Tallies[k] {
				for i, q := range programme.Quantities {
					values[i] = q.Of(&a.Tallies[k][d])
				}
				put(a.Programme.Policy[k].Name, d, values)
			}
		}
	})
}

// programmeWords puts what a programme came to into words.
type programmeWords struct {
	speech
	a      *programme.Answer
	v      programme.Verdict
	worlds *scenario.Drawing // nil: all draws are at the scenarios' numbers
}

func (w *programmeWords) name(k int) string { return w.a.Programme.Policy[k].Name }

// ratio is that of two quantities over all draws.
func (w *programmeWords) ratio(k int, of, over func(*programme.Tally) float64) analysis.Interval {
	return analysis.RatioOfMeans(w.a.Of(k, of), w.a.Of(k, over))
}

func (w *programmeWords) mean(k int, of func(*programme.Tally) float64) analysis.Interval {
	return analysis.Mean(w.a.Of(k, of))
}

// The counts of a tally, as the tables want them.
func tallyGroups(t *programme.Tally) float64 { return float64(t.Groups) }
func tallyFirms(t *programme.Tally) float64  { return float64(t.Firms) }
func tallySilent(t *programme.Tally) float64 { return float64(t.Groups - t.Selling) }
func tallyKnown(t *programme.Tally) float64  { return float64(t.Known) }
func tallyLasts(t *programme.Tally) float64  { return float64(t.Lasting) }
func tallyOn(t *programme.Tally) float64     { return float64(t.GoneOn) }
func tallyPublic(t *programme.Tally) float64 { return t.Worth.Public }

// policiesTable shows what every policy comes to.
func (w *programmeWords) policiesTable() table {
	t := table{Title: w.Say("What the policies come to, a programme: mean ± half its 95 %% interval over %d programmes", w.a.Draws()),
		Header: []string{"", w.Say("€ per public €") + "  ", w.Say("net benefit, k€"), w.Say("groups"), w.Say("firms")},
		Note:   w.Say("€ per public €: further exports that a public euro brings; * most, ~ not told apart from it")}
	for k := range w.a.Tallies {
		perEuro := w.Number(cell(w.a.PerEuro(k)))
		row := []string{w.name(k), ranked(perEuro, k == w.v.PerEuro.Best && len(w.a.Tallies) > 1, slices.Contains(w.v.PerEuro.Close, k))}
		for _, mean := range []analysis.Interval{analysis.Mean(w.a.Benefit(k)), w.mean(k, tallyGroups), w.mean(k, tallyFirms)} {
			row = append(row, w.Number(cell(mean)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// sharesTable shows what becomes of the groups that a policy funds.
func (w *programmeWords) sharesTable() table {
	t := table{Title: w.Say("What becomes of the funded groups, in per cent, and of the money: mean ± half its 95 % interval"),
		Header: []string{"", w.Say("public money, k€"), w.Say("go on at the gate"), w.Say("never sell"), w.Say("self-sustaining"), w.Say("sales of the best fifth")},
		Note:   w.Say("Self-sustaining: of the groups of which that can be said by the horizon. Sales of the best fifth: the share of all that is sold that the best-selling fifth of groups has")}
	percent := func(iv analysis.Interval) string { return w.Number(cell(inPercent(iv))) }
	for k := range w.a.Tallies {
		gate := "–"
		if w.a.Programme.Policy[k].Extend != nil {
			gate = percent(w.ratio(k, tallyOn, tallyGroups))
		}
		t.Rows = append(t.Rows, []string{w.name(k), w.Number(cell(w.mean(k, tallyPublic))), gate, percent(w.ratio(k, tallySilent, tallyGroups)), percent(w.ratio(k, tallyLasts, tallyKnown)),
			percent(w.mean(k, func(t *programme.Tally) float64 { return t.TopFifth }))})
	}
	return t
}

// rulesTable shows what each rule is worth against the first.
func (w *programmeWords) rulesTable() table {
	t := table{Title: w.Say("What each rule is worth against “%s”, in pairs on the same applicants and luck", w.name(0)),
		Header: []string{"", w.Say("€ per public €") + "  ", w.Say("net benefit, k€ a programme") + "  "},
		Note:   w.Say("~ not told apart; = no difference that matters. The intervals are so wide that all of them hold together in 95 % of studies")}
	for k := 1; k < len(w.v.Rules); k++ {
		row := []string{w.name(k)}
		for _, c := range []analysis.Comparison{w.v.Rules[k].PerEuro, w.v.Rules[k].Benefit} {
			text := w.Number(plus(c.Difference, ranged(c.Difference)))
			switch c.Finding {
			case analysis.Immaterial:
				text += " ="
			case analysis.Same:
				text = "0 ="
			case analysis.Open, analysis.Unlike:
				text += " ~"
			default:
				text += "  "
			}
			row = append(row, text)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// rangesTable shows how programmes differ under one policy.
func (w *programmeWords) rangesTable() table {
	t := table{Title: w.Say("The distribution over programmes: further exports per public €, and net benefit, k€"),
		Header: []string{"", "5 %", w.Say("median"), "95 %", "5 %", w.Say("median"), "95 %"}}
	for k := range w.a.Tallies {
		row := []string{w.name(k)}
		for _, values := range [][]float64{w.a.Of(k, programme.Quantities[0].Of), w.a.Benefit(k)} {
			for _, q := range analysis.Quantiles(values, 0.05, 0.5, 0.95) {
				row = append(row, w.Number(plain(q)))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// kindsTable shows who gains.
func (w *programmeWords) kindsTable() table {
	p := w.a.Programme
	t := table{Title: w.Say("Who gains: share of the applicants of a kind that is funded, and their further exports, k€ a programme"), Header: []string{""}}
	for k := range p.Policy {
		t.Header = append(t.Header, w.name(k))
	}
	for i := range p.Pool {
		row := []string{p.Pool[i].Scenario.Name}
		for k := range p.Policy {
			funded, further := w.a.KindOf(k, i)
			if math.IsNaN(funded.Estimate) {
				row = append(row, "–")
				continue
			}
			row = append(row, fmt.Sprintf("%.0f %%, %s", 100*funded.Estimate, w.Number(number(further))))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// definitionsTable says what the policies are.
func (w *programmeWords) definitionsTable() table {
	t := table{Title: w.Say("The policies"), Header: []string{"", w.Say("chooses by"), w.Say("form"), w.Say("years"), w.Say("goes on"), w.Say("seen with an error of")}}
	for k := range w.a.Programme.Policy {
		y := &w.a.Programme.Policy[k]
		by, years, on := string(y.Select), fmt.Sprintf("%g", y.Years[0]), "–"
		if y.Score != nil {
			by = y.Score.String()
		}
		if y.Years[0] != y.Years[1] || y.Years[1] != y.Years[2] {
			years = fmt.Sprintf("%g, %g, %g", y.Years[0], y.Years[1], y.Years[2])
		}
		if y.Extend != nil {
			on = fmt.Sprintf("+%g where %s", y.Extend.Years, y.Extend.When)
		}
		form := string(y.Form)
		for _, x := range []struct {
			value float64
			unit  string
		}{{y.Hours, "h/week"}, {y.Size, "SMEs"}} {
			if !math.IsNaN(x.value) {
				form += fmt.Sprintf(", %g %s", x.value, x.unit)
			}
		}
		t.Rows = append(t.Rows, []string{y.Name, by, form, years, on, fmt.Sprintf("%g", y.SeenError)})
	}
	t.Note = w.Say("Three numbers of years are those of market, customer and system focus")
	return t
}
