package replica

import "math"

// What only groups that are meant to last have: sections 7.17 to 7.19 in part, 7.21 to 7.23.

// favour is how far the rules of sharing orders speak for an SME (7.6.1).
func (g *group) favour(i int) float64 {
	p := g.of
	had := func(j int) float64 { return float64(g.s[j].sales[0] + g.s[j].omega) }
	least, most := math.Inf(1), 0.0
	for j := range g.s {
		if g.s[j].active {
			least, most = math.Min(least, had(j)), math.Max(most, g.s[j].flow)
		}
	}
	merit, hub := 1.0, 0.0
	if most > 0 {
		merit = g.s[i].flow / most
	}
	if i == g.hub {
		hub = 1
	}
	return (1 - p("norms.turns")*(1-(1+least)/(1+had(i)))) * (1 - p("norms.merit")*(1-merit)) * (1 - p("norms.hub")*(1-hub))
}

func (g *group) outgrown(i int) bool {
	s, year, fee := &g.s[i], 52*g.of("money.margin"), g.fee(g.part(), i)
	return g.present && g.actives() > 1 && s.flow*year >= fee && (s.flow-s.e*s.relations)*year < fee
}

// subsidised is the public share of this week's cost.
func (g *group) subsidised() float64 {
	p := g.of
	full := min(g.P, int(math.Round(52*p("project.full"))))
	if g.w < full {
		return p("project.subsidy")
	}
	y := float64((g.w-full)/52 + 1)
	return p("project.lasting") + (p("project.subsidy")-p("project.lasting"))*math.Max(0, 1-y/(p("project.fade")+1))
}

// part is what the members pay, and put by, in a year.
func (g *group) part() float64 {
	return g.yearly() * (1 - g.subsidised()) * (1 + g.of("money.reserve"))
}

// fee is the part of an amount that an active SME pays.
func (g *group) fee(x float64, i int) float64 {
	use := g.of("money.fee_use") * x
	size := g.of("money.fee_size") * (x - use)
	equal, h, G := x-use-size, 0.0, 0.0
	for _, s := range g.s {
		if s.active {
			h += s.h
			G += s.G
		}
	}
	bySize, byUse := 0.0, 0.0
	if h > 0 {
		bySize = size / h
	} else {
		equal += size
	}
	if G > 0 {
		byUse = use / G
	} else {
		equal += use
	}
	return equal/float64(g.actives()) + bySize*g.s[i].h + byUse*g.s[i].G
}

// pay has the SMEs pay an amount, or get it back.
func (g *group) pay(x float64) {
	g.private += x
	for i := range g.s {
		if g.s[i].active {
			g.s[i].fees += g.fee(x, i)
		}
	}
}

func (g *group) promoting() bool {
	p := g.of
	return p("formation.promoter") > 0 && float64(g.w) < p("promoterWeeks") && g.present && g.actives() > 1
}

func (g *group) promote() {
	if !g.promoting() {
		return
	}
	for i := range g.s {
		for j := range g.s {
			if i != j && g.s[i].active && g.s[j].active {
				g.good(i, j, g.of("formation.promoter")*g.of("lightExperience")*g.of("trust.weight"))
			}
		}
	}
}

func (g *group) clarity() float64 {
	own := g.of("norms.role_clarity")
	return own + (1-own)*g.of("formation.promoter")
}

func (g *group) committees() {
	g.spared = 0
	h := g.of("group.committees")
	if h == 0 || !g.present || g.actives() < 2 {
		return
	}
	for i := range g.s {
		if g.s[i].active {
			g.ask(i, h)
			g.spared += g.of("committeeWorth") * g.use(i, inCoordination, h)
		}
	}
}

// less is what is left of a duty after what committees spare.
func (g *group) less(duty float64) float64 {
	off := math.Min(duty, g.spared)
	g.spared -= off
	return duty - off
}

func (g *group) succession() {
	if !g.quarterEnds() || !g.present || g.u1(drawManager, 0, g.w) >= g.of("manager.turnover")*g.of("quarter")/52 {
		return
	}
	g.changes++
	g.bGoal = 0
	for _, o := range g.opps {
		o.u, o.V = math.Max(0, o.u-o.V), 0
	}
	for _, c := range g.buyers {
		c.s, c.V = math.Max(0, c.s-(1-g.of("closenessValue"))*c.V), 0
	}
	for i := range g.s {
		g.s[i].k = g.of("manager.knowledge")
	}
}

// lasting are the outcomes of a lasting group.
func (g *group) lasting(r map[string]float64) {
	p := g.of
	var all []ledger
	for i := range g.s {
		g.s[i].serves = 0
		for _, c := range g.buyers {
			if contains(c.team, i) {
				g.s[i].serves++
			}
		}
		all = append(all, g.s[i].ledger)
	}
	content, weeks, hours := 0.0, 0.0, 0.0
	for _, l := range append(all, g.former...) {
		content += l.content
		weeks += float64(l.weeks)
		hours += l.received
	}
	r["weeks_alive"], r["manager_changes"], r["customers_end"] = float64(g.alive), float64(g.changes), float64(len(g.buyers))
	r["members_lost"], r["graduated"] = float64(g.left), float64(g.withdrawn[4])
	r["satisfaction"] = ratio(content, weeks)
	r["cost_saved"] = hours*p("money.manager")/(p("fullTimeManager")*52) + g.memberWeeks*g.yearlyOf(0, 1)/52 - g.private
}
