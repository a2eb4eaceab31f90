"""The rules said once more, plainly and without any index: what the checks compare the engine with."""

from collections.abc import Iterable, Mapping

from warmline.domain.routing.hands import Hand, ProfileHands
from warmline.domain.routing.lines import Plan
from warmline.domain.routing.model import Profile


def room_for(profile: Profile, load: Mapping[str, int], channel: str, personal: bool = False) -> int:
    """Return how many more contacts of `channel` fit; `personal`: meant for this agent, where one always fits."""
    media = profile.media
    seen = {what: count for what, count in load.items() if count and (channel, what) not in media.interrupts}
    if any(what in media.exclusive for what in seen):
        return 0
    left = dict(profile.capacity).get(channel, 1 if personal else 0) - load.get(channel, 0)
    if media.total is None:
        return left
    weights = dict(media.weights)
    used = sum(count * weights.get(what, 1) for what, count in seen.items())
    weight = weights.get(channel, 1)
    return min(left, (media.total - used) // weight) if weight > 0 else left


def may_serve(plan: Plan, home: ProfileHands, waited_us: int) -> tuple[int, int] | None:
    """Return (earliest ring, best rank) of the rings reached after waiting so long; None: not to be asked yet."""
    reached: list[tuple[int, int]] = []
    for ring, step in enumerate(plan.steps):
        terms = home.seats.get(step.queue_id)
        if terms is not None and step.refusal(home) is None:
            from_us = max(step.after_us, terms.delay_us)
            if not from_us or waited_us >= from_us:
                reached.append((ring, terms.rank))
    return (reached[0][0], min(rank for _, rank in reached)) if reached else None


def idle_for(queue_id: str, hands: Iterable[Hand]) -> int:
    """Return how many agents who serve this queue have room for anything."""
    return sum(
        1
        for hand in hands
        if queue_id in hand.home.seats and any(hand.spare(channel) for channel in hand.home.capacity)
    )
