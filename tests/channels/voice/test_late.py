"""Callers who hang up before the system has caught up with them."""

import asyncio
from uuid import UUID

import pytest
from tests.channels.voice.around import eventually, until
from tests.channels.voice.conftest import Exchange

from warmline.ports.telephone import CallEnd


async def test_a_caller_who_hangs_up_while_their_contact_is_opened_leaves_no_call_behind(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
):
    contacts, gate, opened = exchange.rooms.contacts, asyncio.Event(), list[UUID]()
    open_call = contacts.open_call

    async def slowly(opening):
        await gate.wait()
        contact = await open_call(opening)
        opened.append(contact.id)
        return contact

    monkeypatch.setattr(contacts, "open_call", slowly)
    call = exchange.telephone.rings()
    await until(lambda: call.answer_sdp)
    call.ends(CallEnd("them", 16))
    await until(lambda: not len(exchange.node))
    gate.set()
    [contact_id] = await until(lambda: opened)

    async def written() -> bool:
        return bool(await exchange.events(contact_id, "ContactEnded")) and not await exchange.rooms.rows.running(
            "node-1"
        )

    await eventually(written)
    [ended] = await exchange.events(contact_id, "CallEnded")
    assert ended.by == "customer"
