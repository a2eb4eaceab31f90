"""Many calls for long on the whole house: PostgreSQL, web, worker, voice, media workers; real SIP, real audio.

`--ivr` callers are in a journey that asks over and over, press keys, hang up and call again; `--bridged` callers
talk with an agent's desk phone and are recorded. Told: lost calls, late and lost packets, processor, memory.
Run: `python -m benchmarks.voice.soak`; `--minutes`, `--ivr`, `--bridged`, `--media-workers`, `--keep`.
"""

import argparse
import asyncio
import contextlib
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from benchmarks.voice.audio_load import cpu_s
from benchmarks.voice.crowd_audio import CrowdAudio, Heard
from benchmarks.voice.soak_house import IVR, SoakHouse
from tests.e2e.voice_house import PHONE, PHONE_EXTENSION, RECORDED
from tests.e2e.voice_people import DeskAgent, until

from warmline.kernel.errors import Refused
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.telephone import Call, CallEnd, CallGone, Dialling, IncomingCall
from warmline.voice.directory import MemoryDirectory, Trunk
from warmline.voice.endpoint import Endpoint
from warmline.voice.limits import Limits, Listen
from warmline_demo.content.telephone import PREFIX

GOAL_LATE = 0.001
GOAL_CORES = 2.0
GOAL_GROWTH = 0.05  # of voice and media, from the first quarter to the end
ANSWER_S = 20.0
RAMP_A_SECOND = 8.0
IVR_S, TALK_S = (30.0, 60.0), (60.0, 120.0)
LOOK_S = 10.0
SDP = (
    "v=0\r\no=- {number} 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio {port} RTP/AVP 0 101\r\n"
    "a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=sendrecv\r\n"
)


@dataclass
class Tally:
    """What became of the calls."""

    begun: int = 0
    ended: int = 0
    lost: list[str] = field(default_factory=list)
    running: set[str] = field(default_factory=set)
    talking: int = 0
    hung_up: int = 0  # callers who talked
    phone_ends: Counter[str] = field(default_factory=Counter)  # calls of the desk phone that ended, and how


async def _goes(wish: Dialling) -> Dialling:
    return wish


