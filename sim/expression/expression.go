package expression

import "math"

// Name is something that an expression may use.
type Name struct {
	Name string // letters, digits, _ and dots, beginning with a letter
	Unit string // "1" or "" for a pure number
	Yes  bool   // it is 0 or 1, and may stand where a condition is wanted
}

// Expression is a formula that was checked. Many goroutines may use it at once.
type Expression struct {
	source            string
	steps             []step
	names             []string
	unit              string
	number, condition bool
}

// String is the formula as it was written.
func (e *Expression) String() string { return e.source }

// Names are the names that the expression uses, each once, in the order in which
// they come up.
func (e *Expression) Names() []string { return e.names }

// Unit is the unit of the value, "1" for a pure number or a condition.
func (e *Expression) Unit() string { return e.unit }

// IsCondition says whether the value is one of true (1) and false (0), so that it
// may hold.
func (e *Expression) IsCondition() bool { return e.condition }

// IsNumber says whether the value is a number, as that of a name which is 0 or 1
// is beside being a condition.
func (e *Expression) IsNumber() bool { return e.number }

// step is one step of working the value out: put a value on the stack, or
// replace the topmost one or two by what comes of them.
type step struct {
	do    operation
	index int     // of a name
	value float64 // of a number
}

type operation uint8

const (
	putNumber operation = iota
	putName
	negate
	not
	add
	subtract
	multiply
	divide
	less
	lessOrEqual
	more
	moreOrEqual
	equal
	unequal
	and
	or
	least
	greatest
)

// Eval works the value out from the values of the names, in the order in which
// Compile had them: NaN where it is missing, 1 or 0 for a condition. It
// allocates nothing.
func (e *Expression) Eval(values []float64) float64 {
	var stack [mostDepth + 2]float64
	top := -1
	for i := range e.steps {
		switch s := &e.steps[i]; s.do {
		case putNumber:
			top++
			stack[top] = s.value
		case putName:
			top++
			stack[top] = finite(values[s.index])
		case negate:
			stack[top] = -stack[top]
		case not:
			stack[top] = 1 - stack[top]
		default:
			top--
			stack[top] = s.do.of(stack[top], stack[top+1])
		}
	}
	return stack[0] + 0 // + 0 makes a plain zero of -0
}

// Holds says whether a condition is met. One that is missing is not.
func (e *Expression) Holds(values []float64) bool { return e.Eval(values) == 1 }

// finite is x, missing where it is no finite number.
func finite(x float64) float64 {
	if x-x != 0 {
		return math.NaN()
	}
	return x
}

// of is what comes of two operands.
func (o operation) of(a, b float64) float64 {
	switch o {
	case add:
		return finite(float64(a + b))
	case subtract:
		return finite(float64(a - b))
	case multiply:
		return finite(float64(a * b))
	case divide:
		return finite(a / b) // by zero: infinite, so missing
	case and:
		return both(a, b)
	case or:
		return 1 - both(1-a, 1-b)
	}
	if a != a || b != b {
		return math.NaN()
	}
	switch o {
	case least:
		return min(a, b)
	case greatest:
		return max(a, b)
	}
	if o.compares(a, b) {
		return 1
	}
	return 0
}

// both is the and of two conditions either of which may be missing.
func both(a, b float64) float64 {
	switch {
	case a == 0 || b == 0:
		return 0
	case a == 1 && b == 1:
		return 1
	}
	return math.NaN()
}

func (o operation) compares(a, b float64) bool {
	switch o {
	case less:
		return a < b
	case lessOrEqual:
		return a <= b
	case more:
		return a > b
	case moreOrEqual:
		return a >= b
	case equal:
		return a == b
	}
	return a != b
}
