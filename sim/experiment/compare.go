package experiment

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

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
// periods on common luck, all looked at on one date, the horizon. The longest period is
// the horizon itself: a project that goes on. What the others lose is lost against it.
//
// It holds what the runs came to; its methods say what that means.
type Comparison struct {
	Variants []Variant
	Years    []float64 // project periods, rising; the last is the horizon
	Own      float64   // the scenario's own project period, one of Years
	Horizon  float64   // years from the start at whose end all is looked at: that of the variants, who must agree
	Discount float64   // by which money a year later is worth less; 0.05 is 5 % a year
	Plan     Plan
	Aided    bool // RunAlone runs the SMEs with the subsidy too, for Added

	// ByRank[v][r] is, per replication of the own period, the value of the
	// r-th best SME of the group, k€.
	ByRank [][][]float64
	// Grid has the weeks at which CurveBand is told.
	Grid []int

	outcomes [][][sim.NOutcomes][]float64 // variant, period; one value per replication
	money    [][][]sim.Tally              // variant, period, replication: by the horizon, discounted
	weeksTo  [][DealsCounted][]float64    // variant, number of deals less 1, replication: week in which the own period's group has so many; NaN: not by the horizon
	curves   [][][]float64                // variant, replication, grid: value by chance sold by then when the project goes on, k€
	alone    [][]alone                    // variant, period; nil: not run
	weekly   [][]weekly                   // variant, period: series kept until the last replication
	members  [][][]Member                 // variant, replication of the own period

	bands       [][2][sim.NColumns]analysis.Band // variant; with the own period, and when the project goes on
	bandsToCome sync.WaitGroup                   // are worked out while others run
}

// gridStep is the distance, in weeks, between the points of the value curves; the ends of
// the project periods are points too.
const gridStep = 4

// bandReplications is the most replications that go into bands over weeks, so
// that memory stays bounded; tables use all.
const bandReplications = 1000

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

