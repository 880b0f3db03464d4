package report

import (
	"maps"
	"strings"

	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
)

// typical is the picture of the replication nearest to the median in value.
func (w *words) typical(variant int) *plots.NetworkInput {
	c := w.c
	values := c.Of(variant, c.OwnIndex(), sim.ValueTotal)
	median := analysis.Median(values).Estimate
	nearest := 0
	for r, x := range values {
		if max(x-median, median-x) < max(values[nearest]-median, median-values[nearest]) {
			nearest = r
		}
	}
	p := c.Variants[variant].Params
	p.Project.Years = c.Own
	return w.networkOf(&p, forms(w.Language, c.Variants)[variant], c.Plan.Seed, uint64(c.Plan.First+nearest))
}

// networkOf replays one replication and takes pictures of it at the weeks that
// tell its story.
func (w *words) networkOf(p *sim.Params, form plots.Form, seed, replication uint64) *plots.NetworkInput {
	end, total := p.ProjectWeeks(), p.TotalWeeks()
	captions := map[int]string{1: w.Say("start"), end / 2: w.Say("half way"), end: w.Say("project ends"), total: w.Say("horizon")}
	if end/2 <= 1 || total == end {
		captions = map[int]string{1: w.Say("start"), end: w.Say("project ends")}
	}
	in := &plots.NetworkInput{Words: wordsOfFigures(w.Language), Form: form, Picked: w.Say("the one whose value is nearest to the median")}
	g := sim.NewGroup()
	g.Reset(p, seed, replication)
	customers := map[int]int{} // by serial, the lead
	g.Watch(func(e sim.Event) {
		switch e.Kind {
		case sim.EventDeal:
			customers[e.Opportunity] = e.SME
		case sim.EventJoined: // in the place of one who left and took the customers along
			maps.DeleteFunc(customers, func(_, lead int) bool { return lead == e.SME })
		}
	})
	var before sim.Snapshot
	for week := 1; week <= total; week++ {
		g.Step()
		caption, ok := captions[week]
		if !ok {
			continue
		}
		now := g.Snapshot()
		in.Snapshots = append(in.Snapshots, w.networkSnapshot(now, before, customers, caption))
		before = now
	}
	return in
}

// networkSnapshot turns a snapshot into what the figure shows; joint hours are
// those since the picture before.
func (w *words) networkSnapshot(now, before sim.Snapshot, customers map[int]int, caption string) plots.Snapshot {
	s := plots.Snapshot{Week: now.Week, Caption: caption, Manager: now.Manager}
	won := map[int]int{}
	for _, lead := range customers {
		won[lead]++
	}
	for k, m := range now.SMEs {
		received := m.Received
		if !now.Manager {
			received = 0
		}
		s.SMEs = append(s.SMEs, plots.NetworkSME{Name: w.member(m.Name), Commitment: m.Commitment, Passive: !m.Active,
			ManagerHours: received, Customers: won[k]})
		for j := range k {
			joint := now.Worked[j][k]
			if len(before.SMEs) > 0 {
				joint -= before.Worked[j][k]
			}
			s.Pairs = append(s.Pairs, plots.NetworkPair{A: j, B: k, Trust: (now.Trust[j][k] + now.Trust[k][j]) / 2,
				JointHours: max(0, joint) / float64(max(1, now.Week-before.Week))})
		}
	}
	return s
}

// member is an SME's name; one that the model gave, "SME A", is a phrase.
func (w *words) member(name string) string {
	if letter, ok := strings.CutPrefix(name, "SME "); ok {
		return w.Say("SME %s", letter)
	}
	return name
}
