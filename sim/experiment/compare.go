package experiment

import (
	"context"
	"fmt"
	"math"
	"slices"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// Variant is one of the things a comparison compares: an organisational form,
// or whatever else the user varies.
type Variant struct {
	Key    string // for file names and tables: "market", "own", "group.size=4"
	Name   string // for people: "market focus"
	Params sim.Params
}

// Comparison is the main job: the variants of a scenario over several project
// periods on common luck. It holds what the runs came to; its methods say what
// that means.
type Comparison struct {
	Variants []Variant
	Years    []float64 // project periods, rising
	Own      float64   // the scenario's own project period, one of Years
	Plan     Plan

	// ByRank[v][r] is, per replication of the own period, the value of the
	// r-th best SME of the group, k€.
	ByRank [][][]float64
	// Grid has the weeks of the longest project at which CurveBand is told.
	Grid []int
	// Weekly[v] and WeeklyLong[v] are bands over replications of the weekly
	// columns, with the own project period and with the longest.
	Weekly, WeeklyLong [][sim.NColumns]analysis.Band

	outcomes [][][sim.NOutcomes][]float64 // variant, period; one value per replication
	curves   [][][]float64                // variant, replication, grid: value sold by then in the longest project, k€
}

// gridStep is the distance, in weeks, between the points of the value curves; the ends of
// the project periods are points too.
const gridStep = 4

// bandReplications is the most replications that go into bands over weeks, so
// that memory stays bounded; tables use all.
const bandReplications = 2000

// PureForms are the variants of a scenario that the main comparison shows: the
// three pure forms, and the scenario's own mix if it is none of them.
func PureForms(p sim.Params) []Variant {
	var vs []Variant
	own := p.Weights()
	for k, name := range []string{"market focus", "customer focus", "system focus"} {
		q := p
		q.Mix = [3]float64{}
		q.Group.Focus = float64(k) / 2
		if q.Weights() == own {
			own = [3]float64{}
		}
		vs = append(vs, Variant{Key: sim.OpportunityKind(k).String(), Name: name, Params: q})
	}
	if own != [3]float64{} {
		vs = append(vs, Variant{Key: "own", Name: "own mix", Params: p})
	}
	return vs
}

// NewComparison plans a comparison. The own period is added to years if it is
// not among them.
func NewComparison(variants []Variant, years []float64, own float64, plan Plan) *Comparison {
	years = slices.Clone(years)
	if !slices.Contains(years, own) {
		years = append(years, own)
	}
	slices.Sort(years)
	years = slices.Compact(years)
	c := &Comparison{Variants: variants, Years: years, Own: own, Plan: plan}
	for w := gridStep; w < c.weeks(years[len(years)-1]); w += gridStep {
		c.Grid = append(c.Grid, w)
	}
	for _, y := range years {
		c.Grid = append(c.Grid, c.weeks(y))
	}
	slices.Sort(c.Grid)
	c.Grid = slices.Compact(c.Grid)
	return c
}

// weeks is the length of a project of so many years.
func (c *Comparison) weeks(years float64) int {
	p := c.Variants[0].Params
	p.Project.Years = years
	return p.ProjectWeeks()
}

// Arms lists the runs the comparison needs, variant by variant and period by
// period: arm v·len(Years)+y.
func (c *Comparison) Arms() []Arm {
	var arms []Arm
	for _, v := range c.Variants {
		for k, y := range c.Years {
			p := v.Params
			p.Project.Years = y
			arms = append(arms, Arm{Name: fmt.Sprintf("%s, %s", v.Name, YearsText(y)), Params: p,
				Record: y == c.Own || k == len(c.Years)-1})
		}
	}
	return arms
}

// YearsText says a number of years in words.
func YearsText(y float64) string {
	if y == 1 {
		return "1 year"
	}
	return fmt.Sprintf("%g years", math.Round(y*100)/100)
}

// Run runs all arms. each, if not nil, sees every row as it comes, in order.
// Errors are those of the function Run.
func (c *Comparison) Run(ctx context.Context, each func(variant int, years float64, row Row) error) error {
	n := len(c.Years)
	c.outcomes = make([][][sim.NOutcomes][]float64, len(c.Variants))
	c.curves = make([][][]float64, len(c.Variants))
	c.ByRank = make([][][]float64, len(c.Variants))
	c.Weekly = make([][sim.NColumns]analysis.Band, len(c.Variants))
	c.WeeklyLong = make([][sim.NColumns]analysis.Band, len(c.Variants))
	for v := range c.outcomes {
		c.outcomes[v] = make([][sim.NOutcomes][]float64, n)
	}
	var weeks weekly
	return Run(ctx, c.Arms(), c.Plan, func(r Row) error {
		v, y := r.Arm/n, r.Arm%n
		for o := range sim.NOutcomes {
			c.outcomes[v][y][o] = append(c.outcomes[v][y][o], r.Result.Get(o))
		}
		if y == n-1 {
			c.noteCurve(v, r)
		}
		if c.Years[y] == c.Own {
			c.noteRanks(v, r)
		}
		if r.Series != nil {
			weeks.add(r.Series)
			if r.Replication == c.Plan.First+c.Plan.Replications-1 {
				bands := weeks.bands()
				if c.Years[y] == c.Own {
					c.Weekly[v] = bands
				}
				if y == n-1 {
					c.WeeklyLong[v] = bands
				}
				weeks = weekly{}
			}
		}
		if each == nil {
			return nil
		}
		return each(v, c.Years[y], r)
	})
}

func (c *Comparison) noteCurve(v int, r Row) {
	curve := make([]float64, len(c.Grid))
	for k, w := range c.Grid {
		curve[k] = r.Series.Columns[sim.ColValue][w-1]
	}
	c.curves[v] = append(c.curves[v], curve)
}

func (c *Comparison) noteRanks(v int, r Row) {
	values := make([]float64, 0, sim.MaxSMEs)
	for _, l := range r.Result.SMEs[:r.Result.Members] {
		values = append(values, l.Value())
	}
	slices.Sort(values)
	slices.Reverse(values)
	for k, x := range values {
		if k >= len(c.ByRank[v]) {
			c.ByRank[v] = append(c.ByRank[v], nil)
		}
		c.ByRank[v][k] = append(c.ByRank[v][k], x)
	}
}

// weekly collects the weekly series of one arm.
type weekly struct {
	columns [sim.NColumns][][]float64 // replication, week
}

func (w *weekly) add(s *sim.Series) {
	if len(w.columns[0]) >= bandReplications {
		return
	}
	for k := range w.columns {
		w.columns[k] = append(w.columns[k], slices.Clone(s.Columns[k]))
	}
}

func (w *weekly) bands() (bands [sim.NColumns]analysis.Band) {
	for k := range w.columns {
		bands[k] = analysis.Bands(w.columns[k])
	}
	return bands
}

// OwnIndex is the index into Years of the scenario's own project period.
func (c *Comparison) OwnIndex() int { return slices.Index(c.Years, c.Own) }

// Of returns an outcome's values, one per replication.
func (c *Comparison) Of(variant, years int, o sim.Outcome) []float64 {
	return c.outcomes[variant][years][o]
}

// Mean is the mean of an outcome with its 95 % interval.
func (c *Comparison) Mean(variant, years int, o sim.Outcome) analysis.Interval {
	return analysis.Mean(c.Of(variant, years, o))
}

// Best ranks the variants by an outcome for one project period.
func (c *Comparison) Best(years int, o sim.Outcome) analysis.Ranking {
	values := make([][]float64, len(c.Variants))
	for v := range values {
		values[v] = c.Of(v, years, o)
	}
	return analysis.Best(values)
}

// at is the index into Grid of the end of a project of so many years, which
// must be one of Years.
func (c *Comparison) at(years float64) int {
	k, _ := slices.BinarySearch(c.Grid, c.weeks(years))
	return k
}

// ClosedBy is the share of the longest project's value that a variant has
// closed by the end of so many years, one of Years.
func (c *Comparison) ClosedBy(variant int, years float64) analysis.Interval {
	k, last := c.at(years), len(c.Grid)-1
	var part, whole []float64
	for _, curve := range c.curves[variant] {
		part, whole = append(part, curve[k]), append(whole, curve[last])
	}
	share := analysis.RatioOfMeans(part, whole)
	share.Low, share.High = max(0, share.Low), min(1, share.High) // a part of what it is a part of
	return share
}

// overtakes says when, in a project long enough, variant a has sold more than
// variant b for good, in years.
func (c *Comparison) overtakes(a, b int) analysis.Overtaking {
	grid := make([]float64, len(c.Grid))
	for k, w := range c.Grid {
		grid[k] = float64(w) / sim.WeeksPerYear
	}
	return analysis.Crossing(grid, c.curves[a], c.curves[b], c.Plan.Seed)
}

// CurveBand is the mean value sold at each grid point, with its interval.
func (c *Comparison) CurveBand(variant int) analysis.Band { return analysis.Bands(c.curves[variant]) }
