"""Fill a database with the demo company. Safe to run at every start: what people changed stays as they left it."""

import json
import logging
import os
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID, uuid5

import asyncpg
from msgspec.structs import replace

from warmline.domain.journey.checker import check
from warmline.domain.journey.codec import write_journey
from warmline.features.contacts.settings_store import platform_prompts
from warmline.features.journeys.proof import Proof, load_ground
from warmline.features.journeys.service import NOT_PUBLISHABLE
from warmline.features.security.passwords import Passwords
from warmline.features.staffing.settings import Described, default_settings
from warmline.kernel.errors import Refused
from warmline.kernel.locale import LOCALES
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring
from warmline.runtime.master_keys import MasterKeys
from warmline_demo.content import cases, company
from warmline_demo.content.catalogue import GUIDES, HELP_PAGES, JOURNEYS, all_demo_prompts
from warmline_demo.content.macros import MACROS
from warmline_demo.content.reasons import REASONS
from warmline_demo.content.rows import insert as _insert
from warmline_demo.content.shop import task_specs
from warmline_demo.content.team import DEMO_PASSWORD, MEMBERS
from warmline_demo.content.telephone import Telephone, phone_key, phone_key_path, seed_telephone

log = logging.getLogger(__name__)

NAMESPACE = UUID("6f6e6461-0000-4000-8000-000000000000")  # the demo's people keep their ids over every seeding
FAR = timedelta(days=365)
SPOKEN = "phone"  # a journey made for the telephone, where there is one


async def seed_demo(
    database_url: str, data_dir: Path, base_url: str, commerce_port: int, sip_port: int = 5060
) -> None:
    """Open the database as the application does and seed it for a demo reached at `base_url` and `sip_port`."""
    database = await Database.open(database_url)
    try:
        masters = MasterKeys.load(os.environ.get("WARMLINE_MASTER_KEY"), data_dir / "master.key")
        telephone = Telephone(await Keyring.open(database, masters), phone_key(phone_key_path(data_dir)), sip_port)
        await seed(database, origins=origins_of(base_url), now=utc_now(), telephone=telephone)
    finally:
        await database.close()


def origins_of(base_url: str) -> list[str]:
    """Return the origins whose pages may open the widget: the demo's own, by name and by number."""
    parts = urlsplit(base_url)
    port = f":{parts.port}" if parts.port else ""
    hosts = {parts.hostname or "localhost", "localhost", "127.0.0.1"}
    return sorted(f"{parts.scheme}://{host}{port}" for host in hosts)


async def seed(
    database: Database, *, origins: list[str], now: datetime, password: str = DEMO_PASSWORD,
    telephone: Telephone | None = None,
) -> None:  # fmt: skip
    """Make tenant `onda` with its people, settings, journeys and texts. New journey texts become new versions."""
    password_hash = await _hash(password)
    async with database.system() as connection:
        await connection.execute(
            "INSERT INTO tenant (id, name, default_locale, time_zone, demo, created_at)"
            " VALUES ($1, $2, 'ko', $3, true, $4)"
            " ON CONFLICT (id) DO UPDATE SET demo = true, time_zone = excluded.time_zone",
            company.TENANT_ID, company.TENANT_NAME, company.TIME_ZONE, now,
        )  # fmt: skip
    if telephone is not None:
        await telephone.keyring.warm(company.TENANT_ID, ())
    async with database.tenant(company.TENANT_ID) as connection, connection.transaction():
        await _settings(connection, now)
        await _people(connection, now, password_hash)
        await _widget(connection, origins)
        if telephone is not None:
            await seed_telephone(connection, telephone, _answering(), NAMESPACE)
        try:
            async with connection.transaction():
                renewed = await _journeys(connection, now)
                await _prompts(connection, now)
                if renewed:
                    await _prove(connection)
        except Refused as refused:
            # People's own texts and journeys come first: the versions they were proved with stay.
            log.warning("The demo's new journeys are not published: %s %s", refused, refused.details.get("report"))


async def _hash(password: str) -> str:
    passwords = Passwords()
    try:
        return await passwords.hash(password)
    finally:
        passwords.close()


