package sim

import "math"

// findWantedLinks marks the pairs of SMEs whose joint hours an offer waits
// for: those of every opportunity whose offer is not out yet, in a star or
// between all of the team, as its kind wants.
func (g *Group) findWantedLinks() {
	q := &g.pairs
	for _, l := range q.links[:q.nLinks] {
		i, j := l[0], l[1]
		q.wanted[i][j], q.mediated[i][j] = false, false
	}
	q.nLinks = 0
	open := g.open
	for k := range open {
		if o := &open[k]; o.lacking {
			o.lacking = g.want(o)
		}
	}
}

// want marks the links of the opportunity's team that lack joint hours, and
// says whether there are any.
func (g *Group) want(o *opportunity) bool {
	q, lacking := &g.pairs, false
	team := o.team.Members()
	for a, i := range g.kinds[o.kind].centres(team) {
		for _, j := range team[a+1:] {
			if q.joint[i][j] >= o.need {
				continue
			}
			lacking = true
			if l, h := min(i, j), max(i, j); !q.wanted[l][h] {
				q.wanted[l][h] = true
				q.links[q.nLinks] = [2]uint8{l, h}
				q.nLinks++
			}
		}
	}
	return lacking
}

// workJointly lets the SMEs choose, link by link, whether to contribute to
// joint work, and then does the work. It takes place only between SMEs that both
// still have the time: lack of hours is not shirking. Who contributes alone has
// wasted its hours and learns that the other did not.
func (g *Group) workJointly() {
	q := &g.pairs
	if q.nLinks == 0 {
		return
	}
	var contributes [len(q.links)][2]bool
	var shares [MaxSMEs]int // links each SME contributes to
	for k, l := range q.links[:q.nLinks] {
		i, j := int(l[0]), int(l[1])
		a, b := &g.members[i], &g.members[j]
		if a.left < leastJointHours || b.left < leastJointHours {
			continue
		}
		u, v := g.luck.pair(drawJointWork, pairOf(min(a.id, b.id), max(a.id, b.id)), g.week)
		if a.id > b.id {
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
			each[i] = min(g.p.Joint.LinkHours, g.members[i].left/float64(shares[i]))
		}
	}
	for k, l := range q.links[:q.nLinks] {
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
// leaving the work to the other tempts it, less so when the manager mediates: a
// logistic choice among the three sets of interests (ODD.md, 7.10).
func (g *Group) contributes(i, j int, u float64) bool {
	p, q := g.p, &g.pairs
	sharing := p.Norms.Sharing
	pull := float64(float64(g.members[i].commitment*q.trust[i][j]) * (pullAlone + float64(pullShared*sharing*q.complementarity[i][j])))
	guard := float64(q.rivalry[i][j] * (1 - sharing))
	tempt := p.Joint.Temptation
	if q.mediated[min(i, j)][max(i, j)] {
		tempt *= 1 - p.Joint.MediationEffect
	}
	return below(u, (pull-guard-tempt)/p.Joint.Noise)
}

// jointAct is a week of joint work of SMEs i and j with the hours each put in.
// Complementary partners get more out of an hour; so do practised ones, whom
// a different rhythm disturbs less, too (ODD.md, 7.10).
func (g *Group) jointAct(i, j int, hi, hj float64) {
	p, q := g.p, &g.pairs
	practice := q.acts[i][j] / (q.acts[i][j] + p.Joint.PracticeActs)
	apart := math.Abs(g.members[i].rhythm - g.members[j].rhythm)
	pace := 1 - float64(float64(p.Joint.Pace*apart)*(1-practice))
	gain := math.Sqrt(hi*hj) * (gainAlone + float64((1-gainAlone)*q.complementarity[i][j])) * (1 + float64(p.Joint.Practice*practice)) * pace
	before := q.joint[i][j]
	q.joint[i][j] = before + float64(gain)
	q.joint[j][i] = q.joint[i][j]
	q.acts[i][j]++
	q.acts[j][i] = q.acts[i][j]
	q.worked[i][j] += hi + hj
	q.worked[j][i] = q.worked[i][j]
	g.members[i].use(UseJoint, hi)
	g.members[j].use(UseJoint, hj)
	g.books.jointHours += hi + hj
	g.books.jointActs++
	g.experience(i, j, true, p.Trust.Weight)
	g.experience(j, i, true, p.Trust.Weight)
	if g.log != nil {
		g.tell(Event{Kind: EventJointWork, SME: i, Other: j, Numbers: [3]float64{before, q.joint[i][j], q.trust[i][j]}})
	}
}

// shirked books the hours SME i wasted on a link to which j did not contribute.
func (g *Group) shirked(i, j int, hours float64) {
	g.members[i].use(UseWasted, hours)
	g.experience(i, j, false, g.p.Trust.Weight)
	if g.log != nil {
		g.tell(Event{Kind: EventShirked, SME: i, Other: j, Numbers: [3]float64{hours, g.pairs.trust[i][j], g.pairs.rivalry[i][j]}})
	}
}

// spareHub notes the hours the hub has left when joint work begins, for an
// outcome: in system focus nothing is scarcer.
func (g *Group) spareHub() {
	if g.hub >= 0 && g.inProject() {
		g.books.hubLeft += g.members[g.hub].left
		g.books.hubWeeks++
	}
}
