"""Supervisors read board and ledger; agents do not."""

import msgspec
from tests.features.conftest import SignedIn

from warmline.features.contacts.ledger import Ledger
from warmline.features.desk.alerts import Alert
from warmline.features.desk.board import BoardService
from warmline.features.desk.board_alerts import write
from warmline.features.desk.board_api import router
from warmline.features.desk.names import CustomerNames
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


async def _nobody(tenant_id: str, customer_ids: object) -> dict:
    return {}


async def _never(*_: object) -> None:
    raise AssertionError("nothing is to be repaired here")


class _Silence:
    async def signal(self, tenant_id: str, name: str, payload: str) -> None:
        self.last = name


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


async def test_a_supervisor_reads_alerts_of_now_and_earlier_and_everybody_is_told_who_sees_to_one(
    browser: SignedIn, database: Database
):
    told, at = _Silence(), utc_now()
    boards = BoardService(database, CustomerNames(_nobody))
    routes = [router(boards, Ledger(database, _Silence(), _never), told.signal)]
    client = await browser(routes, "supervisor")
    on, past = Alert("orders", "waiting", "warn", 7, 5, at), Alert("orders", "occupancy", "alarm", 99, 95, at)
    async with database.tenant("onda") as conn:
        await write(conn, "onda", [on, past], [], at)
        await write(conn, "onda", [], [("orders", "occupancy")], at)
    seen = {"queue_id": "orders", "metric": "waiting", "level": "warn"}
    assert (await client.post("/api/board/alerts/acknowledge", json=seen)).status_code == 204
    assert told.last == "alerts"
    found = (await client.get("/api/board/alerts")).json()
    assert [(one["metric"], one["acknowledged"]["level"]) for one in found["items"]] == [("waiting", "warn")]
    assert [(one["metric"], one["acknowledged"]) for one in found["earlier"]] == [("occupancy", None)]
    [shown] = (await client.get("/api/board")).json()["alerts"]
    assert shown["acknowledged"]["level"] == "warn"
    again = seen | {"metric": "occupancy"}
    assert (await client.post("/api/board/alerts/acknowledge", json=again)).status_code == 404
    assert (await (await browser(routes, "agent")).get("/api/board/alerts")).status_code == 403
