package scenario

import (
	"errors"
	"slices"
	"strings"

	"epgsim/sim"
	"epgsim/sim/expression"
)

// OutcomeNames are the outcomes of the model as expressions may use them, in the
// order of sim.Result.Values, and after them whatever else the caller knows of a
// run.
func OutcomeNames(also ...expression.Name) []expression.Name {
	names := make([]expression.Name, 0, int(sim.NOutcomes)+len(also))
	for o := range sim.NOutcomes {
		info := o.Info()
		names = append(names, expression.Name{Name: info.Name, Unit: info.Unit, Yes: info.Kind == sim.YesNo})
	}
	return append(names, also...)
}

// mostExpression is how long an expression may be, in characters; in bytes it is
// expression.Compile that says so.
const mostExpression = 1000

// expression takes an expression over some names: a condition, or else a number.
// It is nil where there is something wrong with it. unseen says why it may not use
// what is known of a run but is not among the names; "" where everything is.
func (r *reader) expression(path string, v any, names []expression.Name, condition bool, unseen string) *expression.Expression {
	before := len(r.problems)
	text := r.text(path, v, mostExpression, true)
	if len(r.problems) > before {
		return nil
	}
	e, err := expression.Compile(text, names)
	var wrong *expression.Error
	switch {
	case errors.As(err, &wrong):
		hint := wrong.Hint
		switch _, known := sim.OutcomeNamed(wrong.Word); {
		case wrong.Word == "":
		case unseen != "" && (known || slices.Contains(derivedNames, wrong.Word)):
			wrong.Wrong, hint = wrong.Word+" "+unseen, "there are "+strings.Join(nameList(names), ", ")
		default:
			hint = r.near(wrong.Word, nameList(names))
		}
		wrong.Hint = ""
		r.problem(path, v, wrong.Error(), hint)
		return nil
	case condition && !e.IsCondition():
		r.problem(path, v, "must be a condition, and is a number", "compare it with one: a > 0")
		return nil
	case !condition && !e.IsNumber():
		r.problem(path, v, "must be a number, and is a condition", "leave the comparison out")
		return nil
	}
	return e
}

// derivedNames are what decisions know of a run besides its outcomes, so that they
// can be told from slips of the pen.
var derivedNames = []string{"further_exports", "net_benefit"}

func nameList(names []expression.Name) []string {
	return texts(names, func(n expression.Name) string { return n.Name })
}
