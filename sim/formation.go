package sim

import "math"

// Candidate is an SME that may become a member. Those listed in the scenario
// come first; the others are generated.
type Candidate struct {
	ID         int
	Niche      [2]float64
	Technology float64
	Experience float64
	Capacity   float64
	Rhythm     float64
	Component  float64
	Need       float64 // how well it fills the need detected at the customers
	looks      float64 // sum of how complementary it looks to the members
	taken      bool
}

// form puts the group together in week 0. Listed SMEs are the members.
// Otherwise the first admitted candidate is the initiator and the others join
// one by one, each time the one that looks most complementary to those who
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
}

// candidate draws candidate id, or takes it from the list.
func (g *Group) candidate(id int) Candidate {
	p := g.p
	c := Candidate{ID: id}
	s := (1 - p.Group.Similarity) / normalDistance
	a, b := g.luck.pair(drawNiche, id, 0)
	c.Niche = [2]float64{s * normal(a), s * normal(b)}
	a, b = g.luck.pair(drawTechnology, id, 0)
	c.Technology = clamp(spread(p.Group.Technology, p.Group.TechnologySpread, a), 0, 1)
	c.Experience = clamp(spread(p.Group.Experience, p.Group.ExperienceSpread, b), 0, 1)
	a, b = g.luck.pair(drawHours, id, 0)
	c.Capacity = p.Group.Hours * spread(1, p.Group.HoursSpread, a)
	c.Rhythm = clamp(spread(0.5, p.Group.RhythmSpread, b), 0, 1)
	a, b = g.luck.pair(drawComponent, id, 0)
	if a < p.Group.Components {
		c.Component = 1
	}
	c.Need = b
	if id < len(p.ListedSMEs) {
		c.apply(&p.ListedSMEs[id])
	}
	return c
}

// apply overrides what was drawn by what the scenario lists.
func (c *Candidate) apply(s *SMESpec) {
	take := func(to *float64, v float64) {
		if !math.IsNaN(v) {
			*to = v
		}
	}
	take(&c.Niche[0], s.Niche[0])
	take(&c.Niche[1], s.Niche[1])
	take(&c.Technology, s.Technology)
	take(&c.Experience, s.Experience)
	take(&c.Capacity, s.Hours)
	take(&c.Rhythm, s.Rhythm)
	take(&c.Component, s.Component)
}

