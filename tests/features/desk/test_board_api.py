"""Supervisors read board and ledger; agents do not."""

import msgspec
from tests.features.conftest import SignedIn

from warmline.features.contacts.ledger import Ledger
from warmline.features.desk.board import BoardService
from warmline.features.desk.board_api import router
from warmline.features.desk.names import CustomerNames
from warmline.runtime.database import Database


async def _nobody(tenant_id: str, customer_ids: object) -> dict:
    return {}


async def _never(*_: object) -> None:
    raise AssertionError("nothing is to be repaired here")


class _Silence:
    async def signal(self, tenant_id: str, name: str, payload: str) -> None:
        self.last = payload


async def test_a_supervisor_sees_the_board_and_the_latest_check(browser: SignedIn, database: Database):
    ledger = Ledger(database, _Silence(), _never)
    boards = BoardService(database, CustomerNames(_nobody))
    routes = [router(boards, ledger, _Silence().signal)]
    client = await browser(routes, "supervisor")
    empty = (await client.get("/api/ledger")).json()
    assert (empty["checked_at"], empty["alarms"]) == (None, [])
    report = await ledger.check("onda")
    boards.ledger_told("onda", msgspec.json.encode(report).decode())
    found = (await client.get("/api/ledger")).json()
    assert found["counts"]["orphans"] == 0
    board = (await client.get("/api/board")).json()
    assert board["ledger"]["open"] == 0
    assert [agent["name"] for agent in board["agents"]] == []
    assert (await (await browser(routes, "agent")).get("/api/board")).status_code == 403
