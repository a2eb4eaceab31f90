"""The engine that watches itself: silent through any history, loud when a promise is not kept."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import settings

from domain.routing.oracle import Oracle
from domain.routing.test_engine_oracle import BY_HAND, CONTACTS, RULES, STEPS, YUKI, Routing, step
from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.engine import Engine
from warmline.domain.routing.invariants import Broken, WatchedEngine, check_epochs
from warmline.domain.routing.model import Agent, Profile, Seat
from warmline.domain.routing.rules import QueueRules, Ring
from warmline.domain.routing.waiting import WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MINA = UUID(int=100)
C1, C2 = UUID(int=1), UUID(int=2)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def mina(capacity: int = 1, routable: bool = True, **skills: int) -> Agent:
    return Agent(MINA, Profile.of((Seat("orders"),), skills, {"webchat": capacity}), routable, NOON)


def waits(id: UUID, since: float = 0, **wishes) -> WaitingContact:
    return WaitingContact(id, "orders", "webchat", at(since), **wishes)


class Watched(WatchedEngine):
    def __init__(self) -> None:
        super().__init__(full_every=1, record=True)


class WatchedRouting(Routing):
    """Any history, with everybody looked at after every event, and the whole story told again at the end."""

    make = Watched

    def teardown(self) -> None:
        if isinstance(self.engine, Watched):
            self.engine.check_replay()


TestWatchedRouting = WatchedRouting.TestCase
TestWatchedRouting.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_no_promise_is_broken_in_any_history_of_a_small_house(rules):
    for history in product(STEPS + BY_HAND, repeat=3):
        engine, oracle = Watched(), Oracle()
        for queue, its in rules.items():
            engine.queue_rules(queue, its, NOON)
            oracle.ruled(queue, its, NOON)
        for number, (kind, id) in enumerate([("on", YUKI), ("queue", CONTACTS[1]), *history]):
            step(engine, oracle, kind, id, at(3 + 4 * number))
    engine.check_everything(engine.next_deadline_us() or 0)
    engine.check_replay()


def broken(engine: WatchedEngine, *events) -> int:
    """Return which promise the engine finds broken while it is told these."""
    try:
        for event, *args in events:
            getattr(engine, event)(*args)
    except Broken as noticed:
        return noticed.promise
    return 0


def test_an_offer_beyond_capacity_is_noticed():
    class Generous(Watched):
        def _hand_for(self, place, now_us, without=()):
            return self._hands.by_id.get(MINA)

    engine = Generous()
    story = [
        ("agent_changed", mina(), at(0)),
        ("contact_queued", waits(C1), at(0)),
        ("contact_queued", waits(C2), at(1)),
    ]
    assert broken(engine, *story) == 2


def test_a_customer_left_beside_an_idle_agent_is_noticed():
    class Idle(Watched):
        def _serve(self, hand, now_us, matches):
            pass

    story = [("contact_queued", waits(C1), at(0)), ("agent_changed", mina(), at(1))]
    assert broken(Idle(), *story) == 4


def test_a_newcomer_served_first_is_noticed():
    class LastComeFirst(Watched):
        def _serve(self, hand, now_us, matches):
            places = [place for line in self._plans.of(waits(C1)).lines.values() for place in line.places()]
            if places and hand.agent.routable:
                self._match(max(places, key=lambda place: place.order), hand, now_us, matches)

    story = [
        ("contact_queued", waits(C1), at(0)),
        ("contact_queued", waits(C2, 5), at(5)),
        ("agent_changed", mina(), at(6)),
    ]
    assert broken(LastComeFirst(), *story) == 5


def test_an_urgent_newcomer_who_passes_those_who_waited_long_enough_is_noticed():
    class Impatient(Watched):
        def _place(self, contact, entered_us):
            place = super()._place(contact, entered_us)
            place.key_us -= 600_000_000 * (contact.priority == 1)
            return place

        def _check_contact(self, id, now_us):
            pass

    story = [
        ("contact_queued", waits(C1, 0, priority=2), at(0)),
        ("contact_queued", waits(C2, 200, priority=1), at(200)),
        ("agent_changed", mina(), at(201)),
    ]
    assert broken(Impatient(), *story) == 6


def test_rings_that_would_take_agents_away_are_noticed():
    class Narrowing(Watched):
        def contact_queued_us(self, contact, now_us, entered_us=None):
            matches = super().contact_queued_us(contact, now_us, entered_us)
            self.check_everything(now_us)
            for step_of_plan in self._plans.of(contact).steps:
                step_of_plan.teams = frozenset({"night"})
            return matches

    story = [
        ("agent_changed", mina(routable=False), at(0)),
        ("contact_queued", waits(C1), at(0)),
        ("tick", at(1)),
    ]
    assert broken(Narrowing(), *story) == 7


def test_a_contact_queued_again_as_if_it_had_come_later_is_noticed():
    assert broken(Watched(), ("contact_queued", waits(C1, 0), at(0)), ("contact_queued", waits(C1, 3), at(3))) == 8


def test_an_offer_while_another_has_the_customer_is_noticed():
    class Doubling(Watched):
        def contact_gone_us(self, contact_id, now_us):
            self._books.take(C1, "webchat", UUID(int=999))
            return super().contact_gone_us(contact_id, now_us)

    engine = Doubling()
    story = [
        ("agent_changed", mina(), at(0)),
        ("contact_queued", waits(C2), at(0)),
        ("contact_queued", waits(C1), at(0)),
        ("contact_gone", C2, at(1)),
    ]
    assert broken(engine, *story) == 1


def test_a_story_that_ends_differently_when_told_again_is_noticed():
    engine = Watched()
    engine.agent_changed(mina(), at(0))
    engine.contact_queued(waits(C1), at(0))
    engine._decided.append((C2, MINA, ()))
    with pytest.raises(Broken, match="promise 10"):
        engine.check_replay()


def test_an_offer_counted_as_ended_twice_and_a_wrong_idle_list_are_noticed():
    engine = Watched()
    engine.agent_changed(mina(2), at(0))
    engine.contact_queued(waits(C1), at(0))
    engine._books.ended += 1
    with pytest.raises(Broken, match="promise 9"):
        engine.check_everything(0)
    engine._books.ended -= 1
    engine._hands.by_id[MINA].home.idle["webchat"].clear()
    with pytest.raises(Broken, match="idle list"):
        engine.check_everything(0)


def test_offers_of_a_leader_of_the_past_are_noticed():
    check_epochs([(1, C1, MINA), (1, C2, MINA), (2, C1, MINA)])
    with pytest.raises(Broken, match="promise 11"):
        check_epochs([(1, C1, MINA), (2, C2, MINA), (1, C1, MINA)])


def test_watching_changes_no_decision():
    plain, watched = Engine(), Watched()
    rings = (Ring(5),)
    for engine in (plain, watched):
        engine.queue_rules("orders", QueueRules(selection="fewest", broadcast=2), at(0))
        engine.agent_changed(mina(2, ja=1), at(0))
    told = [
        [
            engine.contact_queued(waits(C1, 0, skills=(SkillNeed("vip"),), rings=rings), at(0)),
            engine.tick(at(5)),
            engine.contact_queued(waits(C2, 6), at(6)),
            engine.force(C2, MINA, at(7)),
            engine.offer_declined(C1, MINA, at(8)),
        ]
        for engine in (plain, watched)
    ]
    assert told[0] == told[1]
