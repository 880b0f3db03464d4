package report

import (
	"fmt"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/analysis"
	"epgsim/sim/scenario"
)

// compared says in a line what was compared.
func (w *programmeWords) compared() string {
	p := w.a.Programme
	return w.Say("%d policies compared on %d programmes of %d applicants, %s k€ of public money each, sales counted up to year %s, seed %d",
		len(p.Policy), w.a.Draws(), p.Applicants, w.Number(plain(p.Budget)), w.horizon(), p.Seed)
}

// quoted is a policy's name within a sentence.
func (w *programmeWords) quoted(k int) string { return "“" + w.name(k) + "”" }

// verdict says which policy brings most, what each rule is worth, and whom it
// leaves without a deal.
func (w *programmeWords) verdict() []string {
	var lines []string
	funding := 0
	for k := range w.a.Tallies {
		if w.a.FundsNobody(k) {
			lines = append(lines, w.Say("%s funds nobody: what is planned for the first group in its order is beyond the budget.", w.quoted(k)))
		} else {
			funding++
		}
	}
	if funding == 0 {
		return lines
	}
	if r := &w.v.PerEuro; w.a.Draws() == 1 && r.Best >= 0 {
		brings := w.Say("%s under %s", w.amount(w.a.PerEuro(r.Best), "€"), w.quoted(r.Best))
		if k := w.least(); k != r.Best {
			brings = w.Say("%s and %s", brings, w.Say("%s under %s", w.amount(w.a.PerEuro(k), "€"), w.quoted(k)))
		}
		return append(lines, w.Say("In this one programme a public euro brings %s. What of that is luck, more programmes say (--times).", brings), w.silent())
	}
	lines = append(lines, w.perEuro())
	if line := w.benefit(); line != "" {
		lines = append(lines, line)
	}
	lines = append(lines, w.rules()...)
	return append(lines, w.silent())
}

// ranked is the sentence about a ranking: who is ahead of whom by how much, or why
// that cannot be said.
func (w *programmeWords) ranked(r *analysis.Ranking, of, unit string) string {
	c := contest{w.speech, tell.Capital(of), unit, w.quoted, tell.Phrase("About %d more programmes might tell them apart (--times).")}
	if text := c.undecided(r); text != "" {
		return text
	}
	return c.of + ": " + c.lead(r) + "."
}

func (w *programmeWords) perEuro() string {
	brings := func(k int) string { return w.amount(w.a.PerEuro(k), "€") }
	if len(w.a.Tallies) == 1 {
		return w.Say("A public euro under %s brings %s of further exports by year %s (%s).", w.quoted(0), brings(0), w.horizon(), w.ends(w.a.PerEuro(0)))
	}
	r := &w.v.PerEuro
	text := w.ranked(r, w.Say("further exports per public euro by year %s", w.horizon()), "€")
	if r.Best >= 0 {
		text += " " + w.Say("A public euro brings %s under %s, and %s under %s.", brings(r.Best), w.quoted(r.Best), brings(w.least()), w.quoted(w.least()))
	}
	return text
}

// least is the policy that brings least per public euro.
func (w *programmeWords) least() (k int) {
	k = w.v.PerEuro.Best
	for i, mean := range w.v.PerEuro.Means {
		if mean < w.v.PerEuro.Means[k] {
			k = i
		}
	}
	return k
}

func (w *programmeWords) horizon() string {
	return w.Number(fmt.Sprintf("%g", w.a.Programme.Horizon))
}

func (w *programmeWords) benefit() string {
	if len(w.a.Tallies) == 1 {
		return w.Say("Net of all costs the programme is worth %s.", w.amount(analysis.Mean(w.a.Benefit(0)), "k€"))
	}
	return w.ranked(&w.v.Benefit, w.Say("net benefit of a programme"), "k€")
}

// rules say what each rule is worth against the first: what is surely better, surely
// worse, and neither.
func (w *programmeWords) rules() (lines []string) {
	against := map[analysis.Finding][]string{}
	for k := 1; k < len(w.v.Rules) && !w.a.FundsNobody(0); k++ {
		if w.a.FundsNobody(k) {
			continue
		}
		c := w.v.Rules[k].PerEuro
		what := w.quoted(k)
		if c.Finding != analysis.Same {
			what = w.Say("%s (%s)", what, w.worth(k))
		}
		against[c.Finding] = append(against[c.Finding], what)
	}
	for _, group := range []struct {
		phrase   string
		findings []analysis.Finding
	}{
		{tell.Phrase("More further exports per public euro than %s: %s."), []analysis.Finding{analysis.Ahead}},
		{tell.Phrase("Less than %s: %s."), []analysis.Finding{analysis.Behind}},
		{tell.Phrase("No difference that matters from %s: %s."), []analysis.Finding{analysis.Immaterial}},
		{tell.Phrase("Not to be told from %s: %s."), []analysis.Finding{analysis.Open, analysis.Unlike}},
		{tell.Phrase("The same as %s in every programme: %s."), []analysis.Finding{analysis.Same}},
	} {
		var names []string
		for _, f := range group.findings {
			names = append(names, against[f]...)
		}
		if len(names) > 0 {
			lines = append(lines, w.Say(group.phrase, w.quoted(0), strings.Join(names, "; ")))
		}
	}
	return lines
}

