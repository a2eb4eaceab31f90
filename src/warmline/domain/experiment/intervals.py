"""How sure a share is, and the difference of two: intervals that hold for few contacts, too."""

from math import sqrt
from statistics import NormalDist

from msgspec import Struct


class Interval(Struct, frozen=True):
    """From `low` to `high`, both included."""

    low: float
    high: float


def wilson(successes: int, contacts: int, confidence: float = 0.95) -> Interval:
    """Return the interval of a share, 0 to 1; all of it while nothing is known. Source: Wilson (1927)."""
    if contacts == 0:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = successes / contacts
    middle = (share + z * z / (2 * contacts)) / (1 + z * z / contacts)
    half = z * sqrt(share * (1 - share) / contacts + z * z / (4 * contacts * contacts)) / (1 + z * z / contacts)
    low = 0.0 if successes == 0 else max(0.0, middle - half)
    high = 1.0 if successes == contacts else min(1.0, middle + half)
    return Interval(low, high)


def newcombe(
    successes_a: int, contacts_a: int, successes_b: int, contacts_b: int, confidence: float = 0.95
) -> Interval:
    """Return the interval of the share of b minus that of a, -1 to 1. Source: Newcombe (1998), method 10.

    It holds for one look at a number of contacts fixed beforehand, not for looking again and again.
    """
    a, b = wilson(successes_a, contacts_a, confidence), wilson(successes_b, contacts_b, confidence)
    if contacts_a == 0 or contacts_b == 0:
        return Interval(-1.0, 1.0)
    share_a, share_b = successes_a / contacts_a, successes_b / contacts_b
    low = share_b - share_a - sqrt((share_b - b.low) ** 2 + (a.high - share_a) ** 2)
    high = share_b - share_a + sqrt((b.high - share_b) ** 2 + (share_a - a.low) ** 2)
    return Interval(low, high)
