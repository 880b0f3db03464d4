package decide

import (
	"context"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
	"epgsim/sim/expression"
	"epgsim/sim/scenario"
)

// study says whether studies of error rates, which take minutes, are made in full.
func study() bool { return os.Getenv("EPGSIM_STUDY") != "" }

// decisionOf is a decision about a shipped scenario or of a shipped name.
func decisionOf(t *testing.T, name string, worlds int) *scenario.Decision {
	t.Helper()
	d, err := scenario.LoadDecision(name, Derived()...)
	if err != nil {
		t.Fatal(err)
	}
	d.Worlds = worlds
	return d
}

func caseOf(t *testing.T, d *scenario.Decision, luck int) *Case {
	t.Helper()
	c, err := New(d, scenario.NewDrawing(d.Scenario.Unknowns(), nil), luck, 5)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// memory is a sink that keeps runs in a sample, and in a list.
type memory struct {
	mu   *sync.Mutex
	into *Sample
	keep func(*Run)
}

func (m memory) Put(r *Run) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.into.Add(r)
	if m.keep != nil {
		m.keep(r)
	}
	return nil
}
func (memory) Close() error { return nil }
func (memory) Abort()       {}

// simulate runs a batch into a sample; nil is all options.
func simulate(t *testing.T, c *Case, s *Sample, batch int, in []bool, workers int, keep func(*Run)) {
	t.Helper()
	if in == nil {
		in = make([]bool, len(c.options))
		for o := range in {
			in[o] = true
		}
	}
	rows, luck := c.Shape()
	at := 0
	next := func() (p experiment.Piece, ok bool) {
		p = experiment.Piece{FirstRow: at, Rows: min(rows, c.Rows()-at), FirstReplication: batch * luck, Replications: luck}
		at += rows
		return p, p.Rows > 0
	}
	sink := memory{&sync.Mutex{}, s, keep}
	err := c.Run(t.Context(), workers, in, next, func(experiment.Piece) (Sink, error) { return sink, nil }, func(experiment.Piece) {})
	if err != nil {
		t.Fatal(err)
	}
}

// Worlds are a Latin hypercube over the plausible ranges, each batch one of its own.
func TestWorldsFillTheirRanges(t *testing.T) {
	const n = 40
	c := caseOf(t, decisionOf(t, "paper-machinery", n), 2)
	for batch := range 2 {
		seen := make([][]bool, len(c.Unknowns))
		for k := range seen {
			seen[k] = make([]bool, n)
		}
		for w := range n {
			values := make([]float64, len(c.Unknowns))
			c.World(batch*n+w, values)
			for k, v := range values {
				u := &c.Unknowns[k]
				if u.Parameter.Type == sim.Real {
					seen[k][int((v-u.Low)/(u.High-u.Low)*n)] = true
				}
				if v < u.Low || v > u.High {
					t.Errorf("%s = %g is not within %g..%g", u.Parameter.Name, v, u.Low, u.High)
				}
			}
		}
		for k, bins := range seen {
			if c.Unknowns[k].Parameter.Type == sim.Real && slices.Contains(bins, false) {
				t.Errorf("batch %d: %s leaves a fortieth of its range out", batch, c.Unknowns[k].Parameter.Name)
			}
		}
	}
	a, b := make([]float64, len(c.Unknowns)), make([]float64, len(c.Unknowns))
	c.World(0, a)
	c.World(n, b)
	if slices.Equal(a, b) {
		t.Error("the second batch has the worlds of the first")
	}
}