async def _settings(connection: asyncpg.Connection, now: datetime) -> None:
    for skill_id, name in company.SKILLS:
        await _insert(connection, "skill", {"id": skill_id, "name": name})
    for calendar in company.calendars():
        await _insert(connection, "calendar", calendar)
    for queue in company.queues():
        await _insert(connection, "queue", queue)
    for profile in company.routing_profiles():
        await _insert(connection, "routing_profile", profile)
    for reason in REASONS:
        await _insert(connection, "contact_reason", reason)
    for slot, texts in company.ANNOUNCEMENTS:
        row = {"id": uuid5(NAMESPACE, f"announcement:{slot}"), "slot": slot, "texts": texts, "starts_at": now,
               "ends_at": now + FAR, "enabled": False}  # fmt: skip
        await _insert(connection, "announcement", row)
    for shortcut, title, texts in MACROS:
        row = {"id": uuid5(NAMESPACE, f"macro:{shortcut}"), "shortcut": shortcut, "title": title, "texts": texts}
        await _insert(connection, "macro", row)
    days = {
        queue_id: Described(per_day, handle_s, open_min=10 * 60, close_min=20 * 60, weekend_share=0.6)
        for queue_id, (per_day, handle_s) in company.USUAL_DAYS.items()
    }
    staffing = replace(default_settings(), at_once=3, least=2, described=days)
    await _insert(connection, "staffing_setting", {"settings": staffing})


async def _people(connection: asyncpg.Connection, now: datetime, password_hash: str) -> None:
    for member in MEMBERS:
        agent_id = uuid5(NAMESPACE, member.email)
        row = {
            "id": agent_id,
            "email": member.email,
            "name": member.name,
            "password_hash": password_hash,
            "roles": list(member.roles),
            "locale": member.locale,
            "routing_profile_id": member.profile,
            "created_at": now,
        }
        if not await _insert(connection, "agent", row):
            continue
        for skill_id, level in member.skills.items():
            await _insert(connection, "agent_skill", {"agent_id": agent_id, "skill_id": skill_id, "level": level})


async def _widget(connection: asyncpg.Connection, origins: list[str]) -> None:
    for key in (company.WIDGET_KEY, company.PHONE_KEY):
        own = key == company.PHONE_KEY
        row = {
            "key": key,
            "name": company.WIDGET_NAME,
            "greeting": company.WIDGET_GREETING,
            "origins": origins,
            "journey_id": _answering() if own else "front-desk",
        }
        if not await _insert(connection, "widget", row):
            await connection.execute(
                "UPDATE widget SET origins = (SELECT array_agg(DISTINCT o) FROM unnest(origins || $3::text[]) o)"
                " WHERE tenant_id = $1 AND key = $2",
                company.TENANT_ID, key, origins,
            )  # fmt: skip


def _answering() -> str:
    """Return the journey that answers calls."""
    return SPOKEN if any(journey.id == SPOKEN for journey in JOURNEYS) else "front-desk"


async def _journeys(connection: asyncpg.Connection, now: datetime) -> bool:
    """Publish what is new; tell whether a version that customers met before was replaced."""
    first, renewed = set[str](), set[str]()
    for journey in (*JOURNEYS, *GUIDES, *HELP_PAGES):
        document = json.loads(write_journey(journey))
        latest = await connection.fetchrow(
            "SELECT version, published_by, document FROM journey WHERE tenant_id = $1 AND id = $2"
            " ORDER BY version DESC LIMIT 1",
            company.TENANT_ID, journey.id,
        )  # fmt: skip
        if latest is not None and (latest["published_by"] is not None or latest["document"] == document):
            continue  # the same, or a person has published their own
        version = 1 if latest is None else latest["version"] + 1
        row = {"id": journey.id, "version": version, "document": document, "published_at": now}
        await _insert(connection, "journey", row)
        (renewed if version > 1 else first).add(journey.id)
    await cases.keep(connection, NAMESPACE, first, renewed, now)
    return bool(renewed)


async def _prove(connection: asyncpg.Connection) -> None:
    """Prove everything published, if people changed any of it. Raises Refused `journeys.not_publishable`.

    As shipped, it is proved by the tests of this package.
    """
    ground = await load_ground(connection, company.TENANT_ID)
    every = (*JOURNEYS, *GUIDES, *HELP_PAGES)
    shipped: dict[str, object] = {one.id: json.loads(write_journey(one)) for one in every}
    texts = all_demo_prompts()
    written = {(key, "written"): {one: texts[one][key] for one in LOCALES} for key in texts["en"]}
    if ground.published == shipped and ground.own == written:
        return
    proof = Proof(check, platform_prompts(), task_specs())
    for report in await proof.of_all(ground, "en"):
        if not report.ok:
            details = {"journey": report.journey, "problems": len(report.problems)}
            raise Refused(NOT_PUBLISHABLE, **details, report="\n".join(report.lines()))


async def _prompts(connection: asyncpg.Connection, now: datetime) -> None:
    for locale, texts in all_demo_prompts().items():
        for key, text in texts.items():
            await _insert(
                connection,
                "prompt",
                {"key": key, "locale": locale, "channel": "written", "text": text, "updated_at": now},
            )
