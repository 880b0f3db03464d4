package teach

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"epgsim/cmd/internal/tell"
	"epgsim/sim"
	"epgsim/sim/experiment"
)

// danceRequest is the body of /api/dance.
type danceRequest struct {
	What        what     `json:"what"`
	Forms       []string `json:"forms"`
	Seed        uint64   `json:"seed"`
	Replication uint64   `json:"replication"`
}

// Dance is the answer to /api/dance: one replication of each form on the same
// luck, to be shown week by week.
type Dance struct {
	Forms []DanceForm `json:"forms"`
}

// DanceForm is what happened under one form.
type DanceForm struct {
	Key          string            `json:"key"`
	ProjectWeeks int               `json:"project_weeks"`
	TotalWeeks   int               `json:"total_weeks"`
	Hub          int               `json:"hub"`    // slot of the hub at the start; -1: the group sells no systems, or has none
	Names        []string          `json:"names"`  // of the SMEs at the start, by slot
	Weeks        []DanceWeek       `json:"weeks"`  // the first is week 1
	Events       []json.RawMessage `json:"events"` // as epgsim trace --format jsonl prints them
}

// DanceWeek is a picture of the group at the end of a week. There are many, so
// keys are short, and shares and hours are rounded to three decimals.
type DanceWeek struct {
	Trust         []float64          `json:"t"`           // of i in k at i·n+k; 0 where i = k
	Joint         [][3]float64       `json:"j"`           // [i, k, hours] of the pairs i < k that worked jointly this week, both sides' hours
	Received      []float64          `json:"m"`           // h/week of the manager for each SME, moving average; 0 once the manager has left
	Active        []int              `json:"a"`           // 1 or 0 for each SME
	Names         []string           `json:"n,omitempty"` // of the SMEs, in weeks in which they change: a newcomer takes a slot
	Opportunities []DanceOpportunity `json:"o"`           // not yet decided
	Deals         int                `json:"d"`           // so far
	Value         float64            `json:"v"`           // k€ so far, not rounded
	Manager       bool               `json:"p"`           // present
}

// DanceOpportunity is an opportunity not yet decided. Its events tell whose it
// is and what it is worth.
type DanceOpportunity struct {
	Serial   int     `json:"s"`
	Progress float64 `json:"p"` // of its stage, 0 to 1
}

func (l *Lesson) dance(d door) error {
	var q danceRequest
	if err := d.read(&q); err != nil {
		return err
	}
	sc, err := q.What.read()
	if err != nil {
		return err
	}
	vs, err := variants(sc, q.Forms)
	if err != nil {
		return err
	}
	for k := range vs { // as long as trace tells of it
		p := &vs[k].Params.Project
		p.Horizon = min(p.Horizon, p.Years+yearsDanced)
	}
	if q.Replication > mostReplication {
		return wrong("replication", fmt.Sprint(q.Replication), fmt.Sprintf("must be within 0..%d", mostReplication), "")
	}
	key := fmt.Sprintf("dance %s %d %d", keyOf(sc, vs), q.Seed, q.Replication)
	who := d.client()
	a := l.answers.join(l.ctx, key, func(ctx context.Context, line func([]byte)) error {
		ctx, cancel := context.WithTimeout(ctx, mostTime)
		defer cancel()
		leave, err := l.quick.enter(ctx, who)
		if err != nil {
			return err
		}
		defer leave()
		var told Dance
		for k := range vs {
			f, err := danceForm(ctx, &vs[k], q.Seed, q.Replication)
			if err != nil {
				return err
			}
			told.Forms = append(told.Forms, f)
		}
		line(newBody(encode(told), gzip.BestSpeed).packed)
		return nil
	})
	defer l.answers.leave(a)
	packed, _, err := l.answers.next(d.context(), a, 0)
	if err != nil {
		return err
	}
	return d.send(body{packed})
}

// yearsDanced is how many years after the project a dance goes on. With the longest project and the
// largest group it is 30 000 SME-weeks, about 6 MB of JSON.
const yearsDanced = 2

// dancer watches a replication.
type dancer struct {
	g      *sim.Group
	p      *sim.Params
	series sim.Series
	form   DanceForm
	before sim.Snapshot
}

