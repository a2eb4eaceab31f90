"""Customers open, write, come and go, and leave."""

import pytest

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact.customer import MASK, TEXT_LIMIT
from warmline.domain.contact.model import Attachment, ContactStatus, DisconnectReason
from warmline.domain.journey.document import DigitsInput, End, Field, FileInput, Journey, Show
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id


def test_opening_lets_self_service_speak_first(case):
    case.open()
    assert case.kinds()[0] == "contact_opened"
    assert case.said_by_bot() == ["hello", "menu"]
    assert case.it.status is ContactStatus.JOURNEY


def test_who_comes_from_a_help_page_need_not_say_again_what_they_answered_there(case):
    case.open(attributes={"help_page": "Returns", "help_answers": "Opened?: No", "help_field": " ", "other": "x"})
    told = [(event.name, event.value) for event in case.events if isinstance(event, e.DataCollected)]
    assert told == [("help_page", "Returns"), ("help_answers", "Opened?: No")]


def test_a_customer_whose_chat_is_open_already_need_not_say_again_where_they_come_from(case):
    case.open(attributes={"help_page": "Sizes", "other": "x"})
    case.do(c.CameFromHelp({"help_page": "Returns", "help_answers": "Opened?: No", "other": "y"}))
    case.do(c.CameFromHelp({"help_page": "Returns", "help_answers": " Opened?: No "}))  # pressed twice
    told = [(event.name, event.value) for event in case.events if isinstance(event, e.DataCollected)]
    assert told == [("help_page", "Sizes"), ("help_page", "Returns"), ("help_answers", "Opened?: No")]
    assert case.it.attributes["other"] == "x"
    case.do(c.CameFromHelp({"help_page": "Shipping"}))
    assert case.it.attributes["help_answers"] == "", "answers of another page are none of this one"
    case.do(c.CustomerEnds())
    case.do(c.CameFromHelp({"help_page": "Late"}))
    assert case.last(e.DataCollected).value == "Shipping"


def test_a_secret_answer_is_written_nowhere(case):
    case.open()
    case.tap("verify")
    assert case.it.expects_secret
    case.say("4920")
    shown = [event for event in case.events if getattr(event, "author", None) == "customer"][-1]
    assert (shown.text, shown.value) == (MASK, None)
    assert "4920" not in str([case.events, case.it.last_text, case.it.recent_keys])
    assert "4920" in str(list(case.tasks.values())), "only the checking task gets it"
    assert not case.it.expects_secret


def test_a_pin_typed_once_more_after_the_lockout_led_into_the_line_is_masked_but_not_later_numbers(case):
    case.open()
    case.tap("verify")
    case.say("4920")
    (task,) = case.tasks.values()
    case.do(c.TaskFinished(task.task_id, "ok", {"level": 0, "customer_ref": "", "tries_left": 0, "locked": True}))
    assert case.it.status is ContactStatus.QUEUED
    case.say("0003")
    assert case.last(e.MessageSent).text == MASK
    case.say("주문은 0003번이에요")
    assert case.last(e.MessageSent).text == "주문은 0003번이에요"
    case.later(121)
    case.say("0003")
    assert case.last(e.MessageSent).text == "0003"


def test_words_while_waiting_are_kept_for_the_agent(case):
    case.queued()
    case.say("제 주문은 빨간 신발이에요")
    assert case.it.status is ContactStatus.QUEUED
    assert case.it.waiting_since == case.now
    assert case.last(e.MessageSent).text == "제 주문은 빨간 신발이에요"


@pytest.mark.parametrize(
    ("text", "code"), [(" ", "contact.message_empty"), ("가" * (TEXT_LIMIT + 1), "contact.message_too_long")]
)
def test_a_message_has_a_sensible_length(case, text, code):
    case.open()
    with pytest.raises(Refused) as refused:
        case.say(text)
    assert refused.value.code == code


def test_a_customer_who_closes_the_page_in_self_service_is_told_and_let_go(case):
    case.open()
    case.do(c.CustomerConnection(False))
    case.fire("idle")
    assert case.said_by_bot()[-1] == "contact.idle_ended"
    assert case.it.disconnect_reason is DisconnectReason.CUSTOMER_IDLE
    assert case.timers == {}


def test_a_customer_who_comes_back_in_time_goes_on(case):
    case.open()
    case.do(c.CustomerConnection(False))
    case.do(c.CustomerConnection(True))
    assert "idle" not in case.timers
    case.check()


def test_a_place_in_line_outlives_a_closed_page_for_a_while(case):
    case.queued()
    case.do(c.CustomerConnection(False))
    assert (case.timers["idle"] - case.now).total_seconds() == case.policy.queue_idle_s


