"""A contact's columns say what the contact says, and its document comes back whole."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from warmline.domain.contact.commands import StartTask
from warmline.domain.contact.model import (
    Callback,
    CallbackStage,
    Contact,
    ContactStatus,
    Offer,
    QueueEntry,
    SkillNeed,
    WrapUp,
)
from warmline.domain.journey.session import Frame, JourneySession, Waiting
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.contact_rows import (
    COLD_COLUMNS,
    birth_columns,
    cold_columns,
    decode_state,
    decode_task,
    due,
    encode_state,
    encode_task,
    routed_by,
)
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring, Tampered

NOW = utc_now()
MINA, YUKI = new_id(), new_id()


@pytest.fixture
def contact(contacts: Any) -> Contact:
    return contacts.opened(new_id(), new_id())(None, NOW).contact


def columns(contact: Contact) -> dict[str, Any]:
    return dict(zip((name for name, _ in COLD_COLUMNS), cold_columns(contact), strict=True))


def test_a_waiting_contact_shows_the_router_what_it_needs(contact: Contact) -> None:
    entry = QueueEntry("orders", NOW, 3, (SkillNeed("ja", 2),), MINA, NOW + timedelta(seconds=30))
    row = columns(replace(contact, status=ContactStatus.QUEUED, queue=entry, first_queued_at=NOW))
    assert (row["status"], row["queue_id"], row["priority"], row["queued_at"]) == ("queued", "orders", 3, NOW)
    assert row["routing"]["skills"] == [{"skill": "ja", "level": 2}]
    assert row["routing"]["preferred_agent_id"] == MINA
    connected = columns(replace(contact, status=ContactStatus.CONNECTED, queue=entry, agent_id=MINA))
    assert connected["routing"] is None
    assert connected["queue_id"] == "orders"
    assert columns(
        replace(contact, status=ContactStatus.QUEUED, queue=QueueEntry("vip", NOW, only_agent_id=YUKI))
    )["routing"] == {"only_agent_id": YUKI}
    until = NOW + timedelta(seconds=60)
    passed_on = QueueEntry("orders", NOW, passed_on_by=MINA, passed_on_until=until)
    assert columns(replace(contact, status=ContactStatus.QUEUED, queue=passed_on))["routing"] == {
        "passed_on_by": MINA,
        "passed_on_until": until,
    }


def test_the_agent_column_is_the_owner_else_the_one_it_is_offered_to_else_who_wraps_up(contact: Contact) -> None:
    offer = Offer(new_id(), MINA, NOW, NOW)
    wrapping = replace(contact, wrap_up=WrapUp(YUKI, NOW))
    assert columns(contact)["agent_id"] is None
    assert columns(replace(contact, offer=offer))["agent_id"] == MINA
    assert (columns(wrapping)["agent_id"], columns(wrapping)["wrapping"]) == (YUKI, True)
    assert columns(replace(wrapping, agent_id=MINA))["agent_id"] == MINA


def test_the_router_is_told_of_what_it_goes_by_and_nothing_else(contact: Contact) -> None:
    assert routed_by(contact) == routed_by(None)
    assert routed_by(contact) == routed_by(replace(contact, intent="refund", version=9, seq=9))
    for change in (
        {"status": ContactStatus.ENDED},
        {"agent_id": MINA},
        {"wrap_up": WrapUp(MINA, NOW)},
        {"queue": QueueEntry("orders", NOW)},
    ):
        assert routed_by(contact) != routed_by(replace(contact, **change))


async def test_a_document_comes_back_whole_with_its_dedupe_keys_from_the_timeline(
    contact: Contact, keyring: Keyring, database: Database
) -> None:
    async with database.tenant("onda") as conn:
        await keyring.create("onda", contact.customer_id, conn)
    session = JourneySession(
        (Frame("welcome", 3, "start", (2, "then", 0), None, {"order": {"status": "shipped", "eta": None}}),),
        "ko",
        Waiting("input", 2, data={"options": ["a", "b"]}),
    )
    full = replace(
        contact, journey=session, recent_keys=("c:1", "a:2"), recent_seqs=(4, 5), timers={"idle": NOW}, assurance=2
    )
    blob = encode_state(keyring.key_for("onda", full.customer_id), full)
    assert decode_state(keyring, "onda", full.id, blob, ["c:1", "a:2"], [4, 5]) == full
    assert decode_state(keyring, "onda", full.id, blob, None, None).recent_keys == ()
    with pytest.raises(Tampered):
        decode_state(keyring, "onda", UUID(int=full.id.int ^ 1), blob, None, None)


async def test_a_tasks_arguments_are_sealed_and_come_back(
    contact: Contact, keyring: Keyring, database: Database
) -> None:
    async with database.tenant("onda") as conn:
        await keyring.create("onda", contact.customer_id, conn)
    task = StartTask("t1", "orders.find", {"number": "20260105-7"}, 3.0)
    key = keyring.key_for("onda", contact.customer_id)
    body = encode_task(key, "onda", contact.id, task)
    assert b"20260105" not in body
    assert decode_task(keyring, "onda", contact.id, body) == task
    assert due(task, NOW) == NOW
    assert due(replace(task, not_before=NOW + timedelta(seconds=5)), NOW) == NOW + timedelta(seconds=5)


def test_the_journey_of_a_row_is_the_one_the_contact_began_with(contact: Contact) -> None:
    assert birth_columns(contact, "welcome", 3) == ("webchat", contact.conversation_id, NOW, "welcome", 3)


def test_a_promised_call_is_in_line_only_when_its_turn_may_come(contact: Contact) -> None:
    due_at = NOW + timedelta(minutes=5)
    promised = replace(
        contact, status=ContactStatus.CALLBACK, queue=QueueEntry("orders", NOW),
        callback=Callback(CallbackStage.LINE, due_at, NOW, phone="+821012345678"),
    )  # fmt: skip
    row = columns(promised)
    assert (row["routing"], row["callback_at"], row["queued_at"]) == ({}, due_at, NOW)
    assert "82101234" not in str(row), "the number is in the encrypted document only"
    later = replace(promised, callback=Callback(CallbackStage.LATER, due_at, NOW))
    assert (columns(later)["routing"], columns(later)["callback_at"]) == (None, due_at)
    assert routed_by(promised) != routed_by(later), "the router is told"


def test_an_offer_names_everybody_it_rings_at(contact: Contact) -> None:
    offer = Offer(new_id(), MINA, NOW, NOW, (YUKI,))
    row = columns(replace(contact, status=ContactStatus.OFFERED, queue=QueueEntry("orders", NOW), offer=offer))
    assert (row["agent_id"], row["routing"]) == (MINA, {"also": [YUKI]})


def test_a_wrap_up_that_leaves_room_says_so_to_the_router(contact: Contact) -> None:
    ended = replace(contact, status=ContactStatus.ENDED, wrap_up=WrapUp(MINA, NOW, None, optional=True))
    assert (columns(ended)["agent_id"], columns(ended)["routing"]) == (MINA, {"free": True})
    assert columns(replace(ended, wrap_up=WrapUp(MINA, NOW)))["routing"] is None
