"""Publishing journeys: only what the checker proves to end well, for itself and for all that lead through it."""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.journey.checker_report import Report
from warmline.domain.journey.codec import BadJourney, read_plain, write_journey
from warmline.domain.journey.document import Journey
from warmline.domain.journey.faults import BadTemplate
from warmline.domain.journey.prompts import SPOKEN_SUFFIX, compile_template, says_nothing
from warmline.domain.journey.tasks import Tasks, TasksOf
from warmline.features.journeys import store
from warmline.features.journeys.proof import Catalogues, Checker, Ground, Proof, load_ground
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

COMPARED_BREAKS = declare(
    "journeys.compared_breaks",
    409,
    "With this change, {journey} would have {problems} problems for contacts who get a version that is being"
    " compared: {versions}.",
    "Read the report and correct the change, or end the comparison first.",
)

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
TAKEN_NAMES = frozenset({"names", "schema", "simulate"})  # what `/api/journeys/…` answers with something else
PROMPT_BREAKS = declare(
    "journeys.prompt_breaks",
    409,
    "With this text of {prompt}, the published journey {journey} would have {problems} problems.",
    "Read the report, correct the text or first the journey, and save again.",
)

MOST_PROOFS = 3
PROMPT_KEY = r"[a-z0-9_]+(\.[a-z0-9_]+)+"
MOST_KEY, MOST_TEXT = 120, 4_000
Written = TypeVar("Written")
Signal = Callable[[str, str, str], Awaitable[None]]
# Tenant, what the proof stood on, the draft, the language of a refusal; raises Refused.
Rehearse = Callable[[str, Ground, Journey, Locale], Awaitable[None]]


class Prompt(Struct, frozen=True):
    """A prompt's texts; `own` says whether the tenant wrote them or the platform brings them."""

    key: str
    channel: PromptChannel
    texts: dict[Locale, str]
    own: bool


