"""The tables of the models can be written as SQL; the first migration is frozen, later ones add to it."""

import re

from warmline.migrations.render import FIRST_TABLES, render_tables


def tables(sql: str) -> set[str]:
    return set(re.findall(r"^CREATE TABLE (\w+)", sql, re.MULTILINE))


def test_every_table_of_the_first_migration_is_still_a_model() -> None:
    assert tables(FIRST_TABLES.read_text()) <= tables(render_tables())


def test_a_rendered_table_ends_where_the_next_statement_begins() -> None:
    assert all(
        one.startswith(("CREATE TABLE", "CREATE ", "CREATE UNIQUE")) for one in render_tables().split("\n;\n")
    )
