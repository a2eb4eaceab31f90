"""Two companies with help pages in three languages, and readers without scripts."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

import httpx
import pytest
from fastapi import FastAPI
from tests.features.conftest import ORIGIN, People

from warmline.domain.journey.document import (
    Block,
    CallModule,
    ChoiceInput,
    Compare,
    DateInput,
    End,
    Field,
    Goto,
    Journey,
    NumberInput,
    Option,
    Return,
    Say,
    Set,
    Show,
    TextInput,
    Var,
    When,
)
from warmline.features.contacts.assembly import ContactRooms, contact_rooms
from warmline.features.help.api import figures_router, pages_router
from warmline.features.help.counts import Counts
from warmline.features.help.service import HelpPages
from warmline.features.security import api as security_api
from warmline.features.security.service import Security
from warmline.kernel.locale import LOCALES
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.clock import utc_now
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed
from warmline.runtime.keyring import Keyring
from warmline.runtime.notifier import Notifier

SHOP = "https://shop.onda.example"
SORRY: Block = (End("h.sorry"),)
WEIGHT = Journey(
    "weight",
    (Return("?"),),
    {
        "start": (
            Show(
                "h.parcel",
                fields=(
                    Field("kg", "h.kg", NumberInput(0, 30)),
                    Field("note", "h.note", TextInput(500), required=False),
                ),
            ),
            When(Compare(Var("kg"), ">", 20), (Return("heavy"),)),
            Return("light"),
        )
    },
    kind="module",
)
RETURNS = Journey(
    "returns",
    SORRY,
    {
        "start": (
            Say("h.intro"),
            Show(
                "h.opened",
                ("h.opened_text",),
                options=(Option("yes", "h.yes", then=(Goto("opened"),)), Option("no", "h.no")),
                into="opened",
            ),
            CallModule("weight", into="weight"),
            When(Compare(Var("weight"), "==", "heavy"), (Say("h.heavy"),)),
            Show("h.steps", ("h.pack", "h.send")),
            End("h.done"),
        ),
        "opened": (
            Set("opened", "yes"),
            Show(
                "h.why",
                fields=(
                    Field("why", "h.why", ChoiceInput((Option("broken", "h.broken"), Option("other", "h.other")))),
                    Field("since", "h.since", DateInput(past_only=True), required=False),
                ),
                options=(Option("go", "h.go"), Option("again", "h.again", then=(Goto("start"),))),
            ),
            End("h.done"),
        ),
    },
    kind="help",
    title="h.title",
)
SHORT = Journey(
    "sizes",
    SORRY,
    {"start": (Show("h.table", ("h.row", "h.order")), End("h.done"))},
    kind="help",
    title="h.sizes",
    parameters=("order",),
)
CHAT = Journey("front", SORRY, {"start": (End("h.done"),), "agent": SORRY}, title="h.hidden")
WORDS = (
    "title", "sizes", "hidden", "intro", "opened", "opened_text", "yes", "no", "parcel", "kg", "note", "heavy",
    "steps", "pack", "send", "done", "why", "broken", "other", "since", "go", "again", "table", "row", "sorry",
)  # fmt: skip


@dataclass(frozen=True)
class Company:
    pages: HelpPages
    counts: Counts
    failures: list[BaseException]
    database: Database


async def _publish(database: Database, tenant_id: str, journeys: tuple[Journey, ...]) -> None:
    async with database.tenant(tenant_id) as conn:
        for journey in journeys:
            await conn.execute(
                "INSERT INTO journey (tenant_id, id, version, document, published_at) VALUES ($1, $2, 1, $3, $4)",
                tenant_id, journey.id, journey, utc_now(),
            )  # fmt: skip
        for locale in LOCALES:
            texts = {f"h.{word}": f"{tenant_id} {word} ({locale})" for word in WORDS}
            texts["h.order"] = "Order {order}, see https://shop.onda.example/sizes or https://evil.example/x."
            for key, text in texts.items():
                await conn.execute(
                    "INSERT INTO prompt (tenant_id, key, locale, channel, text, updated_at)"
                    " VALUES ($1, $2, $3, 'written', $4, $5)", tenant_id, key, locale, text, utc_now(),
                )  # fmt: skip


@pytest.fixture
async def rooms(
    database: Database, keyring: Keyring, committer: Committer, feed: Feed, notifier: Notifier, people: People
) -> ContactRooms:
    name = {locale: f"Shop ({locale})" for locale in LOCALES}
    await _publish(database, "onda", (RETURNS, WEIGHT, SHORT, CHAT))
    await _publish(database, "rival", (SHORT, CHAT))
    for tenant_id, origin in (("onda", SHOP), ("rival", "https://rival.example")):
        async with database.tenant(tenant_id) as conn:
            await conn.execute(
                "INSERT INTO widget (tenant_id, key, name, greeting, origins, journey_id)"
                " VALUES ($1, $2, $3, $3, $4, 'front')", tenant_id, f"{tenant_id}-key", name, [origin],
            )  # fmt: skip
    failures: list[BaseException] = []
    tasks = TaskRegistry(lambda task, failure: failures.append(failure))
    made = contact_rooms(
        database, keyring, committer, feed, notifier, tasks, lambda task, failure: failures.append(failure)
    )
    await made.warm()
    await made.facts.warm(["onda", "rival"])
    return made


@pytest.fixture
async def company(rooms: ContactRooms, database: Database, keyring: Keyring) -> AsyncIterator[Company]:
    failures: list[BaseException] = []
    tasks = TaskRegistry(lambda name, failure: failures.append(failure))
    counts = Counts(database, tasks)
    yield Company(
        HelpPages(database, keyring, rooms.facts, counts, ORIGIN, lambda name, failure: failures.append(failure)),
        counts,
        failures,
        database,
    )
    await tasks.close()


@pytest.fixture
def app(company: Company, database: Database, security: Security) -> FastAPI:
    made = FastAPI()
    made.include_router(figures_router(database), prefix="/api")
    made.include_router(pages_router(company.pages, (ORIGIN,)))
    security_api.install(made, security)
    return made


Reader = httpx.AsyncClient


@pytest.fixture
async def reader(app: FastAPI) -> AsyncIterator[Reader]:
    """Somebody on the shop's own host, with a browser that follows addresses and runs no script."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=SHOP, follow_redirects=True) as client:
        yield client


