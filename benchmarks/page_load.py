"""How fast the desk opens and answers, in a real Chromium: first load, key to paint, event to pixel.

Measures what Lighthouse's performance part weighs (paints, blocking, layout shift, bytes), with a cold cache each
time, on this machine as it is. Without `--url` it starts a demo of its own.
"""

import argparse
import asyncio
import os
import re
import shutil
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

ROOT = Path(__file__).parent.parent
READY_S = 120.0
QUIET_MS = 1500  # the page counts as loaded when no long task came for so long
VIEW: ViewportSize = {"width": 1440, "height": 900}

OBSERVE = """
window.seen = { lcp: 0, shift: 0, tasks: [], last: 0, screen: 0 };
new MutationObserver((_, observer) => {
  if (!document.querySelector("h1")) return;
  seen.screen = performance.now();
  observer.disconnect();
}).observe(document, { subtree: true, childList: true });
const watch = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each))
  .observe({ type, buffered: true });
watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
watch("longtask", (entry) => {
  seen.tasks.push([entry.startTime, entry.duration]);
  seen.last = performance.now();
});
"""
READ = """
async (quiet) => {
  while (performance.now() - seen.last < quiet) await new Promise((later) => setTimeout(later, 100));
  const [load] = performance.getEntriesByType("navigation");
  const fcp = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  const blocking = seen.tasks.reduce((sum, [at, long]) => sum + (at + long > fcp ? Math.max(0, long - 50) : 0), 0);
  // What is fetched once the screen stands, for later, is not its first load.
  const files = performance.getEntriesByType("resource").filter((file) => file.startTime < seen.screen);
  const kb = (some) => some.reduce((sum, file) => sum + file.encodedBodySize, 0) / 1000;
  const scripts = files.filter((file) => file.name.endsWith(".js"));
  const bytes = { script_kb: kb(scripts), all_kb: kb(files) + load.encodedBodySize / 1000, files: files.length };
  return { ...bytes, fcp, lcp: seen.lcp, shift: seen.shift, blocking, dcl: load.domContentLoadedEventEnd };
}
"""
# After the next frame was handed over: a message posted in it is handled when it is done.
AFTER_PAINT = """
window.afterPaint = (run) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = run;
  port2.postMessage(0);
});
"""
KEYS = """
() => {
  window.keyed = [];
  document.querySelector("textarea").addEventListener("keydown", (event) => {
    afterPaint(() => keyed.push(performance.now() - event.timeStamp));
  }, true);
}
"""
# From the moment the browser has the frame to the picture that shows its words.
EVENTS = """
window.arrived = new Map();
window.shown = [];
const Plain = WebSocket;
window.WebSocket = class extends Plain {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", (event) => {
      const words = /Question number \\d+\\./.exec(event.data)?.[0];
      if (words && !arrived.has(words)) arrived.set(words, performance.now());
    });
  }
};
new MutationObserver(() => {
  for (const [words, at] of arrived) {
    if (at === null || !document.querySelector("[role=log]")?.textContent.includes(words)) continue;
    arrived.set(words, null);
    afterPaint(() => shown.push(performance.now() - at));
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
"""


class Figure(NamedTuple):
    """A measured value and the most it may be."""

    name: str
    value: float
    unit: str
    budget: float


async def first_load(browser: Browser, url: str, *, signed_in: bool) -> dict[str, float]:
    """Open the desk with nothing in the cache."""
    context = await browser.new_context(viewport=VIEW, locale="en-US")
    if signed_in:
        answer = await context.request.post(
            f"{url}/api/demo/login", data={"role": "agent"}, headers={"Origin": url}
        )
        assert answer.ok
    page = await context.new_page()
    await page.add_init_script(OBSERVE)
    await page.goto(url)
    await page.get_by_role("heading", level=1).first.wait_for()
    found: dict[str, float] = await page.evaluate(READ, QUIET_MS)
    await context.close()
    return found


async def conversation(browser: Browser, url: str) -> tuple[Page, Page]:
    """Bring an agent and a customer together; return both pages."""
    desk = await (await browser.new_context(viewport=VIEW, locale="en-US")).new_page()
    await desk.add_init_script(AFTER_PAINT + EVENTS)
    await desk.goto(url)
    await desk.get_by_role("button", name=re.compile("^Agent")).click()
    await desk.get_by_role("button", name=re.compile("^(Start shift|Go available)$")).click()
    shop = await (await browser.new_context(locale="en-US")).new_page()
    await shop.goto(f"{url}/demo/shop/?lang=en")
    await shop.get_by_role("button", name="Chat with us").click()
    chat = shop.frame_locator("warmline-widget iframe")
    await chat.get_by_role("button", name="Start chat").click()
    await chat.get_by_role("button", name="Talk to a person").click()
    await desk.get_by_role("button", name=re.compile("^Accept")).wait_for()
    await desk.keyboard.press("a")
    await desk.locator("textarea").wait_for()
    return desk, shop


async def key_to_paint(desk: Page, letters: int) -> list[float]:
    """Type into the composer; return how long each letter took to its picture, in ms."""
    await desk.locator("textarea").focus()
    await desk.evaluate(KEYS)
    await desk.keyboard.type("a" * letters, delay=40)
    await desk.wait_for_function("(count) => window.keyed.length >= count", arg=letters)
    return await desk.evaluate("window.keyed")


