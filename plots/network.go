package plots

import (
	"slices"
)

// NetworkInput is what the picture of the group as a network shows.
type NetworkInput struct {
	Words

	Form      Form
	Snapshots []Snapshot // in order of time, at most 4

	// Picked says why this group, e.g. "the one nearest to the median value";
	// "" leaves it out.
	Picked string
}

// Snapshot is the group in one week.
type Snapshot struct {
	Week    int    // weeks since the project's start
	Caption string // what is special about it, e.g. "project ends"; may be ""

	// Manager says that the export manager is at work; hollow otherwise.
	Manager bool

	SMEs  []NetworkSME  // 1 to 12, the same order in every snapshot
	Pairs []NetworkPair // each pair at most once
}

// NetworkSME is one SME.
type NetworkSME struct {
	Name         string  // another one than before in the same place is a new member
	Commitment   float64 // 0 to 1: size of the node
	Passive      bool    // no longer takes part: hollow and crossed out
	ManagerHours float64 // hours a week received lately: width of the edge
	Customers    int     // customers it has won so far as lead SME: dots beside it
}

// NetworkPair is what joins two SMEs, given by their places in SMEs.
type NetworkPair struct {
	A, B       int
	Trust      float64 // 0 to 1: width of the edge
	JointHours float64 // hours a week worked jointly lately: darkness
}

// GroupNetwork draws the group at chosen weeks: the SMEs around the export
// manager, their trust and joint work, and the customers they have won.
func GroupNetwork(in NetworkInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("group network")
	}
	f := Figure{
		words: in.Words,
		Name:  "group-network",
		Title: in.say("Who trusts and works with whom: one group over time, %s", in.Form.inText()),
		Alt:   in.alt(), Caption: in.caption(),
		sub: joined(in.say("A single simulated group, not an average"), ": ", in.Picked),
		key: in.signs(),
		draw: func(p pen, r rect) {
			rows, cols := tiling(len(in.Snapshots), r.w(), 140)
			for i, tile := range r.tiles(rows, cols, 8, 6)[:len(in.Snapshots)] {
				net{p, in.Snapshots[i], in.Form.look(), in.scale(), in.joined(i)}.draw(tile)
			}
		},
	}
	return f.sized(func(w float64) float64 {
		rows, _ := tiling(len(in.Snapshots), w, 140)
		tile := 178.0
		if narrow(w) {
			tile = 146
		}
		return tile * float64(rows)
	}).Headed(in.finding()), nil
}

// finding says what became of the group. It is one group, so that nothing is
// estimated.
func (in NetworkInput) finding() string {
	first, end := in.Snapshots[0], in.Snapshots[len(in.Snapshots)-1]
	a, n := first.meanTrust()
	b, m := end.meanTrust()
	if n == 0 || m == 0 || len(in.Snapshots) < 2 {
		return ""
	}
	s := in.say("One group: mean trust stays at %s", num(a, 2))
	if num(a, 2) != num(b, 2) {
		s = in.say("One group: mean trust goes from %s to %s", num(a, 2), num(b, 2))
	}
	switch k := end.customers(); k {
	case 0:
		s += in.say(", no customer is won")
	case 1:
		s += in.say(", 1" + nbsp + "customer is won")
	default:
		s += in.say(", %d"+nbsp+"customers are won", k)
	}
	switch k, of := end.passive(), len(end.SMEs); {
	case k > 0 && of == 1:
		s += in.say(", at the end 1 of 1" + nbsp + "member take no part")
	case k > 0:
		s += in.say(", at the end %d of %d"+nbsp+"members take no part", k, of)
	}
	return s
}

func (in NetworkInput) ok() bool {
	return some(in.Snapshots, 4) && every(in.Snapshots, func(s Snapshot) bool {
		member := func(i int) bool { return i >= 0 && i < len(s.SMEs) }
		return some(s.SMEs, 12) && every(s.Pairs, func(e NetworkPair) bool { return member(e.A) && member(e.B) })
	})
}

// netScale makes widths and darkness comparable between snapshots: the
// greatest hours of all of them.
type netScale struct{ joint, manager float64 }

func (in NetworkInput) scale() netScale {
	var joint, manager span
	for _, s := range in.Snapshots {
		for _, e := range s.Pairs {
			joint.add(e.JointHours)
		}
		for _, m := range s.SMEs {
			manager.add(m.ManagerHours)
		}
	}
	return netScale{max(0, joint.hi), max(0, manager.hi)}
}

// joined says of each member of a snapshot whether another had its place in
// the snapshot before.
func (in NetworkInput) joined(i int) []bool {
	now := in.Snapshots[i].SMEs
	out := make([]bool, len(now))
	if i == 0 {
		return out
	}
	before := in.Snapshots[i-1].SMEs
	for k := range now {
		out[k] = k >= len(before) || now[k].Name != before[k].Name
	}
	return out
}

