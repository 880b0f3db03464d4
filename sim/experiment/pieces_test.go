package experiment

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"epgsim/sim/scenario"
)

// Rows that differ in the project period alone are run together, wherever in a piece
// they are; what is put is what each comes to by itself, in the order of rows and, within
// a row, of replications.
func TestRowsOfAFamilyAreAsIfRunAlone(t *testing.T) {
	t.Parallel()
	const factors = `
[[factor]]
parameter = "project.years"
values = [0.5, 2, 1]
[[factor]]
parameter = "group.focus"
values = [0, 1]
`
	for _, text := range []string{
		"method = \"factorial\"" + factors,
		"method = \"factorial\"\nseries = true" + factors,
		"method = \"one-at-a-time\"" + factors,
		"method = \"factorial\"\n[set]\nmechanisms_off = [\"workload\"]" + factors,
		"method = \"factorial\"" + factors + "[[factor]]\nparameter = \"project.horizon\"\nvalues = [3, 4]\n",
		"method = \"saltelli\"\npoints = 2\n[[factor]]\nparameter = \"manager.hours\"\n[[factor]]\nparameter = \"project.years\"\nlow = 0.25\nhigh = 2\n",
	} {
		head, tail, set := strings.Cut(text, "[set]\n")
		if !set {
			head, tail, _ = strings.Cut(text, "[[factor]]\n")
			tail = "[[factor]]\n" + tail
		}
		horizon := ""
		if !strings.Contains(text, "project.horizon") {
			horizon = "project.horizon = 3\n"
		}
		s := sweepOf(t, "scenario = \"base\"\nreplications = 3\noutcomes = [\"value_project\"]\n"+head+"[set]\n"+horizon+tail)
		whole := Piece{0, s.Rows(), 0, 3}
		w := newSweeper(s)
		w.lay(whole)
		shared := 0
		for k := range w.points {
			if w.points[k].member > 0 {
				shared++
			}
		}
		if shared == 0 {
			t.Errorf("no rows share their beginning:%s", text)
		}
		if w.lay(Piece{0, s.Rows(), 0, 1 + mostSeries}); s.Design.Series && slices.ContainsFunc(w.points, func(p point) bool { return p.member > 0 }) {
			t.Error("more weekly series are kept than memory allows")
		}
		var alone []Piece
		for row := range s.Rows() {
			alone = append(alone, Piece{row, 1, 0, 3})
		}
		together, separate := runAll(t, s, 1, []Piece{whole}), runAll(t, s, 2, alone)
		for at, got := range together {
			if want := separate[at]; got != want || !strings.Contains(got, "[") {
				t.Errorf("row %d, replication %d is\n%.300s\nby itself it is\n%.300s", at[0], at[1], got, want)
			}
		}
		if len(together) != 3*s.Rows() || len(separate) != len(together) {
			t.Errorf("%d runs together, %d separate", len(together), len(separate))
		}
	}
}

// Pieces of a factorial hold whole families, as long as those are no more than a piece.
func TestPiecesHoldFamilies(t *testing.T) {
	t.Parallel()
	const years, focus = "[[factor]]\nparameter = \"project.years\"\nvalues = [1, 2, 3, 5, 8]\n", "[[factor]]\nparameter = \"group.focus\"\nvalues = [0, 0.5, 1]\n"
	for _, c := range []struct {
		replications, rows, most int
		factors                  string
	}{
		{40, 5, 40, focus + years},
		{40, 15, 16, years + focus},
		{10, 15, 10, focus + years},
		{400, 5, 50, focus + years},
		{400, 15, 16, years + focus},
		{100, 2, 100, focus},
		{40, 6, 40, "[[factor]]\nparameter = \"manager.hours\"\nvalues = [8, 16, 24, 32, 40]\ngroup = \"effort\"\n" + focus + strings.Replace(years, "8]", "8]\ngroup = \"effort\"", 1)},
	} {
		s := sweepOf(t, fmt.Sprintf("scenario = \"base\"\nmethod = \"factorial\"\nreplications = %d\noutcomes = [\"value_project\"]\n", c.replications)+c.factors)
		if rows, replications := s.Shape(); rows != c.rows || replications != c.most {
			t.Errorf("%d replications of %d rows come in pieces of %d by %d:\n%s", c.replications, s.Rows(), replications, rows, c.factors)
		}
	}
}

// inOrder is a sink that wants its runs in order.
type inOrder struct {
	t    *testing.T
	next Piece
	n    int
}

func (o *inOrder) Put(r *SweepRun) error {
	if row, replication := o.n/o.next.Replications, o.n%o.next.Replications; r.Row != o.next.FirstRow+row || r.Replication != o.next.FirstReplication+replication {
		o.t.Errorf("run %d is row %d, replication %d", o.n, r.Row, r.Replication)
	}
	o.n++
	return nil
}

