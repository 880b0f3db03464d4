package teach

import (
	"context"
	"fmt"
	"slices"
	"strconv"

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
// forms says after so many replications. All is counted up to one date, the
// horizon, whenever the project ends.
type Ensemble struct {
	Replications int            `json:"replications"` // in this line
	Done         bool           `json:"done"`         // all that were asked for
	Years        []float64      `json:"years"`        // project periods; the last goes on to the horizon
	Own          float64        `json:"own"`          // the scenario's own project period
	Horizon      float64        `json:"horizon"`      // years
	Forms        []EnsembleForm `json:"forms"`
	// Keys of forms of which the verdict is sure; "" where it is of none.
	SoldMost string `json:"sold_most"` // sells most by the horizon, and the difference matters
	LostMost string `json:"lost_most"` // loses the largest share by stopping
}

// EnsembleForm is one form's part of an Ensemble. What is said of no project
// is of the scenario's own.
type EnsembleForm struct {
	Key string `json:"key"`
	// Seen is what the funder has seen by the end of each whole year and each
	// period: the share, of what is sold by the horizon if the project goes on,
	// that is sold by then. Lost is what is lost by stopping: the share of the
	// same that is not sold by the horizon because the project stopped.
	Seen []yearly `json:"seen"`
	Lost interval `json:"lost"`
	// Nothing is the share of groups that have sold nothing by the end of the
	// project.
	Nothing interval `json:"nothing"`
	// Stopped and GoesOn are of the project that stops, and of one that goes on
	// to the horizon.
	Stopped branch `json:"stopped"`
	GoesOn  branch `json:"goes_on"`
	// Outcomes are {mean, low, high} by name: shares of groups and medians of
	// times until a first deal (null: not by the horizon), where they are such. Weekly are thinned lists
	// {week, p05, p25, p75, p95, mean} by quantity; Values has value_project of
	// each replication, k€.
	Outcomes map[string]interval `json:"outcomes"`
	Weekly   map[string]band     `json:"weekly"`
	Values   []number            `json:"values"`
}

// branch is what comes of a project that stops, or of one that goes on.
type branch struct {
	Sold  interval `json:"sold"`       // by the horizon, k€ a group
	Curve curve    `json:"curve"`      // sold by each week, k€: lists {week, mean, low, high}
	First []number `json:"first_deal"` // week of the first deal of each replication, null: none by the horizon
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
	for k := range vs { // a project of so many years must fit
		vs[k].Params.Project.Horizon = slices.Max(append(years, s.Params.Project.Horizon, s.Params.Project.Years))
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
	l.share(c, weeklyColumns...)
	who := d.client()
	a := l.answers.join(l.ctx, q.key(sc, c), func(ctx context.Context, line func([]byte)) error {
		ctx, cancel := context.WithTimeout(ctx, mostTime)
		defer cancel()
		return l.simulate(ctx, who, c, line)
	})
	defer l.answers.leave(a)
	return l.stream(d, a)
}

// simulate works an ensemble out, stage by stage. A stage goes on where the
// one before it ended: the last is the very comparison that the command line
// makes.
func (l *Lesson) simulate(ctx context.Context, who string, c *experiment.Comparison, line func([]byte)) error {
	all := c.Plan.Replications
	e := newGrowing(c)
	for _, n := range append(slices.Clone(firstStages), all) {
		if n > all || n < all && 2*n > all { // a stage so near the end tells nothing
			continue
		}
		lane := l.first
		if n > firstStages[len(firstStages)-1] {
			lane = l.rest
		}
		if err := e.goOn(ctx, lane, who, n); err != nil {
			return err
		}
		line(encode(e.tell(n == all)))
	}
	return nil
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
