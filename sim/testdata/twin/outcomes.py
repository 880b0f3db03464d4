"""The outcomes of a run, by the formulas of the supplement, S4."""
import math

from luck import total
from odd import C
from search import mean

NAN = math.nan


def over(a, b):
    return a / b if b else NAN


def outcomes(g):
    p, end, whole, smes = g.p, g.project_books, g.books, g.project_smes
    looks = total(m.looked for m in smes)
    quarters = max(1, g.project // int(C.quarter))
    out = {
        "value_project": end.value, "value_total": whole.value, "value_after": whole.value - end.value,
        "value_project_expected": end.expected, "value_total_expected": whole.expected,
        "deals_project": end.deals, "deals_total": whole.deals, "orders_total": whole.orders,
        "first_deal_week": whole.first_deal, "first_joint_deal_week": whole.first_joint_deal, "never_sells": whole.deals == 0,
        "weeks_trust": over(whole.in_trust, whole.deals), "weeks_offer": over(whole.in_offer, whole.deals),
        "weeks_negotiation": over(whole.in_negotiation, whole.deals),
        "open_at_end": whole.open_at_end, "rescued": whole.rescued, "stranded": max(0.0, whole.open_at_end - whole.rescued),
        "offers_project": end.offers, "cooperation": end.joint / g.project_hours if g.project_hours else 0.0,
        "trust_end": mean([m.trusting for m in smes]), "commitment_end": mean([m.commitment for m in smes]),
        "experience_gained": mean([m.experience - m.entered for m in smes]), "trust_mean": over(end.trust_sum, end.trust_weeks),
        "regularity": mean([min(1.0, m.quarters / quarters) for m in smes]),
        "fairness": total(m.fair for m in smes) / looks if looks else 0.0, "active_end": total(m.active for m in smes),
        "hub_spare": over(end.hub_left, end.hub_weeks), "doors_per_hour": over(end.doors, end.tasks["prospecting"]),
        "meeting_share": over(end.tasks["customer_meetings"], end.granted), "coordination_share": over(end.tasks["coordination"], end.granted),
        "prospecting_share": over(end.tasks["prospecting"], end.granted), "idle_share": over(end.tasks["idle"], end.granted),
        "public_cost": whole.public, "private_cost": whole.private,
        "cost_per_deal": over(whole.public + whole.private, whole.deals),
        "value_per_public_euro": over(whole.value, whole.public), "value_per_hour": over(end.value, end.granted),
        "self_sustaining": self_sustaining(g), "kept_manager": whole.kept,
        "inequality": gini([m.value_deals + m.value_orders for m in g.smes]),
        "activity_correlation": correlation([m.activities for m in g.smes], [m.hours_received for m in g.smes]),
        "complementarity": g.complementarity, "technology": g.technology, "weeks_alive": whole.weeks_alive,
        "members_lost": whole.lost, "graduated": whole.withdrawn["graduated"], "manager_changes": whole.manager_changes,
        "satisfaction": over(total(m.content for m in g.smes + g.gone), total(m.content_weeks for m in g.smes + g.gone)),
        "cost_saved": cost_saved(g), "customers_end": len(g.customers),
    }
    for why in ("results", "unfair", "distrust", "own"):
        out["withdrawn_" + why] = end.withdrawn[why]
    goals, sales = p.goals, C.targetSales * (g.project / 52) * g.n
    out["goal_score"] = over(
        goals.sales * min(1.0, end.value / sales) + goals.cooperation * min(1.0, out["cooperation"] / C.targetJoint)
        + goals.learning * min(1.0, max(0.0, out["experience_gained"]) / C.targetLearning), goals.sales + goals.cooperation + goals.learning)
    return out


def finite(values):
    """As JSON has it: None for what is missing."""
    if isinstance(values, dict):
        return {name: finite([value])[0] for name, value in values.items()}
    return [None if math.isnan(value) else float(value) for value in values]


def self_sustaining(g):
    p = g.project
    if p < 52 or p + 104 > g.horizon:
        return NAN
    least = C.lastsShare * (1 - 1e-9)
    last = [a - b for a, b in zip(g.years[p], g.years[p - 52])]
    later = [a - b for a, b in zip(g.years[p + 104], g.years[p + 52])]
    return all(b > 0 and b >= least * a for a, b in zip(last, later))


def gini(x):
    apart = total(abs(a - b) for i, a in enumerate(x) for b in x[:i])
    return over(apart, len(x) * total(x))


def correlation(x, y):
    if len(x) < 3:
        return NAN
    a, b = mean(x), mean(y)
    along = total((u - a) * (v - b) for u, v in zip(x, y))
    return over(along, math.sqrt(total((u - a) ** 2 for u in x)) * math.sqrt(total((v - b) ** 2 for v in y)))


def cost_saved(g):
    p = g.p.money
    alone = p.shared + p.running + total(p.assistant * m.assistant / C.fullTimeAssistant for m in g.markets) + p.market * (len(g.markets) - 1)
    hours = total(m.hours_received for m in g.smes + g.gone)
    return hours * p.manager / (C.fullTimeManager * 52) + g.books.member_weeks * alone / 52 - g.books.private
