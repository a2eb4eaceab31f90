"""How fast the journey designer answers with a journey of 300 steps open, in a real Chromium: input to picture.

The built page runs as it is; a stand-in answers its requests from memory, so that the page alone is measured. Each
figure is the time from the input's arrival in the browser to the moment the picture that shows what it did was
presented, with outline, canvas and inspector beside each other: Chromium's own `EventLatency`, which knows the
frame that followed from an event, and counts its rastering and compositing. For moves of the mouse it names none:
there, the figure ends where the next frame begins, which is later. The next input comes as soon as the page has
drawn the picture of the one before, faster than anybody is. What follows a picture (the form beside the canvas,
the arrangement of a changed section) delays the next input, but is not waited for.

Beside it stands the processor time of the page's main thread for each such input, with what follows the picture,
which can be compared on a busy machine, too.

Until 22 November 2026 the page told its times itself, by a message posted in the frame after the event. Input and
frames go before messages: often the time was that of another frame, which only the polling of the benchmark had
asked for; and rastering was counted only where it held up the frames behind it.
"""

import argparse
import asyncio
import json
import mimetypes
import os
import shutil
import statistics
import sys
from collections.abc import Awaitable, Callable, Iterable, Sequence
from itertools import count, pairwise
from pathlib import Path
from typing import Any, NamedTuple, cast

import msgspec
from playwright.async_api import CDPSession, Page, Route, ViewportSize, async_playwright

from warmline.domain.journey.document import Invoke
from warmline.domain.journey.prompts import parse_catalogue
from warmline.domain.journey.schema import schema
from warmline.domain.journey.walk import steps_of
from warmline_demo.content.catalogue import demo_prompts, library

ROOT = Path(__file__).parent.parent
DIST = ROOT / "src" / "warmline" / "web_dist" / "desk"
PROMPTS = ROOT / "src" / "warmline" / "prompts" / "en.toml"
VIEW: ViewportSize = {"width": 1440, "height": 900}
MOST_MS = 50.0
# Until the last picture and what follows it are done.
SETTLED_S = 0.5
Json = dict[str, Any]

# Every trusted input of the kind under measure leaves a mark in the trace; `drawn` waits for so many pictures.
WATCH = """
let seen = 0, awaited = null, wanted = null;
const tell = () => {
  if (wanted === null || seen < wanted.count) return;
  wanted.done();
  wanted = null;
};
window.watchFor = (type) => { seen = 0; awaited = type; };
window.drawn = (count) => new Promise((done) => { wanted = { count, done }; tell(); });
for (const type of ["keydown", "click", "wheel", "pointermove"]) {
  addEventListener(type, (event) => {
    if (!event.isTrusted || type !== awaited || ["Alt", "Control"].includes(event.key)) return;
    performance.mark("input");
    requestAnimationFrame(() => requestAnimationFrame(() => {
      performance.mark("behind");
      seen += 1;
      tell();
    }));
  }, true);
}
"""
TRACED = ["input", "blink.user_timing"]
# What Chromium calls the inputs that pages hear as these.
LATENCY_OF = {
    "keydown": "KEY_PRESSED",
    "click": "MOUSE_RELEASED",
    "wheel": "MOUSE_WHEEL",
    "pointermove": "MOUSE_DRAGGED",
}
# A key that writes a letter is two events of one moment.
TOGETHER_US = 2_000


def pictures_ms(trace: Iterable[Json], event: str) -> list[float]:
    """Return for each marked input of a kind how long it took until its picture was presented, in ms.

    Raises `AssertionError` for an input after which the browser presented nothing.
    """
    marks: list[int] = []
    begun: dict[tuple[int, str], int] = {}
    shown: list[tuple[int, int]] = []
    for each in sorted(trace, key=lambda one: one.get("ts", 0)):
        if "blink.user_timing" in each["cat"]:
            if each["name"] == "input":
                marks.append(each["ts"])
            elif each["name"] == "behind" and event == "pointermove" and begun:
                shown.append((begun.popitem()[1], each["ts"]))
        elif each["name"] == "EventLatency":
            key = (each["pid"], each["id2"]["local"])
            told = each.get("args", {}).get("event_latency", {})
            if told.get("event_type") == LATENCY_OF[event] and (
                "display_trace_id" in told or event == "pointermove"
            ):
                begun[key] = each["ts"]
            elif each["ph"] == "e" and key in begun and event != "pointermove":
                shown.append((begun.pop(key), each["ts"]))
    times: list[float] = []
    for before, mark in pairwise([0, *marks]):
        mine = [(begin, end) for begin, end in shown if before < begin <= mark]
        assert mine, f"nothing was presented after input {len(times) + 1} ({event})"
        begin = max(begin for begin, _ in mine)
        times.append(max(end - begin for at, end in mine if begin - at <= TOGETHER_US) / 1000)
    return times


