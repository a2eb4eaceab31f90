"""A decision in the making."""

from warmline.domain.contact import commands as c
from warmline.domain.contact.draft import KEYS_KEPT, PREVIEW_LENGTH, Draft, unchanged
from warmline.domain.contact.events import MessageSent


def test_a_timer_set_and_cleared_in_one_step_has_one_effect(case):
    case.open()
    draft = Draft(case.it, case.world, case.now, case.policy)
    draft.wake("queue.watch", 60)
    draft.wake("queue.only", 60)
    draft.unwake("queue")
    assert {(type(one).__name__, one.timer) for one in draft.decision().effects} == {
        ("ClearTimer", "queue.watch"),
        ("ClearTimer", "queue.only"),
    }
    assert "queue.watch" not in draft.decision().contact.timers


def test_the_last_keys_are_remembered_and_no_more(case):
    case.open()
    for number in range(KEYS_KEPT + 5):
        case.say("x" * (PREVIEW_LENGTH + 9), key=f"key{number}")
        if case.it.journey is None or case.it.status != "journey":
            break
    assert len(case.it.recent_keys) == len(case.it.recent_seqs) <= KEYS_KEPT
    assert case.it.recent_keys[-1].startswith("c:key")


def test_nothing_changes_in_an_unchanged_decision(case):
    case.open()
    decision = unchanged(case.it)
    assert (decision.contact, decision.events, decision.duplicate_of) == (case.it, (), case.it.seq)


def test_a_step_counts_its_events(case):
    before = case.open().contact
    after = case.do(c.CustomerMessage("a", "bye", "bye"))
    assert after.contact.seq == before.seq + len(after.events)
    assert after.contact.version == before.version + 1


def test_a_message_is_kept_as_preview_and_under_its_key_in_one_step(case):
    case.open()
    draft = Draft(case.it, case.world, case.now, case.policy)
    draft.message(MessageSent("customer", "x" * (PREVIEW_LENGTH + 9), "m1"), "c:m1", waiting_since=case.now)
    contact = draft.decision().contact
    assert (contact.last_text, contact.last_author) == ("x" * PREVIEW_LENGTH, "customer")
    assert (contact.last_at, contact.waiting_since) == (case.now, case.now)
    assert draft.seen("c:m1") == contact.seq == case.it.seq + 1
