"""What is simulated: queues, people, streams of contacts, and what goes wrong. Seconds count from `start_at`.

A world is plain data and travels as JSON. Calendars, zones and forecasts are resolved by whoever describes it.
"""

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct, field

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.model import Seat
from warmline.domain.routing.rules import MediaRules, QueueRules
from warmline.domain.twin.distributions import Duration, Fixed, check
from warmline.kernel.errors import INVALID, Refused

HALF_HOUR_S = 1_800
PLAIN_RULES = QueueRules()
NO_MEDIA = MediaRules()


class Span(Struct, frozen=True):
    """From `from_s` up to, not including, `until_s`."""

    from_s: float
    until_s: float


class Queue(Struct, frozen=True, omit_defaults=True):
    """`opened` empty: always open. `rules`: as the live router and the contact machine obey them.

    Where no rules say it, a longest wait and an overflow may be described here. Who waited `overflow_after_s`
    moves to the other queue with the age kept; overflow by the rules asks the other queue's agents as well.
    """

    id: str
    target_s: float = 20
    opened: tuple[Span, ...] = ()
    max_waiting: int | None = None  # as many wait, and the next is turned away
    max_wait_s: float | None = None  # after this long the customer is sent away (message, voicemail)
    overflow_after_s: float | None = None
    overflow_to: str | None = None
    rules: QueueRules = PLAIN_RULES
    lets_in: bool = False  # who comes outside `opened` was let in by a journey
    when_unstaffed: Literal["wait", "turn_away"] = "wait"  # who comes while nobody on shift fits
    looks_every_s: float | None = None  # so often who waits looks whether anybody will come at all


class Shift(Struct, frozen=True, omit_defaults=True):
    """Paid time. Who talks when a break or the end comes finishes first."""

    from_s: float
    until_s: float
    breaks: tuple[Span, ...] = ()


class Group(Struct, frozen=True, omit_defaults=True):
    """`count` agents alike. No shifts: always there. `no_answer`: share of offers that are missed."""

    id: str
    seats: tuple[Seat, ...]
    count: int = 1
    skills: dict[str, int] = {}
    capacity: dict[str, int] = field(default_factory=lambda: {"voice": 1})
    shifts: tuple[Shift, ...] = ()
    answers_after: Duration | None = None  # None: at once
    no_answer: float = 0.0
    offer_timeout_s: float = 20.0
    misses_allowed: int = 3  # so many misses in a row and the agent is set to away
    away_s: float = 300.0
    teams: tuple[str, ...] = ()
    attributes: dict[str, str] = {}
    media: MediaRules = NO_MEDIA


class Steady(Struct, frozen=True, tag="steady"):
    """The same rate all the time (Poisson)."""

    per_hour: float


class Rates(Struct, frozen=True, tag="rates"):
    """Expected contacts in each interval, one after the other from `from_s`: a Poisson process that changes."""

    per_interval: tuple[float, ...]
    interval_s: float = HALF_HOUR_S
    from_s: float = 0.0


class RecordedContact(Struct, frozen=True, omit_defaults=True, array_like=True):
    """One contact that really came. What is not known is drawn from the stream's distributions.

    It opens at `at_s` and asks for a person `before_s` later, unless the journey could help (`contained`). `last`:
    it wishes for an agent of this group, and for `alone_s` for nobody else.
    """

    at_s: float
    handle_s: float | None = None
    wrap_up_s: float | None = None
    patience_s: float | None = None
    before_s: float | None = None
    contained: bool = False
    last: str | None = None
    alone_s: float | None = None


class Recorded(Struct, frozen=True, tag="recorded"):
    """Contacts as they came, in order of time."""

    contacts: tuple[RecordedContact, ...]


Arrivals = Steady | Rates | Recorded


class Calls(Struct, frozen=True, omit_defaults=True):
    """What customers make of promised calls: `share` of those asked want one, `reached` is the share of attempts.

    `attempt`: how long one that reaches nobody keeps the agent.
    """

    share: float = 0.0
    reached: float = 1.0
    attempt: Duration = Fixed(30)


NO_CALLS = Calls()


class Stream(Struct, frozen=True, omit_defaults=True):
    """Contacts alike. `patience` None: nobody gives up. Who gave up tries again with chance `retries`.

    With `self_service` contacts spend that time in the journey before they ask for a person; the share `contained`
    never does. The share `returning` wishes, for `preferred_s`, for the one agent who knows them.
    """

    id: str
    queue_id: str
    arrivals: Arrivals
    handle: Duration
    wrap_up: Duration | None = None
    patience: Duration | None = None
    channel: str = "voice"
    skills: tuple[SkillNeed, ...] = ()
    priority: int = 5
    retries: float = 0.0
    retry_after: Duration | None = None
    media_failures: float = 0.0  # share of conversations whose connection breaks; the customer waits again
    calls: Calls = NO_CALLS
    self_service: Duration | None = None
    contained: float = 0.0
    returning: float = 0.0
    preferred_s: float = 30.0


