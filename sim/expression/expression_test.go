package expression

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

var nan = math.NaN()

// names are what the tests know, with a value each: the last is missing.
var names = []Name{
	{"value", "k€", false}, {"cost", "k€", false}, {"weeks", "weeks", false}, {"deals", "deals", false},
	{"share", "1", false}, {"kept", "1", true}, {"per_hour", "k€/h", false}, {"hours", "h/week", false}, {"none", "k€", false},
}

func values() []float64 { return []float64{300, 40, 52, 4, 0.25, 1, 2, 8, nan} }

func compiled(t testing.TB, source string) *Expression {
	t.Helper()
	e, err := Compile(source, names)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return e
}

func same(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b }

func TestAnExpressionHasItsValueAndUnit(t *testing.T) {
	for _, c := range []struct {
		source string
		want   float64
		unit   string
	}{
		{"value", 300, "k€"}, {" 2 ", 2, "1"}, {".5", 0.5, "1"}, {"1e3", 1000, "1"}, {"2.5e-1", 0.25, "1"}, {"3E+2", 300, "1"},
		{"value - cost - cost", 220, "k€"}, {"value - (cost - cost)", 300, "k€"}, {"1 + 2 * 3", 7, "1"}, {"(1 + 2) * 3", 9, "1"},
		{"8 / 4 / 2", 1, "1"}, {"-2 * -3", 6, "1"}, {"--2", 2, "1"}, {"2--3", 5, "1"}, {"-cost + value", 260, "k€"}, {"0 * -1", 0, "1"},
		{"value / cost", 7.5, "1"}, {"value / deals", 75, "k€/deal"}, {"deals / weeks", 4. / 52, "deals/week"}, {"1 / weeks", 1. / 52, "1/week"},
		{"weeks * hours", 416, "h"}, {"per_hour * hours * weeks", 832, "k€"}, {"value / (deals * weeks)", 300. / 208, "k€/(deal·week)"}, {"value * weeks", 15600, "k€·weeks"},
		{"value + 25 * deals", 400, "k€"}, {"2 * weeks + 100 * share", 129, "1"}, {"100 * share + value", 325, "k€"}, {"2 * deals + 1", 9, "deals"},
		{"min(value, cost)", 40, "k€"}, {"max(value, cost, 500)", 500, "k€"}, {"min(3, 2, 1) + max(1, 2)", 3, "1"}, {"kept + share", 1.25, "1"},
		{"value >= 300", 1, "1"}, {"300 > value", 0, "1"}, {"value < 301", 1, "1"}, {"value <= 299.5", 0, "1"}, {"value == 300", 1, "1"}, {"value != 300", 0, "1"},
		{"kept and value > cost", 1, "1"}, {"not kept or value < cost", 0, "1"}, {"not value < cost", 1, "1"}, {"not kept and kept", 0, "1"},
		{"value > 1 or value > 2 and value < 0", 1, "1"}, {"(value > 1 or value > 2) and value < 0", 0, "1"}, {"not not kept", 1, "1"},
	} {
		e := compiled(t, c.source)
		if got := e.Eval(values()); !same(got, c.want) || e.Unit() != c.unit || e.String() != c.source {
			t.Errorf("%s is %v %s, want %v %s", c.source, got, e.Unit(), c.want, c.unit)
		}
	}
}

