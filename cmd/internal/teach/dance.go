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
	Key          string             `json:"key"`
	ProjectWeeks int                `json:"project_weeks"`
	TotalWeeks   int                `json:"total_weeks"`   // shown
	HorizonWeeks int                `json:"horizon_weeks"` // up to which sales are counted; no fewer than are shown
	Stopped      DanceSum           `json:"stopped"`       // by the horizon, the project ending when it ends
	GoingOn      DanceSum           `json:"going_on"`      // by the horizon, had the project gone on until then
	JointHours   map[string]float64 `json:"joint_hours"`   // h that each link of an offer needs, by the kind of opportunity
	Hub          int                `json:"hub"`           // slot of the hub at the start; -1: the group sells no systems, or has none
	Names        []string           `json:"names"`         // of the SMEs at the start, by slot
	Weeks        []DanceWeek        `json:"weeks"`         // the first is week 1
	Events       []json.RawMessage  `json:"events"`        // as epgsim trace --format jsonl prints them
}

// DanceSum is what a form has sold by some week.
type DanceSum struct {
	Deals int     `json:"deals"`
	Value float64 `json:"value"` // k€
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
// is, what it is worth and in which stage it is.
type DanceOpportunity struct {
	Serial   int     `json:"s"`
	Progress float64 `json:"p"`           // of its stage, 0 to 1
	Hours    float64 `json:"h,omitempty"` // h of joint work of the link that has fewest, up to what it needs; until the offer is out
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

// yearsDanced is how many years after the project a dance goes on, as trace does. With the longest
// project and the largest group it is 30 000 SME-weeks, about 6 MB of JSON. What has come by the
// horizon is told at the end as two sums.
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
	d.form = DanceForm{Key: v.Key, ProjectWeeks: d.p.ProjectWeeks(), HorizonWeeks: d.p.TotalWeeks(), JointHours: jointHours(d.p),
		Hub: hub(d.p, &d.before), Names: names(&d.before), Events: []json.RawMessage{}}
	d.form.TotalWeeks = min(d.form.HorizonWeeks, d.form.ProjectWeeks+yearsDanced*sim.WeeksPerYear)
	d.g.Watch(d.hear)
	for week := range d.form.HorizonWeeks {
		if err := ctx.Err(); err != nil {
			return DanceForm{}, err
		}
		d.g.Step()
		if week < d.form.TotalWeeks {
			d.week()
		}
	}
	d.form.Stopped = d.sum(d.form.HorizonWeeks)
	going, err := goOn(ctx, d, seed, replication)
	d.form.GoingOn = going
	return d.form, err
}

// goOn is what the same group sells by the horizon, with the same luck, if its project goes on until then.
func goOn(ctx context.Context, d *dancer, seed, replication uint64) (DanceSum, error) {
	if d.form.ProjectWeeks == d.form.HorizonWeeks {
		return d.form.Stopped, nil
	}
	p := *d.p
	p.Project.Years = p.Project.Horizon
	d.g.Watch(nil)
	d.g.Reset(&p, seed, replication)
	for range d.form.HorizonWeeks {
		if err := ctx.Err(); err != nil {
			return DanceSum{}, err
		}
		d.g.Step()
	}
	return d.sum(d.form.HorizonWeeks), nil
}

// sum is what has been sold by the end of a week.
func (d *dancer) sum(week int) DanceSum {
	return DanceSum{int(d.series.Columns[sim.ColDeals][week-1]), d.series.Columns[sim.ColValue][week-1]}
}

func (d *dancer) hear(e sim.Event) {
	if e.Week > d.form.TotalWeeks {
		return
	}
	line := encode(tell.Record(d.g, d.p, e))
	d.form.Events = append(d.form.Events, line[:len(line)-1])
}

// week notes the week that has just ended.
func (d *dancer) week() {
	now := d.g.Snapshot()
	w := DanceWeek{Joint: [][3]float64{}, Manager: now.Manager, Opportunities: []DanceOpportunity{},
		Deals: d.sum(now.Week).Deals, Value: d.sum(now.Week).Value}
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
		hours, _ := d.leastHours(&now, o)
		w.Opportunities = append(w.Opportunities, DanceOpportunity{o.Serial, thousandths(min(1, max(0, d.progress(&now, o)))), math.Round(hours*10) / 10})
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
		if hours, need := d.leastHours(now, o); need > 0 {
			return hours / need
		}
	case o.Stage == sim.StageNegotiation:
		return 1 - float64(o.RoundsLeft)/float64(o.RoundsHeld+o.RoundsLeft)
	}
	return 1
}

// leastHours is the joint work in the link of an offer's team that has least of it, up to what it
// needs: of the hub's links in a system, else of all. Once the offer is out nothing waits for it.
func (d *dancer) leastHours(now *sim.Snapshot, o *sim.OpportunityView) (hours, need float64) {
	need, centres := d.form.JointHours[o.Kind.String()], len(o.SMEs)
	if o.Kind == sim.SystemSale {
		centres = 1
	}
	if need == 0 || len(o.SMEs) < 2 || o.Stage == sim.StageNegotiation {
		return 0, 0
	}
	hours = need
	for a := range centres {
		for _, j := range o.SMEs[a+1:] {
			hours = min(hours, now.Joint[o.SMEs[a]][j])
		}
	}
	return hours, need
}

// jointHours are those that each link of an offer needs, by kind.
func jointHours(p *sim.Params) map[string]float64 {
	return map[string]float64{sim.CustomerSale.String(): p.Joint.HoursCustomer, sim.SystemSale.String(): p.Joint.HoursSystem}
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
