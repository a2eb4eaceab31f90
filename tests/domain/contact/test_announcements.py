"""An emergency reaches those who are here already: at once, once, and nobody it does not concern."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from warmline.domain.contact.announcements import TOLD_KEPT, heard
from warmline.domain.contact.commands import Announced, Decision, Reassign
from warmline.domain.contact.events import MessageSent
from warmline.domain.contact.model import ContactStatus
from warmline.domain.journey.interface import AnnouncementText
from warmline.kernel.ids import new_id

SNOW = AnnouncementText("snow", "Snow.", spoken="Snow, spoken.")


def texts(decision: Decision) -> list[str]:
    return [event.text for event in decision.events if isinstance(event, MessageSent) and event.author == "bot"]


def announce(case: Any, announcement: AnnouncementText = SNOW, lasts_s: float = 3600) -> None:
    case.world.emergencies.append((announcement, case.now + timedelta(seconds=lasts_s)))


def test_a_waiting_customer_hears_it_at_once_and_only_once(case: Any) -> None:
    case.queued()
    announce(case)
    assert texts(case.do(Announced())) == ["Snow."]
    assert case.do(Announced()).duplicate_of is not None
    assert "Snow." not in texts(case.fire("queue.watch"))


def test_a_customer_whom_the_signal_missed_hears_it_when_the_queue_is_looked_at_next(case: Any) -> None:
    case.queued()
    announce(case)
    assert "Snow." in texts(case.fire("queue.watch"))


def test_it_is_silent_after_its_end_by_itself(case: Any) -> None:
    case.queued()
    announce(case, lasts_s=60)
    case.later(60)
    assert case.do(Announced()).duplicate_of is not None


def test_in_self_service_the_question_follows_again_and_stays_open(case: Any) -> None:
    case.open()
    announce(case)
    said = texts(case.do(Announced()))
    assert said == ["Snow.", "[menu]"]
    case.tap("agent")
    assert case.it.status is ContactStatus.QUEUED


def test_whoever_comes_into_a_line_it_is_meant_for_hears_it_there(case: Any) -> None:
    case.open()
    announce(case, AnnouncementText("late", "Orders are late.", queues=frozenset({"orders"})))
    assert case.do(Announced()).duplicate_of is not None
    assert "Orders are late." in texts(case.tap("agent"))
    assert case.do(Announced()).duplicate_of is not None


@pytest.mark.parametrize(
    ("scope", "hears"),
    [
        ({}, True),
        ({"channels": frozenset({"webchat"})}, True),
        ({"channels": frozenset({"voice"})}, False),
        ({"journeys": frozenset({"front"})}, True),
        ({"journeys": frozenset({"other"})}, False),
        ({"queues": frozenset({"orders", "general"})}, True),
        ({"queues": frozenset({"general"})}, False),
        ({"queues": frozenset({"orders"}), "channels": frozenset({"voice"})}, False),
    ],
)
def test_only_those_whom_it_concerns_hear_it(case: Any, scope: dict[str, frozenset[str]], hears: bool) -> None:
    case.queued()
    announce(case, AnnouncementText("a", "Snow.", **scope))
    assert (texts(case.do(Announced())) == ["Snow."]) is hears


def test_a_caller_hears_the_spoken_form(case: Any) -> None:
    case.open(channel="voice")
    announce(case)
    assert texts(case.do(Announced()))[0] == "Snow, spoken."


def test_a_customer_whom_no_journey_leads_any_more_hears_it_too(case: Any) -> None:
    case.connected()
    announce(case)
    assert case.do(Announced()).duplicate_of is not None, "a person is with them"
    said = texts(case.do(Reassign(new_id(), queue_id="orders")))
    assert "Snow." in said
    assert case.it.journey is None
    assert case.do(Announced()).duplicate_of is not None


def test_who_waits_hears_other_kinds_at_once_and_who_does_not_wait_at_their_place(case: Any) -> None:
    case.open()
    delays = AnnouncementText("late", "Orders are late.", queues=frozenset({"orders"}))
    for notice in (delays, AnnouncementText("closed", "Closed tomorrow.")):
        case.world.others.append((notice, case.now + timedelta(hours=1)))
    assert case.do(Announced()).duplicate_of is not None, "self-service says them where the journey has a place"
    said = texts(case.tap("agent"))
    assert [text for text in said if not text.startswith("[")] == ["Orders are late.", "Closed tomorrow."]
    more = AnnouncementText("b", "Refunds only by post.", queues=frozenset({"refunds"}))
    case.world.others.append((more, case.now + timedelta(hours=1)))
    assert case.do(Announced()).duplicate_of is not None, "meant for another line, and the others are known"


def test_the_memory_of_what_was_told_is_bounded_and_keeps_the_newest(case: Any) -> None:
    case.open()
    contact = case.it
    for number in range(2 * TOLD_KEPT):
        contact = replace(contact, told=heard(contact, f"announcement:{number}"))
    assert contact.told == tuple(str(number) for number in range(TOLD_KEPT, 2 * TOLD_KEPT))
    assert heard(contact, "queue.enter") == contact.told
