package replica

import "math"

func (g *group) step() {
	for i := range g.s {
		g.hoursOf(&g.s[i])
	}
	g.promote()
	g.wantedLinks()
	g.committees()
	for _, o := range g.opps {
		o.by = nobody
	}
	g.fair, g.waiting = false, false
	if g.present {
		g.duties()
		g.meetCustomers()
		g.seekCustomers()
	}
	g.rounds()
	g.attend()
	g.answers()
	g.jointWork()
	g.visits()
	g.ownSearch()
	g.fairs()
	g.drift()
	g.advance()
	g.repeatOrders()
	for i := range g.s {
		g.s[i].k *= 1 - g.of("learning.forget")
	}
	g.feelings()
	g.bypass()
	g.members()
	g.succession()
	g.costs()
	g.record()
	g.w++
	g.ending()
}

func (g *group) quarterEnds() bool {
	q := int(g.of("quarter"))
	return g.w%q == q-1
}

// 7.2

func (g *group) hoursOf(s *sme) {
	p := g.of
	mean := p("workload.mean")
	s.z = clamp(mean+p("workloadMemory")*(s.z-mean)+p("workload.shock")*normal(g.u1(drawWorkload, s.id, g.w)), 0, 1)
	if s.asked > 0 {
		s.psi += p("joint.response") * (s.came/s.asked - s.psi)
		s.asked, s.came = 0, 0
	}
	if !g.present {
		worth, gain, cost := 1.0, s.flow*p("money.margin"), s.h*p("money.hour")
		if gain < cost {
			worth = gain / cost
		}
		s.theta += (worth - s.theta) / 52
	}
	share := 0.0
	if s.active {
		share = s.kappa * (1 - s.z) * s.theta
	}
	s.A = s.h * share
	s.left = s.A
	s.hours[available] += s.A
	s.a += (share - s.a) * (1 / p("activityWeeks"))
}

// use takes hours of an SME, as far as it has them.
func (g *group) use(i, what int, h float64) float64 {
	s := &g.s[i]
	h = math.Min(h, s.left)
	s.left -= h
	s.hours[what] += h
	return h
}

func (g *group) ask(i int, h float64) {
	s := &g.s[i]
	s.asked++
	s.came += math.Min(1, s.left/h)
}

func (g *group) learn(i int, share float64) { g.s[i].e += math.Min(1, share) * (1 - g.s[i].e) }

// 7.3

func (g *group) wantedLinks() {
	for i := range g.s {
		g.s[i].load = 0
		for j := range i {
			g.bond(i, j).wanted, g.bond(i, j).mediated = false, false
		}
	}
	g.links = nil
	for _, o := range g.opps {
		g.promise(o, func(i, j int) {
			g.bond(i, j).wanted, g.bond(i, j).owner = true, o.team[0]
			g.links = append(g.links, [2]int{min(i, j), max(i, j)})
		})
	}
}

// promise adds what an opportunity will take to the loads of its team; mark is
// told of links that nobody has marked yet.
func (g *group) promise(o *opportunity, mark func(i, j int)) {
	p := g.of
	r := p("customer.attend_hours") / p("customer.meeting_every") / float64(len(o.team))
	if o.stage == negotiating {
		r = p("deal.round_hours") / p("deal.round_every")
	}
	for _, i := range o.team {
		g.s[i].load += r
	}
	if o.stage == negotiating {
		return
	}
	o.eachLink(func(i, j int) {
		l := g.bond(i, j)
		if l.J >= o.kind.D {
			return
		}
		x := p("joint.specific") * o.kind.D
		if !l.wanted {
			x = o.kind.D - l.J
			mark(i, j)
		}
		g.s[i].load += x / p("customer.cold")
		g.s[j].load += x / p("customer.cold")
	})
}

func (o *opportunity) eachLink(do func(i, j int)) {
	for a, i := range o.team {
		for _, j := range o.team[a+1:] {
			do(i, j)
		}
		if o.kind.star {
			return
		}
	}
}

func (g *group) room(i int) bool {
	s := &g.s[i]
	return s.load+g.of("customer.attend_hours")/g.of("customer.meeting_every") <= s.h*s.a
}

// 7.4

func (g *group) perMember(n int) float64 { return 1 + g.of("manager.per_member")*float64(n-1) }

func (g *group) spend(task int, h float64, team ...int) {
	g.b -= h
	g.task[task] += h
	for _, i := range team {
		g.s[i].got += h
	}
}

