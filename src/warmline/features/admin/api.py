"""Administration over HTTP: one set of routes for each kind of setting, and the people."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request

from warmline.features.admin import previews
from warmline.features.admin.emergency_api import add_emergency, add_previews
from warmline.features.admin.fields import SLUG, Page
from warmline.features.admin.people import People
from warmline.features.admin.resources import CALENDARS, RESOURCES, Resource
from warmline.features.admin.schemas_hours import Holiday
from warmline.features.admin.schemas_people import Agent, AgentChange, AgentNew
from warmline.features.admin.service import Settings, Signal
from warmline.features.admin.store import Row
from warmline.features.security.access import client_of, require
from warmline.features.security.audit import Actor
from warmline.features.security.passwords import Passwords
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.runtime.database import Database

SlugKey = Annotated[str, Path(pattern=SLUG, max_length=63)]
MaybeVersion = Annotated[int | None, Query(ge=0, le=2**53, description="Refuse if it changed since this version")]


def actor_of(session: Session, request: Request) -> Actor:
    """Return who acts, for the audit log."""
    return Actor.of(session.identity, client_of(request).ip)


def router(database: Database, passwords: Passwords, signal: Signal) -> APIRouter:
    """Return the routes under `/api` for settings and people."""
    api = APIRouter(responses=PROBLEMS)
    settings = Settings(database, signal)
    for resource in RESOURCES:
        _add_kind(api, settings, resource)
    _add_holidays(api, settings)
    add_previews(api, database)
    add_emergency(api, database, signal)
    _add_people(api, People(database, passwords, signal))
    return api


def _add_kind(api: APIRouter, settings: Settings, resource: Resource) -> None:
    path, tags = f"/{resource.path}", ["settings"]
    what = resource.kind.replace("_", " ")
    key_type: Any = UUID if resource.uuid_key else SlugKey
    reader = Annotated[Session, Depends(require(f"{resource.path}.read"))]
    writer = Annotated[Session, Depends(require(f"{resource.path}.write"))]

    async def read_all(session: reader) -> dict[str, list[Row]]:  # pyright: ignore[reportInvalidTypeForm]
        return {"items": await settings.all(session.identity.tenant_id, resource)}

    async def read_one(session: reader, key: key_type) -> Row:  # pyright: ignore[reportInvalidTypeForm]
        return await settings.one(session.identity.tenant_id, resource, key)

    async def create(
        request: Request,
        session: writer,  # pyright: ignore[reportInvalidTypeForm]
        document: resource.new,  # pyright: ignore[reportInvalidTypeForm]
    ) -> Row:
        return await settings.create(session.identity.tenant_id, actor_of(session, request), resource, document)

    async def change(
        request: Request,
        session: writer,  # pyright: ignore[reportInvalidTypeForm]
        key: key_type,  # pyright: ignore[reportInvalidTypeForm]
        document: resource.change,  # pyright: ignore[reportInvalidTypeForm]
    ) -> Row:
        actor = actor_of(session, request)
        return await settings.change(session.identity.tenant_id, actor, resource, key, document)

    async def remove(
        request: Request,
        session: writer,  # pyright: ignore[reportInvalidTypeForm]
        key: key_type,  # pyright: ignore[reportInvalidTypeForm]
        version: MaybeVersion = None,
    ) -> None:
        actor = actor_of(session, request)
        await settings.remove(session.identity.tenant_id, actor, resource, key, version)

    out: Any = resource.out
    one, name = f"{path}/{{key}}", resource.kind
    page: Any = Page[out]
    routes: list[tuple[str, str, Any, Any, int, str, str]] = [
        ("GET", path, read_all, page, 200, f"{name}_list", f"Return every {what}."),
        ("GET", one, read_one, out, 200, f"{name}_read", f"Return one {what}."),
        ("POST", path, create, out, 201, f"{name}_create", f"Create a {what}."),
        ("PUT", one, change, out, 200, f"{name}_change", f"Change a {what} that is still at `version`."),
        ("DELETE", one, remove, None, 204, f"{name}_remove", f"Remove a {what} that nothing uses."),
    ]
    for method, address, endpoint, model, status, operation, text in routes:
        if method == "POST" and not resource.creatable:
            continue
        api.add_api_route(
            address,
            endpoint,
            methods=[method],
            response_model=model,
            status_code=status,
            operation_id=operation,
            summary=text.rstrip("."),
            description=text,
            tags=list(tags),
        )


def _add_holidays(api: APIRouter, settings: Settings) -> None:
    @api.get("/calendars/{key}/holidays", tags=["settings"])
    async def calendar_holidays(
        key: SlugKey,
        year: Annotated[int, Query(ge=2000, le=2100)],
        session: Annotated[Session, Depends(require("calendars.read"))],
    ) -> Page[Holiday]:
        """Return the public holidays that a calendar follows in a year."""
        row = await settings.one(session.identity.tenant_id, CALENDARS, key)
        return Page[Holiday](items=previews.holidays_of(str(row["country"]), year))


def _add_people(api: APIRouter, people: People) -> None:
    reader, writer = Depends(require("agents.read")), Depends(require("agents.write"))

    @api.get("/agents", tags=["people"])
    async def agent_list(session: Annotated[Session, reader]) -> Page[Agent]:
        """Return everybody who works or worked here."""
        rows = await people.all(session.identity.tenant_id)
        return Page[Agent](items=[_agent(row) for row in rows])

    @api.get("/agents/{key}", tags=["people"])
    async def agent_read(key: UUID, session: Annotated[Session, reader]) -> Agent:
        """Return one person."""
        return _agent(await people.one(session.identity.tenant_id, key))

    @api.post("/agents", tags=["people"], status_code=201)
    async def agent_create(request: Request, document: AgentNew, session: Annotated[Session, writer]) -> Agent:
        """Create an account."""
        actor = actor_of(session, request)
        return _agent(await people.create(session.identity.tenant_id, actor, document))

    @api.put("/agents/{key}", tags=["people"])
    async def agent_change(
        request: Request, key: UUID, document: AgentChange, session: Annotated[Session, writer]
    ) -> Agent:
        """Change an account that is still at `version`; other roles or a new password end its sessions."""
        actor = actor_of(session, request)
        return _agent(await people.change(session.identity.tenant_id, actor, key, document))

    @api.delete("/agents/{key}", tags=["people"], status_code=204)
    async def agent_remove(
        request: Request, key: UUID, session: Annotated[Session, writer], version: MaybeVersion = None
    ) -> None:
        """Disable an account; its name stays on the history."""
        await people.disable(session.identity.tenant_id, actor_of(session, request), key, version)


def _agent(row: Row) -> Agent:
    return Agent.model_validate(row)
