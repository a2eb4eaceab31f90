"""From a day of the installation to a world of the twin."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, timedelta

from msgspec.structs import replace

from warmline.domain.contact.policy import ContactPolicy
from warmline.domain.hours.calendar import next_change, state
from warmline.domain.twin.distributions import Duration, Empirical, mean_s
from warmline.domain.twin.randomness import exponentials, stream
from warmline.domain.twin.world import (
    HALF_HOUR_S,
    Group,
    Queue,
    Rates,
    Recorded,
    RecordedContact,
    Shift,
    Span,
    Stream,
    World,
)
from warmline.features.twin.beginnings import (
    Kind,
    calls_of,
    carried_of,
    contained_share,
    recorded,
    self_service_of,
    with_contained,
)
from warmline.features.twin.changes import times
from warmline.features.twin.day import AgentTerms, Day, Present, QueueTerms, Stay
from warmline.features.twin.estimates import assumed_patience_s, handle_of, kept, patience_of
from warmline.features.twin.refusals import NOBODY_THERE, NOTHING_RECORDED
from warmline.kernel.errors import Refused

WATCH_S = ContactPolicy().queue_watch_s  # how often a waiting contact looks at its queue
_NEVER_MISSES = 1_000_000  # the recorded presence already shows who was set away
_LEAST_S = 1.0


def world_of(day: Day, *, exact: bool = False) -> World:
    """Return the day as a world. `exact` takes each contact's own handle time and patience, as far as known.

    Raises Refused where nothing was recorded or nobody was there.
    """
    alike = _alike(day)
    if not alike:
        raise Refused(NOBODY_THERE, day=str(day.date))
    known = {queue.id: queue for queue in day.queues}
    groups = {agent.id: agents[0].id for agents, _ in alike for agent in agents}
    if day.expected:
        streams, carried = _expected_streams(day, known), ()
    else:
        streams, ids = _recorded_streams(day, known, groups, exact=exact)
        carried = carried_of(day, ids, groups)
    if not streams or not (day.expected or any(stay.at_s >= 0 for stay in day.stays)):
        raise Refused(NOTHING_RECORDED, day=str(day.date))
    return World(
        start_at=day.start_at,
        queues=tuple(_queue(queue, day, known) for queue in day.queues),
        groups=groups_of(day),
        streams=streams,
        carried=carried,
    )


def left_out(day: Day) -> list[str]:
    """Return the names of what happened that the twin does not play, so that nobody believes it does."""
    return list(day.left_out)


def patience_assumed(day: Day) -> dict[str, float]:
    """Return the mean patience, in seconds, of each queue with customers where nobody gave up to learn it from."""
    asked = {stay.queue_id for stay in day.stays} | {expected.queue_id for expected in day.expected}
    found = {queue.id: assumed_patience_s(day.stays, queue.id) for queue in day.queues if queue.id in asked}
    return {id: seconds for id, seconds in found.items() if seconds is not None}


def _queue(queue: QueueTerms, day: Day, known: Mapping[str, QueueTerms]) -> Queue:
    """Return the queue with its own rules, less what they say about queues that are gone.

    Recorded contacts were let in by the journeys of that day; what is expected still has to find the queue open.
    Who finds nobody there waits: a change that sends everybody home must not look as if nobody was let down. Who
    waits looks every minute whether anybody will come, where that can ever change.
    """
    rules = queue.rules
    overflow = rules.overflow_queue_id if rules.overflow_queue_id in known else None
    rings = tuple(ring for ring in rules.rings if ring.queue_id is None or ring.queue_id in known)
    may_desert = queue.calendar is not None or rules.leave_when_empty
    return Queue(
        queue.id,
        target_s=queue.target_s,
        opened=_opened(queue, day),
        max_waiting=queue.max_waiting,
        rules=replace(rules, overflow_queue_id=overflow, rings=rings),
        lets_in=not day.expected,
        looks_every_s=WATCH_S if may_desert else None,
    )


def _opened(queue: QueueTerms, day: Day) -> tuple[Span, ...]:
    """Return when the queue's calendar is open; empty means always, so a day off opens after its end."""
    calendar = queue.calendar
    if calendar is None:
        return ()
    spans: list[Span] = []
    at, end = day.start_at, day.start_at + timedelta(seconds=day.length_s)
    while at < end:
        change = next_change(calendar, at)
        until = end if change is None else min(change.astimezone(UTC), end)
        if state(calendar, at) == "open":
            spans.append(Span((at - day.start_at).total_seconds(), (until - day.start_at).total_seconds()))
        at = until
    return tuple(spans) or (Span(day.length_s, day.length_s + 1),)


