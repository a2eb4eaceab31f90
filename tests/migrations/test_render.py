"""The first migration holds the tables the models describe."""

from warmline.migrations.render import FIRST_TABLES, render_tables


def test_the_first_migration_is_up_to_date_with_the_models() -> None:
    assert FIRST_TABLES.read_text() == render_tables(), (
        "A table changed. Until the first release run: python -m warmline.migrations.render"
    )
