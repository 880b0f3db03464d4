// Package expression knows names, numbers and units; not what they mean. It
// checks a formula such as
//
//	0.1 * further_exports - public_cost
//	offers_project >= 1 or cooperation > 0.15
//
// once, against the names there are, and works it out as often as is needed:
//
//	e, err := expression.Compile("value_total / public_cost > 2", names)
//	if err != nil {
//		return err // an *Error: which column, what is wrong, and why
//	}
//	if e.Holds(values) { … } // values in the order of names
//
// # The language
//
// Numbers (0.5, 1e3), names, + - * / and parentheses; comparisons < <= > >= ==
// and !=, which do not chain; and, or, not; min and max of two and more. What
// binds closest comes last: or, and, not, comparisons, + and -, * and /, the
// sign. There is nothing else: no text, no list, no loop, no other function, so
// a formula from anybody ends at once and changes nothing.
//
// # What is missing
//
// A missing value is NaN. What is worked out from it is missing too, min and max
// included, and so is a division by zero, and whatever is too large for a
// float64. A comparison with a missing value is neither true nor false but
// missing. "false and …" is false and "true or …" is true, whatever the rest;
// else and, or and not of something missing are missing. A condition that is
// missing is not met (Holds).
//
// # Units
//
// Units multiply and divide: k€ / k€ is a pure number, k€ / deals is k€/deal.
// What is added, compared or given to min and max must have one unit, and is
// refused if it has not. A number written out takes the unit that it needs: 400
// in "public_cost <= 400" is k€, and 25 in "value_total + 25 * deals_total" is
// what a deal is worth in k€. So two things of different units may be added when
// a number weighs one of them. Nothing is converted: years and weeks, k€ and €
// are different units.
//
// # The same bits everywhere
//
// Every product is rounded to a float64 before it is added to anything, and no
// function of the math library is called, so a value has the same bits on every
// platform.
//
// A parser of our own, and not a library: expr-lang/expr (MIT) allocates for
// every value it computes, accepts text, lists, ranges and variables even with
// all functions switched off, and adds more than 2 MB to the program, while
// units would still need a walk over its trees.
package expression
