"""A whole house with a telephone, as real processes: PostgreSQL, web, worker, voice and its media worker.

Every house has ports, data and people of its own: a journey of a few steps, a queue, five agents, two desk phones.
"""

import asyncio
import json
import random
import shutil
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from tests.e2e.voice_ports import certificate, port_range, sip_port
from tests.free_ports import free_port

from warmline.domain.journey.codec import write_journey
from warmline.domain.journey.document import (
    Ask,
    Block,
    Callback,
    DigitsInput,
    End,
    Enqueue,
    Goto,
    Journey,
    Menu,
    Option,
    Say,
    Var,
    Voicemail,
)
from warmline.features.telephony.recordings import Opened, Recordings
from warmline.features.telephony.secrets import realm_of
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring
from warmline.runtime.master_keys import MasterKeys
from warmline.runtime.migrate import migrate
from warmline.runtime.postgres import EmbeddedPostgres
from warmline.runtime.signals import SIGNAL_CHANNEL, decode_signal
from warmline.supervisor import Role, Supervisor
from warmline_demo.content.company import CAPACITY, TENANT_ID
from warmline_demo.content.rows import insert
from warmline_demo.content.seed import seed_demo
from warmline_demo.content.team import DEMO_PASSWORD
from warmline_demo.content.telephone import callers_port, phone_key, phone_key_path, phone_password

START_S = 120.0
QUEUE, EMPTY = "calls", "empty"  # nobody serves the second
MENU, PERSON, RECORDED, PROMISED, MESSAGE, NOBODY = "7001", "7002", "7003", "7004", "7005", "7006"  # to dial
MINA, PHONE, SOFIA, LEADER, KEEPER = (
    "agent@onda.example", "colleague01@onda.example", "colleague10@onda.example", "supervisor@onda.example",
    "colleague08@onda.example",
)  # fmt: skip
PHONE_EXTENSION = "2001"  # on the desk of PHONE
SECOND, SECOND_EXTENSION = "colleague05@onda.example", "2002"  # another agent with a desk phone
TEXTS = {
    "e2e.title": "Telephone test",
    "e2e.what": "Thank you for calling the test house. Please choose what you would like to do today, and take all"
    " the time you need, because this sentence is long on purpose and goes on for quite a while.",
    "e2e.person": "a person",
    "e2e.account": "your account",
    "e2e.message": "a message",
    "e2e.number": "Please enter your four digits.",
    "e2e.thanks": "Thank you.",
    "e2e.leave": "Please leave a message.",
    "e2e.bye": "Good bye.",
}


def _nobody() -> Block:
    return (Goto("message"),)


def _line(queue: str) -> Block:
    return (Enqueue(queue, nobody_staffed=_nobody(), queue_full=_nobody(), overflow=_nobody()),)


def _journey(name: str, start: Block) -> Journey:
    bye: Block = (End("e2e.bye"),)
    return Journey(
        id=name,
        title="e2e.title",
        on_error=bye,
        parameters=("caller_number",),
        pii=("caller_number",),
        sections={
            "start": start,
            "account": (
                Ask("number", "e2e.number", DigitsInput(4, 4), give_up=bye),
                Say("e2e.thanks"),
                Goto("agent"),
            ),
            "agent": _line(QUEUE),
            "promise": (Callback(QUEUE, give_up=bye, phone=Var("caller_number")),),
            "message": (
                Voicemail("e2e.leave", done=(End("e2e.thanks", "message_taken"),), give_up=bye, max_s=30),
            ),
        },
    )


JOURNEYS = {
    MENU: _journey(
        "e2e-menu",
        (
            Menu(
                "e2e.what",
                options=(
                    Option("person", "e2e.person", then=(Goto("agent"),)),
                    Option("account", "e2e.account", then=(Goto("account"),)),
                    Option("message", "e2e.message", then=(Goto("message"),)),
                ),
                give_up=(Goto("agent"),),
            ),
        ),
    ),
    PERSON: _journey("e2e-person", (Goto("agent"),)),
    RECORDED: _journey("e2e-recorded", (Goto("agent"),)),
    PROMISED: _journey("e2e-promised", (Goto("promise"),)),
    MESSAGE: _journey("e2e-message", (Goto("message"),)),
    NOBODY: _journey("e2e-nobody", _line(EMPTY)),
}


