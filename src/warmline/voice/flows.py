"""All sockets of an endpoint: bound, connected, counted, and found again."""

import asyncio
import ipaddress
import socket
import ssl
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache

from warmline.kernel.tasks import TaskRegistry
from warmline.ports.telephone import Transport
from warmline.sip.message import Request, Response
from warmline.sip.parser import BadMessage, parse
from warmline.sip.parser_stream import Heard, Ping
from warmline.voice.flow import Flow, UdpFlow, UdpSocket
from warmline.voice.limits import ConnectionCount, Limits, Listen, SourceGuard, source_of
from warmline.voice.stream import StreamFlow
from warmline.voice.tls_door import BACKLOG, TlsDoor, listening_on

RECEIVE_BUFFER = 4 * 1024 * 1024
CONNECT_S = 5.0
KNOWN_AT_MOST = 10_000
KNOWN_S = 3600.0


class Known:
    """Sources we have reason to listen to: they proved who they are, or we wrote to them first."""

    def __init__(self) -> None:
        self._until: OrderedDict[str, float] = OrderedDict()

    def add(self, host: str, now_s: float) -> None:
        source = source_of(host)
        self._until[source] = now_s + KNOWN_S
        self._until.move_to_end(source)
        if len(self._until) > KNOWN_AT_MOST:
            self._until.popitem(last=False)

    def __contains__(self, host: str) -> bool:
        until = self._until.get(source_of(host))
        return until is not None and until > asyncio.get_running_loop().time()


@lru_cache(maxsize=1024)
def is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1024)
def own_address(towards: str) -> str:
    """Our address as this peer sees it, from the routing table."""
    family = socket.AF_INET6 if ":" in towards else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((towards, 9))
            return probe.getsockname()[0]
        except OSError:
            return "::1" if family == socket.AF_INET6 else "127.0.0.1"


