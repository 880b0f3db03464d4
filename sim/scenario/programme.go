package scenario

import (
	"math"
	"slices"

	"epgsim/sim"
	"epgsim/sim/expression"
)

// Programme is a programme file, checked: who applies, and the policies by which
// an authority with one budget may choose among them. Many goroutines may read it
// at once.
type Programme struct {
	Head

	Budget     float64 // k€ of public money
	Horizon    float64 // years after the start of a group up to which its sales are counted
	Applicants int     // groups that apply
	Times      int     // programmes to simulate, each with applicants and luck of its own
	Seed       uint64  // of applicants and luck

	Pool   []Pool
	Policy []Policy
}

// Pool is one kind of applicants.
type Pool struct {
	Scenario *Scenario // with [set] and the horizon laid over it; its project period means nothing, policies say how long
	Weight   float64   // against the other kinds
	Vary     []Factor  // what differs among applicants of the kind: Factor.At of a share drawn evenly

	design *Design // of the same, which knows what contradicts
}

// Params writes the parameters of one applicant to dst, given the values of Vary,
// with what is switched off switched off. The error, a Problems, is a value that
// contradicts others.
func (k *Pool) Params(dst *sim.Params, values []float64) error { return k.design.Params(dst, values) }

// Drawing draws what nobody knows of any group that applies, and is the same for all
// of them: what no kind's scenario says, and in which no applicants differ; see
// Scenario.Drawing. Names, if there are any, are what is taken to be unknown instead.
func (p *Programme) Drawing(from string, names []string, w *Worlds) (*Drawing, error) {
	differ := func(q *sim.Parameter) bool {
		return q.Name == keyYears || slices.ContainsFunc(p.Pool, func(k Pool) bool {
			return slices.ContainsFunc(k.Vary, func(f Factor) bool { return f.Parameter == q })
		})
	}
	var common *Drawing
	for i := range p.Pool {
		d, err := p.Pool[i].Scenario.Drawing(from, names, w)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			common = d.Without(differ)
			continue
		}
		common = common.Without(func(q *sim.Parameter) bool { return !d.has(q) })
	}
	return common, nil
}

// Enter lays a world over the parameters of an applicant. What is switched off stays so.
func (k *Pool) Enter(dst *sim.Params, from *Drawing, world []float64) {
	from.Set(dst, world)
	k.Scenario.switchOff(dst)
}

// Select is how a policy puts the applicants in order. They are funded in that
// order until the money is spent.
type Select string

// The ways to choose, as written in a file.
const (
	FirstCome Select = "first come" // in the order in which they apply
	Lottery   Select = "lottery"    // in an order drawn by lot
	ByScore   Select = "score"      // best score first, and those whose score is missing last
)

// Form is one of three organisational forms.
type Form uint8

// The forms, from little to much joint work.
const (
	Market Form = iota
	Customer
	System
	Forms // how many there are
)

// String is the form as files have it.
func (f Form) String() string { return formNames()[f] }

func formNames() []string { return []string{"market", "customer", "system"} }

// Focus is the form as a value of group.focus.
func (f Form) Focus() float64 { return float64(f) / 2 }

// formOf is the form nearest to a mix of opportunities: that of the kind of which
// there is most, the one with the less joint work of equals.
func formOf(weights [3]float64) Form {
	best := Market
	for f := Customer; f < Forms; f++ {
		if weights[f] > weights[best] {
			best = f
		}
	}
	return best
}

// FormRule is how a policy settles the form of a group.
type FormRule string

// The rules, as written in a file; besides them the names of the forms, for all
// groups.
const (
	AsApplied FormRule = "as applied"                      // what the group says it is
	ByFigure2 FormRule = "by technology and compatibility" // FormByFigure2 of what is seen of it
)

// Where technology and complementarity begin to be high. Each has about half of the
// study's nine groups on either side.
const (
	HighTechnology      = 0.5
	HighComplementarity = 0.65
)

// FormByFigure2 is the form that the study advises (Virtanen and Hagberg-Andersson
// 2017, Figure 2): a market focus where technology and compatibility are low, a
// system focus where both are high, a customer focus between. What is low and high
// is our assumption.
func FormByFigure2(technology, complementarity float64) Form {
	high := 0
	if technology >= HighTechnology {
		high++
	}
	if complementarity >= HighComplementarity {
		high++
	}
	return Form(high)
}

// Policy is a rule for choosing groups and for what they get.
type Policy struct {
	Name      string
	Select    Select
	Score     *expression.Expression // over ApplicationNames; nil unless Select is ByScore
	SeenError float64                // standard deviation of the error with which Seen.Judged is seen
	Years     [Forms]float64         // of project, by form
	Form      FormRule
	Hours     float64    // h/week of the manager; NaN as applied
	Size      float64    // SMEs of a group; NaN as applied
	Extend    *Extension // nil if every project ends at its time

	table map[string]any // that it was read from
}

// Extension is a stage gate: at the end of its years a project goes on if a
// condition is met then.
type Extension struct {
	Years float64                // further ones
	When  *expression.Expression // over GateNames
}

// Lay writes what a policy gives to a group over the parameters that it applied
// with, and says which form it gets. Technology and complementarity are as they are
// seen. Years are those up to the gate.
func (p *Policy) Lay(dst *sim.Params, technology, complementarity float64) Form {
	f := formOf(dst.Weights())
	if p.Form == ByFigure2 {
		f = FormByFigure2(technology, complementarity)
	}
	for fixed := range Forms {
		if string(p.Form) == fixed.String() {
			f = fixed
		}
	}
	if p.Form != AsApplied {
		dst.Mix, dst.Group.Focus = [3]float64{}, f.Focus()
	}
	dst.Project.Years = p.Years[f]
	if !math.IsNaN(p.Hours) {
		dst.Manager.Hours = p.Hours
	}
	if !math.IsNaN(p.Size) {
		dst.Group.Size = p.Size
	}
	return f
}