async def event_to_pixel(desk: Page, shop: Page, messages: int) -> list[float]:
    """Let the customer write; return how long each message took from the socket to the picture, in ms."""
    await desk.bring_to_front()
    box = shop.frame_locator("warmline-widget iframe").get_by_role("textbox", name="Message")
    for number in range(messages):
        await box.fill(f"Question number {number}.")
        await box.press("Enter")
        await desk.wait_for_function("(count) => window.shown.length >= count", arg=number + 1)
    return await desk.evaluate("window.shown")


async def part(desk: Page) -> None:
    """End the conversation and the shift, so that the next measurement finds the desk as this one did."""
    await desk.keyboard.press("Escape")
    await desk.keyboard.press("e")
    wrap_up = desk.get_by_role("region", name="Wrap-up")
    await wrap_up.get_by_text("Solved", exact=True).click()
    await desk.keyboard.press("Control+Enter")
    await wrap_up.wait_for(state="hidden")
    await desk.get_by_role("button", name=re.compile("^My presence")).click()
    await (
        desk.get_by_role("menuitemradio", name="End shift")
        .or_(desk.get_by_role("menuitem", name="End shift"))
        .click()
    )
    await desk.get_by_role("button", name="Start shift").wait_for()


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[18]


async def measure(url: str, chromium: str, rounds: int, letters: int, messages: int) -> list[Figure]:
    """Return all figures, medians over `rounds` loads."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        figures: list[Figure] = []
        for name, signed_in in (("sign-in page", False), ("desk", True)):
            loads = [await first_load(browser, url, signed_in=signed_in) for _ in range(rounds)]
            middle = {key: statistics.median(load[key] for load in loads) for key in loads[0]}
            figures += [
                Figure(f"{name}: script transferred", middle["script_kb"], "kB", 170),
                Figure(f"{name}: everything transferred", middle["all_kb"], "kB", 260),
                Figure(f"{name}: files", middle["files"], "", 45),
                Figure(f"{name}: first contentful paint", middle["fcp"], "ms", 900),
                Figure(f"{name}: largest contentful paint", middle["lcp"], "ms", 1200),
                Figure(f"{name}: total blocking time", middle["blocking"], "ms", 150),
                Figure(f"{name}: DOM content loaded", middle["dcl"], "ms", 900),
                Figure(f"{name}: layout shift", middle["shift"], "", 0.1),
            ]
        desk, shop = await conversation(browser, url)
        pixels = await event_to_pixel(desk, shop, messages)
        keys = await key_to_paint(desk, letters)
        await part(desk)
        await browser.close()
    return [
        *figures,
        Figure("key to paint, median", statistics.median(keys), "ms", 33),
        Figure("key to paint, p95", p95(keys), "ms", 50),
        Figure("event to pixel, median", statistics.median(pixels), "ms", 50),
        Figure("event to pixel, p95", p95(pixels), "ms", 100),
    ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def new_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="warmline-page-load-"))
    folder.chmod(0o711)  # the database runs as an account of its own
    return folder


def is_ready(url: str) -> bool:
    try:
        with urlopen(f"{url}/readyz", timeout=1) as answer:  # noqa: S310 - our own product on loopback
            return answer.status == 200
    except OSError:
        return False


@asynccontextmanager
async def running(url: str | None) -> AsyncIterator[str]:
    """Yield the product's address; start a demo without simulated people unless one is given."""
    if url:
        yield url.rstrip("/")
        return
    folder = new_folder()
    port = free_port()
    command = [sys.executable, "-m", "warmline.cli", "up", "--demo", "--no-simulation", "--port", str(port)]
    environment = os.environ | {
        "WARMLINE_DATA_DIR": str(folder / "data"),
        "WARMLINE_DEMO_COMMERCE_PORT": str(free_port()),
    }
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=quiet, stderr=quiet, cwd=ROOT)
    own = f"http://127.0.0.1:{port}"
    try:
        ends_at = time.monotonic() + READY_S
        while not await asyncio.to_thread(is_ready, own):
            if process.returncode is not None or time.monotonic() > ends_at:
                sys.exit("The product did not start; try `warmline up --demo --no-simulation`.")
            await asyncio.sleep(0.2)
        yield own
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        shutil.rmtree(folder, ignore_errors=True)


async def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--url", help="a demo that runs already, at best without simulated people")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--letters", type=int, default=100)
    asked.add_argument("--messages", type=int, default=40)
    options = asked.parse_args()
    chromium = os.environ.get("WARMLINE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed; run scripts/install-chromium.sh.")
    async with running(options.url) as url:
        figures = await measure(url, chromium, options.rounds, options.letters, options.messages)
    for figure in figures:
        verdict = "ok  " if figure.value <= figure.budget else "OVER"
        print(f"{verdict}  {figure.name:40} {figure.value:9.2f} {figure.unit:2}  (at most {figure.budget:g})")
    print(f"Load average while measuring: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0 if all(figure.value <= figure.budget for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
