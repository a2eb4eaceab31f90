"""What desks ask of a call, read from the wire, and who may ask it."""

from typing import Any

import pytest
from msgspec.structs import replace
from tests.channels.voice.around import eventually, until
from tests.channels.voice.conftest import Exchange
from tests.channels.voice.test_node import _connected, _session

from warmline.channels.voice import inputs as i
from warmline.channels.voice.wishes import fulfil, read_wish
from warmline.kernel.errors import INVALID, Refused
from warmline.ports.calls import NOT_YOURS, pack_sdp, unpack_sdp


def test_a_wish_that_makes_no_sense_is_refused():
    with pytest.raises(Refused, match=INVALID):
        read_wish({"do": "join", "mode": "sing"})


async def test_nobody_but_the_owner_steers_a_call(exchange: Exchange):
    await _connected(exchange)
    session = await _session(exchange)
    stranger = exchange.house.agents["yuki"].agent_id
    for do in ("consult", "talk", "drop", "complete", "forward", "secure", "record", "keys"):
        with pytest.raises(Refused, match=NOT_YOURS):
            await fulfil(session, read_wish({"do": do, "agent_id": str(stranger), "number": "+82212345678"}))


async def test_an_agent_whose_acceptance_the_call_has_not_heard_of_yet_brings_their_audio_all_the_same(
    exchange: Exchange,
):
    await _connected(exchange)
    session = await _session(exchange)
    session.contact = replace(session.contact, agent_id=None)  # as it stood a moment ago
    mina = exchange.house.agents["mina"].agent_id
    wish = {"do": "join", "agent_id": str(mina), "name": "Mina", "sdp": pack_sdp("again")}
    answer = await fulfil(session, read_wish(wish))
    assert unpack_sdp(str(answer["sdp"])) == "answer to again"


async def test_keys_go_to_the_other_side_and_only_their_count_is_kept(exchange: Exchange):
    desk, _, contact_id = await _connected(exchange)
    desk.send(t="call_keys", cid="k1", contact=str(contact_id), keys="12#")
    await desk.take("ack", lambda frame: frame["cid"] == "k1")
    assert exchange.media.keys == [("customer", "12#")]
    await desk.event("keys_sent", count=3)


async def test_an_offer_that_is_none_is_refused(exchange: Exchange):
    await _connected(exchange)
    session = await _session(exchange)
    with pytest.raises(Refused, match=INVALID):
        await fulfil(session, read_wish({"do": "call", "sdp": "not packed"}))


async def test_a_number_the_gate_does_not_let_through_is_refused_with_its_reason_and_the_caller_stays(
    exchange: Exchange,
):
    desk, _, contact_id = await _connected(exchange)
    session = await _session(exchange)
    for place, (kind, fields) in enumerate(
        (("call_forward", {"number": "060-700-1234", "note": "over to them"}),
         ("call_consult", {"to": {"number": "060-700-1234"}}))
    ):  # fmt: skip
        desk.send(t=kind, cid=f"f{place}", contact=str(contact_id), **fields)
        answer = await desk.take("error", lambda frame, asked=f"f{place}": frame["cid"] == asked)
        assert answer["code"] == "outbound.costly"
    assert exchange.telephone.dialled == []
    assert session.machine.state.talking, "nobody was put on hold for it"
    assert not exchange.media.music()
    assert await exchange.events(contact_id, "NoteAdded") == [], "nothing was handed on that could be noted"

    async def told() -> list[Any]:
        found = await exchange.events(contact_id, "HandOnFailed")
        return found if len(found) == 2 else []

    assert [(one.outcome, one.why, one.consult) for one in await eventually(told)] == [
        ("forbidden", "outbound.costly", False),
        ("forbidden", "outbound.costly", True),
    ]


async def test_a_number_is_dialled_as_the_company_writes_it(exchange: Exchange):
    desk, _, contact_id = await _connected(exchange)
    desk.send(t="call_forward", cid="f1", contact=str(contact_id), number="02-1234-5678", note="")
    [(wish, _)] = await until(lambda: exchange.telephone.dialled)
    assert wish.to == "+82212345678"


async def test_an_agent_cannot_send_away_a_supervisor_who_listens(exchange: Exchange):
    await _connected(exchange)
    session = await _session(exchange)
    mina, yuki = (exchange.house.agents[name].agent_id for name in ("mina", "yuki"))
    await session.ask(i.Joins("s-1", "supervisor", "Yuki", yuki, "listen"))
    with pytest.raises(Refused, match=NOT_YOURS):
        await fulfil(session, read_wish({"do": "drop", "agent_id": str(mina), "party": "s-1"}))
    assert "s-1" in session.machine.state.circle.parties
    await fulfil(session, read_wish({"do": "leave", "agent_id": str(yuki)}))
    assert "s-1" not in session.machine.state.circle.parties, "they go themselves"