// choose returns the free candidate that looks best, admitted ones before all
// others; export experience counts too among those not admitted. The initiator
// is simply the first, again of those admitted if there are any. -1 when none
// is free.
func (g *Group) choose(initiator bool) int {
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
		if c.Experience < g.p.Formation.EntryExperience {
			score += c.Experience - 1000
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
	*m = Member{
		ID: id, Technology: c.Technology, Component: c.Component, Capacity: c.Capacity, Rhythm: c.Rhythm,
		Experience: c.Experience, entered: c.Experience, Workload: p.Commitment.WorkloadMean, Commitment: p.Commitment.Initial,
		Lag:     naiveLag(c.Rhythm, p),
		teaches: p.Learning.Product / (1 + float64(complexLearning*c.Technology) + c.Component),
		Active:  true, Joined: g.week, LastSought: g.week, Known: p.Manager.Knowledge,
		Satisfaction: p.Commitment.Initial, Trusting: 0.5, Fairness: 1,
		Activity: p.Commitment.Initial * (1 - p.Commitment.WorkloadMean),
		Ledger:   SMELedger{ID: id, Order: g.joined},
	}
	g.joined++
	for other := range g.n {
		if other == slot || (g.forming && other > slot) {
			continue
		}
		g.acquaint(slot, other, id < len(p.ListedSMEs) && g.forming)
	}
	g.look(id)
}

// acquaint sets what slots i and j are to each other when i joins.
func (g *Group) acquaint(i, j int, listed bool) {
	p, q := g.p, &g.pairs
	a, b := &g.pool[g.members[i].ID], &g.pool[g.members[j].ID]
	d := distance(a, b)
	c := complementarity(d, p)
	r := max(0, 1-d/p.Joint.BestDistance)
	var tied bool
	switch {
	case listed && len(p.ListedSMEs) > 0:
		tied = tiedByList(p, a.ID, b.ID)
	case g.forming: // a newcomer to a running group has no ties in it
		_, u := g.luck.pair(drawPerceived, pairOf(min(a.ID, b.ID), max(a.ID, b.ID)), 0)
		tied = u < p.Group.PriorTies
	}
	prior, joint := float64(2*p.Trust.Prior*p.Trust.Start), 0.0
	if tied {
		prior, joint = prior+p.Trust.Tie, p.Joint.TieHours
	}
	for _, k := range [2][2]int{{i, j}, {j, i}} {
		f, t := k[0], k[1]
		q.Complementarity[f][t], q.Rivalry[f][t] = c, r
		q.Prior[f][t], q.Good[f][t], q.Bad[f][t] = prior, prior, p.badPrior()
		q.Trust[f][t] = prior / (prior + p.badPrior())
		q.Joint[f][t], q.Acts[f][t], q.Worked[f][t] = joint, 0, 0
		q.Wanted[f][t], q.Mediated[f][t] = false, false
	}
}

// look adds to every free candidate how complementary it looks to the new
// member id: partly what it is, partly luck, partly whether it fills the need
// that was detected at the customers.
func (g *Group) look(id int) {
	f := &g.p.Formation
	for k := range g.nPool {
		c := &g.pool[k]
		if c.taken {
			continue
		}
		u := g.luck.one(drawPerceived, pairOf(min(id, k), max(id, k)), 0)
		seen := float64(f.Screening*complementarity(distance(c, &g.pool[id]), g.p)) + float64((1-f.Screening)*u)
		c.looks += float64((1-f.Demand)*seen) + float64(f.Demand*c.Need)
	}
}

func distance(a, b *Candidate) float64 {
	dx, dy := a.Niche[0]-b.Niche[0], a.Niche[1]-b.Niche[1]
	return min(1, math.Sqrt(float64(dx*dx)+float64(dy*dy)))
}

// complementarity is highest at the best distance of niches: SMEs that are
// too alike compete, and those too far apart have nothing to combine.
func complementarity(d float64, p *Params) float64 {
	x := (d - p.Joint.BestDistance) / p.Joint.DistanceWidth
	return max(0, 1-float64(x*x))
}

func tiedByList(p *Params, a, b int) bool {
	for _, t := range p.ListedSMEs[a].Ties {
		if t == b {
			return true
		}
	}
	for _, t := range p.ListedSMEs[b].Ties {
		if t == a {
			return true
		}
	}
	return false
}

// electHub returns the slot of the SME others can best rally around: export
// experience times complementarity to the rest. The scenario may name the
// first hub. -1 when no active member is left.
func (g *Group) electHub() int {
	if g.forming && g.p.Hub >= 0 {
		return g.p.Hub
	}
	best, at := -1.0, -1
	for i := range g.n {
		if !g.members[i].Active {
			continue
		}
		sum := hubTies
		for j := range g.n {
			if j != i && g.members[j].Active {
				sum += g.pairs.Complementarity[i][j]
			}
		}
		if s := (hubExperience + g.members[i].Experience) * sum; s > best {
			best, at = s, i
		}
	}
	return at
}

// compose returns mean complementarity over pairs and mean technology.
func (g *Group) compose() [2]float64 {
	c, tau := 0.0, 0.0
	for i := range g.n {
		tau += g.members[i].Technology
		for j := range i {
			c += g.pairs.Complementarity[i][j]
		}
	}
	n := float64(g.n)
	return [2]float64{share(c, n*(n-1)/2), tau / n}
}

// isolate leaves only SME i of the group that was put together, with a manager
// to itself: its twin that meets the same luck without the others. The hours
// of that manager, and what they cost, are the caller's to set.
func (g *Group) isolate(i int) {
	g.members[0] = g.members[i]
	g.n, g.hub = 1, 0
}
