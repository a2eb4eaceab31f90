"""Calls for tests: a media engine of its own process, telephones that are connected to it, and what it told."""

import asyncio
import itertools
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from media.peer import WAIT_S, Peer
from media.tones import Samples
from warmline.media.client import BuiltinMedia
from warmline.ports.media import LegWish, MediaEvent, PlayFile

E = TypeVar("E", bound=MediaEvent)
_NUMBERS = itertools.count(1)


class TestCall:
    """One call: `await call.phone("customer")` connects a telephone as a leg."""

    __test__ = False

    def __init__(self, media: BuiltinMedia) -> None:
        self.media = media
        self.name = f"call-{next(_NUMBERS)}"
        self.events: list[MediaEvent] = []
        self.peers: list[Peer] = []
        self.legs: dict[str, str] = {}
        media.listen(self.name, self.events.append)

    async def phone(self, name: str, codec: str = "PCMU", wish: LegWish | None = None, hz: float = 0.0) -> Peer:
        """Connect a telephone that sings `hz`; its leg is `self.leg(name)`."""
        peer = Peer(codec)
        self.peers.append(peer)
        peer.__enter__()
        answer = await self.media.open(self.name, self.leg(name), wish or LegWish(), peer.sdp())
        peer.call(answer)
        if hz:
            peer.say(hz)
        return peer

    def leg(self, name: str) -> str:
        return f"{self.name}-{name}"

    async def route(self, **hears: str) -> None:
        """Say who hears whom: `customer="agent supervisor"`."""
        matrix = {self.leg(leg): [self.leg(other) for other in others.split()] for leg, others in hears.items()}
        await self.media.route(self.name, matrix)

    def told(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    async def tells(self, kind: type[E], check: Callable[[E], bool] = lambda _: True) -> E:
        """Wait for an event."""
        give_up = time.monotonic() + WAIT_S
        while True:
            for event in self.told(kind):
                if check(event):
                    return event
            assert time.monotonic() < give_up, f"{kind.__name__} was never told: {self.events}"
            await asyncio.sleep(0.01)

    async def end(self) -> None:
        for peer in self.peers:
            peer.__exit__()
        if self.name in self.media._of_call:
            await self.media.end(self.name)


def wav(path: Path, samples: Samples, rate: int = 8000) -> PlayFile:
    """Write a prompt."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return PlayFile(str(path))
