"""What a task might answer, for whoever tries a journey without its backends: one row for each way it can go."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from warmline.domain.journey.checker_answers import results
from warmline.domain.journey.checker_values import Decisive
from warmline.domain.journey.document import Invoke, Journey, SendLink, Verify
from warmline.domain.journey.steps_send_link import TASK as SEND_LINK
from warmline.domain.journey.tasks import Tasks, TaskSpec
from warmline.domain.journey.walk import steps_of

MOST = 24  # answers of one task; people choose from them

Row = dict[str, object]


def stand_in_answers(journeys: Mapping[str, Journey], specs: Tasks) -> dict[str, tuple[Row, ...]]:
    """Return, by task, the answers that conditions can tell apart, the most complete first."""
    decisive = Decisive(journeys.values())
    found: dict[str, list[Row]] = {}
    own: dict[str, tuple[Row, ...]] = {}
    level = 0
    for step in (step for journey in journeys.values() for step in steps_of(journey)):
        match step:
            case Invoke():
                rows = results(step, specs.get(step.task, TaskSpec()), decisive)
                found.setdefault(step.task, []).extend(rows)
            case Verify():
                level = max(level, step.level)
            case SendLink():
                own[SEND_LINK] = ({"sent": True},)
            case _:
                pass
    identity = _identity(level) if level else {}
    return {task: _varied(_widened(rows)) for task, rows in found.items()} | identity | own


def _widened(rows: list[Row]) -> tuple[Row, ...]:
    """Give every row all fields that any step reads, and put those with the fewest gaps first."""
    names = dict.fromkeys(name for row in rows for name in row)
    whole = {name: next((row[name] for row in rows if row.get(name) is not None), None) for name in names}
    wide = [{name: row.get(name, whole[name]) for name in names} for row in rows]
    unlike: list[Row] = []
    for row in wide:
        if row not in unlike:
            unlike.append(row)
    return tuple(sorted(unlike, key=_gaps))


def _gaps(row: Row) -> int:
    return sum(value is None or value is False or value == "" for value in row.values())


def _varied(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Keep the first row and those that bring most that is new: each value of a field, then each two together."""
    if len(rows) <= MOST:
        return tuple(rows)
    names = [name for name in rows[0] if any(row[name] != rows[0][name] for row in rows)]
    values = [{(name, repr(row[name])) for name in names} for row in rows]
    pairs = [set(combinations(sorted(one), 2)) for one in values]
    seen, seen_pairs, kept = set(values[0]), set(pairs[0]), {0}
    while len(kept) < MOST:
        left = (at for at in range(len(rows)) if at not in kept)
        best = max(left, key=lambda at: (len(values[at] - seen), len(pairs[at] - seen_pairs)))
        kept.add(best)
        seen |= values[best]
        seen_pairs |= pairs[best]
    return tuple(rows[at] for at in sorted(kept))


def _identity(level: int) -> dict[str, tuple[Row, ...]]:
    right: Row = {"level": level, "customer_ref": "C-1", "tries_left": 2, "locked": False}
    wrong: Row = {"level": 0, "customer_ref": None, "tries_left": 1, "locked": False}
    locked: Row = {"level": 0, "customer_ref": None, "tries_left": 0, "locked": True}
    checks = ("identity.check_code", "identity.check_pin", "identity.check_birth_date")
    return {task: (right, wrong, locked) for task in checks} | {"identity.send_code": (wrong, locked)}
