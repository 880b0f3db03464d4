package replica

import "math"

func (g *group) step() {
	g.hoursAndLinks()
	g.managerWeek()
	g.roundsAndMeetings()
	g.answers()
	g.jointWork()
	g.ownSearch()
	g.fairs()
	g.trusts()
	g.advance()
	g.orderWeek()
	for i := range g.s {
		g.s[i].k *= 1 - g.numbers["learning.forget"]
	}
	g.feelings()
	g.members()
	g.costs()
	g.record()
	g.w++
	g.ending()
}

func (g *group) hoursAndLinks() {
	p := g.numbers
	for i := range g.s {
		s := &g.s[i]
		mean := p["workload.mean"]
		s.z = clamp(mean+p["workload.memory"]*(s.z-mean)+p["workload.shock"]*normal(g.u1(workload, s.id, g.w)), 0, 1)
		share := 0.0
		if s.active {
			share = s.kappa * (1 - s.z)
		}
		s.A = s.h * share
		s.left = s.A
		s.sumAvail += s.A
		s.a += (share - s.a) * (1.0 / 13)
	}
	g.links = nil
	for i := range g.l {
		for j := range g.l {
			g.l[i][j].wanted, g.l[i][j].mediated = false, false
		}
	}
	for _, o := range g.opps {
		if o.stage > preparing {
			continue
		}
		g.linksOf(o, func(i, j int) {
			i, j = min(i, j), max(i, j)
			if l := &g.l[i][j]; l.J < o.kind.D && !l.wanted {
				l.wanted = true
				g.links = append(g.links, [2]int{i, j})
			}
		})
	}
}

// linksOf goes through the links of an opportunity's team.
func (g *group) linksOf(o *opportunity, do func(i, j int)) {
	for a := range o.team {
		if o.kind.star && a > 0 {
			break
		}
		for b := a + 1; b < len(o.team); b++ {
			do(o.team[a], o.team[b])
		}
	}
}

func (g *group) perMember(n int) float64 { return 1 + g.numbers["manager.per_member"]*float64(n-1) }

func (g *group) spend(task int, h float64, team ...int) {
	g.b -= h
	g.task[task] += h
	for _, i := range team {
		g.s[i].got += h
	}
}

func (g *group) spendIn(m, task int, h float64, team []int) {
	help := math.Min(h, g.markets[m].left)
	g.markets[m].left -= help
	own := h - help
	extra := own * (1 - 1/g.perMember(len(team)))
	g.spend(coordination, extra, team...)
	g.spend(task, own-extra, team...)
}

func (g *group) experience(i int, share float64) { g.s[i].e += math.Min(1, share) * (1 - g.s[i].e) }

func (g *group) managerWeek() {
	p := g.numbers
	g.fair, g.waiting = false, false
	for _, o := range g.opps {
		o.met, o.alone, o.present = false, false, 0
	}
	if !g.present {
		return
	}
	H := p["manager.hours"]
	if over := g.b - p["manager.carry_over"]*H; over > 0 {
		g.spend(idle, over)
	}
	g.b += H
	g.granted += H
	g.spend(administration, p["manager.admin"]*H)
	for m := range g.markets {
		k := &g.markets[m]
		k.left = k.H
		if m > 0 && k.H == 0 {
			g.spend(furtherMarkets, math.Min(g.b, p["manager.further_market"]*(1+k.d)))
		}
	}
	if g.w%13 == 12 && g.b >= p["manager.activity"] {
		g.fair = true
		g.spend(activities, p["manager.activity"])
	}
	for i := range g.s {
		if l := p["learning.entry_level"]; g.s[i].active && g.s[i].e < l {
			h := math.Min(g.b, p["manager.guidance"]*(l-g.s[i].e)/l)
			g.spend(guidance, h, i)
			g.experience(i, p["learning.guidance_gain"]*h)
		}
	}
	for _, l := range g.links {
		i, j := l[0], l[1]
		if h := p["manager.mediation"] * (1 - (g.l[i][j].T+g.l[j][i].T)/2); h <= g.b {
			g.spend(coordination, h, i, j)
			g.l[i][j].mediated = true
		}
	}
	// Meetings: the queue, always its best first.
	var queue []*opportunity
	for _, o := range g.opps {
		every := p["customer.meeting_every"]
		if o.stage == preparing {
			every = p["customer.waiting_every"]
		}
		if o.stage <= preparing && float64(g.w-o.lastMeeting) >= every {
			queue = append(queue, o)
		}
	}
	for len(queue) > 0 {
		at := 0
		for k := range queue {
			if g.priority(queue[k]) > g.priority(queue[at]) {
				at = k
			}
		}
		o := queue[at]
		queue = append(queue[:at:at], queue[at+1:]...)
		h := p["manager.meeting"] * g.perMember(len(o.team))
		if h > g.b+g.markets[o.m].left {
			g.waiting = true
			break
		}
		g.spendIn(o.m, meetings, h, o.team)
		o.met = true
	}
	for !g.waiting {
		help := 0.0
		for _, k := range g.markets {
			help = math.Max(help, k.left)
		}
		if g.b+help < math.Max(g.bGoal, p["manager.prospect"]) {
			break
		}
		t := g.plan(-1)
		g.bGoal = 0
		if t == nil {
			break
		}
		if t.cost > g.b+g.markets[t.m].left {
			g.bGoal = t.cost
			break
		}
		g.spendIn(t.m, prospecting, t.cost, t.team)
		g.approach(t, 1, g.meanOf(t.team, func(s *sme) float64 { return s.k }))
	}
}

