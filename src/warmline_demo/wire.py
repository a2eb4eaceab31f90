"""A WebSocket that speaks JSON, for the demo's simulated people: connect, send, receive, close."""

import asyncio
import json
import random
from collections.abc import Iterator, Mapping
from typing import cast

from picows import WSError, WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

INBOX_FRAMES = 512
CONNECT_TIMEOUT_S = 10.0
MAX_FRAME = 8 * 1024 * 1024

Frame = dict[str, object]


class Disconnected(Exception):
    """The other side is gone, or cannot be reached; come back later."""


class _Listener(WSListener):
    def __init__(self) -> None:
        self.inbox: asyncio.Queue[Frame | None] = asyncio.Queue(INBOX_FRAMES)
        self.transport: WSTransport | None = None

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            try:
                self.inbox.put_nowait(json.loads(frame.get_payload_as_utf8_text()))
            except asyncio.QueueFull:
                transport.disconnect()  # we do not keep up: start afresh
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code())
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if self.inbox.full():
            self.inbox.get_nowait()
        self.inbox.put_nowait(None)


class Wire:
    """One open connection."""

    def __init__(self, listener: _Listener, transport: WSTransport) -> None:
        self._listener = listener
        self._transport = transport

    @classmethod
    async def open(cls, url: str, headers: Mapping[str, str]) -> "Wire":
        """Connect. Raises Disconnected."""
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                transport, listener = await ws_connect(
                    _Listener, url, extra_headers=dict(headers), max_frame_size=MAX_FRAME
                )
        except (OSError, WSError, TimeoutError) as failure:
            raise Disconnected(f"{url}: {failure}") from None
        return cls(cast(_Listener, listener), transport)

    def send(self, frame: Mapping[str, object]) -> None:
        """Send a frame; on a closed connection nothing happens, and `receive` will tell."""
        self._transport.send(WSMsgType.TEXT, json.dumps(frame, ensure_ascii=False).encode())

    async def receive(self, timeout_s: float) -> Frame | None:
        """Return the next frame, or None when nothing came in time. Raises Disconnected."""
        try:
            async with asyncio.timeout(timeout_s):
                frame = await self._listener.inbox.get()
        except TimeoutError:
            return None
        if frame is None:
            raise Disconnected("The connection was closed.")
        return frame

    def close(self) -> None:
        """Close; safe to call twice."""
        self._transport.disconnect()


def backoff(draw: random.Random, first_s: float = 0.5, most_s: float = 8.0) -> Iterator[float]:
    """Yield waiting times that double up to `most_s`, each somewhere between half and the whole."""
    wait_s = first_s
    while True:
        yield wait_s * draw.uniform(0.5, 1.0)
        wait_s = min(most_s, wait_s * 2)


def texts(value: object) -> str:
    """Return a frame's field as text; anything else is empty."""
    return value if isinstance(value, str) else ""


def record(value: object) -> Frame:
    """Return a frame's field as a record; anything else is empty."""
    return cast(Frame, value) if isinstance(value, dict) else {}


def records(value: object) -> list[Frame]:
    """Return a frame's field as a list of records; anything else is empty."""
    return [record(item) for item in value] if isinstance(value, list) else []
