package teach

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// ensembleRequest is the body of /api/ensemble.
type ensembleRequest struct {
	What         what      `json:"what"`
	Forms        []string  `json:"forms"`
	Years        []float64 `json:"years"`
	Replications int       `json:"replications"`
	Seed         uint64    `json:"seed"`
}

// Ensemble is a line of the answer to /api/ensemble: what a comparison of the
// forms says after so many replications.
type Ensemble struct {
	Replications int            `json:"replications"` // in this line
	Done         bool           `json:"done"`         // all that were asked for
	Years        []float64      `json:"years"`        // project periods, the scenario's own among them
	Own          float64        `json:"own"`          // the scenario's own project period
	Forms        []EnsembleForm `json:"forms"`
}

// EnsembleForm is one form's part of an Ensemble.
type EnsembleForm struct {
	Key string `json:"key"`
	// ClosedByYear is the share of the longest project's value that is closed
	// by the end of each whole year and each period, with its 95 % interval:
	// {years, mean, low, high}.
	ClosedByYear []yearly `json:"closed_by_year"`
	// Curve is the value closed over the weeks of the longest project, k€:
	// lists {week, mean, low, high}.
	Curve curve `json:"curve"`
	// Outcomes, Weekly and Values are of the scenario's own period. Outcomes are
	// {mean, low, high} by name; Weekly are thinned lists {week, p05, p25, p75,
	// p95, mean} by quantity; Values has value_project of each replication, k€.
	Outcomes map[string]interval `json:"outcomes"`
	Weekly   map[string]band     `json:"weekly"`
	Values   []number            `json:"values"`
}

// interval is an analysis.Interval in JSON.
type interval struct {
	Mean number `json:"mean"`
	Low  number `json:"low"`
	High number `json:"high"`
}

type yearly struct {
	Years float64 `json:"years"`
	interval
}

type curve struct {
	Week []int    `json:"week"`
	Mean []number `json:"mean"`
	Low  []number `json:"low"`
	High []number `json:"high"`
}

// band is the distribution over replications of a weekly quantity.
type band struct {
	Week []int    `json:"week"`
	P05  []number `json:"p05"`
	P25  []number `json:"p25"`
	P75  []number `json:"p75"`
	P95  []number `json:"p95"`
	Mean []number `json:"mean"`
}

// weeklyColumns are the quantities whose bands an ensemble has.
var weeklyColumns = []sim.Column{sim.ColValue, sim.ColTrust, sim.ColCooperation}

// mostBandPoints is how many weeks of a band are told: more than a screen
// shows.
const mostBandPoints = 160

// plan checks an ensemble and plans its comparison.
func (q *ensembleRequest) plan() (*scenario.Scenario, *experiment.Comparison, error) {
	s, err := q.What.read()
	if err != nil {
		return nil, nil, err
	}
	vs, err := variants(s, q.Forms)
	if err != nil {
		return nil, nil, err
	}
	years, err := periods(s, q.Years)
	if err != nil {
		return nil, nil, err
	}
	if q.Replications < 2 || q.Replications > mostReplications {
		return nil, nil, wrong("replications", strconv.Itoa(q.Replications), fmt.Sprintf("must be within 2..%d", mostReplications), "epgsim compare runs more")
	}
	for k := range vs { // all is looked at when the longest project ends
		vs[k].Params.Project.Horizon = slices.Max(append(years, s.Params.Project.Years))
	}
	c := experiment.NewComparison(vs, years, s.Params.Project.Years, experiment.Plan{Seed: q.Seed, Replications: q.Replications})
	if w := work(c); w > mostWork {
		return nil, nil, wrong("replications", strconv.Itoa(q.Replications), fmt.Sprintf("at most %d with so many SMEs, forms, periods and weeks", int(mostWork/w*float64(q.Replications))),
			"epgsim compare runs more")
	}
	return s, c, nil
}

// work is the size of a comparison in SME-weeks.
func work(c *experiment.Comparison) float64 {
	sum := 0.0
	for _, arm := range c.Arms() {
		sum += float64(arm.Params.TotalWeeks() * arm.Params.Size() * c.Plan.Replications)
	}
	return sum
}

// key tells an ensemble from all others.
func (q *ensembleRequest) key(s *scenario.Scenario, c *experiment.Comparison) string {
	return fmt.Sprintf("ensemble %s %v %v %d %d", keyOf(s, c.Variants), c.Years, c.Own, q.Seed, q.Replications)
}

// keyOf tells forms of a scenario from all others.
func keyOf(s *scenario.Scenario, vs []experiment.Variant) string {
	key := s.Hash()
	for _, v := range vs {
		key += " " + v.Key
	}
	return key
}

