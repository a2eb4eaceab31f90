"""Accounts of people who hold contacts."""

import pytest
from tests.features.conftest import People as Colleagues

from warmline.features.admin.people import People
from warmline.features.security.audit import Actor
from warmline.features.security.service import Security
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database


async def _silent(tenant_id: str, name: str, payload: str) -> None:
    return None


async def test_nobody_leaves_with_a_customer_still_in_hand(
    database: Database, security: Security, people: Colleagues
):
    accounts = People(database, security.passwords, _silent)
    mina = people["onda", "agent"]
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
            " conversation_id, agent_id, opened_at, updated_at, state) VALUES"
            " ('onda', $1, 1, 1, 'connected', 'webchat', 'ko', $1, $1, $2, now(), now(), '')",
            new_id(), mina,
        )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        await accounts.disable("onda", Actor("Boss"), mina)
    assert (refusal.value.code, refusal.value.details) == ("admin.holds_contacts", {"count": 1})
    async with database.tenant("onda") as conn:
        await conn.execute("UPDATE contact SET status = 'ended'")
    await accounts.disable("onda", Actor("Boss"), mina)
    assert (await accounts.one("onda", mina))["disabled"]
