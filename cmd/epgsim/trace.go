package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"epgsim/sim"
)

// traceOptions are the flags of trace.
type traceOptions struct {
	set         []string
	seed        uint64
	replication uint64
	from, to    int
	format      choice
	all         bool
}

func (a *app) trace() *cobra.Command {
	o := &traceOptions{format: choice{value: "text", allowed: []string{"text", "jsonl"}}}
	cmd := &cobra.Command{
		Use:   "trace SCENARIO",
		Short: "Tell one replication week by week: who did what, why, with what numbers",
		Long: `trace tells the story of one replication: doors opened, offers, rounds that had to
be put off, deals and why others were lost, who left the joint work to whom, who
turned passive and why, and how the music stopped. Every quarter is summed up.

With --format jsonl every event is one JSON object on a line of its own.`,
		Example: `  epgsim trace short-system-project
  epgsim trace food-products --replication 17 --from 100 --to 156`,
		Args:              oneScenario,
		ValidArgsFunction: completeScenario,
		RunE: func(_ *cobra.Command, args []string) error {
			return a.runTrace(args[0], o)
		},
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.set, "set", nil, "change a parameter: --set project.years=5 (may be given again)")
	f.Uint64Var(&o.seed, "seed", 1, "seed of all luck")
	f.Uint64VarP(&o.replication, "replication", "r", 0, "which replication; the same as row of that number in compare and run")
	f.IntVar(&o.from, "from", 1, "first week to tell")
	f.IntVar(&o.to, "to", 0, "last week to tell (default: the last)")
	f.BoolVar(&o.all, "all", false, "tell every meeting, round and hour of joint work too")
	f.Var(&o.format, "format", "text or jsonl")
	_ = cmd.RegisterFlagCompletionFunc("set", completeKeys)
	_ = cmd.RegisterFlagCompletionFunc("format", o.format.complete)
	return cmd
}

func (a *app) runTrace(name string, o *traceOptions) error {
	s, err := load(name, o.set)
	if err != nil {
		return err
	}
	p := s.Frozen()
	last := p.TotalWeeks()
	if o.to == 0 {
		o.to = last
	}
	if o.from < 1 || o.to < o.from || o.from > last || o.to > last {
		return usagef("--from %d --to %d: must be weeks within 1..%d, in this order", o.from, o.to, last)
	}
	w := bufio.NewWriter(a.out)
	g := sim.NewGroup()
	g.Reset(&p, o.seed, o.replication)
	if o.format.value == "jsonl" {
		traceJSON(w, g, &p, o)
		return w.Flush()
	}
	st := newStory(w, g, &p, o)
	fmt.Fprintf(w, "%s: %s\nReplication %d of seed %d\n\n", s.Name, s.Title, o.replication, o.seed)
	st.cast()
	g.Watch(st.tell)
	for week := 1; week <= last; week++ {
		g.Step()
		st.endWeek(week)
	}
	st.end()
	return w.Flush()
}

// eventRecord is an event as a JSON line.
type eventRecord struct {
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

// traceJSON writes every event of the weeks asked for as a line.
func traceJSON(w *bufio.Writer, g *sim.Group, p *sim.Params, o *traceOptions) {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	g.Watch(func(e sim.Event) {
		if e.Week >= o.from && e.Week <= o.to {
			_ = encoder.Encode(record(g, p, e)) // the writer keeps its error for Flush
		}
	})
	for range p.TotalWeeks() {
		g.Step()
	}
}

func record(g *sim.Group, p *sim.Params, e sim.Event) eventRecord {
	r := eventRecord{Week: e.Week, Event: e.Kind.String(), Opportunity: e.Opportunity, SME: g.Name(e.SME), Other: g.Name(e.Other)}
	for _, s := range e.Team.Members() {
		r.Team = append(r.Team, g.Name(int(s)))
	}
	if e.Opportunity > 0 || e.Kind <= sim.EventDoorOpened {
		r.Kind = e.OpportunityKind.String()
	}
	switch e.Kind {
	case sim.EventNoSuchCustomer, sim.EventNobodyLeft, sim.EventDoorClosed, sim.EventDoorOpened, sim.EventDeal:
		r.Market = p.MarketName(e.Market)
	case sim.EventMeeting:
		r.Market, r.By = p.MarketName(e.Market), "an SME alone"
		if e.ByManager {
			r.By = "the manager"
		}
	case sim.EventLost:
		r.Why = e.Why.String()
	case sim.EventPassive, sim.EventLeft:
		r.Why = e.Reason.String()
	}
	for k, name := range e.Kind.Info().Numbers {
		if name != "" && !math.IsNaN(e.Numbers[k]) {
			if r.Numbers == nil {
				r.Numbers = map[string]float64{}
			}
			r.Numbers[name] = e.Numbers[k]
		}
	}
	return r
}
