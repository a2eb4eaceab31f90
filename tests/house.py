"""A whole house for tests: real database, real sockets on loopback, a queue, an agent or two, and clients."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import uvicorn
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from warmline.channels.webchat.origins import allow_origin
from warmline.channels.webchat.session import WidgetSession
from warmline.domain.contact.commands import MakeOffer
from warmline.domain.journey.document import End, Enqueue, Goto, Journey, Menu, Option, Say, Survey
from warmline.features.contacts.assembly import ContactRooms, contact_rooms
from warmline.features.contacts.calls_wire import SignalWire
from warmline.features.desk.assembly import desk_hub
from warmline.features.desk.cards import CardCustomer
from warmline.features.desk.hub import DeskHub
from warmline.features.desk.presence import PresenceService
from warmline.features.desk.socket import DeskSession, allow_own_origin
from warmline.features.telephony.call_house import HouseCallRows
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.identity import AgentIdentity
from warmline.ports.socket import Route
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed
from warmline.runtime.keyring import Keyring
from warmline.runtime.notifier import Notifier
from warmline.runtime.sockets import SocketServer

WAIT_S = 10.0
SHOP = "https://shop.example"
FRONT = Journey(
    id="front",
    on_error=(End("t.bye"),),
    sections={
        "start": (
            Say("t.hello"),
            Menu(
                "t.menu",
                options=(
                    Option("agent", "t.agent", then=(Goto("agent"),)),
                    Option("bye", "t.bye", then=(End("t.bye"),)),
                ),
                give_up=(Goto("agent"),),
            ),
        ),
        "agent": (
            Enqueue(
                "orders",
                nobody_staffed=(End("t.closed", "message_taken"),),
                queue_full=(End("t.closed", "message_taken"),),
                overflow=(End("t.closed", "message_taken"),),
            ),
        ),
    },
)
CSAT = Journey(
    id="csat", kind="survey", on_error=(End("t.bye"),), sections={"start": (Survey("t.rate"), End("t.thanks"))}
)
TEXTS = {
    "t.hello": ("안녕하세요, 온다입니다.", "こんにちは、オンダです。", "Hello, this is Onda."),
    "t.menu": ("무엇을 도와드릴까요?", "ご用件をお選びください。", "How can we help?"),
    "t.agent": ("상담원", "担当者", "Agent"),
    "t.bye": ("감사합니다.", "ありがとうございました。", "Thank you."),
    "t.closed": ("지금은 상담원이 없어요.", "ただいま担当者がおりません。", "Nobody is here right now."),
    "t.rate": ("상담은 어떠셨나요?", "ご対応はいかがでしたか。", "How was it?"),
    "t.thanks": ("의견 감사합니다.", "ご意見ありがとうございます。", "Thank you for telling us."),
}


class Client(WSListener):
    """One socket from outside. `take` waits for the next frame of a kind; the others stay for later."""

    def __init__(self) -> None:
        super().__init__()
        self.transport: WSTransport | None = None
        self.frames: list[dict[str, Any]] = []
        self.closed: int | None = None
        self._news = asyncio.Event()

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self.frames.append(msgspec.json.decode(frame.get_payload_as_bytes()))
        elif frame.msg_type == WSMsgType.CLOSE:
            self.closed = int(frame.get_close_code())
            transport.disconnect()
        self._news.set()

    def send(self, **frame: object) -> None:
        assert self.transport is not None
        self.transport.send(WSMsgType.TEXT, msgspec.json.encode(frame))

    async def take(self, t: str, check: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
        async with asyncio.timeout(WAIT_S):
            while True:
                for at, frame in enumerate(self.frames):
                    if frame["t"] == t and check(frame):
                        return self.frames.pop(at)
                self._news.clear()
                await self._news.wait()

    async def event(self, kind: str, **fields: object) -> dict[str, Any]:
        """Wait for a live event of this kind with these fields."""
        return await self.take(
            "event", lambda f: f["e"]["kind"] == kind and all(f["e"].get(k) == v for k, v in fields.items())
        )

    async def ended(self) -> int:
        async with asyncio.timeout(WAIT_S):
            while self.closed is None:
                self._news.clear()
                await self._news.wait()
        return self.closed

    def drop(self) -> None:
        """Lose the connection without a word."""
        assert self.transport is not None
        self.transport.underlying_transport.abort()


@dataclass
class QuietBoard:
    """Nobody watches the board here."""

    def watch(self, tenant_id: str, tell: Callable[[object], None]) -> Any:
        tell({"at": datetime.now(UTC)})
        return self

    def close(self) -> None: ...


@dataclass
class House:
    database: Database
    rooms: ContactRooms
    hub: DeskHub
    sockets: SocketServer
    port: int
    agents: dict[str, AgentIdentity] = field(default_factory=dict)
    failures: list[BaseException] = field(default_factory=list)

    async def connect(self, path: str, **headers: str) -> Client:
        _, client = await ws_connect(Client, f"ws://127.0.0.1:{self.port}{path}", extra_headers=headers)
        assert isinstance(client, Client)
        return client

    async def widget(self, **hello: object) -> Client:
        client = await self.connect("/ws/widget", Origin=SHOP)
        client.send(**{"t": "hello", "v": 1, "key": "onda", "visitor": None, "locale": "ko", **hello})
        return client

    async def customer(self, **start: object) -> tuple[Client, dict[str, Any], dict[str, Any]]:
        """Return a customer who has opened a contact: client, welcome, opened."""
        client = await self.widget()
        welcome = await client.take("welcome")
        client.send(**{"t": "start", "cid": str(new_id()), "locale": "ko", **start})
        return client, welcome, await client.take("opened")

    async def desk(self, name: str = "mina", **hello: object) -> Client:
        client = await self.connect("/ws/desk", Cookie=f"warmline_session={name}")
        client.send(**{"t": "hello", "v": 1, "contacts": {}, "device": "tab", **hello})
        return client

    async def offer(self, contact_id: str, name: str = "mina") -> UUID:
        """Decide as the router would."""
        offer_id = new_id()
        until = datetime.now(UTC) + timedelta(seconds=20)
        await self.rooms.service.command(
            "onda", UUID(contact_id), MakeOffer(offer_id, self.agents[name].agent_id, until)
        )
        return offer_id

    def staffed(self, number: int = 1) -> None:
        part = {"queue_id": "orders", "epoch": 1, "turn": number, "waiting": 0, "staffed": number}
        self.rooms.facts.queues_told("onda", msgspec.json.encode(part).decode())


async def furnish(database: Database) -> dict[str, AgentIdentity]:
    """Write a shop's settings: queue, survey, journey, prompts, widget, two agents."""
    now = datetime.now(UTC)
    agents: dict[str, AgentIdentity] = {}
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO queue (tenant_id, id, name, survey_journey_id)"
            " VALUES ('onda', 'orders', $1, 'csat'), ('onda', 'general', $1, NULL)",
            {"ko": "주문", "ja": "注文", "en": "Orders"},
        )
        for journey in (FRONT, CSAT):
            await conn.execute(
                "INSERT INTO journey (tenant_id, id, version, document, published_at)"
                " VALUES ('onda', $1, 1, $2, $3)",
                journey.id, journey, now,
            )  # fmt: skip
        for key, texts in TEXTS.items():
            for locale, text in zip(("ko", "ja", "en"), texts, strict=True):
                await conn.execute(
                    "INSERT INTO prompt (tenant_id, key, locale, channel, text, updated_at)"
                    " VALUES ('onda', $1, $2, 'written', $3, $4)", key, locale, text, now,
                )  # fmt: skip
        await conn.execute(
            "INSERT INTO widget (tenant_id, key, name, greeting, origins, journey_id)"
            " VALUES ('onda', 'onda', $1, $1, $2, 'front')",
            {"ko": "온다", "ja": "オンダ", "en": "Onda"},
            [SHOP],
        )
        for name, roles in (("mina", ("agent",)), ("yuki", ("agent",)), ("sora", ("agent", "supervisor"))):
            agents[name] = AgentIdentity("onda", new_id(), name.title(), roles, "ko")
            await conn.execute(
                "INSERT INTO agent (tenant_id, id, email, name, roles, created_at)"
                " VALUES ('onda', $1, $2, $3, $4, $5)",
                agents[name].agent_id, f"{name}@onda.example", name.title(), list(roles), now,
            )  # fmt: skip
    return agents


