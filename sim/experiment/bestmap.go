package experiment

import (
	"context"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// BestMap says which variant is best for which technology and compatibility, by what is
// sold by the horizon: groups are generated over a grid of technology and similarity, each
// is run under every variant on the same luck, and then sorted by how complementary
// its members really turned out, because a random group is seldom a poor one.
type BestMap struct {
	Technology      []float64     // centres of the columns
	Complementarity []float64     // centres of the rows
	Years           []float64     // project periods looked at, all on one date, the horizon
	Cells           [][][]MapCell // period, row, column
	Groups          int           // that were run under each variant
}

// MapCell is one cell of a BestMap.
type MapCell struct {
	N    int     // groups
	Best int     // index of the variant; -1 without enough groups
	Sure bool    // no other variant may be as good
	Lead float64 // over the runner-up in what is sold by the horizon, by chance, as a share of its mean
}

const (
	mapColumns, mapRows = 7, 7
	mapLeastGroups      = 8   // fewer say nothing
	mapTopRow           = 0.9 // complementarity beyond which hardly any group lies
)

// mapSimilarities spread groups over all degrees of compatibility: closest
// where it changes most.
var mapSimilarities = []float64{0.1, 0.3, 0.5, 0.6, 0.7, 0.78, 0.83, 0.87, 0.9, 0.95}

// NewBestMap runs the map for the variants, which must agree on the horizon and differ in
// nothing that changes who is in the group. years are the project periods to look at, none
// beyond the horizon. progress, if not nil, hears of every group that a variant has run
// with all periods. Errors are those of Run.
func NewBestMap(ctx context.Context, variants []Variant, years []float64, plan Plan, progress func(done int)) (*BestMap, error) {
	m := &BestMap{Years: years}
	var arms []Arm // column, similarity, variant, period
	for c := range mapColumns {
		tau := 0.1 + 0.8*float64(c)/(mapColumns-1)
		m.Technology = append(m.Technology, tau)
		for _, similarity := range mapSimilarities {
			for _, v := range variants {
				p := v.Params
				p.Group.Technology = tau
				p.Group.Similarity = similarity
				for _, y := range years {
					p.Project.Years = y
					arms = append(arms, Arm{Params: p})
				}
			}
		}
	}
	for r := range mapRows {
		m.Complementarity = append(m.Complementarity, mapTopRow*(float64(r)+0.5)/mapRows)
	}
	m.Groups = mapColumns * len(mapSimilarities) * plan.Replications

	values := make([][][mapRows][mapColumns][]float64, len(years)) // period, variant, row, column: one value a group
	for y := range values {
		values[y] = make([][mapRows][mapColumns][]float64, len(variants))
	}
	err := Run(ctx, arms, plan, func(row Row) error {
		y, v := row.Arm%len(years), row.Arm/len(years)%len(variants)
		column := row.Arm / len(years) / len(variants) / len(mapSimilarities)
		r := min(mapRows-1, int(row.Result.Get(sim.Complementarity)/mapTopRow*mapRows))
		values[y][v][r][column] = append(values[y][v][r][column], row.Result.Get(sim.ValueTotalExpected))
		if progress != nil && y == 0 {
			progress(1)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for y := range years {
		m.Cells = append(m.Cells, judgeMap(values[y]))
	}
	return m, nil
}

// judgeMap finds the best variant of every cell. The values of a cell come in
// the same order of groups for every variant, so they are paired.
func judgeMap(values [][mapRows][mapColumns][]float64) [][]MapCell {
	cells := make([][]MapCell, mapRows)
	for r := range cells {
		cells[r] = make([]MapCell, mapColumns)
		for c := range cells[r] {
			var alternatives [][]float64
			for v := range values {
				alternatives = append(alternatives, values[v][r][c])
			}
			cell := MapCell{N: len(alternatives[0]), Best: -1}
			if cell.N >= mapLeastGroups {
				k := analysis.Best(alternatives)
				if k.Best >= 0 && k.Means[k.Best] > 0 {
					cell.Best, cell.Sure = k.Best, len(k.Close) == 0
					cell.Lead = k.Lead.Estimate / k.Means[k.RunnerUp]
				}
			}
			cells[r][c] = cell
		}
	}
	return cells
}

// MapArms is of how many runs a map of so many variants tells its progress, for each
// replication.
func MapArms(variants int) int { return mapColumns * len(mapSimilarities) * variants }
