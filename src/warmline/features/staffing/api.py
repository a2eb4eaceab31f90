"""REST: rosters, an agent's own shifts and calendar, adherence; and the routes of `api_plans`."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from warmline.domain.staffing.shifts import Pause
from warmline.features.security.access import open_to_all, require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.features.staffing import store
from warmline.features.staffing.api_plans import First, Last, Reader, Writer, actor_of
from warmline.features.staffing.api_plans import router as plans_router
from warmline.features.staffing.files import roster_calendar, roster_csv
from warmline.features.staffing.rooms import StaffingRooms
from warmline.features.staffing.roster import Draft
from warmline.features.staffing.schemas import (
    AdherenceDoc,
    AgentDayDoc,
    AgentDaysDoc,
    FeedDoc,
    OwnDoc,
    RosterDoc,
    ShiftAdded,
    ShiftChange,
    ShiftDoc,
    ShiftDraft,
    StandingDoc,
    ViolationDoc,
)
from warmline.features.staffing.store_shifts import ShiftRow
from warmline.kernel.errors import INVALID, Refused
from warmline.kernel.locale import Locale
from warmline.runtime.clock import utc_now

Own = Annotated[Session, Depends(require("staffing.own"))]
PlanId = Annotated[UUID | None, Query(description="The plan to show; without it, what is published")]
CSV_FILE: dict[str, Any] = {"text/csv": {"schema": {"type": "string"}}}
CALENDAR_FILE: dict[str, Any] = {"text/calendar": {"schema": {"type": "string"}}}


def shift_doc(row: ShiftRow) -> ShiftDoc:
    """Return a shift as the API tells it."""
    plain = msgspec.to_builtins(row.shift)
    return ShiftDoc.model_validate(
        plain | {"plan_id": row.plan_id, "published": row.published_at is not None, "version": row.version}
    )


def draft_of(doc: ShiftDraft) -> Draft:
    """Return what somebody wrote, in UTC. Raises Refused `invalid` for a time without its zone, or far away."""

    def moment(at: dt.datetime, field: str) -> dt.datetime:
        if at.tzinfo is None or not 2000 <= at.year <= 2200:
            raise Refused(INVALID, field=field, reason="say the time with its zone, between 2000 and 2200")
        return at.astimezone(dt.UTC)

    pauses = tuple(
        Pause(one.kind, moment(one.start_at, "pauses"), moment(one.end_at, "pauses"))
        for one in sorted(doc.pauses, key=lambda one: one.start_at.isoformat())
    )
    return Draft(
        doc.agent_id, moment(doc.start_at, "start_at"), moment(doc.end_at, "end_at"), pauses, tuple(doc.queues),
        doc.pattern_id,
    )  # fmt: skip


def router(rooms: StaffingRooms) -> APIRouter:
    """Return every route under `/api/staffing`."""
    api = APIRouter(responses=PROBLEMS, tags=["staffing"], prefix="/staffing")

    @api.get("/shifts")
    async def shifts(session: Reader, first: First, last: Last, plan_id: PlanId = None) -> RosterDoc:
        """Return the shifts of some days, and the rules they break."""
        roster = await rooms.rosters.roster(session.identity.tenant_id, first, last, plan_id)
        return RosterDoc(
            first_at=roster.first_at,
            end_at=roster.end_at,
            time_zone=roster.time_zone,
            shifts=[shift_doc(row) for row in roster.shifts],
            violations=[ViolationDoc.model_validate(msgspec.to_builtins(one)) for one in roster.violations],
            planned=roster.planned,
        )

    @api.post("/shifts", status_code=201)
    async def add(session: Writer, request: Request, draft: ShiftAdded) -> ShiftDoc:
        """Write a shift into a plan, or a published one."""
        row = await rooms.rosters.add(
            session.identity.tenant_id, actor_of(session, request), draft_of(draft), draft.plan_id
        )
        return shift_doc(row)

    @api.put("/shifts/{shift_id}")
    async def change(session: Writer, request: Request, shift_id: UUID, draft: ShiftChange) -> ShiftDoc:
        """Change a shift; the roster then says which rules it breaks."""
        row = await rooms.rosters.change(
            session.identity.tenant_id, actor_of(session, request), shift_id, draft_of(draft), draft.version
        )
        return shift_doc(row)

    @api.delete("/shifts/{shift_id}", status_code=204)
    async def remove(session: Writer, request: Request, shift_id: UUID) -> Response:
        """Remove a shift."""
        await rooms.rosters.remove(session.identity.tenant_id, actor_of(session, request), shift_id)
        return Response(status_code=204)

    @api.get("/shifts.csv", response_class=Response, responses={200: {"content": CSV_FILE}})
    async def as_csv(
        session: Reader, first: First, last: Last, plan_id: PlanId = None, locale: Locale | None = None
    ) -> Response:
        """Return the shifts for a spreadsheet."""
        tenant_id = session.identity.tenant_id
        roster = await rooms.rosters.roster(tenant_id, first, last, plan_id)
        names = await rooms.rosters.names(tenant_id)
        async with rooms.database.tenant(tenant_id) as conn:
            queues = await store.queues(conn, tenant_id)
        text = roster_csv(roster, names, queues, locale or session.identity.locale)
        return _file(text, "text/csv", f"warmline-shifts-{first}-{last}.csv")

    @api.get("/shifts.ics", response_class=Response, responses={200: {"content": CALENDAR_FILE}})
    async def as_calendar(
        session: Reader, first: First, last: Last, plan_id: PlanId = None, locale: Locale | None = None
    ) -> Response:
        """Return the shifts for a calendar program."""
        tenant_id = session.identity.tenant_id
        roster = await rooms.rosters.roster(tenant_id, first, last, plan_id)
        names = await rooms.rosters.names(tenant_id)
        async with rooms.database.tenant(tenant_id) as conn:
            queues = await store.queues(conn, tenant_id)
        text = roster_calendar(roster, names, queues, locale or session.identity.locale, utc_now())
        return _file(text, "text/calendar", f"warmline-shifts-{first}-{last}.ics")

    @api.get("/own")
    async def own(session: Own, first: First, last: Last) -> OwnDoc:
        """Return one's own published shifts."""
        who = session.identity
        zone, rows = await rooms.rosters.own(who.tenant_id, who.agent_id, first, last)
        since = await rooms.feeds.since(who.tenant_id, who.agent_id)
        return OwnDoc(time_zone=zone, shifts=[shift_doc(row) for row in rows], feed_since=since)

    @api.post("/own/feed", status_code=201)
    async def create_feed(session: Own) -> FeedDoc:
        """Make a private calendar address; one made before ends."""
        token = await rooms.feeds.create(session.identity.tenant_id, session.identity.agent_id)
        return FeedDoc(url=f"{rooms.public_url}/api/staffing/feeds/{token}.ics")

    @api.delete("/own/feed", status_code=204)
    async def revoke_feed(session: Own) -> Response:
        """End the private calendar address."""
        await rooms.feeds.revoke(session.identity.tenant_id, session.identity.agent_id)
        return Response(status_code=204)

    @api.get(
        "/feeds/{token}",
        response_class=Response,
        responses={200: {"content": CALENDAR_FILE}},
        dependencies=[Depends(open_to_all("staffing.feed"))],
    )
    async def feed(token: str) -> Response:
        """Return the calendar behind a private address."""
        text = await rooms.feeds.calendar(token)
        headers = {"Cache-Control": "private, max-age=300", "Referrer-Policy": "no-referrer"}
        return Response(text.encode(), media_type="text/calendar", headers=headers)

    @api.get("/adherence")
    async def adherence(session: Reader) -> AdherenceDoc:
        """Return how everybody stands to the schedule now."""
        at, items = await rooms.presences.live(session.identity.tenant_id)
        return AdherenceDoc(
            at=at,
            items=[
                StandingDoc.model_validate(
                    msgspec.to_builtins(one.standing)
                    | {"agent_id": one.agent_id, "name": one.name, "presence": one.presence, "reason": one.reason}
                )
                for one in items
            ],
        )

    @api.get("/adherence/day")
    async def adherence_day(session: Reader, day: Annotated[dt.date, Query()]) -> AgentDaysDoc:
        """Return everybody's figures of a day."""
        found = await rooms.presences.day(session.identity.tenant_id, day)
        items = [
            AgentDayDoc.model_validate(
                msgspec.to_builtins(one.figures) | {"agent_id": one.agent_id, "name": one.name}
            )
            for one in found
        ]
        return AgentDaysDoc(day=day, items=items)

    whole = APIRouter()
    whole.include_router(plans_router(rooms))
    whole.include_router(api)
    return whole


def _file(text: str, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(text.encode(), media_type=media_type, headers=headers)