class Flows:
    """Sockets and connections. What they hear goes to `on_message`; connections that end, to `on_lost`."""

    def __init__(
        self,
        listen: tuple[Listen, ...],
        limits: Limits,
        tasks: TaskRegistry,
        is_trunk: Callable[[str], bool],
        on_message: Callable[[Request | Response | BadMessage, Flow], None],
        on_lost: Callable[[Flow], None],
    ) -> None:
        self._listen = listen
        self._limits = limits
        self._tasks = tasks
        self._is_trunk = is_trunk
        self._on_message = on_message
        self._on_lost = on_lost
        self.known = Known()
        self.guard = SourceGuard(limits)
        self._count = ConnectionCount(limits)
        self._udp: list[UdpSocket] = []
        self._servers: list[asyncio.Server] = []
        self._doors: list[TlsDoor] = []
        self._connections: dict[tuple[Transport, str, int], StreamFlow] = {}
        self._all: set[StreamFlow] = set()
        self._client_tls: ssl.SSLContext | None = None
        self.bound: list[tuple[Transport, str, int]] = []

    async def start(self) -> None:
        """Bind everything. Raises OSError."""
        loop = asyncio.get_running_loop()
        try:
            for listen in self._listen:
                if listen.transport == "udp":
                    _, bound = await loop.create_datagram_endpoint(
                        lambda: UdpSocket(self, self.admits), sock=_udp_socket(listen.host, listen.port)
                    )
                    self._udp.append(bound)
                    self.bound.append(("udp", bound.host, bound.port))
                else:
                    await self._serve(listen)
        except BaseException:
            await self.close()
            raise

    async def _serve(self, listen: Listen) -> None:
        def flow() -> StreamFlow:
            return StreamFlow(listen.transport, self, self._limits)

        if listen.transport == "tls":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            context.load_cert_chain(listen.certificate or "", listen.key)
            listening = listening_on(listen.host, listen.port)
            name = listening.getsockname()
            self._doors.append(
                TlsDoor(listening, context, self._limits, self._count, self._tasks, self.admits, flow)
            )
        else:
            server = await asyncio.get_running_loop().create_server(
                flow, listen.host, listen.port, backlog=BACKLOG
            )
            self._servers.append(server)
            name = server.sockets[0].getsockname()
        self.bound.append((listen.transport, name[0], name[1]))

    async def close(self) -> None:
        for server in self._servers:
            server.close()
        for door in self._doors:
            door.close()
        for flow in list(self._all):
            flow.close()
        for bound in self._udp:
            bound.close()
        await asyncio.sleep(0)
        self._servers.clear()
        self._doors.clear()
        self._udp.clear()

    # --- finding -------------------------------------------------------------------------------------

    def to(self, transport: Transport, host: str, port: int, *, verify: str | None = None) -> Flow | None:
        """The way to an address; connections are reused, and made when there is none. None: not from here.

        `verify` is the name the certificate must be for (TLS); None takes any. A connection whose certificate
        was not looked at, or was another's, is not reused for it.
        """
        if transport == "udp":
            six = ":" in host
            found = next((s for s in self._udp if s.open and (":" in s.host) == six), None)
            return None if found is None else UdpFlow(found, host, port)
        key: tuple[Transport, str, int] = (transport, host, port)
        flow = self._connections.get(key)
        if flow is not None and flow.open and (transport != "tls" or verify in (None, flow.verify)):
            return flow
        if len(self._all) >= self._limits.connections:
            return None
        flow = StreamFlow(transport, self, self._limits, ours=(host, port), verify=verify)
        self._connections[key] = flow
        self._all.add(flow)
        self._tasks.spawn(f"sip-connect-{transport}", self._connect(flow, host, port, verify))
        return flow

    async def _connect(self, flow: StreamFlow, host: str, port: int, verify: str | None) -> None:
        context = None
        if flow.transport == "tls":
            context = ssl.create_default_context()
            if verify is None:
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
        try:
            async with asyncio.timeout(CONNECT_S):
                await asyncio.get_running_loop().create_connection(
                    lambda: flow, host, port, ssl=context, server_hostname=(verify or host) if context else None
                )
        except (OSError, TimeoutError, ssl.SSLError):
            flow.failed()

    def local(self, flow: Flow) -> tuple[str, int]:
        """Our address on a flow, never a wildcard; the port others reach us at, if we listen on that transport."""
        host = flow.local_host
        if not host or host in ("0.0.0.0", "::"):  # noqa: S104 (compared, not bound)
            host = own_address(flow.host)
        six = ":" in host
        port = next((p for t, h, p in self.bound if t == flow.transport and (":" in h) == six), flow.local_port)
        return host, port or 5060

    # --- told by sockets -----------------------------------------------------------------------------

    def admits(self, host: str) -> bool:
        known = self._is_trunk(host) or host in self.known
        return self.guard.admits(host, known, asyncio.get_running_loop().time())

    def datagram(self, data: bytes, flow: UdpFlow) -> None:
        if len(data) > self._limits.message_bytes or len(data) < 16:  # also: keep-alives
            self.guard.dropped += len(data) > 16
            return
        try:
            message = parse(data)
        except BadMessage as bad:
            self._on_message(bad, flow)
        else:
            self._on_message(message, flow)

    def opened(self, flow: StreamFlow) -> bool:
        if flow.awaited:  # the door has counted it
            flow.awaited = False
        elif not self._count.enter(flow.host):
            self._all.discard(flow)
            return False
        flow.proved = flow.proved or self._is_trunk(flow.host)
        self._all.add(flow)
        self._connections.setdefault((flow.transport, flow.host, flow.port), flow)
        return True

    def heard(self, heard: Heard, flow: StreamFlow) -> None:
        if not isinstance(heard, Ping):
            self._on_message(heard, flow)

    def lost(self, flow: StreamFlow) -> None:
        self._all.discard(flow)
        key = (flow.transport, flow.host, flow.port)
        if self._connections.get(key) is flow:
            del self._connections[key]
        if flow.counted:
            self._count.leave(flow.host)
        self._on_lost(flow)

    @property
    def connections(self) -> int:
        return len(self._all)


def _udp_socket(host: str, port: int) -> socket.socket:
    six = ":" in host
    made = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_DGRAM)
    try:
        if six:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        made.setblocking(False)
        made.bind((host, port))
    except OSError:
        made.close()
        raise
    return made
