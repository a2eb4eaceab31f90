"""Events come back as they were, and nothing personal in them can be read without the key."""

from datetime import UTC, datetime
from math import isfinite
from typing import Any, get_args
from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmline.domain.contact import events as e
from warmline.domain.contact import events_voice as v
from warmline.domain.contact.events import AnyEvent
from warmline.domain.contact.model import Attachment
from warmline.domain.journey.interface import Form, FormField
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database
from warmline.runtime.event_codec import PRIVATE, decode_event, decode_rows, dedupe_key, encode_event, kind_of
from warmline.runtime.keyring import Keyring, Loaded

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SECRET = "전화번호 010-1234-5678"
SPOKEN: list[AnyEvent] = [
    e.ContactOpened("webchat", new_id(), new_id(), "ko", "welcome", 3, page=SECRET),
    e.MessageSent(
        "customer", SECRET, "m1", value=SECRET, quick_replies=(e.QuickReply("yes", SECRET),),
        attachments=(Attachment(new_id(), SECRET, "image/png", 7),), input_kind="text", locale="ko",
        digits=e.Digits(4, 8), fixed=True,
    ),
    e.MessageSent("agent", SECRET, "m2", agent_id=new_id(), agent_name="김미나"),
    e.NoteAdded(new_id(), "김미나", SECRET, "n1"),
    e.MessageSent("bot", SECRET, input_kind="form", form=Form((FormField("n", SECRET, "text", value=SECRET),))),
    e.GuideFinished(new_id(), "g", 1, "Refund", new_id(), "김미나", "contained", (e.Filled(SECRET, SECRET),)),
    e.DataCollected("phone", SECRET),
    e.ContactTransferred(new_id(), "orders", None, SECRET, SECRET),
    e.SurveyAnswered("csat", 5, SECRET),
    e.ContactWrappedUp(new_id(), "solved", SECRET),
    v.CallStarted("inbound", SECRET, SECRET, "B"),
    v.PartyJoined(SECRET, "number", SECRET, "consult"),
    v.PartyLeft(SECRET, "number", SECRET, "consult"),
    v.VoicemailLeft(new_id(), 12.5, SECRET),
    v.HandOnFailed("forbidden", SECRET, True, "outbound.costly"),
]  # fmt: skip


async def key_of_somebody(keyring: Keyring, database: Database, customer_id: UUID | None = None) -> Loaded:
    customer_id = customer_id or new_id()
    async with database.tenant("onda") as conn:
        await keyring.create("onda", customer_id, conn)
    return keyring.key_for("onda", customer_id)


def finite(event: AnyEvent) -> bool:
    """JSON has no word for what is not a number."""
    floats = [getattr(event, name) for name in event.__struct_fields__ if isinstance(getattr(event, name), float)]
    return all(map(isfinite, floats))


def body_of(raw: str) -> dict[str, Any]:
    return msgspec.json.decode(raw)


async def test_what_people_say_is_sealed_and_comes_back(keyring: Keyring, database: Database) -> None:
    key, contact_id = await key_of_somebody(keyring, database), new_id()
    assert {type(event) for event in SPOKEN} == set(PRIVATE)
    for seq, event in enumerate(SPOKEN, 1):
        raw = encode_event(key, "onda", contact_id, seq, event)
        assert "1234" not in raw.encode().decode("unicode_escape", "replace") + raw
        body = body_of(raw)
        assert body["kind"] == kind_of(event)
        assert decode_event(keyring, "onda", contact_id, seq, AT, body).event == event


async def test_what_an_erased_customer_said_is_gone_and_that_it_was_said_remains(
    keyring: Keyring, database: Database
) -> None:
    customer_id, contact_id = new_id(), new_id()
    key = await key_of_somebody(keyring, database, customer_id)
    bodies = [body_of(encode_event(key, "onda", contact_id, seq, event)) for seq, event in enumerate(SPOKEN, 1)]
    await keyring.erase("onda", customer_id)
    rows = [{"contact_id": contact_id, "seq": seq, "at": AT, "body": body} for seq, body in enumerate(bodies, 1)]
    read = await decode_rows(keyring, "onda", rows)
    assert [type(one.event) for one in read] == [type(event) for event in SPOKEN]
    assert SECRET not in str(read)


async def test_the_way_of_messages_writes_what_the_general_way_would(keyring: Keyring, database: Database) -> None:
    key, contact_id = await key_of_somebody(keyring, database), new_id()
    for event in SPOKEN:
        if isinstance(event, e.MessageSent):
            quick = body_of(encode_event(key, "onda", contact_id, 1, event))
            general = {k: v for k, v in msgspec.to_builtins(event).items() if k not in PRIVATE[e.MessageSent]}
            assert {k: v for k, v in quick.items() if k != "sealed"} == general


# The router's facts about an offer are words and numbers, though their type says no more than "object".
ANY = {kind: st.from_type(kind) for kind in get_args(AnyEvent) if kind not in PRIVATE}
FACTS = st.dictionaries(st.text(), st.text() | st.integers(-(2**60), 2**60))
ANY[e.ContactOffered] = st.builds(e.ContactOffered, why=FACTS)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(event=st.one_of(*ANY.values()).filter(finite))
async def test_every_other_event_comes_back_too(keyring: Keyring, event: AnyEvent) -> None:
    contact_id, no_key_needed = new_id(), (AESGCM(bytes(32)), b"")
    body = body_of(encode_event(no_key_needed, "onda", contact_id, 1, event))
    again = decode_event(keyring, "onda", contact_id, 1, AT, body).event
    assert msgspec.json.encode(again) == msgspec.json.encode(event)


@pytest.mark.parametrize(
    ("event", "key"),
    [
        (e.MessageSent("customer", "x", "m1"), "c:m1"),
        (e.MessageSent("agent", "x", "m1"), "a:m1"),
        (e.NoteAdded(new_id(), "김미나", "x", "n1"), "a:n1"),
        (e.MessageSent("bot", "x"), None),
        (e.CustomerHeld(), None),
    ],
)
def test_what_has_a_senders_own_id_may_exist_once(event: AnyEvent, key: str | None) -> None:
    assert dedupe_key(event) == key
