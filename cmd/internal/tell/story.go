package tell

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"epgsim/sim"
)

// Story tells a replication as a person would follow it: an event that changes
// something has a line of its own, and what happens all the time is summed up
// each quarter.
type Story struct {
	w        io.Writer
	g        *sim.Group
	p        *sim.Params
	o        Options
	quarter  quarterSum
	decision sim.Event // the last one, which a loss explains
	heading  bool      // the quarter's heading is written
	deals    int
	value    float64
}

// quarterSum is what happened in a quarter too often to be told one by one.
type quarterSum struct {
	counts  [sim.NEvents]int // of all events, by kind
	alone   int              // meetings without the manager, among them
	joint   map[[2]int]int
	shirked map[[2]int]int // who did not contribute, to whose work
}

// summary is how events of a kind are summed up at the end of a quarter.
type summary struct {
	kind      sim.EventKind
	one, many string
}

// summaries are those of all kinds that are summed up, in the order in which they
// are told; a kind without words of its own is told by its meaning.
var summaries = withOthers([]summary{
	{sim.EventMeeting, "customer meeting", "customer meetings"},
	{sim.EventRound, "negotiation round", "negotiation rounds"},
	{sim.EventDoorClosed, "door that stayed shut", "doors that stayed shut"},
	{sim.EventNoSuchCustomer, "search for a customer who does not exist", "searches for customers who do not exist"},
	{sim.EventNobodyLeft, "customer found who had been approached before", "customers found who had been approached before"},
})

// inOtherWords are the kinds that are neither told nor counted by themselves: a
// decision is told with the deal or the loss it came to, joint work by pairs.
var inOtherWords = []sim.EventKind{sim.EventDecision, sim.EventJointWork, sim.EventShirked}

func withOthers(list []summary) []summary {
	for k := range sim.NEvents {
		known := slices.Contains(inOtherWords, k) || slices.ContainsFunc(list, func(s summary) bool { return s.kind == k })
		if info := k.Info(); info.Has(sim.SummedUp) && !known {
			list = append(list, summary{k, "× " + info.Doc, "× " + info.Doc})
		}
	}
	return list
}

const weeksInQuarter = 13

// Options say what a story tells.
type Options struct {
	From, To int                      // first and last week told, from 1
	All      bool                     // every meeting, round and hour of joint work too
	Wrap     func(text string) string // breaks what is too long for a line
}

// NewStory begins the story of g, which has been reset to run with p. Errors of
// w are not looked at: give it a writer that remembers them.
func NewStory(w io.Writer, g *sim.Group, p *sim.Params, o Options) *Story {
	return &Story{w: w, g: g, p: p, o: o, quarter: newQuarter()}
}

func newQuarter() quarterSum {
	return quarterSum{joint: map[[2]int]int{}, shirked: map[[2]int]int{}}
}

// Cast introduces the group, before its first week.
func (s *Story) Cast() {
	now := s.g.Snapshot()
	w := s.p.Weights()
	fmt.Fprintf(s.w, "The group goes after %s. Its project lasts %d weeks.\n", mixText(w), s.p.ProjectWeeks())
	for k, m := range now.SMEs {
		hub := ""
		if k == now.Hub && w[sim.SystemSale] > 0 {
			hub = ", the hub"
		}
		ready := ""
		if m.Experience < s.p.Learning.EntryLevel {
			ready = " (not ready to export yet)"
		}
		fmt.Fprintf(s.w, "  %s%s: technology %.2f, export experience %.2f%s\n", m.Name, hub, m.Technology, m.Experience, ready)
	}
}

func mixText(w [3]float64) string {
	var parts []string
	for k, name := range []string{"customers of single SMEs", "joint customers", "customers of whole systems"} {
		switch {
		case w[k] == 1:
			return name
		case w[k] > 0:
			parts = append(parts, fmt.Sprintf("%s (%.0f %%)", name, 100*w[k]))
		}
	}
	return strings.Join(parts, " and ")
}

// Hear tells an event, or counts it for the quarter: pass it to the group's Watch.
func (s *Story) Hear(e sim.Event) {
	s.total(e)
	if e.Week < s.o.From || e.Week > s.o.To {
		return
	}
	s.count(e)
	if e.Kind == sim.EventDecision {
		s.decision = e
	}
	text := s.sentence(e)
	if text == "" {
		return
	}
	s.line(e.Week, text)
}

func (s *Story) line(week int, text string) {
	if !s.heading {
		s.heading = true
		q := (week - 1) / weeksInQuarter
		fmt.Fprintf(s.w, "\nYear %d, quarter %d\n", q/4+1, q%4+1)
	}
	fmt.Fprintln(s.w, s.o.Wrap(fmt.Sprintf("  week %3d  %s", week, text)))
}

// count adds to the quarter's sums.
func (s *Story) count(e sim.Event) {
	q := &s.quarter
	q.counts[e.Kind]++
	switch e.Kind {
	case sim.EventMeeting:
		if !e.ByManager {
			q.alone++
		}
	case sim.EventJointWork:
		q.joint[[2]int{min(e.SME, e.Other), max(e.SME, e.Other)}]++
	case sim.EventShirked:
		q.shirked[[2]int{e.Other, e.SME}]++
	}
}

