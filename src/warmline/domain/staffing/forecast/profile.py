"""How a day's contacts spread over its slots, per kind of day, learned as days pass.

Kinds are the seven weekdays and public holidays. A kind's own shape is believed as far as its evidence goes beyond
chance; else it leans on its group (working days, other days), and the group on all days. Several memories, from
weeks to most of a year, are kept at once and mixed by how well each has foretold shapes lately.
"""

from collections.abc import Sequence

HOLIDAY = 7  # the kind after the weekdays 0 to 6
KINDS = 8
_WORKING = range(5)
MEMORIES_DAYS = (18.0, 50.0, 150.0)  # half-lives, in days that carry data
_SCORE_KEPT = 0.97  # per day; how long a memory's merits count
_SHARPNESS = 8.0
_NOISE_KEPT = 0.985
_START_NOISE = 0.01  # squared relative noise of a slot beyond chance, before anything is known


class _Sums:
    """Faded sums over days: contacts per slot, total, how much weight, how much squared weight."""

    __slots__ = ("per_slot", "squares", "total", "weight")

    def __init__(self, slots: int) -> None:
        self.per_slot = [0.0] * slots
        self.total = self.weight = self.squares = 0.0

    def fade(self, kept: float) -> None:
        self.per_slot = [value * kept for value in self.per_slot]
        self.total *= kept
        self.weight *= kept
        self.squares *= kept * kept

    def add(self, counts: Sequence[float], total: float) -> None:
        self.per_slot = [value + count for value, count in zip(self.per_slot, counts, strict=True)]
        self.total += total
        self.weight += 1.0
        self.squares += 1.0


class _Memory:
    """Shapes with one half-life."""

    def __init__(self, slots: int, half_life_days: float) -> None:
        self.kept = 0.5 ** (1 / half_life_days)
        self.kinds = [_Sums(slots) for _ in range(KINDS)]
        self.loss = 0.0

    def shape(self, kind: int, noise: float) -> list[float]:
        everything = _merged(self.kinds)
        if everything.total <= 0:
            return []
        members = _WORKING if kind in _WORKING else (5, 6, HOLIDAY)
        group = _merged([self.kinds[member] for member in members])
        level = [value / everything.total for value in everything.per_slot]
        common = _leaning(everything, _smooth(level), noise)
        return _leaning(self.kinds[kind], _leaning(group, common, noise), noise)


def _merged(parts: Sequence[_Sums]) -> _Sums:
    merged = _Sums(0)
    merged.per_slot = [sum(values, 0.0) for values in zip(*(part.per_slot for part in parts), strict=True)]
    merged.total = sum(part.total for part in parts)
    merged.weight = sum(part.weight for part in parts)
    merged.squares = sum(part.squares for part in parts)
    return merged


def _smooth(shares: Sequence[float]) -> list[float]:
    """Return shares averaged with their neighbours (1-2-1) where all three are open; scaled to sum to 1."""
    smooth = list(shares)
    for slot in range(1, len(shares) - 1):
        before, here, after = shares[slot - 1 : slot + 2]
        if before > 0 and after > 0 and min(before, after) > 0.3 * max(before, after):
            smooth[slot] = (before + 2 * here + after) / 4
    whole = sum(smooth)
    return [share / whole for share in smooth] if whole > 0 else smooth


def _leaning(own: _Sums, prior: Sequence[float], noise: float) -> list[float]:
    """Return the shape between `own` and `prior` that the evidence supports; empirical Bayes, slot by slot.

    The spread between the two beyond chance, pooled over slots, is how far `own` may really differ. It is split in
    a part that neighbours share and a part of single slots.
    """
    if own.total <= 0 or own.weight <= 0:
        return list(prior)
    expected = [own.total * share for share in prior]
    # Chance: squares * (a_day + noise * a_day²), a_day being what one day of full weight brings.
    linear, quadratic = own.squares / own.weight, own.squares * noise / (own.weight * own.weight)
    chance = [value * (linear + quadratic * value) for value in expected]
    beyond = sum((count - value) ** 2 for count, value in zip(own.per_slot, expected, strict=True)) - sum(chance)
    scale = sum(value * value for value in expected)
    spread = beyond / scale if scale > 0 else 0.0
    if spread <= 0:
        # Nothing beyond chance; a slot that others have never used and this kind does is taken as it is.
        mixed = [count if value <= 0 else value for count, value in zip(own.per_slot, expected, strict=True)]
    else:
        mixed = _between(own.per_slot, expected, chance, spread)
    whole = sum(mixed)
    return [value / whole for value in mixed] if whole > 0 else list(prior)


