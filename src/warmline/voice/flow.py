"""Where a message goes to and came from: a UDP peer, or one connection."""

import asyncio
from collections.abc import Callable
from typing import Protocol, cast

from warmline.ports.telephone import Transport


class Flow(Protocol):
    """The way to one peer. `host`/`port` are theirs, `local_host`/`local_port` ours, as addresses."""

    transport: Transport
    host: str
    port: int
    local_host: str
    local_port: int
    proved: bool  # somebody on this connection proved who they are
    verify: str | None  # the name the certificate had to be for (TLS); the next connection's must be, too

    @property
    def reliable(self) -> bool: ...

    @property
    def open(self) -> bool: ...

    def send(self, data: bytes) -> bool:
        """Put it on the wire, or in its queue; False when that cannot be."""
        ...


class Receiver(Protocol):
    """Whoever is told what comes in."""

    def datagram(self, data: bytes, flow: "UdpFlow") -> None: ...


class UdpFlow:
    """One UDP peer of one of our sockets."""

    __slots__ = ("_socket", "host", "local_host", "local_port", "port", "proved", "transport", "verify")

    def __init__(self, socket: "UdpSocket", host: str, port: int) -> None:
        self._socket = socket
        self.transport: Transport = "udp"
        self.host = host
        self.port = port
        self.local_host = socket.host
        self.local_port = socket.port
        self.proved = False
        self.verify: str | None = None

    @property
    def reliable(self) -> bool:
        return False

    @property
    def open(self) -> bool:
        return self._socket.open

    def send(self, data: bytes) -> bool:
        return self._socket.send(data, self.host, self.port)

    def to(self, host: str, port: int) -> "UdpFlow":
        """Another peer of the same socket."""
        return UdpFlow(self._socket, host, port)


class UdpSocket(asyncio.DatagramProtocol):
    """One bound UDP socket. `admits` is asked before anything else is done with a datagram."""

    def __init__(self, receiver: Receiver, admits: Callable[[str], bool]) -> None:
        self._receiver = receiver
        self._admits = admits
        self._transport: asyncio.DatagramTransport | None = None
        self.host = ""
        self.port = 0

    @property
    def open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)
        name = transport.get_extra_info("sockname")
        self.host, self.port = name[0], name[1]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        host = addr[0]
        if self._admits(host) and addr[1]:
            self._receiver.datagram(data, UdpFlow(self, host, addr[1]))

    def error_received(self, exc: Exception) -> None:
        """An ICMP error: the transaction's own timer decides, for anybody can forge one."""

    def send(self, data: bytes, host: str, port: int) -> bool:
        if self._transport is None or self._transport.is_closing():
            return False
        try:
            self._transport.sendto(data, (host, port))
        except (OSError, ValueError):
            return False
        return True

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()
