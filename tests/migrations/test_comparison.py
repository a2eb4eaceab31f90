"""The comparison looks at everything the models know."""

from warmline.migrations.comparison import keep_in_comparison


def test_only_trigram_indexes_and_alembics_own_table_are_left_out() -> None:
    assert keep_in_comparison(None, "contact", "table", True, None)
    assert keep_in_comparison(None, "ix_contact_open", "index", True, None)
    assert not keep_in_comparison(None, "tg_queue_name", "index", True, None)
    assert not keep_in_comparison(None, "alembic_version", "table", True, None)
