from uuid import UUID

from tests.domain.twin.conftest import small, textbook

from warmline.domain.twin.people import Agent, Contact, Pool, QueueState
from warmline.domain.twin.staging import Stage
from warmline.domain.twin.world import Queue, Span


def test_a_contact_is_its_own_id_and_equals_only_itself():
    stage = Stage(textbook(10, 60, 1), 1, 60)
    one, same_number = (Contact(1_000_005, stage.flows[0], 5, 0) for _ in range(2))
    assert isinstance(one, UUID)
    assert (one.int, one.hex[-5:]) == (1_000_005, "f4245")
    assert one != same_number
    assert {one: "here"}.get(same_number) is None


def test_a_queue_with_opening_hours_begins_closed():
    assert QueueState(Queue("help")).open
    assert not QueueState(Queue("help", opened=(Span(60, 120),))).open


def test_a_new_contact_waits_and_belongs_to_nobody():
    stage = Stage(textbook(10, 60, 1), 1, 60)
    contact = Contact(1_000_001, stage.flows[0], 5, 0)
    assert (contact.agent, contact.in_line, contact.since_us) == (None, False, 5)
    assert repr(contact) == "contact 1000001"


def test_a_new_agent_is_not_there_yet():
    agent = Agent(1, Pool(small(textbook(10, 60, 1).streams[0].arrivals).groups[0]))
    assert not agent.present
    assert repr(agent) == "agent 1 of team"