class VoiceHouse:
    """One installation in `folder`; `roles` keeps its processes alive as `warmline up` does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = EmbeddedPostgres(folder / "postgres")
        self.roles = Supervisor(folder / "logs", lambda text: None)
        self.port, self.sip_port, self.sips_port = free_port(), sip_port(), free_port()
        low = port_range()
        self.media_ports = (low, low + 399)
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.database: Database | None = None
        self._running: asyncio.Task[None] | None = None
        self._url = ""

    @property
    def callers_port(self) -> int:
        """Where the house calls the outside world: the test."""
        return callers_port(self.sip_port)

    @property
    def realm(self) -> str:
        return realm_of(TENANT_ID)

    def phone_password(self, extension: str) -> str:
        return phone_password(phone_key(phone_key_path(self.folder)), extension)

    async def start(self) -> None:
        """Create, seed and start everything; return when web and telephone answer."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._url = await asyncio.to_thread(self.postgres.start)
        await migrate(self.postgres.admin_url, app_password=self.postgres.app_password)
        await seed_demo(self._url, self.folder, self.base_url, free_port(), self.sip_port)
        self.database = await Database.open(self._url)
        await self._seed()
        (self.folder / "speech.json").write_text(
            json.dumps({"order": {one: ["espeak-ng"] for one in ("ko", "ja", "en")}})
        )
        await asyncio.to_thread(certificate, self.folder)
        children = [self.role(name) for name in ("web", "worker", "voice")]
        self._running = asyncio.create_task(self.roles.run(children))  # noqa: TID251 -- held until `stop`
        await self.until_ready()

    def role(self, name: str) -> Role:
        low, high = self.media_ports
        environment = {
            "WARMLINE_DATABASE_URL": self._url,
            "WARMLINE_ADMIN_DATABASE_URL": "",
            "WARMLINE_DATA_DIR": str(self.folder),
            "WARMLINE_HOST": "127.0.0.1",
            "WARMLINE_PORT": str(self.port),
            "WARMLINE_DEMO": "true",
            "WARMLINE_LOG_LEVEL": "info",
            "WARMLINE_SIP_PORT": str(self.sip_port),
            "WARMLINE_SIPS_PORT": str(self.sips_port),
            "WARMLINE_SIPS_CERTIFICATE": str(self.folder / "cert.pem"),
            "WARMLINE_SIPS_KEY": str(self.folder / "key.pem"),
            "WARMLINE_MEDIA_PORTS": f"{low}-{high}",
            "WARMLINE_VOICE_DRAIN_S": "1",
        }
        return Role(name, [sys.executable, "-m", "warmline.cli", name], environment)

    async def until_ready(self) -> None:
        """Wait until web and telephone answer. Raises AssertionError with the end of their logs."""
        deadline = asyncio.get_running_loop().time() + START_S
        while not (await self.web_answers() and await self.telephone_answers()):
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError("The house does not start.\n" + self.logs())
            await asyncio.sleep(0.1)

    async def web_answers(self) -> bool:
        try:
            async with httpx.AsyncClient(timeout=1.0, trust_env=False) as client:
                return (await client.get(f"{self.base_url}/readyz")).status_code == 200
        except httpx.HTTPError:
            return False

    async def telephone_answers(self) -> bool:
        """Whether an OPTIONS is answered."""
        loop = asyncio.get_running_loop()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 0))
            probe.setblocking(False)
            own = probe.getsockname()[1]
            lines = [
                f"OPTIONS sip:127.0.0.1:{self.sip_port} SIP/2.0",
                f"Via: SIP/2.0/UDP 127.0.0.1:{own};branch=z9hG4bK{random.getrandbits(64):x};rport",
                f"From: <sip:probe@127.0.0.1>;tag={random.getrandbits(32):x}",
                "To: <sip:house@127.0.0.1>", f"Call-ID: {random.getrandbits(64):x}", "CSeq: 1 OPTIONS",
                "Max-Forwards: 70", "Content-Length: 0", "", "",
            ]  # fmt: skip
            try:
                probe.sendto("\r\n".join(lines).encode(), ("127.0.0.1", self.sip_port))
                async with asyncio.timeout(0.5):
                    return (await loop.sock_recv(probe, 4096)).startswith(b"SIP/2.0 2")
            except (OSError, TimeoutError):
                return False

    def logs(self, lines: int = 40) -> str:
        """The end of every role's log."""
        found: list[str] = []
        for path in sorted((self.folder / "logs").glob("*.log")):
            found += [f"--- {path.name}", *path.read_text(errors="replace").splitlines()[-lines:]]
        return "\n".join(found)

    def whole_logs(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in (self.folder / "logs").glob("*.log"))

    async def rows(self, query: str, *values: object) -> list[Any]:
        """Ask the database as the house does, as the company of the tests."""
        assert self.database is not None
        async with self.database.tenant(TENANT_ID) as connection:
            return await connection.fetch(query, *values)

    @asynccontextmanager
    async def staffed(self) -> AsyncIterator[None]:
        """Return when the queue of the calls is known to be staffed, by who comes on shift meanwhile."""
        assert self.database is not None
        told = asyncio.Event()

        def heard(*notified: Any) -> None:
            signal = decode_signal(notified[3])
            if signal.name == "queues" and (part := json.loads(signal.payload))["queue_id"] == QUEUE:
                (told.set if part.get("staffed") else told.clear)()

        ear = await self.database.dedicated("e2e")
        try:
            await ear.add_listener(SIGNAL_CHANNEL, heard)
            yield
            async with asyncio.timeout(30):
                await told.wait()
        finally:
            await ear.close()

    async def newest_contact(self, after: set[UUID]) -> UUID | None:
        """The contact that is not among these, if there is one."""
        found = await self.rows(
            "SELECT id FROM contact WHERE tenant_id = $1 AND NOT id = ANY($2) ORDER BY opened_at DESC LIMIT 1",
            TENANT_ID, list(after),
        )  # fmt: skip
        return found[0]["id"] if found else None

    async def contacts(self) -> set[UUID]:
        return {row["id"] for row in await self.rows("SELECT id FROM contact WHERE tenant_id = $1", TENANT_ID)}

    async def open_calls(self) -> int:
        rows = await self.rows(
            "SELECT count(*) AS open FROM call WHERE tenant_id = $1 AND ended_at IS NULL", TENANT_ID
        )
        return rows[0]["open"]

    async def recording_of(self, contact: UUID | str) -> Opened:
        """Wait until the contact's newest recording is complete, and open it."""
        assert self.database is not None
        keyring = await Keyring.open(self.database, MasterKeys.load(None, self.folder / "master.key"))
        recordings = Recordings(self.database, keyring, self.folder / "recordings")
        async with asyncio.timeout(30):
            while True:
                found = await recordings.of_contact(TENANT_ID, UUID(str(contact)))
                if found and found[-1].state == "ready":
                    break
                await asyncio.sleep(0.1)
        return await recordings.readable(TENANT_ID, found[-1].id)

    async def stop(self) -> None:
        if self.database is not None:
            await self.database.close()
        await self.roles.stop()
        if self._running is not None:
            await self._running
        await asyncio.to_thread(self.postgres.stop)

    async def _seed(self) -> None:
        assert self.database is not None
        name = dict.fromkeys(("ko", "ja", "en"), "Calls")
        served = [{"queue_id": QUEUE, "priority": 1, "delay_s": 0}]
        async with self.database.tenant(TENANT_ID) as connection, connection.transaction():
            for id in (QUEUE, EMPTY):
                queue = {"id": id, "name": name, "calendar_id": "always", "wrap_up_s": 0, "offer_s": 30,
                         "dispositions": [{"id": "solved", "name": name}]}  # fmt: skip
                await insert(connection, "queue", queue)
            profile = {"id": "e2e", "name": name, "capacity": CAPACITY | {"voice": 1},
                       "media": {"exclusive": ["voice"]}, "queues": served}  # fmt: skip
            await insert(connection, "routing_profile", profile)
            await connection.execute(
                "UPDATE agent SET routing_profile_id = 'e2e' WHERE tenant_id = $1 AND email = ANY($2)",
                TENANT_ID, [MINA, PHONE, SECOND, SOFIA, LEADER, KEEPER],
            )  # fmt: skip
            await connection.execute(
                "UPDATE trunk SET inband_digits = true, srtp = 'optional' WHERE tenant_id = $1", TENANT_ID
            )
            for key, text in TEXTS.items():
                for locale in ("ko", "ja", "en"):
                    row = {
                        "key": key,
                        "locale": locale,
                        "channel": "written",
                        "text": text,
                        "updated_at": utc_now(),
                    }
                    await insert(connection, "prompt", row)
            for number, journey in JOURNEYS.items():
                document = json.loads(write_journey(journey))
                row = {"id": journey.id, "version": 1, "document": document, "published_at": utc_now()}
                await insert(connection, "journey", row)
                recorded = "announced" if number == RECORDED else "never"
                row = {"id": journey.id, "number": number, "name": name, "journey_id": journey.id, "locale": "en",
                       "record": recorded}  # fmt: skip
                await insert(connection, "phone_number", row)

    async def sign_in(self, email: str) -> str:
        """Return the Cookie header of a fresh session."""
        async with httpx.AsyncClient(base_url=self.base_url, timeout=30, trust_env=False) as client:
            body = {"tenant": TENANT_ID, "email": email, "password": DEMO_PASSWORD}
            answer = await client.post("/api/auth/login", json=body, headers={"Origin": self.base_url})
            answer.raise_for_status()
            return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())


@asynccontextmanager
async def voice_house() -> AsyncIterator[VoiceHouse]:
    """A running house in a folder of its own that the database's account can reach; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="warmline-voice-"))
    folder.chmod(0o711)
    house = VoiceHouse(folder)
    try:
        await house.start()
        yield house
    finally:
        await house.stop()
        shutil.rmtree(folder, ignore_errors=True)
