"""A database becomes what the models say, refuses what it must, and can search Korean and Japanese."""

import asyncpg
import pytest

from warmline.kernel.ids import new_id
from warmline.runtime.migrate import (
    differences,
    migrate,
    sqlalchemy_url,
)
from warmline.runtime.postgres import EmbeddedPostgres
from warmline.runtime.revision import current_revision, head_revision
from warmline.runtime.schema import TENANT_TABLES


async def test_after_migrating_from_empty_the_database_is_what_the_models_say(admin_url: str) -> None:
    assert await differences(admin_url) == []
    assert await current_revision(admin_url) == head_revision()


async def test_migrating_again_changes_nothing(admin_url: str) -> None:
    await migrate(admin_url)
    assert await differences(admin_url) == []


async def test_a_database_that_was_never_migrated_has_no_revision(postgres: EmbeddedPostgres) -> None:
    assert await current_revision(postgres.admin_url) is None


async def test_every_tenant_table_hides_its_rows_even_from_its_owner(admin_url: str) -> None:
    admin = await asyncpg.connect(admin_url)
    rows = await admin.fetch(
        "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, r.rolname FROM pg_class c "
        "JOIN pg_roles r ON r.oid = c.relowner WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
    )
    tables = {row["relname"]: row for row in rows}
    shared = {"tenant", "alembic_version", "voice_node"}  # voice nodes serve all companies and know no customer
    assert set(tables) - set(TENANT_TABLES) == shared
    for name in TENANT_TABLES:
        assert tables[name]["relrowsecurity"], name
        assert tables[name]["relforcerowsecurity"], name
        assert tables[name]["rolname"] == "warmline_owner", name
    policies = await admin.fetch("SELECT tablename, roles, qual, with_check FROM pg_policies")
    assert {row["tablename"] for row in policies} == set(TENANT_TABLES)
    for row in policies:
        if "warmline_app" in row["roles"]:
            assert "current_setting('warmline.tenant'" in row["qual"]
            assert row["qual"] == row["with_check"]
    roles = await admin.fetch(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname LIKE 'warmline_%'"
    )
    assert len(roles) == 3
    assert not any(row["rolsuper"] or row["rolbypassrls"] for row in roles)
    members = await admin.fetchval(
        "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member "
        "WHERE r.rolname = 'warmline_app'"
    )
    assert members == 0
    await admin.close()


async def test_every_tenant_table_shows_a_tenant_only_its_own_rows(admin_url: str, database_url: str) -> None:
    """Fills each table for two tenants behind the application's back, then looks as the application."""
    admin = await asyncpg.connect(admin_url)
    columns = await admin.fetch(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' "
        "AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AND column_name <> 'tenant_id'"
    )
    samples = {
        "uuid": "gen_random_uuid()", "text": "'x'", "bytea": "'\\x00'", "jsonb": "'{}'", "ARRAY": "'{}'",
        "timestamp with time zone": "now()", "date": "current_date", "boolean": "false",
        "bigint": "1", "integer": "1", "smallint": "1", "double precision": "0.5",
    }  # fmt: skip
    for table in TENANT_TABLES:
        wanted = [row for row in columns if row["table_name"] == table]
        names = "".join(f", {row['column_name']}" for row in wanted)
        values = "".join(f", {samples[row['data_type']]}" for row in wanted)
        for tenant in ("onda", "rival"):
            await admin.execute(f"INSERT INTO {table} (tenant_id{names}) VALUES ('{tenant}'{values})")
    await admin.close()
    app = await asyncpg.connect(database_url)
    for tenant, expected in (("onda", ["onda"]), ("rival", ["rival"]), ("nobody", []), ("", [])):
        await app.execute("SELECT set_config('warmline.tenant', $1, false)", tenant)
        for table in TENANT_TABLES:
            seen = await app.fetch(f"SELECT DISTINCT tenant_id FROM {table}")
            assert [row["tenant_id"] for row in seen] == expected, table
    await app.close()
    fresh = await asyncpg.connect(database_url)  # the setting was never made
    for table in TENANT_TABLES:
        assert await fresh.fetchval(f"SELECT count(*) FROM {table}") == 0, table
    await fresh.close()


@pytest.mark.parametrize("table", ["event", "audit"])
async def test_history_cannot_be_changed_or_deleted_by_the_application(database_url: str, table: str) -> None:
    app = await asyncpg.connect(database_url)
    await app.execute("SELECT set_config('warmline.tenant', 'onda', false)")
    for change in (f"UPDATE {table} SET at = now()", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app.execute(change)
    await app.close()


@pytest.mark.parametrize(
    "escape",
    [
        "SET ROLE warmline_owner",
        "SET ROLE warmline_search",
        "ALTER TABLE event DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE event NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY tenant_only ON event",
        "CREATE TABLE mine (n int)",
        "ALTER ROLE warmline_app BYPASSRLS",
    ],
)
async def test_the_application_cannot_lift_its_own_limits(database_url: str, escape: str) -> None:
    app = await asyncpg.connect(database_url)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await app.execute(escape)
    await app.close()


async def test_searching_by_bigrams_stays_inside_the_tenant(database_url: str) -> None:
    app = await asyncpg.connect(database_url)
    for tenant in ("onda", "rival"):
        await app.execute("SELECT set_config('warmline.tenant', $1, false)", tenant)
        await app.execute(
            "INSERT INTO contact_search (tenant_id, contact_id, customer_id, grams, updated_at) "
            "VALUES ($1, $2, $2, '{1,2,3}', now())",
            tenant,
            new_id(),
        )
    assert len(await app.fetch("SELECT matching_contacts('{1,3}', 10)")) == 1
    assert await app.fetch("SELECT matching_contacts('{1,4}', 10)") == []
    assert await app.fetch("SELECT matching_contacts('{}', 10)") == []
    await app.execute("SELECT set_config('warmline.tenant', '', false)")
    assert await app.fetch("SELECT matching_contacts('{1,3}', 10)") == []
    await app.close()


def test_urls_are_translated_for_sqlalchemy() -> None:
    assert sqlalchemy_url("postgresql://a:b@h:1/d?x=1") == "postgresql+asyncpg://a:b@h:1/d?x=1"
