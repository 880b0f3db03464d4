package scenario

import (
	"testing"

	"epgsim/sim"
	"epgsim/sim/expression"
)

// An expression is over the outcomes of a run as they lie there, and over what
// the caller knows besides.
func TestExpressionsOverOutcomes(t *testing.T) {
	s, err := Load("food-products")
	if err != nil {
		t.Fatal(err)
	}
	p := s.Frozen()
	r := sim.NewGroup().Run(&p, 1, 0)
	e, err := expression.Compile("value_total / public_cost", OutcomeNames())
	if err != nil || e.Unit() != "1" || e.Eval(r.Values[:]) != r.Get(sim.ValuePerPublic) || !(r.Get(sim.ValuePerPublic) > 0) {
		t.Errorf("%v: %v %s, want %v", err, e.Eval(r.Values[:]), e.Unit(), r.Get(sim.ValuePerPublic))
	}
	e, err = expression.Compile("2 * net_benefit + value_total", OutcomeNames(expression.Name{Name: "net_benefit", Unit: "k€"}))
	if got := e.Eval(append(r.Values[:], 7)); err != nil || e.Unit() != "k€" || got != 14+r.Get(sim.ValueTotal) {
		t.Errorf("%v: %v %s", err, got, e.Unit())
	}
	for _, c := range []struct{ source, want string }{
		{"value_totl / 2", "in column 1, there is no value_totl"},
		{"self_sustaining and xyzzy > 1", "in column 21, there is no xyzzy"},
		{"value_total + first_deal_week", "in column 13, + puts k€ and weeks together; divide, or let a number weigh one of them: 0.5 * …"},
	} {
		if _, err := expression.Compile(c.source, OutcomeNames()); err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v, want %s", c.source, err, c.want)
		}
	}
}

// Every unit of an outcome is one that the arithmetic understands: it is written
// as it is in the table.
func TestUnitsOfOutcomesAreUnderstood(t *testing.T) {
	for o := range sim.NOutcomes {
		want := o.Info().Unit
		if want == "€/€" {
			want = "1"
		}
		if e, err := expression.Compile(o.String(), OutcomeNames()); err != nil || e.Unit() != want {
			t.Errorf("%s: %v, unit %q, want %q", o, err, e.Unit(), want)
		}
	}
}
