"""REST: to whom a contact can be handed over, for everybody who works with customers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.runtime.database import Database


class Colleague(BaseModel):
    """An agent by name and presence; nothing else about them."""

    id: UUID
    name: str
    presence: str


class Colleagues(BaseModel):
    """Available ones first, then by name."""

    items: list[Colleague]


def router(database: Database) -> APIRouter:
    """Build the route `GET /colleagues`."""
    api = APIRouter(responses=PROBLEMS, tags=["contacts"])

    @api.get("/colleagues")
    async def colleagues(session: Annotated[Session, Depends(require("contacts.read"))]) -> Colleagues:
        """Return everybody with a routing profile, oneself left out."""
        who = session.identity
        async with database.tenant(who.tenant_id) as conn:
            rows = await conn.fetch(
                "SELECT a.id, a.name, coalesce(p.presence, 'offline') AS presence FROM agent a"
                " LEFT JOIN agent_presence p ON p.tenant_id = a.tenant_id AND p.agent_id = a.id"
                " WHERE a.tenant_id = $1 AND a.disabled_at IS NULL AND a.routing_profile_id IS NOT NULL"
                " AND a.id <> $2 ORDER BY coalesce(p.presence, 'offline') <> 'available', a.name LIMIT 500",
                who.tenant_id,
                who.agent_id,
            )
        return Colleagues(items=[Colleague(**row) for row in rows])

    return api