// NewComparison plans a comparison. The own period and the horizon are added to years
// where they are not among them.
func NewComparison(variants []Variant, years []float64, own float64, plan Plan) *Comparison {
	p := &variants[0].Params
	c := &Comparison{Variants: variants, Own: own, Plan: plan, Horizon: float64(p.TotalWeeks()) / sim.WeeksPerYear}
	c.Horizon = max(c.Horizon, own)
	c.Years = append(slices.Clone(years), own, c.Horizon)
	slices.Sort(c.Years)
	c.Years = slices.Compact(c.Years)
	for w := gridStep; w < c.weeks(c.Horizon); w += gridStep {
		c.Grid = append(c.Grid, w)
	}
	for _, y := range c.Years {
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

// GoesOn is the index into Years of the project that goes on to the horizon.
func (c *Comparison) GoesOn() int { return len(c.Years) - 1 }

// OwnIndex is the index into Years of the scenario's own project period.
func (c *Comparison) OwnIndex() int { return slices.Index(c.Years, c.Own) }

// Arms lists the runs the comparison needs, variant by variant and period by
// period: arm v·len(Years)+y.
func (c *Comparison) Arms() []Arm {
	var arms []Arm
	for _, v := range c.Variants {
		for k, y := range c.Years {
			p := v.Params
			p.Project.Years = y
			arms = append(arms, Arm{Name: fmt.Sprintf("%s, %s", v.Name, YearsText(y)), Params: p,
				Record: y == c.Own || k == c.GoesOn()})
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

// Run runs all arms. each, if not nil, sees every row as it comes, in order. What the
// SMEs do alone is worked out by RunAlone, before Run if each wants to know it.
// Errors are those of the function Run.
func (c *Comparison) Run(ctx context.Context, each func(variant, years int, row Row) error) error {
	c.begin()
	return c.run(ctx, c.Plan, func(v, y int, r Row) error {
		if r.Series != nil {
			c.noteWeekly(v, y, r)
		}
		if each == nil {
			return nil
		}
		return each(v, y, r)
	})
}

// GoOn runs replications until there are so many of each arm, and keeps those that ran
// before: the comparison is then what Run makes of that many, but for the bands over
// weeks, of which there are none. Plan.Replications is that many from then on. each is as
// in Run, and sees the new rows. After an error the comparison is of no use.
func (c *Comparison) GoOn(ctx context.Context, replications int, each func(variant, years int, row Row) error) error {
	if c.outcomes == nil {
		c.begin()
	}
	ran := len(c.outcomes[0][0][0])
	c.Plan.Replications = replications
	plan := c.Plan
	plan.First, plan.Replications = plan.First+ran, replications-ran
	return c.run(ctx, plan, each)
}

// run runs a plan's replications of all arms, and notes what they came to.
func (c *Comparison) run(ctx context.Context, plan Plan, each func(variant, years int, row Row) error) error {
	n := len(c.Years)
	return Run(ctx, c.Arms(), plan, func(r Row) error {
		v, y := r.Arm/n, r.Arm%n
		for o := range sim.NOutcomes {
			c.outcomes[v][y][o] = append(c.outcomes[v][y][o], r.Result.Get(o))
		}
		c.money[v][y] = append(c.money[v][y], Present(r.Result, c.Discount))
		if y == c.GoesOn() {
			c.noteCurve(v, r)
		}
		if c.Years[y] == c.Own {
			c.noteRanks(v, r)
			c.members[v] = append(c.members[v], MembersOf(r.Result))
			c.noteDeals(v, r)
		}
		if each == nil {
			return nil
		}
		return each(v, y, r)
	})
}

// begin makes room for the results.
func (c *Comparison) begin() {
	n := len(c.Variants)
	c.outcomes, c.money = make([][][sim.NOutcomes][]float64, n), make([][][]sim.Tally, n)
	c.curves, c.ByRank, c.weekly = make([][][]float64, n), make([][][]float64, n), make([][]weekly, n)
	c.weeksTo, c.members = make([][DealsCounted][]float64, n), make([][][]Member, n)
	c.bands = make([][2][sim.NColumns]analysis.Band, n)
	for v := range n {
		c.outcomes[v] = make([][sim.NOutcomes][]float64, len(c.Years))
		c.money[v], c.weekly[v] = make([][]sim.Tally, len(c.Years)), make([]weekly, len(c.Years))
	}
}

func (c *Comparison) noteCurve(v int, r Row) {
	curve := make([]float64, len(c.Grid))
	for k, w := range c.Grid {
		curve[k] = r.Series.Columns[sim.ColValueExpected][w-1]
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

// DealsCounted is up to how many deals AtLeast tells.
const DealsCounted = 3

func (c *Comparison) noteDeals(v int, r Row) {
	for k := range DealsCounted {
		week := math.NaN()
		if w := slices.IndexFunc(r.Series.Columns[sim.ColDeals], func(deals float64) bool { return deals > float64(k) }); w >= 0 {
			week = float64(w + 1)
		}
		c.weeksTo[v][k] = append(c.weeksTo[v][k], week)
	}
}

// noteWeekly keeps a weekly series, and has bands made of all after the last.
func (c *Comparison) noteWeekly(v, y int, r Row) {
	w := &c.weekly[v][y]
	w.add(r.Series)
	if r.Replication < c.Plan.First+c.Plan.Replications-1 {
		return
	}
	all := *w
	*w = weekly{}
	c.bandsToCome.Go(func() {
		bands := all.bands()
		if c.Years[y] == c.Own {
			c.bands[v][0] = bands
		}
		if y == c.GoesOn() {
			c.bands[v][1] = bands
		}
	})
}

// Weekly are bands over replications of the weekly columns of a variant, with the own
// project period. It waits until they are worked out, which may be after Run.
func (c *Comparison) Weekly(variant int) *[sim.NColumns]analysis.Band {
	c.bandsToCome.Wait()
	return &c.bands[variant][0]
}

// WeeklyLong is Weekly of a project that goes on.
func (c *Comparison) WeeklyLong(variant int) *[sim.NColumns]analysis.Band {
	c.bandsToCome.Wait()
	return &c.bands[variant][1]
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