func (g *group) duties() {
	p, H := g.of, g.of("manager.hours")
	if over := g.b - p("manager.carry_over")*H; over > 0 {
		g.spend(idle, over)
	}
	g.b += H
	g.granted += H
	g.spend(administration, g.less(p("manager.admin")*H))
	sum, squares := 0.0, 0.0
	for i := range g.s {
		if s := &g.s[i]; s.active {
			sum += s.psi
			squares += s.psi * s.psi
		}
	}
	g.spend(coordination, math.Min(g.b, g.less(p("manager.agreement")*(sum*sum-squares)/2)))
	for m := range g.markets {
		k := &g.markets[m]
		k.left = math.Min(k.left, p("manager.carry_over")*k.H) + k.H
		if m > 0 && k.H == 0 {
			g.spend(furtherMarkets, math.Min(g.b, p("manager.further_market")*(1+k.d)))
		}
	}
	if h := p("manager.activity"); g.quarterEnds() && h > 0 && g.b >= h {
		g.fair = true
		g.spend(activities, h)
	}
	entry := p("learning.entry_level")
	for i := range g.s {
		if s := &g.s[i]; s.active && s.e < entry {
			h := math.Min(g.b, p("manager.guidance")*(entry-s.e)/entry)
			g.spend(guidance, h, i)
			g.learn(i, p("guidanceTeaches")*p("learning.meeting_gain")*h)
		}
	}
	for _, o := range g.opps {
		if o.stage != preparing {
			continue
		}
		if missing := g.needsHelp(o) - o.help; missing > 0 {
			h := math.Min(math.Min(g.b, missing), p("manager.guidance"))
			g.spend(guidance, h, o.team...)
			if o.help += h; h == missing {
				o.help = g.needsHelp(o)
			}
		}
	}
	for _, l := range g.links {
		i, j := l[0], l[1]
		if h := g.mediation(i, j); h <= g.b {
			g.spend(coordination, h, i, j)
			g.bond(i, j).mediated = true
		}
	}
}

func (g *group) mediation(i, j int) float64 {
	return g.of("manager.mediation") * (1 - (g.views[i][j].T+g.views[j][i].T)/2)
}

// needsHelp is the manager's help that an offer needs in all.
func (g *group) needsHelp(o *opportunity) (h float64) {
	entry := g.of("learning.entry_level")
	for _, i := range o.team {
		if e := g.s[i].e; e < entry {
			h += g.of("learning.offer_help") * (1 - e/entry)
		}
	}
	return h
}

// inMarket has a step in a market made by whoever can; nobody: nobody can.
func (g *group) inMarket(m, task int, x float64, team []int) int {
	k := &g.markets[m]
	switch {
	case x <= g.b:
		extra := x * (1 - 1/g.perMember(len(team)))
		g.spend(coordination, extra, team...)
		g.spend(task, x-extra, team...)
		return theManager
	case x <= k.left && g.of("supervision")*x <= g.b:
		k.left -= x
		g.spend(furtherMarkets, g.of("supervision")*x)
		return theAssistant
	}
	return nobody
}

// 7.5

func (g *group) pause(o *opportunity) float64 {
	if o.stage == preparing {
		return g.of("waitingPauses") * g.of("customer.meeting_every")
	}
	return g.of("customer.meeting_every")
}

func (g *group) meetCustomers() {
	for _, o := range g.opps {
		o.dueIn = o.stage <= preparing && float64(g.w-o.lastMeeting) >= g.pause(o)
	}
	for {
		var next *opportunity
		for _, o := range g.opps {
			if o.dueIn && (next == nil || g.priority(o) > g.priority(next)) {
				next = o
			}
		}
		if next == nil {
			return
		}
		next.dueIn = false
		next.by = g.inMarket(next.m, meetings, g.of("manager.meeting")*g.perMember(len(next.team)), next.team)
		if next.by == nobody {
			g.waiting = true
			return
		}
	}
}

// trusted is the share of the trust that an offer needs.
func (o *opportunity) trusted() float64 {
	if o.u >= o.needed {
		return 1
	}
	return o.u / o.needed
}

func (g *group) priority(o *opportunity) float64 {
	far := g.of("farPriority")
	a := g.meanOf(o.team, func(s *sme) float64 { return s.a })
	psi := g.meanOf(o.team, func(s *sme) float64 { return s.psi })
	return o.v * o.phi / g.perMember(len(o.team)) * (far + (1-far)*o.trusted()) * (1 + g.of("manager.squeak")*a) * psi
}

// 7.6

func (g *group) seekCustomers() {
	for !g.waiting {
		most := g.b
		for _, k := range g.markets {
			most = math.Max(most, k.left)
		}
		if most < math.Max(g.bGoal, g.of("manager.prospect")) {
			return
		}
		t := g.plan(-1, -1)
		if t == nil {
			g.bGoal = 0
			return
		}
		g.bGoal = t.cost
		quality, known := 1.0, g.meanOf(t.team, func(s *sme) float64 { return s.k })
		switch g.inMarket(t.m, prospecting, t.cost, t.team) {
		case nobody:
			return
		case theAssistant:
			quality = g.of("markets.assistant_skill")
			known = g.of("markets.assistant_skill") * known
		}
		g.bGoal = 0
		if g.approach(t, quality, known) != nil {
			g.opened++
		}
	}
}