class Figure(NamedTuple):
    """How long one kind of interaction took to its picture, and its main-thread processor time each, in ms."""

    name: str
    times_ms: list[float]
    busy_ms: float

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


def names(texts: Iterable[str]) -> Json:
    """Return what fields may name, as many of each as the demo has."""
    journeys = library()
    queues = [{"id": one, "name": {"en": one}} for one in ("orders", "returns", "products", "payments", "night")]
    tasks = sorted({step.task for one in journeys.values() for step in steps_of(one) if isinstance(step, Invoke)})
    shape: Json = {"declared": True, "required": [], "optional": [], "secret": [], "answers": [], "fields": []}
    return {
        "queues": queues,
        "calendars": queues,
        "skills": [{**one, "level": 3} for one in queues],
        "tasks": [{"id": one, **shape} for one in tasks],
        "journeys": [
            {"id": one.id, "kind": one.kind, "title": one.title, "parameters": list(one.parameters)}
            for one in journeys.values()
        ],
        "prompts": [{"key": key, "used_by": []} for key in texts],
        "intents": ["order_status", "return", "product"],
        "slots": ["emergency", "greeting"],
    }


class StandIn:
    """Answers what the designer asks, at once and from memory."""

    def __init__(self, document: Json, dist: Path) -> None:
        self._document = document
        self._dist = dist
        texts = parse_catalogue(PROMPTS.read_text(encoding="utf-8")) | demo_prompts("en")
        self._prompts = [
            {"key": k, "channel": "written", "texts": {"en": t}, "own": True} for k, t in texts.items()
        ]
        self._names = names(texts)

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
            case "GET", ["journeys", "schema"]:
                return cast("Json", msgspec.to_builtins(schema()))
            case "GET", ["journeys", "names"]:
                return self._names
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
        file = self._dist / path.lstrip("/")
        file = file if file.is_file() else self._dist / "index.html"
        await route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0])


Act = Callable[[int], Awaitable[None]]


class Watched(NamedTuple):
    """The page under measure, its gauge, and how often each thing is done."""

    page: Page
    gauge: CDPSession
    samples: int

    async def busy_ms(self) -> float:
        """Return how long the main thread has worked so far, in ms of processor time."""
        told = await self.gauge.send("Performance.getMetrics")
        return 1000 * next(one["value"] for one in told["metrics"] if one["name"] == "TaskDuration")

    async def sampled(self, name: str, event: str, act: Act) -> Figure:
        """Do something again and again; return how long its pictures took each time."""
        page, browser = self.page, self.page.context.browser
        assert browser is not None
        await page.evaluate("(type) => watchFor(type)", event)
        before_ms = await self.busy_ms()
        await browser.start_tracing(page=page, categories=TRACED)
        for number in range(self.samples):
            await act(number)
            await page.evaluate("(so_many) => drawn(so_many)", number + 1)
        await asyncio.sleep(SETTLED_S)
        busy_ms = (await self.busy_ms() - before_ms) / self.samples
        trace = msgspec.json.decode(await browser.stop_tracing())["traceEvents"]
        return Figure(name, pictures_ms(trace, event), busy_ms)