// signs name what is drawn; they are as large as those in the drawing.
func (in NetworkInput) signs() (key []keyItem) {
	add := func(label string, sign func(p pen, c point)) {
		key = append(key, keyItem{label: label, sign: func(p pen, r rect) { sign(p, point{r.mx(), r.my()}) }, large: true})
	}
	c, scale := in.Form.look(), in.scale()
	node := func(commitment float64, text string) func(p pen, q point) {
		return func(p pen, q point) { netNode(p, q, NetworkSME{Commitment: commitment}, c, text) }
	}
	edge := func(trust, joint float64) func(p pen, q point) {
		return func(p pen, q point) {
			p.line(stroke{col: edgeColour(joint), width: edgeWidth(trust)}, point{q.x - 11, q.y}, point{q.x + 11, q.y})
		}
	}
	add(in.say("SME, commitment 0.2"), node(0.2, ""))
	add(in.say("commitment 1"), node(1, ""))
	add(in.say("3 customers won"), node(0.6, "3"))
	add(in.say("trust 0.2"), edge(0.2, 0.4))
	add(in.say("trust 0.8"), edge(0.8, 0.4))
	if scale.joint > 0 {
		add(in.say("no joint hours"), edge(0.4, 0))
		add(in.say("joint hours: %s a week", sig(scale.joint)), edge(0.4, 1))
	}
	if scale.manager > 0 {
		add(in.say("manager’s hours: %s a week", sig(scale.manager)), func(p pen, q point) {
			p.line(stroke{col: managerInk, width: managerWidth(1), dash: managerDash()}, point{q.x - 11, q.y}, point{q.x + 11, q.y})
		})
	}
	if slices.ContainsFunc(in.Snapshots, func(s Snapshot) bool { return s.passive() > 0 }) {
		add(in.say("takes no part any more"), func(p pen, q point) { passiveNode(p, q, 5, c) })
	}
	return key
}

// meanTrust is the mean over the pairs that have a value.
func (s Snapshot) meanTrust() (sum float64, n int) {
	for _, e := range s.Pairs {
		if finite(e.Trust) {
			sum += e.Trust
			n++
		}
	}
	if n > 0 {
		sum /= float64(n)
	}
	return sum, n
}

// passive is how many SMEs no longer take part.
func (s Snapshot) passive() int {
	return number(s.SMEs, func(m NetworkSME) bool { return m.Passive })
}

func (s Snapshot) customers() (n int) {
	for _, m := range s.SMEs {
		n += m.Customers
	}
	return n
}

// facts is the line of numbers below a snapshot's caption.
func (s Snapshot) facts(w Words) string {
	customers := w.customers(s.customers())
	if t, n := s.meanTrust(); n > 0 {
		return w.say("mean trust %s, %s", num(t, 2), customers)
	}
	return customers
}

// caption tells how trust, customers and membership went from the first
// snapshot to the last.
func (in NetworkInput) caption() string {
	first, end := in.Snapshots[0], in.Snapshots[len(in.Snapshots)-1]
	a, n := first.meanTrust()
	b, m := end.meanTrust()
	what := joined(in.say("one group among many"), ", ", in.Picked)
	if n > 0 && m > 0 {
		what += in.say(": mean trust goes from %s in week %d to %s in week %d", num(a, 2), first.Week, num(b, 2), end.Week)
	}
	switch n := end.customers(); n {
	case 0:
		what += in.say("; no customer is won")
	case 1:
		what += in.say("; one customer is won")
	default:
		what += in.say("; %d customers are won by its members", n)
	}
	fresh := false
	for i := range in.Snapshots {
		fresh = fresh || slices.Contains(in.joined(i), true)
	}
	part, others := "", ""
	if passive := end.passive(); passive > 0 {
		part = in.say("at the end %d of %d SMEs take part", len(end.SMEs)-passive, len(end.SMEs))
	}
	if fresh {
		others = in.say("places of members who left were taken by others, marked “new”; their customers are not counted")
	}
	return sentences(what, part, others)
}

func (in NetworkInput) alt() string {
	return described(in.say("Network drawings of one simulated group, %s, at chosen weeks, the SMEs in a circle around the export manager. ", in.Form.name()), in.Snapshots, "; ", func(s Snapshot) string {
		caption := s.Caption
		if caption != "" {
			caption = " (" + caption + ")"
		}
		text := in.say("week %d%s: %d SMEs, %d of them passive, %s", s.Week, caption, len(s.SMEs), s.passive(), s.facts(in.Words))
		if !s.Manager {
			text += in.say(", no export manager any more")
		}
		return text
	})
}
