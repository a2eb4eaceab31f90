"""The judge is judged first: each broken promise is told from a quiet day, case by case."""

from typing import Any

import pytest

from chaos.checker import Story, Told, Verdict, check
from chaos.oplog import Entry

MINA, YUKI = "mina", "yuki"
OFFER = {"id": "o1", "agent_id": MINA}


def story(*events: dict[str, Any], status: str = "ended") -> Story:
    return Story(status, [Told(n, f"2026-01-05T09:00:{n:02d}Z", event) for n, event in enumerate(events, 1)])


def message(client_id: str, author: str = "customer") -> dict[str, Any]:
    return {"kind": "message_sent", "author": author, "client_id": client_id, "text": "…"}


def offered(offer: str = "o1", agent: str = MINA) -> dict[str, Any]:
    return {"kind": "contact_offered", "offer": {"id": offer, "agent_id": agent}}


def offer_ended(offer: str = "o1", agent: str = MINA, outcome: str = "accepted") -> dict[str, Any]:
    return {"kind": "offer_ended", "offer_id": offer, "agent_id": agent, "outcome": outcome}


def joined(agent: str = MINA) -> dict[str, Any]:
    return {"kind": "agent_joined", "agent_id": agent, "agent_name": agent}


def left(agent: str = MINA) -> dict[str, Any]:
    return {"kind": "agent_left", "agent_id": agent, "why": "ended"}


OPENED: dict[str, Any] = {"kind": "contact_opened"}
ENDED: dict[str, Any] = {"kind": "contact_ended"}
QUIET = (OPENED, message("m1"), offered(), offer_ended(), joined(), message("m2"), left(), ENDED)
QUIET_LOG = (
    Entry(0, "c1", "start", cid="s1"),
    Entry(1, "c1", "opened", "A", "s1"),
    Entry(2, "c1", "say", "A", "m1"),
    Entry(3, "c1", "ack", "A", "m1", seq=2),
    Entry(4, "mina", "ack", "A", "mina-1", seq=5, kind="accept_offer", ref="o1"),
    Entry(5, "c1", "say", "A", "m2"),
    Entry(6, "c1", "ack", "A", "m2", seq=6),
    *(Entry(7, "c1", "saw", "A", seq=n, kind=event["kind"]) for n, event in enumerate(QUIET, 1)),
    Entry(8, "c1", "ended", "A"),
)


def judge(told: Story | None = None, log: tuple[Entry, ...] = QUIET_LOG, capacity: int = 3) -> Verdict:
    return check(log, {} if told is None else {"A": told}, capacity=capacity)


def test_a_quiet_day_is_found_in_order():
    verdict = judge(story(*QUIET))
    assert verdict.wrong == {}
    assert (verdict.contacts, verdict.messages, verdict.orders, verdict.events) == (1, 2, 1, 8)


def test_a_conversation_a_customer_was_told_of_and_nobody_has_is_a_loss():
    assert judge(None).count("lost contact") == 1


def test_a_conversation_no_customer_was_told_of_is_a_double():
    told = {"A": story(*QUIET), "B": story(OPENED, ENDED)}
    assert check(QUIET_LOG, told, capacity=3).count("doubled contact") == 1


def test_a_customer_nobody_could_bring_to_an_end_is_stuck():
    assert judge(story(*QUIET[:-1], status="connected")).count("stuck contact") == 1


def test_an_acknowledged_message_that_is_not_there_is_a_loss():
    changed = (*QUIET[:5], message("another"), *QUIET[6:])
    assert judge(story(*changed)).count("lost message") == 1


def test_an_acknowledged_message_beyond_the_end_of_the_story_is_a_loss():
    late = (*QUIET_LOG, Entry(9, "c1", "ack", "A", "m9", seq=99))
    assert judge(story(*QUIET), late).count("lost command") == 1


def test_an_acknowledged_message_in_another_place_is_misplaced():
    changed = (OPENED, QUIET[2], QUIET[1], *QUIET[3:])
    assert judge(story(*changed)).count("misplaced message") == 1