def test_who_closes_the_page_in_self_service_and_comes_into_a_line_keeps_the_place_as_long_as_others(case, people):
    case.open()
    case.do(c.CustomerConnection(False))
    left_at = case.now
    assert (case.timers["idle"] - left_at).total_seconds() == case.policy.idle_s
    case.later(100)
    case.do(c.Reassign(people[0], queue_id="refunds"))
    assert (case.timers["idle"] - left_at).total_seconds() == case.policy.queue_idle_s
    case.fire("queue.watch")
    assert (case.timers["idle"] - left_at).total_seconds() == case.policy.queue_idle_s
    case.check()


def test_who_is_gone_while_self_service_and_line_alternate_is_let_go_all_the_same(case, people):
    case.queued()
    case.do(c.CustomerConnection(False))
    left_at = case.now
    case.later(500)
    case.world.staffed = False
    case.do(c.QueueChanged())
    assert case.it.status is ContactStatus.JOURNEY
    case.do(c.Reassign(people[0], queue_id="refunds"))
    assert case.it.status is ContactStatus.QUEUED
    assert (case.timers["idle"] - left_at).total_seconds() == case.policy.queue_idle_s
    case.check()


def test_an_absent_customer_is_not_let_go_while_with_a_person(case):
    case.queued()
    case.do(c.CustomerConnection(False))
    case.connected()
    assert "idle" not in case.timers


def test_leaving_ends_the_offer_too(case):
    case.queued()
    case.offered()
    case.do(c.CustomerEnds())
    assert case.last(e.OfferEnded).outcome == "withdrawn"
    assert case.last(e.ContactEnded).by == "customer"
    assert case.timers == {}


def test_changing_the_language_says_the_question_again_in_it(case):
    case.open()
    case.do(c.CustomerLocale("ja"))
    assert case.it.locale == "ja"
    assert case.last(e.MessageSent).locale == "ja"
    assert case.do(c.CustomerLocale("ja")).duplicate_of is not None


def test_a_filled_card_is_written_down_as_labels_and_entries_and_heard_entry_by_entry(case):
    card = Show(
        "details",
        fields=(
            Field("order", "label.order", DigitsInput()),
            Field("pin", "label.verify", DigitsInput(), sensitivity="secret"),
        ),
    )
    case.world.journeys["front", 1] = Journey(
        id="front", on_error=(End("bye"),), sections={"start": (card, End("bye")), "agent": (End("bye"),)}
    )
    case.open()
    asked = case.last(e.MessageSent)
    assert asked.input_kind == "form"
    assert [field.name for field in asked.form.fields] == ["order", "pin"]
    case.do(c.CustomerMessage("k", "whatever the page says", "next", fields={"order": "47 11", "pin": "4920"}))
    (written,) = [one.text for one in case.events if getattr(one, "author", None) == "customer"]
    assert written == "[label.order]: 47 11\n[label.verify]: ••••\n[common.form_next]"
    assert [(one.name, one.value) for one in case.events if isinstance(one, e.DataCollected)] == [
        ("order", "4711")
    ]
    assert "4920" not in str([case.events, case.it.last_text])


def test_a_card_takes_only_the_files_that_came_along_with_it(case):
    photo = Attachment(new_id(), "zip.jpg", "image/jpeg", 10)
    card = Show("details", fields=(Field("photo", "label.order", FileInput(), required=False),))
    case.world.journeys["front", 1] = Journey(
        id="front", on_error=(End("bye"),), sections={"start": (card, End("bye")), "agent": (End("bye"),)}
    )
    case.open()
    case.do(c.CustomerMessage("k", "x", "next", fields={"photo": str(new_id())}))
    assert not [one for one in case.events if isinstance(one, e.DataCollected)], "a file nobody sent is not taken"
    case.do(c.CustomerMessage("l", "x", "next", (photo,), {"photo": str(photo.id)}))
    written = [one for one in case.events if getattr(one, "author", None) == "customer"][-1]
    assert (written.text, written.attachments) == ("[label.order]: zip.jpg\n[common.form_next]", (photo,))
    assert [(one.name, one.value) for one in case.events if isinstance(one, e.DataCollected)] == [
        ("photo", "zip.jpg")
    ]


def test_entries_of_a_card_nobody_asked_for_are_written_nowhere(case):
    case.queued()
    case.do(c.CustomerMessage("k", "x", None, fields={"pin": "4920"}))
    assert case.last(e.MessageSent).text == MASK