class Journeys:
    """A tenant's journeys and prompts. `tasks`: what each company's `Invoke` may call, and what it answers."""

    def __init__(
        self,
        database: Database,
        checker: Checker,
        platform: Catalogues,
        tasks: Tasks | TasksOf,
        signal: Signal,
        now: Callable[[], datetime] = utc_now,
        rehearse: Rehearse | None = None,
    ) -> None:
        self._database = database
        self._rehearse = rehearse
        self._proof = Proof(checker, platform, tasks)
        self._platform = platform
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

        Raises Refused `invalid` for a document that is no journey, naming the places, or `journeys.too_long`.
        """
        journey = self._read(journey_id, document)
        async with self._database.tenant(tenant_id) as conn:
            ground = await load_ground(conn, tenant_id)
        return await self._proof.of_draft(ground, journey, locale)

    async def publish(
        self,
        tenant_id: str,
        actor: Actor,
        journey_id: str,
        document: Mapping[str, Any],
        locale: Locale = "en",
        *,
        newest: int | None = None,
    ) -> JourneyLine:
        """Publish a new version; an unchanged one stays as it is. A report is told in `locale`.

        `newest` is the version the writer knows of (0: none); None takes whatever there is.
        Raises Refused: `invalid`, `journeys.not_publishable` with the report, what a saved conversation is refused
        with, or `conflict`.
        """
        journey = self._read(journey_id, document)
        canonical = msgspec.json.decode(write_journey(journey))

        async def prove(ground: Ground) -> None:
            for report in await self._proof.of_draft(ground, journey, locale):
                if not report.ok:
                    raise _not_publishable(report)
            if self._rehearse is not None:
                await self._rehearse(tenant_id, ground, journey, locale)

        async def write(conn: asyncpg.Connection, now: datetime) -> tuple[JourneyLine, bool]:
            before = await store.document(conn, tenant_id, journey_id, None)
            if before is not None and before[1] == canonical:
                return before[0], False
            if newest is not None and newest != (before[0].version if before else 0):
                raise Refused(CONFLICT)
            version = before[0].version + 1 if before else 1
            await store.insert(conn, tenant_id, journey_id, version, canonical, actor.agent_id, now)
            subject, detail = f"journey:{journey_id}", {"version": version}
            await audit.append(conn, tenant_id, actor, "journey.published", subject, detail, now=now)
            written = await store.document(conn, tenant_id, journey_id, version)
            assert written is not None  # noqa: S101 -- just written
            return written[0], True

        line, new = await self._proved(tenant_id, prove, write)
        if new:
            await self._signal(tenant_id, "settings", "journey")
        return line

    async def publish_together(
        self,
        tenant_id: str,
        actor: Actor,
        journeys: Mapping[str, tuple[Journey, int]],
        texts: Mapping[tuple[str, str], Mapping[Locale, str]],
        locale: Locale = "en",
        *,
        dry: bool = False,
    ) -> list[JourneyLine]:
        """Publish journeys, each with the newest version its writer knows of, and texts, all or none.

        They are proved as they will stand together, for one may need the other; `dry` proves only.
        Raises Refused `invalid`, `journeys.not_publishable` with the report, or `conflict`.
        """
        for name, (journey, _) in journeys.items():
            self._read(name, msgspec.json.decode(write_journey(journey)))
        for (key, _), each in texts.items():
            refuse_unfit(key, each, f"prompts.{key}")

        async def prove(ground: Ground) -> None:
            after = _changed(ground, journeys, texts)
            reports: list[Report] = []
            for journey, _ in journeys.values():
                reports += await self._proof.of_draft(after, journey, locale)
            saying = self._proof.saying(after, [key for key, _ in texts])
            reports += await self._proof.of_these(after, saying, locale, proved=reports)
            for report in reports:
                if not report.ok:
                    raise _not_publishable(report)
            if self._rehearse is not None:
                for journey, _ in journeys.values():
                    await self._rehearse(tenant_id, after, journey, locale)

        async def write(conn: asyncpg.Connection, now: datetime) -> list[JourneyLine]:
            for (key, channel), each in texts.items():
                await store.put_prompt(conn, tenant_id, key, channel, each, now)
            lines: list[JourneyLine] = []
            for name, (journey, newest) in journeys.items():
                before = await store.document(conn, tenant_id, name, None)
                if newest != (before[0].version if before else 0):
                    raise Refused(CONFLICT)
                document = msgspec.json.decode(write_journey(journey))
                await store.insert(conn, tenant_id, name, newest + 1, document, actor.agent_id, now)
                written = await store.document(conn, tenant_id, name, None)
                assert written is not None  # noqa: S101 -- just written
                lines.append(written[0])
            for line in lines:
                subject, detail = f"journey:{line.id}", {"version": line.version}
                await audit.append(conn, tenant_id, actor, "journey.published", subject, detail, now=now)
            for key, channel in texts:
                subject, detail = f"prompt:{key}", {"channel": channel}
                await audit.append(conn, tenant_id, actor, "prompt.changed", subject, detail, now=now)
            return lines

        if dry:
            async with self._database.tenant(tenant_id) as conn:
                ground = await load_ground(conn, tenant_id)
            await prove(ground)
            return []
        lines = await self._proved(tenant_id, prove, write)
        for changed in [*(["prompt"] if texts else []), *(["journey"] if lines else [])]:
            await self._signal(tenant_id, "settings", changed)
        return lines

    async def _proved(
        self,
        tenant_id: str,
        prove: Callable[[Ground], Awaitable[None]],
        write: Callable[[asyncpg.Connection, datetime], Awaitable[Written]],
    ) -> Written:
        """Write what was proved, on the ground it was proved on; if that moved meanwhile, prove anew.

        Raises Refused `conflict` when it moves again and again.
        """
        for _ in range(MOST_PROOFS):
            async with self._database.tenant(tenant_id) as conn:
                ground = await load_ground(conn, tenant_id)
            await prove(ground)
            async with self._database.tenant(tenant_id) as conn, conn.transaction():
                # One writer at a time: two changes, each sound by itself, may break a journey together.
                await store.lock(conn, tenant_id)
                if await load_ground(conn, tenant_id) == ground:
                    return await write(conn, self._now())
        raise Refused(CONFLICT)

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
        self,
        tenant_id: str,
        actor: Actor,
        key: str,
        channel: PromptChannel,
        texts: Mapping[Locale, str],
        locale: Locale = "en",
    ) -> None:
        """Write a prompt in three languages, if every published journey that says it stays sound.

        Raises Refused: `invalid` for what `refuse_unfit` refuses,
        `journeys.prompt_breaks` with the report told in `locale`, `journeys.too_long`, or `conflict`.
        """
        refuse_unfit(key, texts)

        async def prove(ground: Ground) -> None:
            broken = await self._proof.of_prompt(ground, key, channel, texts, locale)
            if broken is not None:
                raise compared_breaks(broken) or Refused(
                    PROMPT_BREAKS,
                    prompt=key,
                    journey=broken.journey,
                    problems=len(broken.problems),
                    report="\n".join(broken.lines()),
                )

        async def write(conn: asyncpg.Connection, now: datetime) -> None:
            await store.put_prompt(conn, tenant_id, key, channel, texts, now)
            detail = {"channel": channel}
            await audit.append(conn, tenant_id, actor, "prompt.changed", f"prompt:{key}", detail, now=now)

        await self._proved(tenant_id, prove, write)
        await self._signal(tenant_id, "settings", "prompt")

    def _read(self, journey_id: str, document: Mapping[str, Any]) -> Journey:
        try:
            journey = read_plain(document)
        except BadJourney as bad:
            raise Refused(INVALID, field="document", reason=" ".join(bad.problems[:20]).rstrip(".")) from None
        if journey.id != journey_id:
            raise Refused(INVALID, field="document.id", reason=f"the address says {journey_id}")
        _refuse_name(journey.id)
        return journey


def _refuse_name(journey_id: str) -> None:
    """Refuse what `/api/journeys/ID` could not lead to."""
    if not NAME.fullmatch(journey_id):
        reason = "lower-case letters, digits and hyphens make a name, 63 at most"
        raise Refused(INVALID, field="document.id", reason=reason)
    if journey_id in TAKEN_NAMES:
        reason = f"{journey_id} is an address of its own; name it otherwise"
        raise Refused(INVALID, field="document.id", reason=reason)


def refuse_unfit(key: str, texts: Mapping[Locale, str], field: str = "texts") -> None:
    """Refuse a key that no address can lead to, and texts that customers cannot be told; `field` leads to them.

    Raises Refused `invalid`: a language is missing; a text is too long, cannot be kept or filled in, or is blank.
    """
    if not re.fullmatch(PROMPT_KEY, key) or len(key) > MOST_KEY:
        reason = f"words of a-z, 0-9 and _ with points between them make a key, {MOST_KEY} letters at most"
        raise Refused(INVALID, field="key", reason=f"{key[:MOST_KEY]}: {reason}")
    for one in LOCALES:
        if reason := _unfit(texts.get(one)):
            raise Refused(INVALID, field=f"{field}.{one}", reason=reason)


def _unfit(text: str | None) -> str | None:
    """Return why customers cannot be told a text, None if they can."""
    if text is None:
        return "write the text in this language too"
    if len(text) > MOST_TEXT:
        return f"it is longer than {MOST_TEXT} letters"
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        return "it holds a letter that cannot be kept"
    try:
        compile_template(text)
    except BadTemplate as bad:
        return str(bad).rstrip(".")
    if says_nothing(text):
        return "it may come out empty: write at least one word beside the placeholders"
    return None


def compared_breaks(report: Report) -> Refused | None:
    """Return the refusal for a journey that is unsound in a version that is being compared, None for another."""
    if not report.versions:
        return None
    lines, count = "\n".join(report.lines()), len(report.problems)
    versions = report.told_versions
    return Refused(COMPARED_BREAKS, journey=report.journey, problems=count, versions=versions, report=lines)


def _not_publishable(report: Report) -> Refused:
    if (refused := compared_breaks(report)) is not None:
        return refused
    lines = "\n".join(report.lines())
    return Refused(NOT_PUBLISHABLE, journey=report.journey, problems=len(report.problems), report=lines)


def _changed(
    ground: Ground,
    journeys: Mapping[str, tuple[Journey, int]],
    texts: Mapping[tuple[str, str], Mapping[Locale, str]],
) -> Ground:
    """Return the ground as it will be with these journeys and texts."""
    documents = {name: msgspec.json.decode(write_journey(journey)) for name, (journey, _) in journeys.items()}
    own = {name: dict(each) for name, each in ground.own.items()}
    for name, each in texts.items():
        own[name] = {**own.get(name, {}), **each}
    return msgspec.structs.replace(ground, published=ground.published | documents, own=own)


def _split(name: str) -> tuple[str, PromptChannel]:
    if name.endswith(SPOKEN_SUFFIX):
        return name.removesuffix(SPOKEN_SUFFIX), "spoken"
    return name, "written"


def _channel(name: str) -> PromptChannel:
    return "spoken" if name == "spoken" else "written"
