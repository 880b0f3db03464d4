"""How customers are sought, and what an approach finds (ODD.md 7.3 and 7.6)."""
import math
from types import SimpleNamespace

import luck
from luck import log, pair, total
from odd import C
from people import Opportunity, finished

MARKET, CUSTOMER, SYSTEM = range(3)


def partners(g, kind):
    return (0, int(g.p.group.partners), int(g.p.group.suppliers))[kind]


def joint_hours(g, kind):
    return (0.0, g.p.joint.hours_customer, g.p.joint.hours_system)[kind]


def links_of(g, team, kind):
    """From the lead to each partner in a system, else between all."""
    if kind == SYSTEM:
        return [g.links[team[0].slot][b.slot] for b in team[1:]]
    return [g.links[a.slot][b.slot] for k, a in enumerate(team) for b in team[k + 1:]]


def promise_hours(g, o, mark):
    """What an open opportunity will take of its members (7.3)."""
    p, n = g.p, len(o.team)
    if o.stage == Opportunity.NEGOTIATING:
        hours = p.deal.round_hours / p.deal.round_every
    else:
        hours = p.customer.attend_hours / p.customer.meeting_every / n
    for m in o.team:
        m.load += hours
    if o.stage == Opportunity.NEGOTIATING or n < 2:
        return
    needed = joint_hours(g, o.kind)
    for link in links_of(g, o.team, o.kind):
        if link.hours < needed:
            missing = p.joint.specific * needed if link.wanted else needed - link.hours
            link.low.load += missing / p.customer.cold
            link.high.load += missing / p.customer.cold
            if mark and not link.wanted:
                link.wanted, link.owner = True, o.team[0]
                g.wanted.append(link)


def room(g, m):
    return m.load + g.p.customer.attend_hours / g.p.customer.meeting_every <= m.capacity * m.activity


def per_member(g, n):
    return 1 + g.p.manager.per_member * (n - 1)


def left_in(g, m, market):
    met = m.contacted[market.number]
    for other in g.smes:
        if other is not m:
            met += g.links[m.slot][other.slot].rivalry * other.contacted[market.number]
    return max(0.0, 1 - met / market.customers)


def promise(m, market):
    return (m.doors[market.number] + 1) / (m.approaches[market.number] + 2)


def market_for(g, m):
    if len(g.markets) == 1:
        return g.markets[0]
    return max(g.markets, key=lambda market: (left_in(g, m, market) * promise(m, market), -market.number))


def favours(g):
    """By slot, how the rules of sharing weigh (7.6.1)."""
    p = g.p.norms
    if p.turns == 0 and p.merit == 0 and p.hub == 0:
        return [1.0] * g.n
    deals = [m.deals + m.open_offers for m in g.smes]
    fewest = min((deals[m.slot] for m in g.smes if m.active), default=0)
    most = max((m.flow for m in g.smes if m.active), default=0)
    return [(1 - p.turns * (1 - (1 + fewest) / (1 + deals[m.slot]))) * (1 - p.merit * (1 - (m.flow / most if most else 1)))
            * (1 - p.hub * (1 - (m is g.hub))) for m in g.smes]


def best_lead(g, joint):
    p, favour = g.p, favours(g)
    best, most = None, 0.0
    for m in g.smes:
        if not m.active or not room(g, m) or joint and m.response < C.bypassed:
            continue
        worth = ((1 + p.deal.value_technology * m.technology) * (1 + p.manager.squeak * m.activity) / (1 + m.open_offers)
                 * m.response * finished(p, m) * promise(m, market_for(g, m)) * favour[m.slot])
        if worth > most or best and worth == most and turn(g, m) > turn(g, best):
            best, most = m, worth
    return best


def turn(g, m):
    return g.luck(luck.TURN, m.id, m.customers)[0]


def tie(g, i, j, lead, nu):
    """Of j to i, in the eyes of the lead's customer (7.6.2)."""
    u = g.luck(luck.NEED, pair(lead.id, j.id), nu)[0]
    return g.links[i.slot][j.slot].complementarity * g.views[i.slot][j.slot].trust * (C.leastNeed + u) * j.response


def wants(g, kind):
    return min(partners(g, kind), total(m.active for m in g.smes) - 1)


def gather(g, lead, kind):
    """A team, the lead first, or None."""
    wanted = wants(g, kind)
    if wanted <= 0:
        return [lead]
    free = [m for m in g.smes if m.active and m is not lead and room(g, m) and m.response >= C.bypassed]
    if not free or lead.response < C.bypassed:
        return None
    team, favour = [lead], favours(g)
    ties = {m: tie(g, lead, m, lead, lead.customers) for m in free}
    while len(team) <= wanted:
        asked = [m for m in free if m not in team and (kind == SYSTEM or ties[m] >= g.p.joint.minimum)]
        best = max(asked, key=lambda m: (ties[m] * favour[m.slot], -m.slot), default=None)
        if best is None or ties[best] * favour[best.slot] <= 0:
            break
        team.append(best)
        if kind == CUSTOMER:
            for m in free:
                if m not in team:
                    ties[m] = min(ties[m], tie(g, best, m, lead, lead.customers))
    return team