class Street:
    """All telephones: SIP by our own endpoint, audio by `CrowdAudio`."""

    def __init__(self, house: SoakHouse, audio: CrowdAudio, tally: Tally) -> None:
        self._audio, self._tally = audio, tally
        self.failures: list[str] = []
        self.tasks = TaskRegistry(lambda name, failure: self.failures.append(f"{name}: {failure!r}"))
        local = ("127.0.0.1",)
        trunks = [
            Trunk("house", "street", "127.0.0.1", house.sip_port, addresses=local, keep_alive_s=0),
            Trunk(
                PHONE_EXTENSION, "desk", "127.0.0.1", house.sip_port, domain=house.realm, user=PHONE_EXTENSION,
                password=house.phone_password(PHONE_EXTENSION), register=True, register_expires_s=60,
                keep_alive_s=0,
            ),
        ]  # fmt: skip
        listen = (Listen("udp", "127.0.0.1", house.callers_port),)
        self.endpoint = Endpoint(
            listen, MemoryDirectory(trunks), _goes, self.tasks, lambda *_: None, limits=Limits(calls=5000)
        )
        self.endpoint.on_call = self._rings
        self._numbers = 0

    def _sdp(self) -> str:
        self._numbers += 1
        return SDP.format(number=self._numbers, port=self._audio.port)

    async def caller(self, number: str, lasts_s: tuple[float, float], keys: bool, stop: asyncio.Event) -> None:
        """Call, stay a while, hang up, call again, until it is over."""
        while not stop.is_set():
            self._tally.begun += 1
            wrong = await self._one(number, random.uniform(*lasts_s), keys, stop)
            if wrong is None:
                self._tally.ended += 1
            else:
                self._tally.lost.append(f"{number}: {wrong}")
                await asyncio.sleep(1.0)

    async def _one(self, number: str, lasts_s: float, keys: bool, stop: asyncio.Event) -> str | None:
        """One call; None when it went as the caller wished."""
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[str] = loop.create_future()
        over: asyncio.Future[CallEnd] = loop.create_future()
        own = f"{PREFIX}{random.randrange(100, 1000)}"
        try:
            call = await self.endpoint.dial(Dialling("street", number, self._sdp(), from_number=own))
        except Refused as refused:
            return f"could not be dialled: {refused}"
        call.on_answered = lambda sdp: None if answered.done() else answered.set_result(sdp)
        call.on_ended = lambda end: None if over.done() else over.set_result(end)
        call.on_reoffer = lambda _: call.reanswer(self._sdp())
        await asyncio.wait({answered, over}, timeout=ANSWER_S, return_when=asyncio.FIRST_COMPLETED)
        if not answered.done():
            await call.hang_up()
            return f"not answered: {over.result() if over.done() else 'in time'}"
        port = _port_of(answered.result())
        self._audio.speak(port)
        self._tally.running.add(call.id)
        waits: set[asyncio.Future[Any]] = {over}
        ends_at = loop.time() + lasts_s
        while (left := ends_at - loop.time()) > 0 and not over.done() and not stop.is_set():
            await asyncio.wait(waits, timeout=min(left, random.uniform(4.0, 10.0)))
            if keys:
                self._audio.press(port, random.choice((1, 2)))
        self._audio.hush(port)
        self._tally.running.discard(call.id)
        if not keys and not over.done():
            self._tally.hung_up += 1
        if over.done():
            return f"ended by the house: {over.result()}"
        await call.hang_up()
        return None

    def _rings(self, incoming: IncomingCall) -> None:
        self.tasks.spawn("soak.phone", self._picks_up(incoming.call, incoming.offer or ""))

    async def _picks_up(self, call: Call, offer: str) -> None:
        port = _port_of(offer)

        def ended(end: CallEnd) -> None:
            self._audio.hush(port)
            self._tally.talking -= 1
            self._tally.phone_ends[str(end)] += 1

        self._tally.talking += 1
        self._audio.speak(port)
        call.on_ended = ended
        call.on_reoffer = lambda _: call.reanswer(self._sdp())
        with contextlib.suppress(CallGone):
            await call.answer(self._sdp())


def _port_of(sdp: str) -> int:
    return int(sdp.split("m=audio ")[1].split()[0])


async def _desk(agent: DeskAgent, stop: asyncio.Event) -> None:
    """Take every call that is offered, and end what is left of every call."""
    while not stop.is_set():
        if not agent.connected:  # as a page does; told, for meanwhile nobody may be given a call
            print("the desk's line was lost", flush=True)
            await agent.connect()
            await agent.is_there()
        for card in list(agent.cards.values()):
            offer = card["offer"]
            if offer is not None and agent.id in (offer["agent_id"], *offer.get("also", ())):
                await agent.asks("cmd", contact=card["id"], c={"kind": "accept_offer", "offer_id": offer["id"]})
            elif card["wrap_up"] is not None:
                done = {"kind": "finish_wrap_up", "disposition": "solved", "summary": ""}
                await agent.asks("cmd", contact=card["id"], c=done)
        await asyncio.sleep(0.1)


def _children(parent: int) -> list[int]:
    path = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(one) for one in path.read_text().split()] if path.exists() else []


def _rss_mb(pids: list[int]) -> float:
    found = 0.0
    for pid in pids:
        with contextlib.suppress(OSError):
            found += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return found


def _is_media(pid: int) -> bool:
    """Whether a child of the telephone is a media worker: the others are programs that speak."""
    path = Path(f"/proc/{pid}/cmdline")
    with contextlib.suppress(OSError):
        return b"media" in path.read_bytes().split(b"\0")
    return False


