"""A wait as an interval, and how soon customers give up. `waits.py` says who waits how long.

Source: the estimators QLr and HOL of Ibrahim and Whitt, Real-time delay estimation in overloaded multiserver
queues with abandonments, Management Science 2009.
"""

import math

from msgspec import Struct

USUAL_PATIENCE_S = 600.0  # before anybody has given up
PRIOR_LEFT = 1.0  # how many customers the usual patience counts for
MEMORY_S = 20 * 3600.0  # of waiting time, everybody's together: what is older fades
PATIENCE_S = (20.0, 7_200.0)  # bounds of belief
SHARED_HEAVILY = 0.85  # of the agents' answers go to lines served before: then the head of the line knows best
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

    @classmethod
    def unknown(cls) -> "Patience":
        """Return a patience nothing is believed of, to be asked with `within` only."""
        fresh = cls()
        fresh._left = fresh._waited_s = 0.0
        return fresh

    @property
    def mean_s(self) -> float:
        """The mean patience. Source: the maximum-likelihood estimate for censored exponential times."""
        return _believable(self._waited_s / self._left)

    def within(self, usual_s: float, weight: float) -> float:
        """Return the mean drawn towards `usual_s`, which counts as much as `weight` customers who left."""
        return _believable((self._waited_s + weight * usual_s) / (self._left + weight))

    def _count(self, left: float, waited_s: float) -> None:
        kept = math.exp(-max(waited_s, 0.0) / MEMORY_S)
        self._left = max(self._left * kept + left, 1e-6)
        self._waited_s = self._waited_s * kept + max(waited_s, 0.0)


def _believable(mean_s: float) -> float:
    shortest_s, longest_s = PATIENCE_S
    return min(max(mean_s, shortest_s), longest_s)


def by_head(head_waited_s: float, ahead: int) -> WaitEstimate:
    """Return the wait when agents serve other lines first: that of whoever is next, who waited so long so far."""
    return spread(max(head_waited_s, 1.0), ahead + 1.0)


def spread(mean_s: float, shape: float) -> WaitEstimate:
    """Return the interval of a gamma-distributed wait of this mean; `shape`: mean squared over variance.

    Source: Wilson and Hilferty, PNAS 1931.
    """
    ninth = 1 / (9 * shape)
    half_s = mean_s * (1 - ninth) ** 3
    most_s = mean_s * (1 - ninth + _Z_HIGH * math.sqrt(ninth)) ** 3
    return WaitEstimate(mean_s, half_s, most_s)
