"""Help pages as they are asked for: whose they are, which there are, and every step through one."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.journey.cards import HELP
from warmline.domain.journey.document import CallModule, Journey
from warmline.domain.journey.prompts_used import prompts_of
from warmline.domain.journey.textform import folded
from warmline.domain.journey.walk import steps_of
from warmline.features.contacts.facts import TenantFacts
from warmline.features.help import store, walk
from warmline.features.help.counts import Counts
from warmline.features.help.page import Entry, Shown, Site, describe
from warmline.features.help.store import What
from warmline.features.help.token import STALE, TOO_LONG, seal, unseal
from warmline.features.help.walk import Way
from warmline.features.help.words import WORDS
from warmline.kernel.errors import NOT_FOUND, Refused
from warmline.kernel.locale import LOCALES, Locale
from warmline.ports.chat import WidgetSettings
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

MOST_GIVEN = 60  # letters of one value that a form gives along
GIVEN_SIGNS = frozenset(" -_.,#+?!()·・、。？！（）")


class FactsOf(Protocol):
    """The facts of every company; see `FactsHouse`."""

    async def of(self, tenant_id: str) -> TenantFacts: ...
    def known(self) -> list[str]: ...
    def widget(self, key: str) -> WidgetSettings | None: ...
    def widgets(self, tenant_id: str) -> list[WidgetSettings]: ...


class Visit(Struct, frozen=True):
    """One request: the company it is for, and how its pages are addressed."""

    tenant_id: str
    site: Site
    origins: tuple[str, ...]


class HelpPages:
    """The help pages of all companies."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        facts: FactsOf,
        counts: Counts,
        base_url: str,
        report: Callable[[str, BaseException], None],
        *,
        version: str = "",
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._facts = facts
        self._counts = counts
        self._base_url = base_url.rstrip("/")
        self._report = report
        self._version = version
        self._now = now

    def visit(self, host: str, key: str, *, embed: bool) -> Visit:
        """Return whose pages are meant: the company of the widget `key`, else the one whose own host was asked.

        Where there is only one company, every host is its own. On a host that is another company's alone, a key
        opens nothing: nobody speaks in somebody else's name. Raises Refused not_found.
        """
        widget, root = self._widget(host, key)
        if widget is None:
            raise Refused(NOT_FOUND, what="address")
        own = self._facts.widgets(widget.tenant_id)
        origins = tuple(sorted({origin for one in own for origin in one.origins}))
        site = Site(
            company=widget.name,
            root=root,
            widget_key=widget.key,
            key=key,
            embed=embed,
            hosts=frozenset(urlsplit(origin).netloc for origin in (*origins, root)),
            version=self._version,
            home=_home(origins, self._base_url),
        )
        return Visit(widget.tenant_id, site, origins)

    def _widget(self, host: str, key: str) -> tuple[WidgetSettings | None, str]:
        every = [one for tenant_id in self._facts.known() for one in self._facts.widgets(tenant_id)]
        if key:
            named = self._facts.widget(key)
            foreign = named is not None and self._is_anothers(host, named.tenant_id, every)
            return None if foreign else named, self._base_url
        for origin in (f"https://{host}", f"http://{host}"):
            here = [one for one in every if origin in one.origins]
            if len({one.tenant_id for one in here}) == 1:
                return min(here, key=lambda one: one.key), origin
        if every and len(self._facts.known()) == 1:
            return min(every, key=lambda one: one.key), self._base_url
        return None, ""

    def _is_anothers(self, host: str, tenant_id: str, every: Sequence[WidgetSettings]) -> bool:
        if host == urlsplit(self._base_url).netloc:
            return False
        owners = {one.tenant_id for one in every if {f"https://{host}", f"http://{host}"} & {*one.origins}}
        return bool(owners) and tenant_id not in owners

    async def index(self, visit: Visit, locale: Locale, words: str) -> list[Entry]:
        """Return the company's pages by title; with `words`, those whose title or texts hold all of them."""
        facts = await self._facts.of(visit.tenant_id)
        wanted = [folded(word) for word in words.split() if folded(word)]
        found: list[Entry] = []
        for slug in facts.settings.published:
            journey, version = facts.journey(slug, None)
            if journey.kind != "help":
                continue
            entry = self._entry(facts, journey, version, locale)
            if wanted:
                texts = folded("\n".join([entry.title, entry.description, *_texts(facts, journey, locale)]))
                if not all(word in texts for word in wanted):
                    continue
            found.append(entry)
        return sorted(found, key=lambda one: one.title)

    async def start(
        self, visit: Visit, locale: Locale, slug: str, given: Mapping[str, str], field: str, *, notice: str = "",
        counted: bool = True,
    ) -> Shown:  # fmt: skip
        """Open a page at its beginning, with what a form gives along; `counted`: somebody reads it.

        Raises Refused not_found.
        """
        facts = await self._facts.of(visit.tenant_id)
        journey, version = facts.published(slug, "help")
        values = {name: _given(given.get(name, "")) for name in journey.parameters}
        way = walk.fresh(secrets.token_hex(8), slug, version, locale, values, _given(field))
        shown = await self._show(visit, facts, journey, way, locale, at_start=True, notice=notice)
        if counted:
            self._count(visit, way, locale, "seen")
            if shown.view.over:
                self._count(visit, way, locale, "finished")
        return shown

    async def at(
        self, visit: Visit, locale: Locale, slug: str, token: str, *, thanks: str = "", talk: bool = False
    ) -> Shown:
        """Return the page at a place of its way. Raises Refused `help.stale`, not_found."""
        facts, journey, way = await self._on_the_way(visit, slug, token)
        return await self._show(
            visit, facts, journey, way, locale, at_start=way.said is None, thanks=thanks, talk=talk
        )

    async def answer(
        self, visit: Visit, locale: Locale, slug: str, token: str, button: str | None, entries: Mapping[str, str]
    ) -> Shown:
        """Send the open card; where an entry does not fit, the card comes back with the reason.

        Raises Refused `help.stale`, not_found.
        """
        facts, journey, way = await self._on_the_way(visit, slug, token)
        after, there = walk.answer(way, button, entries, facts, self._now(), locale)
        title = _title(facts, journey, locale)
        self._tell(there.problems)
        if there.card is not None and there.card.problem:
            return Shown(slug, title, there, way, token, at_start=way.said is None)
        try:
            sealed = await seal(self._keyring, visit.tenant_id, after, self._now())
        except Refused as refused:
            if refused.code != TOO_LONG:
                raise
            here = walk.written(walk.view(way, facts, self._now(), locale), entries)
            return Shown(slug, title, here, way, token, way.said is None, notice=WORDS[locale].too_long)
        if there.over:
            self._count(visit, after, locale, "finished")
        return Shown(slug, title, there, after, sealed, at_start=False)

    async def count(self, visit: Visit, locale: Locale, slug: str, token: str, what: What) -> None:
        """Count what was said of a page, or that somebody went on to people. Raises Refused `help.stale`."""
        _, _, way = await self._on_the_way(visit, slug, token)
        self._count(visit, way, locale, what)

    async def with_phones(self, visit: Visit) -> Site:
        """Return the site with the numbers that people can call."""
        async with self._database.tenant(visit.tenant_id) as conn:
            lines = await store.lines(conn, visit.tenant_id)
        site = visit.site
        return replace(site, phones=tuple(lines))

    async def _on_the_way(self, visit: Visit, slug: str, token: str) -> tuple[TenantFacts, Journey, Way]:
        facts = await self._facts.of(visit.tenant_id)
        facts.published(slug, "help")
        way = await unseal(self._keyring, visit.tenant_id, token, slug, self._now())
        try:
            journey, _ = facts.journey(slug, way.version)
            for (
                frame
            ) in way.session.frames:  # a version that is not kept any more: from the start, with a sentence
                facts.journey(frame.journey_id, frame.version)
        except KeyError:
            raise Refused(STALE) from None
        return facts, journey, way

    async def _show(
        self, visit: Visit, facts: TenantFacts, journey: Journey, way: Way, locale: Locale, *, at_start: bool,
        notice: str = "", thanks: str = "", talk: bool = False,
    ) -> Shown:  # fmt: skip
        seen = walk.view(way, facts, self._now(), locale)
        self._tell(seen.problems)
        token = await seal(self._keyring, visit.tenant_id, way, self._now())
        title = _title(facts, journey, locale)
        return Shown(way.slug, title, seen, way, token, at_start, notice=notice, thanks=thanks, talk=talk)

    def _entry(self, facts: TenantFacts, journey: Journey, version: int, locale: Locale) -> Entry:
        blank = walk.fresh("", journey.id, version, locale, {name: "" for name in journey.parameters})
        seen = walk.view(blank, facts, self._now(), locale)
        return Entry(journey.id, _title(facts, journey, locale), describe(seen))

    def _count(self, visit: Visit, way: Way, locale: Locale, what: What) -> None:
        self._counts.add(visit.tenant_id, way.slug, way.version, locale, what, way.id)

    def _tell(self, problems: Sequence[str]) -> None:
        for problem in problems:
            self._report("help page", RuntimeError(problem))


