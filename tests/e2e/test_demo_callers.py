"""The demo's telephone for real: simulated customers dial in, and the phone team's desk phones answer them."""

import asyncio
import os
import random
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from tests.e2e.conftest import READY_S, ROOT, missing
from tests.free_ports import free_port

from warmline_demo.content.team import DEMO_PASSWORD, LEADERS
from warmline_demo.content.telephone import PREFIX, callers_port
from warmline_demo.processes import demo_commands

CALL_WITHIN_S = 40.0  # on a busy machine that renders every sentence for the first time
TALKED_WITHIN_S = 240.0
Events = list[dict[str, Any]]


def free_sip_port() -> int:
    """A port that is free, as is that of the simulated callers above it."""
    while True:
        port = free_port()
        with (
            socket.socket(type=socket.SOCK_DGRAM) as one,
            socket.socket(type=socket.SOCK_DGRAM) as other,
            suppress(OSError, OverflowError),
        ):
            one.bind(("127.0.0.1", port))
            other.bind(("127.0.0.1", callers_port(port)))
            return port


@asynccontextmanager
async def process(command: list[str], log: Path, **environment: str) -> AsyncIterator[None]:
    """A process of the product, ended politely."""
    with log.open("wb") as out:
        running = await asyncio.create_subprocess_exec(
            *command, env=os.environ | environment, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT
        )
    try:
        yield
        assert running.returncode is None, log.read_text()[-4000:]
    finally:
        if running.returncode is None:
            running.terminate()
        try:
            await asyncio.wait_for(running.wait(), 20)
        except TimeoutError:
            running.kill()
            await running.wait()


@pytest_asyncio.fixture
async def busy_telephone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The product with its telephone, simulated callers and colleagues; yields its address."""
    if shutil.which("espeak-ng") is None:
        missing("espeak-ng is not installed; run scripts/install-voices.sh")
    folder = tmp_path_factory.mktemp("callers")
    folder.chmod(0o711)
    port, commerce_port, sip_port = free_port(), free_port(), free_sip_port()
    low = random.randrange(20_000, 28_000, 400)
    url = f"http://127.0.0.1:{port}"
    up = [sys.executable, "-m", "warmline.cli", "up", "--demo", "--no-simulation", "--port", str(port)]
    commands = demo_commands(url, commerce_port, folder / "data", ("127.0.0.1", sip_port), (low + 200, low + 399))
    async with AsyncExitStack() as stack:
        house = process(
            up, folder / "up.log",
            WARMLINE_DATA_DIR=str(folder / "data"), WARMLINE_DEMO_COMMERCE_PORT=str(commerce_port),
            WARMLINE_SIP_PORT=str(sip_port), WARMLINE_MEDIA_PORTS=f"{low + 200}-{low + 399}",
        )  # fmt: skip
        await stack.enter_async_context(house)
        await _until_ready(url)
        for name in ("callers", "colleagues"):
            await stack.enter_async_context(process(commands[name], folder / f"{name}.log"))
        yield url


async def _until_ready(url: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(READY_S):
        while True:
            with suppress(httpx.HTTPError):
                if (await client.get(f"{url}/readyz")).status_code == 200:
                    return
            await asyncio.sleep(0.2)


class Supervisor:
    """Somebody who looks at contacts through the API."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client = client
        self._url = url

    async def sign_in(self) -> None:
        body = {"tenant": "onda", "email": LEADERS[0].email, "password": DEMO_PASSWORD}
        answer = await self._client.post(f"{self._url}/api/auth/login", json=body, headers={"Origin": self._url})
        assert answer.status_code == 200, answer.text

    async def calls(self) -> dict[str, Events]:
        """Every call so far: its contact's events, oldest first."""
        listed = (await self._client.get(f"{self._url}/api/contacts")).json()["items"]
        found: dict[str, Events] = {}
        for one in listed:
            if one["channel"] == "voice":
                told = (await self._client.get(f"{self._url}/api/contacts/{one['id']}")).json()["events"]
                found[one["id"]] = [event.get("e", event) for event in told]
        return found


def kinds(events: Events) -> list[str]:
    return [str(event["kind"]) for event in events]


def talked_through(events: Events) -> bool:
    """Somebody of the phone team talked with the customer, and it came to its end."""
    seen = kinds(events)
    return {"agent_joined", "party_joined", "party_left", "contact_ended", "call_ended"} <= set(seen)


async def test_a_simulated_call_is_taken_by_a_colleague_talked_through_and_ends(busy_telephone: str):
    async with httpx.AsyncClient(trust_env=False, timeout=20.0) as client:
        supervisor = Supervisor(client, busy_telephone)
        await supervisor.sign_in()
        async with asyncio.timeout(CALL_WITHIN_S):
            while not await supervisor.calls():
                await asyncio.sleep(0.5)
        calls: dict[str, Events] = {}
        async with asyncio.timeout(TALKED_WITHIN_S):
            while not any(map(talked_through, calls.values())):
                await asyncio.sleep(1.0)
                calls = await supervisor.calls()
    assert not [event for events in calls.values() for event in events if event["kind"] == "call_failed"]
    events = next(events for events in calls.values() if talked_through(events))
    started = next(event for event in events if event["kind"] == "call_started")
    assert str(started["number"]).startswith(PREFIX)
    ended = next(event for event in events if event["kind"] == "call_ended")
    assert ended["cause"] == 16
    assert ended["seconds"] > 20
