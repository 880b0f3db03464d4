package replica

import "math"

func (g *group) bad(i, j int, weight float64) { g.l[i][j].beta += g.numbers["trust.loss"] * weight }

func (g *group) roundsAndMeetings() {
	p := g.numbers
	for _, o := range g.opps {
		if o.stage != negotiating || o.rounds == 0 || g.w < o.next {
			continue
		}
		missing := false
		for _, i := range o.team {
			if g.s[i].left < p["deal.round_hours"] {
				missing = true
				for _, j := range o.team {
					if j != i {
						g.bad(j, i, p["trust.weight"])
					}
				}
			}
		}
		o.next = g.w + 1
		if missing {
			continue
		}
		for _, i := range o.team {
			g.s[i].left -= p["deal.round_hours"]
			g.experience(i, p["learning.round_gain"])
		}
		o.rounds--
		o.next = g.w + int(p["deal.round_every"])
		o.lastContact = g.w
	}
	for _, o := range g.opps {
		switch {
		case o.stage > preparing:
		case o.met:
			for _, i := range o.team {
				if s := &g.s[i]; s.left >= p["customer.attend_hours"] {
					s.left -= p["customer.attend_hours"]
					g.experience(i, p["learning.meeting_gain"])
					s.R += p["commitment.credit_meeting"]
					o.present++
				}
			}
		case float64(g.w-o.lastMeeting) >= p["customer.alone_after"]:
			if i := g.best(o.team); g.s[i].left >= p["customer.alone_hours"] {
				g.s[i].left -= p["customer.alone_hours"]
				g.experience(i, p["learning.meeting_gain"])
				o.alone = true
			}
		}
	}
}

func (g *group) best(team []int) int {
	at := team[0]
	for _, i := range team {
		if g.s[i].e > g.s[at].e {
			at = i
		}
	}
	return at
}

func (g *group) answers() {
	p := g.numbers
	for i := range g.s {
		if s := &g.s[i]; g.present && s.active {
			h := math.Min(s.left, p["learning.question"]*p["norms.support"]*math.Min(1, 2*(1-s.k)))
			s.left -= h
			s.k += math.Min(1, p["learning.product"]/(1+2*s.tau+s.q)*h) * (1 - s.k)
		}
	}
}

func (g *group) jointWork() {
	if len(g.links) == 0 {
		return
	}
	p := g.numbers
	chose := make([][2]bool, len(g.links))
	into := make([]int, len(g.s))
	for k, l := range g.links {
		if g.s[l[0]].left < 1 || g.s[l[1]].left < 1 {
			continue
		}
		for side := range l {
			i, j := l[side], l[1-side]
			lower, higher := g.u(jointWork, ordered(g.s[i].id, g.s[j].id), g.w)
			u := lower
			if g.s[i].id > g.s[j].id {
				u = higher
			}
			t := p["joint.temptation"]
			if g.l[l[0]][l[1]].mediated {
				t *= 1 - p["joint.mediation_effect"]
			}
			x := g.s[i].kappa*g.l[i][j].T*(0.5+2*p["norms.sharing"]*g.l[i][j].c) - g.l[i][j].r*(1-p["norms.sharing"]) - t
			if u < 1/(1+exp(-x/p["joint.noise"])) {
				chose[k][side] = true
				into[i]++
			}
		}
	}
	if g.hub >= 0 && g.w < g.P {
		g.hubLeft += g.s[g.hub].left
		g.hubWeeks++
	}
	y := make([]float64, len(g.s))
	for i := range g.s {
		y[i] = math.Min(p["joint.link_hours"], g.s[i].left/math.Max(1, float64(into[i])))
	}
	for k, l := range g.links {
		i, j := l[0], l[1]
		a, b := &g.l[i][j], &g.l[j][i]
		for side := range l {
			if chose[k][side] {
				g.s[l[side]].left -= math.Min(g.s[l[side]].left, y[l[side]])
			}
		}
		switch {
		case chose[k][0] && chose[k][1]:
			practice := float64(a.acts) / (float64(a.acts) + p["joint.practice_acts"])
			pace := 1 - p["joint.pace"]*math.Abs(g.s[i].rho-g.s[j].rho)*(1-practice)
			a.J += math.Sqrt(y[i]*y[j]) * (0.5 + 0.5*a.c) * (1 + p["joint.practice"]*practice) * pace
			a.acts++
			b.J, b.acts = a.J, a.acts
			a.alpha += p["trust.weight"]
			b.alpha += p["trust.weight"]
			g.joint += y[i] + y[j]
			g.acts++
		case chose[k][0]:
			g.bad(i, j, p["trust.weight"])
		case chose[k][1]:
			g.bad(j, i, p["trust.weight"])
		}
	}
}

