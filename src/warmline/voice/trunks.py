"""Carriers: registered with, asked every half minute whether they are there, tried in their order."""

import asyncio
import random
import secrets
from collections.abc import Callable
from contextlib import suppress

from warmline.sip.address import NameAddr
from warmline.sip.builder import new_request, new_via
from warmline.sip.grammar import BadValue
from warmline.sip.message import Request, Response
from warmline.sip.uri import Uri, sip_uri
from warmline.voice.credentials import authorize_with
from warmline.voice.directory import Directory, Trunk
from warmline.voice.exchange import Exchange
from warmline.voice.flow import Flow
from warmline.voice.flows import Flows
from warmline.voice.limits import source_of
from warmline.voice.resolve import DEFAULT_PORTS, resolve

LOOK_S = 5.0  # how often the directory is compared with what runs
FIRST_BACK_OFF_S = 5.0
MOST_BACK_OFF_S = 300.0
PENALTY_S = 30.0  # a trunk that failed a call is tried last for so long


class TrunkState:
    """What we know of one trunk now."""

    def __init__(self, trunk: Trunk) -> None:
        self.trunk = trunk
        self.task: asyncio.Task[None] | None = None
        self.up = trunk.keep_alive_s == 0 and not trunk.register
        self.flow: Flow | None = None
        self.host = ""  # where it answered from: calls may come from there
        self.failed_at = -PENALTY_S
        self.call_id = secrets.token_hex(12)
        self.cseq = 0
        self.registered = False


