"""How long contacts spent in the modules a journey calls, told at the step that called them.

Passages name the place before a module was entered, not the step that called it; the document of that version
says which one it was. A module called right behind another one, with no place between, is in its own map only.
"""

from collections.abc import Mapping

import asyncpg
from msgspec import Struct

from warmline.domain.journey.codec import read_plain
from warmline.domain.journey.document import CallModule, End, Goto, Journey, Return, Step, TransferJourney
from warmline.domain.journey.faults import Fault
from warmline.domain.journey.walk import Path, block_at, places, section_block
from warmline.features.watch.store import DAYS, Chosen, alike, arguments

MODULES = """SELECT DISTINCT ON (id) id, document FROM journey
WHERE tenant_id = $1 AND document->>'kind' = 'module' ORDER BY id, version DESC"""
DOCUMENTS = "SELECT version, document FROM journey WHERE tenant_id = $1 AND id = $2 AND version = ANY($3)"
# $9 modules. Who came into one from a place of this journey; the version is the one they were in before.
_ENTRY = f"""entry AS MATERIALIZED (
  SELECT contact_id, n, at, module, version, place FROM (
    SELECT p.contact_id, p.n, p.at, p.journey_id AS module, p.channel, p.locale, b.version, b.path AS place
    FROM journey_passage p CROSS JOIN LATERAL (
      SELECT j.version, j.path FROM journey_passage j
      WHERE j.tenant_id = $1 AND j.contact_id = p.contact_id AND j.n = p.n - 1 AND j.journey_id = $2 LIMIT 1
    ) b
    WHERE p.tenant_id = $1 AND p.journey_id = ANY($9) AND {DAYS} AND p.kind = 'block'
      AND starts_with(p.from_path, $2 || '#')
  ) p WHERE {alike(6)}
)"""
ENTERED_FROM = f"WITH {_ENTRY} SELECT version, place, module FROM entry GROUP BY version, place, module"
# $10 `module>journey`: where one may be without having left the module; $11 to $14: which step calls from where.
CALLED = f"""WITH {_ENTRY}, stay AS MATERIALIZED (
  SELECT e.*, extract(epoch FROM x.at - e.at) AS stay_s FROM entry e LEFT JOIN LATERAL (
    SELECT j.at FROM journey_passage j WHERE j.tenant_id = $1 AND j.contact_id = e.contact_id AND j.n > e.n
      AND (j.kind = 'left' OR NOT e.module || '>' || j.journey_id = ANY($10)) ORDER BY j.n LIMIT 1
  ) x ON true
), call AS MATERIALIZED (
  SELECT * FROM unnest($11::integer[], $12::text[], $13::text[], $14::text[]) AS c (version, place, module, path)
)
SELECT c.path, c.module, count(*) AS times, count(DISTINCT s.contact_id) AS contacts, count(s.stay_s) AS stays,
  (percentile_cont(0.5) WITHIN GROUP (ORDER BY s.stay_s))::float8 AS median_s,
  (percentile_cont(0.9) WITHIN GROUP (ORDER BY s.stay_s))::float8 AS p90_s
FROM stay s JOIN call c ON c.version = s.version AND c.place = s.place AND c.module = s.module
GROUP BY c.path, c.module ORDER BY c.path"""


class Call(Struct, frozen=True):
    """A step that calls a module: so many `times`, by so many contacts. Of `stays` in it, from coming in to going
    on or leaving, half took no longer than `median_s`, nine in ten no longer than `p90_s`.
    """

    path: str
    module: str
    times: int
    contacts: int
    stays: int
    median_s: float | None
    p90_s: float | None


async def read_calls(conn: asyncpg.Connection, tenant_id: str, zone: str, chosen: Chosen) -> list[Call]:
    """Return the calls of a journey's modules in a period, by the steps that made them."""
    modules = {row["id"]: read_plain(row["document"]) for row in await conn.fetch(MODULES, tenant_id)}
    if not modules:
        return []
    asked = (tenant_id, *arguments(zone, chosen), [*modules])
    entered = await conn.fetch(ENTERED_FROM, *asked)
    versions = sorted({row["version"] for row in entered})
    rows = await conn.fetch(DOCUMENTS, tenant_id, chosen.journey_id, versions)
    documents = {row["version"]: read_plain(row["document"]) for row in rows}
    found: list[tuple[int, str, str, str]] = []
    for version, place, module in entered:
        document = documents.get(version)
        path = call_from(document, place, module) if document is not None else None
        if path is not None:
            found.append((version, place, module, path))
    if not found:
        return []
    inside = [f"{one}>{other}" for one in modules for other in _inside(one, modules)]
    called = await conn.fetch(CALLED, *asked, inside, *(list(column) for column in zip(*found, strict=True)))
    return [Call(**dict(row)) for row in called]


def call_from(journey: Journey, place: str, module: str) -> str | None:
    """Return the path of the step that calls `module` for who was last seen at `place`, a block or a step."""
    section, *parts = place.split("/")
    path: Path = tuple(int(part) if part.isdigit() else part for part in parts)
    try:
        at = 0
        if path and isinstance(path[-1], int):
            path, at = path[:-1], path[-1] + 1
        while True:
            steps = block_at(journey, section, (*path, 0)) if path else section_block(journey, section)
            for index in range(at, len(steps)):
                step: Step = steps[index]
                if isinstance(step, CallModule) and step.module == module:
                    return "/".join(map(str, (section, *path, index)))
                if isinstance(step, Goto | End | Return | TransferJourney):
                    return None
            if len(path) < 2 or not isinstance(path[-2], int):
                return None
            path, at = path[:-2], path[-2] + 1  # behind the step whose block is over
    except Fault:
        return None  # the place is of another document


def _inside(module: str, modules: Mapping[str, Journey]) -> set[str]:
    """Return the module and those it may call, those that these may call, and so on."""
    reached: set[str] = set()
    open_ = [module]
    while open_:
        one = open_.pop()
        if one in reached or one not in modules:
            continue
        reached.add(one)
        open_ += [place.step.module for place in places(modules[one]) if isinstance(place.step, CallModule)]
    return reached
