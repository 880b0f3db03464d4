package expression

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// tree is an expression made by a test, which works its value out by itself.
type tree struct {
	text  string
	binds int
	value float64
}

// grown is a random tree of so many levels, over pure numbers alone or, if
// condition, with a condition at its root.
func grown(r *rand.Rand, levels int, condition bool) tree {
	const sign, top = 7, 9
	within := func(t tree, binds int) string {
		if t.binds < binds || r.IntN(8) == 0 {
			return "(" + t.text + ")"
		}
		return t.text
	}
	missing := func(a, b, v float64) float64 {
		if a != a || b != b || math.IsInf(v, 0) {
			return nan
		}
		return v
	}
	switch {
	case levels == 0 && condition:
		v := []float64{0, 1, nan}[r.IntN(3)]
		return tree{fmt.Sprintf("c%v", v), top, v}
	case levels == 0 && r.IntN(3) == 0:
		v := []float64{0, -1, 0.1, 3, nan}[r.IntN(5)]
		return tree{map[string]string{"0": "z", "-1": "m", "0.1": "d", "3": "t", "NaN": "n"}[strconv.FormatFloat(v, 'g', -1, 64)], top, v}
	case levels == 0:
		v := float64(r.IntN(40)) / 8
		return tree{strconv.FormatFloat(v, 'g', -1, 64), top, v}
	}
	pair := func(conditions bool) (a, b tree) {
		return grown(r, r.IntN(levels), conditions), grown(r, r.IntN(levels), conditions)
	}
	truth := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	if condition {
		switch k := r.IntN(4); k {
		case 0:
			a, b := pair(true)
			v := nan
			if a.value == 0 || b.value == 0 || a.value == 1 && b.value == 1 {
				v = truth(a.value == 1 && b.value == 1)
			}
			return tree{within(a, 2) + " and " + within(b, 3), 2, v}
		case 1:
			a, b := pair(true)
			v := nan
			if a.value == 1 || b.value == 1 || a.value == 0 && b.value == 0 {
				v = truth(a.value == 1 || b.value == 1)
			}
			return tree{within(a, 1) + " or " + within(b, 2), 1, v}
		case 2:
			a := grown(r, r.IntN(levels), true)
			v := truth(a.value == 0)
			return tree{"not " + within(a, 3), 3, missing(a.value, 0, v)}
		}
		a, b := pair(false)
		k := r.IntN(6)
		v := [...]bool{a.value < b.value, a.value <= b.value, a.value > b.value, a.value >= b.value, a.value == b.value, a.value != b.value}[k]
		return tree{within(a, 5) + [...]string{"<", "<= ", " >", " >= ", "==", " != "}[k] + within(b, 5), 4, missing(a.value, b.value, truth(v))}
	}
	a, b := pair(false)
	switch r.IntN(7) {
	case 0:
		return tree{within(a, 5) + " + " + within(b, 6), 5, missing(a.value, b.value, a.value+b.value)}
	case 1:
		return tree{within(a, 5) + "-" + within(b, 6), 5, missing(a.value, b.value, a.value-b.value)}
	case 2:
		return tree{within(a, 6) + "*" + within(b, 7), 6, missing(a.value, b.value, a.value*b.value)}
	case 3:
		return tree{within(a, 6) + " / " + within(b, 7), 6, missing(a.value, b.value, a.value/b.value)}
	case 4:
		return tree{"-" + within(a, sign), sign, -a.value}
	case 5:
		return tree{"min(" + a.text + "," + b.text + ")", top, missing(a.value, b.value, math.Min(a.value, b.value))}
	}
	c := grown(r, r.IntN(levels), false)
	return tree{"max(" + a.text + ", " + b.text + ", " + c.text + ")", top, missing(a.value+b.value, c.value, max(a.value, b.value, c.value))}
}

// Random expressions, written with as few parentheses as they need and some
// more, have the value that was worked out while they were made up.
func TestRandomExpressionsHaveTheirValues(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	known := []Name{{"z", "", false}, {"m", "", false}, {"d", "1", false}, {"t", "", false}, {"n", "", false}, {"c0", "", true}, {"c1", "", true}, {"cNaN", "", true}}
	values := []float64{0, -1, 0.1, 3, nan, 0, 1, nan}
	ran, present := 0, 0
	for i := range 20_000 {
		want := grown(r, 1+r.IntN(6), i%2 == 0)
		if len(want.text) > mostBytes {
			continue
		}
		e, err := Compile(want.text, known)
		if err != nil {
			t.Fatalf("%s: %v", want.text, err)
		}
		ran++
		got := e.Eval(values)
		if got == got {
			present++
		}
		if got != want.value && !(got != got && want.value != want.value) {
			t.Fatalf("%s is %v, want %v", want.text, got, want.value)
		}
	}
	if ran < 15_000 || present < ran/4 {
		t.Errorf("only %d expressions ran, %d of them with a value", ran, present)
	}
}

// The parser says what is wrong or gives an expression that can be worked out,
// whatever it is given; and what it gives is the same again.
func FuzzCompile(f *testing.F) {
	for _, s := range []string{"", "value / cost", "min(value, cost, 3) > 2 and not kept or share < .5", "-(-weeks) * 1e3", "((", "1 < 2 < 3", "€", "a.b.c", "1e", "5..", "not", "\x00", "max(,)", "value > > 3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		e, err := Compile(source, names)
		if err != nil {
			if wrong := err.(*Error); wrong.Column < 1 || wrong.Column > len(source)+1 || wrong.Wrong == "" {
				t.Fatalf("%q: %+v", source, wrong)
			}
			return
		}
		if len(e.steps) == 0 || len(e.steps) > mostBytes {
			t.Fatalf("%q has %d steps", source, len(e.steps))
		}
		v := e.Eval(values())
		if math.IsInf(v, 0) || e.IsCondition() && v == v && v != 0 && v != 1 {
			t.Fatalf("%q is %v", source, v)
		}
		again, err := Compile(e.String(), names)
		if err != nil || again.Unit() != e.Unit() || !same(again.Eval(values()), v) {
			t.Fatalf("%q is not the same again: %v", source, err)
		}
	})
}