func (g *group) meanOf(team []int, f func(*sme) float64) float64 {
	sum := 0.0
	for _, i := range team {
		sum += f(&g.s[i])
	}
	return sum / float64(len(team))
}

func (g *group) priority(o *opportunity) float64 {
	a := g.meanOf(o.team, func(s *sme) float64 { return s.a })
	return o.v * o.phi / g.perMember(len(o.team)) * (0.2 + (1-0.2)*math.Min(1, o.u/o.needed)) * (1 + g.numbers["manager.squeak"]*a)
}

type search struct {
	which, nu, m int
	kind         kind
	team         []int
	cost         float64
}

func (g *group) kindOf(k int) kind {
	p := g.numbers
	return []kind{{},
		{partners: int(p["group.partners"]), D: p["joint.hours_customer"], gamma: p["customer.complexity_customer"]},
		{partners: int(p["group.suppliers"]), fixed: true, star: true, hubLeads: true, D: p["joint.hours_system"], gamma: p["customer.complexity_system"]}}[k]
}

// plan plans the next search; own is the SME that seeks for itself, -1 for
// the manager.
func (g *group) plan(own int) *search {
	p := g.numbers
	var best *search
	credit := 0.0
	for k := 0; k < 3; k++ {
		if g.weights[k] <= 0 {
			continue
		}
		c := float64(g.tried[0]+g.tried[1]+g.tried[2]+1)*g.weights[k] - float64(g.tried[k])
		kd, lead := g.kindOf(k), own
		switch {
		case kd.hubLeads && own >= 0 && own != g.hub:
			continue
		case kd.hubLeads:
			lead = g.hub
		case own < 0:
			worth := 0.0
			for i, s := range g.s {
				v := (1 + p["deal.value_technology"]*s.tau) * (1 + p["manager.squeak"]*s.a) / float64(1+s.omega)
				if s.active && float64(s.omega) < p["manager.open_limit"] && v > worth {
					worth, lead = v, i
				}
			}
		}
		if lead < 0 || float64(g.s[lead].omega) >= p["manager.open_limit"] {
			continue
		}
		team := g.gather(kd, lead)
		if team == nil || best != nil && c <= credit {
			continue
		}
		credit = c
		best = &search{which: k, nu: g.s[lead].nu, kind: kd, team: team, m: g.bestMarket(lead)}
		best.cost = p["manager.prospect"] * g.perMember(len(team)) * (1 + g.s[lead].q*(1-g.known(best.m)))
	}
	return best
}

func (g *group) bestMarket(i int) int {
	at := 0
	for m := range g.markets {
		if g.customersLeft(i, m) > g.customersLeft(i, at) {
			at = m
		}
	}
	return at
}

func (g *group) customersLeft(i, m int) float64 {
	met := g.s[i].M[m]
	for k := range g.s {
		if k != i {
			met += g.numbers["customer.rivals"] * g.l[i][k].r * g.s[k].M[m]
		}
	}
	return math.Max(0, 1-met/g.markets[m].N)
}

// tie is that of j to i for the lead's nu-th customer.
func (g *group) tie(i, j, lead, nu int) float64 {
	return g.l[i][j].c * g.l[i][j].T * (0.5 + g.u1(need, pair(g.s[lead].id, g.s[j].id), nu))
}

