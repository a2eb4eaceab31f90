"""What was said becomes findable, and stays unreadable."""

from uuid import UUID

from msgspec import Struct
from tests.features.customers.conftest import Talk

from warmline.domain.contact.events import MessageSent, NoteAdded
from warmline.features.customers.indexing import Indexer, searchable_text
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring


class Row(Struct, frozen=True):
    tenant_id: str
    key: UUID


async def test_a_contact_in_several_rows_is_indexed_once_with_all_its_words(
    database: Database, keyring: Keyring, talk: Talk
):
    contact = await talk.begin(await talk.visitor(), "환불해 주세요", "주문번호는 몰라요")
    await Indexer(database, keyring).handle([Row("onda", contact)] * 3 + [Row("onda", new_id())])
    async with database.tenant("onda") as conn:
        rows = await conn.fetch("SELECT contact_id, grams FROM contact_search")
    assert [row["contact_id"] for row in rows] == [contact]
    for word in ("환불", "번호"):
        assert set(keyring.query_grams("onda", word)) <= set(rows[0]["grams"])


async def test_an_erased_customer_s_contact_leaves_the_index(database: Database, keyring: Keyring, talk: Talk):
    someone = await talk.visitor()
    contact = await talk.begin(someone, "환불해 주세요")
    indexer = Indexer(database, keyring)
    await indexer.handle([Row("onda", contact)])
    await keyring.erase("onda", someone)
    await indexer.handle([Row("onda", contact)])
    async with database.tenant("onda") as conn:
        assert await conn.fetchval("SELECT count(*) FROM contact_search") == 0


def test_notes_and_messages_are_searched_and_the_rest_is_not():
    assert searchable_text(MessageSent("customer", "안녕")) == "안녕"
    assert searchable_text(NoteAdded(new_id(), "Mina", "메모")) == "메모"