// total adds to the sums that stand at the end, whatever weeks are told.
func (s *Story) total(e sim.Event) {
	switch e.Kind {
	case sim.EventDeal:
		s.deals++
		s.value += e.Numbers[0]
	case sim.EventOrder:
		s.value += e.Numbers[0]
	}
}

// sentence is an event in words; "" when it is only counted.
func (s *Story) sentence(e sim.Event) string {
	n, who := e.Numbers, s.team(e)
	name := s.g.Name(e.SME)
	switch e.Kind {
	case sim.EventDoorOpened:
		return fmt.Sprintf("A door opens: customer %d in %s will listen to %s. Worth %.0f k€ if it buys; it must come to trust them to %.2f first.",
			e.Opportunity, s.p.MarketName(e.Market), who, n[0], n[2])
	case sim.EventTrusted:
		return fmt.Sprintf("Customer %d trusts %s enough (%.2f) after %.0f weeks. The offer is being prepared.", e.Opportunity, who, n[0], n[2])
	case sim.EventOffer:
		return fmt.Sprintf("Customer %d gets an offer of %.0f k€ from %s; it covers %.0f %% of the technology wanted. %.0f negotiation rounds lie ahead.",
			e.Opportunity, n[0], who, 100*n[1], n[2])
	case sim.EventRoundMissed:
		text := fmt.Sprintf("A negotiation round is put off: %s has %.1f of the %.1f hours left (%.1f in all this week).", name, math.Floor(10*n[0])/10, n[1], n[2])
		if len(e.Team.Members()) > 1 {
			text += " The others remember it."
		}
		return text
	case sim.EventDeal:
		return fmt.Sprintf("DEAL: customer %d buys from %s for %.0f k€, %.0f weeks after the door opened (the chance was %.0f %%).", e.Opportunity, who, n[0], n[2], 100*n[1])
	case sim.EventLost:
		return s.lossText(e, who)
	case sim.EventOrder:
		return fmt.Sprintf("Customer %d orders again from %s: %.0f k€.", e.Opportunity, who, n[0])
	case sim.EventBypassed:
		return fmt.Sprintf("%s hardly comes when it is asked (%.2f) and is taken out of %.0f open opportunities.", name, n[0], n[1])
	case sim.EventCustomerGone:
		return fmt.Sprintf("Customer %d will not order again.", e.Opportunity)
	case sim.EventPassive:
		return fmt.Sprintf("%s TURNS PASSIVE: %s (results worth %.2f deals, expected %.2f; fairness %.2f).", name, e.Reason, n[0], n[1], n[2])
	case sim.EventLeft:
		return fmt.Sprintf("%s LEAVES: %s (results worth %.2f deals, expected %.2f; fairness %.2f).", name, e.Reason, n[0], n[1], n[2])
	case sim.EventJoined:
		return fmt.Sprintf("%s joins, with export experience %.2f and no ties to the others.", name, n[0])
	case sim.EventKept:
		return fmt.Sprintf("The project ends. %.0f SMEs keep the manager at their own cost of %.0f k€ a year.", n[1], n[0])
	case sim.EventManagerChanged:
		return fmt.Sprintf("THE MANAGER CHANGES: the new one knows %.2f less of the products; %.0f customers still undecided lose %.1f of trust in all.", n[1], n[0], n[2])
	case sim.EventMusicStops:
		return fmt.Sprintf("THE MUSIC STOPS: the manager leaves, with %.0f customers still undecided, worth %.0f k€; they lose %.1f of trust in all.", n[0], n[1], n[2])
	}
	switch {
	case !e.Kind.Info().Has(sim.SummedUp):
		return s.plain(e)
	case s.o.All:
		return s.small(e, who)
	}
	return ""
}

// plain tells an event that has no sentence of its own by its meaning.
func (s *Story) plain(e sim.Event) string {
	r, info := Record(s.g, s.p, e), e.Kind.Info()
	text := strings.ToUpper(info.Doc[:1]) + info.Doc[1:]
	if r.SME != "" {
		text = r.SME + ": " + info.Doc
	}
	if r.Opportunity > 0 {
		text += fmt.Sprintf(", customer %d", r.Opportunity)
	}
	for _, name := range info.Numbers {
		if v, ok := r.Numbers[name]; ok {
			text += fmt.Sprintf(", %s %.4g", name, v)
		}
	}
	return text + "."
}

// lossText says why an opportunity was lost, and what was weak about it.
func (s *Story) lossText(e sim.Event, who string) string {
	text := fmt.Sprintf("Lost: customer %d of %s, %.0f k€: %s", e.Opportunity, who, e.Numbers[0], e.Why)
	if d := s.decision; e.Why == sim.LostDecision && d.Opportunity == e.Opportunity {
		text += fmt.Sprintf(" (fit %.2f, coverage %.2f; the chance was %.0f %%)", d.Numbers[0], d.Numbers[1], 100*d.Numbers[2])
	} else if e.Why == sim.LostCold {
		text += fmt.Sprintf(" with trust at %.2f of %.2f", e.Numbers[1], e.Numbers[2])
	}
	return text + "."
}

