"""Twenty calls in every state, a process is killed under them: what each end heard, and for how long nothing.

Bridged calls are heard at both ends by their tones; in line there is music, in the menu a voice.
"""

import asyncio
import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from tests.e2e.voice_house import PERSON, PHONE, PHONE_EXTENSION, QUEUE, VoiceHouse
from tests.e2e.voice_people import DeskAgent, Person, until

from chaos.voice_callers import Ear, Street, caller_number
from warmline.domain.journey.codec import write_journey
from warmline.domain.journey.document import End, Enqueue, Goto, Journey, Say
from warmline.runtime.clock import utc_now
from warmline.supervisor import Role
from warmline_demo.content.company import CAPACITY, TENANT_ID
from warmline_demo.content.rows import insert

Victim = Literal["web", "worker", "database"]
STORY = "7010"  # a long announcement, then the line
SENTENCE = (
    "We are glad that you call, and we tell you at length what we have done for you in the year that is over."
)
BRIDGED, WAITING, LISTENING = 7, 7, 6
SILENCE_AT_MOST_S = 3.0
BEFORE_S, AFTER_S = 1.0, 2.0
CALLER_HZ, AGENT_HZ, HZ_STEP = 400.0, 1500.0, 50.0


class StormHouse(VoiceHouse):
    """A voice house where one agent may hold many calls at once, and calls may last while it is asked to stop."""

    def __init__(
        self, folder: Path, *, drain_s: int = 60, calls_an_agent: int = BRIDGED, audio_ports: int = 400
    ) -> None:
        super().__init__(folder)
        self._drain_s = drain_s
        self.media_ports = (self.media_ports[0], self.media_ports[0] + audio_ports - 1)
        self.calls_an_agent = calls_an_agent

    def role(self, name: str) -> Role:
        role = super().role(name)
        extra = {"WARMLINE_VOICE_DRAIN_S": str(self._drain_s)}
        return Role(name, role.command, {**role.environment, **extra})

    async def _seed(self) -> None:
        await super()._seed()
        assert self.database is not None
        name = dict.fromkeys(("ko", "ja", "en"), "Storm")
        async with self.database.tenant(TENANT_ID) as connection, connection.transaction():
            row = {"id": "storm", "name": name, "capacity": CAPACITY | {"voice": self.calls_an_agent},
                   "queues": [{"queue_id": QUEUE, "priority": 1, "delay_s": 0}]}  # fmt: skip
            await insert(connection, "routing_profile", row)
            await connection.execute(
                "UPDATE agent SET routing_profile_id = 'storm' WHERE tenant_id = $1 AND email = $2",
                TENANT_ID,
                PHONE,
            )
            for locale in ("ko", "ja", "en"):
                text = " ".join([SENTENCE] * 3)
                row = {"key": "e2e.story", "locale": locale, "channel": "written", "text": text,
                       "updated_at": utc_now()}  # fmt: skip
                await insert(connection, "prompt", row)
            bye = (End("e2e.bye"),)
            line = (Enqueue(QUEUE, nobody_staffed=bye, queue_full=bye, overflow=bye),)
            story = Journey(
                id="e2e-story", title="e2e.title", on_error=bye, parameters=("caller_number",),
                pii=("caller_number",), sections={"start": (Say("e2e.story"), Say("e2e.story"), Goto("agent")),
                                                  "agent": line},
            )  # fmt: skip
            row = {
                "id": story.id,
                "version": 1,
                "document": json.loads(write_journey(story)),
                "published_at": utc_now(),
            }
            await insert(connection, "journey", row)
            row = {"id": story.id, "number": STORY, "name": name, "journey_id": story.id, "locale": "en",
                   "record": "never"}  # fmt: skip
            await insert(connection, "phone_number", row)

    # --- what is struck --------------------------------------------------------------------------------

    async def strike(self, victim: Victim) -> None:
        """Kill -9, and return once it serves again."""
        if victim == "database":
            before = self.postgres.restarts
            self.kill(self.postgres.pid)
            await until(lambda: self.postgres.restarts > before and self.postgres.ready, "PostgreSQL is back")
            await self.until_ready()
            return
        pid = self.roles.pid(victim)
        self.kill(pid)
        await until(lambda: self.roles.pid(victim) not in (None, pid), f"{victim} is started again")
        await self.until_ready()

    @staticmethod
    def kill(pid: int | None, how: signal.Signals = signal.SIGKILL) -> None:
        assert pid is not None
        os.kill(pid, how)

    def media_pids(self) -> list[int]:
        """The media workers of the voice process."""
        voice = self.roles.pid("voice")
        found: list[int] = []
        for entry in os.scandir("/proc"):
            if entry.name.isdigit():
                try:
                    with open(f"{entry.path}/stat") as stat:
                        parent = int(stat.read().rsplit(")", 1)[1].split()[1])
                    with open(f"{entry.path}/cmdline", "rb") as line:
                        words = line.read().split(b"\0")
                except (OSError, IndexError):
                    continue  # gone meanwhile
                if parent == voice and b"media" in words:
                    found.append(int(entry.name))
        return found

    async def asked(self, check: Callable[[], Awaitable[Any]], what: str, within_s: float = 30.0) -> Any:
        """Wait until the answer to a question is true; return it."""
        give_up = time.monotonic() + within_s
        while True:
            try:
                if found := await check():
                    return found
            except (OSError, AssertionError):
                pass
            assert time.monotonic() < give_up, f"It never came true that {what}.\n{self.logs(15)}"
            await asyncio.sleep(0.05)


