package sim

// seekCustomers lets the manager approach new customers with the hours that
// are left, unless one in the queue is waiting for them. A search that takes
// more than there is waits until enough is saved, then it is planned anew.
func (g *Group) seekCustomers() {
	if !g.manager.present || g.manager.waiting {
		return
	}
	for max(g.manager.budget, g.assistance()) >= max(g.manager.goal, g.p.Manager.Prospect) { // no search is cheaper than that
		s, ok := g.planSearch(g.leadFor)
		g.manager.goal = s.cost
		if !ok || !g.affordable(s.market, s.cost) {
			return
		}
		g.manager.goal = 0
		able := 1.0
		if g.spendIn(s.market, TaskProspecting, s.cost, &s.team) {
			able = g.p.Markets.AssistantSkill
		}
		if g.approach(&s, able, float64(g.known(&s.team)*able)) {
			g.books.doorsOpened++
		}
	}
}

// assistance is the most hours that an assistant in any market has left.
func (g *Group) assistance() float64 {
	most := 0.0
	for j := range g.nMarket {
		most = max(most, g.markets[j].helpLeft)
	}
	return most
}

// leadFor returns the SME for which the manager seeks an opportunity of kind
// k next: the hub where the kind is led by it, else the one that promises
// most, given how active it is, what is already open for it, what it makes and how
// often doors have opened to it, and whom the rules of sharing orders favour; none leads a team that hardly comes when it is asked.
// -1 if there is none. Among equals luck decides.
func (g *Group) leadFor(k OpportunityKind) int {
	if g.kinds[k].hubLeads {
		return g.hub
	}
	best, at := 0.0, -1
	members := g.members[:g.n]
	for i := range members {
		m := &members[i]
		if !m.active || !g.hasRoom(i) || g.kinds[k].partners > 0 && m.response < bypassed {
			continue
		}
		worth := (1 + float64(g.p.Deal.ValueTechnology*m.technology)) *
			(1 + float64(g.p.Manager.Squeak*m.activity)) / float64(1+m.openOffers) * m.response * g.finished(i) * g.promiseOf(i, g.marketFor(i))
		if g.ruled {
			worth *= g.sharing()[i]
		}
		if worth > best || worth == best && at >= 0 && g.turn(i) > g.turn(at) {
			best, at = worth, i
		}
	}
	return at
}

// turn is SME i's luck among equals, for its next customer.
func (g *Group) turn(i int) float64 {
	m := &g.members[i]
	return g.luck.one(drawTurn, m.id, m.customers)
}

// seekAlone lets every SME put a share of the hours that are left into seeking
// customers itself, and seek one when it has put by enough. It seeks what the group
// goes after next, if it can lead that now with the partners it takes; else it sells alone what it makes, as it
// would without the group. It knows its partners' products as its own.
func (g *Group) seekAlone() {
	p := g.p
	enough := float64(p.Manager.Prospect * g.perMember(dearestTeam))
	members := g.members[:g.n]
	for i := range members {
		m := &members[i]
		if !m.active || !g.hasRoom(i) {
			continue
		}
		missing := max(0, max(enough, m.searchGoal)-m.searchPot)
		m.searchPot += m.use(UseSearch, least(float64(p.Customer.SearchShare*m.left), missing))
		if m.searchPot < max(m.searchGoal, p.Manager.Prospect) { // no search is cheaper than that
			continue
		}
		s, ok := g.planSearch(func(OpportunityKind) int { return i })
		if !ok || s.wanted > 0 && s.team.n == 1 {
			s = search{kind: ownSale, own: true, nth: m.customers, market: g.marketFor(i)}
			s.team.add(i)
			g.price(&s)
		}
		m.searchGoal = s.cost
		if m.searchPot >= s.cost {
			m.searchPot -= s.cost
			m.searchGoal = 0
			g.approach(&s, p.Customer.AloneQuality*m.experience, 1)
		}
	}
}

// hasRoom says whether SME i has the hours for one more open opportunity, beside what
// it has promised.
func (g *Group) hasRoom(i int) bool {
	m := &g.members[i]
	return m.load+g.meetingsAWeek <= float64(m.capacity*m.activity)
}

