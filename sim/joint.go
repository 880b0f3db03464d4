package sim

import "math"

// findWantedLinks marks the pairs of SMEs whose joint hours an offer waits
// for: those of every opportunity whose offer is not out yet, in a star or
// between all of the team, as its kind wants. It also counts anew what every SME
// has promised: the hours a week that its open work will take of it.
func (g *Group) findWantedLinks() {
	q := &g.pairs
	for _, l := range q.links[:q.nLinks] {
		i, j := l[0], l[1]
		q.wanted[i][j], q.mediated[i][j] = false, false
	}
	q.nLinks = 0
	members := g.members[:g.n]
	for i := range members {
		members[i].load = 0
	}
	open := g.open
	for k := range open {
		o := &open[k]
		g.promise(o)
		if o.lacking {
			o.lacking = g.want(o)
		}
	}
}

// promise adds to the load of the team's members what meetings or rounds with the
// customer take of them a week.
func (g *Group) promise(o *opportunity) {
	hours := g.roundsAWeek
	if o.stage < StageNegotiation {
		hours = g.meetingsAWeek / float64(o.team.n)
	}
	for _, s := range o.team.Members() {
		g.members[s].load += hours
	}
}

// promiseJoint adds to the load of two SMEs the joint hours that an offer still wants
// of them, spread over the weeks in which a customer goes cold. first says that no
// other offer wants them: a further one finds most of the work done.
func (g *Group) promiseJoint(i, j int, o *opportunity, first bool) {
	hours := float64(g.p.Joint.Specific * o.need)
	if first {
		hours = o.need - g.pairs.joint[i][j]
	}
	hours = float64(hours / g.p.Customer.Cold)
	g.members[i].load += hours
	g.members[j].load += hours
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
			l, h := min(i, j), max(i, j)
			g.promiseJoint(int(l), int(h), o, !q.wanted[l][h])
			if !q.wanted[l][h] {
				q.wanted[l][h], q.owner[l][h] = true, team[0]
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
	var led [len(q.links)]float64 // share of each link's work that is coordinated
	for k, l := range q.links[:q.nLinks] {
		if contributes[k] != [2]bool{} {
			led[k] = g.coordinate(l[0], l[1])
		}
	}
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
			g.jointAct(i, j, each[i], each[j], led[k])
		case [2]bool{true, false}:
			g.shirked(i, j, each[i])
		case [2]bool{false, true}:
			g.shirked(j, i, each[j])
		}
	}
}

// coordinate lets the lead of the offer coordinate the work of SMEs i and j when the
// manager does not, for as many hours as the manager would take, but at most half of
// those it has left. It returns the share of them that it gave: work that nobody
// coordinates comes to nothing.
func (g *Group) coordinate(i, j uint8) float64 {
	q := &g.pairs
	if q.mediated[i][j] {
		return 1
	}
	hours := g.mediation(i, j)
	if hours == 0 {
		return 1
	}
	m := &g.members[q.owner[i][j]]
	return m.use(UseCoordination, least(hours, float64(m.left/2))) / hours
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
func (g *Group) jointAct(i, j int, hi, hj, led float64) {
	p, q := g.p, &g.pairs
	practice := q.acts[i][j] / (q.acts[i][j] + p.Joint.PracticeActs)
	apart := math.Abs(g.members[i].rhythm - g.members[j].rhythm)
	pace := 1 - float64(float64(p.Joint.Pace*apart)*(1-practice))
	gain := math.Sqrt(hi*hj) * (gainAlone + float64((1-gainAlone)*q.complementarity[i][j])) * (1 + float64(p.Joint.Practice*practice)) * pace * led
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
