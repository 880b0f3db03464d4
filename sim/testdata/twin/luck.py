"""Luck has an address (ODD.md 7.1; supplement, S2)."""
import functools
import math
import operator
import sys
from statistics import NormalDist

(SEED, NICHE, TECHNOLOGY, HOURS, COMPONENT, PERCEIVED, WORKLOAD, JOINT_WORK, ACTIVITY, EXISTENCE, DOOR, NEED, VALUE, ORDER,
 CHURN, FOLLOW_UP, TURNOVER, MARKET, OFFER, SHARING, TURN, MANAGER) = range(22)
WORD = (1 << 64) - 1


def philox(c0, c1, key):
    for _ in range(10):
        product = c0 * 0xD2B74407B1CE6E93
        c0, c1 = product >> 64 ^ key ^ c1, product & WORD
        key = key + 0x9E3779B97F4A7C15 & WORD
    return c0, c1


def uniform(word):
    return ((word >> 12) + 0.5) * 2**-52


class Luck:
    """The luck of one replication: every address yields two uniforms."""

    def __init__(self, seed, replication):
        self.key = philox(seed, replication, 0)[0]

    def __call__(self, decision, agent, serial):
        a, b = philox(decision << 32 | agent, serial, self.key)
        return uniform(a), uniform(b)


def pair(i, j):
    return 256 * i + j


def order(nu, n):
    return 65536 * nu + n


def clamp(x, low, high):
    return min(max(x, low), high)


def spread(mean, width, u):
    return mean + width * (2 * u - 1)


def total(values):
    """A plain sum in order: that of newer Pythons carries what rounding loses along."""
    return functools.reduce(operator.add, values, 0)


if "--exact" in sys.argv:
    from exact import exp, log, normal
else:
    log, normal = math.log, NormalDist().inv_cdf  # the same algorithm, AS 241

    def exp(x):
        return math.exp(min(max(x, -700.0), 700.0))
