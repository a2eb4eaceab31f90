"""How contacts begin: in a journey before they ask for a person, with a wish for one, or on the day before."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from warmline.domain.contact.model import SkillNeed
from warmline.domain.twin.distributions import Empirical
from warmline.domain.twin.world import Calls, Carried, RecordedContact
from warmline.features.twin.day import Day, QueueTerms, Stay
from warmline.features.twin.estimates import kept

Kind = tuple[str, str, tuple[SkillNeed, ...], int]  # queue, channel, skills, priority
Groups = Mapping[str, str]  # agent → the group of the world they stand in


def before_s(stay: Stay) -> float:
    """Return how long the journey took of the time after midnight, 0 where that is not known."""
    if stay.opened_s is None or stay.at_s <= 0:
        return 0.0
    return max(0.0, stay.at_s - max(stay.opened_s, 0.0))


def recorded(
    stay: Stay, groups: Groups, *, exact: bool = False, patience_s: float | None = None
) -> RecordedContact:
    """Return a stay as it came; `exact` with its own handle time and patience."""
    took_s = before_s(stay)
    return RecordedContact(
        stay.at_s - took_s,
        stay.handle_s if exact else None,
        stay.wrap_up_s if exact else None,
        patience_s if exact else None,
        before_s=took_s or None,
        last=None if stay.wished_id is None else groups.get(stay.wished_id),
        alone_s=stay.wished_s if stay.alone and stay.wished_id in groups else None,
    )


def with_contained(
    day: Day, contacts: Mapping[str, Sequence[RecordedContact]], channels: Mapping[str, str]
) -> dict[str, tuple[RecordedContact, ...]]:
    """Return each stream's contacts with those whom the journey kept: of the stream that came next on the channel.

    `channels`: that of each stream.
    """
    found: dict[str, list[RecordedContact]] = {id: list(each) for id, each in contacts.items()}
    coming: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for id, each in contacts.items():
        coming[channels[id]] += [(one.at_s, id) for one in each]
    for line in coming.values():
        line.sort()
    for one in day.contained:
        line = coming.get(one.channel)
        if line and 0 <= one.at_s < day.length_s:
            place = min(bisect_left(line, (one.at_s, "")), len(line) - 1)
            took_s = max(0.0, one.until_s - one.at_s)
            found[line[place][1]].append(RecordedContact(one.at_s, before_s=took_s, contained=True))
    return {id: tuple(sorted(each, key=lambda one: one.at_s)) for id, each in found.items()}


def self_service_of(stays: Sequence[Stay]) -> Empirical | None:
    """Return how long contacts are in the journey before they ask for a person; None where nobody was."""
    times = [took_s for stay in stays if (took_s := before_s(stay)) > 0]
    return Empirical(kept(times)) if times else None


def contained_share(day: Day, channel: str) -> float:
    """Return the share of a channel's contacts that never asked for a person."""
    kept_there = sum(one.channel == channel for one in day.contained)
    came = sum(stay.channel == channel and stay.opened_s is not None for stay in day.stays if stay.at_s >= 0)
    return kept_there / (kept_there + came) if kept_there else 0.0


def calls_of(day: Day, queue: QueueTerms) -> Calls:
    """Return what this queue's customers make of promised calls: of those who waited until they were asked."""
    rules = queue.rules.callback
    asked = [
        stay
        for stay in day.stays
        if stay.queue_id == queue.id
        and stay.until_s is not None
        and (stay.called_by == "customer" or stay.until_s - stay.at_s >= rules.offer_after_s)
    ]
    wanted = sum(stay.called_by == "customer" for stay in asked)
    attempt = {} if not day.attempt_s else {"attempt": Empirical(kept(day.attempt_s))}
    return Calls(wanted / len(asked) if asked else 0.0, day.reached, **attempt)


def carried_of(day: Day, streams: Mapping[Kind, str], groups: Groups) -> tuple[Carried, ...]:
    """Return the contacts that were open at midnight. `streams`: by what their contacts have in common."""
    found: list[Carried] = []
    takes = {agent.id: agent.capacity for agent in day.agents if agent.id in groups}
    for stay in day.stays:
        stream_id = streams.get((stay.queue_id, stay.channel, stay.skills, stay.priority))
        if stay.at_s >= 0 or stream_id is None:
            continue
        waits = stay.until_s is None or stay.until_s > 0
        if waits:
            given_up_s = None if stay.until_s is None or stay.ending != "gave_up" else stay.until_s - stay.at_s
            found.append(Carried(stream_id, stay.at_s, patience_s=given_up_s))
        elif stay.ending == "called" and (stay.called_at_s is None or stay.called_at_s > 0):
            found.append(Carried(stream_id, stay.at_s, promised=True))
        elif stay.agent_id and stay.channel in takes.get(stay.agent_id, ()) and stay.work_at_s is not None:
            left_s = None if stay.work_s is None else stay.work_at_s + stay.work_s
            if left_s is None or left_s > 0:
                found.append(Carried(stream_id, stay.at_s, groups[stay.agent_id], left_s))
    return tuple(found)
