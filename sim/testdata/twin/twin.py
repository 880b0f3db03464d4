#!/usr/bin/env python3
"""A twin of the model in plain Python, written from ODD.md and its supplement alone.

It takes jobs, one a line of JSON, and answers each with a line of JSON:

    echo '{"seed": 1, "replication": 0, "parameters": {"group.focus": 1}}' | python3 twin.py

"agents": true runs the second form, of agents that a scheduler steps and whose state a collector
keeps every week (agents.py). The answer has the outcomes, the weekly columns of the second form,
and the seconds of processor time that the run took.

All rules of ODD.md are here, but for what only some scenarios ask for: listed SMEs and markets, a
hub that is named, one SME alone (section 5, step 10), the switches of appendix B that set no
parameter; and but for the event log, the SMEs' ledgers and the figures by year. exp, log and the
normal quantile are those of Python's library, by which most runs agree with the model's to 12
digits (7.1); with --exact they are those of the supplement, S1, and all do but for about one run in
a thousand, whose sums are added in another order.
"""
import json
import sys
import time

from agents import AgentGroup
from model import Group
from outcomes import finite, outcomes


def answer(job):
    kind = AgentGroup if job.get("agents") else Group
    start = time.process_time()
    g = kind(job.get("parameters", {}), job.get("mix"), job["seed"], job["replication"]).run()
    told = {"outcomes": finite(outcomes(g))}
    told["seconds"] = time.process_time() - start
    if job.get("agents"):
        told["weekly"] = {name: finite(column) for name, column in g.collector.model_vars.items()}
    return told


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