// gather puts a team together; nil if it fails.
func (g *group) gather(k kind, lead int) []int {
	team, eligible, free := []int{lead}, map[int]float64{}, 0
	nu := g.s[lead].nu
	for j, s := range g.s {
		if j != lead && s.active {
			free++
			if float64(s.omega) < g.numbers["manager.open_limit"] {
				eligible[j] = g.tie(lead, j, lead, nu)
			}
		}
	}
	for len(team)-1 < k.partners {
		at := -1
		for j := range g.s {
			if t, ok := eligible[j]; ok && (at < 0 || t > eligible[at]) {
				at = j
			}
		}
		if at < 0 || !k.fixed && eligible[at] < g.numbers["joint.minimum"] {
			break
		}
		delete(eligible, at)
		team = append(team, at)
		if !k.star {
			for j := range eligible {
				eligible[j] = math.Min(eligible[j], g.tie(at, j, lead, nu))
			}
		}
	}
	if k.fixed && len(team)-1 < min(k.partners, free) {
		return nil
	}
	return team
}

func (g *group) gap(m int) float64 {
	return g.markets[m].d * (1 - g.known(m))
}

func (g *group) known(m int) float64 {
	k := g.markets[m]
	if k.H > 0 && g.present {
		return math.Max(k.K, g.numbers["markets.local_knowledge"])
	}
	return k.K
}

func (g *group) learnMarket(m int, share float64) { g.markets[m].K += share * (1 - g.markets[m].K) }

func (g *group) approach(t *search, quality, known float64) {
	p := g.numbers
	lead := &g.s[t.team[0]]
	g.tried[t.which]++
	lead.nu++
	lead.sought = g.w
	o := &opportunity{kind: t.kind, team: t.team, leadID: lead.id, nu: t.nu, m: t.m, since: g.w, lastMeeting: g.w, lastContact: g.w}
	demand := 1.0
	if len(t.team) > 1 {
		c, n := 0.0, 0.0
		g.linksOf(o, func(i, j int) { c += g.l[i][j].c; n++ })
		demand = c / n * (1 - math.Min(1, t.kind.D/p["deal.full_system"])*(1-g.meanOf(t.team, func(s *sme) float64 { return s.tau })))
	}
	exists, some := g.u(existence, lead.id, t.nu)
	opens, fit := g.u(door, lead.id, t.nu)
	if exists >= demand || some >= g.customersLeft(t.team[0], t.m) {
		return
	}
	lead.M[t.m]++
	if opens >= quality*((1-g.gap(t.m))*(1-(1-known)*(1-p["manager.expertise"]))) {
		return
	}
	g.opened++
	o.luck = exp(p["deal.value_spread"] * normal(g.u1(value, lead.id, t.nu)))
	eta := g.meanOf(t.team, func(s *sme) float64 { return s.eta })
	o.phi = clamp(g.markets[t.m].f+p["markets.fit_spread"]*(2*fit-1+0.5*(2*eta-1)), 0, 1)
	g.opps = append(g.opps, o)
	g.assess(o)
	for _, i := range o.team {
		g.s[i].omega++
		g.expect(i, o)
	}
}

func (g *group) assess(o *opportunity) {
	p, n := g.numbers, float64(len(o.team))
	tau := g.meanOf(o.team, func(s *sme) float64 { return s.tau })
	o.chi = tau + o.kind.gamma*(n-1)
	o.needed = math.Min(0.95, p["customer.trust_base"]+p["customer.trust_slope"]*o.chi)
	o.v = n * p["deal.value_base"] * (1 + p["deal.value_technology"]*tau) * o.luck
	covered := 1.0
	for _, j := range o.team[1:] {
		l := g.l[o.team[0]][j]
		covered += l.c * math.Min(1, l.J/p["deal.full_system"])
	}
	x := math.Min(1, covered/(1+p["deal.bases"]*tau*tau*tau))
	o.g = x * math.Sqrt(x)
}

func (g *group) rounds(o *opportunity) int {
	return 1 + int(math.Ceil(g.numbers["deal.rounds_slope"]*o.chi))
}

func (g *group) expect(i int, o *opportunity) {
	p := g.numbers
	naive := 2 * (1 - g.s[i].rho) * p["commitment.naive_lag"]
	realism := p["norms.realism"] + (1-p["norms.realism"])*p["norms.role_clarity"]*p["commitment.clarity_effect"]
	lead := -log(1-math.Min(o.needed, 0.95)) / (0.5 * p["customer.trust_rate"]) * p["customer.meeting_every"]
	if len(o.team) > 1 {
		lead = math.Max(lead, o.kind.D/2.5)
	}
	lead += float64(g.rounds(o)) * p["deal.round_every"]
	g.s[i].L = math.Max(g.s[i].L, naive+realism*math.Max(0, lead-naive))
}
