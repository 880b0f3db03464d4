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
	g.preparing = false
	members := g.members[:g.n]
	for i := range members {
		members[i].load = 0
	}
	open := g.open
	for k := range open {
		o := &open[k]
		g.promise(o)
		g.preparing = g.preparing || o.stage == StageOffer
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
		hours = g.meetingsEach[o.team.n]
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

// workJointly lets the SMEs choose, link by link, what share of their hours to contribute
// to joint work, and then does the work. It takes place only between SMEs that both
// still have the time: lack of hours is not shirking. Both give what the more reserved
// one gives; the other has wasted what it would have given more, and learns it.
func (g *Group) workJointly() {
	q := &g.pairs
	if q.nLinks == 0 {
		return
	}
	var can [len(q.links)]bool
	var links [MaxSMEs]float64 // in which each SME can take part
	for k, l := range q.links[:q.nLinks] {
		a, b := &g.members[l[0]], &g.members[l[1]]
		a.answer(g.p.Joint.LinkHours)
		b.answer(g.p.Joint.LinkHours)
		if a.left >= leastJointHours && b.left >= leastJointHours {
			can[k] = true
			links[l[0]]++
			links[l[1]]++
		}
	}
	g.spareHub()
	var led [len(q.links)]float64 // share of each link's work that is coordinated
	for k, l := range q.links[:q.nLinks] {
		if can[k] {
			led[k] = g.coordinate(l[0], l[1])
		}
	}
	var each [MaxSMEs]float64 // hours for each link
	for i := range g.n {
		if links[i] > 0 {
			each[i] = min(g.p.Joint.LinkHours, g.members[i].left/links[i])
		}
	}
	for k, l := range q.links[:q.nLinks] {
		if can[k] {
			i, j := int(l[0]), int(l[1])
			g.workOn(i, j, each[i], each[j], led[k])
		}
	}
}

// workOn lets SMEs i and j choose and work on one link, for which they have the hours
// hi and hj.
func (g *Group) workOn(i, j int, hi, hj, led float64) {
	a, b := g.members[i].id, g.members[j].id
	u, v := g.luck.pair(drawJointWork, pairOf(min(a, b), max(a, b)), g.week)
	if a > b {
		u, v = v, u
	}
	xi, xj := g.contribution(i, j, u), g.contribution(j, i, v)
	x := least(xi, xj)
	if x > 0 {
		g.jointAct(i, j, float64(hi*x), float64(hj*x), x, led)
	}
	if xi > x {
		g.shirked(i, j, float64(hi*(xi-x)), xi-x, x < float64(shirks*xi))
	}
	if xj > x {
		g.shirked(j, i, float64(hj*(xj-x)), xj-x, x < float64(shirks*xj))
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

// contribution is SME i's choice of the share of its hours to put into the link with j;
// u is its luck. Shared interest draws it in, rivalry makes it safeguard its core, and
// leaving the work to the other tempts it, less so when the manager mediates: a
// logistic choice among the three sets of interests (ODD.md, 7.10).
func (g *Group) contribution(i, j int, u float64) float64 {
	p, q, m := g.p, &g.pairs, &g.members[i]
	pull := float64(float64(m.commitment*q.trust[i][j]*q.agreed[i][j]) * (pullAlone + float64(pullShared*m.sharing*q.complementarity[i][j])))
	guard := float64(q.rivalry[i][j] * (1 - m.sharing))
	tempt := p.Joint.Temptation
	if q.mediated[min(i, j)][max(i, j)] {
		tempt *= 1 - p.Joint.MediationEffect
	}
	x := 1 / (1 + float64(exp((guard+tempt-pull)/p.Joint.Noise)*math.Sqrt((1-u)/u)))
	if x < leastShare {
		return 0
	}
	return x
}

// jointAct is a week of joint work of SMEs i and j with the hours each put in, a share x
// of what they could. Complementary partners get more out of an hour; so do practised
// ones, whom a different rhythm disturbs less, too (ODD.md, 7.10).
func (g *Group) jointAct(i, j int, hi, hj, x, led float64) {
	p, q := g.p, &g.pairs
	practice := q.acts[i][j] / (q.acts[i][j] + practiceActs)
	apart := math.Abs(g.members[i].rhythm - g.members[j].rhythm)
	pace := 1 - float64(float64(p.Joint.Pace*apart)*(1-practice))
	gain := math.Sqrt(hi*hj) * (gainAlone + float64((1-gainAlone)*q.complementarity[i][j])) * (1 + float64(p.Joint.Practice*practice)) * pace * led
	before := q.joint[i][j]
	q.joint[i][j] = before + float64(gain)
	q.joint[j][i] = q.joint[i][j]
	q.acts[i][j] += x
	q.acts[j][i] = q.acts[i][j]
	q.worked[i][j] += hi + hj
	q.worked[j][i] = q.worked[i][j]
	g.members[i].use(UseJoint, hi)
	g.members[j].use(UseJoint, hj)
	g.books.jointHours += hi + hj
	g.books.jointActs += x
	weight := float64(p.Trust.Weight * x)
	g.experience(i, j, true, weight)
	g.experience(j, i, true, weight)
	if g.log != nil {
		g.tell(Event{Kind: EventJointWork, SME: i, Other: j, Numbers: [3]float64{before, q.joint[i][j], q.trust[i][j]}})
	}
}

// shirked books the hours SME i wasted on a link because j gave a smaller share of its
// own, by so much. It is told only if j gave little of it.
func (g *Group) shirked(i, j int, hours, share float64, little bool) {
	g.members[i].use(UseWasted, hours)
	g.experience(i, j, false, float64(g.p.Trust.Weight*share))
	if little && g.log != nil {
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
