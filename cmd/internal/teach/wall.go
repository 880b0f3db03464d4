//go:build !worker

package teach

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"epgsim/sim/analysis"
)

// Wall is what a class's wall shows, the data of a server-sent event. One is sent
// at once, and another whenever something has changed.
type Wall struct {
	Count    int  `json:"count"`   // predictions
	Devices  int  `json:"devices"` // addresses they came from
	Open     bool `json:"open"`
	Revealed bool `json:"revealed"`
	Early    bool `json:"early"` // who has not predicted may see the others
	// Quantiles of the predictions, {p10, p25, p50, p75, p90} for each point;
	// empty while there are none, or for who may not see them yet.
	Quantiles []wallQuantiles `json:"quantiles"`
	Result    json.RawMessage `json:"result,omitempty"` // what was revealed
}

type wallQuantiles struct {
	P10 number `json:"p10"`
	P25 number `json:"p25"`
	P50 number `json:"p50"`
	P75 number `json:"p75"`
	P90 number `json:"p90"`
}

// reader is who looks at a class: the teacher has the key, a student the word
// that came with the prediction.
type reader struct{ client, key, who string }

func readerOf(r *http.Request) reader {
	q := r.URL.Query()
	return reader{client(r), q.Get("key"), q.Get("who")}
}

// sees says whether a reader may see what others predict. Who has not predicted
// would only copy it.
func (c *class) sees(r reader) bool {
	return c.early || !c.open || c.predictions[r.who] != nil || c.isKey(r.key)
}

func (c *class) wall(r reader) Wall {
	w := Wall{Open: c.open, Revealed: c.revealed, Early: c.early, Quantiles: []wallQuantiles{}, Result: c.result}
	w.Count, w.Devices = c.count()
	if c.sees(r) {
		if c.quantiles == nil {
			c.quantiles = c.summarise() // once for all walls
		}
		w.Quantiles = c.quantiles
	}
	return w
}

// summarise works out the quantiles of each point.
func (c *class) summarise() []wallQuantiles {
	all := []wallQuantiles{}
	if len(c.predictions) == 0 {
		return all
	}
	values := make([]float64, 0, len(c.predictions))
	for k := range c.points {
		values = values[:0]
		for _, p := range c.predictions { // a quantile knows no order
			values = append(values, p.values[k])
		}
		q := analysis.Quantiles(values, 0.1, 0.25, 0.5, 0.75, 0.9)
		all = append(all, wallQuantiles{number(q[0]), number(q[1]), number(q[2]), number(q[3]), number(q[4])})
	}
	return all
}

// wall streams the wall of a class until the reader leaves, the class is
// forgotten or the server shuts down.
func (s *Server) wall(w http.ResponseWriter, r *http.Request) error {
	who := readerOf(r)
	c, leave, err := s.classes.watch(r.PathValue("code"), who)
	if err != nil {
		return err
	}
	defer leave()
	unhurried(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	for {
		s.classes.mu.Lock()
		now, changed, there := c.wall(who), c.changed, s.classes.byCode[c.code] == c
		s.classes.mu.Unlock()
		if !there {
			return nil
		}
		if !send(w, "data: %s\n", encode(now)) || !pause(ctx, wallEvery) {
			return nil
		}
		for waiting := true; waiting; {
			select {
			case <-changed:
				waiting = false
			case <-time.After(wallAlive):
				if !send(w, ": still here\n\n") {
					return nil
				}
			case <-ctx.Done():
				return nil
			}
		}
	}
}

// watch finds a class and counts who watches its wall, until leave is called.
// A client has room for a few walls only, and for the teacher there is always
// some beside them: nobody can take all places.
func (cs *classes) watch(code string, who reader) (c *class, leave func(), err error) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if c, err = cs.enter(code, who.client, who.key); err != nil {
		return nil, nil, err
	}
	if c.isKey(who.key) && c.taught < mostWatchersTaught {
		c.taught++
		return c, cs.leaving(c, func() { c.taught-- }), nil
	}
	if c.watchers >= mostWatchers || cs.watching[who.client] >= mostWatchersEach {
		return nil, nil, errBusy
	}
	c.watchers++
	cs.watching[who.client]++
	return c, cs.leaving(c, func() {
		c.watchers--
		if cs.watching[who.client]--; cs.watching[who.client] == 0 {
			delete(cs.watching, who.client)
		}
	}), nil
}

// leaving makes the function to call when a wall of a class is left.
func (cs *classes) leaving(c *class, uncount func()) func() {
	return func() {
		cs.mu.Lock()
		defer cs.mu.Unlock()
		uncount()
		c.used = cs.now() // a wall that was looked at until now was in use
	}
}

// send writes a piece of the stream, and says whether anybody takes it.
func send(w http.ResponseWriter, format string, args ...any) bool {
	hurry(w)
	if _, err := fmt.Fprintf(w, format, args...); err != nil {
		return false
	}
	return http.NewResponseController(w).Flush() == nil
}

// pause waits, and says whether it was let.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