// What is missing, and what is not.
func TestWhatIsMissing(t *testing.T) {
	for _, c := range []struct {
		source string
		want   float64
	}{
		{"none", nan}, {"none + 1", nan}, {"0 * none", nan}, {"none / none", nan}, {"-none", nan}, {"min(1, none)", nan}, {"max(none, 1)", nan},
		{"1 / 0", nan}, {"-1 / 0", nan}, {"0 / 0", nan}, {"value / (cost - cost)", nan}, {"1e308 * 10", nan}, {"1e308 + 1e308", nan}, {"-1e308 - 1e308", nan},
		{"none > 1", nan}, {"none <= 1", nan}, {"none == none", nan}, {"none != none", nan}, {"not none > 1", nan},
		{"none > 1 and kept", nan}, {"kept and none > 1", nan}, {"none > 1 and not kept", 0}, {"not kept and none > 1", 0},
		{"none > 1 or kept", 1}, {"kept or none > 1", 1}, {"none > 1 or not kept", nan}, {"none > 1 or none < 1", nan}, {"none > 1 and none < 1", nan},
	} {
		e := compiled(t, c.source)
		if got := e.Eval(values()); !same(got, c.want) || e.Holds(values()) != (c.want == 1) {
			t.Errorf("%s is %v, want %v; holds: %v", c.source, got, c.want, e.Holds(values()))
		}
	}
	for _, x := range []float64{math.Inf(1), math.Inf(-1), nan} { // an infinite value is as good as none
		if got := compiled(t, "max(value, cost)").Eval([]float64{x, 1, 0, 0, 0, 0, 0, 0, 0}); got == got {
			t.Errorf("of %v: %v", x, got)
		}
	}
}

// Every mistake with its message, the column counted in characters.
func TestEveryMistakeHasItsMessage(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"", "in column 1, a number or a name is missing"},
		{"  ", "in column 3, a number or a name is missing"},
		{"valu", "in column 1, there is no valu"},
		{"value + cots", "in column 9, there is no cots"},
		{"Value", "in column 1, there is no Value"},
		{"value +", "in column 8, a number or a name is missing"},
		{"value cost", "in column 7, an operator is missing before cost"},
		{"2 value", "in column 3, an operator is missing before value"},
		{"(value", "in column 7, a ) is missing"},
		{"value)", "in column 6, a ) closes nothing"},
		{"()", "in column 2, a number or a name is missing"},
		{"min(value)", "in column 10, min needs two values at least; for example min(a, b)"},
		{"max value", "in column 5, an operator is missing before value"},
		{"max", "in column 4, a ( is missing"},
		{"len(value)", "in column 1, len is no function; there are min and max only"},
		{"value(2)", "in column 6, \"(\" means nothing here"},
		{"value = 3", "in column 7, \"=\" means nothing here; write =="},
		{"value && kept", "in column 7, \"&&\" means nothing here; write and"},
		{"!kept", "in column 1, \"!\" means nothing here; write not"},
		{"value ≤ 3", "in column 7, \"≤\" means nothing here; write <="},
		{"€ + value", "in column 1, \"€\" means nothing here"},
		{"value − cost", "in column 7, \"−\" means nothing here; write -"},
		{"value ^ 2", "in column 7, \"^\" means nothing here; write a * a for the square"},
		{"value ** 2", "in column 7, \"**\" means nothing here; write a * a for the square"},
		{"value % 2", "in column 7, \"%\" means nothing here; write 50 % as 0.5"},
		{"0,5 * value", "in column 2, \",\" means nothing here; decimals are written with a point: 0.5"},
		{`"value"`, `in column 1, "\"" means nothing here; there is no text here, names stand alone`},
		{"[value]", "in column 1, \"[\" means nothing here; there are no lists here"},
		{"value ? 1 : 2", "in column 7, \"?\" means nothing here; there are conditions with and, or, not only"},
		{"1.2.3", "in column 1, 1.2.3 is no number"},
		{"1e999", "in column 1, 1e999 is no number"},
		{"1 < value < 3", "in column 11, a comparison follows a comparison; write 1 < a and a < 3"},
		{"and kept", "in column 1, a number or a name is missing"},
		{"kept and", "in column 9, a number or a name is missing"},
		{"value and kept", "in column 7, and is for conditions, and beside it is a number; compare it with a number: a > 0"},
		{"not value", "in column 1, not is for conditions, and beside it is a number; compare it with a number: a > 0"},
		{"(value > 1) + 2", "in column 13, + is for numbers, and beside it is a condition"},
		{"-(value > 1)", "in column 1, - is for numbers, and beside it is a condition"},
		{"min(value > 1, 2)", "in column 1, min is for numbers, and beside it is a condition"},
		{"value + weeks", "in column 7, + puts k€ and weeks together; divide, or let a number weigh one of them: 0.5 * …"},
		{"value - share", "in column 7, - puts k€ and a pure number together; divide, or let a number weigh one of them: 0.5 * …"},
		{"value > weeks", "in column 7, > puts k€ and weeks together; divide, or let a number weigh one of them: 0.5 * …"},
		{"2 * (value + weeks)", "in column 12, + puts k€ and weeks together; divide, or let a number weigh one of them: 0.5 * …"},
		{"min(value / cost, deals)", "in column 1, min puts a pure number and deals together; divide, or let a number weigh one of them: 0.5 * …"},
		{"€€ value", "in column 1, \"€\" means nothing here"},
		{"share + näin", "in column 9, there is no näin"},
		{"\xff", `in column 1, "\xff" means nothing here`},
		{strings.Repeat("(", 41) + "1", "in column 41, the expression is nested too deeply; take it apart"},
		{strings.Repeat("-", 41) + "1", "in column 41, the expression is nested too deeply; take it apart"},
		{strings.Repeat("1+", 500) + "1", "in column 1, an expression begins that has more than 1000 bytes; take it apart"},
	} {
		_, err := Compile(c.source, names)
		var wrong *Error
		if !errors.As(err, &wrong) || wrong.Error() != c.want {
			t.Errorf("%q gives\n%v, want\n%s", c.source, err, c.want)
		}
	}
	var wrong *Error
	if _, err := Compile("value + cots", names); !errors.As(err, &wrong) || wrong.Word != "cots" {
		t.Errorf("the word that is not known: %+v", wrong)
	}
}

