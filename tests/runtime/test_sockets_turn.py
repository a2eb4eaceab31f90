"""What sockets were given in one turn of the loop goes out at its end, once."""

import asyncio

from warmline.runtime.sockets_turn import Turn


class Held:
    def __init__(self) -> None:
        self.flushed = 0

    def flush(self) -> None:
        self.flushed += 1


async def test_everybody_is_flushed_once_when_the_turn_ends():
    turn, desk, widget = Turn(), Held(), Held()
    turn.end_with(desk)
    turn.end_with(widget)
    assert (desk.flushed, widget.flushed) == (0, 0)
    await asyncio.sleep(0)
    assert (desk.flushed, widget.flushed) == (1, 1)
    await asyncio.sleep(0)
    assert (desk.flushed, widget.flushed) == (1, 1)


async def test_answers_that_were_due_already_join_the_same_turn():
    turn, desk, order = Turn(), Held(), list[int]()
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: order.append(desk.flushed))
    turn.end_with(desk)
    await asyncio.sleep(0)
    assert (order, desk.flushed) == ([0], 1)


async def test_the_next_turn_flushes_again():
    turn, desk = Turn(), Held()
    for count in (1, 2, 3):
        turn.end_with(desk)
        await asyncio.sleep(0)
        assert desk.flushed == count
