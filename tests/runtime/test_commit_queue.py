"""Commands wait in one line, and a contact is in one worker's hands at a time."""

import asyncio
from uuid import UUID

import pytest

from warmline.domain.contact.commands import Decision
from warmline.runtime.commit_fold import Pending
from warmline.runtime.commit_queue import DECISIONS_AT_MOST, WHOLE, CommitQueue


def pending(contact: int, epoch: int | None = None) -> Pending:
    def run(*_: object) -> Decision:
        raise AssertionError("never run here")

    return Pending("onda", UUID(int=contact), run, epoch, asyncio.get_running_loop().create_future())


async def test_two_workers_share_what_is_there() -> None:
    queue = CommitQueue(2, max_batch=100)
    for contact in range(20):
        queue.put(pending(contact))
    first, second = await queue.take(), await queue.take()
    assert [len(first), len(second)] == [10, 10]
    assert len(queue) == 20
    queue.release(first)
    assert len(queue) == 10


async def test_a_handful_of_commands_is_one_batch() -> None:
    queue = CommitQueue(2, max_batch=100)
    for contact in range(WHOLE + 2):
        queue.put(pending(contact))
    assert [len(await queue.take()), len(await queue.take())] == [WHOLE, 2]


async def test_a_batch_has_its_limit() -> None:
    queue = CommitQueue(1, max_batch=3)
    for contact in range(10):
        queue.put(pending(contact))
    assert len(await queue.take()) == 3


async def test_a_batch_ends_before_its_fifty_first_routing_decision_and_nothing_overtakes_it() -> None:
    queue = CommitQueue(1, max_batch=200)
    commands = [pending(contact, 7 if contact % 2 else None) for contact in range(150)]
    for one in commands:
        queue.put(one)
    first = await queue.take()
    assert first == commands[: len(first)]
    assert sum(one.epoch is not None for one in first) == DECISIONS_AT_MOST == 50
    queue.release(first)
    assert await queue.take() == commands[len(first) :]


async def test_commands_of_a_contact_in_hand_wait_and_keep_their_order() -> None:
    queue = CommitQueue(2, max_batch=100)
    early, late, other = pending(1), pending(1), pending(2)
    queue.put(early)
    first = await queue.take()
    queue.put(late)
    queue.put(other)
    second = await queue.take()
    assert second == [other]
    later = pending(1)
    queue.put(later)
    queue.release(first)
    assert await queue.take() == [late, later]


async def test_several_commands_of_one_contact_go_into_one_batch() -> None:
    queue = CommitQueue(1, max_batch=100)
    commands = [pending(1) for _ in range(5)]
    for one in commands:
        queue.put(one)
    assert await queue.take() == commands


async def test_a_worker_waits_until_there_is_something() -> None:
    queue = CommitQueue(1, max_batch=100)
    async with asyncio.TaskGroup() as group:
        taking = group.create_task(queue.take())
        await asyncio.sleep(0)
        assert not taking.done()
        queue.put(pending(1))
    assert len(taking.result()) == 1


async def test_whoever_waits_at_the_end_is_told() -> None:
    queue = CommitQueue(2, max_batch=1)
    commands = [pending(1), pending(1), pending(2)]
    queue.put(commands[0])
    await queue.take()
    for one in commands[1:]:
        queue.put(one)
    assert await queue.take() == [commands[2]]
    queue.put(last := pending(3))
    queue.cancel_all()
    for one in (commands[1], last):
        with pytest.raises(asyncio.CancelledError):
            await one.done
