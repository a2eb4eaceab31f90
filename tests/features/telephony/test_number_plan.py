"""Lines, numbers and desk phones as the telephone side sees them."""

import hashlib

from warmline.features.security.audit import Actor
from warmline.features.telephony.number_plan import NumberPlan
from warmline.features.telephony.secrets import Secrets
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

ADMIN = Actor("Admin")
NAME = {"ko": "회선", "ja": "回線", "en": "Line"}


async def add_line(database: Database, tenant_id: str, id: str, addresses: list[str], priority: int = 1) -> None:
    async with database.tenant(tenant_id) as conn:
        await conn.execute(
            "INSERT INTO trunk (tenant_id, id, name, mode, host, username, addresses, priority)"
            " VALUES ($1, $2, $3, 'address', 'sip.carrier.example', 'onda', $4, $5)",
            tenant_id, id, NAME, addresses, priority,
        )  # fmt: skip


async def add_number(
    database: Database, tenant_id: str, id: str, number: str, trunk_id: str | None = None
) -> None:
    async with database.tenant(tenant_id) as conn:
        await conn.execute(
            "INSERT INTO phone_number (tenant_id, id, number, name, journey_id, trunk_id)"
            " VALUES ($1, $2, $3, $4, 'front-desk', $5)",
            tenant_id, id, number, NAME, trunk_id,
        )  # fmt: skip


async def test_a_call_is_answered_in_whatever_form_the_network_gives_the_number(
    database: Database, keyring: Keyring
) -> None:
    await add_line(database, "onda", "carrier", ["203.0.113.0/28"])
    await add_number(database, "onda", "hotline", "+82215881234")
    await add_number(database, "onda", "inside", "100")
    plan = await NumberPlan(database, keyring).load()
    line = plan.line_at("203.0.113.5")
    assert line is not None
    for called in ("+82215881234", "02-1588-1234", "0215881234"):
        answering = plan.answering("onda", line, called)
        assert answering is not None, called
        assert answering.journey_id == "front-desk"
    assert plan.answering("onda", None, "100") is not None
    assert plan.answering("onda", line, "+82215881235") is None
    assert plan.answering("rival", line, "+82215881234") is None


async def test_only_the_narrowest_network_decides_whose_line_a_call_comes_through(
    database: Database, keyring: Keyring
) -> None:
    await add_line(database, "onda", "wide", ["203.0.0.0/16"])
    await add_line(database, "rival", "narrow", ["203.0.113.7/32"])
    plan = await NumberPlan(database, keyring).load()
    found = [plan.line_at(one) for one in ("203.0.113.7", "::ffff:203.0.113.7", "203.0.9.9", "198.51.100.1", "x")]
    assert [one and one.id for one in found] == ["narrow", "narrow", "wide", None, None]


async def test_a_number_bound_to_one_line_is_not_answered_through_another(
    database: Database, keyring: Keyring
) -> None:
    await add_line(database, "onda", "first", ["203.0.113.1/32"], priority=2)
    await add_line(database, "onda", "second", ["203.0.113.2/32"], priority=1)
    await add_number(database, "onda", "hotline", "+82215881234", "first")
    plan = await NumberPlan(database, keyring).load()
    assert [one.id for one in plan.lines_of("onda")] == ["second", "first"]
    assert plan.answering("onda", plan.line_at("203.0.113.2"), "+82215881234") is None
    assert plan.answering("onda", plan.line_at("203.0.113.1"), "+82215881234") is not None


async def test_passwords_lie_encrypted_and_come_out_only_for_whom_they_belong_to(
    database: Database, keyring: Keyring
) -> None:
    await add_line(database, "onda", "carrier", ["203.0.113.1/32"])
    agent_id = new_id()
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO desk_phone (tenant_id, id, name, agent_id) VALUES ('onda', '1001', 'Front', $1)", agent_id
        )
    secrets = Secrets(database, keyring)
    house = NumberPlan(database, keyring)
    assert (await house.load()).phones == {}, "without a password nobody registers"
    await secrets.set_trunk("onda", ADMIN, "carrier", "line-password")
    told = await secrets.renew_phone("onda", ADMIN, "1001")
    plan = await house.reload("onda")
    assert plan.lines[0].secret == "line-password"
    phone = plan.phone_of("onda", agent_id)
    assert phone is not None
    a1 = f"1001:{told.realm}:{told.secret}".encode()
    assert phone.credentials.md5 == hashlib.md5(a1, usedforsecurity=False).hexdigest()
    assert phone.credentials.sha256 == hashlib.sha256(a1).hexdigest()
    async with database.tenant("onda") as conn:
        stored = await conn.fetch("SELECT secret_enc FROM trunk UNION SELECT secret_enc FROM desk_phone")
        log = str(await conn.fetch("SELECT * FROM audit"))
    assert all(b"line-password" not in row[0] and told.secret.encode() not in row[0] for row in stored)
    assert "line-password" not in log
    assert told.secret not in log
