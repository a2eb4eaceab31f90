"""Evidence against "both versions are alike" that may be looked at after every contact.

One bets on each contact before its outcome is known: with the rates of the contacts before it, how likely is this
outcome in its own version, against how likely it is without knowing the version? If the versions are alike, the
product of these ratios is a fair game whatever their common rate is: its expectation stays 1 for ever, so the
chance that it ever reaches 1 / p is at most p (Ville 1939). No number of contacts has to be reached for that,
and no approximation is in it. Source: Turner, Ly and Grünwald (2024), safe tests for two proportions, with
blocks of one contact drawn by lot.
"""

from collections.abc import Iterable
from math import exp, log

from warmline.domain.experiment.assignment import Arm

PRIOR = 2.0  # contacts' worth of trust in the rate that was expected beforehand


class Evidence:
    """Grows contact by contact, in the order in which they began."""

    def __init__(self, share: float, base: float = 0.5) -> None:
        """`share`: of the contacts get version b, 0 < share < 1. `base`: the rate expected, named beforehand."""
        self._share = share
        self._base = min(max(base, 0.01), 0.99)
        self._successes = [0, 0]
        self._contacts = [0, 0]
        self._log = 0.0
        self._highest = 0.0

    def add(self, arm: Arm, success: bool) -> None:
        """Count one contact."""
        rate_a, rate_b = self._rate(0), self._rate(1)
        either = (1 - self._share) * rate_a + self._share * rate_b
        own = rate_b if arm == "b" else rate_a
        self._log += log(own / either) if success else log((1 - own) / (1 - either))
        self._highest = max(self._highest, self._log)
        index = 1 if arm == "b" else 0
        self._contacts[index] += 1
        self._successes[index] += success

    def _rate(self, index: int) -> float:
        return (self._successes[index] + PRIOR * self._base) / (self._contacts[index] + PRIOR)

    @property
    def ratio(self) -> float:
        """What a stake of 1 has grown to by now; its expectation is 1 if the versions are alike."""
        return exp(self._log)

    @property
    def p(self) -> float:
        """The chance, if the versions are alike, of ever seeing evidence as strong as seen so far; 0 to 1."""
        return exp(-self._highest)


def p_of(outcomes: Iterable[tuple[Arm, bool]], share: float, base: float = 0.5) -> float:
    """Return the always-valid p of contacts in the order in which they began."""
    evidence = Evidence(share, base)
    for arm, success in outcomes:
        evidence.add(arm, success)
    return evidence.p
