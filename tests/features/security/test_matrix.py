"""Every route, every role, and another company's records: who gets what, generated from the routes themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from tests.features.conftest import SignedIn

from warmline.core import Core
from warmline.features.customers.model import Profile
from warmline.features.customers.service import Customers
from warmline.features.security.roles import PERMISSIONS, ROLES, is_public, may
from warmline.features.telephony.recordings import Recordings
from warmline.kernel.ids import new_id

NAME = {"ko": "이름", "ja": "名前", "en": "Name"}
SPAN = {"starts_at": "2026-12-01T00:00:00Z", "ends_at": "2026-12-02T00:00:00Z"}
QUEUE = {"name": NAME}
SKILL = {"name": NAME}
PROFILE = {"name": NAME, "capacity": {"webchat": 1}, "queues": []}
CALENDAR = {"name": NAME, "time_zone": "Asia/Seoul", "country": "KR", "weekly": {}}
ANNOUNCEMENT = {"slot": "emergency", "texts": NAME, **SPAN}
MACRO = {"shortcut": "hi", "title": NAME, "texts": NAME}
WIDGET = {"name": NAME, "greeting": NAME, "origins": ["https://shop.example"], "journey_id": "hello"}
AGENT = {"email": "x@onda.example", "name": "X", "roles": ["agent"], "locale": "en"}
PREPARED = {"name": ANNOUNCEMENT["texts"], "texts": ANNOUNCEMENT["texts"]}
TRUNK = {"name": NAME, "mode": "address", "host": "sip.carrier.example", "addresses": ["203.0.113.7"]}
NUMBER = {"name": NAME, "number": "+8215881234", "journey_id": "hello"}
DESK_PHONE = {"name": "Front desk"}
TERMS = {"terms": {}, "version": 0}
CASE = {"name": "x", "scenery": {"start_at": "2026-11-23T00:00:00Z"}}
SHIFT = {"start_at": "2026-11-23T00:00:00Z", "end_at": "2026-11-23T08:00:00Z", "version": 1}
SPLIT = {"version_a": 1, "version_b": 2, "metric": "contained"}
# Valid bodies for routes with an id in their address, so that nothing but the id can be refused.
BODIES: dict[str, dict[str, Any]] = {
    "PUT /api/queues/{key}": QUEUE | {"version": 1},
    "PUT /api/skills/{key}": SKILL | {"version": 1},
    "PUT /api/routing-profiles/{key}": PROFILE | {"version": 1},
    "PUT /api/pause-reasons/{key}": SKILL | {"version": 1},
    "PUT /api/calendars/{key}": CALENDAR | {"version": 1},
    "PUT /api/announcements/{key}": ANNOUNCEMENT | {"version": 1},
    "PUT /api/prepared-messages/{key}": PREPARED | {"version": 1},
    "PUT /api/alert-rules/{key}": {"limits": {}, "version": 0},
    "PUT /api/macros/{key}": MACRO | {"version": 1},
    "PUT /api/widgets/{key}": WIDGET | {"version": 1},
    "PUT /api/agents/{key}": AGENT | {"version": 1},
    "PUT /api/trunks/{key}": TRUNK | {"version": 1},
    "PUT /api/trunks/{key}/secret": {"secret": "a-long-secret"},
    "PUT /api/phone-numbers/{key}": NUMBER | {"version": 1},
    "PUT /api/desk-phones/{key}": DESK_PHONE | {"version": 1},
    "PUT /api/outbound-policy/{key}": {"rules": {}, "version": 0},
    "POST /api/recordings/{recording_id}/open": {"reason": "quality"},
    "POST /api/prompts/{key}/speak": {"locale": "ko", "text": "x"},
    "POST /api/contacts/{contact_id}/commands": {"cid": "c1", "c": {"kind": "add_note", "text": "x"}},
    "POST /api/contacts/{contact_id}/guides": {"journey_id": "hello"},
    "POST /api/contacts/{contact_id}/guides/{guide_id}/answer": {"revision": 1},
    "POST /api/contacts/{contact_id}/guides/{guide_id}/back": {"revision": 1},
    "POST /api/contacts/{contact_id}/guides/{guide_id}/close": {"revision": 1},
    "POST /api/customers/{customer_id}/notes": {"text": "x"},
    "POST /api/customers/{customer_id}/addresses": {"kind": "email", "value": "x@onda.example"},
    "PUT /api/staffing/contracts/{agent_id}": TERMS,
    "PUT /api/staffing/shifts/{shift_id}": SHIFT,
    "PUT /api/journeys/{journey_id}/drafts/{draft_id}": {"revision": 1},
    "PUT /api/journeys/{journey_id}/drafts/{draft_id}/name": {"seen": "", "name": "x"},
    "POST /api/journeys/{journey_id}/merge": {"base": "1", "mine": "1", "theirs": "newest"},
    "POST /api/journeys/{journey_id}/rollback": {"version": 1, "newest": 1},
    "POST /api/journeys/{journey_id}/drafts/{draft_id}/publish": {"revision": 1},
    "POST /api/journeys/{journey_id}/python/read": {"source": "x"},
    "POST /api/journeys/{journey_id}/cases": CASE,
    "POST /api/journeys/{journey_id}/cases/from-contact": {"contact_id": str(new_id()), "name": "x"},
    "PUT /api/journeys/{journey_id}/cases/{case_id}": CASE | {"version": 1},
    "POST /api/journeys/{journey_id}/cases/run": {},
    "POST /api/journeys/{journey_id}/cases/generate": {"count": 1},
    "POST /api/journeys/{journey_id}/splits": SPLIT,
    "PUT /api/reasons/{key}": {"name": NAME, "version": 1},
    "POST /api/journeys/{journey_id}/splits/plan": SPLIT,
    "POST /api/customers/{customer_id}/merge": {"merged_id": str(new_id()), "evidence": "said_so"},
}
QUERIES = {
    "GET /api/journeys/{journey_id}/help": {"from": "2026-11-02", "to": "2026-11-02"},
    "GET /api/journeys/{journey_id}/diff/ways": {"from": "1"},
    "GET /api/watch/unheard": {"from": "2026-11-02", "to": "2026-11-02"},
    "GET /api/journeys/{journey_id}/map": {"from": "2026-11-02", "to": "2026-11-02"},
    "GET /api/journeys/{journey_id}/map/contacts": {"from": "2026-11-02", "to": "2026-11-02", "what": "now"},
    "GET /api/calendars/{key}/holidays": {"year": "2026"},
    "GET /api/recordings/{recording_id}/audio": {"until": "9999999999", "sig": "x"},
}
# These write under a name of one's own company: another company's record of that name is never touched.
OWN_NAMES = {
    "POST /api/journeys/{journey_id}/check",
    "POST /api/journeys/{journey_id}/publish",
    "POST /api/journeys/{journey_id}/python",
    "POST /api/journeys/{journey_id}/python/read",
    "GET /api/journeys/{journey_id}/drafts",
    "POST /api/journeys/{journey_id}/drafts",
    "GET /api/journeys/{journey_id}/versions",
    "GET /api/journeys/{journey_id}/cases",
    "PUT /api/prompts/{key}",
}


@dataclass(frozen=True)
class Door:
    """One route, with the permissions that it and its parents declare."""

    method: str
    path: str
    permissions: frozenset[str]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def _declared(dependant: Dependant) -> Iterator[str]:
    permission = getattr(dependant.call, "permission", None)
    if permission is not None:
        yield permission
    for inner in dependant.dependencies:
        yield from _declared(inner)


def doors(app: FastAPI) -> list[Door]:
    found: list[Door] = []
    for context in iter_route_contexts(app.routes):
        dependant = getattr(context, "dependant", None)
        if dependant is None:
            continue
        for method in sorted(context.methods or ()):
            found.append(Door(method, context.path_format, frozenset(_declared(dependant))))
    return found


def _address(door: Door, ids: dict[str, str]) -> str:
    path = door.path
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", value)
    return path


async def _knock(client: httpx.AsyncClient, door: Door, ids: dict[str, str]) -> httpx.Response:
    body = BODIES.get(str(door))
    return await client.request(
        door.method, _address(door, ids), json=body, params=QUERIES.get(str(door)),
        headers={} if body is None else {"content-type": "application/json"},
    )  # fmt: skip


STRANGE_IDS = {
    "key": str(new_id()), "contact_id": str(new_id()), "customer_id": str(new_id()), "upload_id": str(new_id()),
    "journey_id": "nowhere", "agent_id": str(new_id()), "shift_id": str(new_id()), "plan_id": str(new_id()),
    "recording_id": str(new_id()), "locale": "ko", "slug": "nowhere",
    "token": "rival." + "x" * 43,
    "run_id": str(new_id()), "draft_id": str(new_id()), "guide_id": str(new_id()),
    "split_id": str(new_id()), "case_id": str(new_id()),
}  # fmt: skip


def test_every_route_declares_exactly_one_permission_of_the_table(product: FastAPI):
    undeclared = [str(door) for door in doors(product) if len(door.permissions) != 1]
    assert not undeclared, f"Declare require(…) or open_to_all(…): {undeclared}"
    assert {p for door in doors(product) for p in door.permissions} <= set(PERMISSIONS)
    assert len(doors(product)) > 60


@pytest.mark.parametrize("role", [None, *ROLES])
async def test_a_role_enters_exactly_where_the_table_lets_it(
    product: FastAPI, browser: SignedIn, role: str | None
):
    client = await browser(product, role)
    for door in doors(product):
        if role is not None and str(door) == "POST /api/auth/logout":
            continue  # it would end the session that knocks on the other doors
        (permission,) = door.permissions
        answer = await _knock(client, door, STRANGE_IDS)
        code = answer.json()["error"]["code"] if answer.status_code >= 400 and answer.content[:1] == b"{" else ""
        if is_public(permission):
            assert answer.status_code != 403, door
        elif role is None:
            assert (answer.status_code, code) == (401, "sign_in"), door
        elif not may([role], permission):
            assert (answer.status_code, code) == (403, "not_allowed"), door
        else:
            assert answer.status_code not in {401, 403}, door
        assert answer.status_code < 500, (str(door), answer.text)


async def _rival_staffing(core: Core) -> dict[str, str]:
    """A plan, a shift and an agent of the other company; its calendar's address with a digit changed."""
    plan_id, shift_id, agent_id = new_id(), new_id(), new_id()
    async with core.database.tenant("rival") as conn:
        await conn.execute(
            "INSERT INTO staffing_plan (tenant_id, id, starts_at, ends_at, status, request, created_at, seen_at)"
            " VALUES ('rival', $1, now(), now(), 'ready', '{}'::jsonb, now(), now())", plan_id,
        )  # fmt: skip
        await conn.execute(
            "INSERT INTO work_shift (tenant_id, id, agent_id, pool_id, queues, pattern_id, starts_at, ends_at,"
            " paid_min, pauses) VALUES ('rival', $1, $2, '', '{}', '', now(), now(), 0, '[]'::jsonb)",
            shift_id, agent_id,
        )  # fmt: skip
    return {
        "plan_id": str(plan_id), "shift_id": str(shift_id), "agent_id": str(agent_id),
        "token": "rival." + "x" * 43,
    }  # fmt: skip


