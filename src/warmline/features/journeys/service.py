"""Publishing journeys: only what the checker proves to end well, for itself and for all that lead through it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.journey.checker_report import Report
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.codec import BadJourney, read_journey, write_journey
from warmline.domain.journey.document import CallModule, End, Goto, Journey, TransferJourney
from warmline.domain.journey.faults import BadTemplate
from warmline.domain.journey.prompts import SPOKEN_SUFFIX, compile_template
from warmline.domain.journey.walk import places
from warmline.features.journeys import store
from warmline.features.journeys.store import JourneyLine, PromptChannel
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import CONFLICT, INVALID, NOT_FOUND, Refused, declare
from warmline.kernel.locale import LOCALES, Locale
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

NOT_PUBLISHABLE = declare(
    "journeys.not_publishable",
    409,
    "This journey would leave {journey} with {problems} problems.",
    "Read the report, correct the journey, and publish again.",
)

Catalogues = Mapping[Locale, Mapping[str, str]]
Signal = Callable[[str, str, str], Awaitable[None]]


class Checker(Protocol):
    """Prove a journey: `warmline.domain.journey.checker.check` is one."""

    def __call__(
        self,
        journey_id: str,
        library: Mapping[str, Journey],
        world: World,
        catalogues: Catalogues,
        *,
        locale: Locale = "en",
    ) -> Report: ...


class Prompt(Struct, frozen=True):
    """A prompt's texts; `own` says whether the tenant wrote them or the platform brings them."""

    key: str
    channel: PromptChannel
    texts: dict[Locale, str]
    own: bool


