"""The week up to the SMEs' hours (ODD.md 7.2 to 7.12, 7.21 and 7.22)."""
import math

import luck
from luck import clamp, exp, normal, pair
from odd import C
from people import Opportunity
from search import MARKET, approach, help_needed, market_for, mean, per_member, plan, promise_hours, room, search, wants

QUARTER = int(C.quarter)


def last_of_quarter(g):
    return g.week % QUARTER == QUARTER - 1


def draw_workload(g, m):
    p = g.p
    u, _ = g.luck(luck.WORKLOAD, m.id, g.week)
    m.workload = clamp(p.workload.mean + C.workloadMemory * (m.workload - p.workload.mean) + p.workload.shock * normal(u), 0.0, 1.0)
    if m.asked > 0:
        m.response += p.joint.response * (m.came / m.asked - m.response)
        m.asked = m.came = 0.0
    if not g.present:
        gain, cost = m.flow * p.money.margin, m.capacity * p.money.hour
        m.stays += ((1.0 if gain >= cost else gain / cost) - m.stays) / 52
    share = m.commitment * (1 - m.workload) * m.stays if m.active else 0.0
    m.available = m.left = m.capacity * share
    m.activity += (share - m.activity) * (1 / C.activityWeeks)
    m.hours_available += m.available


def active(g):
    return [m for m in g.smes if m.active]


def views(g, a, b):
    return g.views[a.slot][b.slot]


def promoter_at_work(g):
    return g.p.formation.promoter > 0 and g.week < C.promoterWeeks and g.present and len(active(g)) >= 2


def bring_together(g):
    if promoter_at_work(g):
        meet(g, active(g), (g.p.formation.promoter * C.lightExperience) * g.p.trust.weight)


def meet(g, smes, weight):
    """Everyone has a good experience with every other."""
    for a in smes:
        for b in smes:
            if a is not b:
                views(g, a, b).live(g.p, True, weight)


def find_wanted_links(g):
    for link in g.wanted:
        link.wanted, link.mediated, link.owner = False, False, None
    g.wanted = []
    for m in g.smes:
        m.load = 0.0
    for o in g.opportunities:
        o.met = None
        promise_hours(g, o, mark=True)


def hold_committees(g):
    g.spared, hours = 0.0, g.p.group.committees
    if hours > 0 and g.present and len(active(g)) >= 2:
        for m in active(g):
            m.ask(hours)
            g.spared += m.use(hours)
        g.spared *= C.committeeWorth


def start_manager_week(g):
    g.waited = g.trip = False
    if not g.present:
        return
    p, books = g.p.manager, g.books
    excess = g.budget - p.carry_over * p.hours
    if excess > 0:
        g.spend(excess, "idle")
    g.budget += p.hours
    books.granted += p.hours
    admin = p.admin * p.hours
    spared = min(g.spared, admin)
    g.spend(admin - spared, "administration")
    summed = squares = 0.0
    for m in active(g):
        summed += m.response
        squares += m.response * m.response
    agreement = p.agreement * (summed * summed - squares) / 2
    g.spend(min(g.budget, max(0.0, agreement - (g.spared - spared))), "coordination")
    for market in g.markets:
        market.assistant_left = min(market.assistant_left, p.carry_over * market.assistant) + market.assistant
        if market.number > 0 and market.assistant == 0:
            g.spend(min(g.budget, p.further_market * (1 + market.distance)), "further_markets")
    if last_of_quarter(g) and p.activity > 0 and g.budget >= p.activity:
        g.spend(p.activity, "joint_activities")
        g.trip = True


def guide_and_mediate(g):
    if not g.present:
        return
    p, entry = g.p, g.p.learning.entry_level
    for m in active(g):
        if m.experience < entry:
            hours = min(g.budget, p.manager.guidance * (entry - m.experience) / entry)
            g.spend(hours, "guidance")
            m.got += hours
            m.gain(C.guidanceTeaches * p.learning.meeting_gain * hours)
    for o in g.opportunities:
        if o.stage == Opportunity.OFFER:
            needed = help_needed(g, o)
            missing = needed - o.helped
            if missing > 0:
                hours = min(g.budget, missing, p.manager.guidance)
                g.spend(hours, "guidance")
                for m in o.team:
                    m.got += hours
                o.helped = needed if hours == missing else o.helped + hours
    for link in g.wanted:
        a, b = link.low, link.high
        hours = p.manager.mediation * (1 - (views(g, a, b).trust + views(g, b, a).trust) / 2)
        if g.budget >= hours:
            g.spend(hours, "coordination")
            a.got += hours
            b.got += hours
            link.mediated = True