async def _rival_run(core: Core) -> str:
    run_id = new_id()
    async with core.database.tenant("rival") as conn:
        await conn.execute(
            "INSERT INTO twin_run (tenant_id, id, question, status, created_at, seen_at)"
            " VALUES ('rival', $1, '{}'::jsonb, 'done', now(), now())", run_id,
        )  # fmt: skip
    return str(run_id)


async def _rival_draft(core: Core) -> str:
    draft_id = new_id()
    async with core.database.tenant("rival") as conn:
        await conn.execute(
            "INSERT INTO journey_draft VALUES ('rival', $1, 'hello', $1, 'Rival', 0, 1, '{}', '{}', $1, now())",
            draft_id,
        )
    return str(draft_id)


async def _rival_case(core: Core) -> str:
    case_id = new_id()
    async with core.database.tenant("rival") as conn:
        await conn.execute(
            "INSERT INTO journey_case (tenant_id, id, journey_id, name, origin, document, created_at, updated_at)"
            " VALUES ('rival', $1, 'hello', 'Rival', 'script', '{}', now(), now())",
            case_id,
        )
    return str(case_id)


async def _rival_split(core: Core) -> str:
    split_id = new_id()
    async with core.database.tenant("rival") as conn:
        await conn.execute(
            "INSERT INTO journey_split (tenant_id, id, journey_id, version_a, version_b, share, metric, within_s,"
            " base, difference, needed, began_at)"
            " VALUES ('rival', $1, 'hello', 1, 2, 0.5, 'contained', 60, 0.5, 0.1, 900, now())", split_id,
        )  # fmt: skip
    return str(split_id)