# --- who comes ---------------------------------------------------------------------------------


def _recorded_streams(
    day: Day, known: Mapping[str, QueueTerms], groups: Mapping[str, str], *, exact: bool
) -> tuple[tuple[Stream, ...], dict[Kind, str]]:
    """Return the streams, and the id of each by what its contacts have in common."""
    kinds: dict[Kind, list[Stay]] = defaultdict(list)
    for stay in sorted(day.stays, key=lambda stay: stay.at_s):
        if stay.queue_id in known and stay.at_s < day.length_s:
            kinds[stay.queue_id, stay.channel, stay.skills, stay.priority].append(stay)
    ordered = sorted(kinds.items(), key=lambda item: _label(item[0]))
    ids = {kind: _stream_id(kind, number) for number, (kind, _) in enumerate(ordered)}
    contacts = {ids[kind]: tuple(_contacts(stays, day, groups, exact=exact)) for kind, stays in ordered}
    whole = with_contained(day, contacts, {ids[kind]: kind[1] for kind, _ in ordered})
    streams = tuple(
        _stream(kind, day, known, Recorded(whole[ids[kind]]), number) for number, (kind, _) in enumerate(ordered)
    )
    return streams, ids


def _contacts(
    stays: Sequence[Stay], day: Day, groups: Mapping[str, str], *, exact: bool
) -> Iterable[RecordedContact]:
    """Yield the contacts. Who was answered would have waited longer: how much longer, chance decides once."""
    queue_id = stays[0].queue_id
    mean_s = patience_of(day.stays, queue_id).mean_s if exact else 0.0
    longer = exponentials(stream(0, "patience", queue_id), mean_s) if exact else None
    for stay in stays:
        if stay.at_s < 0:
            continue  # carried in
        waited_s = None if stay.until_s is None else stay.until_s - stay.at_s
        patience_s = waited_s if stay.ending == "gave_up" else None
        if longer is not None and waited_s is not None and stay.ending != "gave_up":
            patience_s = waited_s + next(longer)
        yield recorded(stay, groups, exact=exact, patience_s=patience_s)


def _expected_streams(day: Day, known: Mapping[str, QueueTerms]) -> tuple[Stream, ...]:
    """Return a forecast's contacts, split by skills and channel as those recorded were. It counts who queues."""
    found: list[Stream] = []
    for expected in day.expected:
        if expected.queue_id not in known or not any(expected.per_half_hour):
            continue
        shares: dict[Kind, int] = defaultdict(int)
        for stay in day.stays:
            if stay.queue_id == expected.queue_id:
                shares[stay.queue_id, stay.channel, stay.skills, stay.priority] += 1
        if not shares:
            shares[expected.queue_id, _channel_of(day), (), 5] = 1
        whole = sum(shares.values())
        for kind, count in sorted(shares.items(), key=lambda item: _label(item[0])):
            rates = Rates(tuple(each * count / whole for each in expected.per_half_hour), HALF_HOUR_S)
            made = _stream(kind, day, known, rates, len(found))
            found.append(made if expected.handle_s is None else _with_mean(made, expected.handle_s))
    return tuple(found)


def _with_mean(made: Stream, wanted_s: float) -> Stream:
    """Return the stream with handle times of the shape recorded and the mean that is expected."""
    handle: Duration = times(made.handle, wanted_s / max(mean_s(made.handle), 0.001))
    return replace(made, handle=handle, wrap_up=None)


