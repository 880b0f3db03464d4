package sim

import (
	"math"
	"slices"
)

// candidate is an SME that may become a member. Those listed in the scenario
// come first; the others are generated.
type candidate struct {
	id         int
	niche      [2]float64 // position in the plane of products and customers
	technology float64    // these five as in member
	experience float64
	capacity   float64
	rhythm     float64
	component  float64
	need       float64 // how well it fills the need detected at the customers
	looks      float64 // sum, over all who have joined so far, of how well it looks beside them
	taken      bool    // it has joined, and may have left again
}

// form puts the group together before week 0 (ODD.md, 5). Listed SMEs are the
// members. Otherwise the first admitted candidate is the initiator and the others
// join one by one, each time the one that looks most complementary to those who
// are in, so that a larger group is a less compatible one without a rule that
// says so.
func (g *Group) form() {
	p := g.p
	listed := len(p.ListedSMEs)
	g.nPool = listed
	if listed == 0 || p.Group.Open != 0 {
		g.nPool += int(p.Formation.Candidates)
	}
	g.nPool = max(g.nPool, p.Size())
	for id := range g.nPool {
		g.pool[id] = g.candidate(id)
	}
	g.n = p.Size()
	for slot := range g.n {
		id := slot
		if listed == 0 {
			id = g.choose(slot == 0)
		}
		g.join(slot, id)
	}
	for slot := range g.n {
		g.firstImpression(slot)
	}
}

// firstImpression is how far an SME will come when it is asked, in the eyes of those who
// have not asked it yet: by its hours beside the mean of the active members. Where nobody
// notices who comes, all seem to.
func (g *Group) firstImpression(i int) {
	m := &g.members[i]
	m.response = 1
	if mean := g.meanHours(); g.p.Joint.Response > 0 && m.capacity < mean {
		m.response = m.capacity / mean
	}
}

// meanHours is the mean capacity of the active members, 0 without any.
func (g *Group) meanHours() float64 {
	sum := 0.0
	for i := range g.n {
		if g.members[i].active {
			sum += g.members[i].capacity
		}
	}
	return share(sum, float64(g.actives()))
}

// candidate draws candidate id, or takes it from the list.
func (g *Group) candidate(id int) candidate {
	p := g.p
	c := candidate{id: id}
	scale := (1 - p.Group.Similarity) / normalDistance
	a, b := g.luck.pair(drawNiche, id, 0)
	c.niche = [2]float64{scale * normal(a), scale * normal(b)}
	a, b = g.luck.pair(drawTechnology, id, 0)
	c.technology = clamp(spread(p.Group.Technology, p.Group.TechnologySpread, a), 0, 1)
	c.experience = clamp(spread(p.Group.Experience, p.Group.ExperienceSpread, b), 0, 1)
	a, b = g.luck.pair(drawHours, id, 0)
	c.capacity = p.Group.Hours * spread(1, p.Group.HoursSpread, a)
	c.rhythm = clamp(spread(0.5, p.Group.RhythmSpread, b), 0, 1)
	a, b = g.luck.pair(drawComponent, id, 0)
	if a < p.Group.Components {
		c.component = 1
	}
	c.need = b
	if id < len(p.ListedSMEs) {
		c.apply(&p.ListedSMEs[id])
	}
	return c
}

// apply overrides what was drawn by what the scenario lists.
func (c *candidate) apply(s *SMESpec) {
	override(&c.niche[0], s.Niche[0])
	override(&c.niche[1], s.Niche[1])
	override(&c.technology, s.Technology)
	override(&c.experience, s.Experience)
	override(&c.capacity, s.Hours)
	override(&c.rhythm, s.Rhythm)
	override(&c.component, s.Component)
}

// override sets a value to a listed one, unless that is NaN: not listed.
func override(to *float64, listed float64) {
	if !math.IsNaN(listed) {
		*to = listed
	}
}

