"""How long a customer will wait: those ahead, the pace of answers, and that some of those ahead give up.

Ahead of a customer stand n others. While k of them are left, the line shortens at the rate of answers plus k times
the rate at which one waiting customer gives up; the wait is the sum of those steps, an interval rather than a
number. Source: the estimator QLr of Ibrahim and Whitt, Real-time delay estimation in overloaded multiserver queues
with abandonments, Management Science 2009.
"""

import math

from msgspec import Struct

USUAL_PATIENCE_S = 600.0  # before anybody has given up
PRIOR_LEFT = 1.0  # how many customers the usual patience counts for
MEMORY_S = 4 * 3600.0  # of waiting time: what is older fades
PATIENCE_S = (20.0, 7_200.0)  # bounds of belief
SHARED_HEAVILY = 0.5  # of the agents' time goes to other lines: then the head of the line knows best
_Z_HIGH = 1.2815515594600038  # nine in ten


class WaitEstimate(Struct, frozen=True):
    """Seconds from now on: on average, for half of the customers, for nine in ten."""

    mean_s: float
    half_s: float
    most_s: float


class Patience:
    """How soon the customers of a line give up, learned from those who did and those who did not."""

    def __init__(self, usual_s: float = USUAL_PATIENCE_S) -> None:
        self._left = PRIOR_LEFT
        self._waited_s = PRIOR_LEFT * usual_s

    def answered(self, waited_s: float) -> None:
        """Count a customer who was answered after `waited_s`: so long, patience lasted."""
        self._count(0.0, waited_s)

    def gave_up(self, waited_s: float) -> None:
        """Count a customer who left the line after `waited_s` without an answer."""
        self._count(1.0, waited_s)

    @property
    def mean_s(self) -> float:
        """The mean patience. Source: the maximum-likelihood estimate for censored exponential times."""
        shortest_s, longest_s = PATIENCE_S
        return min(max(self._waited_s / self._left, shortest_s), longest_s)

    def _count(self, left: float, waited_s: float) -> None:
        kept = math.exp(-max(waited_s, 0.0) / MEMORY_S)
        self._left = max(self._left * kept + left, 1e-6)
        self._waited_s = self._waited_s * kept + max(waited_s, 0.0)


def by_line(ahead: int, per_answer_s: float, patience_s: float) -> WaitEstimate:
    """Return the wait of a customer with `ahead` others before them, when everybody is busy.

    `per_answer_s`: time between two answers to this line, over 0; `patience_s`: mean patience, infinite for
    customers who never leave.
    """
    answers_per_s, leaving_per_s = 1 / per_answer_s, 1 / patience_s
    mean_s = variance = 0.0
    for left in range(ahead + 1):
        step_s = 1 / (answers_per_s + left * leaving_per_s)
        mean_s += step_s
        variance += step_s * step_s
    return _spread(mean_s, mean_s * mean_s / variance)


def by_head(head_waited_s: float, ahead: int) -> WaitEstimate:
    """Return the wait when agents serve many lines: that of whoever is next, who waited `head_waited_s` so far."""
    return _spread(max(head_waited_s, 1.0), ahead + 1.0)


def expected_wait(
    ahead: int, per_answer_s: float, patience_s: float, *, head_waited_s: float = 0.0, elsewhere: float = 0.0
) -> WaitEstimate:
    """Choose the better estimate. `elsewhere`: the share (0 to 1) of the agents' time that goes to other lines."""
    if elsewhere >= SHARED_HEAVILY and head_waited_s > 0:
        return by_head(head_waited_s, ahead)
    return by_line(ahead, per_answer_s, patience_s)


def _spread(mean_s: float, shape: float) -> WaitEstimate:
    """Return the interval of a gamma-distributed wait. Source: Wilson and Hilferty, PNAS 1931."""
    ninth = 1 / (9 * shape)
    half_s = mean_s * (1 - ninth) ** 3
    most_s = mean_s * (1 - ninth + _Z_HIGH * math.sqrt(ninth)) ** 3
    return WaitEstimate(mean_s, half_s, most_s)
