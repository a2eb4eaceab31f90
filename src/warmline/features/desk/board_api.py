"""REST: the live board and the ledger, for supervisors and administrators."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends
from pydantic import BaseModel

from warmline.features.contacts.ledger import Ledger
from warmline.features.desk.board import BoardService
from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session


class BoardAnswer(BaseModel):
    """The board of docs/protocol/desk.md at one moment."""

    at: datetime
    queues: list[dict[str, Any]]
    agents: list[dict[str, Any]]
    waiting: list[dict[str, Any]]
    ledger: dict[str, Any]


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


def router(boards: BoardService, ledger: Ledger) -> APIRouter:
    """Build the routes `GET /board` and `GET /ledger`."""
    api = APIRouter(responses=PROBLEMS, tags=["board"])

    @api.get("/board")
    async def board(session: Annotated[Session, Depends(require("board.read"))]) -> BoardAnswer:
        """Return the live board as of now."""
        found = await boards.document(session.identity.tenant_id)
        return BoardAnswer(**msgspec.to_builtins(found))

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
