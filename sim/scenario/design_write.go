package scenario

import (
	"math"
	"strconv"
	"strings"

	"epgsim/sim"
)

// resolvedScenario is the file in which the scenario of a resolved design is.
const resolvedScenario = "scenario.toml"

// TOML writes the design in full: every factor by itself, every range with its
// ends. It names scenario.toml as its scenario, where Scenario.TOML belongs;
// with that it gives an equal design, and writing that the same text.
func (d *Design) TOML() []byte {
	w := &writer{comments: true}
	w.comment("Written by epgsim: every factor of the design as it was run. The scenario is beside it.")
	w.head(d.Head)
	w.line(keyScenario, quote(resolvedScenario), "")
	w.line(keyReplications, strconv.Itoa(d.Replications), "of each row")
	w.line(keyOutcomes, textList(texts(d.Outcomes, Outcome.String)), "that the analysis is about")
	d.rowsTo(w)
	return []byte(w.b.String())
}

// Hash identifies what decides the rows and their results: SHA-256, in hex, of
// the scenario, the method, the factors and the design's own outcomes, which are
// columns of its data set. Title, description, outcomes of the model and
// replications may change without it.
func (d *Design) Hash() string {
	w := &writer{}
	w.line(keyScenario, quote(d.Scenario.Hash()), "")
	d.rowsTo(w)
	if own := d.Own(); len(own) > 0 {
		w.line(keyOutcomes, textList(texts(own, Outcome.String)), "")
	}
	return w.hash()
}

// rowsTo writes what decides the rows.
func (d *Design) rowsTo(w *writer) {
	w.line(keySeed, seedText(d.Seed), "of the points and of all luck")
	w.line(keySeries, strconv.FormatBool(d.Series), "keep weekly series")
	w.line(keyMethod, quote(string(d.Method)), "")
	for _, l := range [...]struct{ key, value, meaning string }{
		{keyPoints, strconv.Itoa(d.Points), ""},
		{keyLevels, strconv.Itoa(d.Levels), "of the grid"},
		{keySecondOrder, strconv.FormatBool(d.SecondOrder), "pairs of factors too"},
		{keyScramble, strconv.FormatBool(d.Scramble), "randomise the sequence"},
	} {
		if d.Method.takes(l.key) {
			w.line(l.key, l.value, l.meaning)
		}
	}
	for i := range d.Factors {
		d.Factors[i].to(w)
	}
}

// seedText writes a seed, in quotation marks if TOML has no such integers.
func seedText(seed uint64) string {
	s := strconv.FormatUint(seed, 10)
	if seed > math.MaxInt64 {
		return quote(s)
	}
	return s
}

func (f *Factor) to(w *writer) {
	q := f.Parameter
	w.b.WriteString("\n[[factor]]\n")
	w.line("parameter", quote(q.Name), meaning(q))
	if f.Values != nil && f.Steps == 0 {
		w.line("values", valueList(q, f.Values), "")
	} else {
		w.line("low", value(q, f.Low), "")
		w.line("high", value(q, f.High), "")
		scale := "linear"
		if f.Log {
			scale = "log"
		}
		w.line("scale", quote(scale), "")
	}
	if f.Steps > 0 {
		w.line(keySteps, strconv.Itoa(f.Steps), "")
	}
	if f.Group != "" {
		w.line(keyGroup, quote(f.Group), "")
	}
}

func valueList(q *sim.Parameter, values []float64) string {
	return "[" + strings.Join(texts(values, func(v float64) string { return value(q, v) }), ", ") + "]"
}