// worth says what a policy is worth against the first.
func (w *programmeWords) worth(k int) string {
	r := w.v.Rules[k]
	benefit := w.signed(r.Benefit, "k€")
	if r.Benefit.Finding == analysis.Open || r.Benefit.Finding == analysis.Unlike {
		benefit = w.Say("~ %s", benefit)
	}
	return w.Say("%s, %s; net benefit %s, %s", w.signed(r.PerEuro, "€"), w.ends(r.PerEuro.Difference), benefit, w.ends(r.Benefit.Difference))
}

func (w *programmeWords) signed(c analysis.Comparison, unit string) string {
	return w.Number(plus(c.Difference, w.amount(c.Difference, unit)))
}

// silent says how many of the groups that a policy funds never sell.
func (w *programmeWords) silent() string {
	var parts []string
	for k := range w.a.Tallies {
		if w.a.FundsNobody(k) {
			continue
		}
		share, groups := inPercent(w.ratio(k, tallySilent, tallyGroups)), w.mean(k, tallyGroups).Estimate
		if share.Estimate == 0 {
			parts = append(parts, w.Say("%s none of %.0f groups", w.quoted(k), groups))
			continue
		}
		parts = append(parts, w.Say("%s %s of %.0f groups", w.quoted(k), w.amount(share, "%"), groups))
	}
	return w.Say("Groups that have sold nothing by year %s: %s.", w.horizon(), strings.Join(parts, "; "))
}

// method says how the programme was made.
func (w *programmeWords) method() []string {
	p := w.a.Programme
	return []string{
		w.Say("The programme was drawn %d times: each time %d groups applied, drawn from the kinds of applicants by their weights and from the ranges in which groups of a kind differ. All policies met the same applicants with the same luck, so that they are compared in pairs.", w.a.Draws(), p.Applicants),
		"A policy takes the applicants in its order and promises each what its project is planned to cost the public while all members are active. What a group does not use, because members withdraw, is not given again. The first group whose plan is beyond what is left ends the funding.",
		"With a stage gate a group is promised both stages. Where it does not go on, the money of its second stage goes to the next in order, as in a programme that runs over many years. A longer project repeats the shorter one up to its end, so the gate looks at the state there, and the group's future is that of the project that it then has.",
		"What a policy sees is what an official can see: what is written in the application, and what has to be judged, with an error. At the gate it sees what has been counted, paid or written down by then.",
		"Without the group each SME spends what it pays itself, in the same proportions, on a manager's hours, travel and fairs; further exports are what the group sells beyond that. Sales are counted by the chance of each order. Net benefit is the margin on further exports, less public cost, less what the SMEs pay more than alone.",
		"Groups do not compete with each other for customers or managers, and nobody applies twice.",
		"The verdict's intervals are so wide that all its sentences together err in at most 5 % of studies, as long as " + w.inDoubt() + " are all that is in doubt.",
	}
}

// inDoubt is what differs between the draws of the programme.
func (w *programmeWords) inDoubt() string {
	if w.worlds == nil {
		return "luck and who applies"
	}
	return fmt.Sprintf("luck, who applies and %d numbers that nobody knows", len(w.worlds.Unknowns))
}

// worldsMethod says how the worlds were drawn, if there are any.
func (w *programmeWords) worldsMethod(seed uint64) []string {
	if w.worlds == nil {
		return nil
	}
	return append([]string{fmt.Sprintf("Each time was in a world of its own: %d numbers that nobody knows and no kind of applicants says, the same for all who applied then, were drawn %d worlds at a time from their plausible ranges (a Latin hypercube) unless another source is named. Policies are compared in pairs within worlds.",
		len(w.worlds.Unknowns), scenario.EndlessBlock)}, worldsMethod(w.Language, w.worlds, scenario.EndlessBlock, seed)...)
}
