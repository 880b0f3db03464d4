package scenario

import (
	"math"
	"strconv"
)

// TOML writes the decision in full, option by option. It names scenario.toml as its
// scenario, where Scenario.TOML belongs; with that it gives an equal decision, and
// writing that the same text.
func (d *Decision) TOML() []byte {
	w := &writer{comments: true}
	w.comment("Written by epgsim: every option as it was decided about. The scenario is beside it.")
	w.head(d.Head)
	w.line(keyScenario, quote(resolvedScenario), "")
	w.line(keyObjective, quote(d.Objective.String()), "")
	w.line(keyWorlds, strconv.Itoa(d.Worlds), "")
	w.line(keyDiscount, number(d.Discount), "a year")
	d.rowsTo(w)
	for _, e := range d.Require {
		w.b.WriteString("\n[[require]]\n")
		w.line(keyExpression, quote(e.String()), "")
	}
	return []byte(w.b.String())
}

// Hash identifies what decides the runs and their results: SHA-256, in hex, of the
// scenario, the options and the seed. What is wanted, the number of worlds and all
// words may change without it.
func (d *Decision) Hash() string {
	w := &writer{}
	w.line(keyScenario, quote(d.Scenario.Hash()), "")
	d.rowsTo(w)
	return w.hash()
}

// rowsTo writes what decides the runs.
func (d *Decision) rowsTo(w *writer) {
	w.line(keySeed, seedText(d.Seed), "of the worlds and of all luck")
	for _, o := range d.Options {
		w.b.WriteString("\n[[option]]\n")
		w.line(keyName, quote(o.Name), "")
		for i, q := range d.Levers {
			if v := o.Values[i]; !math.IsNaN(v) {
				w.line(q.Name, value(q, v), "")
			}
		}
	}
}