def can_work(g, market, hours):
    """Who can give these hours in the market (7.4), if anybody."""
    if hours <= g.budget:
        return "manager"
    if hours <= market.assistant_left and C.supervision * hours <= g.budget:
        return "assistant"
    return None


def work(g, who, market, hours, team, task):
    if who == "assistant":
        market.assistant_left -= hours
        g.spend(C.supervision * hours, "further_markets")
        return
    coordination = hours * (1 - 1 / per_member(g, len(team)))
    g.spend(coordination, "coordination")
    g.spend(hours - coordination, task)
    for m in team:
        m.got += hours


def pause(g, o):
    return g.p.customer.meeting_every * (1 if o.stage == Opportunity.BUILDING else C.waitingPauses)


def priority(g, o):
    near = C.farPriority + (1 - C.farPriority) * ratio(o.trust, o.needed)
    return (o.value * o.fit / per_member(g, len(o.team)) * near * (1 + g.p.manager.squeak * mean([m.activity for m in o.team]))
            * mean([m.response for m in o.team]))


def ratio(u, needed):
    return 1.0 if u >= needed else u / needed


def meet_customers(g):
    if not g.present:
        return
    due = [o for o in g.opportunities if o.stage < Opportunity.NEGOTIATING and g.week - o.last_meeting >= pause(g, o)]
    for o in sorted(due, key=lambda o: -priority(g, o)):
        hours = g.p.manager.meeting * per_member(g, len(o.team))
        o.met = can_work(g, o.market, hours)
        if not o.met:
            g.waited = True
            return
        work(g, o.met, o.market, hours, o.team, "customer_meetings")


def seek_customers(g):
    if not g.present or g.waited:
        return
    p = g.p
    while max(g.budget, max(m.assistant_left for m in g.markets)) >= max(g.saving_for, p.manager.prospect):
        s = plan(g)
        g.saving_for = s.cost if s else 0.0
        who = s and can_work(g, s.market, s.cost)
        if not who:
            return
        g.saving_for = 0.0
        work(g, who, s.market, s.cost, s.team, "prospecting")
        skill = p.markets.assistant_skill if who == "assistant" else 1.0
        approach(g, s, skill, skill * mean([m.known for m in s.team]), by_manager=True)


def hold_round(g, o):
    p = g.p
    if o.stage != Opportunity.NEGOTIATING or g.week < o.next_round:
        return
    for m in o.team:
        m.ask(p.deal.round_hours)
    share = min(1 - o.held, min(m.left for m in o.team) / p.deal.round_hours)
    if share <= 0:
        for absent in o.team:
            if absent.left <= 0:
                for m in o.team:
                    if m is not absent:
                        views(g, m, absent).live(p, False, p.trust.weight)
        o.next_round = g.week + 1
        return
    for m in o.team:
        m.use(share * p.deal.round_hours)
        m.gain(C.roundTeaches * p.learning.meeting_gain * share)
    o.last_contact = g.week
    if share == 1 - o.held:
        o.held, o.rounds, o.next_round = 0.0, o.rounds - 1, g.week + int(p.deal.round_every)
    else:
        o.held, o.next_round = o.held + share, g.week + 1


def attend(g, m):
    """The share it gives of the hours it takes to attend."""
    hours = g.p.customer.attend_hours
    if hours == 0:
        return 1.0
    m.ask(hours)
    return m.use(hours) / hours


def attend_meeting(g, o):
    if o.opened == g.week:
        o.dropped = g.luck(luck.FOLLOW_UP, o.lead_id, o.nu)[0] >= attend(g, o.team[0])
    elif o.met:
        speaker = max(o.team, key=lambda m: m.left)
        o.presence, o.spoken = attend(g, speaker), speaker.experience
        speaker.gain(g.p.learning.meeting_gain * o.presence)


def answer_questions(g, m):
    if not g.present or not m.active:
        return
    p = g.p
    hours = m.use(C.questionHours * p.norms.support * min(1.0, C.askWhileUnknown * (1 - m.known)))
    m.known += min(1.0, p.learning.product / (1 + C.complexLearning * m.technology + m.component) * hours) * (1 - m.known)


