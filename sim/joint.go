package sim

import "math"

// findWantedLinks marks the pairs of SMEs whose joint hours an offer waits
// for: those of every opportunity whose offer is not out yet, in a star or
// between all of the team, as its kind wants.
func (g *Group) findWantedLinks() {
	q := &g.pairs
	for _, l := range q.Links[:q.NLinks] {
		i, j := l[0], l[1]
		q.Wanted[i][j], q.Mediated[i][j] = false, false
	}
	q.NLinks = 0
	open := g.open
	for k := range open {
		if o := &open[k]; o.lacking {
			o.lacking = g.want(o)
		}
	}
}

// want marks the links of the opportunity's team that lack joint hours, and
// says whether there are any.
func (g *Group) want(o *Opportunity) bool {
	q, lacking := &g.pairs, false
	team := o.Team.slot[:o.Team.n]
	for a, i := range team[:g.centres(o)] {
		for _, j := range team[a+1:] {
			if q.Joint[i][j] >= o.Need {
				continue
			}
			lacking = true
			if l, h := min(i, j), max(i, j); !q.Wanted[l][h] {
				q.Wanted[l][h] = true
				q.Links[q.NLinks] = [2]uint8{l, h}
				q.NLinks++
			}
		}
	}
	return lacking
}

// workJointly lets the SMEs choose, link by link, whether to contribute to
// joint work, and does the work. It takes place only between SMEs that both
// still have an hour: lack of hours is not shirking. Who contributes alone
// has wasted its hours and learns that the other did not.
func (g *Group) workJointly() {
	q := &g.pairs
	if q.NLinks == 0 {
		return
	}
	var contributes [len(q.Links)][2]bool
	var shares [MaxSMEs]int // links each SME contributes to
	for k, l := range q.Links[:q.NLinks] {
		i, j := int(l[0]), int(l[1])
		a, b := &g.members[i], &g.members[j]
		if a.Left < 1 || b.Left < 1 {
			continue
		}
		u, v := g.luck.pair(drawJointWork, pairOf(min(a.ID, b.ID), max(a.ID, b.ID)), g.week)
		if a.ID > b.ID {
			u, v = v, u
		}
		contributes[k] = [2]bool{g.contributes(i, j, u), g.contributes(j, i, v)}
		if contributes[k][0] {
			shares[i]++
		}
		if contributes[k][1] {
			shares[j]++
		}
	}
	g.spareHub()
	var each [MaxSMEs]float64 // hours into each link
	for i := range g.n {
		if shares[i] > 0 {
			each[i] = min(g.p.Joint.LinkHours, g.members[i].Left/float64(shares[i]))
		}
	}
	for k, l := range q.Links[:q.NLinks] {
		i, j := int(l[0]), int(l[1])
		switch contributes[k] {
		case [2]bool{true, true}:
			g.jointAct(i, j, each[i], each[j])
		case [2]bool{true, false}:
			g.shirked(i, j, each[i])
		case [2]bool{false, true}:
			g.shirked(j, i, each[j])
		}
	}
}

// contributes is SME i's choice to put hours into the link with j; u is its
// luck. Shared interest draws it in, rivalry makes it safeguard its core, and
// leaving the work to the other tempts it, less so when the manager mediates.
func (g *Group) contributes(i, j int, u float64) bool {
	p, q := g.p, &g.pairs
	sharing := p.Norms.Sharing
	pull := float64(float64(g.members[i].Commitment*q.Trust[i][j]) * (pullAlone + float64(pullShared*sharing*q.Complementarity[i][j])))
	guard := float64(q.Rivalry[i][j] * (1 - sharing))
	tempt := p.Joint.Temptation
	if q.Mediated[min(i, j)][max(i, j)] {
		tempt *= 1 - p.Joint.MediationEffect
	}
	return below(u, (pull-guard-tempt)/p.Joint.Noise)
}

// jointAct is a week of joint work of SMEs i and j with the hours each put in.
// Complementary partners get more out of an hour; so do practised ones, whom
// a different rhythm does not disturb any more either.
func (g *Group) jointAct(i, j int, hi, hj float64) {
	p, q := g.p, &g.pairs
	practice := q.Acts[i][j] / (q.Acts[i][j] + p.Joint.PracticeActs)
	apart := math.Abs(g.members[i].Rhythm - g.members[j].Rhythm)
	pace := 1 - float64(float64(p.Joint.Pace*apart)*(1-practice))
	gain := math.Sqrt(hi*hj) * (gainAlone + float64((1-gainAlone)*q.Complementarity[i][j])) * (1 + float64(p.Joint.Practice*practice)) * pace
	before := q.Joint[i][j]
	q.Joint[i][j] = before + float64(gain)
	q.Joint[j][i] = q.Joint[i][j]
	q.Acts[i][j]++
	q.Acts[j][i] = q.Acts[i][j]
	q.Worked[i][j] += hi + hj
	q.Worked[j][i] = q.Worked[i][j]
	g.members[i].use(UseJoint, hi)
	g.members[j].use(UseJoint, hj)
	g.books.JointHours += hi + hj
	g.books.JointActs++
	g.experience(i, j, true, p.Trust.Weight)
	g.experience(j, i, true, p.Trust.Weight)
	if g.log != nil {
		g.tell(Event{Kind: EventJointWork, SME: i, Other: j, Numbers: [3]float64{before, q.Joint[i][j], q.Trust[i][j]}})
	}
}

// shirked books the hours SME i wasted on a link to which j did not contribute.
func (g *Group) shirked(i, j int, hours float64) {
	g.members[i].use(UseWasted, hours)
	g.experience(i, j, false, g.p.Trust.Weight)
	g.books.Shirked++
	if g.log != nil {
		g.tell(Event{Kind: EventShirked, SME: i, Other: j, Numbers: [3]float64{hours, g.pairs.Trust[i][j], g.pairs.Rivalry[i][j]}})
	}
}

// spareHub notes the hours the hub has left when joint work begins: the
// knife-edge of system focus.
func (g *Group) spareHub() {
	if g.hub >= 0 && g.inProject() {
		g.books.HubLeft += g.members[g.hub].Left
		g.books.HubWeeks++
	}
}