type search struct {
	kind kind
	team []int
	m    int
	cost float64
	own  bool // none of the group's approaches
}

func (g *group) kindOf(k int) kind {
	p := g.of
	return []kind{{},
		{1, int(p("group.partners")), false, false, false, p("joint.hours_customer"), p("customer.complexity")},
		{2, int(p("group.suppliers")), true, true, p("group.suppliers") > 0, p("joint.hours_system"), p("customer.complexity")}}[k]
}

// plan is the next search of an SME, or of the manager (-1), in a market or in
// any (-1); nil: none can be planned.
func (g *group) plan(seeker, m int) *search {
	var best *search
	most := 0.0
	for k := range 3 {
		credit := float64(g.tried[0]+g.tried[1]+g.tried[2]+1)*g.weights[k] - float64(g.tried[k])
		if credit < g.of("leastCredit") || best != nil && credit <= most {
			continue
		}
		kd := g.kindOf(k)
		lead := g.leadOf(kd, seeker)
		if lead < 0 || !g.room(lead) {
			continue
		}
		if team := g.gather(kd, lead); team != nil {
			best, most = g.search(kd, team, m), credit
		}
	}
	return best
}

func (g *group) search(k kind, team []int, m int) *search {
	if m < 0 {
		m = g.marketOf(team[0])
	}
	return &search{kind: k, team: team, m: m, cost: g.of("manager.prospect") * g.perMember(len(team)) * (1 + g.s[team[0]].q*(1-g.known(m)))}
}

func (g *group) leadOf(k kind, seeker int) int {
	switch {
	case k.hubLeads && seeker >= 0 && seeker != g.hub:
		return -1
	case k.hubLeads:
		return g.hub
	case seeker >= 0:
		return seeker
	}
	return g.largest(func(i int) (float64, bool) {
		s := &g.s[i]
		if !s.active || !g.room(i) || k.partners > 0 && s.psi < g.of("bypassed") {
			return 0, false
		}
		worth := (1 + g.of("deal.value_technology")*s.tau) * (1 + g.of("manager.squeak")*s.a) / float64(1+s.omega) * s.psi * g.finished(i) * g.promising(i, g.marketOf(i)) * g.favour(i)
		return worth, worth > 0
	})
}

func (g *group) promising(i, m int) float64 { return (g.s[i].doors[m] + 1) / (g.s[i].tried[m] + 2) }

func (g *group) marketOf(i int) (at int) {
	for m := range g.markets {
		if g.remaining(i, m)*g.promising(i, m) > g.remaining(i, at)*g.promising(i, at) {
			at = m
		}
	}
	return at
}

// remaining is the share of a market's customers that is left to an SME.
func (g *group) remaining(i, m int) float64 {
	rivals := 0.0
	for k := range g.s {
		if k != i {
			rivals += g.bond(i, k).r * g.s[k].M[m]
		}
	}
	return math.Max(0, 1-(g.s[i].M[m]+rivals)/g.markets[m].N)
}

func (g *group) known(m int) float64 {
	k := &g.markets[m]
	if k.H > 0 && g.present {
		return math.Max(k.K, g.of("markets.local_knowledge"))
	}
	return k.K
}

func (g *group) gap(m int) float64 { return g.markets[m].d * (1 - g.known(m)) }

func (g *group) learnMarket(m int, share float64) { g.markets[m].K += share * (1 - g.markets[m].K) }

// tie is that of j to i in the eyes of the nu-th customer of a lead.
func (g *group) tie(i, j, leadID, nu int) float64 {
	return g.bond(i, j).c * g.views[i][j].T * (g.of("leastNeed") + g.u1(drawNeed, pair(leadID, g.s[j].id), nu)) * g.s[j].psi
}

func (g *group) wants(k kind) int { return min(k.partners, g.actives()-1) }

// gather puts a team together; nil: it cannot be.
func (g *group) gather(k kind, lead int) []int {
	team, wants, free := []int{lead}, g.wants(k), false
	if wants == 0 {
		return team
	}
	var t [12]float64 // 0 of those that cannot join
	id, nu := g.s[lead].id, g.s[lead].nu
	for j := range g.s {
		if s := &g.s[j]; j != lead && s.active && s.psi >= g.of("bypassed") && g.room(j) {
			free = true
			t[j] = g.tie(lead, j, id, nu)
		}
	}
	if !free || g.s[lead].psi < g.of("bypassed") {
		return nil
	}
	for len(team) <= wants {
		best, most := -1, 0.0
		for j := range t {
			if v := t[j]; v > 0 && (k.fixed || v >= g.of("joint.minimum")) && v*g.favour(j) > most {
				best, most = j, v*g.favour(j)
			}
		}
		if best < 0 {
			break
		}
		t[best] = 0
		team = append(team, best)
		for j := range t {
			if t[j] > 0 && !k.star {
				t[j] = math.Min(t[j], g.tie(best, j, id, nu))
			}
		}
	}
	return team
}

