"""The group, and its week in the order of ODD.md, section 3."""
import copy
import math

import after
import week as w
from luck import Luck, total
from odd import C, parameters
from people import SME, Customer, Market, Opportunity, form

TASKS = ("administration", "further_markets", "guidance", "coordination", "joint_activities", "customer_meetings", "prospecting", "idle")

# The week: who takes the step, and which it is. What a group does itself it does at once, the others in order.
SCHEDULE = (
    ("smes", w.draw_workload), ("group", w.bring_together), ("group", w.find_wanted_links), ("group", w.hold_committees),
    ("group", w.start_manager_week), ("group", w.guide_and_mediate), ("group", w.meet_customers), ("group", w.seek_customers),
    ("opportunities", w.hold_round), ("opportunities", w.attend_meeting), ("smes", w.answer_questions), ("group", w.work_jointly),
    ("opportunities", w.go_alone), ("smes", w.seek_alone), ("group", w.share_activities),
    ("group", after.drift_trust), ("opportunities", after.advance), ("customers", after.fill_order), ("smes", after.forget),
    ("smes", after.remember), ("group", after.see_fairness), ("smes", after.feel), ("smes", after.bypass_silent),
    ("smes", after.change_member), ("group", after.change_manager), ("group", after.book_costs),
)


def weeks(years):
    return math.floor(52 * years + 0.5)


class Books:
    """What is counted of a group: sums up to now."""

    def __init__(self):
        self.value = self.expected = self.joint = self.acts = self.hub_left = self.granted = self.public = self.private = 0.0
        self.open_at_end = self.rescued = self.trust_sum = 0.0
        self.deals = self.orders = self.offers = self.doors = self.hub_weeks = self.lost = self.manager_changes = 0
        self.member_weeks = self.weeks_alive = self.trust_weeks = 0
        self.kept, self.first_deal, self.first_joint_deal = False, math.nan, math.nan
        self.in_trust = self.in_offer = self.in_negotiation = 0
        self.withdrawn = dict.fromkeys(("results", "unfair", "distrust", "own", "graduated"), 0)
        self.tasks = dict.fromkeys(TASKS, 0.0)

    def close(self, week, o):
        """A deal."""
        self.deals += 1
        self.value += o.value
        self.in_trust += o.trusted - o.opened
        self.in_offer += o.offered - o.trusted
        self.in_negotiation += week - o.offered
        if self.deals == 1:
            self.first_deal = week + 1
        if len(o.team) > 1 and math.isnan(self.first_joint_deal):
            self.first_joint_deal = week + 1
        self.rescued += o.stranded


class Group:
    sme, opportunity, customer = SME, Opportunity, Customer  # of which classes its actors are

    def __init__(self, changes, mix, seed, replication):
        p = self.p = parameters(changes)
        self.luck, self.week, self.n = Luck(seed, replication), 0, int(p.group.size)
        self.project = max(1, weeks(p.project.years))
        self.horizon = max(self.project, weeks(p.project.horizon))
        f = p.group.focus
        self.mix = mix or ((1 - 2 * f, 2 * f, 0.0) if f <= 0.5 else (0.0, 2 - 2 * f, 2 * f - 1))
        self.markets = [Market(self, m) for m in range(int(p.markets.count))]
        self.present, self.budget, self.saving_for, self.reserve, self.reserve_pays = True, 0.0, 0.0, 0.0, False
        self.approaches, self.opportunities, self.customers, self.wanted = [0, 0, 0], [], [], []
        self.smes, self.gone, self.books, self.years = [], [], Books(), [(0.0, 0.0)]
        self.links = [[None] * self.n for _ in range(self.n)]
        self.views = [[None] * self.n for _ in range(self.n)]
        form(self)

    def act(self, whose, step):
        """Those whose step it is take it."""
        if whose == "group":
            step(self)
        else:
            for agent in list(getattr(self, whose)):
                step(self, agent)

    def collect(self):
        """What is recorded every week; nothing here."""

    # The run.

    def run(self):
        while self.week < self.horizon:
            self.step()
        return self

    def step(self):
        for whose, step in SCHEDULE:
            self.act(whose, step)
            if whose == "customers":
                self.customers = [c for c in self.customers if not c.gone]
        self.observe()
        self.collect()
        self.week += 1
        if self.week == self.project:
            self.project_books, self.project_smes = copy.deepcopy(self.books), [copy.copy(m) for m in self.smes]
            self.project_hours = self.hours_so_far()
        after.end_project(self)

    def end(self, o):
        """An opportunity is won or lost: it is open no more."""
        o.stage = Opportunity.ENDED
        self.opportunities.remove(o)
        for m in o.team:
            m.open_offers -= 1

    def spend(self, hours, task):
        self.budget -= hours
        self.books.tasks[task] += hours

    def observe(self):
        books = self.books
        for m in self.smes:
            m.activities += m.activity
        members = [m for m in self.smes if m.active]
        for m in members:
            m.content += m.satisfaction
            m.content_weeks += 1
        if members:
            books.trust_sum += total(m.trusting for m in members) / len(members)
            books.trust_weeks += 1
        books.weeks_alive += self.present and len(members) >= min(2, self.n)
        self.years.append((books.value, books.acts))

    def hours_so_far(self):
        return total(m.hours_available for m in self.smes + self.gone)

    # Money (7.18).

    def yearly_cost(self):
        p = self.p.money
        cost = p.manager * self.p.manager.hours / C.fullTimeManager + p.shared + p.running * total(m.active for m in self.smes)
        for market in self.markets:
            cost += p.assistant * market.assistant / C.fullTimeAssistant
        return cost + p.market * (len(self.markets) - 1)

    def public_share(self):
        p = self.p.project
        full = min(self.project, weeks(p.full))
        if self.week < full:
            return p.subsidy
        year = (self.week - full) // 52 + 1
        return p.lasting + (p.subsidy - p.lasting) * max(0.0, 1 - year / (p.fade + 1))

    def members_part_of_a_year(self):
        return self.yearly_cost() * (1 - self.public_share()) * (1 + self.p.money.reserve)
