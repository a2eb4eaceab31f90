"""The demo shop's catalogue and journeys in a real database, and contacts written as the committer leaves them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest_asyncio

from warmline.domain.journey.checker import check
from warmline.features.contacts.settings_store import platform_prompts
from warmline.features.journeys.proof import Proof
from warmline.features.reasons.service import Reasons
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database
from warmline_demo.content import library as demo
from warmline_demo.content.seed import seed

NOON = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)  # in Seoul
NOW = NOON + timedelta(days=20)
Signals = list[tuple[str, str, str]]


@pytest_asyncio.fixture
async def shop(database: Database) -> Database:
    await seed(database, origins=["https://shop.example"], now=NOON)
    return database


@pytest_asyncio.fixture
async def signals() -> Signals:
    return []


@pytest_asyncio.fixture
async def reasons(shop: Database, signals: Signals) -> Reasons:
    return catalogue(shop, signals)


def catalogue(database: Database, signals: Signals) -> Reasons:
    """Return the catalogue of whatever is in a database."""

    async def signal(tenant_id: str, name: str, payload: str) -> None:
        signals.append((tenant_id, name, payload))

    return Reasons(database, Proof(check, platform_prompts(), demo.TASKS), demo.TASKS, signal, lambda: NOW)


async def misheard(
    database: Database, customer: UUID, *, n: int = 1, at: datetime = NOON, handed: bool = False
) -> None:
    """Write that a customer was not understood, as the committer leaves it."""
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO journey_misunderstanding"
            " (tenant_id, contact_id, seq, n, at, journey_id, version, path, why, handed, channel, locale)"
            " SELECT 'onda', id, 1, $2, $3, 'order-status', 1, 'start/1', 'no_match', $4, 'webchat', 'ko'"
            " FROM contact WHERE tenant_id = 'onda' AND customer_id = $1",
            customer, n, at, handed,
        )  # fmt: skip


async def contact(
    database: Database, intent: str | None, *, at: datetime = NOON, channel: str = "webchat",
    customer: UUID | None = None, contained: bool = False, connected: bool = False, transfers: int = 0,
    csat: int | None = None, lasted_s: float | None = 60,
) -> UUID:  # fmt: skip
    """Write a contact; `lasted_s` None: it goes on."""
    customer = customer or new_id()
    ended = None if lasted_s is None else at + timedelta(seconds=lasted_s)
    status = "journey" if ended is None else "ended"
    reason = None if ended is None else "contained" if contained else "customer_left"
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
            " conversation_id, intent, opened_at, first_queued_at, connected_at, ended_at, disconnect_reason,"
            " transfers, csat, updated_at, state)"
            " VALUES ('onda', $1, 1, 1, $2, $3, 'ko', $4, $4, $5, $6, $7, $7, $8, $9, $10, $11, $6, '')",
            new_id(), status, channel, customer, intent, at, at if connected else None, ended, reason, transfers,
            csat,
        )  # fmt: skip
    return customer