// approach is the opportunity that an approach opens; nil: none.
func (g *group) approach(t *search, quality, known float64) *opportunity {
	p, lead := g.of, &g.s[t.team[0]]
	o := &opportunity{kind: t.kind, team: t.team, leadID: lead.id, nu: lead.nu, m: t.m, opened: g.w, since: g.w, lastMeeting: g.w, lastContact: g.w}
	lead.nu++
	lead.tried[t.m]++
	if !t.own {
		g.tried[t.kind.number]++
	}
	exists, some := g.u(drawExistence, o.leadID, o.nu)
	if exists >= g.demand(o) || some >= g.remaining(t.team[0], t.m) {
		return nil
	}
	lead.M[t.m]++
	o.luck = exp(p("deal.value_spread") * normal(g.u1(drawValue, o.leadID, o.nu)))
	g.assess(o)
	if g.u1(drawDoor, o.leadID, o.nu) >= quality*((1-g.gap(t.m))*(1-(1-grasp(known, o.chi))*(1-p("manager.expertise")))) {
		return nil
	}
	lead.doors[t.m]++
	g.opps = append(g.opps, o)
	g.promise(o, func(int, int) {})
	for _, i := range o.team {
		g.s[i].omega++
		g.expect(i, o)
	}
	return o
}

func (g *group) fitOf(o *opportunity) float64 {
	return g.meanOf(o.team, func(s *sme) float64 { return s.fit[o.m] })
}

func (g *group) tauOf(o *opportunity) float64 {
	return g.meanOf(o.team, func(s *sme) float64 { return s.tau })
}

func (g *group) demand(o *opportunity) float64 {
	p := g.of
	phi, component := g.fitOf(o), p("deal.component")*g.s[o.team[0]].q
	if g.wants(o.kind) == 0 || g.sc.off == "bundle-demand" {
		return phi * (1 - component)
	}
	if len(o.team) == 1 {
		return 0
	}
	c, n := 0.0, 0.0
	o.eachLink(func(i, j int) {
		c += g.bond(i, j).c
		n++
	})
	if o.kind.fixed {
		n = float64(o.kind.partners)
	}
	c /= n
	k := float64(len(o.team) - 1)
	whole := math.Sqrt(math.Min(1, o.kind.D/p("fullSystem")))
	few := p("deal.range") * whole
	broad := k * k / (k*k + few*few)
	return phi * c * (1 - whole*(1-g.tauOf(o))) * broad * (1 - component*(1-c))
}

func grasp(known, chi float64) float64 {
	chi = math.Min(1, chi)
	return 1 - 2*chi/(1+chi)*(1-known)
}

func (g *group) assess(o *opportunity) {
	p, n, tau := g.of, float64(len(o.team)), g.tauOf(o)
	parties := n
	if g.sc.off == "offer-size" {
		parties = 1
	}
	o.phi = g.fitOf(o)
	o.chi = tau + o.kind.gamma*(n-1)
	o.needed = math.Min(p("mostTrust"), p("customer.trust_base")+p("customer.trust_slope")*o.chi)
	o.v = parties * p("deal.value_base") * (1 + p("deal.value_technology")*tau) * o.luck
	covered := 1.0
	for _, j := range o.team[1:] {
		l := g.bond(o.team[0], j)
		covered += l.c * math.Min(1, l.J/p("fullSystem"))
	}
	x := math.Min(1, covered/(1+p("deal.bases")*tau*tau*tau))
	o.g = x * math.Sqrt(x)
}

func (g *group) roundsOf(o *opportunity) int {
	return 1 + int(math.Ceil(g.of("deal.rounds_slope")*o.chi))
}

// expect is 7.16's expectation from an opportunity.
func (g *group) expect(i int, o *opportunity) {
	p, s := g.of, &g.s[i]
	naive := 2 * (1 - s.rho) * p("commitment.naive_lag")
	realism := p("norms.realism") + (1-p("norms.realism"))*g.clarity()*p("clarityEffect")
	lead, joint := -log(1-math.Min(o.needed, p("mostTrust")))/(p("usualMeeting")*p("customer.trust_rate"))*p("customer.meeting_every"), 0.0
	if len(o.team) > 1 {
		joint = o.kind.D / p("usualJointHours")
	}
	lead = math.Max(lead, joint) + float64(g.roundsOf(o))*p("deal.round_every")
	s.L = math.Max(s.L, naive+realism*math.Max(0, lead-naive))
}
