package sim

import "slices"

// Team is the SMEs behind an opportunity: the lead first, then its partners in the
// order they came in.
type Team struct {
	n    int
	slot [MaxSMEs]uint8
}

func (t *Team) lead() int { return int(t.slot[0]) }

func (t *Team) has(i int) bool { return slices.Contains(t.Members(), uint8(i)) }

func (t *Team) add(i int) { t.slot[t.n] = uint8(i); t.n++ }

// remove takes slot i out, keeping the order of the others.
func (t *Team) remove(i int) {
	t.n = len(slices.DeleteFunc(t.Members(), func(s uint8) bool { return int(s) == i }))
}

// Members returns the slots of the team, the lead first. It is empty for an event
// that has none.
func (t *Team) Members() []uint8 { return t.slot[:t.n] }

func (t *Team) ints() []int {
	is := make([]int, t.n)
	for k := range is {
		is[k] = int(t.slot[k])
	}
	return is
}

// gather finds the partners of lead for its n-th customer. Each partner in turn is
// the SME with the strongest tie to those already in: to the lead in a star, else
// the weakest of its ties to any of them. Where the number is not fixed, partners
// are taken only while that tie is strong enough. wanted is how many the kind wants,
// none where the group has nobody else; ok is false when some are wanted and none of
// the others has room, or the lead hardly comes when it is asked. A lead whose ties are all too weak stays alone
// (ODD.md, 7.6).
func (g *Group) gather(c *columns, lead, nth int) (t Team, wanted int, ok bool) {
	t.add(lead)
	if c.partners == 0 {
		return t, 0, true
	}
	var tie, need [MaxSMEs]float64 // of each SME: to those already in; how far this customer needs it
	others, free := 0, 0
	for j := range g.n {
		tie[j] = -1
		if j == lead || !g.members[j].active {
			continue
		}
		others++
		if g.members[j].response >= bypassed && g.hasRoom(j) {
			free++
			if g.pairs.complementarity[lead][j] > 0 { // else there is no tie, whatever the need
				need[j] = g.needFor(lead, j, nth)
				tie[j] = g.tie(lead, j, need[j])
			}
		}
	}
	wanted = min(c.partners, others)
	for t.n <= wanted {
		j := largest(tie[:g.n])
		if g.ruled {
			j = g.favourite(c, tie[:g.n])
		}
		if j < 0 || !c.fixed && tie[j] < g.p.Joint.MinimumTie {
			break
		}
		t.add(j)
		tie[j] = -1
		if c.star || t.n > wanted {
			continue
		}
		for k := range g.n {
			if tie[k] > 0 {
				tie[k] = min(tie[k], g.tie(j, k, need[k]))
			}
		}
	}
	return t, wanted, wanted == 0 || free > 0 && g.members[lead].response >= bypassed
}

// favourite returns whom to take into a team next where orders are shared by rules: of all
// whose tie to those already in is strong enough, that with the strongest, weighed by whom
// the rules favour. -1 if there is none.
func (g *Group) favourite(c *columns, tie []float64) int {
	favours := g.sharing()
	var weighed [MaxSMEs]float64
	for j := range tie {
		if c.fixed || tie[j] >= g.p.Joint.MinimumTie {
			weighed[j] = tie[j] * favours[j]
		}
	}
	return largest(weighed[:len(tie)])
}

// needFor is how far the lead's n-th customer happens to need SME j.
func (g *Group) needFor(lead, j, nth int) float64 {
	return leastNeed + g.luck.one(drawNeed, pairOf(g.members[lead].id, g.members[j].id), nth)
}

// tie is how strongly j is tied to i in the eyes of a customer who needs j so far:
// complementarity times trust times need, and how far j comes when it is asked.
func (g *Group) tie(i, j int, need float64) float64 {
	return float64(g.pairs.complementarity[i][j]*g.pairs.trust[i][j]) * need * g.members[j].response
}

// largest returns the index of the largest positive value, the first of equals; -1 if
// there is none.
func largest(xs []float64) int {
	at := 0
	for i, x := range xs {
		if x > xs[at] {
			at = i
		}
	}
	if xs[at] <= 0 {
		return -1
	}
	return at
}

// mean is the mean of a quantity over the team.
func (g *Group) mean(t *Team, of func(*member) float64) float64 {
	sum := 0.0
	for _, s := range t.Members() {
		sum += of(&g.members[s])
	}
	return sum / float64(t.n)
}

// technology is the mean technology of the team's products.
func (g *Group) technology(t *Team) float64 {
	return g.mean(t, func(m *member) float64 { return m.technology })
}

// fit is how well the team's offers fit market j, on average.
func (g *Group) fit(t *Team, j int) float64 {
	return g.mean(t, func(m *member) float64 { return m.fit[j] })
}

// known is how well the manager knows the team's products, on average.
func (g *Group) known(t *Team) float64 {
	return g.mean(t, func(m *member) float64 { return m.known })
}

// mostExperienced returns the team's member with the most export experience.
func (g *Group) mostExperienced(t *Team) int {
	best := t.lead()
	for _, s := range t.Members()[1:] {
		if g.members[s].experience > g.members[best].experience {
			best = int(s)
		}
	}
	return best
}