func (g *group) ownSearch() {
	p := g.numbers
	for i := range g.s {
		s := &g.s[i]
		leads := g.weights[0] > 0 || g.weights[1] > 0 || i == g.hub
		if !s.active || float64(g.w-s.sought) < p["customer.alone_after"] || float64(s.omega) >= p["manager.open_limit"] || !leads {
			continue
		}
		h := math.Min(s.left, math.Min(p["customer.search_hours"], math.Max(0, math.Max(p["manager.prospect"]*g.perMember(12), s.goal)-s.B)))
		s.left -= h
		s.B += h
		if s.B < math.Max(s.goal, p["manager.prospect"]) {
			continue
		}
		t := g.plan(i)
		switch {
		case t == nil:
			s.goal = 0
		case s.B < t.cost:
			s.goal = t.cost
		default:
			s.B -= t.cost
			s.goal = 0
			g.approach(t, p["customer.alone_quality"]*s.e, 1)
		}
	}
}

func (g *group) fairs() {
	if !g.fair {
		return
	}
	p := g.numbers
	var came []int
	for i := range g.s {
		if s := &g.s[i]; s.active && g.u1(activity, s.id, g.w) < s.kappa {
			came = append(came, i)
			s.left -= math.Min(s.left, p["manager.activity"]*2/3)
			g.experience(i, p["learning.meeting_gain"])
		}
	}
	for _, i := range came {
		for _, j := range came {
			if i != j {
				g.l[i][j].alpha += p["trust.light"]
			}
		}
	}
	g.learnMarket(g.w/13%len(g.markets), p["learning.market_trip"])
}

func (g *group) trusts() {
	keep, beta0 := 1-g.numbers["trust.drift"], 2*g.numbers["trust.prior"]*(1-g.numbers["trust.start"])
	for i := range g.s {
		sum, n := 0.0, 0.0
		for j := range g.s {
			if i == j {
				continue
			}
			l := &g.l[i][j]
			l.alpha = l.alpha0 + keep*(l.alpha-l.alpha0)
			l.beta = beta0 + keep*(l.beta-beta0)
			l.T = l.alpha / (l.alpha + l.beta)
			if g.s[j].active {
				sum += l.T
				n++
			}
		}
		g.s[i].tbar = 0.5
		if n > 0 {
			g.s[i].tbar = sum / n
		}
	}
}

func (g *group) finish(o *opportunity, stage int) {
	o.stage = stage
	for _, i := range o.team {
		g.s[i].omega--
	}
}

