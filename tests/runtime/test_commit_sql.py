"""The batch statement fits its arguments, whatever parts a batch has."""

import re
from itertools import combinations

import pytest

from warmline.runtime.commit_sql import FENCED, INPUTS, PARTS, WRITERS, arguments, statement
from warmline.runtime.commit_store import SESSION
from warmline.runtime.database import Database, set_tenant

OTHERS = [part for part in PARTS if part not in WRITERS]


def every_shape() -> list[frozenset[str]]:
    shapes = [
        frozenset((*writers, *others))
        for count in range(1, len(WRITERS) + 1)
        for writers in combinations(WRITERS, count)
        for others in ((), *((one,) for one in OTHERS), tuple(OTHERS), ("offer", "end_offer"))
    ]
    assert len(shapes) > 70
    return shapes


async def test_postgresql_accepts_every_shape_of_a_batch(database: Database) -> None:
    conn = await database.dedicated("shapes", **SESSION)
    await set_tenant(conn, "onda")
    for shape in every_shape():
        prepared = await conn.prepare(statement(shape))
        expected = (4 if FENCED & shape else 3) + sum(len(INPUTS[part]) for part in shape)
        assert len(prepared.get_parameters()) == expected, sorted(shape)
    await conn.close()


def test_arguments_come_in_the_order_of_the_statement() -> None:
    rows = {
        "event": [("c", 1, "k", "b", "d"), ("c", 2, "k", "b", "d")],
        "hot": [("c", 1, 2, 3, b"s")],
    }
    assert [list(one) for one in arguments(rows)] == [
        ["c"], [1], [2], [3], [b"s"],
        ["c", "c"], [1, 2], ["k", "k"], ["b", "b"], ["d", "d"],
    ]  # fmt: skip
    sql = statement(frozenset(rows))
    assert sql.index("$4::uuid[]") < sql.index("$9::uuid[]")
    assert max(int(n) for n in re.findall(r"\$(\d+)", sql)) == 13


@pytest.mark.parametrize("table", ["contact", "event", "timer", "outbox", "offer"])
def test_every_written_row_carries_the_tenant(table: str) -> None:
    sql = statement(frozenset(PARTS))
    inserts = re.findall(rf"INSERT INTO {table} \((\w+)", sql)
    assert inserts
    assert set(inserts) == {"tenant_id"}
