"""Where a host is: RFC 3263 without NAPTR, since the transport is configured: SRV, then addresses."""

import asyncio
import random
import secrets
import socket
import struct
from pathlib import Path

from msgspec import Struct

from warmline.ports.telephone import Transport
from warmline.voice.flows import is_address

DEFAULT_PORTS: dict[Transport, int] = {"udp": 5060, "tcp": 5060, "tls": 5061}
_SERVICES: dict[Transport, str] = {"udp": "_sip._udp", "tcp": "_sip._tcp", "tls": "_sips._tcp"}
SRV = 33
ASK_S = 2.0


class Place(Struct, frozen=True):
    """One address to try. `name` is the host it stands for, whose certificate it must show."""

    host: str
    port: int
    name: str | None = None


class Service(Struct, frozen=True):
    """One SRV record."""

    priority: int
    weight: int
    port: int
    target: str


async def resolve(
    host: str, port: int | None, transport: Transport, nameservers: tuple[str, ...] = ()
) -> list[Place]:
    """The places of a host in the order to try them. A port rules SRV out (RFC 3263, 4.2)."""
    bare = host[1:-1] if host.startswith("[") else host
    if is_address(bare):
        return [Place(bare, port or DEFAULT_PORTS[transport])]
    if port is None:
        servers = nameservers or system_nameservers()
        services = await ask_srv(f"{_SERVICES[transport]}.{host}", servers) if servers else []
        places = [place for s in in_order(services) for place in await _addresses(s.target, s.port, host)]
        if places:
            return places
    return await _addresses(host, port or DEFAULT_PORTS[transport], host)


async def _addresses(host: str, port: int, name: str) -> list[Place]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    except OSError:
        return []
    return list(dict.fromkeys(Place(str(entry[4][0]), port, name) for entry in found))


def in_order(services: list[Service], draw: random.Random | None = None) -> list[Service]:
    """By priority, and within one at random by weight (RFC 2782)."""
    draw = draw or random.SystemRandom()
    left = sorted(services, key=lambda s: (s.priority, s.weight))
    chosen: list[Service] = []
    while left:
        group = [s for s in left if s.priority == left[0].priority]
        pick = draw.choices(group, weights=[s.weight or 1 for s in group])[0]
        chosen.append(pick)
        left.remove(pick)
    return chosen


def system_nameservers() -> tuple[str, ...]:
    try:
        lines = Path("/etc/resolv.conf").read_text().splitlines()
    except OSError:
        return ()
    return tuple(parts[1] for line in lines if len(parts := line.split()) > 1 and parts[0] == "nameserver")


async def ask_srv(name: str, servers: tuple[str, ...]) -> list[Service]:
    """The SRV records of a name; none when nobody answers."""
    loop = asyncio.get_running_loop()
    for server in servers[:2]:
        address, _, port = server.partition("#")
        number = secrets.randbelow(65536)
        answer: asyncio.Future[bytes] = loop.create_future()
        try:
            transport, _ = await loop.create_datagram_endpoint(
                lambda answer=answer: _Answer(answer), remote_addr=(address, int(port or 53))
            )
        except OSError:
            continue
        try:
            transport.sendto(srv_question(name, number))
            async with asyncio.timeout(ASK_S):
                return read_srv(await answer, number)
        except (TimeoutError, OSError, ValueError):
            continue
        finally:
            transport.close()
    return []


class _Answer(asyncio.DatagramProtocol):
    def __init__(self, answer: asyncio.Future[bytes]) -> None:
        self._answer = answer

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if not self._answer.done():
            self._answer.set_result(data)

    def error_received(self, exc: Exception) -> None:
        if not self._answer.done():
            self._answer.set_exception(exc)


def srv_question(name: str, number: int) -> bytes:
    """A DNS query for SRV (RFC 1035, 4.1). Raises ValueError for names that are none."""
    labels = [label.encode("idna") for label in name.rstrip(".").split(".")]
    if any(not 0 < len(label) < 64 for label in labels):
        raise ValueError("not a domain name")
    body = b"".join(bytes([len(label)]) + label for label in labels)
    return struct.pack("!6H", number, 0x0100, 1, 0, 0, 0) + body + b"\0" + struct.pack("!HH", SRV, 1)


def read_srv(data: bytes, number: int) -> list[Service]:
    """The SRV records of an answer to question `number`. Raises ValueError when it is malformed or another's."""
    try:
        said, flags, questions, answers = struct.unpack_from("!4H", data)
        if said != number or not flags & 0x8000:
            raise ValueError("not the answer")
        at = 12
        for _ in range(questions):
            _, at = _read_name(data, at)
            at += 4
        found: list[Service] = []
        for _ in range(min(answers, 64)):
            _, at = _read_name(data, at)
            kind, _, _, length = struct.unpack_from("!HHIH", data, at)
            at += 10
            if kind == SRV:
                priority, weight, port = struct.unpack_from("!3H", data, at)
                target, _ = _read_name(data, at + 6)
                if target and port:
                    found.append(Service(priority, weight, port, target))
            at += length
        return found
    except (struct.error, IndexError) as broken:
        raise ValueError("malformed answer") from broken


def _read_name(data: bytes, at: int) -> tuple[str, int]:
    labels: list[str] = []
    end = None
    for _ in range(128):
        length = data[at]
        if length >= 0xC0:
            end = end or at + 2
            at = (length & 0x3F) << 8 | data[at + 1]
        elif length == 0:
            return ".".join(labels), end or at + 1
        else:
            labels.append(data[at + 1 : at + 1 + length].decode("latin-1"))
            at += 1 + length
    raise ValueError("endless name")