func (g *group) advance() {
	p := g.numbers
	for _, o := range g.opps {
		if o.stage <= preparing {
			if o.met || o.alone {
				g.meet(o)
			}
			if o.stage == building && o.u >= o.needed {
				o.stage, o.since = preparing, g.w
			}
			if o.stage == preparing {
				g.prepare(o)
			}
		} else if o.rounds == 0 {
			floor := p["deal.experience_floor"]
			chance := o.phi * o.g * (floor + (1-floor)*g.meanOf(o.team, func(s *sme) float64 { return s.e })) * math.Min(1, o.u/o.needed)
			if _, u := g.u(value, o.leadID, o.nu); u < chance {
				g.finish(o, won)
				g.deal(o)
			} else {
				g.finish(o, lost)
			}
		}
		if o.stage < won && g.w-o.lastContact >= int(p["customer.cold"]) {
			g.finish(o, lost)
		}
	}
	g.clear()
}

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
	p := g.numbers
	quality, presence := p["customer.alone_quality"]*g.s[g.best(o.team)].e, 1.0
	if o.met {
		quality = p["manager.skill"] * (0.5 + 0.5*g.meanOf(o.team, func(s *sme) float64 { return s.k }))
		presence = float64(o.present) / float64(len(o.team))
	}
	d := p["customer.trust_rate"] * (1 - o.u) * quality * (1 - 0.5*g.gap(o.m)) * (1 - p["learning.share"] + p["learning.share"]*presence)
	o.u += d
	if o.met {
		o.V = (o.V + p["customer.vesting"]*d) * (1 - p["customer.handover"]*presence)
	}
	o.lastMeeting, o.lastContact = g.w, g.w
	g.learnMarket(o.m, p["learning.market_meeting"])
}

func (g *group) prepare(o *opportunity) {
	p := g.numbers
	ready := true
	g.linksOf(o, func(i, j int) { ready = ready && g.l[i][j].J >= o.kind.D })
	if !ready {
		if g.w-o.since >= int(p["customer.patience"]) {
			g.finish(o, lost)
		}
		return
	}
	g.assess(o)
	g.linksOf(o, func(i, j int) {
		g.l[i][j].J -= p["joint.specific"] * o.kind.D
		g.l[j][i].J = g.l[i][j].J
	})
	o.stage, o.lastContact = negotiating, g.w
	o.rounds, o.next = g.rounds(o), g.w+int(p["deal.round_every"])
	g.offers++
	for _, i := range o.team {
		g.s[i].R += p["commitment.credit_offer"]
	}
}

// sale books a first order (0) or a repeat one (1).
func (g *group) sale(team []int, v float64, which int) {
	for _, i := range team {
		s := &g.s[i]
		s.sold += v / float64(len(team))
		s.value[which] += v / float64(len(team))
		if q := g.w/13 + 1; g.w < g.P && q != s.lastQuarter {
			s.lastQuarter = q
			s.quarters++
		}
	}
}

func (g *group) deal(o *opportunity) {
	g.deals++
	g.dealValue += o.v
	if g.firstDeal < 0 {
		g.firstDeal = g.w
	}
	if o.openAtEnd {
		g.rescued += o.v
	}
	g.sale(o.team, o.v, 0)
	for _, i := range o.team {
		g.s[i].R++
		g.experience(i, g.numbers["learning.deal_gain"])
	}
	c := &customer{team: append([]int(nil), o.team...), leadID: o.leadID, nu: o.nu, v: o.v, s: 0.5 + 0.5*o.u, V: o.V}
	g.schedule(c)
	g.buyers = append(g.buyers, c)
}

func (g *group) schedule(c *customer) {
	u := g.u1(order, c.leadID, 65536*c.nu+c.n)
	c.due = g.w + max(1, int(g.numbers["orders.every"]*(0.5+u)))
}

func (g *group) orderWeek() {
	p := g.numbers
	var stay []*customer
	for _, c := range g.buyers {
		if c.due != g.w {
			stay = append(stay, c)
			continue
		}
		at := 65536*c.nu + c.n
		if g.u1(churn, c.leadID, at) < p["orders.churn"] {
			continue
		}
		stay = append(stay, c)
		if _, u := g.u(order, c.leadID, at); u < c.s {
			v := p["orders.share"] * c.v
			g.orders++
			g.orderValue += v
			g.sale(c.team, v, 1)
			for _, i := range c.team {
				s := &g.s[i]
				s.R += p["commitment.credit_order"]
				if g.u1(delivery, pair(c.leadID, s.id), at) < p["orders.strain"]*s.z*(1-s.kappa) {
					c.s = math.Max(0, c.s-p["orders.failure"])
					for _, j := range c.team {
						if j != i {
							g.bad(j, i, p["trust.weight"])
						}
					}
				}
			}
		}
		c.n++
		g.schedule(c)
	}
	g.buyers = stay
}
