"""What came of the week (ODD.md 7.13 to 7.19 and 7.23)."""
import math

import luck
from luck import total
from odd import C
from people import Opportunity, admit, elect, impression, score
from search import SYSTEM, assess, expect, grasp, help_needed, joint_hours, known_market, links_of, mean, tie
from week import QUARTER, active, last_of_quarter, promoter_at_work, ratio


def drift_trust(g):
    for row in g.views:
        for view in row:
            if view:
                view.drift()
    for m in g.smes:
        others = [g.views[m.slot][k.slot].trust for k in g.smes if k.active and k is not m]
        m.trusting = mean(others) if others else C.aloneTrust


def advance(g, o):
    if o.stage < Opportunity.NEGOTIATING:
        if o.met:
            build_trust(g, o)
        offer(g, o)
    elif o.rounds == 0:
        decide(g, o)
    if o.stage != Opportunity.ENDED and (o.dropped or g.week - o.last_contact >= math.floor(g.p.customer.cold)):
        g.end(o)


def build_trust(g, o):
    p = g.p
    gap = o.market.distance * (1 - known_market(g, o.market))
    if o.met == "alone":
        understood = 1.0
        quality = p.customer.alone_quality * max(m.experience for m in o.team)
    else:
        a = p.markets.assistant_skill if o.met == "assistant" else 1.0
        understood = grasp(mean([m.known for m in o.team]) * a, o.complexity)
        quality = ((1 - (1 - p.manager.skill) * (1 - o.spoken * o.presence))
                   * (C.strangerMeeting + (1 - C.strangerMeeting) * understood) * a)
    step = p.customer.trust_rate * (1 - o.trust) * quality * (1 - gap)
    o.trust += step
    if o.met != "alone":
        kept = 1 - C.handedOver * o.presence
        o.vested = (o.vested + p.customer.vesting * (1 - p.customer.brand) * step) * kept
        o.branded = (o.branded + p.customer.vesting * p.customer.brand * step) * kept
    o.last_meeting = o.last_contact = g.week
    o.market.known += p.learning.market_meeting * (1 - o.market.known)
    o.grasp += understood
    o.meetings += 1


def offer(g, o):
    p = g.p
    if o.stage == Opportunity.BUILDING:
        if o.trust < o.needed:
            return
        o.stage, o.since, o.trusted = Opportunity.OFFER, g.week, g.week
        for m in o.team:
            m.results += p.commitment.credit_customer
    needed, links = joint_hours(g, o.kind), links_of(g, o.team, o.kind)
    if any(link.hours < needed for link in links) or help_needed(g, o) - o.helped > 0:
        if g.week - o.since >= math.floor(p.customer.patience):
            g.end(o)
        return
    assess(g, o)
    for link in links:
        link.hours -= p.joint.specific * needed
    o.stage, o.offered = Opportunity.NEGOTIATING, g.week
    o.rounds, o.held = 1 + math.ceil(p.deal.rounds_slope * o.complexity), 0.0
    o.next_round, o.last_contact = g.week + int(p.deal.round_every), g.week
    g.books.offers += 1


def decide(g, o):
    p, floor = g.p, g.p.deal.experience_floor
    understood = o.grasp / o.meetings if o.meetings else 1.0
    chance = (o.fit * o.coverage * (floor + (1 - floor) * mean([m.experience for m in o.team])) * ratio(o.trust, o.needed)
              * (1 - p.deal.grasp * (1 - understood)))
    g.books.expected += chance * o.value
    won = g.luck(luck.VALUE, o.lead_id, o.nu)[1] < chance
    g.end(o)
    if won:
        g.books.close(g.week, o)
        for m in o.team:
            m.book(g, o.value / len(o.team), again=False)
            m.results += 1
            m.gain(C.dealTeaches * p.learning.meeting_gain)
        g.customers.append(g.customer(g, o))