def _between(
    counts: Sequence[float], expected: Sequence[float], chance: Sequence[float], spread: float
) -> list[float]:
    mixed: list[float] = []
    # The ends have themselves as neighbours.
    before = (counts[0], expected[0], chance[0])
    here = before
    last = len(counts) - 1
    for slot in range(last + 1):
        after = (counts[slot + 1], expected[slot + 1], chance[slot + 1]) if slot < last else here
        count, value, variance = here
        if value <= 0:
            mixed.append(count)
        else:
            near_value = before[1] + 2 * value + after[1]
            near = (before[0] + 2 * count + after[0]) / near_value - 1
            near_chance = (before[2] + 4 * variance + after[2]) / (near_value * near_value)
            trust_near = spread / (spread + near_chance)
            trust = spread / (spread + variance / (value * value))
            ratio = 1 + trust * (count / value - 1) + (1 - trust) * trust_near * near
            mixed.append(value * ratio if ratio > 0 else 0.0)
        before, here = here, after
    return mixed


class Profiles:
    """The shapes of days, learned one day after the other."""

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self._memories = [_Memory(slots, half_life) for half_life in MEMORIES_DAYS]
        self._noise = _START_NOISE
        self._excess, self._scale = _START_NOISE * 100.0, 100.0
        self._made: dict[int, list[float]] = {}

    @property
    def noise(self) -> float:
        """Squared relative noise of a slot beyond chance, given the day's total."""
        return self._noise

    def shape(self, kind: int) -> list[float]:
        """Return each slot's share of a day of this kind (they sum to 1); empty before the first day."""
        if kind not in self._made:
            self._made[kind] = self._mix([memory.shape(kind, self._noise) for memory in self._memories])
        return self._made[kind]

    def _mix(self, shapes: Sequence[list[float]]) -> list[float]:
        if not shapes[0]:
            return []
        best = min(memory.loss for memory in self._memories)
        merits = [((best + 1e-9) / (memory.loss + 1e-9)) ** _SHARPNESS for memory in self._memories]
        whole = sum(merits)
        weights = [merit / whole for merit in merits]
        return [
            sum(weight * share for weight, share in zip(weights, slot, strict=True))
            for slot in zip(*shapes, strict=True)
        ]

    def learn(self, kind: int, counts: Sequence[float | None]) -> None:
        """Take in a day: contacts per slot, as if each slot happened once; None: unknown."""
        shapes = [memory.shape(kind, self._noise) for memory in self._memories]
        known = [count is not None for count in counts]
        filled = self._filled(self._mix(shapes), counts)
        total = sum(filled)
        if total <= 0:
            return
        if shapes[0]:
            for memory, shape in zip(self._memories, shapes, strict=True):
                missed = sum(
                    abs(count - total * share)
                    for count, share, is_known in zip(filled, shape, known, strict=True)
                    if is_known
                )
                memory.loss = memory.loss * _SCORE_KEPT + missed / total
            self._learn_noise(self._mix(shapes), filled, known, total)
        for memory in self._memories:
            for one in memory.kinds:
                one.fade(memory.kept)
            memory.kinds[kind].add(filled, total)
        self._made = {}

    def _filled(self, shape: list[float], counts: Sequence[float | None]) -> list[float]:
        """Return the counts with what is unknown estimated from what is known."""
        seen = sum(count for count in counts if count is not None)
        if not shape:
            return [count or 0.0 for count in counts]
        covered = sum(share for share, count in zip(shape, counts, strict=True) if count is not None)
        scale = seen / covered if covered > 0 else 0.0
        return [scale * share if count is None else count for share, count in zip(shape, counts, strict=True)]

    def _learn_noise(
        self, shape: list[float], counts: Sequence[float], known: Sequence[bool], total: float
    ) -> None:
        excess = scale = 0.0
        for share, count, is_known in zip(shape, counts, known, strict=True):
            expected = total * share
            if is_known and expected > 0:
                excess += min((count - expected) ** 2, 25 * expected + 0.5 * expected**2) - expected
                scale += expected * expected
        if scale > 0:
            self._excess = self._excess * _NOISE_KEPT + excess / total
            self._scale = self._scale * _NOISE_KEPT + scale / total
            self._noise = max(0.0, self._excess / self._scale)
