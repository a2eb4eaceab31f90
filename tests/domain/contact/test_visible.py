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