async def by_key(watched: Watched) -> list[Figure]:
    """Choose in outline and canvas, move, duplicate, take back and insert."""
    page = watched.page

    def press(*keys: str) -> Act:
        async def pressed(at: int) -> None:
            await page.keyboard.press(keys[at % len(keys)])

        return pressed

    await page.get_by_role("tree").focus()
    figures = [await watched.sampled("choose the next step by key", "keydown", press("ArrowDown"))]
    step = page.get_by_role("treeitem", name="Ask").first
    await step.click()
    await page.get_by_role("application").focus()
    figures.append(await watched.sampled("the same on the canvas", "keydown", press("ArrowDown")))
    for name, keys in (
        ("move a step by key", ("Alt+ArrowDown", "Alt+ArrowUp")),
        ("duplicate a step by key", ("Control+d",)),
        ("take back", ("Control+z",)),
    ):
        await page.get_by_role("tree").focus()
        await page.keyboard.press("Home")
        for _ in range(2):
            await page.keyboard.press("ArrowDown")
        figures.append(await watched.sampled(name, "keydown", press(*keys)))
    await page.keyboard.press("Home")
    for _ in range(2):
        await page.keyboard.press("ArrowDown")
    say = page.get_by_role("toolbar", name="Add a step").get_by_role("button", name="Say", exact=True)
    figures.append(await watched.sampled("insert from the palette", "click", lambda _: say.click()))
    return figures


async def by_hand(watched: Watched) -> list[Figure]:
    """Choose, pan and drag on the canvas; type into the search and into a form."""
    page, mouse, samples = watched.page, watched.page.mouse, watched.samples
    await page.get_by_role("tree").focus()
    await page.keyboard.press("Home")
    for _ in range(2):
        await page.keyboard.press("ArrowDown")
    chosen = [page.locator(f"[data-path='start/{at}']") for at in (2, 3, 4)]
    figures = [await watched.sampled("choose a box on the canvas", "click", lambda at: chosen[at % 3].click())]
    room = await page.get_by_role("application").bounding_box()
    assert room is not None
    await mouse.move(room["x"] + room["width"] / 2, room["y"] + room["height"] / 2)
    figures.append(
        await watched.sampled("pan", "wheel", lambda at: mouse.wheel(0, 90 if at < samples / 2 else -90))
    )
    await chosen[1].click()
    box = await chosen[0].bounding_box()
    assert box is not None
    await mouse.move(box["x"] + 40, box["y"] + 20)
    await mouse.down()

    async def drag(at: int) -> None:
        await mouse.move(box["x"] + 43 + 3 * at, box["y"] + 22 + 2 * at)

    figures.append(await watched.sampled("drag a box", "pointermove", drag))
    await mouse.up()
    pane = page.get_by_role("tabpanel", name="Settings")
    for name, place in (
        ("type into the search", page.get_by_role("searchbox")),
        ("type into a form", pane.get_by_role("combobox").first),
    ):
        await place.focus()
        figures.append(await watched.sampled(name, "keydown", lambda at: page.keyboard.type("order "[at % 6])))
    return figures


async def measure(chromium: str, dist: Path, steps: int, samples: int) -> tuple[int, list[Figure]]:
    document, size = large_journey(steps)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = await browser.new_context(viewport=VIEW, locale="en-US")
        page = await context.new_page()
        await page.add_init_script(WATCH)
        await page.route("**/*", StandIn(document, dist).handle)
        await page.goto(f"http://designer.localhost/journeys/{document['id']}/edit")
        await page.locator("[data-shape=step]").first.wait_for()
        gauge = await context.new_cdp_session(page)
        await gauge.send("Performance.enable", {"timeDomain": "threadTicks"})
        watched = Watched(page, gauge, samples)
        figures = [*await by_key(watched), *await by_hand(watched)]
        await browser.close()
    return size, figures


def verdict(figures: Sequence[Figure]) -> int:
    for figure in figures:
        word = "ok  " if figure.p95_ms <= MOST_MS else "OVER"
        median = statistics.median(figure.times_ms)
        print(
            f"{word}  {figure.name:30} median {median:6.1f} ms, p95 {figure.p95_ms:6.1f} ms  (at most {MOST_MS:g})"
            f"; main thread {figure.busy_ms:6.1f} ms each"
        )
    return 0 if all(figure.p95_ms <= MOST_MS for figure in figures) else 1


async def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--steps", type=int, default=300)
    asked.add_argument("--samples", type=int, default=40)
    asked.add_argument("--dist", type=Path, default=DIST, help="the built desk")
    options = asked.parse_args()
    chromium = os.environ.get("WARMLINE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed; run scripts/install-chromium.sh.")
    if not (options.dist / "index.html").exists():
        sys.exit("The desk is not built; run npm run build in web/.")
    size, figures = await measure(chromium, options.dist, options.steps, options.samples)
    print(f"A journey of {size} steps")
    code = verdict(figures)
    print(f"Load average while measuring: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return code


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
