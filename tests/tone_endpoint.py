"""A service with OpenAI's audio API on loopback that understands tones: each pitch is a sentence."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import numpy as np
from numpy.typing import NDArray

from warmline.media.g711 import ULAW
from warmline.media.recording_file import CHUNK_BYTES, RATE, RecordingFile
from warmline.speech.audio import read_wav


class ToneEndpoint:
    """`words`: what a tone of so many Hz says. `status` other than 200 is the answer to everything."""

    def __init__(self, words: dict[int, str]) -> None:
        self.words = words
        self.status = 200
        self.port = 0
        self.heard: list[tuple[str, float]] = []  # what was understood, and from how many seconds
        self.languages: set[str] = set()
        self.asked = asyncio.Event()
        self.answer = asyncio.Event()
        self.answer.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            body = await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
            self.asked.set()
            await self.answer.wait()
            told = msgspec.json.encode({"text": self.understood(body)}) if self.status == 200 else b""
            self.asked.clear()
            head = f"HTTP/1.1 {self.status} As said\r\nContent-Length: {len(told)}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode() + told)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return  # who asked has gone
        finally:
            writer.close()

    def understood(self, body: bytes) -> str:
        self.languages.add(body.split(b'name="language"\r\n\r\n')[1].split(b"\r\n")[0].decode())
        samples, rate = read_wav(body[body.index(b"RIFF") :].rsplit(b"\r\n--", 1)[0])
        pitch = float(np.argmax(np.abs(np.fft.rfft(samples))) * rate / len(samples))
        text = next((words for hz, words in self.words.items() if abs(hz - pitch) < 20), "")
        self.heard.append((text, round(len(samples) / rate, 1)))
        return text


@asynccontextmanager
async def understands_tones(words: dict[int, str]) -> AsyncIterator[ToneEndpoint]:
    """Serve until the end of the block."""
    one = ToneEndpoint(words)
    server = await asyncio.start_server(one.talk, "127.0.0.1", 0)
    one.port = server.sockets[0].getsockname()[1]
    try:
        yield one
    finally:
        one.answer.set()
        server.close()


def tone(hz: float, seconds: float, rate: int = RATE) -> NDArray[np.int16]:
    """Return somebody who speaks at this pitch; 0 Hz is silence."""
    at = np.arange(int(rate * seconds)) / rate
    return (8_000 * np.sin(2 * np.pi * hz * at)).astype(np.int16)


def record(file: RecordingFile, customer: list[tuple[float, float]], agent: list[tuple[float, float]]) -> int:
    """Write what both say, as pitches and seconds, into a recording; return how long it is in ms."""
    sides = [np.concatenate([np.zeros(0, np.int16), *(tone(*one) for one in side)]) for side in (customer, agent)]
    length = max(len(side) for side in sides)
    both = np.stack([np.pad(side, (0, length - len(side))) for side in sides], axis=1)
    coded = ULAW.encode(np.ascontiguousarray(both)).tobytes()
    for at in range(0, len(coded), CHUNK_BYTES):
        file.chunk(coded[at : at + CHUNK_BYTES], last=at + CHUNK_BYTES >= len(coded))
    file.close()
    return length * 1000 // RATE
