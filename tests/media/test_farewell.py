"""The process that leads calls is killed: callers hear an apology instead of nothing, and who talks talks on."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from media.peer import Peer
from warmline.media import messages as m
from warmline.media.commands import Commands
from warmline.media.control import Control
from warmline.media.engine import Engine
from warmline.media.farewell import LastWords
from warmline.ports.media import LegWish, PlayTone

SORRY_HZ, MUSIC_HZ = 700.0, 1200.0
SORRY = [PlayTone((SORRY_HZ,), 1_500)]


@dataclass
class Orphanage:
    """A worker in a thread, and what the system says who its parent is."""

    engine: Engine
    commands: Commands
    thread: threading.Thread
    parents: list[int] = field(default_factory=lambda: [100])

    def opens(self, leg: str, phone: Peer) -> None:
        answer = self.does(m.Open(id=1, call="c", leg=leg, wish=LegWish(codecs=("PCMU",)), offer=phone.sdp()))
        phone.call(msgspec.convert(answer, str))

    def does(self, command: m.AnyCommand) -> object:
        return self.commands.carry_out(command)

    async def ends(self) -> bool:
        async with asyncio.timeout(10):
            while self.thread.is_alive():
                await asyncio.sleep(0.02)
        return True


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Orphanage]:
    engine = Engine("127.0.0.1", 22_740, 22_759)
    commands = Commands(engine, "127.0.0.1")
    here = Orphanage(engine, commands, threading.Thread(target=engine.run))
    commands.last_words = LastWords(engine, parent=lambda: here.parents[-1])
    control = Control(engine, commands, str(tmp_path / "w"), alone_at_most_s=2.0)
    yield here
    engine.running = False
    if here.thread.ident is not None:
        here.thread.join()
    engine.close()
    control.close()


async def test_who_hears_nobody_is_told_at_once_and_the_worker_ends_with_the_last_word(worker: Orphanage):
    with Peer() as phone:
        worker.opens("customer", phone)
        phone.say(440)
        worker.does(m.Play(id=2, leg="customer", play="music", items=[PlayTone((MUSIC_HZ,), 500)], loop=True))
        worker.does(m.Farewell(id=3, leg="customer", items=list(SORRY)))
        worker.parents.append(1)  # killed
        worker.thread.start()
        await phone.hears(SORRY_HZ, not_hz=(MUSIC_HZ,))
        assert await worker.ends()


async def test_who_talks_talks_on_while_nobody_leads_and_is_told_at_the_end(worker: Orphanage):
    with Peer() as customer, Peer() as agent:
        worker.opens("customer", customer)
        worker.opens("agent", agent)
        customer.say(440)
        agent.say(1000)
        worker.does(m.Route(id=2, call="c", hears={"customer": ["agent"], "agent": ["customer"]}))
        worker.does(m.Farewell(id=3, leg="customer", items=list(SORRY)))
        worker.parents.append(1)
        worker.thread.start()
        await customer.hears(1000, not_hz=(SORRY_HZ,))
        await agent.hears(440)
        await customer.hears(SORRY_HZ, not_hz=(1000,))
        assert await worker.ends()


async def test_a_leader_who_is_only_away_for_a_moment_lets_nobody_be_told_anything(worker: Orphanage):
    with Peer() as phone:
        worker.opens("customer", phone)
        phone.say(440)
        worker.does(m.Play(id=2, leg="customer", play="music", items=[PlayTone((MUSIC_HZ,), 500)], loop=True))
        worker.does(m.Farewell(id=3, leg="customer", items=list(SORRY)))
        worker.thread.start()
        await phone.hears(MUSIC_HZ, not_hz=(SORRY_HZ,))
        assert not worker.commands.last_words.orphaned
        assert await worker.ends()


async def test_a_closed_leg_has_no_last_words(worker: Orphanage):
    with Peer() as phone:
        worker.opens("customer", phone)
        worker.does(m.Farewell(id=2, leg="customer", items=list(SORRY)))
        worker.does(m.Close(id=3, leg="customer"))
        assert worker.commands.last_words.tell(0.0, everybody=True)
        worker.thread.start()
        assert await worker.ends()
