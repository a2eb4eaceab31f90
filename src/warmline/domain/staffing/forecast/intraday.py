"""Today so far corrects the rest of today, as far as what came is more than chance."""

import math
from collections.abc import Sequence

from msgspec import Struct

from warmline.domain.staffing.forecast.spread import bounds

CHECKPOINTS = (0.25, 0.5, 0.75)  # shares of a day's contacts at which the correction is learned and measured
_KEPT = 0.98
_START_WORTH = 8.0  # days that "what is missing so far goes on as it is" is believed for
_LEAST_LEFT = 0.15  # of the day's spread that remains however much of the day is known


class Today(Struct, frozen=True):
    """A day under way: `ratio` multiplies the rest; contacts and bounds per slot, those gone by as they came."""

    ratio: float
    contacts: tuple[float, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]


def slot_at(contacts: Sequence[float], share: float) -> int:
    """Return the first slot before which at least `share` of the day's contacts are expected."""
    goal = share * sum(contacts)
    reached = 0.0
    for slot, mean in enumerate(contacts):
        if reached >= goal > 0:
            return slot
        reached += mean
    return len(contacts)


def evidence(
    contacts: Sequence[float], counts: Sequence[float | None], until_slot: int, excess: float, noise: float
) -> tuple[float, float]:
    """Return by which share the day runs above its forecast so far, and how sure that is (0 to 1).

    `excess` is the squared relative spread of whole days, `noise` that of single slots, both beyond chance.
    """
    known = [
        (mean, count) for mean, count in zip(contacts[:until_slot], counts, strict=False) if count is not None
    ]
    expected = sum(mean for mean, _ in known)
    if expected <= 0:
        return 0.0, 0.0
    came = sum(count for _, count in known)
    chance = expected + noise * sum(mean * mean for mean, _ in known)
    sure = excess * expected * expected / (excess * expected * expected + chance)
    return came / expected - 1, sure


class Correction:
    """Learns how much of what today is off so far goes on for the rest of the day."""

    def __init__(self) -> None:
        self._together, self._alone = _START_WORTH * 1e-3, _START_WORTH * 1e-3

    @property
    def lasting(self) -> float:
        """The share of a surely seen difference that goes on, 0 to 1.3."""
        return max(0.0, min(1.3, self._together / self._alone))

    def learn(
        self, contacts: Sequence[float], counts: Sequence[float | None], excess: float, noise: float
    ) -> None:
        """Take in a day: what was expected before it began, what came."""
        self._together *= _KEPT
        self._alone *= _KEPT
        for share in CHECKPOINTS:
            until = slot_at(contacts, share)
            off, sure = evidence(contacts, counts, until, excess, noise)
            rest = [
                (mean, count)
                for mean, count in zip(contacts[until:], counts[until:], strict=True)
                if count is not None
            ]
            expected = sum(mean for mean, _ in rest)
            if expected <= 0:
                continue
            seen = max(-0.5, min(0.5, sure * off))
            came = max(-0.7, min(0.7, sum(count for _, count in rest) / expected - 1))
            # A day of few contacts says little about either.
            weight = expected / (expected + 50.0)
            self._together += weight * seen * came
            self._alone += weight * seen * seen

    def correct(
        self,
        contacts: Sequence[float],
        counts: Sequence[float | None],
        until_slot: int,
        excess: float,
        noise: float,
        bucket_excess: float,
    ) -> Today:
        """Return today with its rest rescaled; `bucket_excess` is the spread of slots when the day began."""
        off, sure = evidence(contacts, counts, until_slot, excess, noise)
        ratio = max(0.1, min(5.0, 1 + self.lasting * sure * off))
        left = max(_LEAST_LEFT, 1 - sure)
        spread = max(0.0, bucket_excess - (1 - left) * min(excess, bucket_excess))
        means: list[float] = []
        edges: list[tuple[int, int]] = []
        for slot, mean in enumerate(contacts):
            count = counts[slot] if slot < len(counts) else None
            if slot < until_slot and count is not None:
                means.append(count)
                edges.append((math.floor(count), math.ceil(count)))
            else:
                rescaled = mean * ratio
                means.append(rescaled)
                edges.append(bounds(rescaled, spread))
        return Today(ratio, tuple(means), tuple(low for low, _ in edges), tuple(high for _, high in edges))
