"""Help pages over HTTP: pages for everybody, which need no script, and their figures for those who write them."""

import datetime as dt
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path as FilePath
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from pydantic import BaseModel

from warmline.features.help import store
from warmline.features.help.page import FIELD, GIVEN, Shown, failed_page, help_page, index_page, kept_list
from warmline.features.help.service import HelpPages, Visit, language_of
from warmline.features.help.token import STALE
from warmline.features.help.words import WORDS
from warmline.features.reports.service import check_range
from warmline.features.security.access import open_to_all, require
from warmline.features.security.headers import CSP, content_policy
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.features.security.throttle import Buckets, Rate
from warmline.kernel.errors import NOT_FOUND, TOO_MANY, Refused
from warmline.kernel.locale import Locale, closest_locale
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

STYLE = FilePath(__file__).with_name("help.css")
STYLE_VERSION = sha256(STYLE.read_bytes()).hexdigest()[:12]
FOREVER = "public, max-age=31536000, immutable"
PER_ADDRESS = Rate(burst=120, per_s=4)  # steps and searches; a person reads
MOST_FORM_BYTES = 64 * 1024
MOST_ENTRIES = 100
MOST_WORDS = 100
LISTED = 100  # pages at once; there is a next list for the rest
READING = ["GET", "HEAD"]

JourneyId = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$", max_length=63)]
First = Annotated[dt.date, Query(alias="from", description="First day, in the company's time zone")]
Last = Annotated[dt.date, Query(alias="to", description="Last day, included")]


class HelpCountDoc(BaseModel):
    """How often something happened on a page on one day: seen, finished, helped, not_helped, to_people."""

    version: int
    day: dt.date
    locale: str
    what: str
    times: int


class HelpCountsDoc(BaseModel):
    """`key`: the widget's that an address of the page names the company by; null where no widget is in use."""

    items: list[HelpCountDoc]
    key: str | None


def figures_router(database: Database) -> APIRouter:
    """Return the route under `/api` for the counts of a help page."""
    api = APIRouter(responses=PROBLEMS, tags=["help"])

    @api.get("/journeys/{journey_id}/help")
    async def counts(
        journey_id: JourneyId,
        first: First,
        last: Last,
        session: Annotated[Session, Depends(require("watch.read"))],
    ) -> HelpCountsDoc:
        """Return what was counted on a help page, by day, version and language; of nobody in particular."""
        check_range(first, last)
        tenant_id = session.identity.tenant_id
        async with database.tenant(tenant_id) as conn:
            if not await store.is_known(conn, tenant_id, journey_id):
                raise Refused(NOT_FOUND, what="journey")
            found = await store.of_page(conn, tenant_id, journey_id, first, last)
            key = await store.widget_key(conn, tenant_id)
        return HelpCountsDoc(
            key=key,
            items=[
                HelpCountDoc(version=c.version, day=c.day, locale=c.locale, what=c.what, times=c.times)
                for c in found
            ],
        )

    return api


