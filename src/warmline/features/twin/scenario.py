"""A described scenario: a file that says who comes, what happens and who is absent, in a company's own hours.

{"streams": [{"queue_id": "orders", "from": "09:00", "until": "18:00", "per_hour": 40, "handle_s": 300}],
 "promotions": [{"from": "13:00", "until": "14:00", "factor": 3}],
 "outages": [{"from": "10:00", "until": "10:20", "desks_dead": false}], "absent": 2}
Everything may be left out; without streams the recorded or forecast contacts come, with streams those are only
what the described day is compared with.
"""

import re

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from warmline.domain.twin.world import HALF_HOUR_S
from warmline.features.twin.changes import Changes, Disturbance, Promotion
from warmline.features.twin.counted import half_hours_of
from warmline.features.twin.day import Day, Expected
from warmline.features.twin.refusals import SCENARIO
from warmline.kernel.errors import INVALID, Refused

WALL = re.compile(r"([01]?\d|2[0-3]):[0-5]\d|24:00")
_AT_MOST = 200  # streams, promotions, outages in one file


class Flow(Struct, frozen=True, forbid_unknown_fields=True):
    """Contacts of one queue: so many an hour from one time to another, or a list for each half hour from then."""

    queue_id: str
    from_: str = field(name="from", default="00:00")
    until: str = "24:00"
    per_hour: float = 0.0
    per_half_hour: tuple[float, ...] = ()
    handle_s: float | None = None


class Event(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that lasts from one time to another."""

    from_: str = field(name="from")
    until: str = field(name="until")


class Promoted(Event, frozen=True, forbid_unknown_fields=True):
    """So many times as many contacts."""

    factor: float


class Trouble(Event, frozen=True, forbid_unknown_fields=True):
    """Nothing is offered, or the desks are dead."""

    desks_dead: bool = False


class Scenario(Struct, frozen=True, forbid_unknown_fields=True):
    """All of it; `absent` agents are away all day."""

    streams: tuple[Flow, ...] = ()
    promotions: tuple[Promoted, ...] = ()
    outages: tuple[Trouble, ...] = ()
    absent: int = 0


def decode(text: bytes, file: str) -> Scenario:
    """Return the scenario written as JSON. Raises Refused where it is none."""
    try:
        found = msgspec.json.decode(text, type=Scenario)
    except msgspec.DecodeError as problem:
        raise Refused(SCENARIO, file=file, reason=str(problem).rstrip(".")) from problem
    if max(len(found.streams), len(found.promotions), len(found.outages)) > _AT_MOST:
        raise Refused(SCENARIO, file=file, reason=f"it has more than {_AT_MOST} entries of a kind")
    for one in (*found.streams, *found.promotions, *found.outages):
        for wall in (one.from_, one.until):
            if not WALL.fullmatch(wall):
                raise Refused(SCENARIO, file=file, reason=f"{wall} is not a time such as 09:30")
    for flow in found.streams:
        if min(flow.per_hour, *flow.per_half_hour, flow.handle_s or 0.0) < 0:
            raise Refused(SCENARIO, file=file, reason="a number of contacts or seconds is below 0")
    return found


def described(day: Day, scenario: Scenario) -> Day:
    """Return the day with the scenario's contacts instead of its own. Raises Refused for an unknown queue."""
    if not scenario.streams:
        return day
    known = {queue.id for queue in day.queues}
    half_hours = half_hours_of(day)
    expected: dict[str, list[float]] = {}
    work_s: dict[str, float] = {}
    for flow in scenario.streams:
        if flow.queue_id not in known:
            raise Refused(INVALID, field="streams", reason=f"there is no queue {flow.queue_id}")
        mine = _counts(day, flow, half_hours)
        line = expected.setdefault(flow.queue_id, [0.0] * half_hours)
        for number, count in enumerate(mine):
            line[number] += count
        if flow.handle_s is not None:
            work_s[flow.queue_id] = flow.handle_s
    return replace(
        day, expected=tuple(Expected(id, tuple(line), work_s.get(id)) for id, line in sorted(expected.items()))
    )


def _counts(day: Day, flow: Flow, half_hours: int) -> list[float]:
    from_s = day.seconds_at(flow.from_)
    if flow.per_half_hour:
        first = int(from_s // HALF_HOUR_S)
        line = [0.0] * first + list(flow.per_half_hour)
        return (line + [0.0] * half_hours)[:half_hours]
    until_s = day.seconds_at(flow.until)
    begins = (number * HALF_HOUR_S for number in range(half_hours))
    return [
        flow.per_hour * max(0.0, min(until_s, begin + HALF_HOUR_S) - max(from_s, begin)) / 3_600
        for begin in begins
    ]


def with_events(changes: Changes, day: Day, scenario: Scenario) -> Changes:
    """Return the changes with the scenario's events besides."""
    return replace(
        changes,
        agents=changes.agents - scenario.absent,
        promotions=(
            *changes.promotions,
            *(Promotion(*_span(day, one), one.factor) for one in scenario.promotions),
        ),
        outages=(*changes.outages, *(Disturbance(*_span(day, one), one.desks_dead) for one in scenario.outages)),
    )


def _span(day: Day, one: Event) -> tuple[float, float]:
    return day.seconds_at(one.from_), day.seconds_at(one.until)