def _channel_of(day: Day) -> str:
    channels = sorted({channel for agent in day.agents for channel in agent.capacity})
    return channels[0] if channels else "webchat"


def _stream(
    kind: Kind, day: Day, known: Mapping[str, QueueTerms], arrivals: Recorded | Rates, number: int
) -> Stream:
    queue_id, channel, skills, priority = kind
    stays = day.stays
    alike = [stay for stay in stays if (stay.queue_id, stay.channel, stay.skills, stay.priority) == kind]
    wishing = [stay for stay in alike if stay.wished_id is not None and not stay.alone]
    journey = isinstance(arrivals, Recorded)
    return Stream(
        _stream_id(kind, number),
        queue_id,
        arrivals,
        handle_of(stays, queue_id, channel),
        patience=patience_of(stays, queue_id),
        channel=channel,
        skills=skills,
        priority=min(max(priority, 1), 9),
        calls=calls_of(day, known[queue_id]),
        self_service=self_service_of(alike) if journey else None,
        contained=contained_share(day, channel) if journey else 0.0,
        returning=len(wishing) / len(alike) if wishing else 0.0,
        preferred_s=max((stay.wished_s for stay in wishing), default=Stream.preferred_s),
    )


def _stream_id(kind: Kind, number: int) -> str:
    return f"{number}:{_label(kind)}"


def _label(kind: Kind) -> str:
    queue_id, channel, skills, priority = kind
    return "/".join((queue_id, channel, "+".join(f"{need.skill}{need.level}" for need in skills), str(priority)))


# --- who is there ------------------------------------------------------------------------------


def groups_of(day: Day) -> tuple[Group, ...]:
    """Return the agents of the day; those with the same terms and times stand together."""
    answers = Empirical(kept(day.answer_s)) if any(day.answer_s) else None
    return tuple(
        Group(
            agents[0].id,
            agents[0].seats,
            len(agents),
            dict(agents[0].skills),
            dict(agents[0].capacity),
            shifts,
            answers_after=answers,
            no_answer=min(day.no_answer, 0.9),
            misses_allowed=_NEVER_MISSES,
            teams=() if agents[0].team is None else (agents[0].team,),
            attributes=agents[0].attributes,
            media=agents[0].media,
        )
        for agents, shifts in _alike(day)
    )


def _alike(day: Day) -> list[tuple[list[AgentTerms], tuple[Shift, ...]]]:
    spans: dict[str, list[Present]] = defaultdict(list)
    for one in day.presence:
        spans[one.agent_id].append(one)
    alike: dict[tuple[object, ...], tuple[list[AgentTerms], tuple[Shift, ...]]] = {}
    for agent in day.agents:
        shifts = shifts_of(spans.get(agent.id, ()))
        if shifts and agent.seats and agent.capacity:
            alike.setdefault((agent.alike, shifts), ([], shifts))[0].append(agent)
    return list(alike.values())


def shifts_of(spans: Iterable[Present]) -> tuple[Shift, ...]:
    """Return presence as shifts with breaks. What touches is one shift; less than a second is nothing."""
    ordered = sorted((one for one in spans if one.until_s - one.from_s >= _LEAST_S), key=lambda one: one.from_s)
    runs: list[list[Present]] = []
    for one in ordered:
        if runs and one.from_s - runs[-1][-1].until_s < _LEAST_S:
            runs[-1].append(one)
        else:
            runs.append([one])
    return tuple(
        Shift(run[0].from_s, run[-1].until_s, tuple(_breaks(run)))
        for run in runs
        if not all(one.resting for one in run)
    )


def _breaks(run: Sequence[Present]) -> Iterable[Span]:
    last: Span | None = None
    for one in run:
        if one.resting:
            if last is not None and one.from_s <= last.until_s:
                last = Span(last.from_s, max(last.until_s, one.until_s))
                continue
            if last is not None:
                yield last
            last = Span(one.from_s, one.until_s)
    if last is not None:
        yield last
