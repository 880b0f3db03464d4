package decide

import (
	"reflect"
	"slices"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// lineup are options that meet the same worlds, and which of their SMEs are the same
// without the group.
type lineup struct {
	options []option
	alone   [][]int // of each option, by SME: which of the runs alone is its
	alones  []aloneRun
	twins   []sim.Params // of alones, as the scenario has them
}

// option is what is run. Its mechanisms are switched off after a world has been laid
// over its parameters.
type option struct {
	name   string
	params sim.Params
	off    []string
}

// aloneRun is an SME of an option without the group. Options that differ only in
// what their members do together share it.
type aloneRun struct{ option, sme int }

// add adds an option. Worlds change the same parameters in all, so that SMEs alone
// which are the same here are so in every world.
func (l *lineup) add(name string, p sim.Params, off []string) {
	l.options = append(l.options, option{name, p, off})
	at := len(l.options) - 1
	frozen := l.params(at, nil, nil)
	var mine []int
	for k := range frozen.Size() {
		twin := experiment.Twin(frozen, k, false)
		a := slices.IndexFunc(l.twins, func(q sim.Params) bool { return reflect.DeepEqual(q, twin) })
		if a < 0 {
			a = len(l.twins)
			l.twins, l.alones = append(l.twins, twin), append(l.alones, aloneRun{at, k})
		}
		mine = append(mine, a)
	}
	l.alone = append(l.alone, mine)
}

// params are those of an option in a world, or as it is without a drawing.
func (l *lineup) params(at int, from *scenario.Drawing, world []float64) sim.Params {
	p := l.options[at].params
	if from != nil {
		from.Set(&p, world)
	}
	experiment.SwitchOff(&p, l.options[at].off...)
	return p
}

// arms are the options that are in and the SMEs alone that they need, in one world
// after the other. They belong to one goroutine.
type arms struct {
	l       *lineup
	lot     *experiment.Lot
	all     []experiment.Arm // of the options that are in, then of the SMEs alone
	option  []int            // of each arm of an option, the option
	alone   []int            // of each of lineup.alones, -1 or its arm
	results []*sim.Result    // of each option
	without []sim.Tally      // of each option, what its SMEs alone come to
}

func (l *lineup) newArms(in []bool, seed uint64) *arms {
	a := &arms{l: l, lot: experiment.NewLot(seed, nil), results: make([]*sim.Result, len(l.options)), without: make([]sim.Tally, len(l.options))}
	wanted := make([]bool, len(l.alones))
	for o := range l.options {
		if !in[o] {
			continue
		}
		a.option = append(a.option, o)
		for _, k := range l.alone[o] {
			wanted[k] = true
		}
	}
	n := len(a.option)
	for k := range l.alones {
		a.alone = append(a.alone, -1)
		if wanted[k] {
			a.alone[k] = n
			n++
		}
	}
	a.all = make([]experiment.Arm, n)
	return a
}

// enter makes the parameters of a world.
func (a *arms) enter(from *scenario.Drawing, world []float64) {
	for k, o := range a.option {
		a.all[k] = experiment.Arm{Name: a.l.options[o].name, Params: a.l.params(o, from, world)}
	}
	for k, at := range a.alone {
		if at >= 0 {
			of := a.l.alones[k]
			a.all[at] = experiment.Arm{Name: "alone", Params: experiment.Twin(a.l.params(of.option, from, world), of.sme, false)}
		}
	}
	a.lot.Enter(a.all)
}

// margin is the margin on exports of an option, in the world.
func (a *arms) margin(o int) float64 { return a.all[slices.Index(a.option, o)].Params.Money.Margin }

// run runs the options under one luck: what each came to, and its SMEs without the
// group. The error says how the model broke.
func (a *arms) run(luck int, discount float64) ([]*sim.Result, []sim.Tally, error) {
	results, err := a.lot.Replicate(luck)
	if err != nil {
		return nil, nil, err
	}
	for k, o := range a.option {
		a.results[o], a.without[o] = results[k], sim.Tally{}
		for _, alone := range a.l.alone[o] {
			a.without[o] = experiment.Sum(a.without[o], experiment.Present(results[a.alone[alone]], discount))
		}
	}
	return a.results, a.without, nil
}
