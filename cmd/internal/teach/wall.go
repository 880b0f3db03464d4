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
	Count    int  `json:"count"` // predictions
	Open     bool `json:"open"`
	Revealed bool `json:"revealed"`
	// Quantiles of the predictions, {p10, p25, p50, p75, p90} for each point;
	// empty while there are none.
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

func (c *class) wall() Wall {
	w := Wall{Count: len(c.predictions), Open: c.open, Revealed: c.revealed, Quantiles: []wallQuantiles{}, Result: c.result}
	if w.Count == 0 {
		return w
	}
	for k := range c.points {
		var values []float64
		for _, p := range c.predictions { // a quantile knows no order
			values = append(values, p.values[k])
		}
		q := analysis.Quantiles(values, 0.1, 0.25, 0.5, 0.75, 0.9)
		w.Quantiles = append(w.Quantiles, wallQuantiles{number(q[0]), number(q[1]), number(q[2]), number(q[3]), number(q[4])})
	}
	return w
}

// wall streams the wall of a class until the reader leaves, the class is
// forgotten or the server shuts down.
func (s *Server) wall(w http.ResponseWriter, r *http.Request) error {
	code := r.PathValue("code")
	c, err := s.classes.watch(code)
	if err != nil {
		return err
	}
	defer s.classes.unwatch(c)
	unhurried(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	for {
		s.classes.mu.Lock()
		now, changed, there := c.wall(), c.changed, s.classes.byCode[c.code] == c
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

// watch finds a class and counts who watches its wall.
func (cs *classes) watch(code string) (*class, error) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	c, err := cs.find(code)
	if err != nil {
		return nil, err
	}
	if c.watchers >= mostWatchers {
		return nil, errBusy
	}
	c.watchers++
	return c, nil
}

func (cs *classes) unwatch(c *class) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	c.watchers--
	c.used = cs.now() // a wall that was looked at until now was in use
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
