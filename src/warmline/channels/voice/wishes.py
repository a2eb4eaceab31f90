"""What desks and pages ask of a call, from the wire: who may, and what it means."""

import secrets
from collections.abc import Mapping
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from warmline.channels.voice import inputs as i
from warmline.channels.voice.actions import CUSTOMER
from warmline.channels.voice.rooms import leg_of
from warmline.channels.voice.session import CallSession
from warmline.domain.contact.commands import AddNote
from warmline.kernel.errors import INVALID, Refused
from warmline.ports.calls import NOT_YOURS, pack_sdp, unpack_sdp

Answer = Mapping[str, object]
KEYS_AT_MOST = 32


class Wish(Struct, frozen=True):
    """One question of the wire. Who asks was established where the socket is."""

    do: str
    contact: UUID | None = None
    agent_id: UUID | None = None
    name: str = ""
    leads: bool = False
    sdp: str = ""  # packed
    mode: Literal["talk", "listen", "whisper", "barge"] = "talk"
    to_agent_id: UUID | None = None
    to_name: str = ""
    number: str = ""
    party: str = ""
    keys: str = ""
    talk: Literal["customer", "consulted", "all"] = "customer"
    note: str = ""
    on: bool = True
    what: Literal["card", "pin", "number"] = "card"
    least: int = 0
    most: int = 0
    customer_id: UUID | None = None
    journey_id: str = ""
    locale: Literal["ko", "ja", "en"] = "en"


def read_wish(question: Mapping[str, object]) -> Wish:
    """Read a question of the wire. Raises Refused."""
    try:
        return msgspec.convert(question, Wish)
    except msgspec.ValidationError as error:
        raise Refused(INVALID, field="call", reason=str(error)) from None


async def fulfil(session: CallSession, wish: Wish) -> Answer:
    """Do what is asked of a running call. Raises Refused."""
    if wish.do in ("call", "pressed", "end", "state"):
        return await _of_customer(session, wish)
    if wish.do == "join":
        return await _join(session, wish)
    if wish.do in ("mode", "leave"):
        return await _leave_or_mode(session, wish)
    if wish.do == "decline":
        asked = [one for one in session.machine.state.circle.consulted() if one.agent_id == wish.agent_id]
        if asked:
            await session.ask(i.PartyGone(asked[0].id, "refused"))
        return {}
    await _own(session, wish)
    if wish.number and wish.do in ("consult", "forward"):  # refused with its reason, before anybody is put on hold
        wish = replace(wish, number=await _permitted(session, wish))
    if wish.note and wish.agent_id is not None:
        session.lane.put(AddNote(wish.agent_id, wish.name, f"{session.id}:{secrets.token_hex(4)}", wish.note))
    await _of_owner(session, wish)
    return {"contact": str(wish.contact)} if wish.do == "dial" else {}


async def _permitted(session: CallSession, wish: Wish) -> str:
    """Return the number if our gate lets it be called; what it refuses is on the contact's timeline, with why."""
    try:
        return await session.rooms.gate.permitted(session.tenant_id, wish.number)
    except Refused as refused:
        session.put(i.Forbidden(wish.number, refused.code, wish.do == "consult"))
        raise


async def _own(session: CallSession, wish: Wish) -> None:
    contact = session.contact
    if contact is None or wish.agent_id is None:
        raise Refused(NOT_YOURS)
    if contact.agent_id != wish.agent_id:  # the desk may have heard of it before this call has
        contact = await session.rooms.contacts.load_anew(session.tenant_id, contact.id)
    if contact.agent_id != wish.agent_id:
        raise Refused(NOT_YOURS)


def _party(prefix: str) -> str:
    return f"{prefix}-{secrets.token_hex(3)}"


async def _join(session: CallSession, wish: Wish) -> Answer:
    if wish.agent_id is None:
        raise Refused(NOT_YOURS)
    supervises = wish.mode != "talk"
    if supervises and not wish.leads:
        raise Refused(NOT_YOURS)
    asked = any(one.agent_id == wish.agent_id for one in session.machine.state.circle.consulted())
    if not supervises and not asked:
        await _own(session, wish)
    party = _party("s" if supervises else "a")
    kind = "supervisor" if supervises else "agent"
    await session.ask(i.Joins(party, kind, wish.name, wish.agent_id, wish.mode))
    try:
        answer = await session.lines.browser(party, _sdp(wish))
    except Refused:
        session.put(i.PartyGone(party))
        raise
    return {"sdp": pack_sdp(answer), "party": party}


async def _leave_or_mode(session: CallSession, wish: Wish) -> Answer:
    parties = session.machine.state.circle.parties.values()
    mine = next((one.id for one in parties if one.agent_id == wish.agent_id), None)
    if mine is None:
        return {}
    if wish.do == "leave":
        await session.ask(i.Drop(mine))
    elif wish.mode != "talk":
        await session.ask(i.ChangeMode(mine, wish.mode))
    return {}


async def _of_owner(session: CallSession, wish: Wish) -> None:
    match wish.do:
        case "dial":
            pass  # they are being called already: one contact has one call
        case "keys":
            await _keys(session, wish)
        case "consult":
            await session.ask(
                i.Consult(_party("c"), wish.to_name or wish.number, wish.to_agent_id, wish.number or None)
            )
        case "talk":
            await session.ask(i.Talk(wish.talk))
        case "drop":
            party = session.machine.state.circle.parties.get(wish.party)
            if party is not None and party.role == "supervisor":
                raise Refused(NOT_YOURS)  # who watches over a call is not sent away by whom they watch
            await session.ask(i.Drop(wish.party))
        case "complete":
            await session.ask(i.Complete())
        case "forward":
            await session.ask(i.Forward(_party("f"), wish.number))
        case "secure":
            await session.ask(i.Secure(wish.on, wish.what, wish.least, wish.most))
        case "record":
            await session.ask(i.Record(wish.on))
        case _:
            raise Refused(INVALID, field="call", reason="unknown wish")


async def _keys(session: CallSession, wish: Wish) -> None:
    keys = "".join(one for one in wish.keys if one in "0123456789*#")[:KEYS_AT_MOST]
    if keys:
        await session.rooms.media.dial(leg_of(session.id, wish.party or CUSTOMER), keys)
        await session.ask(i.KeysWereSent(len(keys)))


async def _of_customer(session: CallSession, wish: Wish) -> Answer:
    match wish.do:
        case "call":  # the page has loaded again: the same call, new audio
            return {"sdp": pack_sdp(await session.lines.browser(CUSTOMER, _sdp(wish), again=True))}
        case "pressed":
            for key in wish.keys[:KEYS_AT_MOST]:
                if key in "0123456789*#":
                    session.put(i.Key(key))
        case "end":
            session.put(i.LineClosed("customer"))
        case _:
            return {"call": dict(session.machine.state.shown)}
    return {}


def _sdp(wish: Wish) -> str:
    try:
        return unpack_sdp(wish.sdp)
    except ValueError as error:
        raise Refused(INVALID, field="sdp", reason=str(error)) from None
