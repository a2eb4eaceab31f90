"""Reports over HTTP: definitions, figures, the contacts behind them, CSV."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from warmline.features.reports.definitions import DEFINITIONS, Metric, Unit
from warmline.features.reports.service import Reports, summary_csv
from warmline.features.reports.store import Group
from warmline.features.reports.waits import WaitGroup, wait_csv, wait_report
from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.kernel.locale import Locale
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

Reader = Annotated[Session, Depends(require("reports.read"))]
First = Annotated[dt.date, Query(alias="from", description="First day, in the company's time zone")]
Last = Annotated[dt.date, Query(alias="to", description="Last day, included")]


class DefinitionDoc(BaseModel):
    """A metric and its one written definition, in three languages."""

    id: Metric
    unit: Unit
    name: dict[str, str]
    text: dict[str, str]


class DefinitionsDoc(BaseModel):
    items: list[DefinitionDoc]


class FiguresDoc(BaseModel):
    """The figures of one row. Shares are 0 to 1; null: there was nothing to divide by."""

    key: str | None
    name: dict[str, str] | str | None
    volume: int
    containment: float | None
    wait_avg_s: float | None
    wait_p50_s: float | None
    wait_p90_s: float | None
    handle_time_s: float | None
    abandonment: float | None
    service_level: float | None
    transfer_rate: float | None
    csat: float | None
    csat_good: float | None
    csat_answers: int
    answered: int
    abandoned: int
    wait_promise: float | None


class SummaryDoc(BaseModel):
    """A report; `total` is over all contacts, not the sum of the rows."""

    first: dt.date
    last: dt.date
    time_zone: str
    group: Group
    rows: list[FiguresDoc]
    total: FiguresDoc


class WaitFiguresDoc(BaseModel):
    """What became of the waits told in one row. Shares are of `judged`, 0 to 1; null: nothing is judged yet.

    `judged`: answered, or not answered by the longer end: those who left (`gone_late`), wait on (`overdue`), or
    were promised a call (`called_late`) after it. Not judged: `open` wait in time, `left_before` left in time,
    `called` minus `called_late` were promised a call in time. `kept`: answered no later than told; `within`:
    neither later nor earlier. `error_s` and `bias_s`: medians, over the answers, of the distance from the middle
    of what was told, without and with its sign (negative: earlier).
    """

    key: str | None
    name: dict[str, str] | None
    told: int
    answered: int
    judged: int
    early: int
    late: int
    gone: int
    left_before: int
    gone_late: int
    open: int
    overdue: int
    called: int
    called_late: int
    kept: float | None
    within: float | None
    error_s: float | None
    bias_s: float | None


class WaitReportDoc(BaseModel):
    """Told waits against what happened; `total` is over all of them."""

    first: dt.date
    last: dt.date
    time_zone: str
    group: WaitGroup
    rows: list[WaitFiguresDoc]
    total: WaitFiguresDoc


class ReportedContactDoc(BaseModel):
    id: UUID
    opened_at: dt.datetime
    day: dt.date
    status: str
    channel: str
    customer_id: UUID
    intent: str | None
    queue_id: str | None
    disconnect_reason: str | None
    wait_s: float | None
    handle_s: float | None
    csat: int | None
    transfers: int


class ReportedContactsDoc(BaseModel):
    """The contacts behind a figure, newest first; `next` is the `offset` of the next page."""

    items: list[ReportedContactDoc]
    next: int | None


CSV_FILE: dict[str, Any] = {"text/csv": {"schema": {"type": "string"}}}


def router(database: Database) -> APIRouter:
    """Return the routes under `/api` for reports."""
    api = APIRouter(responses=PROBLEMS, tags=["reports"])
    reports = Reports(database)

    @api.get("/reports/metrics")
    async def metrics(_: Reader) -> DefinitionsDoc:
        """Return what each figure means."""
        return DefinitionsDoc(items=[DefinitionDoc.model_validate(msgspec.to_builtins(d)) for d in DEFINITIONS])

    @api.get("/reports/summary")
    async def summary(session: Reader, first: First, last: Last, group: Group = "day") -> SummaryDoc:
        """Return the figures by day, queue, reason or agent."""
        report = await reports.summary(session.identity.tenant_id, first, last, group)
        return SummaryDoc.model_validate(msgspec.to_builtins(report))

    @api.get("/reports/summary.csv", response_class=Response, responses={200: {"content": CSV_FILE}})
    async def summary_as_csv(
        session: Reader, first: First, last: Last, group: Group = "day", locale: Locale | None = None
    ) -> Response:
        """Return the same figures for a spreadsheet, with headings in one's own language."""
        report = await reports.summary(session.identity.tenant_id, first, last, group)
        text = summary_csv(report, locale or session.identity.locale)
        name = f"attachment; filename=warmline-{group}-{first}-{last}.csv"
        return Response(text.encode(), media_type="text/csv", headers={"Content-Disposition": name})

    @api.get("/reports/waits")
    async def waits(session: Reader, first: First, last: Last, group: WaitGroup = "queue") -> WaitReportDoc:
        """Return how told waits compare with what happened, by queue, day or half hour of the day."""
        report = await wait_report(database, session.identity.tenant_id, first, last, group, utc_now())
        return WaitReportDoc.model_validate(msgspec.to_builtins(report))

    @api.get("/reports/waits.csv", response_class=Response, responses={200: {"content": CSV_FILE}})
    async def waits_as_csv(
        session: Reader, first: First, last: Last, group: WaitGroup = "queue", locale: Locale | None = None
    ) -> Response:
        """Return the same for a spreadsheet, with headings in one's own language."""
        report = await wait_report(database, session.identity.tenant_id, first, last, group, utc_now())
        text = wait_csv(report, locale or session.identity.locale)
        name = f"attachment; filename=warmline-waits-{group}-{first}-{last}.csv"
        return Response(text.encode(), media_type="text/csv", headers={"Content-Disposition": name})

    @api.get("/reports/contacts")
    async def contacts(
        session: Reader,
        metric: Metric,
        first: First,
        last: Last,
        group: Group = "day",
        key: Annotated[
            str | None, Query(max_length=200, pattern=r"^[^\x00]*$", description="One row's key")
        ] = None,
        without: Annotated[bool, Query(description="Only contacts that have no queue, reason or agent")] = False,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
    ) -> ReportedContactsDoc:
        """Return the contacts that a figure counts."""
        found = await reports.contacts(
            session.identity.tenant_id, first, last, metric, group, None if without else key,
            named=without or key is not None, limit=limit, offset=offset,
        )  # fmt: skip
        items = [ReportedContactDoc.model_validate(msgspec.to_builtins(one)) for one in found]
        return ReportedContactsDoc(items=items, next=offset + limit if len(found) == limit else None)

    return api
