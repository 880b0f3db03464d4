package experiment

import (
	"context"
	"math"
	"reflect"
	"testing"

	"epgsim/sim"
)

func TestBestMapCountsEveryGroupOnce(t *testing.T) {
	p := sim.Defaults()
	p.Project.Horizon = 2
	variants := PureForms(p)[:3]
	for _, n := range []int{1, mapLeastGroups} {
		runs := 0
		m, err := NewBestMap(t.Context(), variants, []float64{1, 2}, Plan{Seed: 1, Replications: n}, func(done int) { runs += done })
		if err != nil {
			t.Fatal(err)
		}
		if m.Groups > mapRows*mapColumns*n || runs != n*MapArms(3) {
			t.Errorf("%d groups, %d runs told of", m.Groups, runs)
		}
		if len(m.Cells) != 2 || len(m.Technology) != mapColumns || len(m.Complementarity) != mapRows {
			t.Fatalf("%d periods, %d columns, %d rows", len(m.Cells), len(m.Technology), len(m.Complementarity))
		}
		for y := range m.Cells {
			groups, judged, full := 0, 0, 0
			for r, row := range m.Cells[y] {
				if len(row) != mapColumns {
					t.Fatalf("row %d has %d cells", r, len(row))
				}
				for k, cell := range row {
					groups += cell.N
					if cell.N > n {
						t.Errorf("row %d, column %d: %d groups, %d are wanted", r, k, cell.N, n)
					}
					if cell.N == n {
						full++
					}
					if cell.N != m.Cells[0][r][k].N {
						t.Errorf("row %d, column %d: %d groups in one period, %d in another", r, k, cell.N, m.Cells[0][r][k].N)
					}
					if cell.Best >= 0 {
						judged++
					}
					if cell.Best >= len(variants) || cell.Best >= 0 && (cell.N < mapLeastGroups || math.IsNaN(cell.Lead) || cell.Lead < 0) || cell.Best < 0 && cell.Sure {
						t.Errorf("row %d, column %d: %+v", r, k, cell)
					}
				}
			}
			if groups != m.Groups {
				t.Errorf("%d replications, year %g: %d groups in the cells, %d in all", n, m.Years[y], groups, m.Groups)
			}
			if full < mapRows*mapColumns*9/10 {
				t.Errorf("%d fields have the %d groups that are wanted", full, n)
			}
			if (judged > 0) != (n == mapLeastGroups) {
				t.Errorf("%d cells of %d groups have a best form", judged, n)
			}
		}
	}
}

func TestBestMapEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	runs := 0
	m, err := NewBestMap(ctx, PureForms(sim.Defaults())[:3], []float64{1}, Plan{Replications: 500}, func(done int) {
		if runs += done; runs >= 20 {
			cancel()
		}
	})
	if m != nil || !Interrupted(err) {
		t.Errorf("%v, %v", m, err)
	}
}

// The map is of what is sold by the horizon, by chance, with each project period: in a field
// whose groups are known, the first to be put together, that is what the model says when it
// is asked directly.
func TestBestMapIsOfTheHorizon(t *testing.T) {
	p := sim.Defaults()
	p.Project.Horizon = 4
	variants, n := PureForms(p)[:2], mapLeastGroups
	m, err := NewBestMap(t.Context(), variants, []float64{2, 4}, Plan{Seed: 5, First: 3, Replications: n}, nil)
	if err != nil {
		t.Fatal(err)
	}
	values := make([][2][mapRows][mapColumns][]float64, 2) // period, variant
	g := sim.NewGroup()
	for y, years := range m.Years {
		for c, technology := range m.Technology {
			for v := range variants {
				for r := range mapDraws * n {
					for _, similarity := range mapSimilarities {
						q := variants[v].Params
						q.Group.Technology, q.Group.Similarity, q.Project.Years = technology, similarity, years
						g.Reset(&q, 5, uint64(3+r))
						cell := &values[y][v][min(mapRows-1, int(g.Result().Get(sim.Complementarity)/mapTopRow*mapRows))][c]
						if len(*cell) < n {
							*cell = append(*cell, g.Run(&q, 5, uint64(3+r)).Get(sim.ValueTotalExpected))
						}
					}
				}
			}
		}
		for r, row := range judgeMap(values[y][:]) {
			for c, want := range row {
				got := m.Cells[y][r][c]
				if got.N != want.N || got.Best != want.Best || got.Sure != want.Sure || math.Abs(got.Lead-want.Lead) > 1e-9*math.Abs(want.Lead) {
					t.Errorf("%g years, row %d, column %d: the map says %+v, single runs %+v", years, r, c, got, want)
				}
			}
		}
	}
	if reflect.DeepEqual(m.Cells[0], m.Cells[1]) {
		t.Error("the project period makes no difference")
	}
}

// A cell's best is the variant with the highest mean of its groups and of those beside it,
// paired.
func TestJudgeMap(t *testing.T) {
	values := make([][mapRows][mapColumns][]float64, 3)
	for g := range 20 {
		for v, x := range []float64{10, 30, 20} {
			values[v][2][3] = append(values[v][2][3], x+float64(g)) // the same luck for each
		}
		for v, x := range []float64{10, 30, 10 + 40*float64(g%2)} {
			values[v][4][4] = append(values[v][4][4], x)
		}
		for v, x := range []float64{10, 20, 10} {
			values[v][6][0] = append(values[v][6][0], x+float64(g)) // of a corner,
			values[v][6][1] = append(values[v][6][1], float64(g))   // and beside it
			values[v][5][0] = append(values[v][5][0], float64(g))
			values[v][5][1] = append(values[v][5][1], 1e6*x) // not beside it
		}
		for v := range 3 {
			values[v][0][0] = append(values[v][0][0], 0)
			if g < mapLeastGroups-1 {
				values[v][1][1] = append(values[v][1][1], float64(v))
			}
		}
	}
	cells := judgeMap(values)
	for _, c := range []struct {
		row, column int
		want        MapCell
	}{
		{2, 3, MapCell{N: 20, Best: 1, Sure: true, Lead: 10 / 29.5}},
		{0, 0, MapCell{N: 20, Best: -1}},
		{1, 1, MapCell{N: mapLeastGroups - 1, Best: -1}},
		{5, 5, MapCell{Best: -1}},
		{6, 0, MapCell{N: 20, Best: 1, Sure: true, Lead: (10.0 / 3) / (9.5 + 10.0/3)}},
	} {
		got := cells[c.row][c.column]
		if got.N != c.want.N || got.Best != c.want.Best || got.Sure != c.want.Sure || math.Abs(got.Lead-c.want.Lead) > 1e-12 {
			t.Errorf("row %d, column %d: %+v, want %+v", c.row, c.column, got, c.want)
		}
	}
	if got := cells[4][4]; got.Best < 1 || got.Sure {
		t.Errorf("two that cannot be told apart: %+v", got)
	}
}
