package replica

import "math"

func achieved(s *sme) float64 {
	if s.R < s.E {
		return s.R / s.E
	}
	return 1
}

func (g *group) feelings() {
	p := g.numbers
	for i := range g.s {
		s := &g.s[i]
		s.flow += 1.0 / 52 * (s.sold - s.flow)
		s.R *= 1 - 1/p["commitment.leak"]
		s.E *= 1 - 1/p["commitment.leak"]
		if float64(g.w-s.joined) > s.L {
			s.E += p["norms.ambition"] / 52
		}
		s.G += 1 / p["commitment.fairness_weeks"] * (s.got - s.G)
		s.sumG += s.got
		s.got, s.sold = 0, 0
	}
	if g.w%13 == 12 && g.present {
		sum := 0.0
		for _, s := range g.s {
			if s.active {
				sum += s.G
			}
		}
		for i := range g.s {
			s := &g.s[i]
			if !s.active {
				continue
			}
			f := 1.0
			if sum > 0 {
				f = s.G / (sum / float64(g.actives()))
			}
			_, u := g.u(activity, s.id, g.w)
			s.F = clamp(f+p["commitment.fairness_error"]*normal(u), 0, 1)
			s.fair += s.F
			s.fairLooks++
		}
	}
	wr, wf, wt := p["commitment.weight_results"], p["commitment.weight_fairness"], p["commitment.weight_trust"]
	for i := range g.s {
		s := &g.s[i]
		if !s.active {
			continue
		}
		s.S = (wr*achieved(s) + wf*s.F + wt*s.tbar) / (wr + wf + wt)
		rate := p["commitment.up"]
		if s.S < s.kappa {
			rate = p["commitment.down"]
		}
		s.kappa = clamp(s.kappa+rate*(s.S-s.kappa), 0, 1)
	}
}

func (g *group) members() {
	p := g.numbers
	open := p["group.open"] == 1
	for i := range g.s {
		s := &g.s[i]
		if !s.active {
			continue
		}
		disappointed := s.kappa < p["commitment.passive"]
		if !disappointed && !(open && g.u1(turnover, s.id, g.w) < p["group.turnover"]/52) {
			continue
		}
		reason := 3
		if disappointed {
			all := [3]float64{p["commitment.weight_results"] * (1 - achieved(s)), p["commitment.weight_fairness"] * (1 - s.F), p["commitment.weight_trust"] * (1 - s.tbar)}
			reason = 0
			for k := range all {
				if all[k] > all[reason] {
					reason = k
				}
			}
		}
		g.withdrawn[reason]++
		s.active = false
		g.takeOut(i)
		if open {
			g.replace(i)
		}
		if g.hub == i {
			g.hub = g.elect()
		}
	}
}

func without(team []int, i int) (rest []int) {
	for _, j := range team {
		if j != i {
			rest = append(rest, j)
		}
	}
	return rest
}

func (g *group) takeOut(i int) {
	for _, o := range g.opps {
		rest := without(o.team, i)
		switch {
		case len(rest) == len(o.team):
			continue
		case o.team[0] == i:
			g.finish(o, lost)
			continue
		}
		g.s[i].omega--
		o.team = rest
		if o.kind.fixed {
			best, at := -1.0, -1
			for j, s := range g.s {
				if !s.active || len(without(rest, j)) < len(rest) {
					continue
				}
				if t := g.tie(rest[0], j, rest[0], o.nu); t > best {
					best, at = t, j
				}
			}
			if at >= 0 {
				o.team = append(o.team, at)
				g.s[at].omega++
				g.expect(at, o) // from the offer as it was before the change
			}
		}
		g.assess(o)
	}
	g.clear()
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
		g.former = append(g.former, g.s[i])
		g.join(i, id)
	}
}

func (g *group) yearly() float64 {
	p := g.numbers
	cost := p["money.manager"]*p["manager.hours"]/32 + p["money.running"]*float64(g.actives())
	for _, m := range g.markets {
		cost += p["money.assistant"] * m.H / 20
	}
	return cost + p["money.market"]*float64(len(g.markets)-1)
}

func (g *group) costs() {
	if !g.present {
		return
	}
	week, public := g.yearly()/52, 0.0
	if g.w < g.P {
		public = week * g.numbers["project.subsidy"]
	}
	g.public += public
	g.private += week - public
}

func (g *group) avail() (sum float64) {
	for _, s := range g.s {
		sum += s.sumAvail
	}
	for _, s := range g.former {
		sum += s.sumAvail
	}
	return sum
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}

func zero(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}

func (g *group) openValue() (sum float64) {
	for _, o := range g.opps {
		sum += o.v
	}
	return sum
}

func (g *group) record() {
	trust, kappa, u := 0.0, 0.0, 0.0
	n := float64(g.actives())
	for i := range g.s {
		s := &g.s[i]
		s.sumA += s.a
		if s.active {
			trust += s.tbar
			kappa += s.kappa
		}
	}
	if n > 0 {
		trust, kappa = trust/n, kappa/n
	}
	g.trust += trust
	g.weeks++
	g.marks[g.w+1] = [2]float64{g.dealValue + g.orderValue, float64(g.acts)}
	note := func(name string, v float64) { g.weekly[name] = append(g.weekly[name], v) }
	stages := [3]float64{}
	for _, o := range g.opps {
		stages[o.stage]++
		u += o.u
	}
	note("deals", float64(g.deals))
	note("orders", float64(g.orders))
	note("value", g.dealValue+g.orderValue)
	note("building", stages[building])
	note("offers", stages[preparing])
	note("negotiating", stages[negotiating])
	note("open_value", g.openValue())
	note("trust", trust)
	note("commitment", kappa)
	note("customer_trust", ratio(u, float64(len(g.opps))))
	note("cooperation", zero(ratio(g.joint-g.before.joint, g.avail()-g.availBefore)))
	note("active", n)
	note("customers", float64(len(g.buyers)))
	for t, name := range []string{"administration", "further_markets", "guidance", "coordination", "joint_activities", "customer_meetings", "prospecting", "idle"} {
		note("hours_"+name, g.task[t]-g.before.task[t])
	}
	g.before, g.availBefore = g.books, g.avail()
}

