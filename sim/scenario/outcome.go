package scenario

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"epgsim/sim"
	"epgsim/sim/expression"
)

// Outcome is what a design's analysis is about: an outcome of the model, or one
// of the design's own, worked out from those of the model.
type Outcome struct {
	Of  sim.Outcome            // of the model, where Own is nil
	Own *expression.Expression // over OutcomeNames(); nil for an outcome of the model

	name string // of an own one
}

// OutcomeOf is an outcome of the model.
func OutcomeOf(o sim.Outcome) Outcome { return Outcome{Of: o} }

// String is the outcome as a design has it: value_total, or
// value_total / public_cost as return.
func (o Outcome) String() string {
	if o.Own == nil {
		return o.Of.String()
	}
	return o.Own.String() + " as " + o.name
}

// Info says what the outcome is.
func (o Outcome) Info() sim.OutcomeInfo {
	if o.Own == nil {
		return o.Of.Info()
	}
	info := sim.OutcomeInfo{Name: o.name, Label: o.name, Kind: sim.Ratio, Unit: o.Own.Unit(), Doc: "own outcome: " + o.Own.String()}
	switch {
	case o.Own.IsCondition():
		info.Kind = sim.YesNo
	case info.Unit == "k€":
		info.Kind = sim.Money
	}
	return info
}

// Value is the outcome of a run whose outcomes of the model are given.
func (o Outcome) Value(values *[sim.NOutcomes]float64) float64 {
	if o.Own == nil {
		return values[o.Of]
	}
	return o.Own.Eval(values[:])
}

// Needs are the outcomes of the model that the outcome is worked out from.
func (o Outcome) Needs() []sim.Outcome {
	if o.Own == nil {
		return []sim.Outcome{o.Of}
	}
	var needs []sim.Outcome
	for _, name := range o.Own.Names() {
		k, _ := sim.OutcomeNamed(name) // the expression is over these names
		needs = append(needs, k)
	}
	return needs
}

// Own are the outcomes of the design that are not the model's.
func (d *Design) Own() (own []Outcome) {
	for _, o := range d.Outcomes {
		if o.Own != nil {
			own = append(own, o)
		}
	}
	return own
}

// Outcome finds an outcome by what somebody typed: the name of one of the model
// or of the design, or an expression with a name of its own. The error, of type
// Problems, says what it could have been; from is where it was typed.
func (d *Design) Outcome(from, text string) (Outcome, error) {
	own := d.Own()
	names := outcomeNames()
	for _, o := range own {
		if o.name == text {
			return o, nil
		}
		names = append(names, o.name)
	}
	o, wrong, hint := outcome(text, func(word string) string { return didYouMean(word, names) })
	if wrong == "" {
		return o, nil
	}
	return o, Problems{{File: from, Key: quoteClip(text), Allowed: wrong, Hint: hint}}
}

// Names of columns that a data set has besides outcomes.
var reserved = []string{"row", "replication", "block", "role", "group", "delta", "reason", "week", "as"}

var validOutcome = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// outcome takes the name of an outcome of the model, or EXPRESSION as NAME. near
// is the hint for a name that is not known.
func outcome(text string, near func(word string) string) (o Outcome, wrong, hint string) {
	if k, known := sim.OutcomeNamed(text); known {
		return OutcomeOf(k), "", ""
	}
	i := strings.LastIndex(text, " as ")
	if i < 0 {
		if strings.ContainsAny(text, "+-*/()<>=") {
			return o, "an expression needs a name", "write " + strconv.Quote(clip(strings.Join(strings.Fields(text), " "), mostRunes)+" as NAME")
		}
		return o, "not an outcome", cmp.Or(near(text), "there are "+strings.Join(outcomeNames(), ", "))
	}
	source, name := strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+len(" as "):])
	_, taken := sim.OutcomeNamed(name)
	switch {
	case !validOutcome.MatchString(name):
		return o, "after as must stand a name of at most 40 of the characters a-z, 0-9 and _, beginning with a letter", ""
	case taken || expression.IsWord(name) || slices.Contains(reserved, name) || strings.HasPrefix(name, "value_year_"):
		return o, "the name " + name + " is taken", "choose another"
	}
	e, err := expression.Compile(source, OutcomeNames())
	if err != nil {
		w := err.(*expression.Error)
		hint := w.Hint
		if w.Word != "" {
			hint = near(w.Word)
		}
		return o, (&expression.Error{Column: w.Column, Wrong: w.Wrong}).Error(), hint
	}
	return Outcome{Own: e, name: name}, "", ""
}
