"""One TCP or TLS connection: messages framed by their length, keep-alives, and no patience for slow senders."""

import asyncio
from typing import Protocol, cast

from warmline.ports.telephone import Transport
from warmline.sip.parser_stream import PONG, Heard, Ping, StreamParser
from warmline.voice.limits import Limits

MOST_WAITING = 256 * 1024  # bytes the other side has not read yet


class StreamReceiver(Protocol):
    """Whoever is told what comes in on connections."""

    def opened(self, flow: "StreamFlow") -> bool:
        """A connection came up; False: close it at once."""
        ...

    def heard(self, heard: Heard, flow: "StreamFlow") -> None: ...

    def admits(self, host: str) -> bool: ...

    def lost(self, flow: "StreamFlow") -> None: ...


class StreamFlow(asyncio.Protocol):
    """A connection, theirs or ours. What is sent before it is up waits."""

    def __init__(
        self,
        transport: Transport,
        receiver: StreamReceiver,
        limits: Limits,
        *,
        ours: tuple[str, int] | None = None,
        verify: str | None = None,
    ) -> None:
        self.transport: Transport = transport
        self.host, self.port = ours or ("", 0)
        self.local_host = ""
        self.local_port = 0
        self.proved = ours is not None
        self.ours = ours is not None
        self.verify = verify
        self.awaited = False  # counted already, when its handshake began
        self._receiver = receiver
        self._limits = limits
        self._parser = StreamParser(limits.message_bytes)
        self._wire: asyncio.Transport | None = None
        self._waiting: list[bytes] | None = [] if ours else None
        self._counted = False
        self._closed = False
        self._since_s = 0.0  # of the message that is incomplete
        self._last_s = 0.0
        self._up_s = 0.0
        self._watch: asyncio.TimerHandle | None = None

    @property
    def reliable(self) -> bool:
        return True

    @property
    def open(self) -> bool:
        return not self._closed

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._wire = wire = cast("asyncio.Transport", transport)
        peer = transport.get_extra_info("peername")
        name = transport.get_extra_info("sockname")
        if self._closed or not peer or not name:
            transport.close()
            self._closed = True
            return
        self.host, self.port = peer[0], peer[1]
        self.local_host, self.local_port = name[0], name[1]
        if not self._receiver.opened(self):
            self._closed = True
            wire.abort()
            return
        self._counted = True
        self._last_s = self._up_s = asyncio.get_running_loop().time()
        self._look_again()
        waiting, self._waiting = self._waiting or [], None
        for data in waiting:
            self.send(data)

    def data_received(self, data: bytes) -> None:
        now_s = asyncio.get_running_loop().time()
        self._last_s = now_s
        if not self._receiver.admits(self.host):
            self.close()
            return
        began = self._parser.held_bytes > 0
        for at, heard in enumerate(self._parser.feed(data)):
            began = False
            if at and not self._receiver.admits(self.host):  # each message counts, however few pieces they come in
                self.close()
                return
            if isinstance(heard, Ping):
                self.send(PONG)
            else:
                self._receiver.heard(heard, self)
            if self._closed:
                return
        if self._parser.broken:
            self.close()
        elif not began:
            self._since_s = now_s

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()

    def failed(self) -> None:
        """It could not be connected."""
        self._end()

    def send(self, data: bytes) -> bool:
        if self._closed:
            return False
        if self._waiting is not None:
            if len(self._waiting) >= 100:
                return False
            self._waiting.append(data)
            return True
        if self._wire is None or self._wire.is_closing():
            return False
        if self._wire.get_write_buffer_size() > MOST_WAITING:
            self._wire.abort()
            return False
        self._wire.write(data)
        return True

    def close(self) -> None:
        if self._wire is not None:
            self._wire.close()
        else:
            self._end()

    def _look_again(self) -> None:
        self._watch = asyncio.get_running_loop().call_later(self._limits.message_s / 2, self._look)

    def _look(self) -> None:
        """Close who sends slowly, says nothing we accept, or nothing at all."""
        now_s = asyncio.get_running_loop().time()
        slow = self._parser.held_bytes > 0 and now_s - self._since_s > self._limits.message_s
        if self.proved:
            idle = now_s - self._last_s > self._limits.idle_connection_s
        else:  # keep-alives prove nothing: who only says those takes a place from others
            idle = now_s - self._up_s > self._limits.unproved_connection_s
        if (slow or idle) and self._wire is not None:
            self._wire.abort()
        else:
            self._look_again()

    def _end(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        ended, self._closed = self._closed, True
        if not ended:
            self._receiver.lost(self)

    @property
    def counted(self) -> bool:
        """Whether it was let in."""
        return self._counted
