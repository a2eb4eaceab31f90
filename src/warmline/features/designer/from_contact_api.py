"""Making a test of a real contact over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from warmline.features.admin.fields import Strict
from warmline.features.designer.cases_api import actor_of, kept_doc
from warmline.features.designer.cases_schemas import KeptDoc, Name
from warmline.features.designer.from_contact import FromContact
from warmline.features.journeys.api import JourneyId
from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session

Maker = Annotated[Session, Depends(require("cases.from-contact"))]


class FromContactAsk(Strict):
    """`name`: what this customer is to meet, in a sentence; the contact itself gives no name."""

    contact_id: UUID
    name: Name


class MadeDoc(Strict):
    """The test; `differs`: the first prompt of the real contact that it does not say."""

    case: KeptDoc
    differs: str | None


def from_contact_router(from_contact: FromContact) -> APIRouter:
    """Return the route under `/api` for tests of real contacts."""
    api = APIRouter(responses=PROBLEMS, tags=["journeys"])

    @api.post("/journeys/{journey_id}/cases/from-contact", status_code=201)
    async def case_from_contact(
        request: Request, journey_id: JourneyId, body: FromContactAsk, session: Maker
    ) -> MadeDoc:
        """Keep a real contact as a test, personal data replaced by fakes of the same form; audited."""
        actor = actor_of(session, request)
        made, differs = await from_contact.make(
            session.identity.tenant_id, actor, journey_id, body.contact_id, body.name
        )
        return MadeDoc(case=kept_doc(made), differs=differs)

    return api