class Outage(Struct, frozen=True):
    """`no_offers`: the router stands still. `agents_gone`: the desks are dead and their contacts wait again."""

    from_s: float
    until_s: float
    kind: Literal["no_offers", "agents_gone"] = "no_offers"
    groups: tuple[str, ...] = ()  # empty: all


class Spike(Struct, frozen=True):
    """A promotion or an incident: `factor` times as many contacts."""

    from_s: float
    until_s: float
    factor: float
    streams: tuple[str, ...] = ()  # empty: all


class Carried(Struct, frozen=True, omit_defaults=True):
    """A contact that is open when the world begins, `since_s` (0 or below) in its queue.

    `group`: in the hands of one of these agents, for `left_s` more (None: drawn). `promised`: a call is owed.
    """

    stream_id: str
    since_s: float
    group: str | None = None
    left_s: float | None = None
    patience_s: float | None = None  # from the beginning on
    promised: bool = False


class World(Struct, frozen=True, omit_defaults=True):
    """All of it. Contacts that come before `warm_up_s`, and those `carried` in, are simulated, not counted."""

    start_at: datetime
    queues: tuple[Queue, ...]
    groups: tuple[Group, ...]
    streams: tuple[Stream, ...]
    outages: tuple[Outage, ...] = ()
    spikes: tuple[Spike, ...] = ()
    warm_up_s: float = 0.0
    interval_s: float = HALF_HOUR_S
    carried: tuple[Carried, ...] = ()


def is_plain(world: World) -> bool:
    """Whether nothing is set that only a world with rules needs (`ruled.RuledSimulation`)."""
    queues = all(
        queue.rules == PLAIN_RULES
        and not queue.lets_in
        and queue.when_unstaffed == "wait"
        and queue.looks_every_s is None
        for queue in world.queues
    )
    groups = all(group.media == NO_MEDIA for group in world.groups)
    return queues and groups and not world.carried and not any(map(_is_ruled, world.streams))


def _is_ruled(stream: Stream) -> bool:
    if stream.self_service is not None or stream.contained or stream.returning:
        return True
    return isinstance(stream.arrivals, Recorded) and any(
        one.before_s is not None or one.contained or one.last is not None for one in stream.arrivals.contacts
    )


def encode(world: World) -> bytes:
    """Return the world as JSON."""
    return msgspec.json.encode(world)


def decode(text: bytes | str) -> World:
    """Return the world written as JSON. Raises Refused where it is none."""
    try:
        world = msgspec.json.decode(text, type=World)
    except msgspec.ValidationError as error:
        raise Refused(INVALID, field="world", reason=str(error)) from error
    validate(world)
    return world


def validate(world: World) -> None:
    """Raise Refused for names nobody has, shares outside 0 to 1, and times that run backwards."""
    queues = _names("queues", [queue.id for queue in world.queues])
    groups = _names("groups", [group.id for group in world.groups])
    streams = _names("streams", [stream.id for stream in world.streams])
    _claim(world.start_at.tzinfo is not None, "start_at", "it needs a time zone")
    _claim(world.interval_s > 0, "interval_s", "it must be positive")
    for queue in world.queues:
        both = (queue.overflow_to is None) == (queue.overflow_after_s is None)
        _claim(both, f"queues.{queue.id}", "overflow needs a time and a queue")
        _claim(queue.overflow_to is None or queue.overflow_to in queues, f"queues.{queue.id}", "no such overflow")
        _ordered(queue.opened, f"queues.{queue.id}.opened")
        _rules(queue, queues)
    for group in world.groups:
        _group(group, queues)
    for stream in world.streams:
        _stream(stream, queues, groups)
    for one in world.carried:
        _claim(one.stream_id in streams and one.since_s <= 0, "carried", "it names no stream, or began later")
        able = one.group is None or _channel(world, one.stream_id) in _capacity(world, one.group)
        _claim(able, "carried", "it names a group that does not exist, or never takes such contacts")
    for outage in world.outages:
        _claim(set(outage.groups) <= groups, "outages", "it names a group that does not exist")
    for spike in world.spikes:
        _claim(set(spike.streams) <= streams, "spikes", "it names a stream that does not exist")
        _claim(spike.factor >= 0, "spikes", "the factor must not be negative")
    _ordered(tuple(Span(o.from_s, o.until_s) for o in (*world.outages,)), "outages", gaps=False)
    _ordered(tuple(Span(s.from_s, s.until_s) for s in (*world.spikes,)), "spikes", gaps=False)


