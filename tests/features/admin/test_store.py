"""Rows of settings, as each kind keeps them."""

import pytest

from warmline.features.admin import store
from warmline.features.admin.resources import RESOURCES, SKILLS, Resource
from warmline.runtime.database import Database
from warmline.runtime.schema import METADATA


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda r: r.kind)
def test_every_field_of_every_kind_has_its_column(resource: Resource):
    columns = set(METADATA.tables[resource.table].columns.keys())
    assert {resource.key, *resource.columns, *resource.hidden, "version", "tenant_id"} == columns


async def test_a_row_s_version_rises_with_each_change(database: Database):
    name = {"ko": "한국어", "ja": "韓国語", "en": "Korean"}
    async with database.tenant("onda") as conn:
        assert (await store.insert(conn, SKILLS, "onda", "korean", {"name": name}))["version"] == 1
        assert (await store.update(conn, SKILLS, "onda", "korean", {"name": name}))["version"] == 2
        await store.delete(conn, SKILLS, "onda", "korean")
        assert await store.read(conn, SKILLS, "onda", "korean") is None
        assert await store.number_of(conn, "SELECT count(*) FROM skill") == 0
        assert await store.first_of(conn, "SELECT id FROM skill") is None
