"""Each queue as customers and supervisors are told about it: line, staffing, pace."""

from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from uuid import UUID

from warmline.domain.routing.engine import Engine
from warmline.domain.routing.estimates import HandleTimes, per_position_s
from warmline.domain.routing.hands import Hand, ProfileHands
from warmline.domain.routing.lines import Place, Plan
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
        places.sort(key=attrgetter("key_us", "id_int"))
        serving = staff.get(queue_id, [])
        channel = _main_channel(places)
        shared = [(_at_once(hand, channel), len(crowded.intersection(hand.home.seats))) for hand in serving]
        views.append(
            QueueView(
                queue_id=queue_id,
                waiting=len(places),
                staffed=len(serving),
                per_position_s=per_position_s(times.mean_s(queue_id), shared),
                line=[place.contact.id for place in places],
                unserved=_unserved(places, engine, homes),
                skills=[home.skills for home in dict.fromkeys(hand.home for hand in serving)],
            )
        )
    return views


def _main_channel(places: list[Place]) -> str | None:
    """Return the channel most of a line waits on; None when nobody waits."""
    if not places:
        return None
    return Counter(place.contact.channel for place in places).most_common(1)[0][0]


def _at_once(hand: Hand, channel: str | None) -> int:
    """How many contacts at once the agent gives a line on `channel`."""
    return max(hand.home.capacity.values(), default=0) if channel is None else hand.home.capacity.get(channel, 0)


def _unserved(places: list[Place], engine: Engine, homes: set[ProfileHands]) -> list[UUID]:
    """Return those whom nobody on shift fits; the same needs are looked at once."""
    fits: dict[Plan, bool] = {}
    lost: list[UUID] = []
    for place in places:
        only = place.contact.only_agent_id
        if only is not None:
            agent = engine.agent(only)
            served = agent is not None and agent.on_shift
        elif (known := fits.get(place.plan)) is not None:
            served = known
        else:
            served = fits[place.plan] = not place.plan.fitting.keys().isdisjoint(homes)
        if not served:
            lost.append(place.contact.id)
    return lost