// choose returns the free candidate that looks best, admitted ones before all
// others; export experience counts too among those not admitted. The initiator
// is simply the first, again of those admitted if there are any. -1 when none
// is free.
func (g *Group) choose(initiator bool) int {
	const behind = 1000 // more than the looks of any two candidates can differ
	best, at := math.Inf(-1), -1
	for id := range g.nPool {
		c := &g.pool[id]
		if c.taken {
			continue
		}
		score := c.looks
		if initiator {
			score = -float64(id)
		}
		if c.experience < g.p.Formation.EntryExperience {
			score += c.experience - behind
		}
		if score > best {
			best, at = score, id
		}
	}
	return at
}

// join puts candidate id into a slot and acquaints it with the others.
func (g *Group) join(slot, id int) {
	c := &g.pool[id]
	c.taken = true
	p := g.p
	m := &g.members[slot]
	sharing, goal := g.luck.pair(drawSharing, c.id, 0)
	*m = member{
		id: id, technology: c.technology, component: c.component, capacity: c.capacity, rhythm: c.rhythm,
		sharing:    clamp(spread(p.Norms.Sharing, p.Norms.SharingSpread, sharing), 0, 1),
		goal:       clamp(spread(0.5, p.Goals.Spread, goal), 0, 1),
		experience: c.experience, entered: c.experience, workload: p.Commitment.WorkloadMean, commitment: p.Commitment.Initial,
		lag:     naiveLag(c.rhythm, p),
		teaches: p.Learning.Product / (1 + float64(complexLearning*c.technology) + c.component),
		active:  true, joined: g.week, stays: 1, known: p.Manager.Knowledge,
		satisfaction: p.Commitment.Initial, trusting: aloneTrust, fairness: 1,
		activity: p.Commitment.Initial * (1 - p.Commitment.WorkloadMean),
		ledger:   SMELedger{Order: g.joined, Joined: g.week},
	}
	if m.capacity > 0 {
		m.perHour = 1 / m.capacity
	}
	for j := range g.nMarket {
		m.fit[j] = g.fitOf(c, j)
	}
	g.joined++
	for other := range g.n {
		if other < slot || other > slot && !g.forming { // in forming, the slots behind are still empty
			g.acquaint(slot, other)
		}
	}
	g.look(id)
}

// fitOf is how well a candidate's offer fits the customers of market j: luck drawn once,
// partly common to all who go there, partly how well it fills the need detected at the
// customers. The mean over luck is the market's fit, however wide the spread.
func (g *Group) fitOf(c *candidate, j int) float64 {
	m, spread := &g.markets[j], g.p.Markets.FitSpread
	own := float64(needInFit*normal(c.need)) + float64(math.Sqrt(1-needInFit*needInFit)*normal(g.luck.one(drawOffer, c.id, j)))
	z := float64(math.Sqrt(fitCommon)*m.luck) + float64(math.Sqrt(1-fitCommon)*own)
	mean := clamp(m.fit, leastFit, 1-leastFit)
	stretch := math.Sqrt(1 + float64(normalLogit*spread*spread))
	return logistic(float64(log(mean/(1-mean))*stretch) + float64(spread*z))
}

// acquaint sets what slots i and j are to each other when i joins.
func (g *Group) acquaint(i, j int) {
	p, q := g.p, &g.pairs
	a, b := &g.pool[g.members[i].id], &g.pool[g.members[j].id]
	d := distance(a, b)
	c := complementarity(d, p)
	r := min(1, float64(p.Joint.Rivalry*max(0, 1-d/p.Joint.BestDistance)))
	good, bad, joint := p.goodPrior(), p.badPrior(), p.off.jointHours
	if g.tied(a.id, b.id) {
		good, joint = good+p.Trust.Tie, joint+tieHours
	}
	for _, k := range [2][2]int{{i, j}, {j, i}} {
		f, t := k[0], k[1]
		q.complementarity[f][t], q.rivalry[f][t] = c, r
		q.agreed[f][t] = 1 - math.Abs(g.members[i].goal-g.members[j].goal)
		q.prior[f][t], q.good[f][t], q.bad[f][t] = good, good, bad
		q.trust[f][t] = good / (good + bad)
		q.joint[f][t], q.acts[f][t], q.worked[f][t] = joint, 0, 0
		q.wanted[f][t], q.mediated[f][t] = false, false
	}
}

