package experiment

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/scenario"
)

// sweepOf lays out a design given as the text of its file, without its name.
func sweepOf(t *testing.T, text string) *Sweep {
	t.Helper()
	file := filepath.Join(t.TempDir(), "test.toml")
	if err := os.WriteFile(file, []byte("name = \"test\"\n"+text), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := scenario.LoadDesign(file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewSweep(d)
	if err != nil {
		t.Fatal(err)
	}
	if s.Rows() != d.Rows() {
		t.Errorf("%d rows are laid out, the design says %d", s.Rows(), d.Rows())
	}
	return s
}

const factorial = `
scenario = "base"
method = "factorial"
replications = 3
outcomes = ["value_project"]
[[factor]]
parameter = "group.focus"
values = [0, 0.5, 1]
[[factor]]
parameter = "manager.hours"
values = [10, 20]
group = "effort"
[[factor]]
parameter = "group.hours"
values = [5, 15]
group = "effort"
`

func TestFactorialHasEveryCombinationOnce(t *testing.T) {
	t.Parallel()
	s := sweepOf(t, factorial)
	var got [][]float64
	for row := range s.Rows() {
		values := make([]float64, 3)
		if p := s.Point(row, values); p.Role != RolePlain || p.Block != row || p.Group != "" || p.Delta == p.Delta {
			t.Errorf("row %d has the place %+v", row, p)
		}
		got = append(got, values)
	}
	want := [][]float64{{0, 10, 5}, {0, 20, 15}, {0.5, 10, 5}, {0.5, 20, 15}, {1, 10, 5}, {1, 20, 15}}
	if !slices.EqualFunc(got, want, slices.Equal[[]float64]) {
		t.Errorf("rows %v, want %v", got, want)
	}
}

func TestOneAtATimeLeavesTheOthersAtTheBase(t *testing.T) {
	t.Parallel()
	s := sweepOf(t, strings.Replace(factorial, "factorial", "one-at-a-time", 1))
	nan := math.NaN()
	want := []struct {
		role, group string
		values      []float64
	}{
		{RoleBase, "", []float64{nan, nan, nan}},
		{RoleLevel, "group.focus", []float64{0, nan, nan}},
		{RoleLevel, "group.focus", []float64{0.5, nan, nan}},
		{RoleLevel, "group.focus", []float64{1, nan, nan}},
		{RoleLevel, "effort", []float64{nan, 10, 5}},
		{RoleLevel, "effort", []float64{nan, 20, 15}},
	}
	if s.Rows() != len(want) {
		t.Fatalf("%d rows, want %d", s.Rows(), len(want))
	}
	for row, w := range want {
		values := make([]float64, 3)
		p := s.Point(row, values)
		same := slices.EqualFunc(values, w.values, func(a, b float64) bool { return a == b || a != a && b != b })
		if p.Role != w.role || p.Group != w.group || !same {
			t.Errorf("row %d is %+v %v, want %+v", row, p, values, w)
		}
	}
}

// Every shipped design gives, for every row looked at, values that its factors
// may have and parameters that can be run.
func TestShippedDesignsCanBeRun(t *testing.T) {
	t.Parallel()
	all := scenario.ShippedDesigns()
	if len(all) < 5 {
		t.Fatalf("%d designs are shipped", len(all))
	}
	for _, info := range all {
		d, err := scenario.LoadDesign(info.Name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := NewSweep(d)
		if err != nil {
			t.Fatal(err)
		}
		var p sim.Params
		values := make([]float64, len(d.Factors))
		for k := range 200 {
			row := k * s.Rows() / 200
			s.Point(row, values)
			for f, v := range values {
				if q := d.Factors[f].Parameter; v == v && !q.Valid(v) {
					t.Errorf("%s: row %d: %s = %v", info.Name, row, q.Name, v)
				}
			}
			if err := d.Params(&p, values); err != nil {
				t.Errorf("%s: row %d: %v", info.Name, row, err)
			}
		}
		rows, replications := s.Shape()
		if runs := rows * replications; runs > 2000 || runs < min(50, s.Rows()*d.Replications) {
			t.Errorf("%s is cut into pieces of %d runs", info.Name, runs)
		}
	}
}

// kept is a sink that keeps what it is given, and breaks when told to.
type kept struct {
	mu     *sync.Mutex
	runs   map[[2]int]string
	mine   map[[2]int]string
	broken error
}

func (k *kept) Put(r *SweepRun) error {
	text := fmt.Sprint(r.Values, r.Place, r.Reason)
	if r.Result != nil {
		text += fmt.Sprint(r.Result.Values)
	}
	if r.Series != nil {
		text += fmt.Sprint(r.Series.Columns)
	}
	k.mine[[2]int{r.Row, r.Replication}] = text
	return k.broken
}

func (k *kept) Close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	for at, text := range k.mine {
		k.runs[at] = text
	}
	return nil
}

func (*kept) Abort() {}

// runAll runs a sweep piece by piece and returns what each run came to.
func runAll(t *testing.T, s *Sweep, workers int, pieces []Piece) map[[2]int]string {
	t.Helper()
	runs, mu, done := map[[2]int]string{}, &sync.Mutex{}, 0
	err := s.Run(t.Context(), workers, each(pieces), func(Piece) (Sink, error) {
		return &kept{mu: mu, runs: runs, mine: map[[2]int]string{}}, nil
	}, func(Piece) { done++ })
	if err != nil || done != len(pieces) {
		t.Fatalf("%d of %d pieces done, %v", done, len(pieces), err)
	}
	return runs
}

func each(pieces []Piece) func() (Piece, bool) {
	return func() (p Piece, ok bool) {
		if len(pieces) == 0 {
			return p, false
		}
		p, pieces = pieces[0], pieces[1:]
		return p, true
	}
}

// A run depends on its row and replication alone: not on the workers, nor on
// how the sweep is cut up, nor on the order of the pieces. It is what the
// model gives when asked for it directly.
func TestRunsDependOnRowAndReplicationOnly(t *testing.T) {
	t.Parallel()
	s := sweepOf(t, factorial)
	whole := runAll(t, s, 1, []Piece{{0, 6, 0, 3}})
	cut := runAll(t, s, 3, []Piece{{5, 1, 0, 3}, {0, 2, 2, 1}, {2, 3, 0, 3}, {0, 2, 0, 2}})
	if len(whole) != 18 || fmt.Sprint(whole) != fmt.Sprint(cut) {
		t.Errorf("%d runs whole and %d in pieces are not the same", len(whole), len(cut))
	}
	p := sim.Defaults()
	p.Group.Focus, p.Manager.Hours, p.Group.Hours = 0.5, 20, 15
	if want := fmt.Sprint(sim.NewGroup().Run(&p, s.Design.Seed, 2).Values); !strings.HasSuffix(whole[[2]int{3, 2}], want) {
		t.Errorf("row 3, replication 2 is %s, the model says %s", whole[[2]int{3, 2}], want)
	}
}

// Values that contradict each other, and a model that breaks, cost the runs
// they concern and no other.
func TestFailedRunsAreRowsWithAReason(t *testing.T) {
	t.Parallel()
	s := sweepOf(t, `
scenario = "base"
method = "factorial"
replications = 2
outcomes = ["value_project"]
[[factor]]
parameter = "group.size"
values = [3, 5]
[[factor]]
parameter = "group.suppliers"
values = [1, 2]
`)
	s.Design.Factors[1].Values[1] = 4 // a file with this is refused
	for at, text := range runAll(t, s, 2, []Piece{{0, 4, 0, 2}}) {
		if failed := strings.Contains(text, "suppliers"); failed != (at[0] == 1) {
			t.Errorf("row %d, replication %d: %s", at[0], at[1], text)
		}
	}
}

func TestSweepEndsWithItsSinkOrContext(t *testing.T) {
	t.Parallel()
	s := sweepOf(t, factorial)
	full := errors.New("disk full")
	open := func(broken error) func(Piece) (Sink, error) {
		return func(Piece) (Sink, error) {
			return &kept{mu: &sync.Mutex{}, runs: map[[2]int]string{}, mine: map[[2]int]string{}, broken: broken}, nil
		}
	}
	pieces := func() (Piece, bool) { return Piece{0, 6, 0, 3}, true } // for ever
	if err := s.Run(t.Context(), 2, pieces, open(full), func(Piece) {}); !errors.Is(err, full) {
		t.Errorf("a sink that breaks: %v", err)
	}
	if err := s.Run(t.Context(), 2, pieces, func(Piece) (Sink, error) { return nil, full }, func(Piece) {}); !errors.Is(err, full) {
		t.Errorf("a sink that does not open: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Run(ctx, 2, pieces, open(nil), func(Piece) { cancel() })
	if !Interrupted(err) {
		t.Errorf("a context that ends: %v", err)
	}
}

// observe runs a sweep and gathers what came of it, with an outcome that is
// worked out from the factors instead of the model's.
func observe(s *Sweep, outcome func(values []float64, replication int) float64) *Observed {
	o := NewObserved(s.groups, s.Rows(), s.Design.Replications, len(s.Design.Factors))
	for row := range s.Rows() {
		o.Places[row] = s.Point(row, o.Values[row])
		for r := range o.Runs[row] {
			o.Runs[row][r] = outcome(o.Values[row], r)
		}
	}
	return o
}

const ranges = `
scenario = "base"
replications = 2
outcomes = ["value_project"]
[[factor]]
parameter = "group.technology"
low = 0
high = 1
[[factor]]
parameter = "group.similarity"
low = 0
high = 0.5
[[factor]]
parameter = "manager.hours"
low = 10
high = 20
`

// A linear outcome has elementary effects equal to its coefficients times the
// ranges, and Sobol' indices in the proportion of their squares.
func TestLinearOutcomeIsSeenThroughTheDesigns(t *testing.T) {
	t.Parallel()
	linear := func(x []float64, r int) float64 { return 4*x[0] - 6*x[1] + 0.2*x[2] + float64(r) }
	effects, err := observe(sweepOf(t, "method = \"morris\"\npoints = 10\nlevels = 4"+ranges), linear).Effects()
	if err != nil {
		t.Fatal(err)
	}
	for g, want := range []float64{4, -3, 2} {
		if len(effects[g]) != 10 {
			t.Fatalf("%d effects of group %d", len(effects[g]), g)
		}
		for _, e := range effects[g] {
			if math.Abs(e[0]-want) > 1e-9 || math.Abs(e[1]-want) > 1e-9 {
				t.Errorf("group %d has the effects %v, want %v", g, e, want)
			}
		}
	}
	runs, err := observe(sweepOf(t, "method = \"saltelli\"\npoints = 256\nsecond_order = true"+ranges), linear).Saltelli(16)
	if err != nil {
		t.Fatal(err)
	}
	if len(runs.A) != 256 || len(runs.AB) != 3 || len(runs.BA) != 3 {
		t.Fatalf("%d base samples, %d and %d exchanges", len(runs.A), len(runs.AB), len(runs.BA))
	}
	indices := analysis.Sobol(runs)
	for g, want := range []float64{16. / 29, 9. / 29, 4. / 29} {
		if got := indices.Total[g].Estimate; math.Abs(got-want) > 0.02 {
			t.Errorf("total index of group %d is %v, want about %v", g, got, want)
		}
	}
}

// Rows that do not belong to the design are refused, not misread.
func TestObservedRefusesWhatIsNoDesign(t *testing.T) {
	t.Parallel()
	flat := func([]float64, int) float64 { return 0 }
	morris := observe(sweepOf(t, "method = \"morris\"\npoints = 4\nlevels = 4"+ranges), flat)
	saltelli := observe(sweepOf(t, "method = \"saltelli\"\npoints = 4"+ranges), flat)
	if _, err := morris.Saltelli(1); err == nil {
		t.Error("a Morris design passes as Saltelli's")
	}
	if _, err := saltelli.Effects(); err == nil {
		t.Error("a Saltelli design passes as Morris's")
	}
	if _, err := saltelli.Base(); err == nil {
		t.Error("a Saltelli design has a base")
	}
	saltelli.Places[1].Group = "nobody"
	if _, err := saltelli.Saltelli(1); err == nil || !strings.Contains(err.Error(), `row 1: group "nobody"`) {
		t.Errorf("an unknown group: %v", err)
	}
	morris.Places[2].Block = 3
	if _, err := morris.Effects(); err == nil {
		t.Error("a step without the row before it is taken")
	}
}

// The longest run is that of the values that are run, the scenario's own only
// where a row has it.
func TestLongestRun(t *testing.T) {
	t.Parallel()
	const text = `
scenario = "base"
method = %q
replications = 1
outcomes = ["value_project"]
[[factor]]
parameter = "project.years"
values = [1, 2.5]
` // base is followed for 10 years
	for method, want := range map[string]int{"factorial": 10, "one-at-a-time": 10} {
		if got := sweepOf(t, fmt.Sprintf(text, method)).LongestRun(); got != want {
			t.Errorf("%s: the longest run has %d years, want %d", method, got, want)
		}
	}
}

// Advice is given where the design could be better, and only there.
func TestAdvice(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"method = \"saltelli\"\npoints = 100":          "points = 100 is no power of two; 128 would",
		"method = \"sobol\"\npoints = 65":              "128 would",
		"method = \"saltelli\"\npoints = 64":           "replications = 2: with fewer than 5",
		"method = \"sobol\"\npoints = 64":              "",
		"method = \"morris\"\npoints = 10\nlevels = 4": "",
	} {
		if got := sweepOf(t, text+ranges).Advice(); !strings.Contains(got, want) || (want == "") != (got == "") {
			t.Errorf("%q: advice %q, want %q", text, got, want)
		}
	}
}
