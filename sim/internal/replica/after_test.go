package replica

import "math"

func (g *group) good(i, j int, weight float64) { g.views[i][j].alpha += weight }

func (g *group) bad(i, j int, weight float64) { g.views[i][j].beta += g.of("trust.loss") * weight }

// 7.7

func (g *group) rounds() {
	p := g.of
	for _, o := range g.opps {
		if o.stage != negotiating || g.w < o.next {
			continue
		}
		s := 1 - o.f
		for _, i := range o.team {
			g.ask(i, p("deal.round_hours"))
			s = math.Min(s, g.s[i].left/p("deal.round_hours"))
		}
		o.next = g.w + 1
		if s <= 0 {
			for _, i := range o.team {
				for _, j := range o.team {
					if i != j && g.s[i].left <= 0 {
						g.bad(j, i, p("trust.weight"))
					}
				}
			}
			continue
		}
		for _, i := range o.team {
			g.use(i, inRounds, s*p("deal.round_hours"))
			g.learn(i, p("roundTeaches")*p("learning.meeting_gain")*s)
		}
		o.lastContact = g.w
		if s < 1-o.f {
			o.f += s
			continue
		}
		o.f = 0
		o.rounds--
		o.next = g.w + int(p("deal.round_every"))
	}
}

// 7.8

func (g *group) attendAs(i int) float64 {
	h := g.of("customer.attend_hours")
	if h == 0 {
		return 1
	}
	g.ask(i, h)
	return g.use(i, inMeetings, h) / h
}

func (g *group) attend() {
	for _, o := range g.opps {
		if o.opened == g.w {
			o.neglected = g.u1(drawFollowUp, o.leadID, o.nu) >= g.attendAs(o.team[0])
		}
		if o.by == nobody {
			continue
		}
		at := g.first(o.team, func(s *sme) float64 { return s.left })
		o.spoke = g.s[at].e
		o.presence = g.attendAs(at)
		g.learn(at, g.of("learning.meeting_gain")*o.presence)
	}
}

// first is the member with the most of something, the first of equals.
func (g *group) first(team []int, f func(*sme) float64) int {
	at := team[0]
	for _, i := range team {
		if f(&g.s[i]) > f(&g.s[at]) {
			at = i
		}
	}
	return at
}

func (g *group) mostExperienced(o *opportunity) int {
	return g.first(o.team, func(s *sme) float64 { return s.e })
}

func (g *group) visits() {
	for _, o := range g.opps {
		if o.stage > preparing || o.by != nobody || float64(g.w-o.lastMeeting) < g.of("silence")*g.pause(o) {
			continue
		}
		i, h := g.mostExperienced(o), g.of("customer.alone_hours")*g.perMember(len(o.team))
		if g.s[i].left >= h {
			g.use(i, inMeetings, h)
			g.learn(i, g.of("learning.meeting_gain"))
			o.by = oneAlone
		}
	}
}

// 7.9

func (g *group) answers() {
	p := g.of
	for i := range g.s {
		if s := &g.s[i]; g.present && s.active {
			h := g.use(i, inQuestions, p("questionHours")*p("norms.support")*math.Min(1, p("askWhileUnknown")*(1-s.k)))
			s.k += math.Min(1, p("learning.product")/(1+p("complexLearning")*s.tau+s.q)*h) * (1 - s.k)
		}
	}
}

// 7.10

