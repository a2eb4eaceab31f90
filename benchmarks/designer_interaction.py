"""How fast the journey designer answers with a journey of 300 steps open, in a real Chromium: input to picture.

The built page runs as it is; a stand-in answers its requests from memory, so that the page alone is measured. Each
figure is the time from the browser's input event to the picture that shows what it did, with outline, canvas and
inspector beside each other.
"""

import argparse
import asyncio
import json
import mimetypes
import os
import shutil
import statistics
import sys
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from playwright.async_api import Page, Route, ViewportSize, async_playwright

from warmline.domain.journey.prompts import parse_catalogue
from warmline_demo.content.catalogue import demo_prompts, library

ROOT = Path(__file__).parent.parent
DIST = ROOT / "src" / "warmline" / "web_dist" / "desk"
PROMPTS = ROOT / "src" / "warmline" / "prompts" / "en.toml"
VIEW: ViewportSize = {"width": 1440, "height": 900}
MOST_MS = 50.0
Json = dict[str, Any]

# Every trusted input: how long from the event to the end of the frame that was drawn after it.
WATCH = """
window.taken = [];
for (const type of ["keydown", "click", "wheel", "pointermove", "drop"]) {
  addEventListener(type, (event) => {
    if (!event.isTrusted || type !== window.awaited || ["Alt", "Control"].includes(event.key)) return;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => taken.push(performance.now() - event.timeStamp);
      port2.postMessage(0);
    });
  }, true);
}
"""


class Figure(NamedTuple):
    """How long one kind of interaction took, in ms."""

    name: str
    times_ms: list[float]

    @property
    def p95_ms(self) -> float:
        return statistics.quantiles(self.times_ms, n=20, method="inclusive")[18]


def large_journey(steps: int) -> tuple[Json, int]:
    """Return a journey of at least so many steps, made of copies of a demo journey's sections, and its size."""
    built: Json = msgspec.json.decode(msgspec.json.encode(library()["order-status"]))
    source = list(built["sections"].items())
    sections: Json = {}
    for number in count():
        name, block = source[number % len(source)]
        sections[name if number < len(source) else f"{name}_{number // len(source) + 1}"] = block
        if (found := json.dumps(sections).count('"step":')) >= steps:
            return built | {"sections": sections}, found
    raise AssertionError


def line(journey_id: str) -> Json:
    return {
        "id": journey_id, "version": 1, "kind": "journey", "title": "", "published_by": None,
        "published_at": "2026-11-20T09:00:00Z",
    }  # fmt: skip


class StandIn:
    """Answers what the designer asks, at once and from memory."""

    def __init__(self, document: Json) -> None:
        self._document = document
        texts = parse_catalogue(PROMPTS.read_text(encoding="utf-8")) | demo_prompts("en")
        self._prompts = [
            {"key": k, "channel": "written", "texts": {"en": t}, "own": True} for k, t in texts.items()
        ]

    def answer(self, method: str, path: str, body: Json) -> Json | None:
        name = self._document["id"]
        verdict = {"journey": name, "ok": True, "problems": [], "states": 1, "transitions": 1, "paths": 1}
        draft = {"id": "draft", "journey_id": name, "owner": "d", "name": "", "base_version": 1, "revision": 1}
        match method, path.removeprefix("/api/").split("/"):
            case "GET", ["auth", "me"]:
                me = {"id": "d", "name": "Dana", "roles": ["designer"], "locale": "en"}
                return {"me": me, "csrf": "x"}
            case "GET", ["journeys"]:
                return {"items": [line(name)]}
            case "GET", ["prompts"]:
                return {"items": self._prompts}
            case "GET", ["journeys", _]:
                return {**line(name), "document": self._document, "versions": [line(name)]}
            case "GET", ["journeys", _, "drafts"]:
                return {"items": []}
            case "POST", ["journeys", _, "check"]:
                return {"ok": True, "reports": [{**verdict, "journeys": [name], "complete": True, "lines": []}]}
            case (("POST" | "PUT"), ["journeys", _, "drafts", *_]):
                return {**draft, **body, "updated_at": "2026-11-20T09:00:00Z", "newest_version": 1}
            case _:
                return None

    async def handle(self, route: Route) -> None:
        request = route.request
        path = "/" + request.url.split("://", 1)[1].split("/", 1)[1].split("?")[0]
        if path.startswith("/api/"):
            found = self.answer(request.method, path, request.post_data_json or {})
            missing = {"error": {"code": "not_found", "text": "Not found.", "fix": ""}}
            await route.fulfill(status=404 if found is None else 200, json=missing if found is None else found)
            return
        file = DIST / path.lstrip("/")
        file = file if file.is_file() else DIST / "index.html"
        await route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0])


