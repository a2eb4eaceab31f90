"""How long contacts take: level × weekday × time of day, every mean weighted by its contacts."""

from collections.abc import Sequence

_LEVEL_KEPT = 0.5 ** (1 / 10)  # per day with data
_SHAPE_KEPT = 0.5 ** (1 / 60)
# So many contacts of evidence are worth as much as the belief that a weekday or a slot is like the others.
_WEEKDAY_DOUBT, _SLOT_DOUBT, _LEVEL_DOUBT = 150.0, 60.0, 40.0


class HandleTimes:
    """Learns mean handle times (seconds), one day after the other."""

    def __init__(self, slots: int) -> None:
        self._level = [0.0, 0.0]  # seconds over what weekday and slot explain, contacts
        self._long = [0.0, 0.0]
        self._weekday = [[0.0, 0.0] for _ in range(7)]
        self._slot = [[0.0, 0.0] for _ in range(slots)]

    def mean_s(self, weekday: int, slot: int) -> float | None:
        """Return the mean handle time to expect, seconds; None before the first contact."""
        if self._long[1] <= 0:
            return None
        return self._level_s() * self._weekday_ratio(weekday) * self._slot_ratio(slot)

    def _level_s(self) -> float:
        usual = self._long[0] / self._long[1]
        return (self._level[0] + _LEVEL_DOUBT * usual) / (self._level[1] + _LEVEL_DOUBT)

    def _weekday_ratio(self, weekday: int) -> float:
        seen, usual = self._weekday[weekday]
        doubt = _WEEKDAY_DOUBT * (self._long[0] / self._long[1])
        return (seen + doubt) / (usual + doubt)

    def _slot_ratio(self, slot: int) -> float:
        seen, usual = self._slot[slot]
        doubt = _SLOT_DOUBT * (self._long[0] / self._long[1])
        return (seen + doubt) / (usual + doubt)

    def learn(self, weekday: int, counts: Sequence[float | None], work_s: Sequence[float | None]) -> None:
        """Take in a day: contacts per slot and the seconds they took together; None: unknown."""
        for sums in (self._level, self._long):
            kept = _LEVEL_KEPT if sums is self._level else _SHAPE_KEPT
            sums[0] *= kept
            sums[1] *= kept
        for sums in (*self._weekday, *self._slot):
            sums[0] *= _SHAPE_KEPT
            sums[1] *= _SHAPE_KEPT
        known = [
            (slot, count, seconds)
            for slot, (count, seconds) in enumerate(zip(counts, work_s, strict=True))
            if count is not None and seconds is not None and count > 0 and seconds > 0
        ]
        if not known:
            return
        contacts = sum(count for _, count, _ in known)
        seconds_together = sum(seconds for _, _, seconds in known)
        shaped = self._weekday_ratio(weekday) if self._long[1] > 0 else 1.0
        slot_ratios = [self._slot_ratio(slot) if self._long[1] > 0 else 1.0 for slot, _, _ in known]
        today_s = seconds_together / sum(
            count * shaped * ratio for (_, count, _), ratio in zip(known, slot_ratios, strict=True)
        )
        level_s = self._level_s() if self._long[1] > 0 else today_s
        self._level[0] += today_s * contacts
        self._level[1] += contacts
        self._long[0] += today_s * contacts
        self._long[1] += contacts
        for (slot, count, seconds), ratio in zip(known, slot_ratios, strict=True):
            self._weekday[weekday][0] += seconds
            self._weekday[weekday][1] += count * level_s * ratio
            self._slot[slot][0] += seconds
            self._slot[slot][1] += count * level_s * shaped
