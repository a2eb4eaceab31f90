"""What migrations do to a table besides creating it: ownership, row-level security, grants."""

from collections.abc import Iterable

OWNER = "warmline_owner"
APP = "warmline_app"
SEARCH = "warmline_search"
CURRENT_TENANT = "nullif(current_setting('warmline.tenant', true), '')"
APPEND_ONLY = frozenset({"event", "audit"})


def role_statements() -> list[str]:
    """Return the statements that create the three roles where they are missing; none may bypass row security."""
    create = [
        f"""DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
    CREATE ROLE {role} {login} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$"""
        for role, login in ((OWNER, "NOLOGIN"), (APP, "LOGIN"), (SEARCH, "NOLOGIN"))
    ]
    # An administrator who is no superuser must be a member before it can act as the owner.
    return [*create, f"GRANT {OWNER} TO CURRENT_USER", f"GRANT {SEARCH} TO {OWNER}"]


def tenant_table_statements(tables: Iterable[str]) -> list[str]:
    """Put tables under row-level security, their owner included, and granted to the application."""
    statements: list[str] = []
    for table in tables:
        rights = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
        statements += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY tenant_only ON {table} TO {OWNER}, {APP} "
            f"USING (tenant_id = {CURRENT_TENANT}) WITH CHECK (tenant_id = {CURRENT_TENANT})",
            f"GRANT {rights} ON {table} TO {APP}",
        ]
    return statements


def gram_search_statements() -> list[str]:
    """Return the functions that search by bigrams with the index.

    Under row-level security PostgreSQL applies array operators only after the policy, because they are not
    leakproof, so a plain query could never use the GIN index. These functions run as a role whose policy lets
    it read the two searchable tables, and put the tenant into the condition themselves.
    """
    statements: list[str] = [f"GRANT USAGE ON SCHEMA public TO {SEARCH}"]
    for function, table, key, grams in (
        ("matching_contacts", "contact_search", "contact_id", "grams"),
        ("matching_customers", "customer", "id", "name_grams"),
    ):
        statements += [
            f"CREATE POLICY search_only ON {table} FOR SELECT TO {SEARCH} USING (true)",
            f"GRANT SELECT (tenant_id, {key}, {grams}, updated_at) ON {table} TO {SEARCH}",
            f"""CREATE FUNCTION {function}(wanted bigint[], at_most integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT {key} FROM {table}
  WHERE tenant_id = {CURRENT_TENANT} AND {grams} @> wanted AND cardinality(wanted) > 0
  ORDER BY updated_at DESC LIMIT at_most
$$""",
            f"GRANT CREATE ON SCHEMA public TO {SEARCH}",
            f"ALTER FUNCTION {function}(bigint[], integer) OWNER TO {SEARCH}",
            f"REVOKE CREATE ON SCHEMA public FROM {SEARCH}",
            f"REVOKE ALL ON FUNCTION {function}(bigint[], integer) FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {function}(bigint[], integer) TO {APP}",
        ]
    return statements
