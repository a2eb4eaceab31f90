"""Durable chat, end to end: customer → commit → agent → commit → customer, through the real sockets and sessions.

An open loop: round trips begin on a fixed beat whatever the server does, and each is timed from the moment it
was due. The server and its PostgreSQL share the machine with the load. CPU times are measured apart, for on a busy
machine they say more than the latencies. Run:
`python benchmarks/chat_round_trip.py [--conversations 5000] [--rate 1000] [--seconds 20]`.
"""

import argparse
import asyncio
import contextlib
import json
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from warmline.kernel.ids import new_id
from warmline.runtime.garbage import calm_collector

sys.path.insert(0, str(Path(__file__).parent))  # found by path and as a module alike
from process_costs import Spent, rss_mb

TEXT = "주문번호 20260105-7 상품이 아직 도착하지 않았습니다. 언제쯤 받을 수 있을까요?"
ANSWER = "확인했습니다. 오늘 출고되어 내일 오후에 도착할 예정이에요. 기다려 주셔서 감사합니다."
AGENTS = 50
BEAT_S = 0.001  # how often the load looks whether a round trip is due
ENCODE = msgspec.json.Encoder().encode
EVENT = b'{"t":"event","contact":"'
BY_AGENT = b'"author":"agent"'
BY_CUSTOMER = b'"author":"customer"'
SAY_FRAME = b'{"t":"say","cid":"%s","text":"%s ' + TEXT.encode() + b'"}'
ANSWER_FRAME = (
    b'{"t":"cmd","cid":"a%s","contact":"%s","c":{"kind":"agent_message","text":"%s ' + ANSWER.encode() + b'"}}'
)


# --- the server ----------------------------------------------------------------------------------


async def serve(folder: Path, conversations: int) -> None:
    import uvicorn

    from warmline.channels.webchat.origins import allow_origin
    from warmline.channels.webchat.session import WidgetSession
    from warmline.features.contacts.assembly import contact_rooms
    from warmline.features.desk.assembly import desk_hub
    from warmline.features.desk.cards import CardCustomer
    from warmline.features.desk.presence import PresenceService
    from warmline.features.desk.socket import DeskSession, allow_own_origin
    from warmline.kernel.tasks import TaskRegistry
    from warmline.ports.identity import AgentIdentity
    from warmline.ports.socket import Route
    from warmline.runtime.committer import Committer
    from warmline.runtime.database import Database
    from warmline.runtime.feed import Feed
    from warmline.runtime.keyring import Keyring
    from warmline.runtime.master_keys import MasterKeys
    from warmline.runtime.migrate import migrate
    from warmline.runtime.notifier import Notifier
    from warmline.runtime.postgres import EmbeddedPostgres
    from warmline.runtime.sockets import SocketServer

    def report(name: str, failure: BaseException) -> None:
        print(name, repr(failure), file=sys.stderr)

    postgres = EmbeddedPostgres(folder / "pg")
    postgres.start()
    try:
        await migrate(postgres.admin_url, app_password=postgres.app_password)
        database = await Database.open(postgres.url, max_size=10)
        async with database.system() as conn:
            await conn.execute(
                "INSERT INTO tenant (id, name, created_at) VALUES ('onda', 'Onda', now()) ON CONFLICT DO NOTHING"
            )
        keyring = await Keyring.open(database, MasterKeys((b"k" * 32,)))
        notifier = Notifier(database)
        committer = Committer(database, keyring, notifier)
        feed = Feed(database, keyring, committer, notifier)
        for part in (notifier, committer, feed):
            part.start()
        tasks = TaskRegistry(report)
        agents = {f"a{n}": AgentIdentity("onda", new_id(), f"Agent {n}", ("agent",), "ko") for n in range(AGENTS)}
        await furnish(database, [(a.agent_id, a.name) for a in agents.values()])
        rooms = contact_rooms(database, keyring, committer, feed, notifier, tasks, report)
        await rooms.warm()
        people = await converse(rooms, list(agents.values()), conversations)
        (folder / "people.json").write_text(json.dumps(people))

        async def authenticate(cookie: str | None, origin: str | None) -> AgentIdentity | None:
            return agents.get(cookie or "")

        async def names(tenant_id: str, ids: list[UUID]) -> dict[UUID, CardCustomer]:
            return {id: CardCustomer(id) for id in ids}

        class NoBoard:
            def watch(self, tenant_id: str, tell: object) -> "NoBoard":
                return self

            def close(self) -> None: ...

        presence = PresenceService(database, feed, rooms.service.command)
        hub = desk_hub(rooms, feed, presence, NoBoard(), names, tasks, report)
        chat = rooms.chat
        sockets = SocketServer(
            [
                Route("/ws/widget", allow_origin(chat), lambda o, w: WidgetSession(chat, tasks, report, o, w)),
                Route(
                    "/ws/desk", allow_own_origin(frozenset()), lambda o, w: DeskSession(hub, authenticate, o, w)
                ),
            ],
            tasks,
            per_address_s=None,
        )

        async def app(scope: object, receive: object, send: object) -> None: ...

        listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
        calm_collector()
        postmaster = int((folder / "pg" / "cluster" / "postmaster.pid").read_text().split("\n", 1)[0])
        print(json.dumps({"port": listener.getsockname()[1], "postgres": postmaster}), flush=True)
        config = uvicorn.Config(app, ws=sockets.protocol, http="httptools", lifespan="off", log_level="warning")
        await uvicorn.Server(config).serve(sockets=[listener])
    finally:
        postgres.stop()


