"""The crowd: customers arrive by chance, a dozen at once at most, and nobody comes while the demo is paused."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import httpx

from warmline_demo.control import read_paused
from warmline_demo.customers.people import Visitor, next_visitor
from warmline_demo.customers.visit import Visit

AT_ONCE = 12
PAUSE_LOOK_S = 2.0


class Crowd:
    """Arrivals of a Poisson process at `rate_per_min`."""

    def __init__(
        self,
        url: str,
        key: str,
        control: str,
        phone: str,
        rate_per_min: float,
        seed: int | None,
        say: Callable[[str], None],
        at_once: int = AT_ONCE,
    ) -> None:
        self._url = url
        self._key = key
        self._origin = control.rstrip("/")
        self._phone = phone.rstrip("/")
        self._rate_per_s = rate_per_min / 60
        self._draw = random.Random(seed)  # noqa: S311 - chooses who comes, not a secret
        self._say = say
        self._at_once = at_once
        self._inside = 0
        self.paused = False

    async def run(self) -> None:
        """Send customers until cancelled."""
        async with httpx.AsyncClient(timeout=5.0, trust_env=False) as client, asyncio.TaskGroup() as group:
            group.create_task(self._watch_pause(client))
            while True:
                await asyncio.sleep(self._draw.expovariate(self._rate_per_s))
                if not self.paused and self._inside < self._at_once:
                    self._inside += 1
                    visitor = next_visitor(self._draw)
                    group.create_task(self._visit(visitor, self._reader(client), self._draw.randrange(2**32)))

    async def _visit(self, visitor: Visitor, messages: Callable[[str], Awaitable[list[str]]], seed: int) -> None:
        draw = random.Random(seed)  # noqa: S311
        self._say(f"customers: {visitor.person.id} comes: {visitor.locale} {visitor.intent} {visitor.mood}")
        try:
            ended = await Visit(visitor, self._url, self._key, self._origin, messages, draw).run()
            self._say(f"customers: {visitor.person.id} goes: {ended}")
        finally:
            self._inside -= 1

    async def _watch_pause(self, client: httpx.AsyncClient) -> None:
        while True:
            paused = await read_paused(client, self._origin)
            if paused is not None and paused != self.paused:
                self.paused = paused
                self._say(f"customers: {'paused' if paused else 'going on'}")
            await asyncio.sleep(PAUSE_LOOK_S)

    def _reader(self, client: httpx.AsyncClient) -> Callable[[str], Awaitable[list[str]]]:
        async def messages(phone: str) -> list[str]:
            return await read_phone(client, self._phone, phone)

        return messages


async def read_phone(client: httpx.AsyncClient, base: str, phone: str) -> list[str]:
    """Return the text messages of a fake phone, newest first; none while it cannot be read."""
    try:
        answer = await client.get(f"{base}/phone/messages", params={"to": phone})
        return [str(message["text"]) for message in answer.json()["messages"]] if answer.status_code == 200 else []
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return []