// small are the events told only when all are asked for.
func (s *Story) small(e sim.Event, who string) string {
	n := e.Numbers
	switch e.Kind {
	case sim.EventDoorClosed:
		return fmt.Sprintf("A customer in %s does not listen to %s.", s.p.MarketName(e.Market), who)
	case sim.EventNobodyLeft:
		return fmt.Sprintf("No customer is left in %s whom %s or its rivals have not approached.", s.p.MarketName(e.Market), who)
	case sim.EventNoSuchCustomer:
		return fmt.Sprintf("Nobody in %s needs what %s could offer together.", s.p.MarketName(e.Market), who)
	case sim.EventMeeting:
		by := "The most experienced SME alone"
		if e.ByManager {
			by = "The manager and an SME"
			if n[2] == 0 {
				by = "The manager alone"
			}
		}
		return fmt.Sprintf("%s meet customer %d of %s: trust %.2f of %.2f.", by, e.Opportunity, who, n[0], n[1])
	case sim.EventRound:
		return fmt.Sprintf("Round with customer %[2]d of %[1]s: %.0[3]f done, %.0[4]f to come.", who, e.Opportunity, n[0], n[1])
	case sim.EventJointWork:
		return fmt.Sprintf("%s and %s work jointly: %.0f hours so far, trust %.2f.", s.g.Name(e.SME), s.g.Name(e.Other), n[1], n[2])
	case sim.EventShirked:
		return fmt.Sprintf("%s puts in %.1f hours, %s leaves the work to it.", s.g.Name(e.SME), n[0], s.g.Name(e.Other))
	case sim.EventDecision: // told with the deal or the loss it came to
		return ""
	}
	return s.plain(e)
}

// team names who stands behind an opportunity.
func (s *Story) team(e sim.Event) string {
	var names []string
	for _, m := range e.Team.Members() {
		names = append(names, s.g.Name(int(m)))
	}
	return Language{}.List(names)
}

// EndWeek ends a week, and sums up the quarter whose last one it was.
func (s *Story) EndWeek(week int) {
	if week%weeksInQuarter != 0 && week != s.o.To || week < s.o.From || week > s.o.To {
		return
	}
	q := &s.quarter
	var parts []string
	add := func(n int, one, many string) {
		switch {
		case n == 1:
			parts = append(parts, "1 "+one)
		case n > 1:
			parts = append(parts, fmt.Sprintf("%d %s", n, many))
		}
	}
	for _, s := range summaries {
		n := q.counts[s.kind]
		if s.kind == sim.EventMeeting {
			n -= q.alone
		}
		add(n, s.one, s.many)
		if s.kind == sim.EventMeeting {
			add(q.alone, "visit without the manager", "visits without the manager")
		}
	}
	if len(parts) > 0 {
		s.line(week, "This quarter: "+strings.Join(parts, ", ")+".")
	}
	if text := s.jointText(); text != "" {
		s.line(week, text)
	}
	s.quarter, s.heading = newQuarter(), false
}

// jointText says which pairs worked jointly in the quarter and who shirked.
func (s *Story) jointText() string {
	var worked, left []string
	now := s.g.Snapshot()
	for i := range now.SMEs {
		for j := range now.SMEs {
			if n := s.quarter.joint[[2]int{i, j}]; n > 0 {
				worked = append(worked, fmt.Sprintf("%s with %s in %d of %d weeks (%.0f h ready, trust %.2f)", now.SMEs[i].Name, now.SMEs[j].Name, n, weeksInQuarter,
					now.Joint[i][j], (now.Trust[i][j]+now.Trust[j][i])/2))
			}
			if n := s.quarter.shirked[[2]int{i, j}]; n > 0 {
				left = append(left, fmt.Sprintf("%s to %s (%d×)", now.SMEs[i].Name, now.SMEs[j].Name, n))
			}
		}
	}
	text := ""
	if len(worked) > 0 {
		text = "Joint work: " + strings.Join(worked, "; ") + "."
	}
	if len(left) > 0 {
		text += " Left the work to others: " + strings.Join(left, ", ") + "."
	}
	return strings.TrimSpace(text)
}

// End sums up the replication.
func (s *Story) End() {
	now := s.g.Snapshot()
	fmt.Fprintf(s.w, "\nIn the end: %d deals, %.0f k€ in all, first and repeat orders.\n", s.deals, s.value)
	for _, m := range now.SMEs {
		state := ""
		if !m.Active {
			state = ", passive"
		}
		fmt.Fprintf(s.w, "  %s: %d deals, %.0f k€, commitment %.2f%s\n", m.Name, m.Deals, m.Value, m.Commitment, state)
	}
}