func (l *Lesson) ensemble(d door) error {
	var q ensembleRequest
	if err := d.read(&q); err != nil {
		return err
	}
	sc, c, err := q.plan()
	if err != nil {
		return err
	}
	c.Plan.Helpers = l.helpers
	who := d.client()
	a := l.answers.join(l.ctx, q.key(sc, c), func(ctx context.Context, line func([]byte)) error {
		ctx, cancel := context.WithTimeout(ctx, mostTime)
		defer cancel()
		return l.simulate(ctx, who, c, line)
	})
	defer l.answers.leave(a)
	return l.stream(d, a)
}

// simulate works an ensemble out, stage by stage. A stage runs again what an
// earlier one ran: the first two are a small part of the whole, and the last
// is then the very comparison that the command line makes.
func (l *Lesson) simulate(ctx context.Context, who string, c *experiment.Comparison, line func([]byte)) error {
	all := c.Plan.Replications
	for _, n := range append(slices.Clone(firstStages), all) {
		if n > all || n < all && 2*n > all { // a stage so near the end tells nothing
			continue
		}
		stage := experiment.NewComparison(c.Variants, c.Years, c.Own, c.Plan)
		stage.Plan.Replications = n
		lane := l.first
		if n > firstStages[len(firstStages)-1] {
			lane = l.rest
		}
		if err := run(ctx, lane, who, stage); err != nil {
			return err
		}
		line(encode(tellEnsemble(stage, n == all)))
	}
	return nil
}

// run runs a comparison when it is the client's turn.
func run(ctx context.Context, l *lane, who string, c *experiment.Comparison) error {
	leave, err := l.enter(ctx, who)
	if err != nil {
		return err
	}
	defer leave()
	return c.Run(ctx, nil)
}

// stream sends an answer line by line as it grows.
func (l *Lesson) stream(d door, a *answer) error {
	for k := 0; ; k++ {
		line, done, err := l.answers.next(d.context(), a, k)
		switch {
		case done && k == 0:
			return err
		case done && err != nil:
			_, told := failure(err)
			line = encode(told)
		case done:
			return nil
		}
		if d.line(line) != nil || done {
			return nil // the client has gone, or has been told why there is no more
		}
	}
}

func tellEnsemble(c *experiment.Comparison, done bool) Ensemble {
	e := Ensemble{Replications: c.Plan.Replications, Done: done, Years: c.Years, Own: c.Own}
	for v := range c.Variants {
		e.Forms = append(e.Forms, tellForm(c, v))
	}
	return e
}

func tellForm(c *experiment.Comparison, v int) EnsembleForm {
	own := c.OwnIndex()
	f := EnsembleForm{Key: c.Variants[v].Key, Outcomes: map[string]interval{}, Weekly: map[string]band{},
		Values: numbers(c.Of(v, own, sim.ValueProject))}
	for _, years := range allYears(c.Years) {
		f.ClosedByYear = append(f.ClosedByYear, yearly{years, tellInterval(c.Seen(v, years))})
	}
	b := c.CurveBand(v)
	f.Curve = curve{c.Grid, numbers(b.Mean), numbers(b.Low), numbers(b.High)}
	for o := range sim.NOutcomes {
		f.Outcomes[o.String()] = tellInterval(c.Mean(v, own, o))
	}
	for _, column := range weeklyColumns {
		f.Weekly[column.Info().Name] = tellBand(&c.Weekly[v][column])
	}
	return f
}

// allYears are the periods and every whole year within the longest.
func allYears(periods []float64) []float64 {
	all := slices.Clone(periods)
	for y := 1.0; y < periods[len(periods)-1]; y++ {
		all = append(all, y)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func tellInterval(iv analysis.Interval) interval {
	return interval{number(iv.Estimate), number(iv.Low), number(iv.High)}
}

// tellBand thins a band evenly, the last week kept.
func tellBand(b *analysis.Band) band {
	n := len(b.Mean)
	step := max(1, (n+mostBandPoints-1)/mostBandPoints)
	var out band
	for k := (n - 1) % step; k < n; k += step {
		out.Week = append(out.Week, k+1)
		for _, c := range []struct {
			to   *[]number
			from []float64
		}{{&out.P05, b.P05}, {&out.P25, b.P25}, {&out.P75, b.P75}, {&out.P95, b.P95}, {&out.Mean, b.Mean}} {
			*c.to = append(*c.to, number(c.from[k]))
		}
	}
	return out
}

func numbers(xs []float64) []number {
	out := make([]number, len(xs))
	for k, x := range xs {
		out[k] = number(x)
	}
	return out
}
