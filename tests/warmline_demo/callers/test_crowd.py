"""Customers call now and then, never too many at once, never while the demo is paused or nobody can be reached."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import httpx
import pytest

from warmline.kernel.tasks import TaskRegistry
from warmline_demo.callers import crowd as module
from warmline_demo.callers.crowd import Crowd, reader
from warmline_demo.callers.people import Caller


class Telephones:
    """Calls that last until the test ends them."""

    def __init__(self) -> None:
        self.active: dict[str, Caller] = {}
        self.made: list[Caller] = []
        self.reaches_the_house = True
        self.over = asyncio.Event()

    async def call(self, who: Caller) -> str:
        self.active[who.number] = who
        self.made.append(who)
        await self.over.wait()
        del self.active[who.number]
        return "hung up"


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0)


class Street:
    """A crowd under way."""

    def __init__(self, read: Callable[[], Awaitable[bool | None]], **bounds: int) -> None:
        self.telephones = Telephones()
        self.said: list[str] = []
        self.tasks = TaskRegistry(lambda name, failure: self.said.append(f"{name}: {failure!r}"))
        self.crowd = Crowd(self.telephones, 0.0, random.Random(5), self.tasks, self.said.append, **bounds)
        self.running = asyncio.get_running_loop().create_task(self.crowd.run(read))

    async def close(self) -> None:
        self.running.cancel()
        await asyncio.gather(self.running, return_exceptions=True)
        await self.tasks.close()


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_S", 0.0)
    monkeypatch.setattr(module, "PAUSE_LOOK_S", 0.0)
    monkeypatch.setattr(module, "FIRST_AFTER_S", (0.0, 0.0))


async def going_on() -> bool | None:
    return False


async def test_never_more_than_three_call_at_once_and_the_first_want_to_talk():
    street = Street(going_on)
    await until(lambda: len(street.telephones.made) == 3)
    for _ in range(50):
        await asyncio.sleep(0)
    assert len(street.telephones.made) == 3
    assert {who.wish for who in street.telephones.made} == {"talk"}
    assert all(who.regular for who in street.telephones.made)  # a newcomer hears them talk within the first minute
    assert len({who.number for who in street.telephones.made}) == 3
    street.telephones.over.set()
    await until(lambda: len(street.telephones.made) > 6)
    assert any("hung up" in line for line in street.said)
    await street.close()


async def test_nobody_calls_while_the_demo_is_paused():
    switch = [True]

    async def read() -> bool | None:
        return switch[0]

    street = Street(read)
    await until(lambda: street.crowd.paused)
    made = len(street.telephones.made)
    street.telephones.over.set()
    for _ in range(50):
        await asyncio.sleep(0)
    assert len(street.telephones.made) == made
    switch[0] = False
    await until(lambda: len(street.telephones.made) > made)
    assert street.said.count("callers: paused") == 1
    await street.close()


async def test_nobody_calls_a_house_that_does_not_answer():
    street = Street(going_on)
    street.telephones.reaches_the_house = False
    for _ in range(50):
        await asyncio.sleep(0)
    assert street.telephones.made == []
    street.telephones.reaches_the_house = True
    await until(lambda: bool(street.telephones.made))
    await street.close()


def test_after_the_first_ones_they_come_about_every_half_minute():
    crowd = Crowd(Telephones(), 25.0, random.Random(2), TaskRegistry(lambda *_: None), print, first=0)
    waits = [crowd.wait_s() for _ in range(300)]
    assert min(waits) >= 15
    assert max(waits) <= 35
    assert 23 < sum(waits) / len(waits) < 27


async def test_the_pause_switch_is_read_where_the_house_has_it():
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, json={"paused": True})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        assert await reader(client, "http://house")() is True
    assert asked == ["http://house/demo/paused"]
