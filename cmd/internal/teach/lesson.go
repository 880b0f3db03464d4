package teach

import (
	"context"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// Lesson answers what the page asks about scenarios. It knows no network: a
// Server puts it behind HTTP, and a browser's worker answers from it directly.
type Lesson struct {
	ctx     context.Context // ends when the lesson is over
	cancel  context.CancelFunc
	quick   *lane // single replications: milliseconds
	first   *lane // the first pictures of an ensemble: tenths of a second
	rest    *lane // the rest of it: seconds
	answers *answers
	begin   body                // the answer to /api/start
	helpers []experiment.Helper // who run replications; none: this process does
	funded  funded              // what a ministry has funded before
}

// door is the way by which a request came in and its answer goes out.
type door interface {
	context() context.Context // ends when nobody waits for the answer any more
	client() string           // who asks, for taking turns
	read(v any) error         // reads the body of the request
	send(body) error          // the answer, ready
	line([]byte) error        // one more line of an answer that grows; an error: nobody reads on
}

// newLesson returns a lesson. Close it when it is over.
func newLesson(b start) (*Lesson, error) {
	l := &Lesson{quick: newLane(quickAtATime), first: newLane(firstAtATime), rest: newLane(restAtATime), answers: newAnswers()}
	var err error
	if l.begin, err = startBody(b); err != nil {
		return nil, err
	}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	return l, nil
}

// Close gives up all work and ends the streams that are open.
func (l *Lesson) Close() { l.cancel() }

// share lets the helpers run a comparison. Of the weeks they bring what the comparison
// itself notes, and some columns more.
func (l *Lesson) share(c *experiment.Comparison, more ...sim.Column) {
	c.Plan.Helpers, c.Plan.Columns = l.helpers, append([]sim.Column{sim.ColDeals, sim.ColValueExpected}, more...)
}

// asked are the functions that answer, by method and address.
func (l *Lesson) asked() map[string]func(door) error {
	return map[string]func(door) error{
		"GET /api/start":     func(d door) error { return d.send(l.begin) },
		"POST /api/scenario": l.scenario,
		"POST /api/dance":    l.dance,
		"POST /api/ensemble": l.ensemble,
		"POST /api/ministry": l.ministry,
	}
}