def _home(origins: Sequence[str], own: str) -> str:
    """Return the company's own site: the first that is neither this installation nor this machine alone."""
    elsewhere = [one for one in origins if one != own and urlsplit(one).hostname not in ("localhost", "127.0.0.1")]
    return elsewhere[0] if elsewhere else ""


def language_of(locale: str) -> Locale | None:
    """Return the language an address names, if it is one of ours."""
    return next((one for one in LOCALES if one == locale), None)


def _title(facts: TenantFacts, journey: Journey, locale: Locale) -> str:
    return facts.prompt(journey.title, locale, HELP) or journey.id


def _texts(facts: TenantFacts, journey: Journey, locale: Locale) -> list[str]:
    """Return every text of a page and of the modules it calls."""
    waiting, known, keys = [journey], {journey.id}, set[str]()
    while waiting:
        for step in steps_of(waiting.pop()):
            keys.update(prompts_of(step))
            if isinstance(step, CallModule) and step.module not in known:
                known.add(step.module)
                if step.module in facts.settings.published:
                    waiting.append(facts.journey(step.module, None)[0])
    return [text for key in sorted(keys) if (text := facts.prompt(key, locale, HELP))]


def _given(value: str) -> str:
    """Return what a form gave along as far as it is plain words: an address could be made to say anything."""
    return "".join(c for c in value[:MOST_GIVEN] if c.isalnum() or c in GIVEN_SIGNS).strip()