@dataclass
class Crowd:
    """Everybody on the telephone. `line` holds the contacts in line, longest wait first."""

    house: StormHouse
    street: Street
    agent: DeskAgent
    ears: list[Ear] = field(default_factory=list)
    talks: dict[str, tuple[Person, Person]] = field(default_factory=dict)
    line: list[tuple[str, Person]] = field(default_factory=list)
    _places: int = 0

    def _next(self) -> int:
        self._places += 1
        return self._places

    async def _calls(self, number: str, hz: float = 0.0) -> tuple[str, Person]:
        place, before = self._next(), await self.house.contacts()
        person = await self.street.calls(number, hz, own=caller_number(place))
        contact: UUID = await self.house.asked(lambda: self.house.newest_contact(before), "the call has a contact")
        return str(contact), person

    async def talk(self, count: int) -> None:
        """Callers who talk with the agent; both sides sing."""
        for place in range(count):
            caller_hz, agent_hz = CALLER_HZ + HZ_STEP * place, AGENT_HZ + HZ_STEP * place
            contact, caller = await self._calls(PERSON, caller_hz)
            assert await self.agent.accepts(lambda card, wanted=contact: card["id"] == wanted) == contact
            phone = await self.street.picks_up(PHONE_EXTENSION, agent_hz)
            await caller.hears(agent_hz)
            await phone.hears(caller_hz)
            self.talks[contact] = (caller, phone)
            self.ears += [Ear(f"caller {place}", caller, agent_hz), Ear(f"agent of {place}", phone, caller_hz)]

    async def wait(self, count: int) -> None:
        """Callers in line, who hear music."""
        for place in range(count):
            contact, caller = await self._calls(PERSON)
            await caller.hears_sound()
            self.line.append((contact, caller))
            self.ears.append(Ear(f"waiting {place}", caller))

    async def listen(self, count: int) -> None:
        """Callers in a journey, who hear a voice, and then stand in line."""
        for place in range(count):
            contact, caller = await self._calls(STORY)
            await caller.hears_sound()
            self.line.append((contact, caller))
            self.ears.append(Ear(f"listening {place}", caller))

    async def all_queued(self) -> None:
        async def queued() -> bool:
            rows = await self.house.rows(
                "SELECT id FROM contact WHERE tenant_id = $1 AND status = 'queued'", TENANT_ID
            )
            return {UUID(contact) for contact, _ in self.line} <= {row["id"] for row in rows}

        await self.house.asked(queued, "all wait in line")


@dataclass(frozen=True)
class Kept:
    """How the calls fared: ears that stayed audible, the longest silence of any of them, and who was not kept."""

    ears: int
    kept: int
    longest_gap_s: float
    wrong: list[str]

    @property
    def share(self) -> float:
        return self.kept / self.ears


async def struck(crowd: Crowd, victim: Victim) -> Kept:
    """Kill one process under the calls; listen from before until well after it is back."""
    began = time.monotonic()
    await until(lambda: time.monotonic() > began + BEFORE_S, "it was quiet before")
    await crowd.house.strike(victim)
    back = time.monotonic()
    await until(lambda: time.monotonic() > back + AFTER_S, "they spoke on afterwards")
    ended = time.monotonic()
    wrong: list[str] = []
    gaps: list[float] = []
    for ear in crowd.ears:
        if ear.person.ended is not None:
            wrong.append(f"{ear.name} was cut off: {ear.person.ended}")
            continue
        gaps.append(ear.gap_s(began, ended))
        if gaps[-1] > SILENCE_AT_MOST_S:
            wrong.append(f"{ear.name} heard nothing for {gaps[-1]:.1f} s")
    return Kept(len(crowd.ears), len(crowd.ears) - len(wrong), max(gaps, default=0.0), wrong)


@asynccontextmanager
async def crowd_of(house: StormHouse) -> AsyncIterator[Crowd]:
    """A street and an agent who is there; everybody has hung up afterwards."""
    street = Street(house)
    await street.open()
    agent = await DeskAgent.open(house, PHONE)
    try:
        await agent.is_there()
        yield Crowd(house, street, agent)
        await street.everybody_hangs_up()
    finally:
        agent.leave()
        await street.close()


@asynccontextmanager
async def storm_house(
    *, drain_s: int = 60, calls_an_agent: int = BRIDGED, audio_ports: int = 400
) -> AsyncIterator[StormHouse]:
    """A running house in a folder of its own; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="warmline-storm-"))
    folder.chmod(0o711)
    house = StormHouse(folder, drain_s=drain_s, calls_an_agent=calls_an_agent, audio_ports=audio_ports)
    try:
        await house.start()
        yield house
    finally:
        await house.stop()
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def twenty_calls() -> AsyncIterator[Crowd]:
    """Seven talk, seven wait, six listen to a journey."""
    async with storm_house() as house, crowd_of(house) as crowd:
        await crowd.talk(BRIDGED)
        await crowd.wait(WAITING)
        await crowd.listen(LISTENING)
        yield crowd
