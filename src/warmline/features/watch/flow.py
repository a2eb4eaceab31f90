"""The way of whole cases: from channel to journey to queue to person to the next channel, as one picture.

A case is a contact and those that continue it. Its trail is read from the passages and the event log in their
order; modules are left out, for they are part of the journey that calls them.
The database counts: no trail leaves it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from warmline.features.reports.service import check_range
from warmline.features.reports.store import names, time_zone_of
from warmline.features.watch.store import ROOM
from warmline.runtime.database import Database

STAGES = 8  # how far a trail is drawn; what comes between the last stage and the end is left out
OPEN = "end:open"

# $1 tenant, $2 time zone, $3 first day, $4 the day after the last. One row for each band of the picture and for
# each change of the channel: however many cases there were, what comes back is as large as the picture. A planner
# that knows nothing of the tables yet must not compare everybody with everybody: lookups by contact stay lookups
# (OFFSET 0), by contact and not by kind (|| ''), and joins are hashed.
HASHED = "SET LOCAL enable_nestloop = off"
BANDS = f"""
WITH RECURSIVE chosen AS MATERIALIZED (
  SELECT c.id, c.channel, c.opened_at, e.continues FROM contact c LEFT JOIN LATERAL (
    SELECT (o.body->>'continues')::uuid AS continues FROM event o
    WHERE o.tenant_id = $1 AND o.contact_id = c.id AND o.seq = 1 OFFSET 0
  ) e ON true
  WHERE c.tenant_id = $1
    AND c.opened_at >= ($3::date::timestamp AT TIME ZONE $2)
    AND c.opened_at < ($4::date::timestamp AT TIME ZONE $2)
), family AS (
  SELECT c.id, c.channel, c.opened_at, c.id AS root FROM chosen c LEFT JOIN chosen b ON b.id = c.continues
  WHERE b.id IS NULL
  UNION
  SELECT c.id, c.channel, c.opened_at, f.root FROM chosen c JOIN family f ON c.continues = f.id
), module AS (
  SELECT DISTINCT ON (id) id FROM journey WHERE tenant_id = $1 AND document->>'kind' = 'module'
  ORDER BY id, version DESC
), story AS (
  SELECT f.root, f.opened_at, f.id, 0::bigint AS seq, 0 AS step, 'channel:' || f.channel AS node FROM family f
  UNION ALL
  SELECT f.root, f.opened_at, f.id, e.seq, 0, e.node FROM family f CROSS JOIN LATERAL (
    SELECT o.seq, CASE o.kind WHEN 'agent_joined' THEN 'person:' WHEN 'contact_ended' THEN 'end:' ||
      (o.body->>'reason') ELSE 'queue:' || (o.body->'entry'->>'queue_id') END AS node
    FROM event o WHERE o.tenant_id = $1 AND o.contact_id = f.id
      AND o.kind || '' IN ('contact_queued', 'agent_joined', 'contact_ended') OFFSET 0
  ) e
  UNION ALL
  SELECT f.root, f.opened_at, f.id, j.seq, j.n, 'journey:' || j.journey_id FROM family f CROSS JOIN LATERAL (
    SELECT p.seq, p.n, p.journey_id FROM journey_passage p
    WHERE p.tenant_id = $1 AND p.contact_id = f.id AND p.kind <> 'left'
      AND (p.from_path IS NULL OR p.from_path LIKE '%#%') AND p.journey_id NOT IN (SELECT id FROM module) OFFSET 0
  ) j
), ordered AS (
  SELECT *, lag(node) OVER w AS before, last_value(id) OVER (
    PARTITION BY root ORDER BY opened_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
  ) AS last_id FROM story
  WINDOW w AS (PARTITION BY root ORDER BY opened_at, id, seq, step)
), trail AS MATERIALIZED (
  SELECT root, node, row_number() OVER w - 1 AS stage, lead(node) OVER w AS next,
    lead(node, 2) OVER w IS NULL AND coalesce(lead(node) OVER w, node) LIKE 'end:%' AS at_end FROM ordered
  WHERE node IS DISTINCT FROM before AND (node NOT LIKE 'end:%' OR id = last_id)
  WINDOW w AS (PARTITION BY root ORDER BY opened_at, id, seq, step)
), finish AS MATERIALIZED (
  SELECT root, CASE WHEN node LIKE 'end:%' THEN node ELSE '{OPEN}' END AS node FROM trail WHERE next IS NULL
), used AS (
  SELECT root, node, lag(node) OVER (PARTITION BY root ORDER BY stage) AS before FROM trail
  WHERE node LIKE 'channel:%'
), switch AS MATERIALIZED (
  SELECT DISTINCT root, before, node FROM used WHERE node <> before
)
SELECT 'band' AS kind, stage::int, node, next, finish, count(*) AS cases FROM (
  SELECT t.stage, t.node, CASE WHEN t.goes_on THEN t.next END AS next,
    CASE WHEN NOT t.goes_on THEN f.node END AS finish
  FROM (
    SELECT *, stage < {STAGES - 1} AND next IS NOT NULL AND NOT at_end AS goes_on FROM trail
    WHERE stage < {STAGES} AND NOT (next IS NULL AND at_end)
  ) t JOIN finish f ON f.root = t.root
) one GROUP BY stage, node, next, finish
UNION ALL
SELECT 'switch', NULL, before, node, NULL, count(*) FROM switch GROUP BY before, node
UNION ALL
SELECT 'switched', NULL, NULL, NULL, NULL, count(DISTINCT root) FROM switch
"""
# The company's own words for its journeys: a journey's title is the key of a prompt.
TITLES = """
SELECT j.id, jsonb_object_agg(p.locale, p.text) AS title FROM (
  SELECT DISTINCT ON (id) id, document->>'title' AS key FROM journey WHERE tenant_id = $1 ORDER BY id, version DESC
) j JOIN prompt p ON p.tenant_id = $1 AND p.key = j.key AND p.channel = 'written' GROUP BY j.id"""


class Node(Struct, frozen=True):
    """A box of the picture. `stage` counts from the left; ends stand at the right, at stage None."""

    id: str
    stage: int | None
    kind: str  # channel, journey, queue, person, end
    key: str
    name: dict[str, str] | None
    cases: int


class Link(Struct, frozen=True):
    """A band of the picture: so many cases went from one box to the next."""

    source: str
    target: str
    cases: int


class Switch(Struct, frozen=True):
    """So many cases changed the channel from one to the other on their way; a case counts once for each pair."""

    from_channel: str
    to_channel: str
    cases: int


class Flow(Struct, frozen=True):
    """The way of all cases that began in a period. `switched` of `cases` used more than one channel."""

    first: date
    last: date
    time_zone: str
    cases: int
    switched: int
    nodes: Sequence[Node]
    links: Sequence[Link]
    switches: Sequence[Switch]


class Band(Struct, frozen=True):
    """So many cases went from a thing at a stage to the `next` one, or (None) to the `finish`."""

    stage: int
    node: str
    next: str | None
    finish: str | None
    cases: int


async def read_flow(database: Database, tenant_id: str, first: date, last: date) -> Flow:
    """Return the picture of a period, `last` included. Raises Refused `invalid` for an impossible range."""
    check_range(first, last)
    async with database.tenant(tenant_id) as conn, conn.transaction(isolation="repeatable_read"):
        zone = await time_zone_of(conn, tenant_id)
        queues = await names(conn, tenant_id, "queue")
        titles = {row["id"]: row["title"] for row in await conn.fetch(TITLES, tenant_id)}
        await conn.execute(ROOM)
        await conn.execute(HASHED)
        rows = await conn.fetch(BANDS, tenant_id, zone, first, last + timedelta(days=1))
    bands = [
        Band(row["stage"], row["node"], row["next"], row["finish"], row["cases"])
        for row in rows
        if row["kind"] == "band"
    ]
    nodes, links = draw(bands, {"queue": queues, "journey": titles})
    switches = [
        Switch(row["node"].partition(":")[2], row["next"].partition(":")[2], row["cases"])
        for row in rows
        if row["kind"] == "switch"
    ]
    switches.sort(key=lambda one: (-one.cases, one.from_channel, one.to_channel))
    (switched,) = [row["cases"] for row in rows if row["kind"] == "switched"]
    cases = sum(one.cases for one in bands if one.stage == 0)
    return Flow(first, last, zone, cases, switched, nodes, links, switches)


def draw(bands: Sequence[Band], named: Mapping[str, Mapping[str, object]]) -> tuple[list[Node], list[Link]]:
    """Return boxes and bands. A thing met again later is another box: nothing in the picture runs backwards."""
    boxes: Counter[tuple[int | None, str]] = Counter()
    links: Counter[tuple[str, str]] = Counter()
    for band in bands:
        boxes[band.stage, band.node] += band.cases
        if band.next is not None:
            target = _id(band.stage + 1, band.next)
        else:
            target = band.finish or OPEN
            boxes[None, target] += band.cases
        links[_id(band.stage, band.node), target] += band.cases
    nodes = [_node(stage, thing, cases, named) for (stage, thing), cases in boxes.items()]
    nodes.sort(key=lambda one: (STAGES if one.stage is None else one.stage, -one.cases, one.id))
    found = [Link(source, target, cases) for (source, target), cases in links.items()]
    return nodes, sorted(found, key=lambda one: (-one.cases, one.source, one.target))


def _id(stage: int | None, thing: str) -> str:
    return thing if stage is None else f"{stage}/{thing}"


def _node(stage: int | None, thing: str, cases: int, named: Mapping[str, Mapping[str, object]]) -> Node:
    kind, _, key = thing.partition(":")
    name = named.get(kind, {}).get(key)
    return Node(_id(stage, thing), stage, kind, key, name if isinstance(name, dict) else None, cases)
