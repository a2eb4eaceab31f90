"""The ng control protocol of rtpengine: bencoded dictionaries over UDP, question and answer paired by a cookie."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from typing import cast

from warmline.kernel.errors import Refused
from warmline.media.refusals import NO_WORKER

Value = int | str | bytes | Sequence["Value"] | Mapping[str, "Value"]
Read = int | str | list["Read"] | dict[str, "Read"]

# Asked again after these pauses; the daemon knows a cookie and answers a repetition from memory. 1.9 s in all.
PAUSES_S = (0.2, 0.3, 0.4, 0.5, 0.5)
DEEPEST = 16
LARGEST_BYTES = 65_535
WAITING_AT_MOST = 4096


class BadBencode(ValueError):
    """What came is not bencoded."""


def encode(value: Value) -> bytes:
    """Return a value bencoded; text is UTF-8, keys are sorted."""
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, str | bytes):
        raw = value.encode() if isinstance(value, str) else value
        return b"%d:%b" % (len(raw), raw)
    if isinstance(value, Mapping):
        return b"d" + b"".join(encode(key) + encode(value[key]) for key in sorted(value)) + b"e"
    return b"l" + b"".join(map(encode, value)) + b"e"


def decode(raw: bytes) -> Read:
    """Return the one value in `raw`. Raises BadBencode."""
    try:
        value, end = _decode(raw, 0, DEEPEST)
    except (ValueError, IndexError) as wrong:
        raise BadBencode("This is not bencoded.") from wrong
    if end != len(raw):
        raise BadBencode("Something follows the value.")
    return value


def _decode(raw: bytes, at: int, depth: int) -> tuple[Read, int]:
    if not depth:
        raise BadBencode("Nested too deeply.")
    kind = raw[at : at + 1]
    if kind == b"i":
        end = raw.index(b"e", at)
        return int(raw[at + 1 : end]), end + 1
    if kind == b"l":
        items: list[Read] = []
        at += 1
        while raw[at] != 0x65:
            item, at = _decode(raw, at, depth - 1)
            items.append(item)
        return items, at + 1
    if kind == b"d":
        table: dict[str, Read] = {}
        at += 1
        while raw[at] != 0x65:
            key, at = _decode(raw, at, depth - 1)
            table[str(key)], at = _decode(raw, at, depth - 1)
        return table, at + 1
    colon = raw.index(b":", at, at + 11)
    if not raw[at:colon].isdigit():
        raise BadBencode("A text has no length.")
    end = colon + 1 + int(raw[at:colon])
    if end > len(raw):
        raise BadBencode("A text is cut off.")
    return raw[colon + 1 : end].decode(errors="replace"), end


class NgError(Exception):
    """The daemon refused; `reason` is its own word."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class NgClient(asyncio.DatagramProtocol):
    """One connected UDP socket to a daemon."""

    def __init__(self) -> None:
        self._transport: asyncio.DatagramTransport | None = None
        self._waiting: dict[bytes, asyncio.Future[dict[str, Read]]] = {}
        self._cookie = secrets.token_hex(4)
        self._number = 0

    @staticmethod
    async def open(daemon: tuple[str, int]) -> "NgClient":
        """Return a client; nothing is asked yet."""
        loop = asyncio.get_running_loop()
        _, client = await loop.create_datagram_endpoint(NgClient, remote_addr=daemon)
        return client

    async def ask(self, command: str, **more: Value) -> dict[str, Read]:
        """Ask and return the answer's dictionary; underscores in names are hyphens.

        Raises NgError when the daemon refuses, Refused `media.no_worker` when it does not answer in two seconds.
        """
        if self._transport is None or self._transport.is_closing() or len(self._waiting) >= WAITING_AT_MOST:
            raise Refused(NO_WORKER)
        self._number += 1
        cookie = f"{self._cookie}_{self._number}".encode()
        question = {name.replace("_", "-"): value for name, value in more.items()} | {"command": command}
        packet = cookie + b" " + encode(question)
        if len(packet) > LARGEST_BYTES - 100:
            raise NgError("the question is too long for a datagram")
        answer = asyncio.get_running_loop().create_future()
        self._waiting[cookie] = answer
        try:
            for pause_s in PAUSES_S:
                self._transport.sendto(packet)
                done, _ = await asyncio.wait((answer,), timeout=pause_s)
                if done:
                    return _checked(answer.result())
        finally:
            del self._waiting[cookie]
        raise Refused(NO_WORKER)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str | int, int]) -> None:
        cookie, _, body = data.partition(b" ")
        answer = self._waiting.get(cookie)
        if answer is None or answer.done():
            return
        try:
            read = decode(body)
        except BadBencode:
            return
        if isinstance(read, dict):
            answer.set_result(read)

    def error_received(self, exc: Exception) -> None:
        """Nobody listens there (yet): the question is asked again."""


def _checked(answer: dict[str, Read]) -> dict[str, Read]:
    if answer.get("result") == "error":
        raise NgError(str(answer.get("error-reason", "")))
    return answer
