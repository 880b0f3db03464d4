"""The same model as people build it with an agent-based framework such as Mesa: every actor is an
agent with a number and a model, sets of agents are told by name what to do, agents come and go in a
registry, and a collector asks model and agents for their state every week. The rules are the
plain twin's."""
import weakref

import week
from luck import total
from model import SCHEDULE, TASKS, Group
from people import SME, Customer, Opportunity
from search import mean

NAN = float("nan")


class Agent:
    """An actor of a model: its methods are the steps of its kind."""

    def __init__(self, model, *args):
        model.agents_made += 1
        self.model, self.unique_id = model, model.agents_made
        super().__init__(model, *args)


class SMEAgent(Agent, SME):
    pass


class OpportunityAgent(Agent, Opportunity):
    pass


class CustomerAgent(Agent, Customer):
    pass


def method(step):
    return lambda self: step(self.model, self)


for whose, step in SCHEDULE:
    if whose != "group":
        kind = {"smes": SMEAgent, "opportunities": OpportunityAgent, "customers": CustomerAgent}[whose]
        setattr(kind, step.__name__, method(step))


class AgentSet:
    """Agents in an order, held weakly, as frameworks do."""

    def __init__(self, agents):
        self.agents = weakref.WeakKeyDictionary((agent, None) for agent in agents)

    def do(self, name):
        for ref in self.agents.keyrefs():
            agent = ref()
            if agent is not None:
                getattr(agent, name)()


class DataCollector:
    """Keeps what reporters say, every week."""

    def __init__(self, model_reporters, agent_reporters):
        self.model_reporters, self.agent_reporters = model_reporters, agent_reporters
        self.model_vars, self.agent_records = {name: [] for name in model_reporters}, []

    def collect(self, model):
        for name, report in self.model_reporters.items():
            self.model_vars[name].append(report(model))
        for agent in model.smes:
            self.agent_records.append((model.week, agent.unique_id, *(getattr(agent, name) for name in self.agent_reporters)))


def over_active(name):
    def report(g):
        values = [getattr(m, name) for m in week.active(g)]
        return mean(values) if values else NAN
    return report


def in_stage(stage):
    return lambda g: total(o.stage == stage for o in g.opportunities)


def task_hours(task):
    return lambda g: g.books.tasks[task] - g.before["tasks"][task]


def cooperation(g):
    hours = g.hours_so_far() - g.before["hours"]
    return (g.books.joint - g.before["joint"]) / hours if hours > 0 else 0.0


REPORTERS = {
    "deals": lambda g: g.books.deals, "orders": lambda g: g.books.orders, "value": lambda g: g.books.value,
    "value_expected": lambda g: g.books.expected, "building": in_stage(Opportunity.BUILDING), "offers": in_stage(Opportunity.OFFER),
    "negotiating": in_stage(Opportunity.NEGOTIATING), "open_value": lambda g: total(o.value for o in g.opportunities),
    "trust": over_active("trusting"), "commitment": over_active("commitment"),
    "customer_trust": lambda g: mean([o.trust for o in g.opportunities]) if g.opportunities else NAN,
    "cooperation": cooperation, "active": lambda g: len(week.active(g)), "customers": lambda g: len(g.customers),
    **{"hours_" + task: task_hours(task) for task in TASKS},
}
OF_AGENTS = ("experience", "workload", "commitment", "satisfaction", "trusting", "fairness", "activity", "response", "load", "open_offers", "active")


class AgentGroup(Group):
    sme, opportunity, customer = SMEAgent, OpportunityAgent, CustomerAgent

    def __init__(self, *args):
        self.agents_made, self.collector = 0, DataCollector(REPORTERS, OF_AGENTS)
        super().__init__(*args)
        self.keep_sums()

    def act(self, whose, step):
        if whose == "group":
            step(self)
        else:
            AgentSet(getattr(self, whose)).do(step.__name__)

    def keep_sums(self):
        self.before = {"tasks": dict(self.books.tasks), "joint": self.books.joint, "hours": self.hours_so_far()}

    def collect(self):
        self.collector.collect(self)
        self.keep_sums()
