package replica

import "math"

// 7.16

func achieved(s *sme) float64 {
	if s.R < s.E {
		return s.R / s.E
	}
	return 1
}

func (g *group) weightsOf() (results, fairness, trust float64) {
	return g.of("weightResults"), g.of("commitment.weight_fairness"), g.of("commitment.weight_trust")
}

func (g *group) feelings() {
	p := g.of
	for i := range g.s {
		s := &g.s[i]
		s.flow += 1.0 / 52 * (s.sold - s.flow)
		s.relations += 1.0 / 52 * (s.again - s.relations)
		s.R *= 1 - 1/p("commitment.leak")
		s.E *= 1 - 1/p("commitment.leak")
		if float64(g.w-s.joined) > s.L {
			s.E += p("norms.ambition") / 52
		}
		s.G += 1 / p("quarter") * (s.got - s.G)
		part := 0.0
		if s.h != 0 {
			part = 1 / s.h
		}
		s.busy += 1 / p("quarter") * ((s.A-s.left)*part - s.busy)
		s.received += s.got
		s.got, s.sold, s.again = 0, 0, 0
	}
	if mean := g.meanActive(func(s *sme) float64 { return s.G }); g.present && g.quarterEnds() {
		for i := range g.s {
			s, f := &g.s[i], 1.0
			if !s.active {
				continue
			}
			if mean != 0 {
				f = s.G / mean
			}
			_, u := g.u(drawActivity, s.id, g.w)
			s.F = clamp(f+p("fairnessError")*normal(u), 0, 1)
			s.fair += s.F
			s.seen++
		}
	}
	wr, wf, wt := g.weightsOf()
	for i := range g.s {
		s := &g.s[i]
		if !s.active {
			continue
		}
		s.S = math.Max(0, (wr*achieved(s)+wf*s.F+wt*s.tbar)/(wr+wf+wt)-p("commitment.hours_cost")*s.busy)
		rate := p("commitment.up")
		if s.S < s.kappa {
			rate = p("commitment.down")
		}
		s.kappa = clamp(s.kappa+rate*(s.S-s.kappa), 0, 1)
	}
}

// 7.17

func (g *group) bypass() {
	if !g.quarterEnds() {
		return
	}
	for i := range g.s {
		if s := &g.s[i]; s.active && s.psi < g.of("bypassed") {
			g.takeOut(i, negotiating)
			if i == g.hub {
				g.hub = g.elect()
			}
		}
	}
}

func (g *group) members() {
	p := g.of
	wr, wf, wt := g.weightsOf()
	for i := range g.s {
		s := &g.s[i]
		if !s.active {
			continue
		}
		reason := 3
		if s.kappa < p("commitment.passive") {
			all := [4]float64{wr * (1 - achieved(s)), wf * (1 - s.F), wt * (1 - s.tbar), p("commitment.hours_cost") * s.busy * (wr + wf + wt)}
			reason = 0
			for k := range all {
				if all[k] > all[reason] {
					reason = k
				}
			}
		} else if own, grown := g.u(drawTurnover, s.id, g.w); !g.quarterEnds() {
			continue
		} else if own >= p("group.turnover")*p("quarter")/52 {
			if grown >= p("group.graduation")*p("quarter")/52 || !g.outgrown(i) {
				continue
			}
			reason, s.graduated = 4, true
		}
		g.withdrawn[reason]++
		if reason < 4 && g.present {
			g.left++
		}
		s.until, s.why = g.w+1, reason
		s.active = false
		g.takeOut(i, won)
		if p("group.open") == 1 {
			g.replace(i)
		}
		if i == g.hub {
			g.hub = g.elect()
		}
	}
}

// takeOut takes an SME out of open opportunities; those that it leads are lost
// before a stage.
func (g *group) takeOut(i, before int) {
	for _, o := range g.opps {
		switch {
		case !contains(o.team, i):
		case o.team[0] != i:
			o.team = without(o.team, i)
			g.s[i].omega--
			g.substitute(o)
			g.assess(o)
		case o.stage < before:
			g.finish(o, lost)
		}
	}
	g.clear()
}

func (g *group) substitute(o *opportunity) {
	best, at := 0.0, -1
	for j := range g.s {
		if s := &g.s[j]; o.kind.fixed && s.active && s.psi >= g.of("bypassed") && !contains(o.team, j) {
			if t := g.tie(o.team[0], j, o.leadID, o.nu); t > best {
				best, at = t, j
			}
		}
	}
	if at >= 0 {
		o.team = append(o.team, at)
		g.s[at].omega++
		g.expect(at, o)
	}
}

func (g *group) replace(i int) {
	var stay []*customer
	for _, c := range g.buyers {
		if c.team[0] != i {
			c.team = without(c.team, i)
			stay = append(stay, c)
		}
	}
	g.buyers = stay
	if id := g.choose(false); id >= 0 {
		g.former = append(g.former, g.s[i].ledger)
		g.join(i, id)
		g.impress(i)
	}
}

