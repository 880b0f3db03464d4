package plots

import (
	"fmt"
	"strings"
)

// NetworkInput is what the picture of the group as a network shows.
type NetworkInput struct {
	Form      Form
	Snapshots []Snapshot // in order of time, at most 6
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
	Name         string
	Commitment   float64 // 0 to 1: size of the node
	Passive      bool    // no longer takes part: hollow and crossed out
	ManagerHours float64 // hours a week received lately: width of the edge
	Customers    int     // customers won so far as lead SME: dots beside it
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
	if err := in.check(); err != nil {
		return nil, err
	}
	title := "Who trusts and works with whom: one group over time, " + in.Form.name()
	n := len(in.Snapshots)
	cols := map[int]int{1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3}[n]
	rows := (n + cols - 1) / cols
	tall := 186.0
	if cols == 3 {
		tall = 176
	}
	f := newFigure("group-network", title, 72+tall*float64(rows), nil)
	f.Alt = in.alt()
	f.draw = func(p pen, r rect) {
		r = p.header(r, title, "A single simulated group, not an average", in.key())
		scale := in.scale()
		for i, tile := range r.tiles(rows, cols, 8, 6) {
			if i < n {
				net{p, in.Snapshots[i], in.Form.look(), scale}.draw(tile)
			}
		}
	}
	return f, nil
}

func (in NetworkInput) check() error {
	const what = "group network"
	if err := in.Form.check(what); err != nil {
		return err
	}
	if err := checkCount(what+": snapshots", len(in.Snapshots), 6); err != nil {
		return err
	}
	for _, s := range in.Snapshots {
		w := fmt.Sprintf("%s: week %d", what, s.Week)
		if err := checkCount(w+": SMEs", len(s.SMEs), 12); err != nil {
			return err
		}
		for _, m := range s.SMEs {
			if m.Customers < 0 {
				return bad("%s: %s has %d customers", w, clean(m.Name), m.Customers)
			}
		}
		for _, e := range s.Pairs {
			if e.A < 0 || e.B < 0 || e.A >= len(s.SMEs) || e.B >= len(s.SMEs) || e.A == e.B {
				return bad("%s: a pair joins SME %d and SME %d of %d", w, e.A, e.B, len(s.SMEs))
			}
		}
	}
	return nil
}

// netScale makes widths and darkness comparable between snapshots: the
// greatest hours of all of them.
type netScale struct{ joint, manager float64 }

func (in NetworkInput) scale() netScale {
	var sc netScale
	for _, s := range in.Snapshots {
		for _, e := range s.Pairs {
			if finite(e.JointHours) {
				sc.joint = max(sc.joint, e.JointHours)
			}
		}
		for _, m := range s.SMEs {
			if finite(m.ManagerHours) {
				sc.manager = max(sc.manager, m.ManagerHours)
			}
		}
	}
	return sc
}

func (in NetworkInput) key() []keyItem {
	c := in.Form.look()
	return []keyItem{
		{"SME (size: commitment)", func(p pen, r rect) { p.disc(point{r.mx(), r.my()}, 4.5, c.fill, nil, 0) }},
		{"passive", func(p pen, r rect) { passiveNode(p, point{r.mx(), r.my()}, 4.5, c) }},
		{"customer won", func(p pen, r rect) { p.disc(point{r.mx(), r.my()}, customerRadius, customerFill, nil, 0) }},
		{"manager’s hours (width)", func(p pen, r rect) {
			p.line(stroke{col: managerInk, width: 1.6, dash: managerDash()}, point{r.x0, r.my()}, point{r.x1, r.my()})
		}},
		{"trust (width) and joint hours (darkness)", func(p pen, r rect) {
			p.fill(edgeColour(0), point{r.x0, r.my() - 0.4}, point{r.mx(), r.my() - 1.5}, point{r.mx(), r.my() + 1.5}, point{r.x0, r.my() + 0.4})
			p.fill(edgeColour(1), point{r.mx(), r.my() - 1.5}, point{r.x1, r.my() - 2.6}, point{r.x1, r.my() + 2.6}, point{r.mx(), r.my() + 1.5})
		}},
	}
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

func (s Snapshot) customers() (n int) {
	for _, m := range s.SMEs {
		n += m.Customers
	}
	return n
}

// facts is the line of numbers below a snapshot's caption.
func (s Snapshot) facts() string {
	var parts []string
	if t, n := s.meanTrust(); n > 0 {
		parts = append(parts, "mean trust "+num(t, 2))
	}
	switch n := s.customers(); n {
	case 1:
		parts = append(parts, "1 customer")
	default:
		parts = append(parts, fmt.Sprintf("%d customers", n))
	}
	return strings.Join(parts, ", ")
}

func (in NetworkInput) alt() string {
	var out []string
	for _, s := range in.Snapshots {
		passive := 0
		for _, m := range s.SMEs {
			if m.Passive {
				passive++
			}
		}
		t := fmt.Sprintf("week %d", s.Week)
		if c := clean(s.Caption); c != "" {
			t += " (" + c + ")"
		}
		t += fmt.Sprintf(": %d SMEs, %d of them passive, %s", len(s.SMEs), passive, s.facts())
		if !s.Manager {
			t += ", no export manager any more"
		}
		out = append(out, t)
	}
	return "Network drawings of one simulated group, " + in.Form.name() + ", at chosen weeks, the SMEs in a circle around the export manager. " +
		strings.Join(out, "; ") + "."
}
