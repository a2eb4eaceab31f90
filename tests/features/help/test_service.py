"""Whose pages an address means, and what of a page stays with its own company and version."""

import pytest
from tests.features.conftest import ORIGIN
from tests.features.help.conftest import SHOP, Company

from warmline.domain.journey.document import End, Field, Journey, Show, TextInput
from warmline.features.contacts.assembly import ContactRooms
from warmline.features.help.service import language_of
from warmline.features.help.token import STALE
from warmline.features.help.words import WORDS
from warmline.kernel.errors import NOT_FOUND, Refused
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


def test_the_company_is_known_by_its_own_host_or_by_its_widget(company: Company) -> None:
    pages = company.pages
    by_host = pages.visit("shop.onda.example", "", embed=False)
    assert (by_host.tenant_id, by_host.site.root, by_host.site.path("ko", "returns")) == (
        "onda",
        SHOP,
        "/help/ko/returns",
    )
    by_key = pages.visit("anywhere.example", "rival-key", embed=True)
    assert (by_key.tenant_id, by_key.site.root) == ("rival", ORIGIN)
    assert by_key.site.path("ko") == "/help/ko?key=rival-key&embed=1"
    assert by_key.site.lasting("ko", "sizes") == f"{ORIGIN}/help/ko/sizes?key=rival-key"


def test_no_company_shows_its_pages_on_another_ones_host(company: Company) -> None:
    with pytest.raises(Refused) as refused:
        company.pages.visit("shop.onda.example", "rival-key", embed=False)
    assert refused.value.code == NOT_FOUND
    for host in (
        "rival.example",
        "desk.onda.example",
        "10.0.0.7:8080",
    ):  # its own, this installation, another name
        assert company.pages.visit(host, "rival-key", embed=False).tenant_id == "rival"


@pytest.mark.parametrize(("host", "key"), [("unknown.example", ""), ("", ""), ("shop.onda.example", "nobody")])
def test_an_address_that_names_no_company_is_not_found_where_there_are_several(
    company: Company, host: str, key: str
) -> None:
    with pytest.raises(Refused) as refused:
        company.pages.visit(host, key, embed=False)
    assert refused.value.code == NOT_FOUND


async def test_who_is_on_their_way_stays_in_the_version_they_began_with(
    company: Company, rooms: ContactRooms, database: Database
) -> None:
    visit = company.pages.visit("shop.onda.example", "", embed=False)
    begun = await company.pages.start(visit, "en", "returns", {}, "")
    newer = Journey(
        "returns", (End("h.sorry"),), {"start": (Show("h.table", next="h.go"), End("h.done"))}, kind="help"
    )
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO journey (tenant_id, id, version, document, published_at)"
            " VALUES ('onda', 'returns', 2, $1, $2)", newer, utc_now(),
        )  # fmt: skip
    rooms.facts.settings_changed("onda")
    there = await company.pages.answer(visit, "en", "returns", begun.token, "no", {})
    assert there.view.card is not None
    assert (there.way.version, there.view.card.title) == (1, "onda parcel (en)")
    assert (await company.pages.start(visit, "en", "returns", {}, "")).way.version == 2


async def test_what_is_too_long_for_an_address_stays_on_the_card_to_be_written_more_briefly(
    company: Company, rooms: ContactRooms, database: Database
) -> None:
    fields = tuple(Field(name, "h.note", TextInput(1000)) for name in ("one", "two", "three", "four"))
    wordy = Journey(
        "returns", (End("h.sorry"),), {"start": (Show("h.table", fields=fields), End("h.done"))}, kind="help"
    )
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO journey (tenant_id, id, version, document, published_at)"
            " VALUES ('onda', 'returns', 2, $1, $2)", wordy, utc_now(),
        )  # fmt: skip
    rooms.facts.settings_changed("onda")
    visit = company.pages.visit("shop.onda.example", "", embed=False)
    begun = await company.pages.start(visit, "ko", "returns", {}, "")
    written = {
        field.into: "".join(chr(0x4E00 + (n * 7919 + start) % 20000) for n in range(900))
        for start, field in enumerate(fields)
    }
    same = await company.pages.answer(visit, "ko", "returns", begun.token, "next", written)
    assert (same.notice, same.token) == (WORDS["ko"].too_long, begun.token)
    assert same.view.card is not None
    assert {one.name: one.value for one in same.view.card.fields} == written


async def test_a_page_that_was_taken_back_is_not_found_and_its_ways_are_stale(company: Company) -> None:
    visit = company.pages.visit("shop.onda.example", "", embed=False)
    begun = await company.pages.start(visit, "en", "returns", {}, "")
    with pytest.raises(Refused) as gone:
        await company.pages.at(visit, "en", "nowhere", begun.token)
    assert gone.value.code == NOT_FOUND
    with pytest.raises(Refused) as other:
        await company.pages.at(visit, "en", "sizes", begun.token)
    assert other.value.code == STALE


async def test_the_other_ways_to_people_are_the_companys_own_lines(company: Company, database: Database) -> None:
    for tenant_id, number in (("onda", "+8215881234"), ("rival", "+8215889999")):
        async with database.tenant(tenant_id) as conn:
            await conn.execute(
                "INSERT INTO phone_number (tenant_id, id, number, name, journey_id)"
                " VALUES ($1, 'a', $2, $3, 'front')",
                tenant_id, number, {"en": "Line"},
            )  # fmt: skip
    site = await company.pages.with_phones(company.pages.visit("shop.onda.example", "", embed=False))
    assert site.phones == (({"en": "Line"}, "+8215881234"),)


def test_only_the_three_languages_are_languages() -> None:
    assert [language_of(one) for one in ("ko", "ja", "en", "fr", "", "KO")] == ["ko", "ja", "en", None, None, None]
