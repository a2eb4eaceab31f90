"""No screen of the desk keeps anybody out: axe finds nothing on any route, in both themes and three languages."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.async_api import Page, Request, expect
from tests.e2e.conftest import ROOT, NewPage, violations
from tests.e2e.desk_page import ASK_PERSON, WIDE, Desk, Language, at_work, sign_in, somebody, visiting

from warmline_demo.commerce.records import Person

WEB = ROOT / "web" / "src" / "features"
# Screens that are more than their route: one address for each section or kind.
SECTIONS = {"/admin": re.compile(r'^  \{ id: "([a-z]+)"|^    id: "([a-z]+)",$', re.MULTILINE)}
Look = Callable[[Page, str], Awaitable[None]]


def routes_of_the_desk() -> list[str]:
    """Return the address of every screen, from where the screens themselves are declared."""
    found: list[str] = []
    for file in sorted(WEB.glob("*/routes.ts")):
        for path in re.findall(r'path: "(/[^"]*)"', file.read_text()):
            plain = re.sub(r"/:[a-z]+\??", "", path)
            found.append(plain)
            found += [f"{plain}/{section}" for section in _sections(plain, file.parent)]
    return [path for path in found if path != "/desk"]


def _sections(path: str, folder: Path) -> list[str]:
    file = folder / "sections.ts"
    if path not in SECTIONS or not file.exists():
        return []
    listing = file.read_text().partition("SECTIONS: readonly")[2]
    return [first or second for first, second in SECTIONS[path].findall(listing)]


# The dark theme changes colours and nothing else, so that it is asked what is about colours.
OF_COLOURS = """
async () => (await axe.run(document, { runOnly: {
  type: "rule", values: ["color-contrast", "link-in-text-block"],
} })).violations.map(
  ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`)
"""
# Colours may not be judged while they fade from one theme to the other.
FADED = "() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null)))"


async def look_at(page: Page, name: str, picture: Look) -> list[str]:
    """Return what axe finds on the screen as it is, in light and in dark."""
    await page.emulate_media(color_scheme="light")
    await page.evaluate(FADED)
    await picture(page, f"desk_{name}_light")
    light = await violations(page)
    await page.emulate_media(color_scheme="dark")
    await page.evaluate(FADED)
    await picture(page, f"desk_{name}_dark")
    return [f"{name} light: {each}" for each in light] + [
        f"{name} dark: {each}" for each in await page.evaluate(OF_COLOURS)
    ]


async def speak(page: Page, locale: Language) -> None:
    await page.evaluate(f"localStorage.setItem('warmline.locale', '{locale}')")
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("lang", re.compile(locale))


class Traffic:
    """What a page has asked for and not yet received."""

    def __init__(self, page: Page) -> None:
        self._open: set[Request] = set()
        page.on("request", lambda request: self._open.add(request))
        page.on("requestfinished", lambda request: self._open.discard(request))
        page.on("requestfailed", lambda request: self._open.discard(request))

    async def settled(self, page: Page) -> None:
        """Wait until the screen shows what it has to show."""
        quiet = 0
        async with asyncio.timeout(20):
            while quiet < 3:
                await page.evaluate("() => new Promise((painted) => requestAnimationFrame(painted))")
                quiet = 0 if self._open else quiet + 1
        await expect(page.locator("main [aria-busy=true]")).to_have_count(0)


async def walk_to(page: Page, path: str) -> None:
    """Go to an address inside the desk, as its links do."""
    await page.evaluate(
        "(path) => { history.pushState(null, '', path); dispatchEvent(new Event('popstate')); }", path
    )


@pytest.mark.parametrize("locale", ["ko", "ja", "en"])
async def test_every_address_of_the_desk_is_open_to_everybody(
    product: str, new_page: NewPage, picture: Look, locale: Language
):
    person, order = somebody(locale, 2)
    customer = await visiting(new_page, product, locale)
    await customer.prove_order(product, person, order)
    page = await new_page(viewport=WIDE, locale=locale)
    await page.goto(product)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    found = await look_at(page, f"{locale}_login", picture)
    await sign_in(page, product, role="admin")
    await speak(page, locale)
    traffic = Traffic(page)
    for path in routes_of_the_desk():
        await walk_to(page, await an_example_of(path, person, page))
        await traffic.settled(page)
        name = f"{locale}{path.replace('/', '_')}"
        found += await look_at(page, name, picture)
        # A list leads to what it lists: forms, journeys, texts.
        first = page.locator(f'main a[href^="{path}/"]').first
        if path not in ("/admin", "/live") and await first.count():
            await first.click()
            await traffic.settled(page)
            found += await look_at(page, f"{name}_one", picture)
    assert found == []


async def an_example_of(path: str, person: Person, page: Page) -> str:
    """Return an address with something to see: a search that finds, a customer's page that is somebody's."""
    found = f"/search?q={quote(person.name)}"
    if path == "/search":
        return found
    if path == "/customers":
        customer = await page.evaluate(
            f"fetch('/api{found}').then((answer) => answer.json()).then(({{ customers }}) => customers[0].id)"
        )
        return f"/customers/{customer}"
    return path


async def test_a_conversation_is_open_to_everybody_from_ring_to_wrap_up(
    product: str, new_page: NewPage, picture: Look
):
    person, order = somebody("ko", 2)
    found: list[str] = []
    async with at_work(new_page, product) as desk:
        traffic = Traffic(desk.page)
        customer = await visiting(new_page, product, "ko")
        await customer.prove_order(product, person, order)
        await customer.say(ASK_PERSON["ko"])
        await desk.rings()
        found += await look_at(desk.page, "en_ringing", picture)
        await desk.accept()
        await desk.reply("안녕하세요, 확인해 볼게요.")
        await desk.page.keyboard.press("Escape")
        await desk.page.keyboard.press("n")
        await desk.page.keyboard.type("VIP")
        await desk.page.keyboard.press("Enter")
        await expect(desk.thread.get_by_text("VIP")).to_be_visible()
        for locale in ("ko", "ja", "en"):
            await speak(desk.page, locale)
            await expect(desk.page.locator("textarea")).to_be_visible()
            await traffic.settled(desk.page)
            found += await look_at(desk.page, f"{locale}_conversation", picture)
        found += await look_at_dialogs(desk, picture)
        await desk.end()
        for locale in ("ko", "ja", "en"):
            await speak(desk.page, locale)
            await expect(desk.page.get_by_role("radio").first).to_be_attached()
            found += await look_at(desk.page, f"{locale}_wrap_up", picture)
        await desk.finish("Solved")
    assert found == []


async def close(page: Page) -> None:
    """Close what is open: a list of suggestions first, then the dialog it belongs to."""
    await page.keyboard.press("Escape")
    if await page.get_by_role("dialog").is_visible():
        await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def look_at_dialogs(desk: Desk, picture: Look) -> list[str]:
    """Open what lies over the conversation, one after the other."""
    found: list[str] = []
    for key, name in (("?", "keys"), ("Control+k", "palette"), ("t", "transfer"), ("/", "macros")):
        await desk.page.keyboard.press(key)
        await expect(desk.page.get_by_role("dialog")).to_be_visible()
        found += await look_at(desk.page, f"en_{name}", picture)
        await close(desk.page)
    return found