class Journeys:
    """A tenant's journeys and prompts. `tasks` names what `Invoke` may call, with the fields of each result."""

    def __init__(
        self,
        database: Database,
        checker: Checker,
        platform: Catalogues,
        tasks: Mapping[str, tuple[str, ...] | None],
        signal: Signal,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._checker = checker
        self._platform = platform
        self._tasks = dict(tasks)
        self._signal = signal
        self._now = now

    async def all(self, tenant_id: str) -> list[JourneyLine]:
        async with self._database.tenant(tenant_id) as conn:
            return await store.latest(conn, tenant_id)

    async def one(
        self, tenant_id: str, journey_id: str, version: int | None
    ) -> tuple[JourneyLine, dict[str, Any], list[JourneyLine]]:
        """Return a version (None: the newest), its document, and all versions. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn:
            found = await store.document(conn, tenant_id, journey_id, version)
            if found is None:
                raise Refused(NOT_FOUND, what="journey")
            return *found, await store.versions(conn, tenant_id, journey_id)

    async def check(
        self, tenant_id: str, journey_id: str, document: Mapping[str, Any], locale: Locale = "en"
    ) -> list[Report]:
        """Return the verdicts, told in `locale`, on a draft and every published journey that leads through it.

        Raises Refused `invalid` for a document that is no journey, naming the places.
        """
        journey = self._read(journey_id, document)
        async with self._database.tenant(tenant_id) as conn:
            published = await store.documents(conn, tenant_id)
            queues, calendars = await store.names(conn, tenant_id)
            skills = await store.skills(conn, tenant_id)
            own = await store.prompts(conn, tenant_id)
        library = {name: msgspec.convert(one, Journey) for name, one in published.items()} | {journey.id: journey}
        world = World(queues, calendars, self._tasks, skills)
        catalogues = self._catalogues(own)
        affected = [journey.id, *leading_through(journey.id, library)]
        if journey.kind == "module":  # it comes back to a caller, so it is proved by being called
            trial = trial_of(journey)
            library[trial.id] = trial
            affected[0] = trial.id
        affected = [name for name in affected if library[name].kind != "module"]
        # The proof walks every path: up to a second of arithmetic, not for the loop.
        return [
            await asyncio.to_thread(self._checker, name, library, world, catalogues, locale=locale)
            for name in affected
        ]

    async def publish(
        self,
        tenant_id: str,
        actor: Actor,
        journey_id: str,
        document: Mapping[str, Any],
        locale: Locale = "en",
    ) -> JourneyLine:
        """Publish a new version; an unchanged one stays as it is. A report is told in `locale`.

        Raises Refused: `invalid`, `journeys.not_publishable` with the report, or `conflict`.
        """
        for report in await self.check(tenant_id, journey_id, document, locale):
            if not report.ok:
                raise Refused(
                    NOT_PUBLISHABLE,
                    journey=report.journey,
                    problems=len(report.problems),
                    report="\n".join(report.lines()),
                )
        canonical = msgspec.json.decode(write_journey(self._read(journey_id, document)))
        now = self._now()
        async with self._database.tenant(tenant_id) as conn:
            try:
                async with conn.transaction():
                    before = await store.document(conn, tenant_id, journey_id, None)
                    if before is not None and before[1] == canonical:
                        return before[0]
                    version = before[0].version + 1 if before else 1
                    await store.insert(conn, tenant_id, journey_id, version, canonical, actor.agent_id, now)
                    subject, detail = f"journey:{journey_id}", {"version": version}
                    await audit.append(conn, tenant_id, actor, "journey.published", subject, detail, now=now)
            except asyncpg.UniqueViolationError:
                raise Refused(CONFLICT) from None
            written = await store.document(conn, tenant_id, journey_id, version)
        assert written is not None  # noqa: S101 -- just written
        await self._signal(tenant_id, "settings", "journey")
        return written[0]

    async def prompts(self, tenant_id: str) -> list[Prompt]:
        """Return every prompt, the tenant's own text in place of the platform's."""
        async with self._database.tenant(tenant_id) as conn:
            own = await store.prompts(conn, tenant_id)
        found: dict[tuple[str, str], Prompt] = {}
        for locale in LOCALES:
            for name, text in self._platform.get(locale, {}).items():
                key, channel = _split(name)
                prompt = found.setdefault((key, channel), Prompt(key, channel, {}, own=False))
                prompt.texts[locale] = text
        for (key, channel), texts in own.items():
            before = found.get((key, channel))
            merged: dict[Locale, str] = {**(before.texts if before else {}), **texts}
            found[key, channel] = Prompt(key, _channel(channel), merged, own=True)
        return [found[name] for name in sorted(found)]

    async def put_prompt(
        self, tenant_id: str, actor: Actor, key: str, channel: PromptChannel, texts: Mapping[str, str]
    ) -> None:
        """Write a prompt in three languages. Raises Refused `invalid` for a placeholder that cannot be filled."""
        for locale, text in texts.items():
            try:
                compile_template(text)
            except BadTemplate as bad:
                raise Refused(INVALID, field=f"texts.{locale}", reason=str(bad).rstrip(".")) from None
        now = self._now()
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await store.put_prompt(conn, tenant_id, key, channel, texts, now)
            detail = {"channel": channel}
            await audit.append(conn, tenant_id, actor, "prompt.changed", f"prompt:{key}", detail, now=now)
        await self._signal(tenant_id, "settings", "prompt")

    def _read(self, journey_id: str, document: Mapping[str, Any]) -> Journey:
        try:
            journey = read_journey(msgspec.json.encode(document))
        except BadJourney as bad:
            raise Refused(INVALID, field="document", reason=" ".join(bad.problems[:20]).rstrip(".")) from None
        if journey.id != journey_id:
            raise Refused(INVALID, field="document.id", reason=f"the address says {journey_id}")
        return journey

    def _catalogues(self, own: Mapping[tuple[str, str], Mapping[Locale, str]]) -> dict[Locale, dict[str, str]]:
        merged: dict[Locale, dict[str, str]] = {one: dict(self._platform.get(one, {})) for one in LOCALES}
        for (key, channel), texts in own.items():
            for locale, text in texts.items():
                merged[locale][key + (SPOKEN_SUFFIX if channel == "spoken" else "")] = text
        return merged


def _split(name: str) -> tuple[str, PromptChannel]:
    if name.endswith(SPOKEN_SUFFIX):
        return name.removesuffix(SPOKEN_SUFFIX), "spoken"
    return name, "written"


def _channel(name: str) -> PromptChannel:
    return "spoken" if name == "spoken" else "written"


def trial_of(module: Journey) -> Journey:
    """Return a journey that does nothing but call `module`."""
    end = End("common.last_resort", "message_taken")
    call = CallModule(module.id, {name: "…" for name in module.parameters})
    sections = {"start": (call, Goto("agent")), "agent": (end,)}
    return Journey(id=f"{module.id} (called)", on_error=(end,), sections=sections)


def leading_through(target: str, library: Mapping[str, Journey]) -> list[str]:
    """Return the journeys, sorted, from which customers can come to `target`, modules included."""
    onward: dict[str, set[str]] = {}
    for name, journey in library.items():
        steps = [place.step for place in places(journey)]
        onward[name] = {s.module for s in steps if isinstance(s, CallModule)} | {
            s.journey for s in steps if isinstance(s, TransferJourney)
        }
    found: set[str] = {target}
    while fresh := {name for name, to in onward.items() if to & found and name not in found}:
        found |= fresh
    return sorted(found - {target})