func (g *group) ending() {
	p := g.numbers
	since := g.w - g.P
	if since < 0 || since%52 != 0 || since > 0 && !g.kept {
		return
	}
	if since == 0 {
		g.openAtEnd = g.openValue()
		for _, o := range g.opps {
			o.openAtEnd = true
		}
		g.end, g.endAvail = g.books, g.avail()
		g.endOutcomes = g.atEnd()
	}
	n, gain := float64(g.actives()), 0.0
	for _, s := range g.s {
		if s.active && s.flow*52*p["money.margin"] > g.yearly()/n {
			gain++
		}
	}
	if p["project.continuation"] == 1 && n > 0 && gain >= p["money.keep_share"]*n {
		g.kept = true
		g.keptAtEnd = g.keptAtEnd || since == 0
		return
	}
	g.spend(idle, g.b)
	g.present, g.kept = false, false
	for _, o := range g.opps {
		o.u, o.V = math.Max(0, o.u-o.V), 0
	}
	for _, c := range g.buyers {
		c.s, c.V = math.Max(0, c.s-0.5*c.V), 0
	}
}

// atEnd is what is noted of the members when the project ends.
func (g *group) atEnd() map[string]float64 {
	n := float64(len(g.s))
	r := map[string]float64{"active_end": float64(g.actives())}
	fair, looks := 0.0, 0
	for _, s := range g.s {
		r["trust_end"] += s.tbar / n
		r["commitment_end"] += s.kappa / n
		r["experience_gained"] += (s.e - s.e0) / n
		r["regularity"] += math.Min(1, float64(s.quarters)/float64(max(1, g.P/13))) / n
		fair += s.fair
		looks += s.fairLooks
	}
	r["fairness"] = fair / float64(max(1, looks))
	return r
}

func run(sc *scenario, seed, replication uint64) (map[string]float64, map[string][]float64) {
	g := newGroup(sc, seed, replication)
	for range g.P + int(math.Round(52*sc.p["project.followup"])) {
		g.step()
	}
	return g.outcomes(), g.weekly
}

func (g *group) outcomes() map[string]float64 {
	p, r, e := g.numbers, g.endOutcomes, &g.end
	n := float64(len(g.s))
	total := g.dealValue + g.orderValue
	r["value_project"], r["value_total"] = e.dealValue+e.orderValue, total
	r["value_after"] = total - r["value_project"]
	r["deals_project"], r["deals_total"], r["orders_total"] = float64(e.deals), float64(g.deals), float64(g.orders)
	r["first_deal_week"] = math.NaN()
	if g.firstDeal >= 0 {
		r["first_deal_week"] = float64(g.firstDeal + 1)
	}
	r["open_at_end"], r["rescued"], r["stranded"] = g.openAtEnd, g.rescued, g.openAtEnd-g.rescued
	r["offers_project"] = float64(e.offers)
	r["cooperation"] = zero(ratio(e.joint, g.endAvail))
	r["trust_mean"] = e.trust / float64(e.weeks)
	for k, name := range []string{"results", "unfair", "distrust", "own"} {
		r["withdrawn_"+name] = float64(e.withdrawn[k])
	}
	r["hub_spare"] = ratio(e.hubLeft, float64(e.hubWeeks))
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
		a, b, c, d := g.marks[g.P-52], g.marks[g.P], g.marks[g.P+52], g.marks[g.P+104]
		r["self_sustaining"] = 1
		for k := range a {
			if now := d[k] - c[k]; now <= 0 || now < 0.5*(b[k]-a[k]) {
				r["self_sustaining"] = 0
			}
		}
	}
	r["kept_manager"] = 0
	if g.keptAtEnd {
		r["kept_manager"] = 1
	}
	r["goal_score"] = ratio(p["goals.sales"]*math.Min(1, r["value_project"]/(100*(float64(g.P)/52)*n))+
		p["goals.cooperation"]*math.Min(1, r["cooperation"]/0.1)+
		p["goals.learning"]*math.Min(1, math.Max(0, r["experience_gained"])/0.2), p["goals.sales"]+p["goals.cooperation"]+p["goals.learning"])
	sum, apart := 0.0, 0.0
	var a, v, aa, vv, av float64
	for i, s := range g.s {
		sum += s.value[0] + s.value[1]
		for j := 0; j < i; j++ {
			apart += math.Abs(s.value[0] + s.value[1] - (g.s[j].value[0] + g.s[j].value[1]))
		}
		a += s.sumA
		v += s.sumG
	}
	a, v = a/n, v/n
	for _, s := range g.s {
		aa += (s.sumA - a) * (s.sumA - a)
		vv += (s.sumG - v) * (s.sumG - v)
		av += (s.sumA - a) * (s.sumG - v)
	}
	r["inequality"] = ratio(apart, n*sum)
	r["activity_correlation"] = math.NaN()
	if n >= 3 {
		r["activity_correlation"] = ratio(av, math.Sqrt(aa)*math.Sqrt(vv))
	}
	r["complementarity"], r["technology"] = g.mean[0], g.mean[1]
	return r
}
