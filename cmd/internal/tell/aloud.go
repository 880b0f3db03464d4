package tell

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"epgsim/sim"
)

// Aloud is a replication as one reads it aloud to a class: a sentence a quarter,
// and in the end what the same luck brings when the project goes on.
type Aloud struct {
	Language
	Title             string
	Seed, Replication uint64
	Params            *sim.Params
	GoesOn            *sim.Params // the same, with a project up to the horizon; nil when it is that long
	// Cost is what each of the first replications loses by stopping, k€ (what it
	// sells, when there is no GoesOn), and Nearest the one nearest their median.
	Cost    []float64
	Nearest uint64
}

// weeksAfter is how long after the project a sentence a quarter is told.
const weeksAfter = 2 * sim.WeeksPerYear

// mostClauses is how much is told of a quarter: what weighs most.
const mostClauses = 2

// Tell tells it all. Errors of w are not looked at: give it a writer that
// remembers them.
func (a *Aloud) Tell(w io.Writer) {
	say := func(text string) { fmt.Fprintln(w, Wrap(text, 78, "")) }
	quarters, years := a.watch(a.Params)
	say(a.Title)
	say("")
	say(a.cast())
	say("")
	end := (a.Params.ProjectWeeks() - 1) / weeksInQuarter
	silent := 0
	for k, q := range quarters[:min(len(quarters), (a.Params.ProjectWeeks()+weeksAfter)/weeksInQuarter)] {
		text := a.sentence(q)
		if text == "" && k != end {
			silent++
			continue
		}
		if silent > 0 {
			say(a.silence(silent))
			silent = 0
		}
		if text != "" {
			say(a.Say("Year %d, quarter %d: %s.", k/4+1, k%4+1, text))
		}
		if k == end {
			say("")
			say(a.stop(q))
			say("")
		}
	}
	if silent > 0 {
		say(a.silence(silent))
	}
	if end+1 < len(quarters) {
		say("")
	}
	a.after(say, years)
	say("")
	say(a.choice())
	say(a.Say("One replication is an example and no evidence: epgsim compare runs many."))
}

func (a *Aloud) silence(n int) string {
	if n == 1 {
		return a.Say("Then a quarter in which nothing happens.")
	}
	return a.Say("Then %d quarters in which nothing happens.", n)
}

// cast says who the story is about.
func (a *Aloud) cast() string {
	g := sim.NewGroup()
	g.Reset(a.Params, a.Seed, a.Replication)
	now, weights := g.Snapshot(), a.Params.Weights()
	goal := a.Say("its customers are partly those of single firms, partly joint ones")
	for k, text := range []string{
		a.Say("each of its firms looks for customers of its own"),
		a.Say("its firms look for customers whom several of them can serve"),
		a.Say("its firms want to sell whole systems, to which each contributes a part"),
	} {
		if weights[k] == 1 {
			goal = text
		}
	}
	return a.Say("%d firms share an export manager for %s: %s.", len(now.SMEs), a.period(a.Params.Project.Years), goal)
}

func (a *Aloud) period(years float64) string {
	if years == 1 {
		return a.Say("a year")
	}
	return a.Number(a.Say("%g years", years))
}

// told is what happened in a quarter or in a year.
type told struct {
	counts         [sim.NEvents]int
	values         [sim.NEvents]float64 // k€
	joint          float64              // hours worked jointly
	first          *sim.Event           // the group's first deal
	left, pale, in []string             // names
	stops          *sim.Event
}

// watch runs a replication and tells what happened, by quarter and by year.
func (a *Aloud) watch(p *sim.Params) (quarters, years []told) {
	quarters = make([]told, (p.TotalWeeks()+weeksInQuarter-1)/weeksInQuarter)
	years = make([]told, (p.TotalWeeks()+sim.WeeksPerYear-1)/sim.WeeksPerYear)
	g := sim.NewGroup()
	g.Reset(p, a.Seed, a.Replication)
	deals := 0
	g.Watch(func(e sim.Event) {
		if e.Kind == sim.EventDeal {
			deals++
		}
		week := min(max(e.Week, 1), p.TotalWeeks()) - 1
		for _, t := range []*told{&quarters[week/weeksInQuarter], &years[week/sim.WeeksPerYear]} {
			t.hear(g, e, e.Kind == sim.EventDeal && deals == 1)
		}
	})
	for range p.TotalWeeks() {
		g.Step()
	}
	return quarters, years
}

