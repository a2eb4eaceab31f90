"""A contact on a desk: every event once, in order."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from warmline.domain.contact.events import AnyEvent, CustomerHeld
from warmline.features.desk.followed import Followed, passing_frame

HELD = CustomerHeld()


@dataclass
class Told:
    seq: int
    event: AnyEvent = HELD
    at: datetime = datetime(2026, 1, 5, tzinfo=UTC)


def test_live_events_wait_for_the_history_and_come_once():
    sent: list[int] = []
    one = Followed(UUID(int=1), 0, lambda _, __, items: sent.extend(i["seq"] for i in items), lambda *_: None)
    one.on_events(None, [Told(3), Told(4)])  # type: ignore[arg-type]
    assert sent == []
    assert [item["seq"] for item in one.catch_up([Told(1), Told(2), Told(3)])] == [1, 2, 3]
    one.release()
    one.on_events(None, [Told(4), Told(5)])  # type: ignore[arg-type]
    assert sent == [4, 5]
    one.rewind(3)
    assert [item["seq"] for item in one.catch_up([Told(4), Told(5)])] == [4, 5]


def test_what_passes_by_is_passed_on():
    heard: list[object] = []
    one = Followed(UUID(int=1), 0, lambda *_: None, lambda contact, message: heard.append((contact, message)))
    one.on_passing({"t": "typing"})
    assert heard == [(UUID(int=1), {"t": "typing"})]
    one.close()
    assert one.follow is None


def test_a_calls_state_and_the_customers_typing_pass_to_the_desk_and_an_agents_own_typing_does_not():
    contact = UUID(int=9)
    call = {"t": "call", "contact": str(contact), "call": {"state": "talking"}}
    assert passing_frame(contact, call) == call
    typing = passing_frame(contact, {"t": "typing", "from": "customer", "on": True})
    assert typing == {"t": "typing", "contact": contact, "on": True, "author": "customer"}
    assert passing_frame(contact, {"t": "typing", "from": "agent", "on": True}) is None


def test_a_guide_that_went_on_passes_to_the_desk_under_its_contact():
    contact, guide = UUID(int=9), str(UUID(int=3))
    frame = passing_frame(contact, {"t": "guide", "guide": guide, "revision": 4})
    assert frame == {"t": "guide", "contact": contact, "guide": guide, "revision": 4}
