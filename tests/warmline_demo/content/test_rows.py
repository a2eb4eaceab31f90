"""A row of the demo is written once; what is there already stays."""

from datetime import UTC, datetime

from warmline.runtime.database import Database
from warmline_demo.content.rows import insert
from warmline_demo.content.seed import seed


async def test_a_row_that_is_there_already_is_left_alone(database: Database):
    await seed(database, origins=["http://127.0.0.1:8420"], now=datetime(2026, 11, 21, 9, tzinfo=UTC))
    async with database.tenant("onda") as connection:
        assert await insert(connection, "skill", {"id": "sign", "name": {"en": "Sign language"}})
        assert not await insert(connection, "skill", {"id": "sign", "name": {"en": "Another"}})
        assert await connection.fetchval("SELECT name FROM skill WHERE id = 'sign'") == {"en": "Sign language"}
