package sim

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// sheet is where formulas are written, filled in, evaluated and compared with what the
// program has.
type sheet struct {
	t     *testing.T
	v     map[string]float64 // what the names in formulas stand for
	lines strings.Builder    // of the block under way
	parts []oddPart
}

var (
	formulaName = regexp.MustCompile(`\p{L}[\p{L}\p{M}\p{N}_.′*₀₁₂₃]*`)
	asGo        = strings.NewReplacer("·", "*", "−", "-", "√", "sqrt", "⌈", "ceil(", "⌉", ")")
)

// step writes a formula, with its numbers filled in and its value, and keeps the value
// under its name. It must be what the program has.
func (s *sheet) step(name, formula string, program float64) float64 {
	s.t.Helper()
	exact := formulaName.ReplaceAllStringFunc(formula, func(name string) string {
		if v, ok := s.v[name]; ok {
			return "(" + strconv.FormatFloat(v, 'g', -1, 64) + ")"
		}
		return name
	})
	filled := formulaName.ReplaceAllStringFunc(formula, func(name string) string {
		if v, ok := s.v[name]; ok {
			return digits(v)
		}
		return name
	})
	value := s.evaluate(exact)
	if !(math.Abs(value-program) <= 1e-9*max(1, math.Abs(program))) { // so written that NaN fails
		s.t.Errorf("%s = %s = %s = %v; the program has %v", name, formula, filled, value, program)
	}
	s.v[name] = value
	if filled != formula {
		formula += "\n" + strings.Repeat(" ", len([]rune(strings.ReplaceAll(name, "\u0304", "")))+1) + "= " + filled
	}
	if filled != digits(value) {
		filled = " = " + digits(value)
	} else {
		filled = ""
	}
	fmt.Fprintf(&s.lines, "%s = %s%s\n", name, formula, filled)
	return value
}

// say writes a line.
func (s *sheet) say(format string, args ...any) { fmt.Fprintf(&s.lines, format+"\n", args...) }

// close ends the block under way.
func (s *sheet) close(name string) {
	s.parts = append(s.parts, oddPart{"example " + name, "```\n" + s.lines.String() + "```\n"})
	s.lines.Reset()
}

// digits writes a number with four digits.
func digits(v float64) string {
	text := strconv.FormatFloat(v, 'g', 4, 64)
	if math.Abs(v) >= 1000 {
		text = strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strings.Replace(text, "-", "−", 1)
}

// evaluate is the value of a formula without names.
func (s *sheet) evaluate(formula string) float64 {
	x, err := parser.ParseExpr(asGo.Replace(formula))
	if err != nil {
		s.t.Fatalf("%s: %v", formula, err)
	}
	return s.value(x)
}

func (s *sheet) value(x ast.Expr) float64 {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return s.value(x.X)
	case *ast.BasicLit:
		v, err := strconv.ParseFloat(x.Value, 64)
		if err == nil {
			return v
		}
	case *ast.UnaryExpr:
		if x.Op == token.SUB {
			return -s.value(x.X)
		}
	case *ast.BinaryExpr:
		a, b := s.value(x.X), s.value(x.Y)
		switch x.Op {
		case token.ADD:
			return a + b
		case token.SUB:
			return a - b
		case token.MUL:
			return a * b
		case token.QUO:
			return a / b
		}
	case *ast.CallExpr:
		a := s.value(x.Args[0])
		switch x.Fun.(*ast.Ident).Name {
		case "min":
			return min(a, s.value(x.Args[1]))
		case "max":
			return max(a, s.value(x.Args[1]))
		case "exp":
			return exp(a)
		case "log":
			return log(a)
		case "N":
			return normal(a)
		case "sqrt":
			return math.Sqrt(a)
		case "ceil":
			return math.Ceil(a)
		}
	}
	s.t.Fatalf("%#v is not part of a formula", x)
	return 0
}
