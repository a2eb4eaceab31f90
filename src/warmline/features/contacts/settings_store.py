"""Reading a tenant's settings from its tables."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Literal

import msgspec

from warmline.domain.contact.policy import ContactPolicy
from warmline.domain.contact.words import WORDS
from warmline.domain.experiment.assignment import Split
from warmline.domain.hours.calendar import Calendar
from warmline.domain.journey.document import Journey
from warmline.domain.journey.prompts import SPOKEN_SUFFIX, parse_catalogue
from warmline.features.contacts.settings import AnnouncementSettings, QueueSettings, TenantSettings
from warmline.kernel.locale import LOCALES, Locale
from warmline.ports.chat import WidgetSettings
from warmline.runtime.database import Database, TenantConnection

Journeys = Mapping[tuple[str, int], Journey]


def platform_prompts() -> dict[Locale, dict[str, str]]:
    """Return the texts every tenant starts with, from the package: the journeys' and the contact's own words."""
    folder = files("warmline") / "prompts"
    return {
        locale: {key: texts[locale] for key, texts in WORDS.items()}
        | parse_catalogue((folder / f"{locale}.toml").read_text(encoding="utf-8"))
        for locale in LOCALES
    }


async def patience(conn: TenantConnection, tenant_id: str) -> dict[str, int]:
    """Return, by contact reason, how often a customer may be misunderstood before a person helps."""
    rows = await conn.fetch(
        "SELECT id, person_after FROM contact_reason WHERE tenant_id = $1 AND person_after IS NOT NULL", tenant_id
    )
    return {row["id"]: row["person_after"] for row in rows}


class SettingsStore:
    """Load snapshots; documents read once are kept, because a published version never changes."""

    def __init__(self, database: Database, platform: Mapping[Locale, Mapping[str, str]]) -> None:
        self._database = database
        self._platform = platform

    async def load(self, tenant_id: str, known: Journeys) -> TenantSettings:
        """Return the tenant's settings as they are now. `known` are journeys read before."""
        async with (
            self._database.tenant(tenant_id) as conn,
            conn.transaction(isolation="repeatable_read", readonly=True),
        ):
            journeys, published = await self._journeys(conn, tenant_id, known)
            return TenantSettings(
                tenant_id=tenant_id,
                queues=await self._queues(conn, tenant_id),
                calendars=await self._calendars(conn, tenant_id),
                announcements=await self._announcements(conn, tenant_id),
                journeys=journeys,
                published=published,
                prompts=await self._prompts(conn, tenant_id),
                widgets=await self._widgets(conn, tenant_id),
                languages=await self._languages(conn, tenant_id),
                splits=await self._splits(conn, tenant_id),
                person_after=await patience(conn, tenant_id),
            )

    async def _splits(self, conn: TenantConnection, tenant_id: str) -> dict[str, Split]:
        rows = await conn.fetch(
            "SELECT id, journey_id, version_a, version_b, share FROM journey_split"
            " WHERE tenant_id = $1 AND ended_at IS NULL",
            tenant_id,
        )
        return {row["journey_id"]: Split(**dict(row)) for row in rows}

    async def _languages(self, conn: TenantConnection, tenant_id: str) -> frozenset[str]:
        rows = await conn.fetch(
            "SELECT DISTINCT s.skill_id FROM agent_skill s"
            " JOIN agent a ON a.tenant_id = s.tenant_id AND a.id = s.agent_id AND a.disabled_at IS NULL"
            " WHERE s.tenant_id = $1 AND s.skill_id = ANY($2) AND s.level >= $3",
            tenant_id, list(LOCALES), ContactPolicy().language_level,
        )  # fmt: skip
        return frozenset(row["skill_id"] for row in rows)

    async def _queues(self, conn: TenantConnection, tenant_id: str) -> dict[str, QueueSettings]:
        rows = await conn.fetch(
            "SELECT id, name, wrap_up_s, max_waiting, survey_journey_id, calendar_id, offer_s, wrap_up_optional,"
            " rules,"
            " ARRAY(SELECT one->>'id' FROM jsonb_array_elements(dispositions) AS one) AS dispositions"
            " FROM queue WHERE tenant_id = $1",
            tenant_id,
        )
        return {row["id"]: msgspec.convert(dict(row), QueueSettings) for row in rows}

    async def _calendars(self, conn: TenantConnection, tenant_id: str) -> dict[str, Calendar]:
        rows = await conn.fetch(
            "SELECT id, time_zone, country, weekly, exceptions, emergency FROM calendar WHERE tenant_id = $1",
            tenant_id,
        )
        return {row["id"]: msgspec.convert(dict(row), Calendar) for row in rows}

    async def _announcements(self, conn: TenantConnection, tenant_id: str) -> tuple[AnnouncementSettings, ...]:
        rows = await conn.fetch(
            "SELECT id::text, slot, texts, starts_at, ends_at, spoken, scope FROM announcement"
            " WHERE tenant_id = $1 AND enabled AND ends_at > now() ORDER BY starts_at, id",
            tenant_id,
        )
        return tuple(msgspec.convert(dict(row), AnnouncementSettings) for row in rows)

    async def _journeys(
        self, conn: TenantConnection, tenant_id: str, known: Journeys
    ) -> tuple[dict[tuple[str, int], Journey], dict[str, int]]:
        versions = await conn.fetch("SELECT id, version FROM journey WHERE tenant_id = $1", tenant_id)
        keys = [(row["id"], row["version"]) for row in versions]
        journeys = {key: known[key] for key in keys if key in known}
        published: dict[str, int] = {}
        for id, version in keys:
            published[id] = max(version, published.get(id, 0))
        missing = [key for key in keys if key not in known]
        if missing:
            rows = await conn.fetch(
                "SELECT j.id, j.version, j.document FROM journey j"
                " JOIN unnest($2::text[], $3::int[]) AS m (id, version) USING (id, version)"
                " WHERE j.tenant_id = $1",
                tenant_id,
                [id for id, _ in missing],
                [version for _, version in missing],
            )
            for row in rows:
                journeys[row["id"], row["version"]] = msgspec.convert(row["document"], Journey)
        return journeys, published

    async def _prompts(self, conn: TenantConnection, tenant_id: str) -> dict[Locale, dict[str, str]]:
        texts: dict[Locale, dict[str, str]] = {locale: dict(self._platform[locale]) for locale in LOCALES}
        rows = await conn.fetch("SELECT key, locale, channel, text FROM prompt WHERE tenant_id = $1", tenant_id)
        for row in rows:
            locale = row["locale"]
            channel: Literal["written", "spoken"] = row["channel"]
            if locale in texts:
                texts[locale][row["key"] + (SPOKEN_SUFFIX if channel == "spoken" else "")] = row["text"]
        return texts

    async def _widgets(self, conn: TenantConnection, tenant_id: str) -> dict[str, WidgetSettings]:
        rows = await conn.fetch(
            "SELECT tenant_id, key, name, greeting, colour, origins, journey_id, upload_max_bytes"
            " FROM widget WHERE tenant_id = $1 AND enabled",
            tenant_id,
        )
        return {row["key"]: msgspec.convert(dict(row), WidgetSettings) for row in rows}
