package scenario

import (
	"strconv"

	"epgsim/scenarios"
)

// CaseFile is the file in which the scenario of a case belongs beside targets that
// were written out: 0 for the first.
func CaseFile(i int) string { return "case-" + strconv.Itoa(i+1) + ".toml" }

// TOML writes the targets in full, with the values and errors that data said. It
// names CaseFile as the scenario of each case, where Scenario.TOML belongs; with
// these it gives equal targets, and writing those the same text.
func (t *Targets) TOML() []byte {
	w := &writer{comments: true}
	w.comment("Written by epgsim: the targets as they were used. The scenarios of the cases are beside it.")
	w.head(t.Head)
	t.runsTo(w, CaseFile)
	for i := range t.Targets {
		g := &t.Targets[i]
		w.b.WriteString("\n[[target]]\n")
		t.statisticTo(w, g)
		w.line(keyValue, number(g.Value), g.Statistic.Unit())
		w.line(keyError, number(g.Error), "standard error")
		w.line(keySource, quote(g.Source), "")
	}
	return []byte(w.b.String())
}

// RunsHash identifies what decides the runs and what is kept of them: SHA-256, in
// hex, of cases, unknowns, statistics, seed and numbers. Values, errors, sources and
// words may change without it.
func (t *Targets) RunsHash() string {
	w := &writer{}
	t.runsTo(w, func(i int) string { return t.Cases[i].Scenario.Hash() })
	for i := range t.Targets {
		w.b.WriteString("\n[[target]]\n")
		t.statisticTo(w, &t.Targets[i])
	}
	return w.hash()
}

// Hash identifies all that decides the answer: RunsHash, values and errors. Those of
// data must have been worked out.
func (t *Targets) Hash() string {
	w := &writer{}
	w.line("runs", quote(t.RunsHash()), "")
	for i := range t.Targets {
		w.line(keyValue, number(t.Targets[i].Value), "")
		w.line(keyError, number(t.Targets[i].Error), "")
	}
	return w.hash()
}

// runsTo writes what decides the runs; scenario is what stands for that of a case.
func (t *Targets) runsTo(w *writer, scenario func(i int) string) {
	w.line(keySeed, seedText(t.Seed), "of the worlds and of all luck")
	w.line(keyWorlds, strconv.Itoa(t.Worlds), "of a wave")
	w.line(keyUnknown, textList(texts(t.Unknowns, func(f Factor) string { return f.Parameter.Name })), "")
	for i := range t.Cases {
		c := &t.Cases[i]
		w.b.WriteString("\n[[case]]\n")
		w.line(keyName, quote(c.Name), "")
		w.line(keyScenario, quote(scenario(i)), "")
		w.line(keyWeight, number(c.Weight), "in a mixture")
		w.line(keyReplications, strconv.Itoa(c.Replications), "in a world")
		w.line(keyAlone, strconv.FormatBool(c.Alone), "")
		w.line(keyKnown, textList(c.Known), "of the unknowns")
	}
}

func (t *Targets) statisticTo(w *writer, g *Target) {
	w.line(keyName, quote(g.Name), "")
	var cases []string
	for _, k := range g.Cases {
		cases = append(cases, t.Cases[k].Name)
	}
	w.line(keyCase, textList(cases), "")
	w.line(keyStatistic, quote(g.Statistic.String()), "")
}

// TemplateData is the data file that TargetsTemplate reads, and its name.
func TemplateData() (data []byte, name string) {
	name = "own-groups.csv"
	data, _ = scenarios.TargetsData(name)
	return data, name
}

// TargetsTemplate is a targets file to begin one's own with: the shipped one for own
// data under another name.
func TargetsTemplate() []byte {
	return ownOf(shippedTargets(), "own-data", "our-data", "A targets file of epgsim: what is known of groups, and which simulated ones are to be like them.")
}