def fill_order(g, c):
    """What a customer does whose order is due (7.15)."""
    p = g.p
    if g.week < c.due:
        return
    address = luck.order(c.nu, c.dates)
    if g.luck(luck.CHURN, c.lead_id, address)[0] < p.orders.churn:
        c.gone = True
        return
    missed = 0.0
    for m in c.team:
        if not m.graduated:
            missed += 1 - m.use(p.deal.round_hours) / p.deal.round_hours
    c.satisfaction = max(0.0, c.satisfaction - p.orders.cooling * (missed / len(c.team)))
    value = p.orders.share * c.value
    g.books.expected += c.satisfaction * value
    if g.luck(luck.ORDER, c.lead_id, address)[1] < c.satisfaction:
        g.books.orders += 1
        g.books.value += value
        for m in c.team:
            m.book(g, value / len(c.team), again=True)
            m.results += p.commitment.credit_order
    c.dates += 1
    c.plan(g)


def forget(g, m):
    m.known *= 1 - g.p.learning.forget


def achieved(m):
    return m.results / m.expectations if m.results < m.expectations else 1.0


def remember(g, m):
    """The week's results, expectations and averages (7.16)."""
    p = g.p.commitment
    m.flow += (1 / 52) * (m.sold - m.flow)
    m.relations += (1 / 52) * (m.again - m.relations)
    m.results *= 1 - 1 / p.leak
    m.expectations *= 1 - 1 / p.leak
    if g.week - m.joined > m.lag:
        m.expectations += g.p.norms.ambition / 52
    m.received += (1 / C.quarter) * (m.got - m.received)
    m.busy += (1 / C.quarter) * ((m.available - m.left) * (1 / m.capacity if m.capacity else 0.0) - m.busy)
    m.hours_received += m.got
    m.got = m.sold = m.again = 0.0


def see_fairness(g):
    if not last_of_quarter(g) or not g.present or not active(g):
        return
    usual = mean([m.received for m in active(g)])
    for m in active(g):
        error = C.fairnessError * luck.normal(g.luck(luck.ACTIVITY, m.id, g.week)[1])
        m.fairness = luck.clamp((m.received / usual if usual else 1.0) + error, 0.0, 1.0)
        m.fair += m.fairness
        m.looked += 1


def feel(g, m):
    """Satisfaction, and the commitment that follows it."""
    if not m.active:
        return
    p, by_results = g.p.commitment, C.weightResults
    m.satisfaction = max(0.0, (by_results * achieved(m) + p.weight_fairness * m.fairness + p.weight_trust * m.trusting)
                         / (by_results + p.weight_fairness + p.weight_trust) - p.hours_cost * m.busy)
    rate = p.down if m.satisfaction < m.commitment else p.up
    m.commitment = luck.clamp(m.commitment + rate * (m.satisfaction - m.commitment), 0.0, 1.0)


def take_out(g, m, bypassed):
    """A member leaves the open opportunities, but for offers it leads if it is only bypassed (7.17)."""
    for o in list(g.opportunities):
        if m not in o.team:
            continue
        if o.team[0] is m:
            if not (bypassed and o.stage == Opportunity.NEGOTIATING):
                g.end(o)
            continue
        o.team.remove(m)
        m.open_offers -= 1
        if o.kind == SYSTEM:
            substitute(g, o)
        assess(g, o)


def substitute(g, o):
    lead = o.team[0]
    free = [k for k in g.smes if k.active and k not in o.team and k.response >= C.bypassed]
    best = max(free, key=lambda k: (tie(g, lead, k, lead, o.nu), -k.slot), default=None)
    if best and tie(g, lead, best, lead, o.nu) > 0:
        o.team.append(best)
        best.open_offers += 1
        expect(g, o, best)


def bypass_silent(g, m):
    if not last_of_quarter(g) or not m.active or m.response >= C.bypassed:
        return
    if m.open_offers:
        take_out(g, m, bypassed=True)
    if m is g.hub:
        elect(g)


def why_it_goes(g, m):
    """The reason for which a member withdraws, or None."""
    p, year = g.p, QUARTER / 52
    disappointed = m.commitment < p.commitment.passive
    u, v = g.luck(luck.TURNOVER, m.id, g.week) if last_of_quarter(g) else (1.0, 1.0)
    if not disappointed:
        if u < p.group.turnover * year:
            return "own"
        return "graduated" if v < p.group.graduation * year and outgrown(g, m) else None
    weights = C.weightResults + p.commitment.weight_fairness + p.commitment.weight_trust
    reasons = {"results": C.weightResults * (1 - achieved(m)), "unfair": p.commitment.weight_fairness * (1 - m.fairness),
               "distrust": p.commitment.weight_trust * (1 - m.trusting), "own": p.commitment.hours_cost * m.busy * weights}
    return max(reasons, key=reasons.get)


