"""One socket: frames in, a bounded outbox out, and the goodbye."""

import asyncio
from collections.abc import Sequence
from typing import Self

import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport

from warmline.ports.socket import MALFORMED, RESTARTING, TOO_SLOW, Opening, Route, Session
from warmline.runtime.sockets_turn import Turn

TEXT = 0x81  # a whole text frame
OUTBOX_FRAMES = 256
OUTBOX_BYTES = 1024 * 1024
RETRY_AFTER_SLOW_MS = 2_000
LINGER_S = 2.0  # how long a client may take to read the goodbye


class SocketWire(WSListener):
    """The server's end of a picows connection. Implements `warmline.ports.socket.Wire`."""

    __slots__ = (
        "_bytes", "_closed", "_connections", "_frames", "_opening", "_paused", "_route", "_session", "_transport",
        "_turn", "_wires", "heard_at_s",
    )  # fmt: skip

    def __init__(
        self,
        route: Route,
        opening: Opening,
        wires: set[Self],
        connections: set[object] | None,
        turn: Turn,
    ) -> None:
        super().__init__()
        self._route = route
        self._opening: Opening | None = opening
        self._wires = wires
        self._connections = connections  # uvicorn's, so that its shutdown reaches us
        self._transport: WSTransport | None = None
        self._session: Session | None = None
        self._turn = turn
        self._frames: list[bytes] | None = None  # until the turn ends, or until a slow client reads again
        self._bytes = 0
        self._paused = False
        self._closed = False
        self.heard_at_s = 0.0

    # --- from the network ----------------------------------------------------------------------

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        self.heard_at_s = asyncio.get_running_loop().time()
        self._wires.add(self)
        if self._connections is not None:
            self._connections.add(self)
        opening, self._opening = self._opening, None
        if opening is not None:
            self._session = self._route.open(opening, self)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        self.heard_at_s = asyncio.get_running_loop().time()
        kind = frame.msg_type
        if kind == WSMsgType.TEXT and frame.fin:
            if self._session is not None and not self._closed:
                self._session.on_frame(frame.get_payload_as_bytes())
        elif kind == WSMsgType.CLOSE:
            if not self._closed:
                self._closed = True
                transport.send_close(frame.get_close_code())
            transport.disconnect()
        elif kind != WSMsgType.PING and kind != WSMsgType.PONG:
            self.close(MALFORMED, "malformed")  # binary, or a message in fragments: no client of ours sends it

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self._closed = True
        self._frames = None
        self._wires.discard(self)
        if self._connections is not None:
            self._connections.discard(self)
        session, self._session = self._session, None
        if session is not None:
            session.on_closed()

    def pause_writing(self) -> None:
        self._paused = True

    def resume_writing(self) -> None:
        self._paused = False
        self.flush()

    # --- from the session ----------------------------------------------------------------------

    def send(self, frame: bytes) -> None:
        """Send at the end of this turn, in order; a client too slow for the bounds is cut."""
        frames = self._frames
        if frames is None:
            if self._transport is None or self._closed:
                return
            self._frames = [frame]
            self._bytes = len(frame)
            if not self._paused:
                self._turn.end_with(self)
            return
        frames.append(frame)
        self._bytes += len(frame)
        if len(frames) > OUTBOX_FRAMES or self._bytes > OUTBOX_BYTES:
            if self._paused:
                self.close(TOO_SLOW, "too_slow", RETRY_AFTER_SLOW_MS)
            else:
                self.flush()

    def send_all(self, frames: Sequence[bytes]) -> None:
        """Send several frames."""
        for frame in frames:
            self.send(frame)

    def flush(self) -> None:
        """Give the network what is held back, in one system call; picows would make one of each frame."""
        frames, transport = self._frames, self._transport
        if frames is None or transport is None or self._paused or self._closed:
            return
        self._frames = None
        if len(frames) == 1:
            transport.send(WSMsgType.TEXT, frames[0])
        else:
            transport.underlying_transport.write(b"".join(map(framed, frames)))

    def close(self, code: int, reason: str, retry_after_ms: int | None = None) -> None:
        """Say goodbye and close; a client that does not read it is dropped after a moment."""
        transport = self._transport
        if transport is None or self._closed:
            return
        self.flush()
        self._closed = True
        self._frames = None
        bye = {"t": "bye", "reason": reason, "retry_after_ms": retry_after_ms}
        transport.send(WSMsgType.TEXT, msgspec.json.encode(bye))
        transport.send_close(code, reason.encode())  # pyright: ignore[reportArgumentType] -- codes above 4000 are ours
        asyncio.get_running_loop().call_later(LINGER_S, transport.disconnect, False)

    # --- from the server -----------------------------------------------------------------------

    def check(self, now_s: float) -> None:
        """Tell the session if its client has been silent for too long."""
        session = self._session
        if session is not None and now_s - self.heard_at_s > session.silence_s:
            self.heard_at_s = now_s
            session.on_silence()

    def shutdown(self) -> None:
        """Called by uvicorn for every open connection when it stops."""
        self.close(RESTARTING, "restarting", 1_000)


def framed(payload: bytes) -> bytes:
    """Return a whole, unmasked text frame. Source: RFC 6455, section 5.2."""
    size = len(payload)
    if size < 126:
        return bytes((TEXT, size)) + payload
    if size < 65_536:
        return bytes((TEXT, 126, size >> 8, size & 0xFF)) + payload
    return bytes((TEXT, 127)) + size.to_bytes(8, "big") + payload