class Trunks:
    """One task a trunk."""

    def __init__(
        self, directory: Directory, exchange: Exchange, flows: Flows, spawn: Callable[..., asyncio.Task[None]]
    ) -> None:
        self._directory = directory
        self._exchange = exchange
        self._flows = flows
        self._spawn = spawn
        self._states: dict[str, TrunkState] = {}
        self.on_trunk: Callable[[str, bool], None] | None = None

    def start(self) -> None:
        self._spawn("sip-trunks", self._follow())

    async def _follow(self) -> None:
        """Begin with trunks that are new or changed, end with those that are gone."""
        while True:
            wanted = {trunk.id: trunk for trunk in self._directory.trunks()}
            for trunk_id, state in list(self._states.items()):
                if wanted.get(trunk_id) != state.trunk:
                    self._stop(state)
                    del self._states[trunk_id]
            for trunk_id, trunk in wanted.items():
                if trunk_id not in self._states:
                    state = self._states[trunk_id] = TrunkState(trunk)
                    if trunk.register or trunk.keep_alive_s:
                        state.task = self._spawn("sip-trunk", self._run(state))
            await asyncio.sleep(LOOK_S)

    def _stop(self, state: TrunkState) -> None:
        if state.task is not None:
            state.task.cancel()

    async def close(self) -> None:
        """Unregister, within a second."""
        registered = [state for state in self._states.values() if state.registered]
        for state in self._states.values():
            self._stop(state)
        if registered:
            leaving = asyncio.gather(*(self._register(state, 0) for state in registered), return_exceptions=True)
            with suppress(TimeoutError):
                await asyncio.wait_for(leaving, 1.0)
        self._states.clear()

    # --- asked by dialling ---------------------------------------------------------------------------

    def in_order(self, tenant_id: str) -> list[Trunk]:
        """The tenant's trunks: those that are up, then those that failed lately, then those that are down."""
        now_s = asyncio.get_running_loop().time()

        def rank(trunk: Trunk) -> tuple[int, int]:
            state = self._states.get(trunk.id)
            if state is None:
                return (1, trunk.order)
            if not state.up:
                return (2, trunk.order)
            return (1 if now_s - state.failed_at < PENALTY_S else 0, trunk.order)

        return sorted(self._directory.trunks(tenant_id), key=rank)

    def failed(self, trunk_id: str) -> None:
        """A call through it failed as only a trunk fails."""
        state = self._states.get(trunk_id)
        if state is not None:
            state.failed_at = asyncio.get_running_loop().time()

    def registered_at(self, host: str) -> Trunk | None:
        """The trunk we are registered with at this address."""
        source = source_of(host)
        return next((s.trunk for s in self._states.values() if s.registered and s.host == source), None)

    def is_up(self, trunk_id: str) -> bool:
        state = self._states.get(trunk_id)
        return state is not None and state.up

    # --- keeping up ----------------------------------------------------------------------------------

    async def _run(self, state: TrunkState) -> None:
        back_off_s = FIRST_BACK_OFF_S
        trunk = state.trunk
        renew_at = 0.0
        while True:
            loop = asyncio.get_running_loop()
            granted_s: int | None = None
            if trunk.register and loop.time() >= renew_at:
                granted_s = await self._register(state, trunk.register_expires_s)
                alive = granted_s is not None
                renew_at = loop.time() + (granted_s or 0) * 0.8
                state.registered = alive
            else:
                alive = await self._ping(state)
                if not alive:
                    renew_at = 0.0
            self._found(state, alive)
            if alive:
                back_off_s = FIRST_BACK_OFF_S
                wait_s = float(trunk.keep_alive_s or 3600)
                if trunk.register:
                    wait_s = min(wait_s, max(1.0, renew_at - loop.time()))
            else:
                wait_s = back_off_s * random.uniform(0.8, 1.2)  # noqa: S311 (not a secret)
                back_off_s = min(MOST_BACK_OFF_S, back_off_s * 2)
                if not trunk.register:
                    wait_s = min(wait_s, float(trunk.keep_alive_s))
            await asyncio.sleep(wait_s)

    def _found(self, state: TrunkState, up: bool) -> None:
        if up != state.up:
            state.up = up
            if self.on_trunk is not None:
                self.on_trunk(state.trunk.id, up)

    async def _ping(self, state: TrunkState) -> bool:
        response = await self._ask(state, "OPTIONS", {})
        return response is not None and response.status not in (408, 503)

    async def _register(self, state: TrunkState, expires_s: int) -> int | None:
        """Register for so long; the seconds granted, None when refused."""
        for _ in range(2):
            response = await self._ask(state, "REGISTER", {"Expires": str(expires_s)})
            if response is None:
                return None
            if response.status == 423:
                try:
                    expires_s = max(expires_s, int(response.headers.get("Min-Expires") or "3600"))
                except ValueError:
                    return None
                continue
            if response.status != 200:
                return None
            return self._granted(response, expires_s)
        return None

    def _granted(self, response: Response, asked_s: int) -> int:
        try:
            mine = [c.expires_s for c in response.headers.contacts if c.uri.user == "warmline"]
        except BadValue:
            mine = []
        said = next((value for value in mine if value is not None), response.headers.expires_s)
        return max(30, asked_s if said is None else said)

    async def _ask(self, state: TrunkState, method: str, headers: dict[str, str]) -> Response | None:
        """A request to the trunk itself, with credentials when it asks for them; None: no answer."""
        flow = await self.flow_to(state.trunk)
        if flow is None:
            return None
        state.flow = flow
        state.host = source_of(flow.host)
        response: Response | None = None
        for _ in range(3):
            request = self._request(state, flow, method, headers)
            response = await self._answer(request, flow)
            if response is None or response.status not in (401, 407):
                return response
            credentials = authorize_with(state.trunk, request, response)
            if credentials is None or (
                credentials[0] in headers and "stale=true" not in str(response.headers).lower()
            ):
                return response
            headers = {**headers, credentials[0]: credentials[1]}
        return response

    async def _answer(self, request: Request, flow: Flow) -> Response | None:
        answered: asyncio.Future[Response | None] = asyncio.get_running_loop().create_future()

        def heard(response: Response) -> None:
            if response.status >= 200 and not answered.done():
                answered.set_result(response)

        def nothing() -> None:
            if not answered.done():
                answered.set_result(None)

        self._exchange.ask(request, flow, heard, nothing)
        return await answered

    def _request(self, state: TrunkState, flow: Flow, method: str, headers: dict[str, str]) -> Request:
        trunk = state.trunk
        host, port = self._flows.local(flow)
        state.cseq += 1
        own = NameAddr(sip_uri(trunk.user or "warmline", trunk.domain or trunk.host))
        at = Uri("sip", host=_bracketed(trunk.domain or trunk.host), port=trunk.port)
        contact = contact_uri(host, port, flow.transport)
        request = new_request(
            method,
            at,
            via=new_via(flow.transport, host, port, secrets.token_hex(12)),
            from_=own.with_tag(secrets.token_hex(8)),
            to=own if method == "REGISTER" else NameAddr(at),
            call_id=state.call_id,
            cseq=state.cseq,
            contact=NameAddr(contact),
        )
        for name, value in headers.items():
            request.headers.set(name, value)
        request.headers.set("User-Agent", "Warmline")
        return request

    async def flow_to(self, trunk: Trunk) -> Flow | None:
        """The way to a trunk; None when its name is unknown or its transport not ours."""
        for place in await resolve(trunk.host, trunk.port, trunk.transport):
            flow = self._flows.to(
                trunk.transport, place.host, place.port or DEFAULT_PORTS[trunk.transport], verify=place.name
            )
            if flow is not None:
                self._flows.known.add(place.host, asyncio.get_running_loop().time())
                return flow
        return None


def contact_uri(host: str, port: int, transport: str) -> Uri:
    """Ours, as others reach us."""
    uri = sip_uri("warmline", host, port)
    return uri if transport == "udp" else uri.with_params(transport=transport)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
