"""However many one company asks for, another one is next in its turn."""

import asyncio

import pytest

from warmline.runtime.turns import LineFull, Turns


async def taking(turns: Turns, tenant_id: str, order: list[str], done: asyncio.Event) -> None:
    async with turns.of(tenant_id):
        order.append(tenant_id)
        await done.wait()


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_company_that_comes_last_is_not_behind_all_that_another_one_asked_for():
    turns, order, go = Turns(1), [], asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for tenant_id in ("busy", "busy", "busy", "busy", "late", "later"):
            group.create_task(taking(turns, tenant_id, order, go))
            await settle()
        assert order == ["busy"]
        go.set()
    assert order == ["busy", "busy", "late", "later", "busy", "busy"]


async def test_no_more_are_let_in_at_once_than_there_are_turns():
    turns, order, go = Turns(2), [], asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for tenant_id in ("a", "b", "c"):
            group.create_task(taking(turns, tenant_id, order, go))
        await settle()
        assert order == ["a", "b"]
        go.set()
    assert order == ["a", "b", "c"]


async def test_a_line_has_an_end_for_each_company():
    turns = Turns(1, most_waiting=1)
    await turns.take("a")
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(turns.take("a"))
        await settle()
        with pytest.raises(LineFull):
            await turns.take("a")
        other = group.create_task(turns.take("b"))
        await settle()
        turns.give_back()
        turns.give_back()
    assert waiting.done()
    assert other.done()


async def test_who_gives_up_waiting_keeps_nobody_from_their_turn():
    turns = Turns(1)
    await turns.take("a")
    async with asyncio.TaskGroup() as group:
        given_up = group.create_task(turns.take("a"))
        await settle()
        given_up.cancel()
        await settle()
        late = group.create_task(turns.take("a"))
        await settle()
        turns.give_back()
        late.cancel()  # at the very moment at which its turn comes
    async with asyncio.timeout(1), turns.of("b"):
        assert given_up.cancelled()
        assert late.cancelled()