class Asked:
    """One request for a page: its language, whose page, and how to answer it."""

    def __init__(self, request: Request, pages: HelpPages, own_origins: tuple[str, ...], locale: str) -> None:
        self.request = request
        self.pages = pages
        self._own_origins = own_origins
        self.query = request.query_params
        self.known_locale = language_of(locale)
        self.locale: Locale = self.known_locale or closest_locale(request.headers.get("accept-language"))
        self._visit: Visit | None = None

    @property
    def visit(self) -> Visit:
        """Whose pages are meant. Raises Refused not_found."""
        if self._visit is None:
            host = self.request.headers.get("host", "")
            key = self.query.get("key", "")[:100]
            self._visit = self.pages.visit(host, key, embed=self.query.get("embed") == "1")
        return self._visit

    def html(self, body: str, status: int = 200) -> HTMLResponse:
        headers = {"cache-control": "no-store" if "at" in self.query else "no-cache"}
        if self._visit is not None and self._visit.site.embed:
            origins = " ".join(sorted({*self._visit.origins, *self._own_origins}))
            headers[CSP] = content_policy(frame_ancestors=origins or "'none'")
        return HTMLResponse(body, status, headers)

    def failed(self, refused: Refused) -> HTMLResponse:
        """Return the page for a refusal, in the reader's language."""
        t, site = WORDS[self.locale], None if self._visit is None else self._visit.site
        if refused.code == TOO_MANY:
            answer = self.html(failed_page(site, self.locale, t.help, t.too_many), 429)
            answer.headers["retry-after"] = str(refused.details.get("retry_after_s", 1))
            return answer
        return self.html(failed_page(site, self.locale, t.not_found, t.not_found_lead), refused.spec.status)

    def go(self, slug: str, **query: str) -> RedirectResponse:
        """Return to the page at a place of its way: the address has it, so going back and reloading work."""
        address = self.visit.site.path(self.locale, slug, **query)
        return RedirectResponse(address, 303, {"cache-control": "no-store"})