def _processes(house: SoakHouse, audio: CrowdAudio) -> dict[str, list[int]]:
    roles = {name: [pid] for name in ("web", "worker", "voice") if (pid := house.roles.pid(name)) is not None}
    database = house.postgres.pid
    assert database is not None
    media = [pid for pid in _children(roles["voice"][0]) if _is_media(pid)]
    return roles | {
        "media": media, "postgres": [database, *_children(database)],
        "telephones (not counted)": [os.getpid(), audio.pid],
    }  # fmt: skip


@dataclass
class Look:
    """One look at everything."""

    at_s: float
    cpu_s: dict[str, float]
    rss_mb: dict[str, float]
    heard: Heard


def _look(house: SoakHouse, audio: CrowdAudio) -> Look:
    processes = _processes(house, audio)
    spent: dict[str, float] = {}
    for name, pids in processes.items():
        spent[name] = 0.0
        for pid in pids:
            with contextlib.suppress(OSError):
                spent[name] += cpu_s(pid)
    rss = {name: _rss_mb(pids) for name, pids in processes.items()}
    return Look(time.monotonic(), spent, rss, audio.heard())


async def soak(given: argparse.Namespace, folder: Path) -> bool:
    """Run it all and print; say whether every goal was met."""
    house = SoakHouse(folder, given.bridged, given.media_workers)
    audio, tally, stop = CrowdAudio(), Tally(), asyncio.Event()
    looks: list[Look] = []
    try:
        await house.start()
        street = Street(house, audio, tally)
        await street.endpoint.start()
        await until(lambda: street.endpoint.trunks.is_up(PHONE_EXTENSION), "the desk phone registered")
        agent = await DeskAgent.open(house, PHONE)
        await agent.is_there()
        talks = [street.caller(RECORDED, TALK_S, False, stop) for _ in range(given.bridged)]
        work = talks + [street.caller(IVR, IVR_S, True, stop) for _ in range(given.ivr)]
        random.shuffle(work)
        async with asyncio.TaskGroup() as group:
            group.create_task(_desk(agent, stop))
            for one in work:
                group.create_task(one)
                await asyncio.sleep(1 / RAMP_A_SECOND)
            await asyncio.sleep(5.0)
            audio.heard()
            print(
                f"{len(tally.running)} callers, {tally.talking} talk; {given.minutes:g} minutes begin", flush=True
            )
            looks.append(_look(house, audio))
            while time.monotonic() - looks[0].at_s < given.minutes * 60:
                await asyncio.sleep(LOOK_S)
                looks.append(_look(house, audio))
                _show(looks[-2], looks[-1], tally)
            stop.set()
        await street.endpoint.close()
        await street.tasks.close()
        for failure in street.failures[:5]:
            print(f"telephones: {failure}")
    except BaseException:
        print(house.logs(20), file=sys.stderr)
        raise
    finally:
        audio.end()
        await house.stop()
    log = (folder / "logs" / "voice.log").read_text()
    unsaid, untaped, away = (
        log.count(one) for one in ("could not be spoken", "is not recorded", "database is away")
    )
    print(
        f"texts that could not be spoken: {unsaid} (goal 0); calls not recorded: {untaped} (goal 0);"
        f" times the database did not answer: {away} (goal 0)"
    )
    return _judge(looks, tally) and not (unsaid or untaped or away)


def _show(before: Look, now: Look, tally: Tally) -> None:
    took = now.at_s - before.at_s
    cores = {name: (spent - before.cpu_s.get(name, 0)) / took for name, spent in now.cpu_s.items()}
    heard, rate = now.heard, now.heard.received / took
    print(
        f"  {len(tally.running)} call ({tally.talking} talk), {len(tally.lost)} lost; {rate:.0f} packets a second,"
        f" {heard.late} late, {heard.hopeless} by more than 60 ms (latest {heard.latest_ms:.0f} ms),"
        f" {heard.lost} lost, {heard.silent} silent; on the way {heard.way_ms:.1f} ms;"
        f" {heard.unpunctual} of {heard.sent} sent late; media {now.rss_mb['media']:.0f} MB; "
        + ", ".join(f"{name} {share:.2f}" for name, share in cores.items()),
        flush=True,
    )