func danceForm(ctx context.Context, v *experiment.Variant, seed, replication uint64) (DanceForm, error) {
	d := &dancer{g: sim.NewGroup(), p: &v.Params}
	d.g.Record(&d.series)
	d.g.Reset(d.p, seed, replication)
	d.before = d.g.Snapshot()
	d.form = DanceForm{Key: v.Key, ProjectWeeks: d.p.ProjectWeeks(), TotalWeeks: d.p.TotalWeeks(), Hub: hub(d.p, &d.before), Names: names(&d.before), Events: []json.RawMessage{}}
	d.g.Watch(d.hear)
	for range d.form.TotalWeeks {
		if err := ctx.Err(); err != nil {
			return DanceForm{}, err
		}
		d.g.Step()
		d.week()
	}
	return d.form, nil
}

func (d *dancer) hear(e sim.Event) {
	line := encode(tell.Record(d.g, d.p, e))
	d.form.Events = append(d.form.Events, line[:len(line)-1])
}

// week notes the week that has just ended.
func (d *dancer) week() {
	now := d.g.Snapshot()
	k := now.Week - 1
	w := DanceWeek{Joint: [][3]float64{}, Manager: now.Manager, Opportunities: []DanceOpportunity{},
		Deals: int(d.series.Columns[sim.ColDeals][k]), Value: d.series.Columns[sim.ColValue][k]}
	for i, m := range now.SMEs {
		active, received := 0, m.Received
		if m.Active {
			active = 1
		}
		if !now.Manager {
			received = 0
		}
		w.Active = append(w.Active, active)
		w.Received = append(w.Received, thousandths(received))
		for j := range now.SMEs {
			w.Trust = append(w.Trust, thousandths(now.Trust[i][j]))
			if hours := now.Worked[i][j] - d.before.Worked[i][j]; j > i && hours > 0 { // they sink when a newcomer takes a slot
				w.Joint = append(w.Joint, [3]float64{float64(i), float64(j), thousandths(hours)})
			}
		}
	}
	if list := names(&now); !slices.Equal(list, names(&d.before)) {
		w.Names = list
	}
	for k := range now.Opportunities {
		o := &now.Opportunities[k]
		w.Opportunities = append(w.Opportunities, DanceOpportunity{o.Serial, thousandths(min(1, max(0, d.progress(&now, o))))})
	}
	d.form.Weeks = append(d.form.Weeks, w)
	d.before = now
}

// progress is how far an opportunity has come in its stage: the customer's trust
// of what is needed, the joint hours of the link that has fewest, or the rounds
// held.
func (d *dancer) progress(now *sim.Snapshot, o *sim.OpportunityView) float64 {
	switch {
	case o.Stage == sim.StageTrust && o.Needed > 0:
		return o.Trust / o.Needed
	case o.Stage == sim.StageOffer:
		return d.offerProgress(now, o)
	case o.Stage == sim.StageNegotiation:
		return 1 - float64(o.RoundsLeft)/float64(o.RoundsHeld+o.RoundsLeft)
	}
	return 1
}

// offerProgress is the least share of the joint hours wanted that a link of an
// offer's team has: of the hub's links in a system, else of all.
func (d *dancer) offerProgress(now *sim.Snapshot, o *sim.OpportunityView) float64 {
	need, centres := d.p.Joint.HoursCustomer, len(o.SMEs)
	if o.Kind == sim.SystemSale {
		need, centres = d.p.Joint.HoursSystem, 1
	}
	least := 1.0
	for a := range centres {
		for _, j := range o.SMEs[a+1:] {
			if need > 0 {
				least = min(least, now.Joint[o.SMEs[a]][j]/need)
			}
		}
	}
	return least
}

// hub is the slot of the hub of a group that sells systems, else -1: any group
// could rally around one of its SMEs, but only systems need it.
func hub(p *sim.Params, now *sim.Snapshot) int {
	if p.Weights()[sim.SystemSale] > 0 {
		return now.Hub
	}
	return -1
}

// names are those of the SMEs, by slot.
func names(now *sim.Snapshot) (list []string) {
	for _, m := range now.SMEs {
		list = append(list, m.Name)
	}
	return list
}

// thousandths rounds for a picture.
func thousandths(x float64) float64 { return math.Round(x*1000) / 1000 }
