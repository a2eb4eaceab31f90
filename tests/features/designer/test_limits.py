"""Nothing that is tried out goes on for ever, nor keeps other companies waiting for ever."""

import asyncio
import threading

import pytest

from warmline.features.designer.limits import TOO_LONG, OutOfTime, Progress, limited
from warmline.kernel.errors import Refused
from warmline.runtime.turns import Turns


async def test_what_is_done_in_time_is_given_back_and_its_turn_too():
    turns = Turns(1)
    for _ in range(3):
        assert await limited(turns, "onda", lambda _: 7, 5) == 7


async def test_what_goes_on_too_long_is_refused_with_how_far_it_came_and_is_stopped():
    turns, given_up, stopped = Turns(1), threading.Event(), threading.Event()

    def endless(progress: Progress) -> int:
        for _ in range(3):
            progress.step()
        given_up.wait(10)
        try:
            while True:
                progress.step()
        except OutOfTime:
            stopped.set()
            raise

    with pytest.raises(Refused) as refusal:
        await limited(turns, "onda", endless, 0.1, total=10)
    assert refusal.value.code == TOO_LONG
    assert refusal.value.details == {"seconds": "0.1", "done": 3, "total": 10}
    given_up.set()  # its thread gives the turn back when it has ended, not before
    assert await limited(turns, "rival", lambda _: "next", 5) == "next"
    assert stopped.is_set()


async def test_who_gets_no_turn_in_time_is_told_so():
    turns = Turns(1, most_waiting=1)
    await turns.take("busy")
    with pytest.raises(Refused) as late:
        await limited(turns, "onda", lambda _: 1, 5, wait_at_most_s=0.01)
    assert late.value.code == "designer.no_turn"
    async with asyncio.TaskGroup() as group:
        group.create_task(turns.take("onda"))
        await asyncio.sleep(0)
        with pytest.raises(Refused) as full:
            await limited(turns, "onda", lambda _: 1, 5)
        turns.give_back()
    assert full.value.code == "designer.no_turn"


async def test_a_fault_in_the_work_is_a_fault_and_frees_its_turn():
    turns = Turns(1)

    def faulty(_: Progress) -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await limited(turns, "onda", faulty, 5)
    assert await limited(turns, "onda", lambda _: 1, 5) == 1


async def test_work_of_many_parts_ends_by_itself_between_two_of_them():
    def heard(progress: Progress) -> int:
        progress.step()
        return 1

    with pytest.raises(Refused) as refusal:
        await limited(Turns(1), "onda", heard, 0, total=5, too_long="designer.suite_too_long")
    assert refusal.value.code == "designer.suite_too_long"
    assert refusal.value.details["done"] == 0


async def test_work_without_parts_that_could_be_counted_heeds_its_end_all_along():
    turns, ended = Turns(1), threading.Event()

    def endless(progress: Progress) -> int:
        try:
            while True:
                progress.heed()
        finally:
            ended.set()

    with pytest.raises(Refused) as refusal:
        await limited(turns, "onda", endless, 0.05)
    assert (refusal.value.code, refusal.value.details["done"]) == (TOO_LONG, 0)
    assert await limited(turns, "rival", lambda _: ended.wait(10), 20), "its thread is not kept"