def _channel(world: World, stream_id: str) -> str:
    return next((stream.channel for stream in world.streams if stream.id == stream_id), "")


def _capacity(world: World, group_id: str) -> dict[str, int]:
    return next((group.capacity for group in world.groups if group.id == group_id), dict[str, int]())


def _rules(queue: Queue, queues: set[str]) -> None:
    rules, field = queue.rules, f"queues.{queue.id}.rules"
    named = {rules.overflow_queue_id, *(ring.queue_id for ring in rules.rings)} - {None}
    _claim(named <= queues, field, "they name a queue that does not exist")
    _claim(rules.weight > 0 and rules.reserve >= 0 and rules.broadcast >= 1, field, "a number is too low")
    _claim(queue.overflow_to is None or rules.overflow_queue_id is None, field, "there are two overflows")
    _claim(queue.max_wait_s is None or rules.max_wait_s is None, field, "there are two longest waits")
    _claim(queue.looks_every_s is None or queue.looks_every_s > 0, field, "looks_every_s must be positive")


def _group(group: Group, queues: set[str]) -> None:
    field = f"groups.{group.id}"
    _claim(group.count >= 0, field, "the count must not be negative")
    _claim({seat.queue_id for seat in group.seats} <= queues, field, "a seat names no queue there is")
    _claim(0 <= group.no_answer <= 1, field, "no_answer is a share of 0 to 1")
    _claim(group.misses_allowed >= 1 and group.offer_timeout_s > 0, field, "misses and timeout must be positive")
    _ordered(tuple(Span(shift.from_s, shift.until_s) for shift in group.shifts), f"{field}.shifts")
    for shift in group.shifts:
        _ordered(shift.breaks, f"{field}.breaks", within=Span(shift.from_s, shift.until_s))
    if group.answers_after is not None:
        check(group.answers_after, f"{field}.answers_after")


def _stream(stream: Stream, queues: set[str], groups: set[str]) -> None:
    field = f"streams.{stream.id}"
    _claim(stream.queue_id in queues, field, "there is no such queue")
    _claim(0 <= stream.retries <= 1, field, "retries are a share of 0 to 1")
    _claim(0 <= stream.media_failures < 1, field, "media_failures are a share below 1")
    _claim(1 <= stream.priority <= 9, field, "priority is 1 to 9")
    _claim(stream.retries == 0 or stream.retry_after is not None, field, "retries need retry_after")
    shares = (stream.contained, stream.returning, stream.calls.share, stream.calls.reached)
    _claim(all(0 <= share <= 1 for share in shares), field, "shares are 0 to 1")
    durations = {"handle": stream.handle, "wrap_up": stream.wrap_up, "patience": stream.patience,
                 "retry_after": stream.retry_after, "self_service": stream.self_service,
                 "attempt": stream.calls.attempt}  # fmt: skip
    for name, duration in durations.items():
        if duration is not None:
            check(duration, f"{field}.{name}")
    match stream.arrivals:
        case Steady(per_hour):
            _claim(per_hour >= 0, field, "rates must not be negative")
        case Rates(per_interval, interval_s, _):
            _claim(min(per_interval, default=0) >= 0 and interval_s > 0, field, "rates must not be negative")
        case Recorded(contacts):
            times = [contact.at_s for contact in contacts]
            _claim(times == sorted(times), field, "recorded contacts come in order of time")
            known = {contact.last for contact in contacts} <= {None, *groups}
            _claim(known, field, "a recorded contact wishes for a group that does not exist")


def _names(field: str, ids: list[str]) -> set[str]:
    _claim(len(ids) == len(set(ids)), field, "an id stands there twice")
    return set(ids)


def _ordered(spans: tuple[Span, ...], field: str, *, gaps: bool = True, within: Span | None = None) -> None:
    """Refuse spans that end before they begin and, with `gaps`, those that overlap."""
    for number, span in enumerate(spans):
        _claim(span.from_s < span.until_s, field, "a span ends before it begins")
        if gaps and number:
            _claim(spans[number - 1].until_s <= span.from_s, field, "spans overlap or are out of order")
        if within is not None:
            _claim(within.from_s <= span.from_s and span.until_s <= within.until_s, field, "it lies outside")


def _claim(fine: bool, field: str, reason: str) -> None:
    if not fine:
        raise Refused(INVALID, field=field, reason=reason)