func (g *group) jointWork() {
	if len(g.links) == 0 {
		return
	}
	p := g.of
	var taking [][2]int
	var n, y [12]float64
	for _, l := range g.links {
		g.ask(l[0], p("joint.link_hours"))
		g.ask(l[1], p("joint.link_hours"))
		if g.s[l[0]].left >= p("leastJointHours") && g.s[l[1]].left >= p("leastJointHours") {
			taking = append(taking, l)
			n[l[0]]++
			n[l[1]]++
		}
	}
	if g.hub >= 0 {
		g.hubLeft += g.s[g.hub].left
		g.hubWeeks++
	}
	led := make([]float64, len(taking))
	for k, l := range taking {
		led[k] = 1
		if m := g.mediation(l[0], l[1]); !g.bond(l[0], l[1]).mediated && m > 0 {
			owner := g.bond(l[0], l[1]).owner
			led[k] = g.use(owner, inCoordination, math.Min(m, g.s[owner].left/2)) / m
		}
	}
	for i := range g.s {
		y[i] = math.Min(p("joint.link_hours"), g.s[i].left/n[i])
	}
	for k, l := range taking {
		g.workOn(l[0], l[1], y[l[0]], y[l[1]], led[k])
	}
}

func (g *group) workOn(i, j int, yi, yj, led float64) {
	p, l := g.of, g.bond(i, j)
	xi, xj := g.share(i, j), g.share(j, i)
	x := math.Min(xi, xj)
	if x > 0 {
		practice := l.acts / (l.acts + p("practiceActs"))
		pace := 1 - p("joint.pace")*math.Abs(g.s[i].rho-g.s[j].rho)*(1-practice)
		l.J += math.Sqrt((yi*x)*(yj*x)) * (p("gainAlone") + (1-p("gainAlone"))*l.c) * (1 + p("joint.practice")*practice) * pace * led
		l.acts += x
		g.acts += x
		g.use(i, inJoint, yi*x)
		g.use(j, inJoint, yj*x)
		g.joint += yi*x + yj*x
		g.good(i, j, p("trust.weight")*x)
		g.good(j, i, p("trust.weight")*x)
	}
	if xi > x {
		g.use(i, inWaste, yi*(xi-x))
		g.bad(i, j, p("trust.weight")*(xi-x))
	}
	if xj > x {
		g.use(j, inWaste, yj*(xj-x))
		g.bad(j, i, p("trust.weight")*(xj-x))
	}
}

// share is that of its hours which i chooses to give to joint work with j.
func (g *group) share(i, j int) float64 {
	p, s, l := g.of, &g.s[i], g.bond(i, j)
	lower, u := g.u(drawJointWork, ordered(s.id, g.s[j].id), g.w)
	if s.id < g.s[j].id {
		u = lower
	}
	pull := s.kappa * g.views[i][j].T * l.agree * (p("pullAlone") + p("pullShared")*s.sigma*l.c)
	guard := l.r * (1 - s.sigma)
	tempt := p("joint.temptation")
	if l.mediated {
		tempt *= 1 - p("joint.mediation_effect")
	}
	x := 1 / (1 + exp((guard+tempt-pull)/p("joint.noise"))*math.Sqrt((1-u)/u))
	if x < p("leastShare") {
		return 0
	}
	return x
}

// 7.11

func (g *group) ownSearch() {
	p := g.of
	for i := range g.s {
		s := &g.s[i]
		if !s.active || !g.room(i) {
			continue
		}
		most := math.Max(p("manager.prospect")*g.perMember(int(p("dearestTeam"))), s.goal)
		s.B += g.use(i, inSearch, math.Min(p("customer.search_share")*s.left, math.Max(0, most-s.B)))
		if s.B < math.Max(s.goal, p("manager.prospect")) {
			continue
		}
		t := g.plan(i, -1)
		if t == nil || len(t.team) == 1 && g.wants(t.kind) > 0 {
			t = g.search(g.kindOf(0), []int{i}, -1)
			t.own = true
		}
		s.goal = t.cost
		if s.B >= t.cost {
			s.B -= t.cost
			s.goal = 0
			g.approach(t, p("customer.alone_quality")*s.e, 1)
		}
	}
}

// 7.12