func TestWhatAnExpressionUses(t *testing.T) {
	e := compiled(t, "cost > 1 and value > cost or kept")
	if got := e.Names(); !slices.Equal(got, []string{"cost", "value", "kept"}) {
		t.Errorf("%v", got)
	}
	for _, c := range []struct {
		source            string
		number, condition bool
	}{{"value", true, false}, {"value > 1", false, true}, {"kept", true, true}, {"(kept)", true, true}, {"-kept", true, false}, {"not kept", false, true}, {"kept + 0", true, false}} {
		if e := compiled(t, c.source); e.IsNumber() != c.number || e.IsCondition() != c.condition {
			t.Errorf("%s: number %v, condition %v", c.source, e.IsNumber(), e.IsCondition())
		}
	}
	for _, w := range []string{"and", "or", "not", "min", "max"} {
		if !IsWord(w) {
			t.Errorf("%s is a word of the language", w)
		}
	}
	if IsWord("value") || IsWord("") {
		t.Error("value is no word of the language")
	}
}

func TestEvalAllocatesNothing(t *testing.T) {
	e, v := compiled(t, "(value - 0.3 * cost) / cost > 2 and max(value, cost, 7) > 1 or none > 3"), values()
	if n := testing.AllocsPerRun(100, func() { e.Eval(v) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// A product is rounded before it is added, also where a processor could do both
// at once.
func TestProductsAreRounded(t *testing.T) {
	a, b := 1+math.Ldexp(1, -30), 1-math.Ldexp(1, -30)
	got := compiled(t, "share * kept - 1").Eval([]float64{0, 0, 0, 0, a, b, 0, 0, 0})
	if got != 0 { // a·b = 1 − 2^−60, which rounds to 1
		t.Errorf("%v", got)
	}
}

func BenchmarkEval(b *testing.B) {
	e, v := compiled(b, "(value - 0.3 * cost) / cost > 2 and value > 1"), values()
	for b.Loop() {
		e.Eval(v)
	}
}

func ExampleCompile() {
	names := []Name{{Name: "value_total", Unit: "k€"}, {Name: "deals_total", Unit: "deals"}}
	e, err := Compile("value_total / deals_total", names)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(e.Eval([]float64{300, 4}), e.Unit())
	// Output: 75 k€/deal
}
