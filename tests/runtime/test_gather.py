"""A single message goes at once; many go together, in their order, and nothing overtakes them."""

import asyncio

from warmline.runtime.gather import AT_MOST, EVERY_S, Gather


class Work:
    def __init__(self, every_s: float = EVERY_S, at_most: int = AT_MOST) -> None:
        self.begun: list[int] = []
        self.gather = Gather(every_s=every_s, at_most=at_most)

    def put(self, number: int) -> None:
        self.gather.put(lambda: self.begun.append(number))


async def test_a_message_in_a_quiet_hour_begins_at_once():
    work = Work(every_s=60)
    work.put(1)
    assert work.begun == [1]


async def test_messages_that_follow_wait_and_begin_together_in_order():
    work = Work(every_s=0.01)
    for number in range(5):
        work.put(number)
    assert work.begun == [0]
    async with asyncio.timeout(5):
        while len(work.begun) < 2:
            await asyncio.sleep(0)
    assert work.begun == [0, 1, 2, 3, 4]


async def test_many_do_not_wait_for_more():
    work = Work(every_s=60, at_most=3)
    for number in range(5):
        work.put(number)
    assert work.begun == [0, 1, 2, 3]


async def test_something_urgent_lets_those_before_it_go_first():
    work = Work(every_s=60)
    work.put(1)
    work.put(2)
    work.gather.flush()
    work.gather.flush()
    assert work.begun == [1, 2]