func (g *group) fairs() {
	if !g.fair {
		return
	}
	p := g.of
	var came []int
	for i := range g.s {
		if s := &g.s[i]; s.active && g.u1(drawActivity, s.id, g.w) < s.kappa*s.psi {
			came = append(came, i)
			g.use(i, inFairs, p("manager.activity")*p("activitySMEShare"))
			g.learn(i, p("learning.meeting_gain"))
		}
	}
	for _, i := range came {
		for _, j := range without(came, i) {
			g.good(i, j, p("lightExperience")*p("trust.weight"))
		}
	}
	m := g.w / int(p("quarter")) % len(g.markets)
	g.learnMarket(m, p("learning.market_trip"))
	for _, i := range came {
		for range int(p("manager.contacts")) {
			t := g.plan(i, m)
			if t == nil {
				break
			}
			g.approach(t, 1, 1)
		}
	}
}

// 7.13

func (g *group) drift() {
	keep, beta0 := 1-g.of("trustDrift"), 2*g.of("trust.prior")*(1-g.of("trust.start"))
	for i := range g.s {
		sum, n := 0.0, 0.0
		for j := range g.s {
			if i == j {
				continue
			}
			v := &g.views[i][j]
			v.alpha = v.alpha0 + keep*(v.alpha-v.alpha0)
			v.beta = beta0 + keep*(v.beta-beta0)
			v.T = v.alpha / (v.alpha + v.beta)
			if g.s[j].active {
				sum += v.T
				n++
			}
		}
		g.s[i].tbar = g.of("aloneTrust")
		if n > 0 {
			g.s[i].tbar = sum / n
		}
	}
}

// 7.14

func (g *group) advance() {
	p := g.of
	for _, o := range g.opps {
		if o.stage <= preparing && o.by != nobody {
			g.meet(o)
		}
		if o.stage == building && o.u >= o.needed {
			o.stage, o.since, o.heard = preparing, g.w, g.w
			for _, i := range o.team {
				g.s[i].R += p("commitment.credit_customer")
			}
		}
		if o.stage == preparing {
			g.offer(o)
		}
		if o.stage == negotiating && o.rounds == 0 {
			g.decide(o)
		}
		if o.stage < won && (o.neglected || g.w-o.lastContact >= int(p("customer.cold"))) {
			g.finish(o, lost)
		}
	}
	g.clear()
}

func (g *group) finish(o *opportunity, stage int) {
	o.stage = stage
	for _, i := range o.team {
		g.s[i].omega--
	}
}

// clear forgets what has ended.
func (g *group) clear() {
	var open []*opportunity
	for _, o := range g.opps {
		if o.stage < won {
			open = append(open, o)
		}
	}
	g.opps = open
}

func (g *group) meet(o *opportunity) {
	p := g.of
	understood, quality := 1.0, p("customer.alone_quality")*g.s[g.mostExperienced(o)].e
	if o.by != oneAlone {
		A := 1.0
		if o.by == theAssistant {
			A = p("markets.assistant_skill")
		}
		understood = grasp(g.meanOf(o.team, func(s *sme) float64 { return s.k })*A, o.chi)
		stranger := p("strangerMeeting")
		quality = (1 - (1-p("manager.skill"))*(1-o.spoke*o.presence)) * (stranger + (1-stranger)*understood) * A
	}
	d := p("customer.trust_rate") * (1 - o.u) * quality * (1 - g.gap(o.m))
	o.u += d
	if o.by != oneAlone {
		o.V = (o.V + p("customer.vesting")*(1-p("customer.brand"))*d) * (1 - p("handedOver")*o.presence)
		o.W = (o.W + p("customer.vesting")*p("customer.brand")*d) * (1 - p("handedOver")*o.presence)
	}
	o.lastMeeting, o.lastContact = g.w, g.w
	g.learnMarket(o.m, p("learning.market_meeting"))
	o.grasped += understood
	o.met++
}

