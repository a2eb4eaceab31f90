"""A real Chromium, the built front end, and two servers: the whole product, or a stand-in a test directs."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Frame, Page, async_playwright
from tests.e2e.fake_server import WEB_DIST, FakeServer
from tests.free_ports import free_port

if TYPE_CHECKING:
    from tests.e2e.voice_house import VoiceHouse
    from tests.e2e.voice_people import DeskAgent, Town

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Calls: a microphone that beeps, nobody to ask whether it may be used, and peers on this machine only.
AUDIO_FLAGS = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--autoplay-policy=no-user-gesture-required",
]
READY_S = 120.0
NewPage = Callable[..., Awaitable[Page]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


def missing(what: str) -> None:
    """A machine without the tool: a failure where everything must be there, else a skip."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    names = [os.environ.get("WARMLINE_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    for name in names:
        if name and (found := shutil.which(name)):
            return found
    missing("Chromium is not installed; run scripts/install-chromium.sh")
    raise AssertionError


@pytest_asyncio.fixture(scope="session")
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield running
        await running.close()


@pytest_asyncio.fixture
async def new_page(browser: Browser) -> AsyncIterator[NewPage]:
    """Opens pages in contexts of their own; a script error or CSP violation in any of them fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def complaint(message: ConsoleMessage) -> None:
        # A refused connection is part of many stories here; everything else the browser calls an error is ours.
        if (
            message.type == "error"
            and "WebSocket" not in message.text
            and "Failed to load resource" not in message.text
        ):
            errors.append(message.text)

    async def open_page(**options: object) -> Page:
        context = await browser.new_context(**options)  # pyright: ignore[reportArgumentType]
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", complaint)
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert errors == []


@pytest_asyncio.fixture
async def audio_context(chromium_path: str) -> AsyncIterator[BrowserContext]:
    """A browser with a microphone and a loopback network; a script error of its pages fails the test."""
    if not (WEB_DIST / "desk" / "index.html").exists():
        missing("The desk is not built; run npm run build in web/")
    errors: list[str] = []
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium_path, args=FLAGS + AUDIO_FLAGS)
        context = await running.new_context(
            viewport={"width": 1440, "height": 860}, locale="en-US", permissions=["microphone"]
        )
        context.on("weberror", lambda error: errors.append(str(error.error)))
        yield context
        await running.close()
    assert errors == []


@pytest_asyncio.fixture
async def contact_center() -> AsyncIterator[FakeServer]:
    """A stand-in server whose bot and agents are played by the test."""
    if not (WEB_DIST / "widget" / "panel.html").exists():
        missing("The widget is not built; run npm run build in web/")
    server = FakeServer()
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture(scope="session")
async def house() -> AsyncIterator["VoiceHouse"]:
    """A whole house with a telephone, one for all who only call it: it takes a quarter of a minute to start."""
    from tests.e2e.voice_house import voice_house  # which is read only where somebody calls

    async with voice_house() as running:
        yield running


@pytest_asyncio.fixture(scope="session")
async def whole_town(house: "VoiceHouse") -> AsyncIterator["Town"]:
    from tests.e2e.voice_people import Town

    town = Town(house)
    await town.open()
    yield town
    await town.close()


@pytest_asyncio.fixture
async def town(whole_town: "Town") -> AsyncIterator["Town"]:
    """Everybody outside the house. Whoever was on the telephone has hung up before the next test begins."""
    await whole_town.keep()
    yield whole_town
    await whole_town.all_hang_up()


@pytest_asyncio.fixture
async def agent(house: "VoiceHouse", town: "Town") -> AsyncIterator["DeskAgent"]:
    """The agent whose desk phone is rung."""
    from tests.e2e.voice_house import PHONE
    from tests.e2e.voice_people import DeskAgent

    agent = await DeskAgent.open(house, PHONE)
    await agent.is_there()
    yield agent
    await agent.goes_home()


async def violations(frame: Frame | Page) -> list[str]:
    """What axe finds in a document: WCAG 2.2 A and AA, and best practice."""
    if not await frame.evaluate("'axe' in window"):
        await frame.evaluate(AXE.read_text())
    tags = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
    result = await frame.evaluate(f"axe.run(document, {{runOnly: {tags}}})")
    return [f"{found['id']}: {[node['html'] for node in found['nodes']]}" for found in result["violations"]]


async def until(holds: Callable[[], bool], within_s: float = 10.0) -> None:
    """Wait until something holds on this side of the wire, as `expect` does on the browser's side."""
    async with asyncio.timeout(within_s):
        while not holds():
            await asyncio.sleep(0.02)


@pytest_asyncio.fixture(scope="session")
async def product(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The whole product in its own processes, with the demo but without simulated people; yields its address.

    `WARMLINE_E2E_URL` names one that runs already (`warmline up --demo --no-simulation`), for trying things out.
    """
    if running := os.environ.get("WARMLINE_E2E_URL"):
        yield running
        return
    folder = tmp_path_factory.mktemp("product")
    folder.chmod(0o711)
    port, commerce_port = free_port(), free_port()
    log = folder / "up.log"
    environment = os.environ | {
        "WARMLINE_DATA_DIR": str(folder / "data"),
        "WARMLINE_DEMO_COMMERCE_PORT": str(commerce_port),
        "WARMLINE_SIP_PORT": str(free_port()),
    }
    command = [sys.executable, "-m", "warmline.cli", "up", "--demo", "--no-simulation", "--port", str(port)]
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            *command, env=environment, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT
        )
    url = f"http://127.0.0.1:{port}"
    try:
        async with asyncio.timeout(READY_S):
            while not await _is_ready(port):
                if process.returncode is not None:
                    pytest.fail(f"warmline up ended with {process.returncode}:\n{log.read_text()[-4000:]}")
                await asyncio.sleep(0.2)
        yield url
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 20)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _is_ready(port: int) -> bool:
    with suppress(OSError):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        status = await reader.readline()
        writer.close()
        return b" 200 " in status
    return False


@pytest.fixture(scope="session")
def picture() -> Callable[[Page, str], Awaitable[None]]:
    """Keeps what the browser shows, for people to look at."""
    SCREENSHOTS.mkdir(exist_ok=True)

    async def keep(page: Page, name: str) -> None:
        await page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")

    return keep