// 7.18

func (g *group) yearly() float64 {
	return g.yearlyOf(g.of("money.manager")*g.of("manager.hours")/g.of("fullTimeManager"), float64(g.actives()))
}

func (g *group) yearlyOf(manager, n float64) float64 {
	p := g.of
	cost := manager + p("money.shared") + p("money.running")*n
	for _, m := range g.markets {
		cost += p("money.assistant") * m.H / p("fullTimeAssistant")
	}
	return cost + p("money.market")*float64(len(g.markets)-1)
}

func (g *group) costs() {
	if !g.present {
		return
	}
	week := g.yearly() / 52
	public := week * g.subsidised()
	g.public += public
	if g.promoting() {
		g.public += g.of("promoterCost") * g.of("formation.promoter") / 52
	}
	pay := week - public
	if g.reserved {
		given := math.Min(g.reserve, pay)
		g.reserve -= given
		pay -= given
	} else {
		put := g.of("money.reserve") * pay
		g.reserve += put
		pay += put
	}
	g.pay(pay)
	g.memberWeeks += float64(g.actives())
}

// 7.19

func (g *group) ending() {
	p, since := g.of, g.w-g.P
	if since < 0 || since%52 != 0 || since > 0 && !g.kept {
		return
	}
	if since == 0 {
		for _, o := range g.opps {
			g.openValue += o.v
			o.vAtEnd = o.v
		}
		g.end, g.endHours = g.books, g.hoursHad()
		g.endMeans()
	}
	n, gain := float64(g.actives()), 0.0
	for i, s := range g.s {
		if s.active && s.flow*52*p("money.margin") > g.fee(g.part(), i) {
			gain++
		}
	}
	enough := n > 0 && gain >= p("money.keep_share")*n
	g.reserved = !enough && n > 0 && g.reserve > 0 && g.reserve >= g.yearly()*(1-g.subsidised())
	if p("project.continuation") == 1 && (enough || g.reserved) {
		g.kept = true
		g.keptAtEnd = g.keptAtEnd || since == 0
		return
	}
	g.spend(idle, g.b)
	g.present, g.kept = false, false
	if g.reserve > 0 {
		g.pay(-g.reserve)
		g.reserve = 0
	}
	for _, o := range g.opps {
		o.u, o.V, o.W = math.Max(0, o.u-(o.V+o.W)), 0, 0
	}
	for _, c := range g.buyers {
		c.s, c.V, c.W = math.Max(0, c.s-(1-p("closenessValue"))*(c.V+c.W)), 0, 0
	}
}

// hoursHad is what the SMEs had so far, those that left included.
func (g *group) hoursHad() (sum float64) {
	for _, s := range g.s {
		sum += s.hours[available]
	}
	for _, s := range g.former {
		sum += s.hours[available]
	}
	return sum
}

// endMeans notes what is known of the members when the project ends.
func (g *group) endMeans() {
	n := float64(len(g.s))
	r := map[string]float64{"active_end": float64(g.actives())}
	fair, seen := 0.0, 0
	for _, s := range g.s {
		r["trust_end"] += s.tbar / n
		r["commitment_end"] += s.kappa / n
		r["experience_gained"] += (s.e - s.e0) / n
		r["regularity"] += math.Min(1, float64(s.quarters)/float64(max(1, g.P/13))) / n
		fair += s.fair
		seen += s.seen
	}
	r["fairness"] = fair / float64(max(1, seen))
	g.atTheEnd = r
}

// 7.20

func ratio(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}

func orZero(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}

func (g *group) record() {
	hours := 0.0
	for i := range g.s {
		s := &g.s[i]
		s.hours[unused] += s.left
		s.activity += s.a
		hours += s.A
		if s.active {
			s.content += s.S
			s.weeks++
		}
	}
	if g.present && g.actives() >= min(2, len(g.s)) {
		g.alive++
	}
	trust, kappa := math.NaN(), math.NaN()
	if g.actives() > 0 {
		trust, kappa = g.meanActive(func(s *sme) float64 { return s.tbar }), g.meanActive(func(s *sme) float64 { return s.kappa })
		g.trust += trust
		g.trustWeeks++
	}
	g.marks = append(g.marks, [5]float64{g.dealValue + g.orderValue, g.acts, g.expected, g.public, g.private})
	stages, u, v := [3]float64{}, 0.0, 0.0
	for _, o := range g.opps {
		stages[o.stage]++
		u += o.u
		v += o.v
	}
	note := func(name string, v float64) { g.weekly[name] = append(g.weekly[name], v) }
	note("deals", float64(g.deals))
	note("orders", float64(g.orders))
	note("value", g.dealValue+g.orderValue)
	note("value_expected", g.expected)
	note("building", stages[building])
	note("offers", stages[preparing])
	note("negotiating", stages[negotiating])
	note("open_value", v)
	note("trust", trust)
	note("commitment", kappa)
	note("customer_trust", ratio(u, float64(len(g.opps))))
	note("cooperation", orZero(ratio(g.joint-g.before.joint, g.hoursHad()-g.hadBefore)))
	note("active", float64(g.actives()))
	note("customers", float64(len(g.buyers)))
	for t, name := range []string{"administration", "further_markets", "guidance", "coordination", "joint_activities", "customer_meetings", "prospecting", "idle"} {
		note("hours_"+name, g.task[t]-g.before.task[t])
	}
	g.before, g.hadBefore = g.books, g.hoursHad()
}