def test_a_message_stored_twice_is_a_double():
    assert judge(story(*QUIET[:-1], message("m2"), ENDED)).count("doubled message") == 1


def test_the_same_id_from_a_customer_and_from_an_agent_is_no_double():
    same = (*QUIET[:6], message("m2", author="agent"), *QUIET[6:])
    assert judge(story(*same)).count("doubled message") == 0


def test_what_was_sent_after_an_answer_stands_after_what_was_answered():
    swapped = (OPENED, message("m2"), *QUIET[2:5], message("m1"), *QUIET[6:])
    log = (
        Entry(2, "c1", "say", "A", "m1"),
        Entry(3, "c1", "ack", "A", "m1", seq=6),
        Entry(4, "c1", "say", "A", "m2"),
    )
    assert judge(story(*swapped), log).count("wrong order") == 1


def test_a_hole_in_the_numbers_is_seen():
    told = Story("ended", [Told(n, "2026-01-05T09:00:00Z", event) for n, event in enumerate((*QUIET, ENDED), 0)])
    assert judge(told).count("broken numbers") == 1


def test_an_event_on_a_screen_that_the_story_does_not_know_is_seen():
    phantom = (*QUIET_LOG, Entry(9, "mina", "saw", "A", seq=2, kind="contact_offered"))
    assert judge(story(*QUIET), phantom).count("shown, not stored") == 1


def test_a_message_that_never_reached_the_customers_screen_is_seen():
    blind = tuple(entry for entry in QUIET_LOG if not (entry.what == "saw" and entry.seq == 6))
    assert judge(story(*QUIET), blind).count("never shown") == 1


def test_an_event_delivered_again_is_seen():
    assert judge(story(*QUIET), (*QUIET_LOG, Entry(9, "c1", "twice", "A", seq=2))).count("shown twice") == 1


@pytest.mark.parametrize(
    "events",
    [
        pytest.param((offered(), offered("o2", YUKI)), id="offered to two people at once"),
        pytest.param(
            (offered(), offer_ended(), joined(), offered("o2", YUKI)), id="offered while somebody has it"
        ),
        pytest.param((offered(), joined()), id="joined without accepting"),
        pytest.param((offered(), offer_ended(), joined(YUKI)), id="joined on another's offer"),
        pytest.param((offered(), offer_ended(), joined(), joined(YUKI)), id="two owners"),
        pytest.param((offer_ended(),), id="ended an offer that was not made"),
        pytest.param((left(),), id="left without having been there"),
        pytest.param((offered(), ENDED), id="ended while it rings"),
        pytest.param((offered(), offer_ended(), joined(), ENDED), id="ended while somebody has it"),
    ],
)
def test_two_hands_on_one_customer_are_seen(events: tuple[dict[str, Any], ...]):
    assert judge(story(OPENED, *events), log=()).count("doubled assignment") >= 1


def test_one_offer_accepted_by_two_agents_is_a_double():
    both = (*QUIET_LOG, Entry(9, "yuki", "ack", "A", "yuki-1", seq=5, kind="accept_offer", ref="o1"))
    assert judge(story(*QUIET), both).count("doubled assignment") == 1


def test_declined_and_expired_offers_leave_the_customer_free_for_the_next():
    events = (offered(), offer_ended(outcome="declined"), offered("o2", YUKI), offer_ended("o2", YUKI, "expired"))
    assert judge(story(OPENED, *events, ENDED), log=()).count("doubled assignment") == 0


def test_an_agent_with_more_customers_than_they_can_take_is_seen():
    stories = {name: story(OPENED, offered(name), offer_ended(name), joined()) for name in "ABC"}
    assert check((), stories, capacity=2).count("over capacity") == 1
    assert check((), stories, capacity=3).count("over capacity") == 0


def test_the_verdict_says_how_much_was_looked_at_and_the_first_cases():
    lines = judge(story(*QUIET[:-1], status="connected")).lines()
    assert lines[0].startswith("1 contacts, 2 messages and 1 commands")
    assert any("still connected" in line for line in lines)
