"""The way to a call in another process, and what happens when nobody is there."""

import asyncio
import gc
from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

import msgspec
import pytest

from warmline.features.contacts.calls_wire import PAGE_CALL_BURST, SignalWire, serve_calls
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.calls import NO_NODE, NOT_RUNNING, NOT_YOURS, VOICE_SIGNAL
from warmline.runtime.feed import Feed


async def _nobody() -> list[str]:
    return []


async def test_the_node_that_has_the_call_answers_and_no_other(feed: Feed):
    contact, tasks = new_id(), TaskRegistry(lambda name, failure: None)
    asked: list[str] = []

    async def heard(tenant_id: str, question: Mapping[str, object]) -> Mapping[str, object]:
        asked.append(f"{tenant_id} {question['do']}")
        return {"sdp": "x"}

    serve_calls(feed, tasks, "n1", lambda tenant, id: (tenant, id) == ("onda", contact), heard)
    serve_calls(feed, tasks, "n2", lambda tenant, id: False, heard)
    assert await SignalWire(feed, _nobody).ask("onda", "join", contact, {}) == {"sdp": "x"}
    assert asked == ["onda join"]
    await tasks.close()


async def test_keys_a_customer_presses_reach_the_call_and_nobody_reads_them_on_the_way(feed: Feed):
    contact, tasks = new_id(), TaskRegistry(lambda name, failure: None)
    pressed: list[object] = []
    crossed: list[str] = []
    feed.on_signal(VOICE_SIGNAL, lambda tenant_id, payload: crossed.append(payload))

    async def heard(tenant_id: str, question: Mapping[str, object]) -> Mapping[str, object]:
        pressed.append(question["keys"])
        return {}

    serve_calls(feed, tasks, "n1", lambda tenant, id: True, heard)
    for keys in ("4929", "0001", "4929"):
        await SignalWire(feed, _nobody).ask("onda", "pressed", contact, {"keys": keys})
    assert pressed == ["4929", "0001", "4929"]
    assert len(crossed) == 3
    sealed = [str(msgspec.json.decode(one)["keys"]) for one in crossed]
    assert not any(keys in one for one in sealed for keys in ("4929", "0001"))
    assert sealed[0] != sealed[2], "the same keys look different each time"
    await tasks.close()


async def test_a_refusal_of_the_call_is_a_refusal_at_the_desk(feed: Feed):
    tasks = TaskRegistry(lambda name, failure: None)

    async def heard(tenant_id: str, question: Mapping[str, object]) -> Mapping[str, object]:
        raise Refused(NOT_YOURS)

    serve_calls(feed, tasks, "n1", lambda tenant, id: True, heard)
    with pytest.raises(Refused, match=NOT_YOURS):
        await SignalWire(feed, _nobody).ask("onda", "join", new_id(), {})
    await tasks.close()


async def test_a_refused_question_stays_in_nobodys_memory(feed: Feed):
    tasks = TaskRegistry(lambda name, failure: None)

    async def heard(tenant_id: str, question: Mapping[str, object]) -> Mapping[str, object]:
        raise Refused(NOT_YOURS)

    async def asks(wire: SignalWire) -> None:
        with suppress(Refused):
            await wire.ask("onda", "join", new_id(), {})

    serve_calls(feed, tasks, "n1", lambda tenant, id: True, heard)
    wire = SignalWire(feed, _nobody)
    gc.collect()
    gc.disable()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(asks(wire))
        assert [one for one in gc.get_objects() if type(one) is Refused] == []
    finally:
        gc.enable()
    await tasks.close()


async def test_without_a_node_nobody_can_call_and_a_call_that_is_gone_is_over(feed: Feed, monkeypatch):
    monkeypatch.setattr("warmline.features.contacts.calls_wire.ANSWER_S", 0.05)
    wire = SignalWire(feed, _nobody)
    with pytest.raises(Refused, match=NO_NODE):
        await wire.ask("onda", "dial", None, {})
    with pytest.raises(Refused, match=NOT_RUNNING):
        await wire.ask("onda", "join", new_id(), {})


async def test_an_address_may_begin_some_calls_and_then_waits_while_others_go_on(feed: Feed):
    wire = SignalWire(feed, _nobody)
    assert sum(wire.admits("192.0.2.1") for _ in range(200)) == PAGE_CALL_BURST
    assert wire.admits("192.0.2.2")


async def test_calls_are_offered_only_while_somebody_takes_them_and_pages_share_one_look(feed: Feed, monkeypatch):
    nodes: list[str] = []
    looks: list[int] = []

    async def takers() -> list[str]:
        looks.append(1)
        return nodes

    wire = SignalWire(feed, takers)
    assert [await wire.offered() for _ in range(3)] == [False, False, False]
    assert len(looks) == 1
    monkeypatch.setattr("warmline.features.contacts.calls_wire.BELIEVED_S", 0.0)
    nodes.append("n1")
    later = SignalWire(feed, takers)
    assert await later.offered()
    nodes.clear()
    assert not await later.offered()


async def test_a_call_rings_at_an_agents_desk(feed: Feed):
    wire, tasks, rung = SignalWire(feed, _nobody), TaskRegistry(lambda name, failure: None), []
    wire.on_frame.append(lambda tenant, agent, frame: rung.append((tenant, agent, frame["t"])))

    async def heard(tenant_id: str, question: Mapping[str, object]) -> Mapping[str, object]:
        return {}

    tell = serve_calls(feed, tasks, "n1", lambda tenant, id: False, heard)
    tell("onda", {"agent": str(UUID(int=7)), "frame": {"t": "call_ring"}})
    assert rung == [("onda", UUID(int=7), "call_ring")]
    await tasks.close()
