package plots

import (
	"fmt"
	"slices"
)

// NetworkInput is what the picture of the group as a network shows.
type NetworkInput struct {
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
	rows, cols := layout(len(in.Snapshots))
	return &Figure{
		Name:  "group-network",
		Title: "Who trusts and works with whom: one group over time, " + in.Form.inText(),
		Alt:   in.alt(), Caption: in.caption(),
		sub:    joined("A single simulated group, not an average", ": ", in.Picked),
		key:    in.key(),
		height: 72 + 186*float64(rows),
		draw: func(p pen, r rect) {
			for i, tile := range r.tiles(rows, cols, 8, 6)[:len(in.Snapshots)] {
				net{p, in.Snapshots[i], in.Form.look(), in.scale(), in.joined(i)}.draw(tile)
			}
		},
	}, nil
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

func (in NetworkInput) key() []keyItem {
	c := in.Form.look()
	items := []keyItem{
		{"SME (size: commitment)", func(p pen, r rect) { p.disc(point{r.mx(), r.my()}, 4.5, c.fill, nil, 0) }},
		{"customer won", func(p pen, r rect) { p.disc(point{r.mx(), r.my()}, customerRadius, customerFill, nil, 0) }},
		{"manager’s hours (width)", func(p pen, r rect) {
			p.line(stroke{col: managerInk, width: 1.6, dash: managerDash()}, point{r.x0, r.my()}, point{r.x1, r.my()})
		}},
		{"trust (width) and joint hours (darkness)", func(p pen, r rect) {
			p.fill(edgeColour(0), point{r.x0, r.my() - 0.4}, point{r.mx(), r.my() - 1.5}, point{r.mx(), r.my() + 1.5}, point{r.x0, r.my() + 0.4})
			p.fill(edgeColour(1), point{r.mx(), r.my() - 1.5}, point{r.x1, r.my() - 2.6}, point{r.x1, r.my() + 2.6}, point{r.mx(), r.my() + 1.5})
		}},
	}
	if slices.ContainsFunc(in.Snapshots, func(s Snapshot) bool { return s.passive() > 0 }) {
		passive := keyItem{"passive", func(p pen, r rect) { passiveNode(p, point{r.mx(), r.my()}, 4.5, c) }}
		items = slices.Insert(items, 1, passive)
	}
	return items
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
func (s Snapshot) facts() string {
	customers := "1 customer"
	if n := s.customers(); n != 1 {
		customers = fmt.Sprintf("%d customers", n)
	}
	t, n := s.meanTrust()
	return when(n > 0, "mean trust %s, ", num(t, 2)) + customers
}

// caption tells how trust, customers and membership went from the first
// snapshot to the last.
func (in NetworkInput) caption() string {
	first, end := in.Snapshots[0], in.Snapshots[len(in.Snapshots)-1]
	a, n := first.meanTrust()
	b, m := end.meanTrust()
	what := joined("one group among many", ", ", in.Picked) +
		when(n > 0 && m > 0, ": mean trust goes from %s in week %d to %s in week %d", num(a, 2), first.Week, num(b, 2), end.Week)
	switch n := end.customers(); n {
	case 0:
		what += "; no customer is won"
	case 1:
		what += "; one customer is won"
	default:
		what += fmt.Sprintf("; %d customers are won by its members", n)
	}
	fresh := false
	for i := range in.Snapshots {
		fresh = fresh || slices.Contains(in.joined(i), true)
	}
	passive := end.passive()
	return sentences(what,
		when(passive > 0, "at the end %d of %d SMEs take part", len(end.SMEs)-passive, len(end.SMEs)),
		when(fresh, "places of members who left were taken by others, marked “new”; their customers are not counted"))
}

func (in NetworkInput) alt() string {
	return described("Network drawings of one simulated group, "+in.Form.name()+", at chosen weeks, the SMEs in a circle around the export manager. ", in.Snapshots, "; ", func(s Snapshot) string {
		caption := s.Caption
		return fmt.Sprintf("week %d%s: %d SMEs, %d of them passive, %s", s.Week, when(caption != "", " (%s)", caption), len(s.SMEs), s.passive(), s.facts()) +
			when(!s.Manager, ", no export manager any more")
	})
}
