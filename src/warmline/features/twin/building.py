"""From a day of the installation to a world of the twin."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, timedelta

from warmline.domain.contact.model import SkillNeed
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
from warmline.features.twin.changes import times
from warmline.features.twin.day import AgentTerms, Day, Present, QueueTerms, Stay
from warmline.features.twin.estimates import handle_of, kept, patience_of
from warmline.features.twin.refusals import NOBODY_THERE, NOTHING_RECORDED
from warmline.kernel.errors import Refused

Kind = tuple[str, str, tuple[SkillNeed, ...], int]
_NEVER_MISSES = 1_000_000  # the recorded presence already shows who was set away
_LEAST_S = 1.0


def world_of(day: Day, *, exact: bool = False) -> World:
    """Return the day as a world. `exact` takes each contact's own handle time and patience, as far as known.

    Raises Refused where nothing was recorded or nobody was there.
    """
    groups = groups_of(day)
    if not groups:
        raise Refused(NOBODY_THERE, day=str(day.date))
    known = {queue.id for queue in day.queues}
    streams = _expected_streams(day, known) if day.expected else _recorded_streams(day, known, exact=exact)
    if not streams:
        raise Refused(NOTHING_RECORDED, day=str(day.date))
    return World(
        start_at=day.start_at,
        queues=tuple(_queue(queue, day, known) for queue in day.queues),
        groups=groups,
        streams=streams,
    )


def left_out(day: Day) -> list[str]:
    """Return the names of settings that the twin does not play, so that nobody believes it does."""
    names: list[str] = []
    for queue in day.queues:
        rules = queue.rules
        names += ["rings"] * bool(rules.rings) + ["reserve"] * (rules.reserve > 0)
        names += ["selection"] * (rules.selection != "longest_idle") + ["broadcast"] * (rules.broadcast > 1)
        names += ["relaxation"] * (rules.relax_skills_after_s is not None) + ["weight"] * (rules.weight != 1)
        names += ["leave_when_empty"] * rules.leave_when_empty
    names += ["media"] * day.media_rules
    return list(dict.fromkeys(names))


def _queue(queue: QueueTerms, day: Day, known: set[str]) -> Queue:
    rules = queue.rules
    overflow = rules.overflow_queue_id if rules.overflow_queue_id in known else None
    return Queue(
        queue.id,
        target_s=queue.target_s,
        # Recorded contacts were let in by the journeys of that day; what is expected still has to find it open.
        opened=_opened(queue, day) if day.expected else (),
        max_waiting=queue.max_waiting,
        max_wait_s=None if rules.at_max_wait == "stay" else rules.max_wait_s,
        overflow_after_s=None if overflow is None else rules.overflow_after_s,
        overflow_to=overflow,
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


def _recorded_streams(day: Day, known: set[str], *, exact: bool) -> tuple[Stream, ...]:
    kinds: dict[Kind, list[Stay]] = defaultdict(list)
    for stay in sorted(day.stays, key=lambda stay: stay.at_s):
        if stay.queue_id in known and 0 <= stay.at_s < day.length_s:
            kinds[stay.queue_id, stay.channel, stay.skills, stay.priority].append(stay)
    return tuple(
        _stream(kind, day.stays, Recorded(tuple(_contacts(stays, day, exact=exact))), number)
        for number, (kind, stays) in enumerate(sorted(kinds.items(), key=lambda item: _label(item[0])))
    )


def _contacts(stays: Sequence[Stay], day: Day, *, exact: bool) -> Iterable[RecordedContact]:
    """Yield the contacts. Who was answered would have waited longer: how much longer, chance decides once."""
    if not exact:
        yield from (RecordedContact(stay.at_s) for stay in stays)
        return
    patience = patience_of(day.stays, stays[0].queue_id)
    longer = None if patience is None else exponentials(stream(0, "patience", stays[0].queue_id), patience.mean_s)
    for stay in stays:
        waited_s = None if stay.until_s is None else stay.until_s - stay.at_s
        patience_s = waited_s if stay.ending == "gave_up" else None
        if longer is not None and waited_s is not None and stay.ending != "gave_up":
            patience_s = waited_s + next(longer)
        yield RecordedContact(stay.at_s, stay.handle_s, stay.wrap_up_s, patience_s)


def _expected_streams(day: Day, known: set[str]) -> tuple[Stream, ...]:
    """Return a forecast's contacts, split by skills and channel as those recorded were."""
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
            made = _stream(kind, day.stays, rates, len(found))
            found.append(made if expected.handle_s is None else _with_mean(made, expected.handle_s))
    return tuple(found)


def _with_mean(made: Stream, wanted_s: float) -> Stream:
    """Return the stream with handle times of the shape recorded and the mean that is expected."""
    handle: Duration = times(made.handle, wanted_s / max(mean_s(made.handle), 0.001))
    return Stream(made.id, made.queue_id, made.arrivals, handle, None, made.patience, made.channel, made.skills,
                  made.priority)  # fmt: skip


def _channel_of(day: Day) -> str:
    channels = sorted({channel for agent in day.agents for channel in agent.capacity})
    return channels[0] if channels else "webchat"


def _stream(kind: Kind, stays: Sequence[Stay], arrivals: Recorded | Rates, number: int) -> Stream:
    queue_id, channel, skills, priority = kind
    return Stream(
        f"{number}:{_label(kind)}",
        queue_id,
        arrivals,
        handle_of(stays, queue_id, channel),
        patience=patience_of(stays, queue_id),
        channel=channel,
        skills=skills,
        priority=min(max(priority, 1), 9),
    )


def _label(kind: Kind) -> str:
    queue_id, channel, skills, priority = kind
    return "/".join((queue_id, channel, "+".join(f"{need.skill}{need.level}" for need in skills), str(priority)))


# --- who is there ------------------------------------------------------------------------------


def groups_of(day: Day) -> tuple[Group, ...]:
    """Return the agents of the day; those with the same terms and times stand together."""
    spans: dict[str, list[Present]] = defaultdict(list)
    for one in day.presence:
        spans[one.agent_id].append(one)
    alike: dict[tuple[object, ...], list[tuple[AgentTerms, tuple[Shift, ...]]]] = defaultdict(list)
    for agent in day.agents:
        shifts = shifts_of(spans.get(agent.id, ()))
        if shifts and agent.seats and agent.capacity:
            key = (agent.seats, tuple(sorted(agent.skills.items())), tuple(sorted(agent.capacity.items())), shifts)
            alike[key].append((agent, shifts))
    answers = Empirical(kept(day.answer_s)) if any(day.answer_s) else None
    return tuple(
        Group(
            agents[0][0].id,
            agents[0][0].seats,
            len(agents),
            dict(agents[0][0].skills),
            dict(agents[0][0].capacity),
            agents[0][1],
            answers_after=answers,
            no_answer=min(day.no_answer, 0.9),
            misses_allowed=_NEVER_MISSES,
        )
        for agents in alike.values()
    )


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
