"""Tables declare their tenant first."""

from sqlalchemy import PrimaryKeyConstraint

from warmline.runtime.schema import METADATA, TENANT_TABLES
from warmline.runtime.schema.base import at


def test_every_tenant_tables_key_begins_with_the_tenant() -> None:
    for name in TENANT_TABLES:
        key = METADATA.tables[name].primary_key
        assert isinstance(key, PrimaryKeyConstraint)
        assert next(iter(key.columns)).name == "tenant_id", name


def test_unique_indexes_never_tell_about_other_tenants() -> None:
    for name in TENANT_TABLES:
        for index in METADATA.tables[name].indexes:
            if index.unique:
                assert next(iter(index.columns)).name == "tenant_id", index.name


def test_timestamps_carry_their_zone() -> None:
    assert at("due_at").type.timezone  # type: ignore[attr-defined]
    assert not at("due_at").nullable
    assert at("ended_at", nullable=True).nullable
