"""How many contacts a comparison takes, told before it begins."""

from math import ceil, log, sqrt
from statistics import NormalDist

MOST = 100_000_000  # contacts; beyond it nobody waits for the answer


def needed_contacts(
    base: float, difference: float, share: float = 0.5, *, alpha: float = 0.05, power: float = 0.8
) -> int:
    """Return how many contacts, of both versions together, find a `difference` with probability `power`.

    `base`: the rate of version a; `share`: of the contacts get version b; all 0 to 1. The evidence of
    `evidence.py` grows by the information of each contact, less what learning the two rates costs. Of "better by"
    and "worse by", the one that is harder to find counts. Raises ValueError when neither is possible.
    """
    others = [rate for rate in (base + difference, base - difference) if 0 <= rate <= 1]
    if not others or difference <= 0 or not 0 < share < 1:
        raise ValueError(f"no version can differ by {difference} from {base}")
    return max(_needed(base, rate, share, alpha, power) for rate in others)


def _needed(rate_a: float, rate_b: float, share: float, alpha: float, power: float) -> int:
    rate_a, rate_b = (min(max(one, 0.001), 0.999) for one in (rate_a, rate_b))
    either = (1 - share) * rate_a + share * rate_b
    outcomes = [
        (weight * chance, log(chance / whole))
        for weight, rate in ((1 - share, rate_a), (share, rate_b))
        for chance, whole in ((rate, either), (1 - rate, 1 - either))
    ]
    gain = sum(chance * worth for chance, worth in outcomes)
    spread = sum(chance * worth * worth for chance, worth in outcomes) - gain * gain
    z = NormalDist().inv_cdf(power)

    def found(contacts: int) -> bool:
        learning = 0.5 * log(contacts)
        return contacts * gain - z * sqrt(contacts * spread) >= log(1 / alpha) + learning

    low, high = 2, 4
    while not found(high):
        if high >= MOST:
            return MOST
        low, high = high, high * 2
    while high - low > 1:
        middle = ceil((low + high) / 2)
        low, high = (low, middle) if found(middle) else (middle, high)
    return high