def work_jointly(g):
    if not g.wanted:
        return
    p = g.p
    count, taking = [0] * g.n, []
    for link in g.wanted:
        a, b = link.low, link.high
        a.ask(p.joint.link_hours)
        b.ask(p.joint.link_hours)
        if a.left >= C.leastJointHours and b.left >= C.leastJointHours:
            taking.append(link)
            count[a.slot] += 1
            count[b.slot] += 1
    if g.hub:
        g.books.hub_left += g.hub.left
        g.books.hub_weeks += 1
    led = [coordinated(g, link) for link in taking]
    give = [min(p.joint.link_hours, m.left / count[m.slot]) if count[m.slot] else 0.0 for m in g.smes]
    for link, part in zip(taking, led):
        work_on(g, link, part, give[link.low.slot], give[link.high.slot])


def coordinated(g, link):
    a, b = link.low, link.high
    needed = g.p.manager.mediation * (1 - (views(g, a, b).trust + views(g, b, a).trust) / 2)
    if link.mediated or needed == 0:
        return 1.0
    return link.owner.use(min(needed, link.owner.left / 2)) / needed


def contribution(g, i, j, link, u):
    p = g.p.joint
    pull = i.commitment * views(g, i, j).trust * link.agreed * (C.pullAlone + C.pullShared * i.sharing * link.complementarity)
    guard = link.rivalry * (1 - i.sharing)
    tempt = p.temptation * (1 - p.mediation_effect) if link.mediated else p.temptation
    x = 1 / (1 + exp((guard + tempt - pull) / p.noise) * math.sqrt((1 - u) / u))
    return 0.0 if x < C.leastShare else x


def work_on(g, link, led, give_a, give_b):
    p, a, b = g.p, link.low, link.high
    u, v = g.luck(luck.JOINT_WORK, pair(min(a.id, b.id), max(a.id, b.id)), g.week)
    if a.id > b.id:
        u, v = v, u
    own_a, own_b = contribution(g, a, b, link, u), contribution(g, b, a, link, v)
    x = min(own_a, own_b)
    if x > 0:
        practice = link.acts / (link.acts + C.practiceActs)
        pace = 1 - p.joint.pace * abs(a.rhythm - b.rhythm) * (1 - practice)
        link.hours += (math.sqrt((give_a * x) * (give_b * x)) * (C.gainAlone + (1 - C.gainAlone) * link.complementarity)
                       * (1 + p.joint.practice * practice) * pace * led)
        link.acts += x
        g.books.acts += x
        g.books.joint += give_a * x + give_b * x
        a.use(give_a * x)
        b.use(give_b * x)
        views(g, a, b).live(p, True, p.trust.weight * x)
        views(g, b, a).live(p, True, p.trust.weight * x)
    for m, other, own, give in ((a, b, own_a, give_a), (b, a, own_b, give_b)):
        if own > x:
            m.use(give * (own - x))
            views(g, m, other).live(p, False, p.trust.weight * (own - x))


def go_alone(g, o):
    if o.stage == Opportunity.NEGOTIATING or o.met or g.week - o.last_meeting < C.silence * pause(g, o):
        return
    m = max(o.team, key=lambda m: m.experience)
    hours = g.p.customer.alone_hours * per_member(g, len(o.team))
    if m.left >= hours:
        m.use(hours)
        m.gain(g.p.learning.meeting_gain)
        o.met = "alone"


def seek_alone(g, m):
    p = g.p
    if not m.active or not room(g, m):
        return
    dearest = p.manager.prospect * per_member(g, C.dearestTeam)
    m.pot += m.use(min(p.customer.search_share * m.left, max(0.0, max(dearest, m.saving_for) - m.pot)))
    if m.pot < max(m.saving_for, p.manager.prospect):
        return
    s = plan(g, m)
    if s is None or len(s.team) == 1 and wants(g, s.kind) > 0:
        s = search(g, MARKET, [m], market_for(g, m))
        s.counts = False
    m.saving_for = s.cost
    if m.pot >= s.cost:
        m.pot, m.saving_for = m.pot - s.cost, 0.0
        approach(g, s, p.customer.alone_quality * m.experience, 1.0)


def share_activities(g):
    if not g.trip:
        return
    p = g.p
    came = [m for m in active(g) if g.luck(luck.ACTIVITY, m.id, g.week)[0] < m.commitment * m.response]
    for m in came:
        m.use(p.manager.activity * C.activitySMEShare)
        m.gain(p.learning.meeting_gain)
    meet(g, came, C.lightExperience * p.trust.weight)
    market = g.markets[g.week // QUARTER % len(g.markets)]
    market.known += p.learning.market_trip * (1 - market.known)
    for m in came:
        for _ in range(int(p.manager.contacts)):
            s = plan(g, m, market)
            if s is None:
                break
            approach(g, s, 1.0, 1.0)
