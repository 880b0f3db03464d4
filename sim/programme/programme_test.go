package programme

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// some is a small programme with every way to choose, a gate and a policy that
// changes hours.
const some = `name = "some"
budget = 4000
horizon = 6
applicants = 40
times = 3
[spread]
group.technology = 0.2
manager.hours = 6
[[pool]]
scenario = "food-products"
weight = 2
[[pool]]
scenario = "paper-machinery"
[[policy]]
name = "all"
years = 2
[[policy]]
name = "figure"
form = "by technology and compatibility"
years = { market = 1, customer = 2, system = 3 }
seen_error = 0.1
[[policy]]
name = "gate"
years = 1
extend = { years = 1, when = "deals_project >= 1 or private_cost > 90" }
[[policy]]
name = "score"
select = "score"
score = "technology * experience / cost"
seen_error = 0.2
years = 3
[[policy]]
name = "lot"
select = "lottery"
years = 1
hours = 20
`

// studyOf reads a programme.
func studyOf(t testing.TB, text string) *Study {
	t.Helper()
	file := filepath.Join(t.TempDir(), "p.toml")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	p, err := scenario.LoadProgramme(file)
	if err != nil {
		t.Fatal(err)
	}
	return New(p)
}

// memory is a sink that keeps everything, by draw and applicant.
type memory struct {
	mu   *sync.Mutex
	runs map[[2]int]Run
}

func (m memory) Put(r *Run) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	kept := *r
	a := *r.Applicant
	kept.Applicant, kept.Outcomes = &a, slices.Clone(r.Outcomes)
	m.runs[[2]int{r.Draw, r.Number}] = kept
	return nil
}
func (memory) Close() error { return nil }
func (memory) Abort()       {}

