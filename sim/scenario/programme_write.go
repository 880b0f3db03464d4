package scenario

import (
	"math"
	"strconv"
	"strings"

	"epgsim/sim/expression"
)

// PoolFile is the file in which the scenario of a kind of applicants belongs beside
// a programme that was written out: 0 for the first.
func PoolFile(i int) string { return "pool-" + strconv.Itoa(i+1) + ".toml" }

// TOML writes the programme in full. It names PoolFile as the scenario of each kind,
// where Scenario.TOML belongs; with these it gives an equal programme, and writing
// that the same text.
func (p *Programme) TOML() []byte {
	w := &writer{comments: true}
	w.comment("Written by epgsim: the programme as it was run. The scenarios of those who apply are beside it.")
	w.head(p.Head)
	w.line(keyTimes, strconv.Itoa(p.Times), "programmes")
	p.rowsTo(w, PoolFile)
	return []byte(w.b.String())
}

// Hash identifies what decides the runs and their results: SHA-256, in hex, of all
// but words and the number of programmes.
func (p *Programme) Hash() string {
	w := &writer{}
	p.rowsTo(w, func(i int) string { return p.Pool[i].Scenario.Hash() })
	return w.hash()
}

// rowsTo writes what decides the runs; scenario is what stands for that of a kind.
func (p *Programme) rowsTo(w *writer, scenario func(i int) string) {
	w.line(keySeed, seedText(p.Seed), "of applicants and luck")
	w.line(keyBudget, number(p.Budget), "k€")
	w.line(keyYearsAhead, number(p.Horizon), "years")
	w.line(keyApplicants, strconv.Itoa(p.Applicants), "")
	for i := range p.Pool {
		k := &p.Pool[i]
		w.b.WriteString("\n[[pool]]\n")
		w.line(keyScenario, quote(scenario(i)), "")
		w.line(keyWeight, number(k.Weight), "")
		for _, f := range k.Vary {
			w.line(keyVary+"."+f.Parameter.Name, valueList(f.Parameter, []float64{f.Low, f.High}), "")
		}
	}
	for i := range p.Policy {
		w.b.WriteString("\n[[policy]]\n")
		p.Policy[i].to(w)
	}
}

func (p *Policy) to(w *writer) {
	w.line(keyName, quote(p.Name), "")
	w.line(keySelect, quote(string(p.Select)), "")
	formula := func(key string, e *expression.Expression) {
		if e != nil {
			w.line(key, quote(e.String()), "")
		}
	}
	formula(keyScore, p.Score)
	w.line(keySeenError, number(p.SeenError), "")
	w.line(keyForm, quote(string(p.Form)), "")
	var years []string
	for f := range Forms {
		years = append(years, f.String()+" = "+number(p.Years[f]))
	}
	w.line(keyFor, "{ "+strings.Join(years, ", ")+" }", "")
	if !math.IsNaN(p.Hours) {
		w.line(keyHours, number(p.Hours), "h/week")
	}
	if !math.IsNaN(p.Size) {
		w.line(keySMEs, number(p.Size), "SMEs")
	}
	if p.Extend != nil {
		w.line(keyExtend+"."+keyFor, number(p.Extend.Years), "")
		formula(keyExtend+"."+keyWhen, p.Extend.When)
	}
}
