"""Visitors of a widget are recognised, and nothing of their token is kept."""

from house import House
from warmline.features.contacts.visitors import tenant_of


async def test_a_visitor_is_recognised_by_their_token_only(house: House):
    visitors = house.rooms.visitors
    newcomer = await visitors.newcomer("onda")
    assert await visitors.recognise("onda", newcomer.token) is None, "nothing is written for who only looks"
    await visitors.settle(newcomer, "webchat", "ko")
    await visitors.settle(newcomer, "webchat", "ko")
    known = await visitors.recognise("onda", newcomer.token)
    assert known == newcomer
    assert await visitors.recognise("onda", newcomer.token[:-1] + "x") is None
    assert await visitors.recognise("rival", newcomer.token) is None
    assert await visitors.recognise("onda", "x" * 10_000) is None
    async with house.database.tenant("onda") as conn:
        (row,) = await conn.fetch("SELECT address_index, address_enc FROM customer_address")
    assert newcomer.token.encode() not in row["address_index"] + row["address_enc"]


def test_a_token_names_its_company_and_nonsense_names_nobody():
    assert tenant_of("onda.secret") == "onda"
    assert [tenant_of(token) for token in ("", "onda", "onda.", ".x", "on\x00da.x")] == [None] * 5