class _Reader(HTMLParser):
    """What a person and their browser take from a page: words, links, and forms with what they hold."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.forms: list[dict[str, object]] = []
        self.heads: dict[str, str] = {}
        self._heading = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if re.fullmatch("h[1-6]", tag):
            self._heading = int(tag[1])
        if tag == "a":
            self.links.append(given["href"])
        if tag == "meta" and "name" in given:
            self.heads[given["name"]] = given["content"]
        if tag == "link":
            self.heads[f"{given['rel']} {given.get('hreflang', '')}".strip()] = given["href"]
        if tag == "form":
            self.forms.append({"action": given["action"], "fields": {}, "buttons": []})
        if tag in ("input", "select", "textarea") and self.forms:
            fields = self.forms[-1]["fields"]
            assert isinstance(fields, dict)
            if given.get("type") != "radio" or "checked" in given:
                fields[given.get("name", "")] = given.get("value", "")
            else:
                fields.setdefault(given["name"], "")
        if tag == "button" and self.forms:
            buttons = self.forms[-1]["buttons"]
            assert isinstance(buttons, list)
            buttons.append((given.get("name", ""), given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch("h[1-6]", tag):
            self._heading = 0

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data.strip())
            if self._heading:
                self.headings.append((self._heading, data.strip()))


@dataclass(frozen=True)
class Page:
    """An answer as it is read."""

    status: int
    text: str
    headings: list[tuple[int, str]]
    links: list[str]
    forms: list[dict[str, object]]
    heads: dict[str, str]

    def form(self, ending: str) -> dict[str, object]:
        """The one form whose address ends like this, before its query."""
        (found,) = [one for one in self.forms if str(one["action"]).partition("?")[0].endswith(ending)]
        return found

    def buttons(self, ending: str) -> Iterator[str]:
        buttons = self.form(ending)["buttons"]
        assert isinstance(buttons, list)
        yield from (value for _, value in buttons)


def read(answer: httpx.Response) -> Page:
    seen = _Reader()
    seen.feed(answer.text)
    return Page(
        answer.status_code, unescape(" ".join(seen.words)), seen.headings, seen.links, seen.forms, seen.heads
    )


Send = Callable[..., Awaitable[Page]]


@pytest.fixture
def send(reader: Reader) -> Send:
    """Press a button of a form on a page, with entries by their name; what the form holds goes along."""

    async def press(
        page: Page, button: str, *, form: str = "/returns", name: str = "button", **entries: str
    ) -> Page:
        chosen = page.form(form)
        fields = chosen["fields"]
        assert isinstance(fields, dict)
        body = {**fields, **{f"f.{key}": value for key, value in entries.items()}, name: button}
        return read(await reader.post(str(chosen["action"]), data=body))

    return press