func (g *group) offer(o *opportunity) {
	p := g.of
	ready := g.needsHelp(o)-o.help <= 0
	o.eachLink(func(i, j int) { ready = ready && g.bond(i, j).J >= o.kind.D })
	if !ready {
		if g.w-o.since >= int(p("customer.patience")) {
			g.finish(o, lost)
		}
		return
	}
	g.assess(o)
	o.eachLink(func(i, j int) { g.bond(i, j).J -= p("joint.specific") * o.kind.D })
	o.stage, o.lastContact, o.f, o.offered = negotiating, g.w, 0, g.w
	o.rounds, o.next = g.roundsOf(o), g.w+int(p("deal.round_every"))
	g.offers++
}

func (g *group) decide(o *opportunity) {
	p, understood, floor := g.of, 1.0, g.of("deal.experience_floor")
	if o.met > 0 {
		understood = o.grasped / o.met
	}
	e := g.meanOf(o.team, func(s *sme) float64 { return s.e })
	chance := o.phi * o.g * (floor + (1-floor)*e) * o.trusted() * (1 - p("deal.grasp")*(1-understood))
	g.expected += chance * o.v
	if _, u := g.u(drawValue, o.leadID, o.nu); u >= chance {
		g.finish(o, lost)
		return
	}
	g.finish(o, won)
	g.deals++
	g.dealValue += o.v
	for k, weeks := range []int{o.heard - o.opened, o.offered - o.heard, g.w - o.offered} {
		g.stageWeeks[k] += float64(weeks)
	}
	if g.firstDeal < 0 {
		g.firstDeal = g.w
	}
	if g.firstJoint < 0 && len(o.team) > 1 {
		g.firstJoint = g.w
	}
	g.rescued += o.vAtEnd
	g.sell(o.team, o.v, 0)
	for _, i := range o.team {
		g.s[i].R++
		g.learn(i, p("dealTeaches")*p("learning.meeting_gain"))
	}
	c := &customer{team: o.team, leadID: o.leadID, nu: o.nu, v: o.v, s: p("closenessValue") + (1-p("closenessValue"))*o.u, V: o.V, W: o.W}
	g.schedule(c)
	g.buyers = append(g.buyers, c)
}

// sell books a first order (0) or a repeat one (1).
func (g *group) sell(team []int, v float64, which int) {
	for _, i := range team {
		s, share := &g.s[i], v/float64(len(team))
		s.sold += share
		s.again += share * float64(which)
		s.value[which] += share
		s.sales[which]++
		if q := g.w/int(g.of("quarter")) + 1; g.w < g.P && q != s.lastQuarter {
			s.lastQuarter = q
			s.quarters++
		}
	}
}

// 7.15

func (c *customer) address() int { return 65536*c.nu + c.n }

func (g *group) schedule(c *customer) {
	u := g.u1(drawOrder, c.leadID, c.address())
	c.due = g.w + max(1, int(g.of("orders.every")*(g.of("soonestOrder")+u)))
}

func (g *group) repeatOrders() {
	p := g.of
	var stay []*customer
	for _, c := range g.buyers {
		if c.due != g.w {
			stay = append(stay, c)
			continue
		}
		if g.u1(drawChurn, c.leadID, c.address()) < p("orders.churn") {
			continue
		}
		stay = append(stay, c)
		missing := 0.0
		for _, i := range c.team {
			if !g.s[i].graduated {
				missing += 1 - g.use(i, inMeetings, p("deal.round_hours"))/p("deal.round_hours")
			}
		}
		c.s = math.Max(0, c.s-p("orders.cooling")*missing/float64(len(c.team)))
		v := p("orders.share") * c.v
		g.expected += c.s * v
		if _, u := g.u(drawOrder, c.leadID, c.address()); u < c.s {
			g.orders++
			g.orderValue += v
			g.sell(c.team, v, 1)
			for _, i := range c.team {
				g.s[i].R += p("commitment.credit_order")
			}
		}
		c.n++
		g.schedule(c)
	}
	g.buyers = stay
}
