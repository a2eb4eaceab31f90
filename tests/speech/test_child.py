"""An engine lives in a process of its own: warm while it works, gone as soon as somebody gives up or it fails."""

import asyncio
from contextlib import aclosing

import pytest

from speech.engine_of_tests import COMMAND, hum
from speech.sound import runs
from warmline.kernel.errors import ProviderFailed
from warmline.speech.child import MOST_WAITING, Child, own_module, within


async def ask(child: Child, text: str, audio: bytes = b"") -> list[bytes | dict[str, object]]:
    return [part async for part in child.ask({"text": text}, audio)]


async def test_it_starts_on_first_use_answers_and_stays_warm():
    child = Child("hum", COMMAND)
    assert child.pid is None
    facts, audio = await ask(child, "hello", b"12345")
    assert isinstance(facts, dict)
    assert facts == {"heard": 5, "pid": child.pid}
    assert audio == hum("hello")
    first = child.pid
    await ask(child, "again")
    assert child.pid == first
    await child.close()
    assert first is not None
    assert not runs(first)


async def test_a_failure_is_told_without_quoting_the_customer_and_the_engine_lives_on():
    child = Child("hum", COMMAND)
    with pytest.raises(ProviderFailed, match="LookupError") as caught:
        await ask(child, "fail")
    assert "no such word" not in str(caught.value)
    pid = child.pid
    assert (await ask(child, "well"))[1] == hum("well")
    assert child.pid == pid
    await child.close()


async def test_an_engine_that_dies_is_replaced_by_the_next_request():
    child = Child("hum", COMMAND)
    with pytest.raises(ProviderFailed, match="ended unexpectedly") as caught:
        await ask(child, "die")
    assert caught.value.retryable
    assert (await ask(child, "well"))[1] == hum("well")
    await child.close()


async def test_one_that_takes_too_long_is_ended():
    child = Child("hum", COMMAND, time_limit_s=0.5, start_limit_s=20)
    await ask(child, "warm")
    slow = child.pid
    assert slow is not None
    with pytest.raises(ProviderFailed, match="too long"):
        await ask(child, "slow")
    assert not runs(slow)


async def test_a_caller_who_hangs_up_in_the_middle_ends_the_process():
    child = Child("hum", COMMAND)
    async with aclosing(child.ask({"text": "slow"})) as parts:
        async for part in parts:
            if isinstance(part, bytes):
                break
        pid = child.pid
        assert pid is not None
        assert runs(pid)
    assert not runs(pid)


async def test_a_cancelled_task_ends_the_process():
    child = Child("hum", COMMAND)
    await ask(child, "warm")
    pid = child.pid
    assert pid is not None
    async with asyncio.TaskGroup() as group:
        task = group.create_task(ask(child, "slow"))
        await asyncio.sleep(0.1)
        task.cancel()
    assert not runs(pid)


async def test_requests_wait_in_line_and_too_many_are_refused():
    child = Child("hum", COMMAND)
    async with asyncio.TaskGroup() as group:
        waiting = [group.create_task(ask(child, "hi")) for _ in range(MOST_WAITING)]
        await asyncio.sleep(0)
        with pytest.raises(ProviderFailed, match="too much to do"):
            await ask(child, "hi")
    assert all(task.result()[1] == hum("hi") for task in waiting)
    await child.close()


async def test_a_program_that_is_not_there_is_named():
    with pytest.raises(ProviderFailed, match="cannot be started"):
        await ask(Child("hum", ("/nowhere/hum",)), "hi")


async def test_a_deadline_turns_into_words():
    with pytest.raises(ProviderFailed, match="The clerk took too long"):
        await within(asyncio.get_running_loop().time() + 0.01, asyncio.Event().wait(), "The clerk")
    assert own_module("warmline.x", "a")[1:] == ("-m", "warmline.x", "a")
