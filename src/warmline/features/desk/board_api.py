"""REST: the live board and the ledger, for supervisors and administrators."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from warmline.features.contacts.ledger import Ledger
from warmline.features.desk.board import BoardService
from warmline.features.desk.board_alerts import SIGNAL
from warmline.features.security.access import client_of, require
from warmline.features.security.audit import Actor
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.runtime.clock import utc_now


class BoardAnswer(BaseModel):
    """The board of docs/protocol/desk.md at one moment."""

    at: datetime
    queues: list[dict[str, Any]]
    agents: list[dict[str, Any]]
    waiting: list[dict[str, Any]]
    ledger: dict[str, Any]
    skills: list[dict[str, Any]]
    alerts: list[dict[str, Any]]


class AlertsAnswer(BaseModel):
    """The alerts that are on, the worst first, and those of the last day that are over, the latest first."""

    items: list[dict[str, Any]]
    earlier: list[dict[str, Any]]


class SeenTo(BaseModel):
    """Which alert somebody has seen to."""

    model_config = ConfigDict(extra="forbid")
    queue_id: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]+$")]
    metric: Annotated[str, Field(max_length=40)]
    level: Annotated[str, Field(pattern="^(warn|alarm)$")]


class AlarmAnswer(BaseModel):
    """A contact the ledger found forgotten; `was` says how."""

    contact_id: str
    found_at: datetime
    was: str
    repaired_at: datetime | None


class LedgerAnswer(BaseModel):
    """Where all open contacts are, and what had to be repaired. `checked_at` is null before the first look."""

    checked_at: datetime | None
    counts: dict[str, int]
    alarms: list[AlarmAnswer]


def router(boards: BoardService, ledger: Ledger, signal: Callable[[str, str, str], Awaitable[None]]) -> APIRouter:
    """Build the routes of board, alerts and ledger; `signal` tells other processes."""
    api = APIRouter(responses=PROBLEMS, tags=["board"])

    @api.get("/board")
    async def board(session: Annotated[Session, Depends(require("board.read"))]) -> BoardAnswer:
        """Return the live board as of now."""
        found = await boards.document(session.identity.tenant_id)
        return BoardAnswer(**msgspec.to_builtins(found))

    @api.get("/board/alerts")
    async def alerts(session: Annotated[Session, Depends(require("board.read"))]) -> AlertsAnswer:
        """Return the alerts of this moment and of the last day."""
        tenant_id = session.identity.tenant_id
        return AlertsAnswer(
            items=msgspec.to_builtins(await boards.alerts.everything(tenant_id)),
            earlier=msgspec.to_builtins(await boards.alerts.earlier(tenant_id, utc_now())),
        )

    @api.post("/board/alerts/acknowledge", status_code=204)
    async def acknowledge(
        request: Request, document: SeenTo, session: Annotated[Session, Depends(require("alerts.acknowledge"))]
    ) -> None:
        """Note that you have seen to an alert, until it is over or gets worse."""
        actor = Actor.of(session.identity, client_of(request).ip)
        await boards.alerts.acknowledge(
            session.identity.tenant_id, actor, document.queue_id, document.metric, document.level, utc_now()
        )
        await signal(session.identity.tenant_id, SIGNAL, "")

    @api.get("/ledger")
    async def ledger_now(session: Annotated[Session, Depends(require("ledger.read"))]) -> LedgerAnswer:
        """Return the newest check and its latest alarms."""
        tenant_id = session.identity.tenant_id
        report = ledger.reports.get(tenant_id)
        alarms = await ledger.alarms(tenant_id)
        return LedgerAnswer(
            checked_at=None if report is None else report.checked_at,
            counts={} if report is None else msgspec.to_builtins(report.counts),
            alarms=[
                AlarmAnswer(
                    contact_id=str(alarm.contact_id),
                    found_at=alarm.found_at,
                    was=alarm.was,
                    repaired_at=alarm.repaired_at,
                )
                for alarm in alarms
            ],
        )

    return api