func (*inOrder) Close() error { return nil }

func (*inOrder) Abort() {}

func TestRunsArePutInOrder(t *testing.T) {
	t.Parallel()
	s := sweepOf(t, `
scenario = "base"
method = "factorial"
replications = 5
outcomes = ["value_project"]
[set]
project.horizon = 3
[[factor]]
parameter = "project.years"
values = [0.5, 1]
[[factor]]
parameter = "group.focus"
values = [0, 0.5, 1]
`)
	p := Piece{1, 5, 2, 3}
	sink := &inOrder{t: t, next: p}
	if err := s.Run(t.Context(), 1, each([]Piece{p}), func(Piece) (Sink, error) { return sink, nil }, func(Piece) {}); err != nil || sink.n != 15 {
		t.Errorf("%d runs, %v", sink.n, err)
	}
}

// A model that breaks in one row of a family costs the runs of that row and no other, and
// says the same as without the family.
func TestBrokenRowOfAFamily(t *testing.T) {
	t.Parallel()
	s := sweepOf(t, `
scenario = "base"
method = "factorial"
replications = 2
outcomes = ["value_project"]
[set]
project.horizon = 3
[[factor]]
parameter = "project.years"
values = [0.5, 1, 2]
[[factor]]
parameter = "manager.hours"
values = [20, 30]
`)
	good := runAll(t, s, 1, []Piece{{0, 6, 0, 2}})
	w, p := newSweeper(s), Piece{0, 6, 0, 2}
	w.lay(p)
	const bad = 2                                   // one year, 20 hours
	w.worker.arms[bad].Params.Project.Horizon = 1e9 // no design can have it
	for k := range w.points {
		for r := range 2 {
			run := w.at(k, r, p)
			text := fmt.Sprint(run.Values, run.Place, run.Reason)
			if run.Result != nil {
				text += fmt.Sprint(run.Result.Values)
			}
			switch broke := strings.HasPrefix(run.Reason, "the model broke: "); {
			case broke != (k == bad) || broke && run.Result != nil:
				t.Errorf("row %d, replication %d: %s", k, r, text)
			case !broke && text != good[[2]int{k, r}]:
				t.Errorf("row %d, replication %d is\n%s\nwithout the broken row it is\n%s", k, r, text, good[[2]int{k, r}])
			}
		}
	}
}

// BenchmarkSweepOfYears runs a small factorial over project periods.
func BenchmarkSweepOfYears(b *testing.B) {
	d, err := scenario.LoadDesign("focus-by-years")
	if err != nil {
		b.Fatal(err)
	}
	s, err := NewSweep(d)
	if err != nil {
		b.Fatal(err)
	}
	rows, replications := s.Shape()
	for b.Loop() {
		w, p := newSweeper(s), Piece{0, rows, 0, replications}
		w.lay(p)
		for k := range w.points {
			for r := range replications {
				w.at(k, r, p)
			}
		}
	}
}

// In worlds every row of a replication is in the same world, another one has another,
// and a run is what the scenario gives with the world's values laid over it.
func TestRowsMeetTheSameWorlds(t *testing.T) {
	t.Parallel()
	const text = `scenario = "base"
replications = 3
outcomes = ["value_project"]
method = "factorial"
[set]
project.horizon = 3
mechanisms_off = ["workload"]
[[factor]]
parameter = "project.years"
values = [0.5, 1]
[[factor]]
parameter = "trust.start"
values = [0.4, 0.6]
`
	w, err := scenario.NewWorlds("w", []string{"joint.hours_system", "trust.start", "workload.mean"}, [][]float64{{120, 320}, {0.1, 0.2}, {0.2, 0.3}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	s := sweepOf(t, text)
	if s.Worlds, err = s.Design.Drawing("", nil, w); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(s.Worlds.Fixed); got != "[trust.start workload.mean]" {
		t.Errorf("fixed: %s", got)
	}
	with := runAll(t, s, 2, []Piece{{0, 4, 0, 2}, {0, 4, 2, 1}})
	values := make([]float64, len(s.Worlds.Unknowns))
	for replication := range 3 {
		s.Worlds.Endless(values, replication, s.Design.Seed)
		plain := sweepOf(t, text)
		s.Worlds.Set(&plain.Design.Scenario.Params, values)
		for row := range 4 {
			want := runAll(t, plain, 1, []Piece{{row, 1, replication, 1}})
			if at := [2]int{row, replication}; with[at] != want[at] || want[at] == "" {
				t.Errorf("row %d, replication %d is\n%.300s\nwith its world laid over the scenario it is\n%.300s", row, replication, with[at], want[at])
			}
		}
	}
}