func run(sc *settings, seed, replication uint64) *group {
	g := newGroup(sc, seed, replication)
	for range max(g.P, int(math.Round(52*g.of("project.horizon")))) {
		g.step()
	}
	return g
}

func week(w int) float64 {
	if w < 0 {
		return math.NaN()
	}
	return float64(w + 1)
}

func (g *group) outcomes() map[string]float64 {
	p, r, e := g.of, g.atTheEnd, &g.end
	n := float64(len(g.s))
	total := g.dealValue + g.orderValue
	r["value_project"], r["value_total"] = e.dealValue+e.orderValue, total
	r["value_after"] = total - r["value_project"]
	r["deals_project"], r["deals_total"], r["orders_total"] = float64(e.deals), float64(g.deals), float64(g.orders)
	r["value_project_expected"], r["value_total_expected"] = e.expected, g.expected
	r["never_sells"] = 0
	if g.deals == 0 {
		r["never_sells"] = 1
	}
	for k, name := range []string{"weeks_trust", "weeks_offer", "weeks_negotiation"} {
		r[name] = ratio(g.stageWeeks[k], float64(g.deals))
	}
	r["first_deal_week"], r["first_joint_deal_week"] = week(g.firstDeal), week(g.firstJoint)
	r["open_at_end"], r["rescued"], r["stranded"] = g.openValue, g.rescued, math.Max(0, g.openValue-g.rescued)
	r["offers_project"] = float64(e.offers)
	r["cooperation"] = orZero(ratio(e.joint, g.endHours))
	r["trust_mean"] = ratio(e.trust, e.trustWeeks)
	for k, name := range []string{"results", "unfair", "distrust", "own"} {
		r["withdrawn_"+name] = float64(e.withdrawn[k])
	}
	r["hub_spare"] = ratio(e.hubLeft, e.hubWeeks)
	r["doors_per_hour"] = ratio(float64(e.opened), e.task[prospecting])
	r["meeting_share"] = ratio(e.task[meetings], e.granted)
	r["coordination_share"] = ratio(e.task[coordination], e.granted)
	r["prospecting_share"] = ratio(e.task[prospecting], e.granted)
	r["idle_share"] = ratio(e.task[idle], e.granted)
	r["public_cost"], r["private_cost"] = g.public, g.private
	r["cost_per_deal"] = ratio(g.public+g.private, float64(g.deals))
	r["value_per_public_euro"] = ratio(total, g.public)
	r["value_per_hour"] = ratio(r["value_project"], e.granted)
	r["self_sustaining"] = math.NaN()
	if g.P >= 52 && g.w >= g.P+104 {
		r["self_sustaining"] = 1
		for k := range 2 {
			last, now := g.marks[g.P][k]-g.marks[g.P-52][k], g.marks[g.P+104][k]-g.marks[g.P+52][k]
			if now <= 0 || now < p("lastsShare")*last*(1-1e-9) {
				r["self_sustaining"] = 0
			}
		}
	}
	r["kept_manager"] = 0
	if g.keptAtEnd {
		r["kept_manager"] = 1
	}
	r["goal_score"] = ratio(p("goals.sales")*math.Min(1, r["value_project"]/(p("targetSales")*(float64(g.P)/52)*n))+
		p("goals.cooperation")*math.Min(1, r["cooperation"]/p("targetJoint"))+
		p("goals.learning")*math.Min(1, math.Max(0, r["experience_gained"])/p("targetLearning")), p("goals.sales")+p("goals.cooperation")+p("goals.learning"))
	var sum, apart, a, v, aa, vv, av float64
	for i, s := range g.s {
		x := s.value[0] + s.value[1]
		sum += x
		for _, o := range g.s[:i] {
			apart += math.Abs(x - (o.value[0] + o.value[1]))
		}
		a += s.activity
		v += s.received
	}
	a, v = a/n, v/n
	for _, s := range g.s {
		aa += (s.activity - a) * (s.activity - a)
		vv += (s.received - v) * (s.received - v)
		av += (s.activity - a) * (s.received - v)
	}
	r["inequality"] = ratio(apart, n*sum)
	r["activity_correlation"] = math.NaN()
	if n >= 3 {
		r["activity_correlation"] = ratio(av, math.Sqrt(aa)*math.Sqrt(vv))
	}
	r["complementarity"], r["technology"] = g.mean[0], g.mean[1]
	g.lasting(r)
	return r
}
