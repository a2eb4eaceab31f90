import pytest
from msgspec.structs import replace
from tests.domain.twin.conftest import HELP, calls, run, small
from tests.domain.twin.test_ruled import SALES, two_queues

from warmline.domain.routing.engine import Engine
from warmline.domain.routing.rules import MediaRules, QueueRules, Ring
from warmline.domain.routing.waiting import Match, WaitingContact
from warmline.domain.twin.checks import BrokenPromise
from warmline.domain.twin.distributions import Fixed
from warmline.domain.twin.ruled import RuledSimulation
from warmline.domain.twin.ruled_checks import RuledWatch
from warmline.domain.twin.world import Group, Queue, Recorded, RecordedContact, World


class Narrow(Engine):
    """Knows no rings."""

    def contact_queued_us(
        self, contact: WaitingContact, now_us: int, entered_us: int | None = None
    ) -> list[Match]:
        return super().contact_queued_us(contact.widened_by(()), now_us, entered_us)


def reserved() -> World:
    both = Group("both", (SALES, HELP[0]), 2)
    return two_queues(QueueRules(reserve=1), both, sales=calls(0, 1, 2), help_calls=calls(50))


def widened() -> World:
    world = small(calls(0, 5, 45), queue=Queue("help", rules=QueueRules(rings=(Ring(30, queue_id="sales"),))))
    seller = Group("seller", (SALES,), 1)
    return replace(world, queues=(*world.queues, Queue("sales")), groups=(*world.groups, seller))


def preferring() -> World:
    agents = (Group("mina", HELP, 1), Group("yuki", HELP, 1))
    recorded = Recorded((RecordedContact(0, last="mina"), RecordedContact(5, last="mina"), RecordedContact(45)))
    world = small(recorded)
    return replace(world, groups=agents)


def test_an_engine_that_forgets_the_rings_is_found_by_looking_everywhere():
    run(widened(), 300)
    with pytest.raises(BrokenPromise, match="waits beside"):
        run(widened(), 300, engine=Narrow())


def test_an_engine_that_keeps_too_many_agents_is_found():
    class Hoarding(Engine):
        def queue_rules_us(self, queue_id: str, rules: QueueRules, now_us: int) -> list[Match]:
            return super().queue_rules_us(queue_id, replace(rules, reserve=rules.reserve * 2), now_us)

    with pytest.raises(BrokenPromise, match="waits beside"):
        run(reserved(), 300, engine=Hoarding())
    run(reserved(), 300)


def test_a_wish_is_no_reason_to_look_twice_but_its_end_is():
    run(preferring(), 300)

    class Devoted(Engine):
        """Waits for ever for the agent who is wished for."""

        def contact_queued_us(self, contact, now_us, entered_us=None):
            if contact.preferred_agent_id is not None:
                contact = contact.wishing(only_agent_id=contact.preferred_agent_id)
            return super().contact_queued_us(contact, now_us, entered_us)

    with pytest.raises(BrokenPromise, match="before contact"):
        run(preferring(), 300, engine=Devoted())


def test_media_rules_are_said_once_more():
    media = MediaRules(exclusive=("mail",))
    one = Group("one", HELP, 1, capacity={"voice": 1, "mail": 1}, media=media)
    world = replace(small(calls(0)), groups=(one,))
    mail = replace(world.streams[0], id="mail", channel="mail", handle=Fixed(90))
    run(replace(world, streams=(*world.streams, mail)), 300)
    assert RuledSimulation(world, 1, 10).watch.reserves == {}


def test_two_desks_that_ring_are_two_desks_taken():
    world = small(calls(0, 1), queue=Queue("help", rules=QueueRules(broadcast=2)),
                  group=Group("team", HELP, 2, answers_after=Fixed(9)))  # fmt: skip
    simulation = RuledSimulation(world, 1, 5, thorough=True)
    while simulation.step(100):
        pass
    (contact, _) = simulation.contacts
    assert isinstance(simulation.watch, RuledWatch)
    assert {contact.agent, *contact.others} == set(simulation.agents)
    assert [agent.load for agent in simulation.agents] == [{"voice": 1}, {"voice": 1}]
    with pytest.raises(BrokenPromise, match="rings at"):
        simulation.watch.rings_too(contact, simulation.agents[0])
    simulation.watch.lets_go(contact, simulation.agents[0])
    with pytest.raises(BrokenPromise, match="does not have it"):
        simulation.watch.lets_go(contact, simulation.agents[0])
