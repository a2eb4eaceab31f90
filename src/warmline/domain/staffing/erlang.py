"""Waiting in a queue with patient or impatient customers, exactly: the Erlang C and Erlang A models.

Customers arrive at random (Poisson), are handled one at a time by equal agents for exponential times and, in
Erlang A, give up after exponential patience. Times in seconds, rates per second.
"""

import math

from msgspec import Struct

NEVER = math.inf  # the patience of customers who do not give up
_NEGLIGIBLE = 1e-17
_LARGE = 1e200
# Gauss-Legendre on [-1, 1], 8 points: positive nodes and weights. Abramowitz and Stegun, table 25.4.
_NODES = (
    (0.1834346424956498, 0.3626837833783620),
    (0.5255324099163290, 0.3137066458778873),
    (0.7966664774136267, 0.2223810344533745),
    (0.9602898564975363, 0.1012285362903763),
)


class Queueing(Struct, frozen=True):
    """A queue in its steady state. Shares are 0 to 1, of all customers who arrive.

    `mean_wait_s` counts everybody, those who give up too; infinite where the line grows without end.
    """

    agents: int
    arrivals_per_s: float
    handle_s: float
    patience_s: float
    p_wait: float
    p_abandon: float
    mean_wait_s: float
    occupancy: float
    log_edge: float  # logarithm of the probability that exactly one agent is free

    @property
    def mean_waiting(self) -> float:
        """How many wait on average. Source: Little's law."""
        return self.arrivals_per_s * self.mean_wait_s

    def answered_within(self, seconds: float) -> float:
        """Return the share of all customers who are answered after `seconds` at most (0 or more)."""
        if math.isinf(self.mean_wait_s):
            return 0.0
        return min(1.0, 1.0 - self.p_wait + self._turn_came(seconds, self.patience_s))

    def waiting_longer_than(self, seconds: float) -> float:
        """Return the share of all customers who after `seconds` are neither answered nor gone."""
        if math.isinf(self.mean_wait_s):
            return 1.0
        return max(0.0, self.p_wait - self._turn_came(seconds, NEVER)) * math.exp(-seconds / self.patience_s)

    def _turn_came(self, within_s: float, patience_s: float) -> float:
        """Return the share whose turn came after waiting, within `within_s`, and who were still there.

        Integrates the density of the offered wait. Source: Zeltyn and Mandelbaum, Call centers with impatient
        customers, Queueing Systems 51, 2005.
        """
        served_per_s = self.agents / self.handle_s
        log_rate = math.log(self.arrivals_per_s) + self.log_edge

        def density(at_s: float) -> float:
            pressure = (
                at_s if math.isinf(self.patience_s) else -self.patience_s * math.expm1(-at_s / self.patience_s)
            )
            still_there = at_s / patience_s
            return math.exp(log_rate + self.arrivals_per_s * pressure - served_per_s * at_s - still_there)

        # Within one panel the exponent changes by no more than a few units, where eight points suffice for 1e-13.
        panels = max(1, math.ceil(within_s * (max(self.arrivals_per_s, served_per_s) + 1 / patience_s) / 2))
        half_s = within_s / panels / 2
        total = 0.0
        for panel in range(panels):
            middle_s = (2 * panel + 1) * half_s
            part = sum(
                weight * (density(middle_s - half_s * node) + density(middle_s + half_s * node))
                for node, weight in _NODES
            )
            total += half_s * part
            falls = self.arrivals_per_s * math.exp(-middle_s / self.patience_s) < served_per_s
            if falls and half_s * part < _NEGLIGIBLE:
                break  # hardly anybody waits that long
        return total


def erlang_c(arrivals_per_s: float, handle_s: float, agents: int) -> Queueing:
    """Return how a queue does whose customers never give up. Source: Erlang, 1917.

    With as much work as `agents` can do, or more, everybody waits and the line grows without end.
    Raises ValueError for rates, times or agents that are not positive.
    """
    load = _load(arrivals_per_s, handle_s, agents)
    if load >= agents:
        return Queueing(agents, arrivals_per_s, handle_s, NEVER, 1.0, 0.0, math.inf, 1.0, -math.inf)
    blocked = 1.0
    for busy in range(1, agents + 1):
        blocked = load * blocked / (busy + load * blocked)
    p_wait = blocked / (1 - load / agents * (1 - blocked))
    # All who wait find every agent busy: p_wait = p(one free) * load / (agents - load).
    log_edge = math.log(p_wait) + math.log(agents - load) - math.log(load)
    mean_wait_s = p_wait * handle_s / (agents - load)
    return Queueing(agents, arrivals_per_s, handle_s, NEVER, p_wait, 0.0, mean_wait_s, load / agents, log_edge)


def erlang_a(arrivals_per_s: float, handle_s: float, patience_s: float, agents: int) -> Queueing:
    """Return how a queue does whose customers give up after `patience_s` on average. Source: Palm, 1957.

    An infinite patience is Erlang C. Raises ValueError for rates, times or agents that are not positive.
    """
    load = _load(arrivals_per_s, handle_s, agents)
    if not patience_s > 0:
        raise ValueError(f"Patience must be positive, not {patience_s} seconds.")
    if math.isinf(patience_s):
        return erlang_c(arrivals_per_s, handle_s, agents)
    # Probabilities relative to the state with exactly one agent free, downwards and then upwards.
    free = term = 1.0
    for busy in range(agents - 1, 0, -1):
        term *= busy / load
        free += term
        if term < _NEGLIGIBLE * free and busy < load:
            break
    served_per_s, leaving_per_s = agents / handle_s, 1 / patience_s
    scale, term, waiting, busy_all, in_line = 0.0, 1.0, 0, 0.0, 0.0
    while True:
        term *= arrivals_per_s / (served_per_s + waiting * leaving_per_s)
        busy_all += term
        in_line += waiting * term
        if term < _NEGLIGIBLE * (busy_all + free) and arrivals_per_s < served_per_s + waiting * leaving_per_s:
            break
        if term > _LARGE:  # far overloaded: keep the numbers within reach
            term, free, busy_all, in_line = term / _LARGE, free / _LARGE, busy_all / _LARGE, in_line / _LARGE
            scale += math.log(_LARGE)
        waiting += 1
    total = free + busy_all
    mean_waiting = in_line / total
    p_abandon = mean_waiting * leaving_per_s / arrivals_per_s
    return Queueing(
        agents, arrivals_per_s, handle_s, patience_s, busy_all / total, p_abandon, mean_waiting / arrivals_per_s,
        load * (1 - p_abandon) / agents, -math.log(total) - scale,
    )  # fmt: skip


def _load(arrivals_per_s: float, handle_s: float, agents: int) -> float:
    """Return the work offered, in Erlangs."""
    if not (arrivals_per_s > 0 and handle_s > 0 and agents > 0):
        raise ValueError(
            f"Arrivals, handle time and agents must be positive, not {arrivals_per_s}, {handle_s}, {agents}."
        )
    return arrivals_per_s * handle_s
