package analysis

import (
	"math"
	"slices"
	"testing"
)

// planted draws the samples of testdata/prim_trajectories.csv: five inputs and
// what makes a case of them; half of the 2000 rows for training.
func planted(data string) (x [][]float64, cases []bool) {
	state := map[string]splitMix{"box": 101, "noisy": 202, "lshape": 303}[data]
	for range 2000 {
		row := make([]float64, 6)
		for i := range row {
			row[i] = math.Round(1e6*(float64(state.next()>>11)/(1<<53))) / 1e6
		}
		inside := row[0] >= 0.2 && row[0] <= 0.6 && row[1] >= 0.5 && row[2] <= 0.6
		switch data {
		case "noisy":
			inside = inside && row[5] < 0.85 || !inside && row[5] < 0.05
		case "lshape":
			inside = row[0] < 0.25 && row[1] < 0.75 || row[0] < 0.75 && row[1] < 0.25
		}
		x, cases = append(x, row[:5]), append(cases, inside)
	}
	return x, cases
}

// trajectory is what another program found on one sample.
type trajectory struct {
	data, objective, alpha string
	rows                   []map[string]string
}

func trajectories(t *testing.T) []trajectory {
	var all []trajectory
	for _, row := range table(t, "prim_trajectories.csv") {
		if row["phase"] == "start" {
			all = append(all, trajectory{row["data"], row["objective"], row["peel_alpha"], nil})
		}
		last := &all[len(all)-1]
		last.rows = append(last.rows, row)
	}
	return all
}

func (tr trajectory) peeler(t *testing.T) *peeler {
	x, cases := planted(tr.data)
	p := newPeeler(x[:1000], cases[:1000])
	p.alpha, p.byMean = cell(t, tr.alpha), tr.objective == "original"
	return p
}

// TestPeelsLikePublished follows another program row for row.
func TestPeelsLikePublished(t *testing.T) {
	all := trajectories(t)
	if len(all) != 18 {
		t.Fatalf("%d trajectories", len(all))
	}
	for _, tr := range all {
		name := tr.data + " " + tr.objective + " " + tr.alpha
		p := tr.peeler(t)
		x, cases := planted(tr.data)
		steps := p.run()
		if len(steps) != len(tr.rows) {
			t.Errorf("%s: %d boxes, elsewhere %d", name, len(steps), len(tr.rows))
			continue
		}
		want := p.start.clone()
		for i, row := range tr.rows {
			if row["limit"] != "" {
				side, v := want.low, cell(t, row["value"])
				if row["limit"][3:] == "max" {
					side = want.high
				}
				side[row["limit"][1]-'1'] = v
			}
			got := steps[i]
			test := newPeeler(x[1000:], cases[1000:]).judge(got.box)
			for _, pair := range [][2]float64{
				{float64(got.n), cell(t, row["n"])},
				{float64(got.cases) / float64(steps[0].cases), cell(t, row["coverage"])}, {got.density(), cell(t, row["density"])},
				{float64(test.n), cell(t, row["test_n"])}, {test.density(), cell(t, row["test_density"])},
			} {
				if math.Abs(pair[0]-pair[1]) > 1e-6 {
					t.Fatalf("%s, row %d: %v, elsewhere %v", name, i, got, row)
				}
			}
			if !sameLimits(got.low, want.low) || !sameLimits(got.high, want.high) || got.byPasting != (row["phase"] == "paste") {
				t.Fatalf("%s, row %d: %v, elsewhere %v", name, i, got.box, want)
			}
		}
	}
}

func sameLimits(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(v, w float64) bool { return math.Abs(v-w) <= 1e-7 })
}

// TestPeelStopsAtPureBox: a gain in density per row ends where a box is pure,
// and the density alone goes on to the least mass.
func TestPeelStopsAtPureBox(t *testing.T) {
	for _, tr := range trajectories(t) {
		if tr.data != "box" {
			continue
		}
		steps := tr.peeler(t).run()
		last := steps[len(steps)-1]
		coverage := float64(last.cases) / float64(steps[0].cases)
		if wasted := coverage < 0.5; wasted != (tr.objective == "original") {
			t.Errorf("%s %s: coverage %.2f", tr.objective, tr.alpha, coverage)
		}
	}
}

func TestCutsOfTies(t *testing.T) {
	for _, c := range []struct {
		sorted   []float64
		quantile float64
		want     float64
	}{
		{[]float64{1, 2, 3, 4, 5}, 0.25, 2.5},
		{[]float64{1, 2, 3, 4, 5}, 0.75, 3.5},
		{[]float64{1, 1, 1, 4, 5}, 0.1, 2.5},
		{[]float64{1, 2, 5, 5, 5}, 0.9, 3.5},
		{[]float64{5, 5, 5}, 0.1, 5},
	} {
		if got := cut(c.sorted, c.quantile); got != c.want {
			t.Errorf("%v at %g: %g, want %g", c.sorted, c.quantile, got, c.want)
		}
	}
}
