"""WebSockets on the web server's own port: picows behind uvicorn's pluggable protocol class."""

import asyncio
import logging
from collections.abc import Iterable
from http import HTTPStatus

from picows import WSListener, WSUpgradeRequest, WSUpgradeResponse
from picows.common import WSUpgradeResponseWithListener
from picows.picows import WSAutoPingStrategy, WSProtocol  # pyright: ignore[reportAttributeAccessIssue]

from warmline.kernel.rates import Buckets
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.socket import RESTARTING, Opening, Route
from warmline.runtime.sockets_turn import Turn
from warmline.runtime.sockets_wire import SocketWire

FRAME_BYTES = 24 * 1024  # a browser's description of a call, 20,000 bytes at most, as JSON with all around it
READ_BUFFER_BYTES = 2048  # per socket; grows for larger frames and shrinks again
HANDSHAKE_S = 5.0
SWEEP_S = 2.5
RETRY_AFTER_MS = 1_000

# One adapter for all: picows would build a logger object per connection out of a plain logger.
_LOG = logging.LoggerAdapter(logging.getLogger("warmline.sockets"), {})
logging.getLogger("warmline.sockets").setLevel(logging.WARNING)


class SocketServer:
    """Accept sockets by route, watch over their silence, and send them home at a restart."""

    def __init__(
        self,
        routes: Iterable[Route],
        tasks: TaskRegistry,
        *,
        per_address_s: float | None = 20,
        at_most: int = 20_000,
        trust_forwarded: bool = False,
    ) -> None:
        self._routes = {route.path: route for route in routes}
        self._arrivals = Buckets(per_address_s, per_address_s * 2) if per_address_s is not None else None
        self._at_most = at_most
        self._trust_forwarded = trust_forwarded
        self._wires: set[SocketWire] = set()
        self._turn = Turn()
        self._closing = False
        self._tasks = tasks
        self._sweeping = False

    def __len__(self) -> int:
        return len(self._wires)

    @property
    def protocol(self) -> type[asyncio.Protocol]:
        """The class to hand to uvicorn as `ws=`."""
        server = self

        class Protocol(_Bridge):
            sockets = server

        return Protocol

    def picows(self, transport: asyncio.BaseTransport, connections: set[object] | None = None) -> WSProtocol:
        """Return a picows protocol for a fresh connection; its first bytes are the upgrade request."""

        def accept(request: WSUpgradeRequest) -> WSListener | WSUpgradeResponseWithListener:
            return self._accept(request, transport, connections)

        protocol = WSProtocol(
            None, None, False, accept, _LOG, True, HANDSHAKE_S, False, 20, 20,
            WSAutoPingStrategy.PING_WHEN_IDLE, True, FRAME_BYTES, None, READ_BUFFER_BYTES,
        )  # fmt: skip
        protocol.connection_made(transport)
        return protocol

    def _accept(
        self, request: WSUpgradeRequest, transport: asyncio.BaseTransport, connections: set[object] | None
    ) -> WSListener | WSUpgradeResponseWithListener:
        opening = self._opening(request, transport)
        route = self._routes.get(opening.path)
        if route is None:
            return _refuse(HTTPStatus.NOT_FOUND)
        if self._closing or len(self._wires) >= self._at_most:
            return _refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        now_s = asyncio.get_running_loop().time()
        if self._arrivals is not None and not self._arrivals.take(opening.address, now_s):
            return _refuse(HTTPStatus.TOO_MANY_REQUESTS)
        if not route.allow(opening):
            return _refuse(HTTPStatus.FORBIDDEN)
        if not self._sweeping:
            self._sweeping = True
            self._tasks.spawn("sockets.sweep", self._sweep())
        return SocketWire(route, opening, self._wires, connections, self._turn)

    def _opening(self, request: WSUpgradeRequest, transport: asyncio.BaseTransport) -> Opening:
        headers = request.headers
        peer = transport.get_extra_info("peername")
        address = str(peer[0]) if isinstance(peer, tuple) and peer else "local"
        forwarded = headers.get("x-forwarded-for")
        if self._trust_forwarded and forwarded:
            address = forwarded.split(",")[-1].strip()
        return Opening(
            path=request.path.split(b"?", 1)[0].decode("latin-1"),
            origin=headers.get("origin"),
            host=headers.get("host") or "",
            address=address,
            cookie=headers.get("cookie"),
            user_agent=headers.get("user-agent"),
        )

    async def _sweep(self) -> None:
        """Find clients that have gone silent; a half-open connection looks alive until somebody asks."""
        loop = asyncio.get_running_loop()
        while not self._closing:
            await asyncio.sleep(SWEEP_S)
            now_s = loop.time()
            for at, wire in enumerate(list(self._wires)):
                wire.check(now_s)
                if at % 500 == 499:
                    await asyncio.sleep(0)

    async def close(self) -> None:
        """Refuse new sockets and send the open ones home, to come back after a moment."""
        self._closing = True
        for at, wire in enumerate(list(self._wires)):
            wire.close(RESTARTING, "restarting", RETRY_AFTER_MS)
            if at % 200 == 199:
                await asyncio.sleep(0)


class _Bridge(asyncio.Protocol):
    """What uvicorn creates for an upgrade request: it hands the connection to picows.

    uvicorn sets this object as the transport's protocol after it has handed over the request, so picows takes
    the transport one turn of the loop later; bytes that arrive in between are passed on.
    """

    sockets: SocketServer

    def __init__(self, config: object, server_state: object, app_state: object) -> None:
        self._connections: set[object] = getattr(server_state, "connections", set())
        self._picows: WSProtocol | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        protocol = self.sockets.picows(transport, self._connections)
        self._picows = protocol
        asyncio.get_running_loop().call_soon(transport.set_protocol, protocol)

    def data_received(self, data: bytes) -> None:
        if self._picows is not None:
            feed(self._picows, data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._picows is not None:
            self._picows.connection_lost(exc)


def feed(protocol: WSProtocol, data: bytes) -> None:
    """Give bytes to a protocol that normally reads into its own buffer."""
    rest = memoryview(data)
    while rest:
        room = protocol.get_buffer(-1)
        taken = min(len(room), len(rest))
        room[:taken] = rest[:taken]
        protocol.buffer_updated(taken)
        rest = rest[taken:]


def _refuse(status: HTTPStatus) -> WSUpgradeResponseWithListener:
    return WSUpgradeResponseWithListener(WSUpgradeResponse.create_error_response(status), None)
