"""The emergency switch over HTTP: what is on, who would hear it, start, stop; and previews of announcements."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from warmline.features.admin import previews
from warmline.features.admin.emergency import Emergencies
from warmline.features.admin.fields import Page
from warmline.features.admin.resources import ANNOUNCEMENTS
from warmline.features.admin.schemas_telling import (
    AnnouncementBody,
    Emergency,
    EmergencyDraft,
    EmergencyStart,
    Preview,
)
from warmline.features.admin.service import Signal
from warmline.features.security.access import client_of, require
from warmline.features.security.audit import Actor
from warmline.features.security.service import Session
from warmline.kernel.errors import NOT_FOUND, Refused
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

Reader = Annotated[Session, Depends(require("emergency.read"))]
Writer = Annotated[Session, Depends(require("emergency.write"))]


def add_emergency(api: APIRouter, database: Database, signal: Signal) -> None:
    """Add the switch's routes."""
    emergencies = Emergencies(database, signal)

    @api.get("/emergency", tags=["emergency"])
    async def emergency_list(session: Reader) -> Page[Emergency]:
        """Return the emergency announcements that are on, or will be."""
        rows = await emergencies.all(session.identity.tenant_id)
        return Page[Emergency](items=[Emergency.model_validate(row) for row in rows])

    @api.post("/emergency", tags=["emergency"], status_code=201)
    async def emergency_start(request: Request, session: Writer, document: EmergencyStart) -> Emergency:
        """Tell everybody it concerns from now on, also those who wait already."""
        actor = Actor.of(session.identity, client_of(request).ip)
        return Emergency.model_validate(await emergencies.start(session.identity.tenant_id, actor, document))

    @api.post("/emergency/preview", tags=["emergency"])
    async def emergency_preview(session: Writer, document: EmergencyDraft) -> Preview:
        """Return who would hear it if it were started now."""
        return await previews.who_would_hear(database, session.identity.tenant_id, document, utc_now())

    @api.post("/emergency/{key}/stop", tags=["emergency"], status_code=204)
    async def emergency_stop(request: Request, session: Writer, key: UUID) -> None:
        """Be silent from now on."""
        actor = Actor.of(session.identity, client_of(request).ip)
        await emergencies.stop(session.identity.tenant_id, actor, key)


def add_previews(api: APIRouter, database: Database) -> None:
    """Add the previews of announcements."""

    @api.post("/announcements/preview", tags=["settings"])
    async def preview_draft(
        body: AnnouncementBody, session: Annotated[Session, Depends(require("announcements.write"))]
    ) -> Preview:
        """Return who would hear an announcement, before it is saved."""
        return await previews.who_hears(database, session.identity.tenant_id, body, utc_now())

    @api.get("/announcements/{key}/preview", tags=["settings"])
    async def preview_saved(
        key: UUID, session: Annotated[Session, Depends(require("announcements.read"))]
    ) -> Preview:
        """Return who hears a saved announcement."""
        tenant_id = session.identity.tenant_id
        async with database.tenant(tenant_id) as conn:
            body = await previews.announcement(conn, tenant_id, key)
        if body is None:
            raise Refused(NOT_FOUND, what=ANNOUNCEMENTS.kind)
        return await previews.who_hears(database, tenant_id, body, utc_now())