func (t *told) hear(g *sim.Group, e sim.Event, first bool) {
	t.counts[e.Kind]++
	switch e.Kind {
	case sim.EventDeal, sim.EventOrder, sim.EventLost, sim.EventOffer:
		t.values[e.Kind] += e.Numbers[0]
	case sim.EventJointWork:
		t.joint += e.Numbers[1] - e.Numbers[0]
	case sim.EventLeft:
		t.left = append(t.left, g.Name(e.SME))
	case sim.EventPassive:
		t.pale = append(t.pale, g.Name(e.SME))
	case sim.EventJoined:
		t.in = append(t.in, g.Name(e.SME))
	case sim.EventMusicStops, sim.EventKept:
		t.stops = &e
	}
	if first {
		t.first = &e
	}
}

// sentence is a quarter in a sentence, without its full stop; "" when there is
// nothing to tell.
func (a *Aloud) sentence(t told) string {
	c := clauses{Aloud: a}
	c.weighty(t)
	c.pipeline(t)
	return strings.Join(c.told[:min(len(c.told), mostClauses)], "; ")
}

// clauses are what is told of a quarter.
type clauses struct {
	*Aloud
	told []string
}

func (c *clauses) say(phrase string, args ...any) { c.told = append(c.told, c.Say(phrase, args...)) }

// count says what happened once, or so many times; where it did not, nothing.
func (c *clauses) count(n int, one, many string, args ...any) {
	switch {
	case n == 1:
		c.say(one, args...)
	case n > 1:
		c.say(many, append([]any{n}, args...)...)
	}
}

// weighty tells what a quarter is remembered for.
func (c *clauses) weighty(t told) {
	n, worth := t.counts, func(k sim.EventKind) string { return thousands(t.values[k]) }
	switch deals := n[sim.EventDeal]; {
	case t.first == nil:
		c.count(deals, Phrase("a deal of %s k€"), Phrase("%d deals, worth %s k€"), worth(sim.EventDeal))
	case deals == 1:
		c.say(Phrase("the first deal, of %s k€, %.0f weeks after that customer's door opened"), thousands(t.first.Numbers[0]), t.first.Numbers[2])
	default:
		c.say(Phrase("the first deals: %d, worth %s k€"), deals, worth(sim.EventDeal))
	}
	for _, of := range []struct {
		names  []string
		phrase string
	}{{t.left, Phrase("%s leaves the group")}, {t.pale, Phrase("%s turns passive")}, {t.in, Phrase("%s joins")}} {
		for _, name := range of.names {
			c.say(of.phrase, name)
		}
	}
	c.count(n[sim.EventLost], Phrase("a customer worth %s k€ is lost"), Phrase("%d customers are lost, worth %s k€"), worth(sim.EventLost))
}

// pipeline tells what may come to something later.
func (c *clauses) pipeline(t told) {
	n, before := t.counts, len(c.told)
	c.count(n[sim.EventOffer], Phrase("an offer of %s k€ goes out"), Phrase("%d offers go out, worth %s k€"), thousands(t.values[sim.EventOffer]))
	c.count(n[sim.EventTrusted], Phrase("a customer trusts them enough to hear an offer"), Phrase("%d customers trust them enough to hear an offer"))
	if t.joint >= 1 {
		c.say(Phrase("%s hours of joint work"), thousands(t.joint))
	}
	c.count(n[sim.EventRoundMissed], Phrase("a negotiation waits because a firm has no hours"), Phrase("%d times a negotiation waits because a firm has no hours"))
	c.count(n[sim.EventDoorOpened], Phrase("a new customer listens"), Phrase("%d new customers listen"))
	if n[sim.EventOrder] > 0 {
		c.say(Phrase("earlier customers order again, for %s k€"), thousands(t.values[sim.EventOrder]))
	}
	if len(c.told) == before {
		c.count(n[sim.EventMeeting], Phrase("they meet a customer once"), Phrase("they meet customers %d times"))
	}
}

