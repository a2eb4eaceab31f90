"""A client's end of a socket: frames in and out as JSON, nothing of the product inside."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from picows import WSError, WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

Frame = dict[str, Any]
CONNECT_S = 5.0


class Line(WSListener):
    """One connection; `heard` gets every frame, `closed` is set when it is over for whatever reason."""

    def __init__(self, heard: Callable[[Frame], None]) -> None:
        super().__init__()
        self._heard = heard
        self._transport: WSTransport | None = None
        self.closed = asyncio.Event()

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self._heard(msgspec.json.decode(frame.get_payload_as_bytes()))
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self._transport = None
        self.closed.set()

    def send(self, **frame: object) -> None:
        """Send a frame; a lost connection is noticed elsewhere, so sending into one is no failure."""
        if self._transport is not None:
            self._transport.send(WSMsgType.TEXT, msgspec.json.encode(frame))

    def drop(self) -> None:
        """Lose the connection without a word, as a train in a tunnel does."""
        if self._transport is not None:
            self._transport.underlying_transport.abort()


async def call(url: str, heard: Callable[[Frame], None], headers: Mapping[str, str] | None = None) -> Line | None:
    """Connect, or return None when nobody answers."""
    try:
        async with asyncio.timeout(CONNECT_S):
            _, line = await ws_connect(lambda: Line(heard), url, extra_headers=dict(headers or {}))
    except (OSError, WSError, TimeoutError):
        return None
    return line if isinstance(line, Line) else None
