package sim

// endProject ends the public funding when its time has come. The SMEs may
// keep the manager at their own cost, and decide anew every year. When he or
// she leaves, customers' trust in the person goes too. The week has been counted
// already: an event of this step names it itself.
func (g *Group) endProject() {
	after := g.week - g.end
	if after < 0 || after%WeeksPerYear != 0 {
		return
	}
	keep := g.p.Project.Continuation != 0 && g.worthKeeping()
	switch {
	case after == 0:
		g.noteEnd(keep)
		if keep && g.log != nil {
			g.tell(Event{Week: g.week, Kind: EventKept, SME: -1, Other: -1, Numbers: [3]float64{g.yearlyCost(), float64(g.actives()), 0}})
		}
	case !g.manager.kept:
		return
	}
	g.manager.kept = keep
	if !keep {
		g.dismiss()
	}
}

// worthKeeping says whether enough active members gain more from a year's
// sales than their part of the manager's cost.
func (g *Group) worthKeeping() bool {
	active := g.actives()
	if active == 0 {
		return false
	}
	part := g.yearlyCost() / float64(active)
	gain := 0
	for i := range g.n {
		m := &g.members[i]
		if m.active && m.flow*WeeksPerYear*g.p.Money.Margin > part {
			gain++
		}
	}
	return float64(gain) >= g.p.Money.KeepShare*float64(active)
}

// dismiss lets the manager go, and with him or her what customers' trust was
// trust in the person.
func (g *Group) dismiss() {
	m := &g.manager
	g.spend(TaskIdle, m.budget, nil)
	m.present, m.kept, m.activity = false, false, false
	lost := 0.0
	for k := range g.open {
		o := &g.open[k]
		lost += o.vested
		o.trust = max(0, o.trust-o.vested)
		o.vested = 0
	}
	for k := range g.buyers {
		r := &g.buyers[k]
		r.satisfaction = max(0, r.satisfaction-float64((1-closenessValue)*r.vested))
		r.vested = 0
	}
	if g.log != nil {
		g.tell(Event{Week: g.week, Kind: EventMusicStops, SME: -1, Other: -1, Numbers: [3]float64{float64(len(g.open)), g.openValue(), lost}})
	}
}

// openValue is the value of all offers that are not decided yet, k€.
func (g *Group) openValue() float64 {
	sum := 0.0
	for k := range g.open {
		sum += g.open[k].value
	}
	return sum
}
