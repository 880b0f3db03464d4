"""Who there is (ODD.md 2.2), and how the group is put together (section 5)."""
import math

import luck
from luck import clamp, exp, log, normal, pair, spread, total
from odd import C


class SME:
    """A candidate (section 5, step 3), and from joining on a member."""

    def __init__(self, g, id):
        p, self.id, self.looks, self.free, self.active, self.slot = g.p, id, 0.0, True, False, None
        width = (1 - p.group.similarity) / C.normalDistance
        u, v = g.luck(luck.NICHE, id, 0)
        self.niche = width * normal(u), width * normal(v)
        u, v = g.luck(luck.TECHNOLOGY, id, 0)
        self.technology = clamp(spread(p.group.technology, p.group.technology_spread, u), 0.0, 1.0)
        self.experience = clamp(spread(p.group.experience, p.group.experience_spread, v), 0.0, 1.0)
        u, v = g.luck(luck.HOURS, id, 0)
        self.capacity = p.group.hours * spread(1, p.group.hours_spread, u)
        self.rhythm = clamp(spread(0.5, p.group.rhythm_spread, v), 0.0, 1.0)
        u, self.need = g.luck(luck.COMPONENT, id, 0)
        self.component = 1.0 if u < p.group.components else 0.0

    def join(self, g, slot):
        """The state on joining (step 5)."""
        p = g.p
        self.slot, self.free, self.active, self.graduated, self.joined = slot, False, True, False, g.week
        self.entered = self.experience
        self.workload, self.commitment, self.satisfaction = p.workload.mean, p.commitment.initial, p.commitment.initial
        self.lag = 2 * (1 - self.rhythm) * p.commitment.naive_lag
        self.known, self.trusting, self.fairness, self.stays = p.manager.knowledge, C.aloneTrust, 1.0, 1.0
        self.activity = p.commitment.initial * (1 - p.workload.mean)
        u, v = g.luck(luck.SHARING, self.id, 0)
        self.sharing = clamp(spread(p.norms.sharing, p.norms.sharing_spread, u), 0.0, 1.0)
        self.goal = clamp(spread(0.5, p.goals.spread, v), 0.0, 1.0)
        self.fit = [fit(g, self, m) for m in g.markets]
        self.response = 1.0
        self.results = self.expectations = self.busy = self.load = self.received = self.flow = self.relations = 0.0
        self.asked = self.came = self.pot = self.saving_for = self.available = self.left = 0.0
        self.got = self.sold = self.again = 0.0
        self.open_offers = self.customers = 0
        self.contacted = [0] * len(g.markets)
        self.approaches = [0] * len(g.markets)
        self.doors = [0] * len(g.markets)
        # Books: sums up to now.
        self.hours_available = self.hours_received = self.activities = self.value_deals = self.value_orders = 0.0
        self.fair = self.content = 0.0
        self.looked = self.content_weeks = self.quarters = self.deals = 0
        self.last_quarter = -1

    def ask(self, hours):
        """Others wait for hours of it (7.2)."""
        self.asked += 1
        self.came += min(1.0, self.left / hours)

    def use(self, hours):
        hours = min(hours, self.left)
        self.left -= hours
        return hours

    def gain(self, share):
        self.experience += min(1.0, share) * (1 - self.experience)

    def book(self, g, value, again):
        """Its share of a deal, or of an order that comes again."""
        self.sold += value
        if again:
            self.again += value
            self.value_orders += value
        else:
            self.value_deals += value
            self.deals += 1
        if g.week // int(C.quarter) != self.last_quarter:
            self.last_quarter = g.week // int(C.quarter)
            self.quarters += 1


class View:
    """What one SME believes of another: a beta reputation (step 6)."""

    def __init__(self, p, tied):
        self.good = self.prior = 2 * p.trust.prior * p.trust.start + (p.trust.tie if tied else 0)
        self.bad = self.bad_prior = 2 * p.trust.prior * (1 - p.trust.start)
        self.trust = self.good / (self.good + self.bad)

    def live(self, p, well, weight):
        if well:
            self.good += weight
        else:
            self.bad += p.trust.loss * weight

    def drift(self):
        self.good = self.prior + (1 - C.trustDrift) * (self.good - self.prior)
        self.bad = self.bad_prior + (1 - C.trustDrift) * (self.bad - self.bad_prior)
        self.trust = self.good / (self.good + self.bad)


class Link:
    """What is the same for both SMEs of a pair, the lower slot first."""

    def __init__(self, p, a, b, tied):
        self.low, self.high = (a, b) if a.slot < b.slot else (b, a)
        self.complementarity, self.rivalry = complementarity(p, a, b), rivalry(p, a, b)
        self.agreed = 1 - abs(a.goal - b.goal)
        self.hours, self.acts = C.tieHours if tied else 0.0, 0.0
        self.wanted = self.mediated = False
        self.owner = None


class Market:
    def __init__(self, g, number):
        p, self.number = g.p.markets, number
        self.distance, self.customers, self.fit, self.assistant = p.distance, p.customers, p.fit, p.assistant
        self.known = self.assistant_left = 0.0
        self.common = normal(g.luck(luck.MARKET, number, 0)[0])


