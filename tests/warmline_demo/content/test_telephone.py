"""The demo can be called from this machine, its desk phones can sign in, and nobody outside can be dialled."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from warmline.domain.outbound.gate import Allowed, Denied, OutboundUse, decide
from warmline.features.security.audit import Actor
from warmline.features.telephony.directory import PlanDirectory
from warmline.features.telephony.number_plan import NumberPlan, Plan
from warmline.features.telephony.outbound import OutboundGate
from warmline.features.telephony.secrets import Secrets, credentials_of, realm_of
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring
from warmline_demo.content.seed import seed
from warmline_demo.content.team import PHONE_TEAM
from warmline_demo.content.telephone import (
    Telephone,
    callers_port,
    extensions,
    outbound_rules,
    phone_key,
    phone_key_path,
    phone_password,
    seed_telephone,
)

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
KEY = bytes(range(32))
ADMIN = Actor("Admin")


async def seeded(database: Database, keyring: Keyring, sip_port: int = 5060, key: bytes = KEY) -> Plan:
    telephone = Telephone(keyring, key, sip_port)
    await seed(database, origins=["http://127.0.0.1:8420"], now=NOW, telephone=telephone)
    return await NumberPlan(database, keyring).load()


async def test_a_call_from_this_machine_reaches_the_telephones_journey(database: Database, keyring: Keyring):
    plan = await seeded(database, keyring)
    (line,) = plan.lines_at("127.0.0.1")
    assert (line.id, line.port) == ("demo-line", callers_port(5060))
    assert plan.lines_at("203.0.113.9") == ()
    for dialled, locale in (("100", "ko"), ("102", "ja"), ("103", "en"), ("+8225550100", "ko")):
        answering = plan.answering("onda", line, dialled)
        assert answering is not None
        assert (answering.journey_id, answering.locale) == ("phone", locale)


async def test_a_desk_phone_of_the_phone_team_signs_in_with_this_installations_own_password(
    database: Database, keyring: Keyring
):
    plan = await seeded(database, keyring)
    directory = PlanDirectory(lambda: plan)
    for member in PHONE_TEAM:
        extension = extensions()[member.email]
        found = directory.phone_named(extension, realm_of("onda"))
        assert found is not None
        proof = credentials_of(extension, realm_of("onda"), phone_password(KEY, extension))
        assert (found.ha1_md5, found.ha1_sha256) == (proof.md5, proof.sha256)
        assert phone_password(bytes(32), extension) != phone_password(KEY, extension)


async def test_what_people_changed_about_the_telephone_stays(database: Database, keyring: Keyring):
    plan = await seeded(database, keyring)
    extension, agent_id = "2001", plan.phones["onda", "2001"].agent_id
    await Secrets(database, keyring).renew_phone("onda", ADMIN, extension)
    renewed = (await NumberPlan(database, keyring).load()).phones["onda", extension].credentials
    async with database.tenant("onda") as connection:
        await connection.execute("UPDATE phone_number SET journey_id = 'front-desk' WHERE id = 'main'")
        await connection.execute("UPDATE agent SET routing_profile_id = 'delivery' WHERE id = $1", agent_id)
    plan = await seeded(database, keyring)
    assert plan.phones["onda", extension].credentials == renewed
    answering = plan.answering("onda", None, "100")
    assert answering is not None
    assert answering.journey_id == "front-desk"
    async with database.tenant("onda") as connection:
        profile = await connection.fetchval("SELECT routing_profile_id FROM agent WHERE id = $1", agent_id)
    assert profile == "delivery"


async def test_the_line_follows_the_house_to_another_port_unless_somebody_pointed_it_elsewhere(
    database: Database, keyring: Keyring
):
    await seeded(database, keyring)
    assert (await seeded(database, keyring, 6060)).lines[0].port == callers_port(6060)
    async with database.tenant("onda") as connection:
        await connection.execute("UPDATE trunk SET port = 7, version = 2")
    assert (await seeded(database, keyring, 5060)).lines[0].port == 7


async def test_a_demo_seeded_before_there_were_calls_gets_them(database: Database, keyring: Keyring):
    await seed(database, origins=["http://127.0.0.1:8420"], now=NOW)
    async with database.tenant("onda") as connection:
        await connection.execute("UPDATE routing_profile SET capacity = '{\"webchat\": 3}', media = '{}'")
        await connection.execute(
            "UPDATE agent SET routing_profile_id = 'delivery' WHERE routing_profile_id = 'phone'"
        )
        await connection.execute("UPDATE routing_profile SET version = 2 WHERE id = 'everything'")
    await seeded(database, keyring)
    async with database.tenant("onda") as connection:
        rows = await connection.fetch("SELECT id, capacity FROM routing_profile")
        team = await connection.fetchval("SELECT count(*) FROM agent WHERE routing_profile_id = 'phone'")
    capacities = {row["id"]: row["capacity"] for row in rows}
    assert capacities["phone"] == {"webchat": 3, "voice": 1}
    assert "voice" not in capacities["everything"]  # somebody has set it
    assert team == len(PHONE_TEAM)


async def test_only_simulated_callers_can_be_called_back(database: Database, keyring: Keyring):
    await seeded(database, keyring)
    gate = OutboundGate(database)
    assert (await gate.allow("onda", "+8225550201", "callback", now=NOW)).number == "+8225550201"
    assert isinstance(decide(outbound_rules(), OutboundUse(), "+8225550201"), Allowed)
    for other in ("+8225551201", "+81312345678", "112"):
        assert isinstance(decide(outbound_rules(), OutboundUse(), other), Denied)


def test_every_installation_makes_a_key_of_its_own_and_keeps_it(tmp_path: Path):
    path = phone_key_path(tmp_path)
    key = phone_key(path)
    assert phone_key(path) == key
    assert phone_key(tmp_path / "another") != key
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_that_others_may_read_or_that_is_none_is_refused(tmp_path: Path):
    path = phone_key_path(tmp_path)
    phone_key(path)
    path.chmod(0o644)
    with pytest.raises(ValueError, match="chmod 600"):
        phone_key(path)
    path.chmod(0o600)
    path.write_bytes(b"short")
    with pytest.raises(ValueError, match="no key"):
        phone_key(path)


async def test_seeding_the_telephone_alone_again_changes_nothing(database: Database, keyring: Keyring):
    from warmline_demo.content.seed import NAMESPACE

    before = await seeded(database, keyring)
    async with database.tenant("onda") as connection:
        await seed_telephone(connection, Telephone(keyring, KEY, 5060), "phone", NAMESPACE)
    after = await NumberPlan(database, keyring).load()
    assert (after.lines, dict(after.numbers), dict(after.phones)) == (
        before.lines, dict(before.numbers), dict(before.phones),
    )  # fmt: skip