// simulated runs a whole study, and enters it into a book.
func simulated(t testing.TB, s *Study, draws, workers int) (memory, *Book) {
	t.Helper()
	m := memory{&sync.Mutex{}, map[[2]int]Run{}}
	rows, block := 7, 2 // other pieces than the usual ones
	var todo []experiment.Piece
	for row := 0; row < s.Programme.Applicants; row += rows {
		for d := 0; d < draws; d += block {
			todo = append(todo, experiment.Piece{FirstRow: row, Rows: min(rows, s.Programme.Applicants-row), FirstReplication: d, Replications: min(block, draws-d)})
		}
	}
	err := s.Run(context.Background(), workers, func() (p experiment.Piece, ok bool) {
		if ok = len(todo) > 0; ok {
			p, todo = todo[0], todo[1:]
		}
		return p, ok
	}, func(experiment.Piece) (Sink, error) { return m, nil }, func(experiment.Piece) {})
	if err != nil {
		t.Fatal(err)
	}
	b := s.NewBook(draws)
	for n := range s.Programme.Applicants {
		for d := range draws {
			for _, o := range m.runs[[2]int{d, n}].Outcomes {
				var values []float64
				for _, k := range b.Outcomes {
					values = append(values, o.Values[k])
				}
				if err := b.Add(d, n, values, o.Private, o.Worth); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return m, b
}

func answer(t testing.TB, s *Study, b *Book) (*Answer, []Funded) {
	t.Helper()
	var all []Funded
	a, err := s.Answer(b, func(f Funded) error {
		all = append(all, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return a, all
}

func same(a, b any) bool { // NaN is as good as NaN
	return reflect.DeepEqual(bits(a), bits(b))
}

func bits(v any) any {
	switch v := v.(type) {
	case [sim.NOutcomes]float64:
		var out []uint64
		for _, x := range v {
			out = append(out, math.Float64bits(x))
		}
		return out
	}
	return v
}

// Whatever group is funded, with or without a gate, has come to what a separate
// simulation of its project comes to, bit by bit; and so have its SMEs alone.
func TestEveryOutcomeIsThatOfASeparateSimulation(t *testing.T) {
	s, draws := studyOf(t, some), 2
	if os.Getenv("EPGSIM_LONG") != "" {
		draws = 20
	}
	m, _ := simulated(t, s, draws, 2)
	g, w := sim.NewGroup(), s.newDrawer()
	checked := 0
	for n := range s.Programme.Applicants {
		for d := range draws {
			r := m.runs[[2]int{d, n}]
			a := w.draw(d, n)
			for k := range s.Programme.Policy {
				var p sim.Params
				o, _ := w.offer(k, a, &p)
				for _, years := range []float64{o.Years, o.GoesOn} {
					i := slices.IndexFunc(r.Outcomes, func(x Outcome) bool { return sameGroup(x.Treatment, o.Treatment) && x.Years == years })
					if i < 0 {
						continue // nobody may fund it so
					}
					got := &r.Outcomes[i]
					p.Project.Years = years
					if want := g.Run(&p, s.Programme.Seed, replication(d, n)); !same(got.Values, want.Values) {
						t.Fatalf("draw %d, applicant %d, %+v: other outcomes than alone", d, n, got.Treatment)
					}
					alone, private := 0.0, 0.0
					for sme := range p.Size() {
						twin := experiment.Twin(p, sme, false)
						r := g.Run(&twin, s.Programme.Seed, replication(d, n))
						alone, private = alone+r.Get(sim.ValueTotalExpected), private+r.Get(sim.PrivateCost)
					}
					if got.Worth.Alone != alone || got.Worth.Benefit != float64(p.Money.Margin*(got.Worth.Sales-alone))-got.Worth.Public-(got.Values[sim.PrivateCost]-private) {
						t.Fatalf("draw %d, applicant %d, %+v: worth %+v, alone %g", d, n, got.Treatment, got.Worth, alone)
					}
					p.Project.Horizon = years // the project alone
					if want := g.Run(&p, s.Programme.Seed, replication(d, n)).Get(sim.PrivateCost); got.Private != want {
						t.Fatalf("draw %d, applicant %d, %+v: had paid %g at the end, want %g", d, n, got.Treatment, got.Private, want)
					}
					p.Project.Horizon = s.Programme.Horizon
					checked++
				}
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d were compared", checked)
	}
}

// No policy promises more than its budget, nor spends more than it promises; all
// but a group's worth of it is promised, unless there is nobody left; and a gate
// lets those pass whom its condition does.
func TestMoney(t *testing.T) {
	s := studyOf(t, some)
	m, b := simulated(t, s, 3, 1)
	a, all := answer(t, s, b)
	spent := map[[2]int]float64{}
	on, ended := 0, 0
	for _, f := range all {
		if f.Worth.Public > f.Granted*(1+1e-9) {
			t.Errorf("%+v: spent more than was promised", f)
		}
		spent[[2]int{f.Policy, f.Draw}] += f.Granted
		if s.Programme.Policy[f.Policy].Name != "gate" {
			continue
		}
		r := m.runs[[2]int{f.Draw, f.Applicant}]
		i := slices.IndexFunc(r.Outcomes, func(o Outcome) bool { return sameGroup(o.Treatment, f.Treatment) && o.Years == 1 })
		passes := r.Outcomes[i].Values[sim.DealsProject] >= 1 || r.Outcomes[i].Private > 90
		if f.GoneOn != passes || (f.Years == 2) != passes {
			t.Errorf("%+v at a gate that says %v", f, passes)
		}
		if passes {
			on++
		} else {
			ended++
		}
	}
	if on == 0 || ended == 0 {
		t.Errorf("%d passed the gate and %d did not: one side is not tested", on, ended)
	}
	for k, y := range s.Programme.Policy {
		for d := range 3 {
			granted := spent[[2]int{k, d}]
			if granted > s.Programme.Budget || granted != a.Tallies[k][d].Granted {
				t.Errorf("%s, draw %d: %g promised, says %g", y.Name, d, granted, a.Tallies[k][d].Granted)
			}
			if granted < 0.8*s.Programme.Budget && a.Tallies[k][d].Groups < s.Programme.Applicants {
				t.Errorf("%s, draw %d: only %g of %g promised to %d groups", y.Name, d, granted, s.Programme.Budget, a.Tallies[k][d].Groups)
			}
		}
	}
}

// The same applicants with the same luck apply to all policies, whoever else applies
// and whatever the policies are.
func TestTheSameApplicantsMeetAllPolicies(t *testing.T) {
	whole, part := studyOf(t, some), studyOf(t, some[:strings.Index(some, "[[policy]]\nname = \"figure\"")])
	part.Programme.Applicants = 15
	a, b := whole.newDrawer(), part.newDrawer()
	seen := map[int]bool{}
	for d := range 3 {
		for n := range 15 {
			x, y := *a.draw(d, n), *b.draw(d, n)
			if !reflect.DeepEqual(x, y) {
				t.Fatalf("draw %d, applicant %d: %+v and %+v", d, n, x, y)
			}
			seen[x.Kind] = true
		}
	}
	if len(seen) != 2 {
		t.Errorf("kinds of applicants: %v", seen)
	}
	one := a.draw(0, 1).Applied
	if one == a.draw(1, 1).Applied {
		t.Error("the same applicant in two draws")
	}
}

// Seen without error, the score puts the applicants in their true order; with an
// error it does not.
func TestSelection(t *testing.T) {
	text := strings.ReplaceAll(some, "technology * experience / cost", "technology")
	for _, c := range []struct {
		error string
		right bool
	}{{"0", true}, {"0.2", false}} {
		s := studyOf(t, strings.Replace(text, "seen_error = 0.2", "seen_error = "+c.error, 1))
		q := s.queues(0)
		w := s.newDrawer()
		var true_ []float64
		for _, n := range q.order[3] {
			true_ = append(true_, -w.draw(0, int(n)).Applied.Technology)
		}
		if len(true_) < 5 || slices.IsSorted(true_) != c.right {
			t.Errorf("error %s: in true order %v: %v", c.error, !c.right, true_)
		}
	}
	q := studyOf(t, some).queues(0)
	if !slices.IsSorted(q.order[0]) || slices.IsSorted(q.order[4]) {
		t.Errorf("first come: %v, lottery: %v", q.order[0], q.order[4])
	}
}

// A policy that equals another comes to exactly the same, and changes nothing for
// the others. A policy under which the gate always opens equals one without it.
func TestEqualPoliciesComeToTheSame(t *testing.T) {
	more := some + `[[policy]]
name = "score again"
select = "score"
score = "technology * experience / cost"
seen_error = 0.2
years = 3
[[policy]]
name = "open gate"
years = 1
extend = { years = 1, when = "deals_project >= 0" }
`
	s, t2 := studyOf(t, some), studyOf(t, more)
	_, b := simulated(t, s, 2, 2)
	_, b2 := simulated(t, t2, 2, 1)
	a, _ := answer(t, s, b)
	a2, _ := answer(t, t2, b2)
	for k := range a.Tallies {
		if !reflect.DeepEqual(a.Tallies[k], a2.Tallies[k]) {
			t.Errorf("%s: %+v with other policies beside it, %+v without", s.Programme.Policy[k].Name, a2.Tallies[k], a.Tallies[k])
		}
	}
	if !reflect.DeepEqual(a2.Tallies[3], a2.Tallies[5]) {
		t.Errorf("the same twice: %+v and %+v", a2.Tallies[3], a2.Tallies[5])
	}
	for d := range 2 {
		gate, all := a2.Tallies[6][d], a2.Tallies[0][d]
		if gate.GoneOn != gate.Groups || gate.GoneOn == 0 {
			t.Errorf("%d of %d pass a gate that is open", gate.GoneOn, gate.Groups)
		}
		gate.GoneOn = 0
		if !reflect.DeepEqual(gate, all) {
			t.Errorf("an open gate: %+v, none: %+v", gate, all)
		}
	}
	v := a2.Verdict(0.05)
	if f := v.Rules[0].PerEuro.Finding; f != 4 { // analysis.Same
		t.Errorf("a policy against itself: %v", f)
	}
}