// search is a planned approach to a possible customer.
type search struct {
	kind   OpportunityKind
	team   Team
	wanted int // partners of the kind that the group could have
	nth    int // which of the lead's customers it would be, from 0
	market int
	cost   float64 // h of whoever seeks
	own    bool    // an SME sells alone: it is none of the group's approaches
}

// planSearch plans the group's next approach: its kind, team, market and cost.
// lead names the SME that would lead an opportunity of a kind, -1 if none can. ok
// is false when no kind of opportunity can be had now.
func (g *Group) planSearch(lead func(OpportunityKind) int) (s search, ok bool) {
	_, ok = g.nextKind(func(k OpportunityKind) bool {
		i, c := lead(k), &g.kinds[k]
		if i < 0 || c.hubLeads && i != g.hub || !g.hasRoom(i) {
			return false
		}
		t, wanted, ok := g.gather(c, i, g.members[i].customers)
		if !ok {
			return false
		}
		s = search{kind: k, team: t, wanted: wanted, nth: g.members[i].customers, market: g.marketFor(i)}
		return true
	})
	if !ok {
		return s, false
	}
	g.price(&s)
	return s, true
}

// price sets what a search costs. Components are sold only to those whose production
// one knows.
func (g *Group) price(s *search) {
	strange := float64(g.members[s.team.lead()].component * (1 - g.knowledgeOf(s.market)))
	s.cost = g.p.Manager.Prospect * g.perMember(s.team.n) * (1 + strange)
}

// approach looks for the customer and knocks at the door. quality is that of
// who knocks, known how well he, she or it knows the team's products. It opens an
// opportunity if such a customer exists, has not been approached before, and
// opens the door, and says whether it did.
func (g *Group) approach(s *search, quality, known float64) (opened bool) {
	lead := s.team.lead()
	m := &g.members[lead]
	if !s.own {
		g.tried[s.kind]++
	}
	m.customers++
	m.approaches[s.market]++

	exists, left := g.luck.pair(drawExistence, m.id, s.nth)
	door := g.luck.one(drawDoor, m.id, s.nth)
	e := Event{SME: lead, Other: -1, Market: s.market, OpportunityKind: s.kind, Team: s.team}
	switch {
	case exists >= g.demand(s):
		e.Kind = EventNoSuchCustomer
	case left >= g.customersLeft(lead, s.market):
		e.Kind = EventNobodyLeft
	case door >= quality*g.doorChance(s.market, grasp(known, g.complexity(&s.team, s.kind))):
		e.Kind = EventDoorClosed
		m.contacted[s.market]++
	default:
		m.contacted[s.market]++
		m.doors[s.market]++
		opened = true
		o := g.openOpportunity(s)
		e = o.event(EventDoorOpened, o.value, o.complexity, o.needed)
	}
	if g.log != nil {
		g.tell(e)
	}
	return opened
}

// demand is the chance that a customer with such a need exists. What SMEs offer must
// fit the market; components sold alone find fewer buyers. A joint offering must make
// sense together, and who wants a whole wants it complex and of enough parts: the more
// so the more joint work goes into it. A lead that found no partner has nothing to offer.
func (g *Group) demand(s *search) float64 {
	team, c := s.team.Members(), &g.kinds[s.kind]
	fit := g.fit(&s.team, s.market)
	lone := float64(g.p.Deal.Component * g.members[team[0]].component)
	if s.wanted == 0 || g.p.off.bundles {
		return float64(fit * (1 - lone))
	}
	sum, links := 0.0, 0
	for a, i := range c.centres(team) {
		for _, j := range team[a+1:] {
			sum += g.pairs.complementarity[i][j]
			links++
		}
	}
	if links == 0 {
		return 0
	}
	if c.fixed {
		links = c.partners
	}
	together := sum / float64(links)
	partners := float64((len(team) - 1) * (len(team) - 1))
	missed := float64(g.p.Deal.Range * c.whole)
	broad := partners / (partners + float64(missed*missed))
	return fit * together * (1 - float64(c.whole*(1-g.technology(&s.team)))) * broad * (1 - float64(lone*(1-together)))
}

// doorChance is the chance that a customer in market j listens: cultural
// distance must be bridged, and whoever knocks must be credible, by grasping what is
// offered or by the experts of the control group.
func (g *Group) doorChance(j int, grasped float64) float64 {
	return (1 - g.gap(j)) * (1 - float64((1-grasped)*(1-g.p.Manager.Expertise)))
}