class Opportunity:
    """One customer's possible purchase; its stages are those of 2.2."""

    BUILDING, OFFER, NEGOTIATING, ENDED = range(4)

    def __init__(self, g, kind, team, market, nu):
        self.kind, self.team, self.market, self.lead_id, self.nu = kind, team, market, team[0].id, nu
        self.stage, self.trust, self.vested, self.branded, self.helped = self.BUILDING, 0.0, 0.0, 0.0, 0.0
        self.opened = self.since = self.last_meeting = self.last_contact = self.next_round = g.week
        self.trusted = self.offered = g.week
        self.rounds, self.held, self.grasp, self.meetings = 0, 0.0, 0.0, 0
        self.met, self.presence, self.spoken, self.dropped, self.stranded = None, 0.0, 0.0, False, 0.0
        self.luck = exp(g.p.deal.value_spread * normal(g.luck(luck.VALUE, self.lead_id, nu)[0]))


class Customer:
    """One who has bought (7.15)."""

    def __init__(self, g, o):
        self.team, self.lead_id, self.nu, self.value = list(o.team), o.lead_id, o.nu, o.value
        self.satisfaction = C.closenessValue + (1 - C.closenessValue) * o.trust
        self.vested, self.branded, self.dates, self.gone = o.vested, o.branded, 0, False
        self.plan(g)

    def plan(self, g):
        u, _ = g.luck(luck.ORDER, self.lead_id, luck.order(self.nu, self.dates))
        self.due = g.week + max(1, math.floor(g.p.orders.every * (C.soonestOrder + u)))


def distance(a, b):
    x, y = a.niche[0] - b.niche[0], a.niche[1] - b.niche[1]
    return min(1.0, math.sqrt(x * x + y * y))


def complementarity(p, a, b):
    off = (distance(a, b) - p.joint.best_distance) / C.distanceWidth
    return max(0.0, 1 - off * off)


def rivalry(p, a, b):
    return min(1.0, p.joint.rivalry * max(0.0, 1 - distance(a, b) / p.joint.best_distance))


def fit(g, m, market):
    own = C.needInFit * normal(m.need) + math.sqrt(1 - C.needInFit * C.needInFit) * normal(g.luck(luck.OFFER, m.id, market.number)[0])
    z = math.sqrt(C.fitCommon) * market.common + math.sqrt(1 - C.fitCommon) * own
    f, s = clamp(market.fit, C.leastFit, 1 - C.leastFit), g.p.markets.fit_spread
    return 1 / (1 + exp(-(log(f / (1 - f)) * math.sqrt(1 + C.normalLogit * s * s) + s * z)))


# Formation, also of newcomers. g is a Group of model.py.


def form(g):
    """Steps 3 to 9."""
    p = g.p
    g.candidates = [g.sme(g, id) for id in range(int(max(p.formation.candidates, p.group.size)))]
    for slot in range(g.n):
        best = max((c for c in g.candidates if c.free), key=lambda c: (score(g, c, -c.id if slot == 0 else c.looks), -c.id))
        admit(g, best, slot, newcomer=False)
    for m in g.smes:
        m.response = impression(g, m)
    elect(g)
    pairs = [link.complementarity for i, row in enumerate(g.links) for link in row[:i]]
    g.complementarity = total(pairs) / len(pairs) if pairs else math.nan
    g.technology = total(m.technology for m in g.smes) / g.n


def score(g, c, looks):
    return looks + (c.experience - 1000 if c.experience < g.p.formation.entry_experience else 0)


def admit(g, m, slot, newcomer):
    """A candidate joins, makes pairs and changes how the free ones look."""
    p = g.p
    if slot == len(g.smes):
        g.smes.append(m)
    g.smes[slot] = m
    m.join(g, slot)
    for other in g.smes:
        if other is m:
            continue
        u = g.luck(luck.PERCEIVED, pair(min(m.id, other.id), max(m.id, other.id)), 0)[1]
        tied = not newcomer and u < p.group.prior_ties
        g.links[slot][other.slot] = g.links[other.slot][slot] = Link(p, m, other, tied)
        g.views[slot][other.slot], g.views[other.slot][slot] = View(p, tied), View(p, tied)
    clear = p.formation.screening
    if g.week < C.promoterWeeks:
        clear += (1 - p.formation.screening) * p.formation.promoter
    for c in g.candidates:
        if c.free:
            u = g.luck(luck.PERCEIVED, pair(min(m.id, c.id), max(m.id, c.id)), 0)[0]
            seen = clear * complementarity(p, m, c) + (1 - clear) * u
            c.looks += (1 - p.formation.demand) * seen + p.formation.demand * c.need


def mean_capacity(g):
    active = [m.capacity for m in g.smes if m.active]
    return total(active) / len(active) if active else 0.0


def impression(g, m):
    mean = mean_capacity(g)
    return 1.0 if g.p.joint.response == 0 or mean == 0 else min(1.0, m.capacity / mean)


def finished(p, m):
    return 1 - p.deal.component * m.component


def elect(g):
    """A new hub (step 8), or none."""
    mean = mean_capacity(g)
    reach = [m.response * m.capacity / mean if m.active and mean else 0.0 for m in g.smes]

    def worth(m):
        ties = C.hubTies
        for other in g.smes:
            if other is not m:
                ties += g.links[m.slot][other.slot].complementarity * reach[other.slot]
        return (C.hubExperience + m.experience) * reach[m.slot] * ties * finished(g.p, m)

    g.hub = max((m for m in g.smes if m.active), key=lambda m: (worth(m), g.luck(luck.TURN, m.id, m.customers)[0]), default=None)
