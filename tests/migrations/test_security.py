"""What a migration does to a table keeps tenants apart and history whole."""

from warmline.migrations.security import (
    APPEND_ONLY,
    gram_search_statements,
    role_statements,
    tenant_table_statements,
)


def test_no_role_may_bypass_row_security() -> None:
    creating = [one for one in role_statements() if "CREATE ROLE" in one]
    assert len(creating) == 3
    assert all("NOSUPERUSER NOBYPASSRLS" in one for one in creating)


def test_a_table_is_forced_under_its_policy_and_history_is_append_only() -> None:
    text = "\n".join(tenant_table_statements(["queue", "event"]))
    for table in ("queue", "event"):
        assert f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" in text
    assert "GRANT SELECT, INSERT, UPDATE, DELETE ON queue" in text
    assert "GRANT SELECT, INSERT ON event" in text
    assert {"event", "audit"} == APPEND_ONLY


def test_search_functions_are_for_the_application_only_and_name_the_tenant() -> None:
    functions = [one for one in gram_search_statements() if "CREATE FUNCTION" in one]
    assert len(functions) == 2
    assert all("WHERE tenant_id = nullif(current_setting('warmline.tenant'" in one for one in functions)
    assert sum("FROM PUBLIC" in one for one in gram_search_statements()) == 2