def pages_router(
    pages: HelpPages,
    own_origins: tuple[str, ...],
    *,
    rate: Rate = PER_ADDRESS,
    monotonic_s: Callable[[], float] = time.monotonic,
) -> APIRouter:
    """Return `/help`: the list of pages, every page, and what can be done on one."""
    api = APIRouter(dependencies=[Depends(open_to_all("help.public"))], include_in_schema=False)
    buckets = Buckets(rate)

    def spend(request: Request) -> None:
        buckets.take(request.client.host if request.client else "", monotonic_s())

    @api.api_route("/help", methods=READING)
    async def front(request: Request) -> Response:
        """Lead to the list in the reader's language."""
        asked = Asked(request, pages, own_origins, "")
        try:
            return RedirectResponse(asked.visit.site.path(asked.locale), 307, {"vary": "accept-language"})
        except Refused as refused:
            return asked.failed(refused)

    @api.api_route("/help/help.css", methods=READING)
    async def style() -> Response:
        """The pages' own style."""
        return Response(STYLE.read_bytes(), media_type="text/css", headers={"cache-control": FOREVER})

    @api.api_route("/help/{locale}", methods=READING)
    async def index(request: Request, locale: str) -> Response:
        """List the pages, or those that hold the words asked for."""
        asked = Asked(request, pages, own_origins, locale)
        words = " ".join(asked.query.get("q", "").replace("\0", "").split())[:MOST_WORDS]
        try:
            _in_a_language(asked)
            visit = asked.visit
            if words:
                spend(request)
            entries = await pages.index(visit, asked.locale, words)
        except Refused as refused:
            return asked.failed(refused)
        lists = max(1, -(-len(entries) // LISTED))
        number = min(max(1, _number(asked.query.get("page", ""))), lists)
        shown = entries[(number - 1) * LISTED : number * LISTED]
        return asked.html(
            index_page(
                visit.site, asked.locale, shown, words=words, found=len(entries), number=number, lists=lists
            )
        )

    @api.api_route("/help/{locale}/{slug}", methods=READING)
    async def page(request: Request, locale: str, slug: str) -> Response:
        """Show a page at its beginning, or where its address says."""
        asked = Asked(request, pages, own_origins, locale)
        query = asked.query
        try:
            _in_a_language(asked)
            visit = asked.visit
            talk = query.get("talk") == "1"
            if "at" in query:
                shown = await _at_or_anew(asked, slug, query["at"], thanks=query.get("thanks", ""), talk=talk)
            else:
                given = {n[len(GIVEN) :]: v for n, v in query.items() if n.startswith(GIVEN)}
                field, read = query.get("field", ""), request.method != "HEAD"
                shown = await pages.start(visit, asked.locale, slug, given, field, counted=read)
            site = await pages.with_phones(visit) if shown.talk else visit.site
        except Refused as refused:
            return asked.failed(refused)
        return asked.html(help_page(site, asked.locale, shown))

    @api.post("/help/{locale}/{slug}")
    async def step(request: Request, locale: str, slug: str) -> Response:
        """Answer the open card and lead to what follows; a card that does not fit comes back with the reason."""
        asked = Asked(request, pages, own_origins, locale)
        try:
            spend(request)
            _in_a_language(asked)
            visit, form = asked.visit, await _form(request)
            entries = {name[len(FIELD) :]: value for name, value in form.items() if name.startswith(FIELD)}
            shown = await pages.answer(visit, asked.locale, slug, form.get("at", ""), form.get("button"), entries)
        except Refused as refused:
            if refused.code != STALE:
                return asked.failed(refused)
            return asked.go(slug, at="-")
        unfit = shown.notice or (shown.view.card is not None and shown.view.card.problem)
        if unfit:
            return asked.html(help_page(visit.site, asked.locale, shown), 422)
        return asked.go(slug, at=shown.token)

    @api.post("/help/{locale}/{slug}/feedback")
    async def feedback(request: Request, locale: str, slug: str) -> Response:
        """Count whether the page helped."""
        helped = (await _form(request)).get("helped") == "yes"
        what: store.What = "helped" if helped else "not_helped"
        return await said(request, locale, slug, what, thanks="yes" if helped else "no")

    @api.post("/help/{locale}/{slug}/talk")
    async def talk(request: Request, locale: str, slug: str) -> Response:
        """Count that somebody went on to people, and lead to the page with the chat, or the other ways."""
        return await said(request, locale, slug, "to_people", talk="1")

    async def said(request: Request, locale: str, slug: str, what: store.What, **then: str) -> Response:
        asked = Asked(request, pages, own_origins, locale)
        try:
            spend(request)
            _in_a_language(asked)
            token = (await _form(request)).get("at", "")
            await pages.count(asked.visit, asked.locale, slug, token, what)
        except Refused as refused:
            return asked.go(slug, at="-") if refused.code == STALE else asked.failed(refused)
        return asked.go(slug, at=token, **then)

    @api.api_route("/help/{locale}/{slug}/list.txt", methods=READING)
    async def kept(request: Request, locale: str, slug: str) -> Response:
        """Return the answers and what follows from them as a text file."""
        asked = Asked(request, pages, own_origins, locale)
        try:
            _in_a_language(asked)
            visit = asked.visit
            shown = await pages.at(visit, asked.locale, slug, asked.query.get("at", ""))
        except Refused as refused:
            return asked.go(slug, at="-") if refused.code == STALE else asked.failed(refused)
        text = kept_list(visit.site, asked.locale, shown, utc_now().date())
        named = {"content-disposition": f'attachment; filename="{slug}.txt"', "cache-control": "no-store"}
        return PlainTextResponse(text, headers=named)

    return api


async def _at_or_anew(asked: Asked, slug: str, token: str, *, thanks: str, talk: bool) -> Shown:
    """Show the page where its address says; an address that is old or was made up begins anew, with a sentence."""
    try:
        return await asked.pages.at(asked.visit, asked.locale, slug, token, thanks=thanks, talk=talk)
    except Refused as refused:
        if refused.code != STALE:
            raise
    read, stale = asked.request.method != "HEAD", WORDS[asked.locale].stale
    return await asked.pages.start(asked.visit, asked.locale, slug, {}, "", notice=stale, counted=read)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) <= 6 else 1


def _in_a_language(asked: Asked) -> None:
    if asked.known_locale is None:
        raise Refused(NOT_FOUND, what="address")


async def _form(request: Request) -> Mapping[str, str]:
    """Read a plain form; what cannot be read, or is more than any card holds, is as if it were not there."""
    body = await request.body()
    if len(body) > MOST_FORM_BYTES:
        return {}
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_ENTRIES)
    except ValueError:
        return {}
    return {name: value.replace("\0", "") for name, value in pairs}
