package main

import (
	"bufio"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/tell"
	"epgsim/sim"
)

type traceOptions struct {
	set         []string
	seed        uint64
	replication uint64
	from, to    int
	format      choice
	all         bool
	story       bool
	language    language
}

func (a *app) trace() *cobra.Command {
	o := &traceOptions{format: oneOf("text", "jsonl")}
	cmd := &cobra.Command{
		Use:   "trace SCENARIO",
		Short: "Tell one replication week by week: who did what, why, with what numbers",
		Long: `trace tells the story of one replication: doors opened, offers, rounds that had to
be put off, deals and why others were lost, who left the joint work to whom, who
turned passive and why, and how the music stopped. Every quarter is summed up.
It ends two years after the project; what the group comes to is that of the
horizon all the same. --to 520 tells on to the end of year 10.

With --format jsonl every event is one JSON object on a line of its own.

--story tells it in one page to be read aloud: a sentence a quarter, and in the
end what the same luck brings when the project goes on. Unless --replication is
given, it tells the one of 101 replications whose cost of stopping is nearest
their median, and says so.`,
		Example: `  epgsim trace food-products --replication 17 --from 100 --to 156
  epgsim trace boat-building-system --story --lang fi`,
		Args:              scenarios.demand(),
		ValidArgsFunction: scenarios.complete(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runTrace(cmd, args[0], o)
		},
	}
	f := cmd.Flags()
	addSet(cmd, &o.set, "")
	f.Uint64Var(&o.seed, "seed", 1, "seed of all luck")
	f.Uint64VarP(&o.replication, "replication", "r", 0, "which replication; the same as row of that number in compare and run")
	f.IntVar(&o.from, "from", 1, "first week to tell")
	f.IntVar(&o.to, "to", 0, "last week to tell (default: two years after the project)")
	f.BoolVar(&o.all, "all", false, "tell every meeting, round and hour of joint work too")
	f.BoolVar(&o.story, "story", false, "one page to be read aloud: a sentence a quarter, and the same luck with more years")
	o.format.add(cmd, "format", "text or jsonl")
	o.language.add(cmd, "language of --story: en, fi or sv")
	return cmd
}

// afterwards is how many weeks after the project a story goes on, unless told otherwise.
const afterwards = 2 * sim.WeeksPerYear

// check refuses flags that do not go together.
func (o *traceOptions) check(cmd *cobra.Command) error {
	if !o.story {
		if cmd.Flags().Changed("lang") {
			return usagef("--lang %s: is the language of --story; add it, or leave --lang out", o.language.value)
		}
		return nil
	}
	for _, name := range []string{"from", "to", "all", "format"} {
		if cmd.Flags().Changed(name) {
			return usagef("--story with --%s: a story is told whole, in sentences; leave one of them out", name)
		}
	}
	return nil
}

func (a *app) runTrace(cmd *cobra.Command, name string, o *traceOptions) error {
	if err := o.check(cmd); err != nil {
		return err
	}
	s, err := load(name, o.set)
	if err != nil {
		return err
	}
	if o.story {
		return a.runStory(s, o, cmd.Flags().Changed("replication"))
	}
	p := s.Frozen()
	last := p.TotalWeeks()
	if o.to == 0 {
		if o.to = min(last, p.ProjectWeeks()+afterwards); o.to < o.from {
			o.to = last
		}
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
	st := tell.NewStory(w, g, &p, tell.Options{From: o.from, To: o.to, All: o.all,
		Wrap: func(text string) string { return tell.Wrap(text, 110, "            ") }})
	fmt.Fprintf(w, "%s: %s\nReplication %d of seed %d\n\n", s.Name, s.Title, o.replication, o.seed)
	st.Cast()
	g.Watch(st.Hear)
	for week := 1; week <= last; week++ {
		g.Step()
		st.EndWeek(week)
	}
	if o.to < last {
		fmt.Fprintf(w, "\nWeeks %d to %d are not told; --to %d tells them.\n", o.to+1, last, last)
	}
	st.End()
	return w.Flush()
}

// traceJSON writes every event of the weeks asked for as a line.
func traceJSON(w *bufio.Writer, g *sim.Group, p *sim.Params, o *traceOptions) {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	g.Watch(func(e sim.Event) {
		if e.Week >= o.from && e.Week <= o.to {
			_ = encoder.Encode(tell.Record(g, p, e)) // the writer keeps its error for Flush
		}
	})
	for range p.TotalWeeks() {
		g.Step()
	}
}