@asynccontextmanager
async def build(
    database: Database,
    keyring: Keyring,
    committer: Committer,
    feed: Feed,
    notifier: Notifier,
    pages: Any = None,
    **options: Any,
) -> AsyncIterator[House]:
    """Open a house on loopback; a failure of any of its tasks is kept in `failures`.

    `pages`: an ASGI application for everything but sockets, for tests with a browser.
    """
    failures: list[BaseException] = []
    tasks = TaskRegistry(lambda name, failure: failures.append(failure))
    agents = await furnish(database)
    rooms = contact_rooms(
        database, keyring, committer, feed, notifier, tasks, lambda name, failure: failures.append(failure)
    )
    await rooms.warm()

    async def authenticate(cookie: str | None, origin: str | None) -> AgentIdentity | None:
        return agents.get((cookie or "").removeprefix("warmline_session="))

    async def names(tenant_id: str, ids: list[UUID]) -> dict[UUID, CardCustomer]:
        return {id: CardCustomer(id, "김하늘", True) for id in ids}

    presence = PresenceService(database, feed, rooms.service.command)
    wire = SignalWire(feed, HouseCallRows(database).takers)
    hub = desk_hub(rooms, feed, presence, QuietBoard(), names, tasks, rooms.report, wire)
    chat = rooms.chat
    chat.wire = wire
    sockets = SocketServer(
        [
            Route("/ws/widget", allow_origin(chat), lambda o, w: WidgetSession(chat, tasks, rooms.report, o, w)),
            Route("/ws/desk", allow_own_origin(frozenset()), lambda o, w: DeskSession(hub, authenticate, o, w)),
        ],
        tasks,
        **{"per_address_s": None, **options},
    )

    async def app(scope: Any, receive: Any, send: Any) -> None: ...

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(pages or app, ws=sockets.protocol, http="httptools", lifespan="off", log_level="warning")
    )
    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve(sockets=[listener]))
        while not server.started:
            await asyncio.sleep(0.005)
        house = House(database, rooms, hub, sockets, listener.getsockname()[1], agents, failures)
        house.staffed()
        try:
            yield house
        finally:
            server.should_exit = True
    await tasks.close()