async def furnish(database: object, agents: list[tuple[UUID, str]]) -> None:
    """Write the least a conversation needs: a queue, a journey that leads into it, a widget, agents."""
    from warmline.domain.journey.document import End, Enqueue, Journey
    from warmline.runtime.database import Database

    assert isinstance(database, Database)
    now = datetime.now(UTC)
    closed = (End("common.goodbye", "message_taken"),)
    waits = Enqueue("orders", nobody_staffed=closed, queue_full=closed, overflow=closed)
    front = Journey(id="front", on_error=closed, sections={"start": (waits,)})
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO queue (tenant_id, id, name) VALUES ('onda', 'orders', $1)", {"en": "Orders"}
        )
        await conn.execute(
            "INSERT INTO journey (tenant_id, id, version, document, published_at)"
            " VALUES ('onda', 'front', 1, $1, $2)",
            front,
            now,
        )
        await conn.execute(
            "INSERT INTO widget (tenant_id, key, name, greeting, origins, journey_id)"
            " VALUES ('onda', 'onda', $1, $1, $2, 'front')",
            {"en": "Onda"},
            [],
        )
        await conn.executemany(
            "INSERT INTO agent (tenant_id, id, email, name, roles, created_at)"
            " VALUES ('onda', $1, $2, $2, ARRAY['agent'], $3)",
            [(id, name, now) for id, name in agents],
        )


async def converse(rooms: object, agents: list[object], conversations: int) -> list[tuple[str, str, int]]:
    """Open conversations and connect each with an agent; return (visitor token, contact, agent number)."""
    from warmline.domain.contact.commands import AcceptOffer, MakeOffer
    from warmline.features.contacts.assembly import ContactRooms
    from warmline.ports.identity import AgentIdentity

    assert isinstance(rooms, ContactRooms)
    part = {"queue_id": "orders", "epoch": 1, "turn": 1, "waiting": 0, "staffed": 1}
    rooms.facts.queues_told("onda", ENCODE(part).decode())
    widget = rooms.facts.widget("onda")
    assert widget is not None
    room = asyncio.Semaphore(32)
    people: list[tuple[str, str, int]] = []

    async def one(number: int) -> None:
        async with room:
            agent = agents[number % AGENTS]
            assert isinstance(agent, AgentIdentity)
            visitor = await rooms.visitors.newcomer("onda")
            contact = await rooms.chat.start(widget, visitor, "ko", page=None, attributes={})
            offer_id = new_id()
            until = datetime.now(UTC) + timedelta(minutes=5)
            await rooms.service.command("onda", contact.id, MakeOffer(offer_id, agent.agent_id, until))
            await rooms.service.command("onda", contact.id, AcceptOffer(agent.agent_id, agent.name, offer_id))
            people.append((visitor.token, str(contact.id), number % AGENTS))

    async with asyncio.TaskGroup() as group:
        for number in range(conversations):
            group.create_task(one(number))
    return people


# --- the load ------------------------------------------------------------------------------------


OnText = Callable[[WSTransport, bytes], None]


class Socket(WSListener):
    def __init__(self, on_text: OnText) -> None:
        super().__init__()
        self.on_text = on_text

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self.on_text(transport, frame.get_payload_as_bytes())


