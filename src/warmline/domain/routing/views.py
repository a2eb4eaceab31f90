"""Each queue as customers and supervisors are told about it: line, staffing, pace."""

from collections import Counter
from collections.abc import Iterable

from warmline.domain.routing.engine import Engine
from warmline.domain.routing.estimates import HandleTimes, per_position_s
from warmline.domain.routing.hands import Hand, ProfileHands
from warmline.domain.routing.lines import Place
from warmline.domain.routing.stats import QueueView


def queue_views(engine: Engine, queue_ids: Iterable[str], times: HandleTimes) -> list[QueueView]:
    """Return a view of each queue, in one pass over agents and one over those who wait."""
    on_shift = [hand for hand in engine.hands() if hand.agent.on_shift]
    homes = {hand.home for hand in on_shift}
    lines: dict[str, list[Place]] = {queue_id: [] for queue_id in queue_ids}
    for place in engine.everybody_waiting():
        lines.setdefault(place.contact.queue_id, []).append(place)
    crowded = {queue_id for queue_id, line in lines.items() if line}
    staff: dict[str, list[Hand]] = {}
    for hand in on_shift:
        for queue_id in hand.home.seats:
            staff.setdefault(queue_id, []).append(hand)
    views: list[QueueView] = []
    for queue_id, places in lines.items():
        places.sort(key=lambda place: place.order)
        serving = staff.get(queue_id, [])
        shared = [(_at_once(hand, places), len(crowded.intersection(hand.home.seats))) for hand in serving]
        views.append(
            QueueView(
                queue_id=queue_id,
                waiting=len(places),
                staffed=len(serving),
                per_position_s=per_position_s(times.mean_s(queue_id), shared),
                line=[place.contact.id for place in places],
                unserved=[place.contact.id for place in places if not _can_be_served(place, engine, homes)],
            )
        )
    return views


def _at_once(hand: Hand, places: list[Place]) -> int:
    """How many contacts at once the agent gives this line, on the channel most of it waits on."""
    if not places:
        return max(hand.home.capacity.values(), default=0)
    channel = Counter(place.contact.channel for place in places).most_common(1)[0][0]
    return hand.home.capacity.get(channel, 0)


def _can_be_served(place: Place, engine: Engine, homes: set[ProfileHands]) -> bool:
    only = place.contact.only_agent_id
    if only is not None:
        agent = engine.agent(only)
        return agent is not None and agent.on_shift
    return not place.needs.fitting.isdisjoint(homes)
