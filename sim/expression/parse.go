package expression

import (
	"math"
	"slices"
	"strconv"
)

// Limits: nobody writes that by hand, and an expression may come from anybody.
const (
	mostBytes = 1000
	mostDepth = 40 // operators and parentheses within each other
)

// IsWord says whether a word belongs to the language, so that nothing can be
// named by it.
func IsWord(s string) bool { return operators[s].binds > 0 || s == "not" || s == "min" || s == "max" }

// Compile checks an expression against the names that there are. Its error is
// an *Error.
func Compile(source string, names []Name) (*Expression, error) {
	p := &parser{source: source, known: names, e: &Expression{source: source}}
	if len(source) > mostBytes {
		p.fail(0, "take it apart", "an expression begins that has more than %d bytes", mostBytes)
		return nil, p.err
	}
	p.next()
	m := p.expression(bindsOr)
	if p.token.kind != end {
		p.stray()
	}
	if p.err != nil {
		return nil, p.err
	}
	p.e.unit, p.e.number, p.e.condition = m.text(), m.number, m.condition
	return p.e, nil
}

// parser reads from left to right, and stops at the first thing that is wrong.
type parser struct {
	source string
	at     int // behind token
	token  token
	depth  int
	known  []Name
	e      *Expression
	err    *Error
}

// How tightly operators bind.
const (
	bindsOr = 1 + iota
	bindsAnd
	bindsNot
	bindsComparison
	bindsSum
	bindsProduct
	bindsSign
)

var operators = map[string]struct {
	do    operation
	binds int
}{
	"or": {or, bindsOr}, "and": {and, bindsAnd},
	"<": {less, bindsComparison}, "<=": {lessOrEqual, bindsComparison}, ">": {more, bindsComparison},
	">=": {moreOrEqual, bindsComparison}, "==": {equal, bindsComparison}, "!=": {unequal, bindsComparison},
	"+": {add, bindsSum}, "-": {subtract, bindsSum}, "*": {multiply, bindsProduct}, "/": {divide, bindsProduct},
}

// expression reads operands and the operators between them that bind at least
// so tightly, and adds the steps that work them out.
func (p *parser) expression(binds int) measure {
	if p.depth++; p.depth > mostDepth {
		p.fail(p.token.at, "take it apart", "the expression is nested too deeply")
	}
	defer func() { p.depth-- }()
	left, compared := p.operand(), false
	for {
		o, ok := operators[p.token.text]
		if !ok || o.binds < binds {
			return left
		}
		t := p.token
		if o.binds == bindsComparison && compared {
			p.fail(t.at, "write 1 < a and a < 3", "a comparison follows a comparison")
		}
		compared = o.binds == bindsComparison
		p.next()
		right := p.expression(o.binds + 1)
		left = p.combine(t, o.do, left, right)
	}
}

// operand reads a number, a name, or what stands in parentheses.
func (p *parser) operand() measure {
	t := p.token
	p.next()
	switch {
	case t.kind == number:
		return p.number(t)
	case t.text == "(":
		m := p.expression(bindsOr)
		p.expect(")")
		return m
	case t.text == "-":
		m := p.wanted(t, p.expression(bindsSign), true)
		p.add(step{do: negate})
		m.condition = false
		return m
	case t.text == "not":
		m := p.wanted(t, p.expression(bindsNot), false)
		p.add(step{do: not})
		return measure{condition: m.condition}
	case t.text == "min" || t.text == "max":
		return p.choice(t)
	case t.kind == word && operators[t.text].binds == 0:
		return p.name(t)
	}
	p.token = t
	if t.kind == sign && operators[t.text].binds == 0 && t.text != ")" && t.text != "," {
		p.stray()
	}
	p.fail(t.at, "", "a number or a name is missing")
	return measure{}
}

func (p *parser) number(t token) measure {
	v, err := strconv.ParseFloat(t.text, 64)
	if err != nil || math.IsInf(v, 0) {
		p.fail(t.at, "", "%s is no number", t.text)
	}
	p.add(step{do: putNumber, value: v})
	return measure{number: true, weight: constant}
}

func (p *parser) name(t token) measure {
	k := slices.IndexFunc(p.known, func(n Name) bool { return n.Name == t.text })
	if k < 0 {
		wrong, hint := "there is no "+t.text, ""
		if p.token.text == "(" {
			wrong, hint = t.text+" is no function", "there are min and max only"
		}
		p.fail(t.at, hint, "%s", wrong)
		if p.err.Word == "" && hint == "" {
			p.err.Word = t.text
		}
		return measure{}
	}
	p.add(step{do: putName, index: k})
	if !slices.Contains(p.e.names, t.text) {
		p.e.names = append(p.e.names, t.text)
	}
	return measured(p.known[k])
}

// choice reads what min or max choose from.
func (p *parser) choice(t token) measure {
	o := least
	if t.text == "max" {
		o = greatest
	}
	p.expect("(")
	m, n := p.expression(bindsOr), 1
	for ; p.token.text == ","; n++ {
		p.next()
		m = p.combine(t, o, m, p.expression(bindsOr))
	}
	if n == 1 {
		p.fail(p.token.at, "for example "+t.text+"(a, b)", "%s needs two values at least", t.text)
	}
	p.expect(")")
	return m
}

func (p *parser) add(s step) { p.e.steps = append(p.e.steps, s) }

func (p *parser) expect(text string) {
	if p.token.text == text {
		p.next()
		return
	}
	if p.token.kind != end {
		p.stray()
	}
	p.fail(p.token.at, "", "a %s is missing", text)
}

// stray refuses a token that stands where an operator should.
func (p *parser) stray() {
	t := p.token
	switch {
	case t.text == ")":
		p.fail(t.at, "", "a ) closes nothing")
	case t.kind == sign:
		p.fail(t.at, meant[t.text], "%q means nothing here", t.text)
	}
	p.fail(t.at, "", "an operator is missing before %s", t.text)
}

// wanted refuses what is no number, or no condition, where one is wanted.
func (p *parser) wanted(t token, m measure, number bool) measure {
	switch {
	case number && !m.number:
		p.fail(t.at, "", "%s is for numbers, and beside it is a condition", t.text)
	case !number && !m.condition:
		p.fail(t.at, "compare it with a number: a > 0", "%s is for conditions, and beside it is a number", t.text)
	}
	return m
}

// combine adds the step that makes one value of two, whose operator t is.
func (p *parser) combine(t token, o operation, left, right measure) measure {
	logic := o == and || o == or
	p.wanted(t, left, !logic)
	p.wanted(t, right, !logic)
	p.add(step{do: o})
	switch {
	case logic:
		return measure{condition: true}
	case o == multiply || o == divide:
		return product(left, right, o == divide)
	}
	m, fit := sum(left, right)
	if !fit {
		p.fail(t.at, "divide, or let a number weigh one of them: 0.5 * …", "%s puts %s and %s together", t.text, unitWords(left), unitWords(right))
	}
	if o >= less && o <= unequal {
		return measure{condition: true}
	}
	return m
}

func unitWords(m measure) string {
	if text := m.text(); text != "1" {
		return text
	}
	return "a pure number"
}