// tied says whether two SMEs, by their ids, have worked together before: by the
// list when there is one, else by luck. A newcomer to a running group has no ties
// in it.
func (g *Group) tied(a, b int) bool {
	listed := g.p.ListedSMEs
	switch {
	case !g.forming:
		return false
	case len(listed) > 0:
		return slices.Contains(listed[a].Ties, b) || slices.Contains(listed[b].Ties, a)
	}
	_, u := g.luck.pair(drawPerceived, pairOf(min(a, b), max(a, b)), 0)
	return u < g.p.Group.PriorTies
}

// look adds to every free candidate how well it looks beside the new member id:
// how complementary it is, seen dimly, and how well it fills the need that was
// detected at the customers.
func (g *Group) look(id int) {
	f := &g.p.Formation
	screening := f.Screening
	if g.week < promoterWeeks {
		screening += float64((1 - screening) * f.Promoter)
	}
	for k := range g.nPool {
		c := &g.pool[k]
		if c.taken {
			continue
		}
		u := g.luck.one(drawPerceived, pairOf(min(id, k), max(id, k)), 0)
		seen := float64(screening*complementarity(distance(c, &g.pool[id]), g.p)) + float64((1-screening)*u)
		c.looks += float64((1-f.Demand)*seen) + float64(f.Demand*c.need)
	}
}

// distance is that of two SMEs' niches, at most 1.
func distance(a, b *candidate) float64 {
	dx, dy := a.niche[0]-b.niche[0], a.niche[1]-b.niche[1]
	return min(1, math.Sqrt(float64(dx*dx)+float64(dy*dy)))
}

// complementarity of two SMEs is highest, 1, at the best distance of niches and
// falls with the square to 0: those too alike compete, and those too far apart
// have nothing to combine.
func complementarity(d float64, p *Params) float64 {
	x := (d - p.Joint.BestDistance) / distanceWidth
	return max(0, 1-float64(x*x))
}

// electHub returns the slot of the SME others can best rally around: the one with
// the most export experience and hours of its own, times the hours of those it
// complements, all in so far as they come when they are asked; makers of components
// suit less. The scenario may name the first hub. -1 when no active member is left.
func (g *Group) electHub() int {
	if g.forming && g.p.Hub >= 0 {
		return g.p.Hub
	}
	mean := g.meanHours()
	var reach [MaxSMEs]float64 // hours of each, of the mean, in so far as it comes
	for i := range g.n {
		if m := &g.members[i]; m.active && mean > 0 {
			reach[i] = m.response * m.capacity / mean
		}
	}
	best, at := -1.0, -1
	for i := range g.n {
		if !g.members[i].active {
			continue
		}
		sum := hubTies
		for j := range g.n {
			if j != i {
				sum += float64(g.pairs.complementarity[i][j] * reach[j])
			}
		}
		s := (hubExperience + g.members[i].experience) * reach[i] * sum * g.finished(i)
		if s > best || s == best && g.turn(i) > g.turn(at) {
			best, at = s, i
		}
	}
	return at
}

// finished is how well SME i leads, by what it sells: who sells components seldom
// speaks to those who buy the whole.
func (g *Group) finished(i int) float64 {
	return 1 - float64(g.p.Deal.Component*g.members[i].component)
}

// compose returns mean complementarity over pairs and mean technology.
func (g *Group) compose() [2]float64 {
	c, tau := 0.0, 0.0
	for i := range g.n {
		tau += g.members[i].technology
		for j := range i {
			c += g.pairs.complementarity[i][j]
		}
	}
	n := float64(g.n)
	return [2]float64{share(c, n*(n-1)/2), tau / n}
}

// isolate leaves only SME i of the group that was put together: its twin that
// meets the same luck without the others, with a manager to itself. How many hours
// that manager has, and what they cost, are parameters like all others.
func (g *Group) isolate(i int) {
	g.members[0] = g.members[i]
	g.n, g.hub = 1, 0
}
