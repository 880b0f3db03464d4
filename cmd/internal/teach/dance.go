package teach

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
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

// DanceForm is the replication under one form.
type DanceForm struct {
	Key          string            `json:"key"`
	Name         string            `json:"name"`
	ProjectWeeks int               `json:"project_weeks"`
	TotalWeeks   int               `json:"total_weeks"`
	Hub          int               `json:"hub"` // index into SMEs at the start; -1: none, and none needed without system opportunities
	Markets      []string          `json:"markets"`
	SMEs         []DanceSME        `json:"smes"` // at the start
	Result       map[string]number `json:"result"`
	ValueByYear  []number          `json:"value_by_year"` // k€ by the end of each year
	Weeks        []DanceWeek       `json:"weeks"`         // the first is week 1
	Events       []json.RawMessage `json:"events"`        // as epgsim trace --format jsonl prints them
}

// DanceSME is a member at the start.
type DanceSME struct {
	Name       string     `json:"name"`
	Technology number     `json:"technology"`
	Experience number     `json:"experience"`
	Niche      [2]float64 `json:"niche"` // in the plane of products and customers
}

// DanceWeek is a picture of the group at the end of a week. There are many, so
// keys are short, and shares and hours are rounded to three decimals.
type DanceWeek struct {
	Trust         []float64          `json:"t"`           // of i in k at i·n+k; 0 where i = k
	Joint         [][3]float64       `json:"j"`           // [i, k, hours] of the pairs i < k that worked jointly this week, both sides' hours
	Received      []float64          `json:"m"`           // h/week of the manager for each SME, moving average; 0 once he or she has left
	Active        []int              `json:"a"`           // 1 or 0 for each SME
	Commitment    []float64          `json:"c"`           // of each SME
	Names         []string           `json:"n,omitempty"` // of the SMEs, in weeks in which they change: a newcomer takes a slot
	Hub           int                `json:"h"`           // slot; -1: none
	Opportunities []DanceOpportunity `json:"o"`           // not yet decided
	Customers     []DanceCustomer    `json:"b"`           // those who have bought
	Deals         int                `json:"d"`           // so far
	Orders        int                `json:"r"`           // repeat orders so far
	Value         float64            `json:"v"`           // k€ so far, not rounded
	Manager       bool               `json:"p"`           // present
}

// DanceOpportunity is an opportunity not yet decided.
type DanceOpportunity struct {
	Serial   int       `json:"s"`
	Kind     string    `json:"k"` // market, customer or system
	Stage    sim.Stage `json:"g"` // 0 trust is being built, 1 the offer is prepared, 2 negotiation
	SMEs     []int     `json:"w"` // slots, the lead first
	Market   int       `json:"x"` // index into the form's markets
	Value    float64   `json:"v"` // k€
	Progress float64   `json:"p"` // of its stage, 0 to 1
}

// DanceCustomer is a customer after the first deal.
type DanceCustomer struct {
	Serial int   `json:"s"`
	SMEs   []int `json:"w"`
	Orders int   `json:"n"` // repeat orders so far
}