async def _rival_guide(core: Core, contact_id: UUID) -> str:
    """A guide that an agent of the other company has begun."""
    guide_id = new_id()
    async with core.database.tenant("rival") as conn:
        await conn.execute(
            "INSERT INTO guide (tenant_id, id, contact_id, journey_id, version, revision, state, started_by,"
            " started_at, updated_by, updated_at)"
            " VALUES ('rival', $1, $2, 'hello', 1, 1, '', $1, now(), $1, now())",
            guide_id, contact_id,
        )  # fmt: skip
    return str(guide_id)


async def _rival_records(core: Core, browser: SignedIn, product: FastAPI) -> dict[str, dict[str, str]]:
    """Fill the other company, and return the id of one record for each prefix of an address."""
    rival = await browser(product, "admin", "rival")
    async with core.database.tenant("rival") as conn:
        await conn.execute("INSERT INTO journey VALUES ('rival', 'hello', 1, '{}', NULL, now())")
        contact_id, upload_id = new_id(), new_id()
        await conn.execute(
            "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
            " conversation_id, opened_at, updated_at, state)"
            " VALUES ('rival', $1, 1, 1, 'ended', 'webchat', 'ko', $1, $1, now(), now(), '')",
            contact_id,
        )
        await conn.execute(
            "INSERT INTO upload (tenant_id, id, name_enc, media_type, size_bytes, content_enc, uploaded_at)"
            " VALUES ('rival', $1, '', 'text/plain', 0, '', now())",
            upload_id,
        )
    customer_id = await Customers(core.database, core.keyring).create("rival", Profile(name="Rival's customer"))
    found: dict[str, dict[str, str]] = {
        "/api/contacts": {"contact_id": str(contact_id), "guide_id": await _rival_guide(core, contact_id)},
        "/api/routing": {"contact_id": str(contact_id)},
        "/api/customers": {"customer_id": str(customer_id)},
        "/api/uploads": {"upload_id": str(upload_id)},
        "/widget/uploads": {"upload_id": str(upload_id)},
        "/api/journeys": {
            "journey_id": "hello",
            "draft_id": await _rival_draft(core),
            "case_id": await _rival_case(core),
            "split_id": await _rival_split(core),
        },
        "/api/prompts": {"key": "hello.hi", "locale": "ko"},
    }
    found["/api/staffing"] = await _rival_staffing(core)
    found["/api/twin"] = {"run_id": await _rival_run(core)}
    begun = await Recordings(core.database, core.keyring, core.config.data_dir / "recordings").begin(
        "rival", contact_id, customer_id
    )
    found["/api/recordings"] = found["/api/messages"] = {"recording_id": str(begun.id)}
    for path, body in {
        "queues": QUEUE | {"id": "one"}, "skills": SKILL | {"id": "one"}, "pause-reasons": SKILL | {"id": "one"},
        "routing-profiles": PROFILE | {"id": "one"}, "calendars": CALENDAR | {"id": "one"},
        "announcements": ANNOUNCEMENT, "macros": MACRO, "prepared-messages": PREPARED | {"id": "one"},
        "widgets": WIDGET | {"key": "one"}, "agents": AGENT,
        "trunks": TRUNK | {"id": "one"}, "phone-numbers": NUMBER | {"id": "one"},
        "desk-phones": DESK_PHONE | {"id": "one"}, "reasons": {"id": "one", "name": NAME},
    }.items():  # fmt: skip
        created = await rival.post(f"/api/{path}", json=body)
        assert created.status_code == 201, created.text
        document = created.json()
        found[f"/api/{path}"] = {"key": document.get("id") or document["key"]}
    found["/api/alert-rules"] = found["/api/queues"]
    found["/api/outbound-policy"] = {"key": "one"}  # every company has one, called "default"; there is no other
    found["/api/emergency"] = found["/api/announcements"]
    found["/help/{locale}"] = {"locale": "ko", "slug": "hello"}
    found["/widget/case"] = {"token": "rival.AAAAAAAAAAAAAAAAAAAAAA.9999999999.00"}  # unsigned
    return found


async def test_another_company_s_record_is_not_there_on_any_route(product: FastAPI, browser: SignedIn, core: Core):
    records = await _rival_records(core, browser, product)
    admin = await browser(product, "admin", "onda")
    seen = 0
    for door in doors(product):
        if "{" not in door.path or str(door) in OWN_NAMES:
            continue
        prefix = "/".join(door.path.split("/")[:3])
        assert prefix in records, f"Say in this test how {door} names another company's record."
        answer = await _knock(admin, door, records[prefix])
        expected = {410} if prefix == "/widget/case" else {401} if prefix.startswith("/widget") else {404}
        assert answer.status_code in expected, (str(door), answer.status_code, answer.text)
        seen += 1
    assert seen > 35


async def test_lists_and_search_show_nothing_of_another_company(product: FastAPI, browser: SignedIn, core: Core):
    await _rival_records(core, browser, product)
    admin = await browser(product, "admin", "onda")
    params = {"q": "Rival", "from": "2026-01-01", "to": "2026-12-31", "metric": "volume"}
    for door in doors(product):
        if door.method != "GET" or "{" in door.path or not door.path.startswith("/api"):
            continue
        answer = await admin.get(door.path, params=params)
        assert "rival" not in answer.text.lower(), door
