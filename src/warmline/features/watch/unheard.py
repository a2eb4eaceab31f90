"""What customers said that no choice knew, and where nobody answered: by step, for those who can add synonyms."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.journey.document import Ask, Journey, Menu, Show
from warmline.domain.journey.faults import Fault
from warmline.domain.journey.textform import folded
from warmline.domain.journey.walk import step_at
from warmline.features.reports.service import check_range
from warmline.features.reports.store import time_zone_of
from warmline.features.security.redact import redact
from warmline.features.watch.store import ROOM
from warmline.kernel.locale import Locale
from warmline.runtime.contact_rows import unheard_context
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

MOST_STEPS = 50
MOST_READ = 100  # of a step, the newest
MOST_READ_ALL = 1_000
MOST_PHRASES = 8  # shown of a step


class Sought(Struct, frozen=True):
    """Which misunderstandings are looked at; None: all of them. `reason`: that of the contact in the end."""

    first: date
    last: date  # included, in the company's time zone
    journey_id: str | None = None
    reason: str | None = None
    version: int | None = None
    channel: str | None = None
    locale: Locale | None = None


class Phrase(Struct, frozen=True):
    """Words that mean the same to us, in one language, as they were written last. `times` among those read."""

    text: str
    locale: str
    times: int
    contacts: int
    last_at: datetime


class Misheard(Struct, frozen=True):
    """A step and what it did not understand. `prompt` is the key of what it asks, None where it is not known.

    `handed`: customers a person took over because of it. `read`: how many of the newest words `phrases` sums up;
    `others` of them are in phrases that are not shown.
    """

    journey_id: str
    path: str
    version: int
    prompt: str | None
    no_match: int
    no_input: int
    contacts: int
    handed: int
    read: int
    others: int
    phrases: Sequence[Phrase]


class Unheard(Struct, frozen=True):
    """What was not understood in a period, most often first; `steps` are fifty at most."""

    first: date
    last: date
    time_zone: str
    steps: Sequence[Misheard]


# $1 tenant, $2 time zone, $3 first day, $4 the day after the last, $5 journey, $6 reason, $7 version, $8 channel,
# $9 locale
_SOUGHT = """sought AS MATERIALIZED (
  SELECT m.contact_id, m.seq, m.n, m.at, m.journey_id, m.version, m.path, m.why, m.handed, m.locale, m.words
  FROM journey_misunderstanding m
  WHERE m.tenant_id = $1 AND m.at >= ($3::date::timestamp AT TIME ZONE $2)
    AND m.at < ($4::date::timestamp AT TIME ZONE $2)
    AND ($5::text IS NULL OR m.journey_id = $5) AND ($7::integer IS NULL OR m.version = $7)
    AND ($8::text IS NULL OR m.channel = $8) AND ($9::text IS NULL OR m.locale = $9)
    AND ($6::text IS NULL OR EXISTS (
      SELECT FROM contact c WHERE c.tenant_id = $1 AND c.id = m.contact_id AND c.intent = $6))
)"""
STEPS = f"""WITH {_SOUGHT}
SELECT journey_id, path, max(version) AS version, count(*) FILTER (WHERE why = 'no_match') AS no_match,
  count(*) FILTER (WHERE why = 'no_input') AS no_input, count(DISTINCT contact_id) AS contacts,
  count(*) FILTER (WHERE handed) AS handed
FROM sought GROUP BY journey_id, path ORDER BY count(*) DESC, journey_id, path LIMIT {MOST_STEPS}"""
WORDS = f"""WITH {_SOUGHT}, newest AS (
  SELECT *, row_number() OVER (PARTITION BY journey_id, path ORDER BY at DESC, contact_id, seq, n) AS nth
  FROM sought WHERE words IS NOT NULL
)
SELECT contact_id, seq, n, at, journey_id, path, locale, words FROM newest WHERE nth <= {MOST_READ}
ORDER BY nth, at DESC LIMIT {MOST_READ_ALL}"""


class Said(Struct, frozen=True):
    """One customer's words."""

    contact_id: UUID
    at: datetime
    locale: str
    text: str