Act = Callable[[int], Awaitable[None]]


async def sampled(page: Page, name: str, event: str, samples: int, act: Act) -> Figure:
    """Do something again and again; return how long the page took each time."""
    await page.evaluate("(type) => { taken.length = 0; awaited = type; }", event)
    for number in range(samples):
        await act(number)
        await page.wait_for_function("(so_many) => taken.length >= so_many", arg=number + 1)
    times: list[float] = await page.evaluate("taken")
    return Figure(name, times)


async def interactions(page: Page, samples: int) -> list[Figure]:
    """Choose, insert, move, undo, type, pan and drag in the open designer."""
    tree = page.get_by_role("tree")
    keyboard, mouse = page.keyboard, page.mouse
    await tree.focus()

    async def press(keys: str) -> None:
        await keyboard.press(keys)

    step = page.get_by_role("treeitem").nth(2)
    figures = [
        await sampled(page, "choose the next step by key", "keydown", samples, lambda _: press("ArrowDown"))
    ]
    for name, keys in (
        ("move a step by key", ("Alt+ArrowDown", "Alt+ArrowUp")),
        ("duplicate a step by key", ("Control+d",)),
        ("take back", ("Control+z",)),
    ):
        await step.click()
        figures.append(
            await sampled(page, name, "keydown", samples, lambda at, keys=keys: press(keys[at % len(keys)]))
        )
    await step.click()
    say = page.get_by_role("toolbar", name="Add a step").get_by_role("button", name="Say", exact=True)
    figures.append(await sampled(page, "insert from the palette", "click", samples, lambda _: say.click()))
    await step.click()
    chosen = [page.locator(f"[data-path='start/{at}']") for at in (2, 3, 4)]
    figures.append(
        await sampled(page, "choose a box on the canvas", "click", samples, lambda at: chosen[at % 3].click())
    )
    room = await page.get_by_role("application").bounding_box()
    assert room is not None
    middle = (room["x"] + room["width"] / 2, room["y"] + room["height"] / 2)
    await mouse.move(*middle)
    figures.append(
        await sampled(page, "pan", "wheel", samples, lambda at: mouse.wheel(0, 90 if at < samples / 2 else -90))
    )
    await step.click()
    box = await chosen[0].bounding_box()
    assert box is not None
    await mouse.move(box["x"] + 40, box["y"] + 20)
    await mouse.down()

    async def drag(at: int) -> None:
        await mouse.move(box["x"] + 40 + 3 * at, box["y"] + 20 + 2 * at)

    figures.append(await sampled(page, "drag a box", "pointermove", samples, drag))
    await mouse.up()
    search = page.get_by_role("searchbox")
    await search.focus()
    figures.append(
        await sampled(page, "type into the search", "keydown", samples, lambda at: keyboard.type("order "[at % 6]))
    )
    return figures


async def measure(chromium: str, steps: int, samples: int) -> tuple[int, list[Figure]]:
    document, size = large_journey(steps)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = await browser.new_context(viewport=VIEW, locale="en-US")
        page = await context.new_page()
        await page.add_init_script(WATCH)
        await page.route("**/*", StandIn(document).handle)
        await page.goto(f"http://designer.localhost/journeys/{document['id']}/edit")
        await page.locator("[data-shape=step]").first.wait_for()
        figures = await interactions(page, samples)
        await browser.close()
    return size, figures


def verdict(figures: Sequence[Figure]) -> int:
    for figure in figures:
        word = "ok  " if figure.p95_ms <= MOST_MS else "OVER"
        median = statistics.median(figure.times_ms)
        print(
            f"{word}  {figure.name:30} median {median:6.1f} ms, p95 {figure.p95_ms:6.1f} ms  (at most {MOST_MS:g})"
        )
    return 0 if all(figure.p95_ms <= MOST_MS for figure in figures) else 1


async def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--steps", type=int, default=300)
    asked.add_argument("--samples", type=int, default=40)
    options = asked.parse_args()
    chromium = os.environ.get("WARMLINE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed; run scripts/install-chromium.sh.")
    if not (DIST / "index.html").exists():
        sys.exit("The desk is not built; run npm run build in web/.")
    size, figures = await measure(chromium, options.steps, options.samples)
    print(f"A journey of {size} steps")
    code = verdict(figures)
    print(f"Load average while measuring: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return code


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
