"""The link to a worker survives nonsense and says so when nobody answers."""

import asyncio
import gc
from contextlib import suppress
from pathlib import Path

import pytest

from warmline.kernel.errors import Refused
from warmline.media import messages as m
from warmline.media.worker_link import WorkerLink
from warmline.ports.media import LegUp


async def _worker(path: Path, answer: list[bytes]) -> asyncio.Server:
    """A worker that says hello, sends `answer` to whatever it is asked, and hangs up when none is left."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        size = int.from_bytes(await reader.readexactly(4))
        hello = m.COMMANDS.decode(await reader.readexactly(size))
        writer.write(m.framed(m.Reply(hello.id)))
        while size := int.from_bytes(await reader.readexactly(4)):
            await reader.readexactly(size)
            if not answer:
                break
            writer.write(answer.pop(0))
        writer.close()

    return await asyncio.start_unix_server(serve, path)


async def test_events_are_told_and_refusals_are_raised(tmp_path: Path):
    told: list[object] = []
    refusal = m.framed(m.Reply(2, error="media.unsupported", details={"what": "that"}))
    odd = m.framed(m.Reply(3, error="media.something_new", details={"what": "that"}))
    event = m.framed(m.Told("c", LegUp("a")))
    async with await _worker(tmp_path / "w", [event + refusal, odd]):
        link = await WorkerLink.connect(tmp_path / "w", lambda *what: told.append(what))
        for _ in range(2):
            with pytest.raises(Refused, match=r"media\.unsupported: .* that"):
                await link.ask(m.Stop(id=0, leg="a"))
        assert told == [("c", LegUp("a"))]
        link.give_up()
        await link.closed()


async def test_a_refusal_takes_with_it_who_asked_and_stays_in_nobodys_memory(tmp_path: Path):
    refusal = m.framed(m.Reply(2, error="media.unknown_leg"))

    async def asks(link: WorkerLink) -> None:
        """As the recordings of a caller who has hung up do."""
        with suppress(Refused):
            await link.ask(m.RecordStop(id=0, record="r"))

    async with await _worker(tmp_path / "w", [refusal]):
        link = await WorkerLink.connect(tmp_path / "w", lambda *_: None)
        gc.collect()
        gc.disable()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(asks(link))
            assert [one for one in gc.get_objects() if type(one) is Refused] == []
        finally:
            gc.enable()
        link.give_up()
        await link.closed()


async def test_whoever_waits_when_the_worker_goes_is_told_at_once(tmp_path: Path):
    async with await _worker(tmp_path / "w", []):
        link = await WorkerLink.connect(tmp_path / "w", lambda *_: None)
        with pytest.raises(Refused, match=r"media\.no_worker"):
            await link.ask(m.Stop(id=0, leg="a"))
        await link.closed()
        assert not link.alive
        with pytest.raises(Refused, match=r"media\.no_worker"):
            await link.ask(m.Stop(id=0, leg="a"))
        await link.reconnect(tmp_path / "w")
        assert link.alive
        link.give_up()
        await link.closed()


async def test_nonsense_ends_the_connection(tmp_path: Path):
    async with await _worker(tmp_path / "w", [b"\xff\xff\xff\xff"]):
        link = await WorkerLink.connect(tmp_path / "w", lambda *_: None)
        with pytest.raises(Refused, match=r"media\.no_worker"):
            await link.ask(m.Stop(id=0, leg="a"))
        assert not link.alive
