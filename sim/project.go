package sim

// endProject ends the public funding when its time has come. The SMEs may
// keep the manager at their own cost, and decide anew every year. When he or
// she leaves, customers' trust in the person goes too.
func (g *Group) endProject() {
	after := g.week - g.end
	if after < 0 || after%WeeksPerYear != 0 {
		return
	}
	if after == 0 {
		g.noteEnd()
	} else if !g.manager.Kept {
		return
	}
	if g.p.Project.Continuation != 0 && g.worthKeeping() {
		if !g.manager.Kept && g.log != nil {
			g.tell(Event{Week: g.week, Kind: EventKept, SME: -1, Other: -1, Numbers: [3]float64{g.yearlyCost(), float64(g.actives()), 0}})
		}
		g.manager.Kept = true
		g.keptAtEnd = g.keptAtEnd || after == 0
		return
	}
	g.dismiss()
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
		if m.Active && m.Flow*WeeksPerYear*g.p.Money.Margin > part {
			gain++
		}
	}
	return float64(gain) >= g.p.Money.KeepShare*float64(active)
}

// dismiss lets the manager go, and with him or her what customers' trust was
// trust in the person.
func (g *Group) dismiss() {
	m := &g.manager
	g.spend(TaskIdle, m.Budget, nil)
	m.Present, m.Kept, m.activity = false, false, false
	lost := 0.0
	for k := range g.open {
		o := &g.open[k]
		lost += o.Vested
		o.Trust = max(0, o.Trust-o.Vested)
		o.Vested = 0
	}
	for k := range g.buyers {
		r := &g.buyers[k]
		r.Satisfaction = max(0, r.Satisfaction-float64((1-closenessValue)*r.Vested))
		r.Vested = 0
	}
	if g.log != nil {
		g.tell(Event{Week: g.week, Kind: EventMusicStops, SME: -1, Other: -1, Numbers: [3]float64{float64(len(g.open)), g.openValue(), lost}})
	}
}

// openValue is the value of all offers that are not decided yet, k€.
func (g *Group) openValue() float64 {
	sum := 0.0
	for k := range g.open {
		sum += g.open[k].Value
	}
	return sum
}
