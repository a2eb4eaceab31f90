"""REST: what is needed, settings, contracts and plans, for supervisors and administrators."""

import datetime as dt
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from warmline.features.security.access import client_of, require
from warmline.features.security.audit import Actor
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.features.staffing.needs_service import Asked, WhatIf
from warmline.features.staffing.plans import Plan
from warmline.features.staffing.rooms import StaffingRooms
from warmline.features.staffing.schemas import (
    ContractChange,
    ContractDoc,
    ContractsDoc,
    NeedDoc,
    NeedsDoc,
    PlanDoc,
    PlanRequest,
    PlansDoc,
    PoolNeeds,
    SettingsAnswer,
    SettingsChange,
    SettingsDoc,
    TermsDoc,
)
from warmline.features.staffing.settings import Person, StaffingSettings, Terms

Reader = Annotated[Session, Depends(require("staffing.read"))]
Writer = Annotated[Session, Depends(require("staffing.write"))]
First = Annotated[dt.date, Query(alias="from", description="First day, in the company's time zone")]
Last = Annotated[dt.date, Query(alias="to", description="Last day, included")]


def actor_of(session: Session, request: Request) -> Actor:
    """Return who acts, for the audit log."""
    return Actor.of(session.identity, client_of(request).ip)


def plan_doc(plan: Plan) -> PlanDoc:
    return PlanDoc.model_validate(msgspec.to_builtins(plan))


def contract_doc(person: Person) -> ContractDoc:
    terms = TermsDoc.model_validate(msgspec.to_builtins(person.terms))
    return ContractDoc(
        agent_id=person.id, name=person.name, queues=list(person.queues), terms=terms, version=person.version
    )


def router(rooms: StaffingRooms) -> APIRouter:
    """Return the routes under `/api/staffing` for planning."""
    api = APIRouter(responses=PROBLEMS, tags=["staffing"], prefix="/staffing")

    @api.get("/settings")
    async def settings(session: Reader) -> SettingsAnswer:
        """Return how the company plans."""
        found, version = await rooms.rules.settings(session.identity.tenant_id)
        doc = SettingsDoc.model_validate(msgspec.to_builtins(found))
        return SettingsAnswer(settings=doc, version=version, sources=rooms.needs.sources)

    @api.put("/settings")
    async def change_settings(session: Writer, request: Request, change: SettingsChange) -> SettingsAnswer:
        """Change how the company plans."""
        wanted = msgspec.convert(change.settings.model_dump(mode="json"), StaffingSettings)
        version = await rooms.rules.change_settings(
            session.identity.tenant_id, actor_of(session, request), wanted, change.version
        )
        return SettingsAnswer(settings=change.settings, version=version, sources=rooms.needs.sources)

    @api.get("/contracts")
    async def contracts(session: Reader) -> ContractsDoc:
        """Return the agents with a routing profile, and their contracts."""
        people = await rooms.rules.people(session.identity.tenant_id)
        return ContractsDoc(items=[contract_doc(person) for person in people])

    @api.put("/contracts/{agent_id}")
    async def change_contract(
        session: Writer, request: Request, agent_id: UUID, change: ContractChange
    ) -> ContractDoc:
        """Change an agent's contract."""
        terms = msgspec.convert(change.terms.model_dump(mode="json"), Terms)
        person = await rooms.rules.change_terms(
            session.identity.tenant_id, actor_of(session, request), agent_id, terms, change.version
        )
        return contract_doc(person)

    @api.get("/needs")
    async def needs(
        session: Reader,
        first: First,
        last: Last,
        source: Annotated[str, Query(max_length=63, pattern=r"^[a-z0-9-]*$")] = "forecast",
        plan_id: Annotated[
            UUID | None, Query(description="Compare with this plan, not with the published")
        ] = None,
        volume: Annotated[float, Query(ge=0, le=20, description="Times as many contacts")] = 1.0,
        share: Annotated[float | None, Query(ge=0, le=0.99)] = None,
        within_s: Annotated[float | None, Query(ge=1, le=3600)] = None,
        patience_s: Annotated[float | None, Query(ge=5, le=7200)] = None,
        shrinkage: Annotated[float | None, Query(ge=0, le=0.8)] = None,
    ) -> NeedsDoc:
        """Return how many agents each half hour needs, and how many are planned."""
        tenant_id = session.identity.tenant_id
        asked = Asked(first, last, source, WhatIf(volume, share, within_s, patience_s, shrinkage))
        found = await rooms.needs.needs(tenant_id, asked)
        roster = await rooms.rosters.roster(tenant_id, first, last, plan_id)
        half_hours = len(roster.planned)
        return NeedsDoc(
            first_at=found.first_at,
            end_at=found.end_at,
            time_zone=found.time_zone,
            source=found.volumes.source,
            needs=[
                NeedDoc(
                    start_at=found.first_at + slot * dt.timedelta(minutes=30),
                    contacts=round(sum(curve.needs[slot].contacts for curve in found.curves), 2),
                    agents=sum(curve.needs[slot].agents for curve in found.curves),
                    on_shift=round(sum(curve.needs[slot].on_shift for curve in found.curves), 2),
                    planned=roster.planned[slot],
                )
                for slot in range(half_hours)
            ],
            pools=[
                PoolNeeds(
                    id=curve.pool.id,
                    queues=list(curve.pool.queues),
                    agents=[need.agents for need in curve.needs],
                    on_shift=[round(need.on_shift, 2) for need in curve.needs],
                )
                for curve in found.curves
            ],
        )

    @api.get("/plans")
    async def plans(session: Reader) -> PlansDoc:
        """Return the newest plans."""
        return PlansDoc(items=[plan_doc(one) for one in await rooms.plans.all(session.identity.tenant_id)])

    @api.post("/plans", status_code=201)
    async def begin(session: Writer, request: Request, wanted: PlanRequest) -> PlanDoc:
        """Begin to plan; ask for the plan again to see how far it is."""
        asked = Asked(wanted.first, wanted.last, wanted.source, WhatIf(**wanted.what_if.model_dump()))
        return plan_doc(await rooms.plans.begin(session.identity.tenant_id, actor_of(session, request), asked))

    @api.get("/plans/{plan_id}")
    async def plan(session: Reader, plan_id: UUID) -> PlanDoc:
        """Return a plan."""
        return plan_doc(await rooms.plans.one(session.identity.tenant_id, plan_id))

    @api.post("/plans/{plan_id}/stop")
    async def stop(session: Writer, plan_id: UUID) -> PlanDoc:
        """Stop making a plan."""
        return plan_doc(await rooms.plans.stop(session.identity.tenant_id, plan_id))

    @api.post("/plans/{plan_id}/publish")
    async def publish(session: Writer, request: Request, plan_id: UUID) -> PlanDoc:
        """Show a plan's shifts to their agents, in place of those published for its days."""
        plan = await rooms.plans.publish(session.identity.tenant_id, actor_of(session, request), plan_id)
        return plan_doc(plan)

    @api.delete("/plans/{plan_id}", status_code=204)
    async def remove(session: Writer, plan_id: UUID) -> Response:
        """Throw a plan away; published shifts stay."""
        await rooms.plans.remove(session.identity.tenant_id, plan_id)
        return Response(status_code=204)

    return api
