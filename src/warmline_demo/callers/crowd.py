"""When customers call: one every half minute or so, three at once at most, nobody while the demo is paused."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

import httpx

from warmline.kernel.tasks import TaskRegistry
from warmline_demo.callers.people import Caller, next_caller
from warmline_demo.control import read_paused

AT_ONCE = 3
FIRST_AFTER_S = (0.5, 2.5)
PAUSE_LOOK_S = 2.0
LOOK_S = 0.5


class Telephones(Protocol):
    """What customers call with."""

    active: dict[str, Caller]

    @property
    def reaches_the_house(self) -> bool: ...

    async def call(self, who: Caller) -> str: ...


class Crowd:
    """Customers with telephones. The first come shortly one after the other, know the menu and want to talk."""

    def __init__(
        self, telephones: Telephones, every_s: float, draw: random.Random, tasks: TaskRegistry,
        say: Callable[[str], None], *, at_once: int = AT_ONCE, first: int = AT_ONCE,
    ) -> None:  # fmt: skip
        self._telephones = telephones
        self._every_s = every_s
        self._draw = draw
        self._tasks = tasks
        self._say = say
        self._at_once = at_once
        self._first = first
        self._calling = 0
        self.paused = False

    async def run(self, read: Callable[[], Awaitable[bool | None]]) -> None:
        """Call until cancelled; `read` tells whether the demo is paused."""
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._watch(read))
            due_s = loop.time() + self.wait_s()
            while True:
                await asyncio.sleep(LOOK_S)
                if loop.time() >= due_s and self._may_call():
                    self._begin()
                    due_s = loop.time() + self.wait_s()

    def wait_s(self) -> float:
        """Draw how long it takes until the next one calls, in seconds."""
        if self._first > 0:
            return self._draw.uniform(*FIRST_AFTER_S)
        return self._draw.uniform(0.6, 1.4) * self._every_s

    def _may_call(self) -> bool:
        return not self.paused and self._calling < self._at_once and self._telephones.reaches_the_house

    def _begin(self) -> None:
        wish = "talk" if self._first > 0 else None
        who = next_caller(self._draw, frozenset(self._telephones.active), wish)
        if self._first > 0:
            who = replace(who, regular=True)  # whoever looks at the demo for the first time waits for no menu
        self._first -= 1
        self._calling += 1
        self._tasks.spawn("caller", self._call(who))

    async def _call(self, who: Caller) -> None:
        self._say(f"callers: {who.number} calls {who.dialled}: {who.locale} {who.wish} {who.topic}")
        try:
            self._say(f"callers: {who.number} {await self._telephones.call(who)}")
        finally:
            self._calling -= 1

    async def _watch(self, read: Callable[[], Awaitable[bool | None]]) -> None:
        while True:
            paused = await read()
            if paused is not None and paused != self.paused:
                self.paused = paused
                self._say(f"callers: {'paused' if paused else 'going on'}")
            await asyncio.sleep(PAUSE_LOOK_S)


def reader(client: httpx.AsyncClient, control: str) -> Callable[[], Awaitable[bool | None]]:
    """Return how to read the demo's pause switch at `control`."""

    async def read() -> bool | None:
        return await read_paused(client, control)

    return read
