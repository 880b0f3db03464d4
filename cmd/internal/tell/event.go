// Package tell puts what happens in a group into words and records: the story
// that a person reads, and the events that a program reads, the teaching page
// among them.
//
//	g.Reset(&p, seed, replication)
//	story := tell.NewStory(w, g, &p, tell.Options{From: 1, To: p.TotalWeeks(), Wrap: wrap})
//	story.Cast()
//	g.Watch(story.Hear)
//	for week := 1; week <= p.TotalWeeks(); week++ {
//		g.Step()
//		story.EndWeek(week)
//	}
//	story.End()
package tell

import (
	"math"

	"epgsim/sim"
)

// Event is an event of the model as it is written to a file: SMEs have names
// instead of slots, and every number has its own. What does not apply to an
// event is left out.
type Event struct {
	Week        int                `json:"week"`
	Event       string             `json:"event"`
	SME         string             `json:"sme,omitempty"`
	Other       string             `json:"other,omitempty"`
	Team        []string           `json:"team,omitempty"`
	Opportunity int                `json:"opportunity,omitempty"`
	Kind        string             `json:"kind,omitempty"`
	Market      string             `json:"market,omitempty"`
	Why         string             `json:"why,omitempty"`
	By          string             `json:"by,omitempty"`
	Numbers     map[string]float64 `json:"numbers,omitempty"`
}

// Record makes an Event of what g, which runs with p, has just told its watcher.
// Call it before the group goes on: another SME may take the slot later.
func Record(g *sim.Group, p *sim.Params, e sim.Event) Event {
	r := Event{Week: e.Week, Event: e.Kind.String(), Opportunity: e.Opportunity, SME: g.Name(e.SME), Other: g.Name(e.Other)}
	for _, s := range e.Team.Members() {
		r.Team = append(r.Team, g.Name(int(s)))
	}
	info := e.Kind.Info()
	if info.Has(sim.OfApproach | sim.OfOpportunity) {
		r.Kind = e.OpportunityKind.String()
	}
	if info.Has(sim.AtMarket) {
		r.Market = p.MarketName(e.Market)
	}
	switch {
	case info.Has(sim.SaysWho) && e.ByManager:
		r.By = "the manager"
	case info.Has(sim.SaysWho):
		r.By = "an SME alone"
	case info.Has(sim.SaysWhy):
		r.Why = e.Why.String()
	case info.Has(sim.SaysReason):
		r.Why = e.Reason.String()
	}
	for k, name := range info.Numbers {
		if name != "" && !math.IsNaN(e.Numbers[k]) {
			if r.Numbers == nil {
				r.Numbers = map[string]float64{}
			}
			r.Numbers[name] = e.Numbers[k]
		}
	}
	return r
}
