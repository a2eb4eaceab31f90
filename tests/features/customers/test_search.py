"""Finding a customer or a conversation by two syllables, in any of the three languages."""

from uuid import UUID

import pytest
from msgspec import Struct
from tests.features.customers.conftest import MINA, Talk

from warmline.domain.contact.events import ContactWrappedUp, DataCollected
from warmline.features.customers.indexing import Indexer
from warmline.features.customers.merging import Merging
from warmline.features.customers.model import Profile
from warmline.features.customers.search import Search, coverage, snippet
from warmline.features.customers.service import Customers
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring


class Row(Struct, frozen=True):
    tenant_id: str
    key: UUID


class Desk:
    """Search, with everything indexed first."""

    def __init__(self, database: Database, keyring: Keyring, customers: Customers) -> None:
        self._database = database
        self._indexer = Indexer(database, keyring)
        self.search = Search(database, keyring, customers)

    async def contacts(self, query: str, tenant: str = "onda") -> list[UUID]:
        async with self._database.tenant(tenant) as conn:
            rows = await conn.fetch("SELECT key FROM outbox WHERE lane = 'index'")
        await self._indexer.handle([Row(tenant, row["key"]) for row in rows])
        return [one.id for one in (await self.search.find(tenant, query)).contacts]

    async def names(self, query: str) -> list[str | None]:
        return [one.name for one in (await self.search.find("onda", query)).customers]


@pytest.fixture
def desk(database: Database, keyring: Keyring, customers: Customers) -> Desk:
    return Desk(database, keyring, customers)


async def test_two_syllables_find_the_conversation_in_korean_and_japanese(desk: Desk, talk: Talk):
    someone = await talk.visitor()
    refund = await talk.begin(someone, "주문한 옷 환불해 주세요")
    delay = await talk.begin(someone, "配送がまだ届いていません")
    exchange = await talk.begin(someone, "I would like to exchange my order")
    assert await desk.contacts("환불") == [refund]
    assert await desk.contacts("配送") == [delay]
    assert await desk.contacts("Exchange") == [exchange]
    assert await desk.contacts("교환") == []


async def test_spaces_width_and_kana_do_not_matter(desk: Desk, talk: Talk):
    someone = await talk.visitor()
    korean = await talk.begin(someone, "환불 요청 드려요")
    kana = await talk.begin(someone, "キャンセルしたいです")
    wide = await talk.begin(someone, "ＯＮ－１２３４ の件です")
    assert await desk.contacts("환불요청") == [korean]
    assert await desk.contacts("きゃんせる") == [kana]
    assert await desk.contacts("on 1234") == [wide]


async def test_what_fits_better_comes_first(desk: Desk, talk: Talk):
    someone = await talk.visitor()
    half = await talk.begin(someone, "배송 문의예요")
    whole = await talk.begin(someone, "배송 지연으로 환불을 원해요")
    assert await desk.contacts("배송 환불") == [whole, half]


async def test_the_same_bigrams_in_another_order_are_no_hit(desk: Desk, talk: Talk):
    someone = await talk.visitor()
    await talk.begin(someone, "나가다 다나가")
    assert await desk.contacts("가다나") == []


async def test_order_numbers_and_summaries_are_found_too(desk: Desk, talk: Talk):
    contact = await talk.begin(await talk.visitor())
    await talk.add(contact, DataCollected("order_number", "ON-99887766"))
    await talk.add(contact, ContactWrappedUp(new_id(), "done", "반품 접수 완료"))
    assert await desk.contacts("ON-99887766") == [contact]
    assert await desk.contacts("반품 접수") == [contact]


async def test_customers_are_found_by_name_reference_email_and_phone(desk: Desk, customers: Customers):
    jiwoo = await customers.ensure_known("onda", "C-1001", Profile(name="박지우"))
    await customers.ensure_known("onda", "C-2002", Profile(name="佐藤ゆき"))
    await customers.add_address("onda", jiwoo, "email", "jiwoo@example.com")
    await customers.add_address("onda", jiwoo, "phone", "+821012345678")
    for query in ("지우", "박지우", "C-1001", "c-1001", "JIWOO@example.com", "+82 10 1234 5678"):
        assert await desk.names(query) == ["박지우"], query
    assert await desk.names("ゆき") == ["佐藤ゆき"]
    assert await desk.names("지수") == []


async def test_a_merged_customer_is_found_once(desk: Desk, customers: Customers, database: Database):
    one = await customers.create("onda", Profile(name="박지우"))
    other = await customers.create("onda", Profile(name="박지우"))
    await Merging(database).merge("onda", MINA, one, other, "said_so")
    assert await desk.names("박지우") == ["박지우"]


async def test_another_company_finds_nothing(desk: Desk, talk: Talk):
    await talk.begin(await talk.visitor(), "환불해 주세요")
    assert await desk.contacts("환불")
    assert await desk.contacts("환불", tenant="rival") == []


async def test_nothing_worth_searching_for_finds_nothing(desk: Desk, talk: Talk):
    await talk.begin(await talk.visitor(), "환불해 주세요")
    for query in ("", "   ", "?!", "%", "\\"):
        assert await desk.contacts(query) == []


async def test_the_index_is_used_although_rows_are_guarded(desk: Desk, talk: Talk, database: Database):
    someone = await talk.visitor()
    await talk.begin(someone, "환불해 주세요")
    await desk.contacts("환불")
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO contact_search"
            " SELECT 'onda', gen_random_uuid(), $1, ARRAY[n, n + 1, n + 2]::bigint[], now()"
            " FROM generate_series(1, 5000) n",
            someone,
        )
        async with conn.transaction():
            before = await conn.fetchrow(SCANS)
            await conn.fetch("SELECT matching_contacts(ARRAY[4711]::bigint[], 10)")
            after = await conn.fetchrow(SCANS)
    assert before is not None
    assert after is not None
    assert after["by_index"] > before["by_index"]
    assert after["by_reading"] == before["by_reading"]


SCANS = (
    "SELECT coalesce(sum(idx_scan), 0) AS by_index, coalesce(sum(seq_scan), 0) AS by_reading"
    " FROM pg_stat_xact_user_tables WHERE relname = 'contact_search'"
)


def test_coverage_is_the_share_of_the_query_that_occurs():
    assert coverage("배송 지연으로 환불", ["배송", "환불"]) == 1
    assert coverage("배송 문의", ["배송", "환불"]) == 0.5
    assert coverage("", ["x"]) == 0
    assert coverage("x", []) == 0


def test_a_snippet_shows_the_words_in_their_surroundings():
    text = "가" * 200 + " 환불해 주세요 " + "나" * 200
    shown = snippet(text, ["환불"])
    assert "환불해 주세요" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 130
    assert snippet("짧아요", ["없음"]) == "짧아요"
