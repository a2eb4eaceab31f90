"""Visitors of a widget are recognised, and nothing of their token is kept."""

from uuid import UUID

from house import House
from warmline.features.contacts.visitors import case_of, case_token, tenant_of


async def test_a_visitor_is_recognised_by_their_token_only(house: House):
    visitors = house.rooms.visitors
    newcomer = await visitors.newcomer("onda")
    assert await visitors.recognise("onda", newcomer.token) is None, "nothing is written for who only looks"
    await visitors.settle(newcomer, "webchat", "ko")
    await visitors.settle(newcomer, "webchat", "ko")
    known = await visitors.recognise("onda", newcomer.token)
    assert known == newcomer
    assert newcomer.token == newcomer.token.casefold(), "or two tokens would find one visitor"
    nearly = newcomer.token[:-1] + ("1" if newcomer.token[-1] == "0" else "0")
    assert await visitors.recognise("onda", nearly) is None
    assert await visitors.recognise("rival", newcomer.token) is None
    assert await visitors.recognise("onda", "x" * 10_000) is None
    async with house.database.tenant("onda") as conn:
        (row,) = await conn.fetch("SELECT address_index, address_enc FROM customer_address")
    assert newcomer.token.encode() not in row["address_index"] + row["address_enc"]


def test_a_token_names_its_company_and_nonsense_names_nobody():
    assert tenant_of("onda.secret") == "onda"
    assert [tenant_of(token) for token in ("", "onda", "onda.", ".x", "on\x00da.x")] == [None] * 5


async def test_a_customer_who_opens_a_link_is_recognised_beside_their_other_pages(house: House):
    visitors = house.rooms.visitors
    newcomer = await visitors.newcomer("onda")
    await visitors.settle(newcomer, "webchat", "ko")
    token = case_token("onda", UUID(int=7), "0a")
    for _ in range(2):
        await visitors.admit("onda", token, newcomer.customer_id, "webchat")
    known = await visitors.recognise("onda", token)
    assert known is not None
    assert known.customer_id == newcomer.customer_id
    assert known.conversation_id != newcomer.conversation_id
    assert await visitors.recognise("onda", newcomer.token) == newcomer


def test_only_a_links_token_names_a_case():
    assert case_of(case_token("onda", UUID(int=7), "0a")) == UUID(int=7)
    assert [case_of(one) for one in ("onda.secret", "", "onda.case-7-0a")] == [None] * 3
