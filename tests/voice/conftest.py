"""A running endpoint on loopback, an application that answers calls with a fixed SDP, and real peers."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from warmline.kernel.tasks import TaskRegistry
from warmline.ports.telephone import Call, CallEnd, Dialling, IncomingCall
from warmline.sip.digest import Algorithm
from warmline.sip.timers_sip import Times
from warmline.voice.directory import MemoryDirectory, Phone, Trunk, ha1
from warmline.voice.endpoint import Endpoint
from warmline.voice.limits import Limits, Listen

SIPP = Path(__file__).parent / "sipp"
WAIT_S = 20.0
SDP = (
    "v=0\r\no=warmline 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 40000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
)
USUAL = Limits()
SOON = Times(t1=0.1, t2=0.4, t4=0.3, absorb=1)  # 64*T1 is 6.4 s: what a test can wait for


def missing(what: str) -> None:
    """A machine without the tool: a failure where everything must be there, else a skip."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


def tool(name: str) -> str:
    """The path of a program, or a skip with a word."""
    found = shutil.which(name)
    if found is None:
        missing(f"{name} is not installed; run scripts/install-voice-tools.sh")
        raise AssertionError
    return found


async def until(true: Callable[[], bool], what: str, wait_s: float = WAIT_S) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(wait_s):
        while not true():
            await asyncio.sleep(0.01)
    assert true(), what


class Desk:
    """Call control of the tests: answers what comes in, remembers what it was told."""

    def __init__(self, tasks: TaskRegistry) -> None:
        self.calls: list[IncomingCall] = []
        self.ends: list[CallEnd] = []
        self.digits: list[str] = []
        self.reoffers: list[str] = []
        self.referred: list[object] = []
        self.registrations: list[tuple[str, bool]] = []
        self.gated: list[Dialling] = []
        self.tasks = tasks
        self.on_incoming: Callable[[IncomingCall], Awaitable[None] | None] = self.take

    async def gate(self, wish: Dialling) -> Dialling:
        self.gated.append(wish)
        return wish

    def __call__(self, told: IncomingCall) -> None:
        self.calls.append(told)
        self.watch(told.call)
        work = self.on_incoming(told)
        if work is not None:
            self.tasks.spawn("test-answer", work)  # type: ignore[arg-type]

    def watch(self, call: Call) -> None:
        def reoffered(sdp: str) -> None:
            self.reoffers.append(sdp)
            call.reanswer(SDP)

        call.on_ended = self.ends.append
        call.on_digit = self.digits.append
        call.on_reoffer = reoffered

    async def take(self, told: IncomingCall) -> None:
        from warmline.ports.telephone import CallGone

        told.call.ring()
        try:
            await told.call.answer(SDP)
        except CallGone:
            return


class House:
    """An endpoint and its desk."""

    def __init__(self, endpoint: Endpoint, desk: Desk, failures: list[BaseException]) -> None:
        self.endpoint = endpoint
        self.desk = desk
        self.failures = failures

    def port(self, transport: str = "udp") -> int:
        return next(port for t, _, port in self.endpoint.bound if t == transport)

    async def quiet(self) -> None:
        """Nothing is left behind: no call, no transaction, no registration of a callback."""
        await until(self.endpoint.idle, "every call ended")
        asking = ("OPTIONS", "REGISTER")  # trunks are asked whether they are there as long as we run
        table = self.endpoint.exchange.table
        await until(lambda: all(key[-1] in asking for key in table.open_keys()), "every transaction ended")


OpenHouse = Callable[..., Awaitable[House]]


@pytest_asyncio.fixture
async def house() -> AsyncIterator[OpenHouse]:
    """Open endpoints; when the test ends, nothing may be left of any."""
    houses: list[tuple[House, TaskRegistry]] = []

    async def open_house(
        trunks: tuple[Trunk, ...] = (),
        phones: tuple[Phone, ...] = (),
        listen: tuple[Listen, ...] = (Listen("udp", "127.0.0.1", 0),),
        limits: Limits = USUAL,
        algorithms: tuple[Algorithm, ...] = ("MD5",),
        **options: object,
    ) -> House:
        failures: list[BaseException] = []
        tasks = TaskRegistry(lambda name, failure: failures.append(failure))
        desk = Desk(tasks)
        directory = MemoryDirectory(trunks, phones, **options)  # type: ignore[arg-type]
        endpoint = Endpoint(
            listen, directory, desk.gate, tasks, lambda *_: None, limits=limits, times=SOON, algorithms=algorithms
        )
        endpoint.on_call = desk
        endpoint.on_registration = lambda phone, on: desk.registrations.append((phone, on))
        await endpoint.start()
        made = House(endpoint, desk, failures)
        houses.append((made, tasks))
        return made

    yield open_house
    for made, tasks in houses:
        try:
            await made.quiet()
        finally:
            await made.endpoint.close()
            await tasks.close()
        assert not made.failures, made.failures
        assert made.endpoint.idle()
        assert made.endpoint.flows.connections == 0
        assert len(made.endpoint.exchange.table) == 0


def carrier(address: str = "127.0.0.1", **more: object) -> Trunk:
    """A trunk that calls from an address, and is not asked whether it is there."""
    options = {
        "id": "carrier",
        "tenant_id": "onda",
        "host": "127.0.0.1",
        "addresses": (address,),
        "keep_alive_s": 0,
    }
    return Trunk(**{**options, **more})  # type: ignore[arg-type]


def phone(user: str = "1001", realm: str = "127.0.0.1") -> Phone:
    password = "secret"
    return Phone(
        f"phone-{user}", "onda", user, realm, ha1(user, realm, password), ha1(user, realm, password, "SHA-256")
    )


async def run(*command: str, wait_s: float = 60.0, cwd: Path | None = None) -> tuple[int, str]:
    """Run a program to its end: exit code and output."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=cwd
    )
    try:
        async with asyncio.timeout(wait_s):
            out, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        out, _ = await process.communicate()
    return process.returncode or 0, out.decode(errors="replace")


async def sipp(scenario: str, target: str, folder: Path, *more: str, wait_s: float = 60.0) -> tuple[int, str]:
    """Run a scenario of ours once, unless `more` says otherwise; its log is returned when it fails."""
    return await run(
        tool("sipp"), target, "-sf", str(SIPP / scenario), "-i", "127.0.0.1", "-m", "1", "-nostdin", "-s",
        "+8215880000", "-trace_err", "-timeout", "40s", *more, cwd=folder, wait_s=wait_s,
    )  # fmt: skip