def outgrown(g, m):
    if not g.present or len(active(g)) < 2:
        return False
    fee, margin = fees(g, g.members_part_of_a_year())[m.slot], 52 * g.p.money.margin
    return m.flow * margin >= fee and (m.flow - m.experience * m.relations) * margin < fee


def change_member(g, m):
    why = m.active and why_it_goes(g, m)
    if not why:
        return
    g.books.withdrawn[why] += 1
    g.books.lost += g.present and why != "graduated"
    m.active, m.graduated = False, why == "graduated"
    take_out(g, m, bypassed=False)
    if g.p.group.open == 1:
        for c in g.customers:
            c.gone = c.gone or c.lead_id == m.id
            c.team = [k for k in c.team if k is not m]
        g.customers = [c for c in g.customers if not c.gone]
        best = max((c for c in g.candidates if c.free), key=lambda c: (score(g, c, c.looks), -c.id), default=None)
        if best:
            g.gone.append(m)
            admit(g, best, m.slot, newcomer=True)
            best.response = impression(g, best)
    if m is g.hub:
        elect(g)


def lose_vested(g, branded):
    """Trust in the person goes, and if so that in the name too."""
    for o in g.opportunities:
        o.trust = max(0.0, o.trust - (o.vested + (o.branded if branded else 0.0)))
    for c in g.customers:
        vested = c.vested + (c.branded if branded else 0.0)
        c.satisfaction = max(0.0, c.satisfaction - (1 - C.closenessValue) * vested)
    for x in g.opportunities + g.customers:
        x.vested = 0.0
        x.branded = 0.0 if branded else x.branded


def change_manager(g):
    p = g.p.manager
    if last_of_quarter(g) and g.present and g.luck(luck.MANAGER, 0, g.week)[0] < p.turnover * QUARTER / 52:
        lose_vested(g, branded=False)
        for m in g.smes:
            m.known = p.knowledge
        g.saving_for = 0.0
        g.books.manager_changes += 1


def fees(g, amount):
    """By slot, what each active member pays of an amount (7.18)."""
    p, members = g.p.money, active(g)
    use = p.fee_use * amount
    size = p.fee_size * (amount - use)
    hours, got = total(m.capacity for m in members), total(m.received for m in members)
    equal = (amount - use - size) + (0.0 if got else use) + (0.0 if hours else size)
    return [equal / len(members) + (size / hours * m.capacity if hours else 0.0) + (use / got * m.received if got else 0.0)
            if m.active else 0.0 for m in g.smes]


def book_costs(g):
    p = g.p
    if g.present:
        cost = g.yearly_cost() / 52
        public = cost * g.public_share()
        part = cost - public
        g.books.public += public
        if g.reserve_pays:
            part -= min(g.reserve, part)
            g.reserve -= min(g.reserve, cost - public)
        else:
            g.reserve += p.money.reserve * part
            part += p.money.reserve * part
        g.books.private += part
        g.books.member_weeks += len(active(g))
    if promoter_at_work(g):
        g.books.public += C.promoterCost * p.formation.promoter / 52


def end_project(g):
    """Whether the manager is kept, when the public money ends and every year later (7.19)."""
    if g.week < g.project or not g.present or (g.week - g.project) % 52:
        return
    p, members = g.p, active(g)
    if g.week == g.project:
        for o in g.opportunities:
            o.stranded = o.value
            g.books.open_at_end += o.value
    keep = False
    g.reserve_pays = False
    if p.project.continuation == 1 and members:
        fee = fees(g, g.members_part_of_a_year())
        gaining = total(m.flow * 52 * p.money.margin > fee[m.slot] for m in members)
        keep = gaining >= p.money.keep_share * len(members)
        if not keep and g.reserve > 0 and g.reserve >= g.yearly_cost() * (1 - g.public_share()):
            keep = g.reserve_pays = True
    if g.week == g.project:
        g.books.kept = keep
    if not keep:
        g.present = False
        g.spend(g.budget, "idle")
        g.books.private -= g.reserve
        g.reserve = 0.0
        lose_vested(g, branded=True)