func (s *Server) dance(w http.ResponseWriter, r *http.Request) error {
	var q danceRequest
	if err := decode(w, r, &q); err != nil {
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
	if w := danceWork(vs); w > mostDance {
		return wrong("forms", fmt.Sprint(len(vs)), fmt.Sprintf("so many SMEs for so many weeks can be danced by at most %d at once", int(mostDance/w*float64(len(vs)))),
			"epgsim trace tells of longer ones")
	}
	key := fmt.Sprintf("dance %s %d %d", keyOf(sc, vs), q.Seed, q.Replication)
	who := client(r)
	a := s.answers.join(s.ctx, key, func(ctx context.Context, line func([]byte)) error {
		ctx, cancel := context.WithTimeout(ctx, mostTime)
		defer cancel()
		leave, err := s.quick.enter(ctx, who)
		if err != nil {
			return err
		}
		defer leave()
		var d Dance
		for k := range vs {
			f, err := danceForm(ctx, &vs[k], q.Seed, q.Replication)
			if err != nil {
				return err
			}
			d.Forms = append(d.Forms, f)
		}
		line(newBody(encode(d), gzip.BestSpeed).packed)
		return nil
	})
	defer s.answers.leave(a)
	packed, _, err := s.answers.next(r.Context(), a, 0)
	if err != nil {
		return err
	}
	return body{packed}.reply(w, r)
}

// danceWork is the size of a dance in SME-weeks.
func danceWork(vs []experiment.Variant) float64 {
	sum := 0
	for k := range vs {
		sum += vs[k].Params.TotalWeeks() * vs[k].Params.Size()
	}
	return float64(sum)
}

// dancer watches a replication.
type dancer struct {
	g      *sim.Group
	p      *sim.Params
	series sim.Series
	form   DanceForm
	rounds map[int]float64 // negotiation rounds that lay ahead at first, by serial
	orders map[int]int     // repeat orders, by serial
	before sim.Snapshot
}

func danceForm(ctx context.Context, v *experiment.Variant, seed, replication uint64) (DanceForm, error) {
	d := &dancer{g: sim.NewGroup(), p: &v.Params, rounds: map[int]float64{}, orders: map[int]int{}}
	d.g.Record(&d.series)
	d.g.Reset(d.p, seed, replication)
	d.begin(v)
	d.g.Watch(d.hear)
	for range d.form.TotalWeeks {
		if err := ctx.Err(); err != nil {
			return DanceForm{}, err
		}
		d.g.Step()
		d.week()
	}
	d.end()
	return d.form, nil
}

func (d *dancer) begin(v *experiment.Variant) {
	now := d.g.Snapshot()
	d.before = now
	d.form = DanceForm{Key: v.Key, Name: v.Name, ProjectWeeks: d.p.ProjectWeeks(), TotalWeeks: d.p.TotalWeeks(), Hub: now.Hub,
		Result: map[string]number{}, Events: []json.RawMessage{}}
	for _, m := range now.SMEs {
		d.form.SMEs = append(d.form.SMEs, DanceSME{m.Name, number(m.Technology), number(m.Experience), m.Niche})
	}
	for j := range d.p.MarketCount() {
		d.form.Markets = append(d.form.Markets, d.p.MarketName(j))
	}
}

func (d *dancer) hear(e sim.Event) {
	switch e.Kind {
	case sim.EventOffer:
		d.rounds[e.Opportunity] = e.Numbers[2]
	case sim.EventOrder:
		d.orders[e.Opportunity]++
	}
	line := encode(tell.Record(d.g, d.p, e))
	d.form.Events = append(d.form.Events, line[:len(line)-1])
}

// week notes the week that has just ended.
func (d *dancer) week() {
	now := d.g.Snapshot()
	k := now.Week - 1
	w := DanceWeek{Joint: [][3]float64{}, Hub: now.Hub, Manager: now.Manager, Opportunities: []DanceOpportunity{}, Customers: []DanceCustomer{},
		Deals: int(d.series.Columns[sim.ColDeals][k]), Orders: int(d.series.Columns[sim.ColOrders][k]), Value: d.series.Columns[sim.ColValue][k]}
	renamed := false
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
		w.Commitment = append(w.Commitment, thousandths(m.Commitment))
		renamed = renamed || m.Name != d.before.SMEs[i].Name
		for j := range now.SMEs {
			w.Trust = append(w.Trust, thousandths(now.Trust[i][j]))
			if hours := now.Worked[i][j] - d.before.Worked[i][j]; j > i && hours > 0 { // they sink when a newcomer takes a slot
				w.Joint = append(w.Joint, [3]float64{float64(i), float64(j), thousandths(hours)})
			}
		}
	}
	if renamed {
		for _, m := range now.SMEs {
			w.Names = append(w.Names, m.Name)
		}
	}
	for k := range now.Opportunities {
		w.Opportunities = append(w.Opportunities, d.opportunity(&now, &now.Opportunities[k]))
	}
	for _, c := range now.Customers {
		w.Customers = append(w.Customers, DanceCustomer{c.Serial, c.SMEs, d.orders[c.Serial]})
	}
	d.form.Weeks = append(d.form.Weeks, w)
	d.before = now
}

// opportunity tells how far an opportunity has come: the customer's trust of
// what is needed, the joint hours of the link that has fewest, or the rounds
// held.
func (d *dancer) opportunity(now *sim.Snapshot, o *sim.OpportunityView) DanceOpportunity {
	progress := 1.0
	switch o.Stage {
	case sim.StageTrust:
		if o.Needed > 0 {
			progress = o.Trust / o.Needed
		}
	case sim.StageOffer:
		progress = d.offerProgress(now, o)
	case sim.StageNegotiation:
		if all := d.rounds[o.Serial]; all > 0 {
			progress = 1 - float64(o.RoundsLeft)/all
		}
	}
	return DanceOpportunity{o.Serial, o.Kind.String(), o.Stage, o.SMEs, o.Market, thousandths(o.Value), thousandths(min(1, max(0, progress)))}
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

func (d *dancer) end() {
	r := d.g.Result()
	for o := range sim.NOutcomes {
		d.form.Result[o.String()] = number(r.Get(o))
	}
	reached := slices.IndexFunc(r.ValueByYear[:], math.IsNaN)
	if reached < 0 {
		reached = len(r.ValueByYear)
	}
	d.form.ValueByYear = numbers(r.ValueByYear[:reached])
}

// thousandths rounds for a picture.
func thousandths(x float64) float64 { return math.Round(x*1000) / 1000 }