def _judge(looks: list[Look], tally: Tally) -> bool:
    first, last = looks[0], looks[-1]
    took = last.at_s - first.at_s
    received = sum(one.heard.received for one in looks[1:])
    late = sum(one.heard.late for one in looks[1:])
    hopeless = sum(one.heard.hopeless for one in looks[1:])
    lost = sum(one.heard.lost for one in looks[1:])
    share = late / max(1, received)
    cores = {name: (spent - first.cpu_s.get(name, 0)) / took for name, spent in last.cpu_s.items()}
    ours = sum(share for name, share in cores.items() if not name.startswith("telephones"))
    print(f"calls: {tally.begun} made, {tally.ended} ended as wished, {len(tally.lost)} lost (goal 0)")
    ends = ", ".join(f"{count} × {how}" for how, count in tally.phone_ends.items())
    print(f"at the desk phone: {tally.hung_up} callers hung up; ended: {ends}")
    for why in sorted(set(tally.lost))[:10]:
        print(f"  {tally.lost.count(why)} × {why}")
    print(
        f"packets: {received} came, {late} more than 20 ms late ({share:.3%}, goal < {GOAL_LATE:.1%}; latest"
        f" {max(one.heard.latest_ms for one in looks[1:]):.0f} ms), {hopeless} more than 60 ms"
        f" ({hopeless / max(1, received):.3%}), {lost} lost"
    )
    passed = sum(one.heard.passed for one in looks[1:])
    way_ms = sum(one.heard.way_ms * one.heard.passed for one in looks[1:]) / max(1, passed)
    sent, unpunctual = (sum(getattr(one.heard, name) for one in looks[1:]) for name in ("sent", "unpunctual"))
    print(
        f"  {passed} passed on, {way_ms:.1f} ms on their way on average; the telephones themselves sent"
        f" {unpunctual} of {sent} more than 20 ms late"
    )
    names = ", ".join(f"{name} {share:.2f}" for name, share in cores.items())
    print(f"processor: {ours:.2f} cores (goal ≤ {GOAL_CORES:.0f}): {names}")
    grown: dict[str, float] = {}
    for name in ("voice", "media"):
        sizes = [one.rss_mb[name] for one in looks]
        quarter = sizes[len(sizes) // 4]
        trend = np.polyfit([one.at_s for one in looks], sizes, 1)[0] * 60 if len(looks) > 2 else 0.0
        grown[name] = sizes[-1] / max(1.0, quarter) - 1
        print(
            f"memory of {name}: {sizes[0]:.0f} MB, after a quarter {quarter:.0f} MB, at the end {sizes[-1]:.0f} MB"
            f" ({trend:+.1f} MB a minute)"
        )
    flat = all(growth <= GOAL_GROWTH for growth in grown.values())
    return not tally.lost and share < GOAL_LATE and ours <= GOAL_CORES and flat


def main() -> int:
    """Run and print; the exit code says whether the goals were met."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--minutes", type=float, default=10.0)
    arguments.add_argument("--ivr", type=int, default=200)
    arguments.add_argument("--bridged", type=int, default=60)
    arguments.add_argument("--media-workers", type=int, default=1)
    arguments.add_argument("--keep", action="store_true")
    given = arguments.parse_args()
    os.umask(0o022)
    folder = Path(tempfile.mkdtemp(prefix="warmline-soak-"))
    folder.chmod(0o711)
    try:
        return 0 if asyncio.run(soak(given, folder)) else 1
    finally:
        if given.keep:
            print(f"logs and recordings: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
