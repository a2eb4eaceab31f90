"""A desk's frames of calls: what they ask and are answered. The calls themselves: tests/channels/voice."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
import pytest

from warmline.features.desk.calls import CallFrame, DeskCalls
from warmline.features.desk.me import Colleague
from warmline.kernel.errors import NOT_ALLOWED, Refused
from warmline.kernel.ids import new_id
from warmline.ports.calls import NO_NODE, pack_sdp
from warmline.ports.identity import AgentIdentity

MINA = AgentIdentity("onda", new_id(), "Mina", ("agent",), "ko")
SORA = AgentIdentity("onda", new_id(), "Sora", ("supervisor",), "ko")
CONTACT = new_id()


class Wire:
    """Calls elsewhere: keeps what they are asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, UUID | None, Mapping[str, object]]] = []
        self.answer: Mapping[str, object] = {}

    async def ask(
        self, tenant_id: str, do: str, contact: UUID | None, fields: Mapping[str, object]
    ) -> Mapping[str, object]:
        self.asked.append((do, contact, fields))
        return self.answer

    async def offered(self) -> bool:
        return True


async def _colleague(tenant_id: str, agent_id: UUID) -> Colleague | None:
    return Colleague("Yuki", True) if agent_id == UUID(int=2) else None


def frame(**fields: object) -> CallFrame:
    return msgspec.convert({"cid": "c", "contact": str(CONTACT), **fields}, CallFrame)


async def done(wire: Wire | None, asked: CallFrame, agent: AgentIdentity = MINA) -> list[Mapping[str, object]]:
    sent: list[Mapping[str, object]] = []
    await DeskCalls(wire, _colleague).do(agent, asked, sent.append)
    return sent


async def test_an_agent_brings_their_audio_and_gets_the_answer():
    wire = Wire()
    wire.answer = {"sdp": pack_sdp("answer")}
    sent = await done(wire, frame(t="call_join", sdp="offer", mode="talk"))
    assert sent == [{"t": "call_answer", "cid": "c", "contact": CONTACT, "sdp": "answer"}]
    do, contact, fields = wire.asked[0]
    assert (do, contact, fields["agent_id"], fields["leads"]) == ("join", CONTACT, MINA.agent_id, False)


async def test_only_who_leads_listens():
    with pytest.raises(Refused, match=NOT_ALLOWED):
        await done(Wire(), frame(t="call_join", sdp="offer", mode="listen"))
    wire = Wire()
    await done(wire, frame(t="call_join", sdp="offer", mode="listen"), SORA)
    assert wire.asked[0][2]["leads"] is True


async def test_a_consultation_names_a_colleague_who_takes_contacts_or_a_number():
    wire = Wire()
    await done(wire, frame(t="call_consult", to={"agent_id": str(UUID(int=2))}))
    await done(wire, frame(t="call_consult", to={"number": "+82212345678"}))
    assert [one[2].get("to_name") or one[2].get("number") for one in wire.asked] == ["Yuki", "+82212345678"]
    for to, code in (
        ({}, "invalid"),
        ({"agent_id": str(new_id())}, "desk.no_such_colleague"),
        ({"agent_id": str(MINA.agent_id)}, "desk.to_yourself"),
    ):
        with pytest.raises(Refused, match=code):
            await done(wire, frame(t="call_consult", to=to))


async def test_every_other_wish_is_passed_on_and_acknowledged():
    wire = Wire()
    for fields in (
        {"t": "call_mode", "mode": "barge"},
        {"t": "call_leave"},
        {"t": "call_keys", "keys": "12#"},
        {"t": "call_talk", "with": "all"},
        {"t": "call_drop", "party": "c-1"},
        {"t": "call_complete", "note": "x"},
        {"t": "call_forward", "number": "+82212345678", "note": ""},
        {"t": "call_secure", "on": True, "what": "number", "length": {"least": 4, "most": 8}},
        {"t": "call_record", "on": False},
        {"t": "call_decline"},
    ):
        assert await done(wire, frame(**fields)) == [{"t": "ack", "cid": "c", "seq": 0}]
    assert [one[0] for one in wire.asked] == [
        "mode", "leave", "keys", "talk", "drop", "complete", "forward", "secure", "record", "decline",
    ]  # fmt: skip
    assert (wire.asked[7][2]["least"], wire.asked[7][2]["most"]) == (4, 8)


async def test_who_calls_out_learns_which_contact_it_became():
    wire = Wire()
    wire.answer = {"contact": "new"}
    asked = msgspec.convert({"t": "call_dial", "cid": "c", "to": "02-123-4567"}, CallFrame)
    assert await done(wire, asked) == [{"t": "ack", "cid": "c", "seq": 0, "contact": "new"}]


async def test_a_running_call_is_shown_to_who_begins_to_follow_and_no_call_to_nobody():
    wire, sent = Wire(), []
    wire.answer = {"call": {"state": "talking"}}
    await DeskCalls(wire, _colleague).show(MINA, CONTACT, sent.append)
    assert sent == [{"t": "call", "contact": CONTACT, "call": {"state": "talking"}}]
    await DeskCalls(None, _colleague).show(MINA, CONTACT, sent.append)
    assert len(sent) == 1
    with pytest.raises(Refused, match=NO_NODE):
        await done(None, frame(t="call_leave"))


def test_a_number_cannot_be_asked_for_that_nothing_typed_would_be():
    asked = {"t": "call_secure", "cid": "1", "contact": str(CONTACT), "on": True, "what": "number"}
    assert msgspec.convert({**asked, "length": {"least": 4, "most": 4}}, CallFrame)
    with pytest.raises(msgspec.ValidationError, match="least is above most"):
        msgspec.convert({**asked, "length": {"least": 6, "most": 4}}, CallFrame)
