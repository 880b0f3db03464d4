//go:build !worker

package teach

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
)

// prediction is what one student expects.
type prediction struct {
	id     int // from 1, in the order in which they came
	values []float64
	device *device
}

// device is a client that predictions have come from. Behind one address there
// may be a whole class.
type device struct {
	id          int // from 1
	predictions int
	dropped     bool // takes part no more
}

type predictionRequest struct {
	Values []*float64 `json:"values"`
	Who    string     `json:"who"`
}

func (s *Server) predict(w http.ResponseWriter, r *http.Request) error {
	var q predictionRequest
	if err := readBody(w, r, &q); err != nil {
		return err
	}
	s.classes.mu.Lock()
	count, err := s.classes.predict(r.PathValue("code"), client(r), q)
	s.classes.mu.Unlock()
	if err != nil {
		return err
	}
	return small(w, map[string]int{"count": count})
}

func (cs *classes) predict(code, client string, q predictionRequest) (count int, err error) {
	c, err := cs.enter(code, client, "")
	if err != nil {
		return 0, err
	}
	if !c.open {
		return 0, refuse(http.StatusConflict, "class %s takes no more predictions", c.code)
	}
	values, err := q.check(c)
	if err != nil {
		return 0, err
	}
	p := c.predictions[q.Who]
	if p == nil {
		if p, err = cs.add(c, client, q.Who); err != nil {
			return 0, err
		}
	}
	p.values = values
	c.change()
	return len(c.predictions), nil
}

// check says what is wrong with a prediction for a class, and returns its values.
func (q *predictionRequest) check(c *class) ([]float64, error) {
	if q.Who == "" || len(q.Who) > mostWho {
		return nil, wrong("who", "", fmt.Sprintf("must be a word of 1 to %d bytes", mostWho), "")
	}
	if len(q.Values) != c.points {
		return nil, wrong("values", fmt.Sprint(len(q.Values)), fmt.Sprintf("must be %d numbers", c.points), "")
	}
	values := make([]float64, c.points)
	for k, v := range q.Values {
		switch {
		case v == nil:
			return nil, wrong("values", "null", fmt.Sprintf("must be %d numbers", c.points), "")
		case *v < 0 || *v > c.max:
			return nil, wrong("values", fmt.Sprint(*v), fmt.Sprintf("must be within 0..%g", c.max), "")
		}
		values[k] = *v
	}
	return values, nil
}

// add makes room in a class for somebody who has not predicted yet.
func (cs *classes) add(c *class, client, who string) (*prediction, error) {
	d := c.devices[client]
	switch {
	case c.dropped[who] || d != nil && d.dropped:
		return nil, refuse(http.StatusForbidden, "the teacher of class %s has taken this out", c.code)
	case len(c.predictions) >= mostPredictions || d != nil && d.predictions >= mostPredictionsOf:
		return nil, refuse(http.StatusTooManyRequests, "class %s is full", c.code)
	case !cs.names.take(client, c.code+" "+who, cs.now()):
		return nil, refuse(http.StatusTooManyRequests, "many predictions have come from this device; try again in %.0f seconds", nameEvery.Seconds())
	}
	if d == nil {
		d = &device{id: 1 + len(c.devices)}
		c.devices[client] = d
	}
	c.serial++
	d.predictions++
	p := &prediction{id: c.serial, device: d}
	c.predictions[who] = p
	return p, nil
}

// count is how many predictions there are, and from how many devices.
func (c *class) count() (predictions, devices int) {
	for _, d := range c.devices {
		if d.predictions > 0 {
			devices++
		}
	}
	return len(c.predictions), devices
}

// toldPrediction is a prediction as the teacher sees it.
type toldPrediction struct {
	ID     int       `json:"id"`
	Device int       `json:"device"`
	Values []float64 `json:"values"`
}

// list tells the teacher all predictions, in the order in which they came.
func (c *class) list(*teacherRequest) (any, error) {
	all := []toldPrediction{}
	for _, p := range c.predictions {
		all = append(all, toldPrediction{p.id, p.device.id, p.values})
	}
	slices.SortFunc(all, func(a, b toldPrediction) int { return cmp.Compare(a.ID, b.ID) })
	return map[string]any{"predictions": all}, nil
}

// takeOut drops a prediction, or all of a device, for good: neither comes back.
func (c *class) takeOut(q *teacherRequest) (any, error) {
	n := 0
	for who, p := range c.predictions {
		if p.id == q.Prediction || p.device.id == q.Device {
			delete(c.predictions, who)
			c.dropped[who] = true
			p.device.predictions--
			p.device.dropped = p.device.id == q.Device
			n++
		}
	}
	if n == 0 {
		return nil, refuse(http.StatusNotFound, "class %s has no such prediction any more", c.code)
	}
	c.change()
	return map[string]int{"dropped": n}, nil
}
