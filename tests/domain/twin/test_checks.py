"""An engine with a bug must not get away with it: each of these is caught by the twin's ordinary watch."""

from uuid import UUID

import pytest
from msgspec.structs import replace
from tests.domain.twin.conftest import MORNING, center, run, textbook

from warmline.domain.routing.engine import Engine
from warmline.domain.routing.model import Agent, to_us
from warmline.domain.routing.waiting import Match, WaitingContact
from warmline.domain.twin.checks import BrokenPromise
from warmline.domain.twin.world import Shift, Span, World

BUSY = textbook(120, 60, 2, patience_s=120)


class LosesAge(Engine):
    """A contact that comes back stands at the end of the line."""

    def contact_queued_us(
        self, contact: WaitingContact, now_us: int, entered_us: int | None = None
    ) -> list[Match]:
        return super().contact_queued_us(contact, now_us, now_us)


class NewestFirst(Engine):
    """Who came last is served first."""

    def contact_queued_us(
        self, contact: WaitingContact, now_us: int, entered_us: int | None = None
    ) -> list[Match]:
        return super().contact_queued_us(contact, now_us, 2 * to_us(MORNING) - (entered_us or 0))


class ForgetsFreedAgents(Engine):
    """Now and then an agent who becomes free is not asked for the next contact."""

    gone = 0

    def contact_gone_us(self, contact_id: UUID, now_us: int) -> list[Match]:
        self.gone += self.holder(contact_id) is not None
        return [] if self.gone % 5 == 4 else super().contact_gone_us(contact_id, now_us)


class OffersTwice(Engine):
    """Now and then two agents are offered the same contact."""

    gone = 0

    def contact_gone_us(self, contact_id: UUID, now_us: int) -> list[Match]:
        self.gone += 1
        matches = super().contact_gone_us(contact_id, now_us)
        return matches * 2 if self.gone % 5 == 0 else matches


class OverloadsAgents(Engine):
    """Everybody gets one more than allowed."""

    def agent_changed_us(self, agent: Agent, now_us: int, idle_since_us: int | None = None) -> list[Match]:
        more = tuple((channel, count + 1) for channel, count in agent.profile.capacity)
        changed = replace(agent, profile=replace(agent.profile, capacity=more))
        return super().agent_changed_us(changed, now_us, idle_since_us)


class IgnoresBreaks(Engine):
    """Who goes on a break is still offered contacts."""

    def agent_changed_us(self, agent: Agent, now_us: int, idle_since_us: int | None = None) -> list[Match]:
        return super().agent_changed_us(replace(agent, routable=True), now_us, idle_since_us)


class SleepsOver(Engine):
    """What time alone made possible is decided and never told."""

    def tick_us(self, now_us: int) -> list[Match]:
        super().tick_us(now_us)
        return []


def with_a_break() -> World:
    team = replace(BUSY.groups[0], shifts=(Shift(0, 4_000, (Span(500, 900),)),))
    return replace(BUSY, groups=(team,))


def with_missed_offers() -> World:
    return replace(BUSY, groups=(replace(BUSY.groups[0], no_answer=0.4),))


def with_broken_media() -> World:
    return replace(BUSY, streams=(replace(BUSY.streams[0], media_failures=0.3),))


@pytest.mark.parametrize(
    ("engine", "world", "promise"),
    [
        (LosesAge(), with_broken_media(), "before contact"),
        (NewestFirst(), BUSY, "before contact"),
        (ForgetsFreedAgents(), BUSY, "wait"),
        (OffersTwice(), BUSY, "two holders"),
        (OverloadsAgents(), BUSY, "more of voice in hand than allowed"),
        (IgnoresBreaks(), with_a_break(), "takes nothing now"),
        (SleepsOver(), with_missed_offers(), ""),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Engine) else None,
)
@pytest.mark.parametrize("thorough", [False, True])
def test_a_planted_bug_is_caught_with_the_events_that_led_to_it(
    engine: Engine, world: World, promise: str, thorough: bool
):
    with pytest.raises(BrokenPromise) as caught:
        run(world, 4_000, engine=type(engine)(), thorough=thorough)
    if not thorough:
        assert promise in caught.value.promise
    assert 1 <= len(caught.value.recent) <= 40


@pytest.mark.parametrize("number", [0, 2, 4, 5, 6, 7])
def test_the_real_engine_keeps_every_promise_when_everything_goes_wrong_at_once(number: int):
    simulation, diary = run(center(number), 6_000, seed=number)
    happened = {what for _, what, _, _ in diary.entries}
    assert {"answered", "done", "waits again"} <= happened
    assert simulation.events > 800
