"""A contact's card and whose desk it is on."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from warmline.domain.contact.model import (
    Callback,
    CallbackOrder,
    CallbackStage,
    Contact,
    ContactStatus,
    Offer,
    QueueEntry,
    WrapUp,
)
from warmline.features.desk.cards import CardCustomer, card, is_of

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINA, YUKI = UUID(int=1), UUID(int=2)


def contact(**fields: object) -> Contact:
    status = ContactStatus.QUEUED
    found = Contact("onda", UUID(int=9), "webchat", UUID(int=5), UUID(int=6), "ja", status, NOW)
    return replace(found, **fields)


def test_a_card_shows_what_an_agent_decides_by():
    shown = card(
        contact(
            queue=QueueEntry("orders", NOW, priority=3),
            offer=Offer(UUID(int=3), MINA, NOW, NOW + timedelta(seconds=20)),
            intent="refund", assurance=2, last_text="返金してください", last_author="customer", seq=7,
        ),
        CardCustomer(UUID(int=5), "山田花子", True),
    )  # fmt: skip
    assert (shown.queue_id, shown.priority, shown.queued_at) == ("orders", 3, NOW)
    assert (shown.intent, shown.assurance, shown.customer.name) == ("refund", 2, "山田花子")
    assert shown.offer is not None
    assert shown.offer.agent_id == MINA
    assert shown.wrap_up is None


def test_a_contact_lies_on_the_desk_of_who_is_offered_it_holds_it_or_wraps_it_up():
    offered = contact(offer=Offer(UUID(int=3), MINA, NOW, NOW))
    held = contact(agent_id=MINA)
    wrapped = contact(wrap_up=WrapUp(MINA, NOW))
    assert all(is_of(one, MINA) and not is_of(one, YUKI) for one in (offered, held, wrapped))
    assert not is_of(contact(last_agent_id=MINA), MINA)


def test_a_contact_lies_on_every_desk_it_rings_at():
    ringing = contact(offer=Offer(UUID(int=3), MINA, NOW, NOW, (YUKI,)))
    assert is_of(ringing, MINA)
    assert is_of(ringing, YUKI)
    shown = card(ringing, CardCustomer(UUID(int=5))).offer
    assert shown is not None
    assert shown.also == (YUKI,)


def test_a_promised_call_says_whom_to_reach_where():
    callback = Callback(CallbackStage.LINE, NOW, NOW, CallbackOrder.AGENT_FIRST, "+818012345678", attempts=1)
    shown = card(contact(callback=callback), CardCustomer(UUID(int=5))).callback
    assert shown is not None
    assert (shown.stage, shown.order, shown.phone, shown.attempts) == ("line", "agent_first", "+818012345678", 1)


def test_a_promised_call_is_shown_with_the_time_that_was_told_not_the_one_it_has_slid_to():
    slid = NOW + timedelta(hours=2)
    callback = Callback(CallbackStage.LINE, slid, NOW, told_at=NOW, apologised=True)
    shown = card(contact(callback=callback), CardCustomer(UUID(int=5))).callback
    assert shown is not None
    assert (shown.told_at, shown.due_at) == (NOW, slid)