async def read_unheard(database: Database, keyring: Keyring, tenant_id: str, sought: Sought) -> Unheard:
    """Return what was not understood. Raises Refused `invalid`."""
    check_range(sought.first, sought.last)
    async with database.tenant(tenant_id) as conn, conn.transaction(isolation="repeatable_read"):
        await conn.execute(ROOM)
        zone = await time_zone_of(conn, tenant_id)
        arguments = (
            zone, sought.first, sought.last + timedelta(days=1), sought.journey_id, sought.reason, sought.version,
            sought.channel, sought.locale,
        )  # fmt: skip
        steps = await conn.fetch(STEPS, tenant_id, *arguments)
        words = await conn.fetch(WORDS, tenant_id, *arguments)
        prompts = await _prompts(conn, tenant_id, steps)
    said = await _said(keyring, tenant_id, words)
    found: list[Misheard] = []
    for step in steps:
        place = (step["journey_id"], step["path"])
        heard = said.get(place, [])
        phrases = phrases_of(heard)
        shown = phrases[:MOST_PHRASES]
        others = len(heard) - sum(one.times for one in shown)
        found.append(
            Misheard(prompt=prompts.get(place), read=len(heard), others=others, phrases=shown, **dict(step))
        )
    return Unheard(sought.first, sought.last, zone, found)


async def _said(
    keyring: Keyring, tenant_id: str, rows: Sequence[asyncpg.Record]
) -> dict[tuple[str, str], list[Said]]:
    """Return what was said at each place; an erased customer's words are not among it."""
    sealed = [(row["words"], unheard_context(row["contact_id"], row["seq"], row["n"])) for row in rows]
    found: dict[tuple[str, str], list[Said]] = {}
    for row, plain in zip(rows, await keyring.decrypt_many(tenant_id, sealed), strict=True):
        if plain is not None:
            one = Said(row["contact_id"], row["at"], row["locale"], redact(plain.decode()))
            found.setdefault((row["journey_id"], row["path"]), []).append(one)
    return found


def phrases_of(said: Iterable[Said]) -> list[Phrase]:
    """Sum up words that differ in case, width and outer marks only: the most frequent first, then the newest."""
    groups: dict[tuple[str, str], list[Said]] = {}
    for one in said:
        groups.setdefault((one.locale, folded(one.text) or one.text), []).append(one)
    found: list[Phrase] = []
    for (locale, _), same in groups.items():
        newest = max(same, key=lambda one: one.at)
        found.append(Phrase(newest.text, locale, len(same), len({one.contact_id for one in same}), newest.at))
    return sorted(found, key=lambda one: (-one.times, -one.last_at.timestamp(), one.text))


async def _prompts(
    conn: asyncpg.Connection, tenant_id: str, steps: Sequence[asyncpg.Record]
) -> Mapping[tuple[str, str], str]:
    """Return the key of what each step asks, as its newest version seen has it."""
    wanted = {(row["journey_id"], row["version"]) for row in steps}
    rows = await conn.fetch(
        "SELECT j.id, j.version, j.document FROM journey j"
        " JOIN unnest($2::text[], $3::integer[]) AS w (id, version) USING (id, version) WHERE j.tenant_id = $1",
        tenant_id, [one for one, _ in wanted], [version for _, version in wanted],
    )  # fmt: skip
    journeys = {(row["id"], row["version"]): msgspec.convert(row["document"], Journey) for row in rows}
    found: dict[tuple[str, str], str] = {}
    for row in steps:
        journey = journeys.get((row["journey_id"], row["version"]))
        prompt = None if journey is None else _asked(journey, row["path"])
        if prompt is not None:
            found[row["journey_id"], row["path"]] = prompt
    return found


def _asked(journey: Journey, place: str) -> str | None:
    section, *parts = place.split("/")
    path = tuple(int(part) if number % 2 == 0 else part for number, part in enumerate(parts) if part)
    try:
        step = step_at(journey, section, path)
    except (Fault, ValueError):
        return None
    match step:
        case Ask(prompt=prompt) | Menu(prompt=prompt) | Show(title=prompt):
            return prompt
        case _:
            return None
