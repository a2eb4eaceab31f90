"""The board is told to whoever watches: soon, again when something changes, and not after they look away."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from warmline.domain.routing.stats import QueueView, encode
from warmline.features.contacts.ledger import LedgerReport
from warmline.features.contacts.ledger_store import Counts
from warmline.features.desk.board import BoardService
from warmline.features.desk.board_document import Board, Expected
from warmline.features.desk.cards import CardCustomer
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


class Guestbook:
    """Everybody is called Hana."""

    def __init__(self) -> None:
        self.asked: set[UUID] = set()

    def peek(self, tenant_id: str, customer_id: UUID) -> CardCustomer | None:
        return CardCustomer(customer_id, "Hana", True) if customer_id in self.asked else None

    async def load(self, tenant_id: str, customer_ids: Iterable[UUID]) -> None:
        self.asked.update(customer_ids)


async def wait_in_line(database: Database) -> UUID:
    contact_id = new_id()
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO queue (tenant_id, id, name) VALUES ('onda', 'orders', '{}') ON CONFLICT DO NOTHING"
        )
        await conn.execute(
            "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
            " conversation_id, queue_id, priority, queued_at, opened_at, updated_at, state)"
            " VALUES ('onda', $1, 1, 1, 'queued', 'webchat', 'ja', $1, $1, 'orders', 5, $2, $2, $2, '')",
            contact_id, NOON,
        )  # fmt: skip
    return contact_id


async def test_the_board_shows_names_estimates_and_the_ledger(database: Database):
    contact_id = await wait_in_line(database)
    boards = BoardService(database, Guestbook(), clock=lambda: NOON)
    for payload in encode(QueueView("orders", 1, 2, [contact_id], [(20, 45)], newcomer=(40, 90)), 1, 1):
        boards.queues_told("onda", payload)
    boards.ledger_told("onda", msgspec.json.encode(LedgerReport(NOON, Counts(open=1, queued=1))).decode())
    board = await boards.document("onda")
    assert (board.queues[0].waiting, board.queues[0].expected) == (1, Expected(40, 90))
    assert board.waiting[0].customer.name == "Hana"
    assert board.waiting[0].expected == Expected(20, 45), "the very wait the customer is told"
    assert (board.ledger.open, board.ledger.checked_at) == (1, NOON)


async def test_whoever_watches_is_told_at_once_and_on_every_change(database: Database):
    boards = BoardService(database, Guestbook(), clock=lambda: NOON, every_s=0.01)
    told: asyncio.Queue[object] = asyncio.Queue(100)
    watch = boards.watch("onda", told.put_nowait)
    async with asyncio.timeout(10):
        assert isinstance(first := await told.get(), Board)
        assert first.waiting == []
        await wait_in_line(database)
        while not (second := await told.get()).waiting:  # type: ignore[attr-defined]
            continue
    late: list[object] = []
    other = boards.watch("onda", late.append)
    assert late == [second]
    for each in (watch, other, other):
        each.close()
    await boards.close()
    assert told.empty()