def plan(g, seeker=None, market=None):
    """The next search, the manager's if nobody seeks, or None (7.6.1)."""
    credits = [(total(g.approaches) + 1) * g.mix[kind] - g.approaches[kind] for kind in range(3)]
    for kind in sorted(range(3), key=lambda kind: -credits[kind]):
        if credits[kind] < C.leastCredit:
            break
        if kind == SYSTEM:
            lead = g.hub if seeker in (None, g.hub) else None
        else:
            lead = seeker or best_lead(g, kind == CUSTOMER)
        if lead is None or not room(g, lead):
            continue
        team = gather(g, lead, kind)
        if team:
            return search(g, kind, team, market or market_for(g, lead))
    return None


def search(g, kind, team, market):
    lead = team[0]
    cost = g.p.manager.prospect * per_member(g, len(team)) * (1 + lead.component * (1 - known_market(g, market)))
    return SimpleNamespace(kind=kind, team=team, market=market, cost=cost, counts=True)


def known_market(g, market):
    if market.assistant > 0 and g.present:
        return max(market.known, g.p.markets.local_knowledge)
    return market.known


def grasp(known, complexity):
    complexity = min(1.0, complexity)
    return 1 - 2 * complexity / (1 + complexity) * (1 - known)


def mean(values):
    return total(values) / len(values)


def demand(g, s):
    p, lead = g.p, s.team[0]
    fit = mean([m.fit[s.market.number] for m in s.team])
    if wants(g, s.kind) <= 0:
        return fit * (1 - p.deal.component * lead.component)
    if len(s.team) == 1:
        return 0.0
    links = links_of(g, s.team, s.kind)
    together = total(link.complementarity for link in links) / (partners(g, s.kind) if s.kind == SYSTEM else len(links))
    k = len(s.team) - 1
    whole = math.sqrt(min(1.0, joint_hours(g, s.kind) / C.fullSystem))
    broad = k * k / (k * k + (p.deal.range * whole) * (p.deal.range * whole))
    technology = mean([m.technology for m in s.team])
    return (fit * together * (1 - whole * (1 - technology)) * broad
            * (1 - (p.deal.component * lead.component) * (1 - together)))


def complexity(g, team, kind):
    return mean([m.technology for m in team]) + (g.p.customer.complexity if kind else 0.0) * (len(team) - 1)


def approach(g, s, quality, known, by_manager=False):
    """One possible customer, who may become an opportunity (7.6.3)."""
    p, lead, market = g.p, s.team[0], s.market
    nu, m = lead.customers, market.number
    lead.customers += 1
    lead.approaches[m] += 1
    if s.counts:
        g.approaches[s.kind] += 1
    exists, remains = g.luck(luck.EXISTENCE, lead.id, nu)
    if exists >= demand(g, s) or remains >= left_in(g, lead, market):
        return
    lead.contacted[m] += 1
    gap = market.distance * (1 - known_market(g, market))
    understood = grasp(known, complexity(g, s.team, s.kind))
    if g.luck(luck.DOOR, lead.id, nu)[0] >= quality * ((1 - gap) * (1 - (1 - understood) * (1 - p.manager.expertise))):
        return
    lead.doors[m] += 1
    g.books.doors += by_manager
    o = g.opportunity(g, s.kind, s.team, market, nu)
    g.opportunities.append(o)
    for member in o.team:
        member.open_offers += 1
    promise_hours(g, o, mark=False)
    assess(g, o)
    for member in o.team:
        expect(g, o, member)


def assess(g, o):
    """What an opportunity is worth and asks for, with this team (7.6.4)."""
    p, n = g.p, len(o.team)
    technology = mean([m.technology for m in o.team])
    o.fit = mean([m.fit[o.market.number] for m in o.team])
    o.complexity = complexity(g, o.team, o.kind)
    o.needed = min(C.mostTrust, p.customer.trust_base + p.customer.trust_slope * o.complexity)
    o.value = n * p.deal.value_base * (1 + p.deal.value_technology * technology) * o.luck
    bases = 1 + p.deal.bases * technology * technology * technology
    covered = 1.0
    for j in o.team[1:]:
        link = g.links[o.team[0].slot][j.slot]
        covered += link.complementarity * min(1.0, link.hours / C.fullSystem)
    share = min(1.0, covered / bases)
    o.coverage = share * math.sqrt(share)


def expect(g, o, m):
    """An SME reckons with when results may come (7.16)."""
    p = g.p
    clarity = p.norms.role_clarity + (1 - p.norms.role_clarity) * p.formation.promoter
    naive = 2 * (1 - m.rhythm) * p.commitment.naive_lag
    realism = p.norms.realism + (1 - p.norms.realism) * clarity * C.clarityEffect
    trusted = -log(1 - min(o.needed, C.mostTrust)) / (C.usualMeeting * p.customer.trust_rate) * p.customer.meeting_every
    ready = joint_hours(g, o.kind) / C.usualJointHours if len(o.team) > 1 else 0.0
    lead_time = max(trusted, ready) + (1 + math.ceil(p.deal.rounds_slope * o.complexity)) * p.deal.round_every
    m.lag = max(m.lag, naive + realism * max(0.0, lead_time - naive))


def ready_for_offers(g, m):
    return m.experience >= g.p.learning.entry_level


def help_needed(g, o):
    """Manager hours of help an offer needs in all (7.4, 6)."""
    p = g.p.learning
    return total(p.offer_help * (1 - m.experience / p.entry_level) for m in o.team if not ready_for_offers(g, m))