// stop says how the music stops.
func (a *Aloud) stop(t told) string {
	switch {
	case t.stops == nil:
		return a.Say("The project ends.")
	case t.stops.Kind == sim.EventKept:
		return a.Say("The project ends, and %.0f firms keep the manager at their own cost.", t.stops.Numbers[1])
	case t.stops.Numbers[0] == 0:
		return a.Say("The music stops: the manager leaves. Nothing is left open.")
	case t.stops.Numbers[0] == 1:
		return a.Say("The music stops: the manager leaves. One customer is still undecided, worth %s k€.", thousands(t.stops.Numbers[1]))
	}
	return a.Say("The music stops: the manager leaves. %.0f customers are still undecided, worth %s k€.", t.stops.Numbers[0], thousands(t.stops.Numbers[1]))
}

// after says what the group comes to by the horizon, and what it comes to with
// the same luck when the project goes on, year by year.
func (a *Aloud) after(say func(string), years []told) {
	horizon := a.period(float64(a.Params.TotalWeeks()) / sim.WeeksPerYear)
	say(a.Say("What the group has sold %s after its start: %s.", horizon, a.year(all(years))))
	if a.GoesOn == nil {
		return
	}
	_, on := a.watch(a.GoesOn)
	say("")
	say(a.Say("Now the same group with the same luck, and the music on for %s:", horizon))
	for y := a.Params.ProjectWeeks() / sim.WeeksPerYear; y < len(on); y++ {
		if now, before := a.year(on[y]), a.year(years[y]); now != before {
			say(a.Say("Year %d: %s. After the stop it was: %s.", y+1, now, before))
		} else {
			say(a.Say("Year %d: %s, as after the stop.", y+1, now))
		}
	}
	say(a.Say("From beginning to end: %s.", a.year(all(on))))
	if cost := all(on).sold() - all(years).sold(); cost > 0 {
		say(a.Say("Stopping has cost this group %s k€, %.0f %% of that.", thousands(cost), 100*cost/all(on).sold()))
	} else {
		say(a.Say("Stopping has cost this group nothing."))
	}
}

// year is what was sold in a year, or in several.
func (a *Aloud) year(t told) string {
	switch n := t.counts[sim.EventDeal]; {
	case t.sold() == 0:
		return a.Say("nothing")
	case n == 0:
		return a.Say("repeat orders of %s k€", thousands(t.sold()))
	case n == 1:
		return a.Say("one deal, and %s k€ in all", thousands(t.sold()))
	default:
		return a.Say("%d deals, and %s k€ in all", n, thousands(t.sold()))
	}
}

// sold is the value of deals and repeat orders, k€.
func (t told) sold() float64 { return t.values[sim.EventDeal] + t.values[sim.EventOrder] }

// all is several years in one.
func all(years []told) (sum told) {
	for _, t := range years {
		for k := range t.counts {
			sum.counts[k] += t.counts[k]
			sum.values[k] += t.values[k]
		}
	}
	return sum
}

// choice says which replication this is, and how it stands among others.
func (a *Aloud) choice() string {
	sorted := slices.Sorted(slices.Values(a.Cost))
	at := func(share float64) string { return thousands(sorted[int(math.Round(share*float64(len(sorted)-1)))]) }
	measure := a.Say("what stopping costs")
	if a.GoesOn == nil {
		measure = a.Say("what is sold")
	}
	which := a.Say("This is replication %d of seed %d, as asked for.", a.Replication, a.Seed)
	if a.Replication == a.Nearest {
		which = a.Say("This is replication %d of seed %d, told because it is the one of %d that is nearest their median in %s: neither good luck nor bad.", a.Replication, a.Seed, len(a.Cost), measure)
	}
	return which + " " + a.Say("The median of %s is %s k€ in %d replications; half of them lie between %s and %s k€.", measure, at(0.5), len(a.Cost), at(0.25), at(0.75))
}

// thousands is a whole number with its thousands apart.
func thousands(x float64) string {
	digits := fmt.Sprintf("%.0f", math.Abs(x))
	for k := len(digits) - 3; k > 0; k -= 3 {
		digits = digits[:k] + "\u202f" + digits[k:]
	}
	if x <= -0.5 {
		return "−" + digits
	}
	return digits
}
