"""The way of whole cases: from channel to journey to queue to person to the next channel, as one picture.

A case is a contact and those that continue it. Its trail is read from the passages and the event log in their
order; modules are left out, for they are part of the journey that calls them.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from warmline.features.reports.service import check_range
from warmline.features.reports.store import names, time_zone_of
from warmline.runtime.database import Database

STAGES = 8  # how far a trail is drawn; what comes between the last stage and the end is left out
END, OPEN = "end", "end:open"

# $1 tenant, $2 time zone, $3 first day, $4 the day after the last
TRAILS = """
WITH RECURSIVE chosen AS (
  SELECT c.id, c.channel, c.status, c.opened_at, e.continues FROM contact c LEFT JOIN LATERAL (
    SELECT (o.body->>'continues')::uuid AS continues FROM event o
    WHERE o.tenant_id = $1 AND o.contact_id = c.id AND o.seq = 1 AND o.kind = 'contact_opened'
  ) e ON true
  WHERE c.tenant_id = $1
    AND c.opened_at >= ($3::date::timestamp AT TIME ZONE $2)
    AND c.opened_at < ($4::date::timestamp AT TIME ZONE $2)
), family AS (
  SELECT c.id, c.id AS root FROM chosen c
  WHERE c.continues IS NULL OR NOT EXISTS (SELECT FROM chosen b WHERE b.id = c.continues)
  UNION
  SELECT c.id, f.root FROM chosen c JOIN family f ON c.continues = f.id
), module AS (
  SELECT DISTINCT ON (id) id FROM journey WHERE tenant_id = $1 AND document->>'kind' = 'module'
  ORDER BY id, version DESC
), story AS (
  SELECT f.root, c.opened_at, c.id, 0::bigint AS seq, 0 AS step, 'channel:' || c.channel AS node
  FROM chosen c JOIN family f ON f.id = c.id
  UNION ALL
  SELECT f.root, c.opened_at, c.id, e.seq, 0, e.node
  FROM chosen c JOIN family f ON f.id = c.id CROSS JOIN LATERAL (
    SELECT o.seq, CASE o.kind WHEN 'agent_joined' THEN 'person:' WHEN 'contact_ended' THEN 'end:' ||
      (o.body->>'reason') ELSE 'queue:' || (o.body->'entry'->>'queue_id') END AS node
    FROM event o WHERE o.tenant_id = $1 AND o.contact_id = c.id
      AND o.kind IN ('contact_queued', 'agent_joined', 'contact_ended')
  ) e
  UNION ALL
  SELECT f.root, c.opened_at, c.id, j.seq, j.n, 'journey:' || j.journey_id
  FROM chosen c JOIN family f ON f.id = c.id CROSS JOIN LATERAL (
    SELECT p.seq, p.n, p.journey_id FROM journey_passage p
    WHERE p.tenant_id = $1 AND p.contact_id = c.id AND p.kind <> 'left'
      AND (p.from_path IS NULL OR p.from_path LIKE '%#%') AND p.journey_id NOT IN (SELECT id FROM module)
  ) j
), ordered AS (
  SELECT *, lag(node) OVER w AS before, last_value(id) OVER (
    PARTITION BY root ORDER BY opened_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
  ) AS last_id FROM story
  WINDOW w AS (PARTITION BY root ORDER BY opened_at, id, seq, step)
), trail AS (
  SELECT root, array_agg(node ORDER BY opened_at, id, seq, step) AS nodes FROM ordered
  WHERE node IS DISTINCT FROM before AND (node NOT LIKE 'end:%' OR id = last_id) GROUP BY root
)
SELECT nodes, count(*) AS cases FROM trail GROUP BY nodes ORDER BY 2 DESC, 1"""
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


class Trail(Struct, frozen=True):
    """What cases went through, in order, and how many went exactly so."""

    nodes: tuple[str, ...]
    cases: int


async def read_flow(database: Database, tenant_id: str, first: date, last: date) -> Flow:
    """Return the picture of a period, `last` included. Raises Refused `invalid` for an impossible range."""
    check_range(first, last)
    async with database.tenant(tenant_id) as conn, conn.transaction(isolation="repeatable_read"):
        zone = await time_zone_of(conn, tenant_id)
        rows = await conn.fetch(TRAILS, tenant_id, zone, first, last + timedelta(days=1))
        queues = await names(conn, tenant_id, "queue")
        titles = {row["id"]: row["title"] for row in await conn.fetch(TITLES, tenant_id)}
    trails = [Trail(tuple(row["nodes"]), row["cases"]) for row in rows]
    nodes, links = draw(trails, {"queue": queues, "journey": titles})
    switched, switches = count_switches(trails)
    return Flow(first, last, zone, sum(one.cases for one in trails), switched, nodes, links, switches)


def draw(trails: Sequence[Trail], named: Mapping[str, Mapping[str, object]]) -> tuple[list[Node], list[Link]]:
    """Return boxes and bands. A thing met again later is another box: nothing in the picture runs backwards."""
    boxes: Counter[tuple[int | None, str]] = Counter()
    bands: Counter[tuple[str, str]] = Counter()
    for trail in trails:
        before: str | None = None
        for stage, thing in _stages(trail.nodes):
            boxes[stage, thing] += trail.cases
            if before is not None:
                bands[before, _id(stage, thing)] += trail.cases
            before = _id(stage, thing)
    nodes = [_node(stage, thing, cases, named) for (stage, thing), cases in boxes.items()]
    nodes.sort(key=lambda one: (STAGES if one.stage is None else one.stage, -one.cases, one.id))
    links = [Link(source, target, cases) for (source, target), cases in bands.items()]
    return nodes, sorted(links, key=lambda one: (-one.cases, one.source, one.target))


def count_switches(trails: Sequence[Trail]) -> tuple[int, list[Switch]]:
    """Return how many cases used several channels, and from which to which they went."""
    switched = 0
    pairs: defaultdict[tuple[str, str], int] = defaultdict(int)
    for trail in trails:
        channels = [thing.partition(":")[2] for thing in trail.nodes if thing.startswith("channel:")]
        changes = {(one, other) for one, other in pairwise(channels) if one != other}
        switched += trail.cases if changes else 0
        for pair in changes:
            pairs[pair] += trail.cases
    switches = [Switch(one, other, cases) for (one, other), cases in pairs.items()]
    return switched, sorted(switches, key=lambda one: (-one.cases, one.from_channel, one.to_channel))


def _stages(things: Sequence[str]) -> list[tuple[int | None, str]]:
    ended = things[-1].partition(":")[0] == END
    way = things[:-1] if ended else things
    return [*enumerate(way[:STAGES]), (None, things[-1] if ended else OPEN)]


def _id(stage: int | None, thing: str) -> str:
    return thing if stage is None else f"{stage}/{thing}"


def _node(stage: int | None, thing: str, cases: int, named: Mapping[str, Mapping[str, object]]) -> Node:
    kind, _, key = thing.partition(":")
    name = named.get(kind, {}).get(key)
    return Node(_id(stage, thing), stage, kind, key, name if isinstance(name, dict) else None, cases)
