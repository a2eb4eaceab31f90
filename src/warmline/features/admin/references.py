"""Settings refer to each other: nothing may point to what is not there, and nothing in use may go."""

import asyncpg

from warmline.features.admin.store import Key, Row, first_of
from warmline.kernel.errors import INVALID, Refused, declare

IN_USE = declare(
    "admin.in_use", 409, "This {what} is still used by {user}.", "Change or remove {user} first, then try again."
)

LATEST = "SELECT DISTINCT ON (id) id, document FROM journey WHERE tenant_id = $1 ORDER BY id, version DESC"
# Modules, surveys, guides and help pages are proved for where they are used, not for answering customers.
OTHER_KIND = (
    "SELECT coalesce(document->>'kind', 'journey') <> 'journey' FROM journey WHERE tenant_id = $1 AND id = $2"
    " ORDER BY version DESC LIMIT 1"
)
NAMED_IN_JOURNEY = (
    f"SELECT 'the journey ' || id FROM ({LATEST}) j"
    " WHERE jsonb_path_exists(document, $3::jsonpath, jsonb_build_object('id', $2::text)) LIMIT 1"
)

# kind → [(query that names a user of $2, further arguments)]
USERS: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "queue": [
        (
            "SELECT 'the routing profile ' || id FROM routing_profile WHERE tenant_id = $1"
            " AND queues @> jsonb_build_array(jsonb_build_object('queue_id', $2::text)) LIMIT 1",
            (),
        ),
        (
            "SELECT 'a waiting contact' FROM contact WHERE tenant_id = $1 AND queue_id = $2"
            " AND status <> 'ended' LIMIT 1",
            (),
        ),
        (
            "SELECT 'the queue ' || id FROM queue WHERE tenant_id = $1 AND id <> $2"
            " AND (rules->>'overflow_queue_id' = $2"
            " OR rules->'rings' @> jsonb_build_array(jsonb_build_object('queue_id', $2::text))) LIMIT 1",
            (),
        ),
        (NAMED_IN_JOURNEY, ("$.**.queue ? (@ == $id)",)),
    ],
    "skill": [
        (
            "SELECT a.name FROM agent_skill s JOIN agent a ON a.tenant_id = s.tenant_id AND a.id = s.agent_id"
            " WHERE s.tenant_id = $1 AND s.skill_id = $2 LIMIT 1",
            (),
        ),
        (
            "SELECT 'the queue ' || id FROM queue WHERE tenant_id = $1 AND"
            " jsonb_path_exists(rules, '$.rings[*].skills[*].skill ? (@ == $id)',"
            " jsonb_build_object('id', $2::text)) LIMIT 1",
            (),
        ),
        (NAMED_IN_JOURNEY, ("$.**.skills.keyvalue() ? (@.key == $id)",)),
    ],
    "routing_profile": [
        ("SELECT name FROM agent WHERE tenant_id = $1 AND routing_profile_id = $2 LIMIT 1", ()),
    ],
    "trunk": [
        ("SELECT 'the number ' || number FROM phone_number WHERE tenant_id = $1 AND trunk_id = $2 LIMIT 1", ()),
    ],
    "calendar": [
        ("SELECT 'the queue ' || id FROM queue WHERE tenant_id = $1 AND calendar_id = $2 LIMIT 1", ()),
        (NAMED_IN_JOURNEY, ("$.**.calendar ? (@ == $id)",)),
    ],
}


async def check_unused(conn: asyncpg.Connection, tenant_id: str, kind: str, key: Key) -> None:
    """Raise Refused `admin.in_use` naming somebody or something that still needs this record."""
    for query, further in USERS.get(kind, ()):
        user = await first_of(conn, query, tenant_id, key, *further)
        if user is not None:
            raise Refused(IN_USE, what=kind.replace("_", " "), user=user)


async def check_known(conn: asyncpg.Connection, tenant_id: str, kind: str, values: Row) -> None:
    """Raise Refused `invalid` naming the field that points to a record that is not there."""
    for field, table, key in _pointers(kind, values):
        found = await conn.fetchval(
            f"SELECT 1 FROM {table} WHERE tenant_id = $1 AND id = $2 LIMIT 1", tenant_id, key
        )
        if found is None:
            raise Refused(INVALID, field=field, reason=f"there is no {table.replace('_', ' ')} with this id")
        if field == "journey_id" and await conn.fetchval(OTHER_KIND, tenant_id, key):
            raise Refused(
                INVALID, field=field, reason="customers can only be answered by a journey of kind journey"
            )


def _pointers(kind: str, values: Row) -> list[tuple[str, str, str]]:
    """Return (field, table, id) for everything that `values` of a `kind` points to."""
    found: list[tuple[str, str, object]] = []
    if kind == "queue":
        found = [
            ("calendar_id", "calendar", values["calendar_id"]),
            ("survey_journey_id", "journey", values["survey_journey_id"]),
            *_of_rules(values["rules"]),
        ]
    elif kind in ("announcement", "prepared_message"):
        found = _of_scope(values["scope"])
    elif kind == "widget":
        found = [("journey_id", "journey", values["journey_id"])]
    elif kind == "phone_number":
        found = [("journey_id", "journey", values["journey_id"]), ("trunk_id", "trunk", values["trunk_id"])]
    elif kind == "agent":
        found = [("routing_profile_id", "routing_profile", values["routing_profile_id"])]
        found += _each(values, "skills", "skill_id", "skill")
    elif kind == "routing_profile":
        found = _each(values, "queues", "queue_id", "queue")
    return [(field, table, key) for field, table, key in found if isinstance(key, str)]


def _of_rules(rules: object) -> list[tuple[str, str, object]]:
    """Return (field, table, id) for what the rules of a queue point to."""
    if not isinstance(rules, dict):
        return []
    found: list[tuple[str, str, object]] = [("rules.overflow_queue_id", "queue", rules.get("overflow_queue_id"))]
    for n, ring in enumerate(rules.get("rings", ())):
        found.append((f"rules.rings.{n}.queue_id", "queue", ring.get("queue_id")))
        for m, need in enumerate(ring.get("skills", ())):
            found.append((f"rules.rings.{n}.skills.{m}.skill", "skill", need.get("skill")))
    return found


def _of_scope(scope: object) -> list[tuple[str, str, object]]:
    """Return (field, table, id) for what a scope points to."""
    if not isinstance(scope, dict):
        return []
    return [
        (f"scope.{field}.{n}", table, key)
        for field, table in (("queues", "queue"), ("journeys", "journey"))
        for n, key in enumerate(scope.get(field, ()))
    ]


def _each(values: Row, field: str, inner: str, table: str) -> list[tuple[str, str, object]]:
    entries = values[field]
    if not isinstance(entries, list):
        return []
    return [(f"{field}.{n}.{inner}", table, entry[inner]) for n, entry in enumerate(entries)]