class Load:
    """Customers and agents. A customer's text carries the number of its round trip; the agent repeats it.

    It looks for what it needs instead of reading whole frames: the load must not take the server's time.
    """

    def __init__(self, port: int) -> None:
        self.url = f"ws://127.0.0.1:{port}"
        self.began: dict[bytes, float] = {}
        self.took: list[float] = []
        self.welcomed = 0
        self.followed = 0
        self.refused = 0
        self.counting = False
        self.customers: list[WSTransport] = []
        self.desks: list[WSTransport] = []

    async def open(self, path: str, on_text: OnText, cookie: str | None = None) -> WSTransport:
        headers = {"Cookie": cookie} if cookie else None
        return (await ws_connect(lambda: Socket(on_text), self.url + path, extra_headers=headers))[0]

    def at_customer(self, _: WSTransport, data: bytes) -> None:
        if data.startswith(EVENT):
            if BY_AGENT in data:
                began = self.began.pop(number_in(data), None)
                if began is not None and self.counting:
                    self.took.append(time.perf_counter() - began)
        elif data.startswith(b'{"t":"welcome"'):
            self.welcomed += 1
        elif data.startswith(b'{"t":"error"'):
            self.refused += 1

    def at_agent(self, transport: WSTransport, data: bytes) -> None:
        if data.startswith(EVENT):
            if BY_CUSTOMER in data:
                contact = data[len(EVENT) : len(EVENT) + 36]
                transport.send(WSMsgType.TEXT, ANSWER_FRAME % (number_in(data), contact, number_in(data)))
        elif data.startswith(b'{"t":"history"'):
            self.followed += 1
        elif data.startswith(b'{"t":"error"'):
            self.refused += 1

    async def connect(self, people: list[tuple[str, str, int]]) -> None:
        for number in range(AGENTS):
            desk = await self.open("/ws/desk", self.at_agent, f"a{number}")
            desk.send(WSMsgType.TEXT, ENCODE({"t": "hello", "v": 1, "contacts": {}, "device": "bench"}))
            self.desks.append(desk)
        for start in range(0, len(people), 50):
            for token, contact, _ in people[start : start + 50]:
                customer = await self.open("/ws/widget", self.at_customer)
                hello = {"t": "hello", "v": 1, "key": "onda", "visitor": token, "locale": "ko", "contact": contact}
                customer.send(WSMsgType.TEXT, ENCODE(hello))
                self.customers.append(customer)
            while self.welcomed < len(self.customers):  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        while self.followed < len(people):  # noqa: ASYNC110 -- the desks follow all of their conversations
            await asyncio.sleep(0.05)

    async def beat(self, rate: float, seconds: float, tag: bytes) -> None:
        """Begin round trips on a fixed beat; each counts from when it was due, however late it is sent."""
        start = time.perf_counter()
        number, total = 0, int(rate * seconds)
        while number < total:
            now = time.perf_counter()
            while number < total and (due := start + number / rate) <= now:
                name = tag + b"%d" % number
                self.began[name] = due
                self.customers[number % len(self.customers)].send(WSMsgType.TEXT, SAY_FRAME % (name, name))
                number += 1
            await asyncio.sleep(BEAT_S)
        async with asyncio.timeout(30):
            while self.began:  # noqa: ASYNC110 -- on purpose: an event would cost on each round trip
                await asyncio.sleep(0.01)


def number_in(data: bytes) -> bytes:
    """Return the first word of an event's text."""
    at = data.index(b'"text":"') + 8
    return data[at : data.index(b" ", at)]


async def run(
    port: int, people: list[tuple[str, str, int]], rate: float, seconds: float, server: int, postgres: int
) -> tuple[Load, float, tuple[float, float, float]]:
    load = Load(port)
    before_mb = rss_mb(server)
    pinging = asyncio.get_running_loop().create_task(ping(load))
    await load.connect(people)
    await asyncio.sleep(1)
    held = len(load.customers) + AGENTS
    each_kb = (rss_mb(server) - before_mb) * 1024 / held
    print(f"{held:,} sockets with real sessions in one process: {each_kb:.1f} KB each (target <= 12)", flush=True)
    with contextlib.suppress(TimeoutError):
        await load.beat(rate / 2, 5, b"w")  # warm up
    calm_collector()
    load.counting = True
    spent = Spent(server, postgres)
    began = time.perf_counter()
    with contextlib.suppress(TimeoutError):
        await load.beat(rate, seconds, b"r")
    elapsed = time.perf_counter() - began
    pinging.cancel()
    return load, elapsed, spent.read()


async def ping(load: Load) -> None:
    while True:
        await asyncio.sleep(8)
        for at, one in enumerate([*load.desks, *load.customers]):
            one.send(WSMsgType.TEXT, b'{"t":"ping"}')
            if at % 100 == 99:
                await asyncio.sleep(0.01)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--serve", type=Path)
    arguments.add_argument("--conversations", type=int, default=5_000)
    arguments.add_argument("--rate", type=float, default=1_000)
    arguments.add_argument("--seconds", type=float, default=20)
    given = arguments.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))
    if given.serve:
        uvloop.run(serve(given.serve, given.conversations))
        return
    folder = Path(tempfile.mkdtemp(prefix="warmline-bench-"))
    folder.chmod(0o711)
    command = [sys.executable, __file__, "--serve", str(folder), "--conversations", str(given.conversations)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        if not line:
            raise SystemExit("The server did not start.")
        ready = json.loads(line)
        people = json.loads((folder / "people.json").read_text())
        load, elapsed, spent_s = uvloop.run(
            run(ready["port"], people, given.rate, given.seconds, server.pid, ready["postgres"])
        )
        took = sorted(load.took)
        if not took:
            raise SystemExit("No round trip was completed.")
        p50, p99 = (took[int(len(took) * share)] * 1000 for share in (0.50, 0.99))
        of_server, of_postgres, of_load = (cpu_s / len(took) * 1e6 for cpu_s in spent_s)
        print(
            f"{len(took):,} durable round trips at {len(took) / elapsed:,.0f}/s over {given.conversations:,} open"
            f" conversations: p50 {p50:.1f} ms, p99 {p99:.1f} ms (target p99 <= 40 at 1,000/s);"
            f" refused {load.refused}, unanswered {len(load.began)}"
        )
        print(
            f"CPU a round trip: server {of_server:.0f} µs, PostgreSQL {of_postgres:.0f} µs, load {of_load:.0f} µs;"
            f" {(sum(spent_s)) / elapsed:.2f} cores in all; server {rss_mb(server.pid):.0f} MB"
        )
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