// What a scenario says is known; what it leaves open is not.
func TestWhatIsSaidIsKnown(t *testing.T) {
	s, err := scenario.Parse("x.toml", []byte("name = \"x\"\n[trust]\nstart = 0.5\n"))
	if err != nil {
		t.Fatal(err)
	}
	names := func(all []scenario.Factor) (names []string) {
		for _, u := range all {
			names = append(names, u.Parameter.Name)
		}
		return names
	}
	open := names(s.Unknowns())
	if slices.Contains(open, "trust.start") || !slices.Contains(open, "trust.loss") || slices.Contains(open, "group.hours") {
		t.Errorf("unknown are %q", open)
	}
	if err := s.Set("trust.loss", "2"); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(names(s.Unknowns()), "trust.loss") {
		t.Error("what was set is unknown")
	}
	if all := s.EveryUnknown(); len(all) != len(open)+1 {
		t.Errorf("%d parameters may be unknown, %d are left open and one is said", len(all), len(open))
	}
	_, err = s.UnknownsNamed("--unknown", []string{"trust.strat", "project.horizon", "trust.loss", "trust.loss"})
	for _, want := range []string{"did you mean trust.start?", "project.horizon", "has no plausible range", "trust.loss", "is there twice"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	d := decisionOf(t, "paper-machinery", 20)
	hours, err := d.Scenario.UnknownsNamed("", []string{"project.years"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(d, &scenario.Drawing{}, 2, 5); !errors.Is(err, ErrNothingUnknown) {
		t.Errorf("without unknowns: %v", err)
	}
	if _, err := New(d, scenario.NewDrawing(hours, nil), 2, 5); err == nil || !strings.Contains(err.Error(), "project.years is what the options differ in") {
		t.Errorf("a lever as unknown: %v", err)
	}
	if _, err := New(d, scenario.NewDrawing(d.Scenario.Unknowns(), nil), MostLuck+1, 5); err == nil {
		t.Error("took too many runs in a world")
	}
}

// A run is what a comparison of the same parameters on the same luck comes to, and
// net benefit that of experiment.Worth.
func TestRunsAreThoseOfAComparison(t *testing.T) {
	d := decisionOf(t, "paper-machinery", 20)
	d.Discount = 0.05
	c := caseOf(t, d, 2)
	s := c.NewSample(1)
	var runs []Run
	simulate(t, c, s, 0, nil, 2, func(r *Run) {
		if r.World == 7 && r.Replication == 1 {
			one := *r
			one.Unknowns, one.Met = slices.Clone(r.Unknowns), slices.Clone(r.Met)
			runs = append(runs, one)
		}
	})
	if len(runs) != len(d.Options) {
		t.Fatalf("%d runs of %d options", len(runs), len(d.Options))
	}
	for _, r := range runs {
		p := d.Options[r.Option].Scenario.Frozen()
		for k := range c.Unknowns {
			c.Unknowns[k].Parameter.SetIn(&p, r.Unknowns[k])
		}
		years := p.Project.Years
		cmp := experiment.NewComparison([]experiment.Variant{{Key: "own", Name: "own", Params: p}}, []float64{years}, years,
			experiment.Plan{Seed: d.Seed, First: 7*MostLuck + 1, Replications: 1})
		cmp.Discount = d.Discount
		if err := errors.Join(cmp.RunAlone(context.Background(), nil), cmp.Run(context.Background(), nil)); err != nil {
			t.Fatal(err)
		}
		want := cmp.WorthOf(0, cmp.OwnIndex(), 0)
		if r.Worth != want || r.Objective != want.Benefit {
			t.Errorf("%s: %+v, objective %g; a comparison has %+v", d.Options[r.Option].Name, r.Worth, r.Objective, want)
		}
		if v := cmp.Of(0, cmp.OwnIndex(), sim.ValueTotal)[0]; v != r.Outcomes[sim.ValueTotal] {
			t.Errorf("%s: value %g, a comparison has %g", d.Options[r.Option].Name, r.Outcomes[sim.ValueTotal], v)
		}
	}
}

// Whatever the workers, and whichever options are left out, the runs of the others
// are the same bits.
func TestRunsDependOnNothingElse(t *testing.T) {
	c := caseOf(t, decisionOf(t, "food-products", 20), 1)
	all, some := c.NewSample(2), c.NewSample(2)
	simulate(t, c, all, 1, nil, 1, nil)
	in := make([]bool, len(c.options))
	in[3], in[8] = true, true
	simulate(t, c, some, 1, in, 3, func(r *Run) {
		if (r.Reason == OptionOut) == in[r.Option] {
			t.Errorf("option %d: reason %q", r.Option, r.Reason)
		}
	})
	for w := 20; w < 40; w++ {
		for o := range c.options {
			a, b := all.mean(w, o), some.mean(w, o)
			if in[o] && a != b || !in[o] && !math.IsNaN(b) {
				t.Fatalf("world %d, option %d: %g, alone %g", w, o, a, b)
			}
		}
	}
	if all.Made != 20*12 || some.Made != 20*2 {
		t.Errorf("made %d and %d runs", all.Made, some.Made)
	}
}

// made is a case of three options whose objective in a world is what a function
// says, with some luck that options share.
func made(t *testing.T, worlds, batches int, value func(world []float64, option int) float64) (*Case, *Sample) {
	t.Helper()
	d := decisionOf(t, "paper-machinery", worlds)
	d.Options = d.Options[:3]
	unknowns, err := d.Scenario.UnknownsNamed("", []string{"trust.start", "trust.loss", "deal.bases"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(d, scenario.NewDrawing(unknowns, nil), 2, 5)
	if err != nil {
		t.Fatal(err)
	}
	s := c.NewSample(batches)
	for row := range c.Rows() {
		for replication := range batches * c.Luck {
			o, w, l := c.Place(row, replication)
			u, share := make([]float64, 3), make([]float64, 3)
			c.World(w, u)
			for k := range u {
				share[k] = (u[k] - c.Unknowns[k].Low) / (c.Unknowns[k].High - c.Unknowns[k].Low)
			}
			s.Add(&Run{Row: row, Replication: replication, Unknowns: u, Objective: value(share, o) + float64(l)})
		}
	}
	return c, s
}

// The answer names the best, its conditions, and what is worth asking, on values
// whose answer is plain: option 1 is worth 30 everywhere; option 2 100 where the
// first unknown is high, else 0; option 0 nothing.
func TestAnswerIsThePlainOne(t *testing.T) {
	c, s := made(t, 400, 1, func(x []float64, o int) float64 {
		switch {
		case o == 1:
			return 30
		case o == 2 && x[0] > 0.75:
			return 100
		}
		return 0
	})
	a, err := c.Answer(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if a.Best != 1 || a.RunnerUp != 2 || a.LeastRegret != 1 || a.Ending == analysis.NotEnded {
		t.Errorf("best %d, next %d, least regret %d, ending %v", a.Best, a.RunnerUp, a.LeastRegret, a.Ending)
	}
	st := a.Standings[1]
	near := func(what string, got, want, tolerance float64) {
		t.Helper()
		if !(math.Abs(got-want) <= tolerance) {
			t.Errorf("%s is %g, want %g ± %g", what, got, want, tolerance)
		}
	}
	near("mean", st.Mean.Estimate, 30.5, 1e-9)
	near("share of worlds", st.BestIn.Estimate, 0.75, 0.005)
	near("regret", st.Regret.Estimate, 0.25*70, 0.5)
	near("regret, nine of ten worlds", st.Regret90, 70, 1e-9)
	near("behind", a.Standings[2].Behind.Estimate, 5, 0.5)
	near("worth of everything", a.EVPI.Estimate, 0.25*70, 2.5)
	if len(a.Conditions) != 1 || a.Conditions[0].Option != 2 || len(a.Conditions[0].Conditions) != 1 || a.Conditions[0].Conditions[0].Input != 0 {
		t.Fatalf("conditions %+v", a.Conditions)
	}
	u := &c.Unknowns[0]
	near("limit", (a.Conditions[0].Conditions[0].Low-u.Low)/(u.High-u.Low), 0.75, 0.03)
	near("right in", a.Conditions[0].Density.Estimate, 1, 0.08)
	if !slices.Equal(a.Questions.Order, []int{0}) {
		t.Errorf("worth asking are %v", a.Questions.Order)
	}
	near("worth of asking", a.Questions.Asked[0].Estimate, 0.25*70, 6)
	axes, err := c.Axes([]string{"trust.start", "project.years"})
	if err != nil {
		t.Fatal(err)
	}
	m := c.Map(s, a, axes[0], axes[1])
	if n := len(m.Cells[2]); n != 4 || m.Cells[2][0].Best != 2 || m.Cells[2][3].Ahead.Estimate != 70 || m.Cells[1][3].Best != 1 || m.Cells[0][0].Best != 0 {
		t.Errorf("map %+v", m.Cells)
	}
	if _, err := c.Axes([]string{"trust.start", "trust.strat"}); err == nil || !strings.Contains(err.Error(), "trust.strat is neither") {
		t.Errorf("a map over nothing: %v", err)
	}
}

// Nothing is found where there is nothing, and options that differ by less than
// matters need no further worlds.
func TestAnswerFindsNothingInLuck(t *testing.T) {
	c, s := made(t, 300, 1, func(x []float64, o int) float64 { return 100 + math.Mod(1000*x[0]*float64(o+1), 1) })
	a, err := c.Answer(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if a.Ending != analysis.WithinDelta || len(a.Conditions) != 0 || len(a.Questions.Order) != 0 {
		t.Errorf("ending %v, conditions %v, worth asking %v", a.Ending, a.Conditions, a.Questions.Order)
	}
}

// An option that does not meet a requirement in half of its runs is out, however good
// it is, and the share is told. One requirement may put all out.
func TestRequirementsPutOptionsOut(t *testing.T) {
	d := decisionOf(t, "which-form-how-long", 20)
	cheap, err := expression.Compile("public_cost <= 300", scenario.OutcomeNames(Derived()...))
	if err != nil {
		t.Fatal(err)
	}
	d.Require[0] = cheap
	c := caseOf(t, d, 1)
	s := c.NewSample(1)
	simulate(t, c, s, 0, nil, 2, nil)
	a, err := c.Answer(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	for o, option := range d.Options {
		if dear := strings.HasSuffix(option.Name, "= 5"); a.Allowed[o] == dear || (a.Fails[o][0] > 0.5) != dear {
			t.Errorf("%s: allowed %v, fails in %g", option.Name, a.Allowed[o], a.Fails[o][0])
		}
		if a.In[o] && !a.Allowed[o] {
			t.Errorf("%s is out and meets further worlds", option.Name)
		}
	}
	for o := range s.unmet {
		s.unmet[o][0] = s.asked[o][0]
	}
	if a, err = c.Answer(t.Context(), s); err != nil || a.Best != -1 || a.RunnerUp != -1 || slices.Contains(a.In, true) {
		t.Errorf("with all out: best %d, next %d, in %v, %v", a.Best, a.RunnerUp, a.In, err)
	}
}

// A world in which the model broke for some run counts for no option.
func TestBrokenWorldsAreLeftOut(t *testing.T) {
	c, s := made(t, 40, 1, func(x []float64, o int) float64 { return float64(o) })
	for o := range 3 {
		run := &Run{Row: 3*5 + o, Replication: 0, Unknowns: s.Worlds[5], Reason: "the model broke: x"}
		run.clear(0)
		s.Add(run)
	}
	a, err := c.Answer(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if s.Broken != 3 || a.Standings[2].Mean.N != 39 || a.Standings[2].BestIn.Estimate != 1 || a.Questions.LeftOut != 1 {
		t.Errorf("broken %d, mean over %d, best in %g, left out %d", s.Broken, a.Standings[2].Mean.N, a.Standings[2].BestIn.Estimate, a.Questions.LeftOut)
	}
}
