"""What a customer sees of their own contact."""

from uuid import UUID

import pytest

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact.visible import customer_view


def test_no_internal_field_reaches_the_customer(case, people):
    case.connected()
    case.do(c.AddNote(people[0], "Mina", "n", "secret note"))
    case.do(c.AgentMessage(people[0], "Mina", "a", "안녕하세요"))
    case.do(c.Transfer(people[0], queue_id="refunds", note="careful"))
    shown = str([customer_view(event) for event in case.events])
    for hidden in (str(people[0]), "secret note", "careful", "entered_at", "menu'", str(case.it.customer_id)):
        assert hidden not in shown
    assert "안녕하세요" in shown


@pytest.mark.parametrize("why", ["declined", "missed", "withdrawn", "widened"])
def test_what_agents_do_with_an_offer_is_not_the_customers_worry(case, why):
    case.queued()
    assert customer_view(e.ContactQueued(case.it.queue, why)) is None
    assert customer_view(e.ContactQueued(case.it.queue)) == {"kind": "contact_queued", "why": "journey"}


def test_every_visible_kind_has_a_view():
    visible = {
        e.LocaleChanged("ko"), e.IdentityVerified(2, "pin"), e.AgentJoined(UUID(int=1), "Mina"),
        e.AgentLeft(UUID(int=1), "ended"), e.CustomerHeld(), e.CustomerResumed(),
    }  # fmt: skip
    assert all(customer_view(event) is not None for event in visible)
    assert customer_view(e.NoteAdded(UUID(int=1), "Mina", "x")) is None


def test_a_customer_without_a_number_is_promised_an_answer_here_and_no_phone_call(case):
    case.rules(callback_offered=True)
    case.queued()
    case.do(c.RequestCallback())
    assert case.said_by_bot()[-1] == "contact.callback_promised_here"
    assert not any(word in case.last(e.MessageSent).text for word in ("전화", "닫으"))
    view = customer_view(case.last(e.CallbackPromised))
    assert view is not None
    assert view["address_kind"] == "message"
    case.say("급해요")
    assert case.said_by_bot()[-1] == "contact.callback_waiting_here"
    case.check()
