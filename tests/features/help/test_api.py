"""Help pages as somebody reads them whose browser runs no script."""

import datetime as dt

import httpx
import pytest
from fastapi import FastAPI
from tests.features.conftest import SignedIn
from tests.features.help.conftest import SHOP, Company, Reader, Send, read

from warmline.features.help.api import pages_router
from warmline.features.help.words import WORDS
from warmline.features.security.throttle import Rate
from warmline.kernel.locale import LOCALES, Locale


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_reader_goes_through_a_page_to_its_end_in_each_language(
    reader: Reader, send: Send, company: Company, locale: Locale
) -> None:
    first = read(await reader.get(f"/help/{locale}/returns"))
    assert first.status == 200
    assert first.headings[:2] == [(1, f"onda title ({locale})"), (2, f"onda opened ({locale})")]
    assert f"onda intro ({locale})" in first.text
    assert list(first.buttons("/returns")) == ["yes", "no"]

    parcel = await send(first, "no")
    assert (parcel.status, parcel.headings[1]) == (200, (2, f"onda parcel ({locale})"))
    unfit = await send(parcel, "next", kg="many")
    assert unfit.status == 422
    assert unfit.headings[1] == (2, f"onda parcel ({locale})")
    end = await send(unfit, "next", kg="25", note="<b>fragile</b>")

    assert end.status == 200
    assert f"onda heavy ({locale})" in end.text
    assert (2, f"onda steps ({locale})") in end.headings
    assert f"onda opened ({locale})" in end.text, "the answers so far are told"
    assert "<b>fragile</b>" in end.text, "as text, not as markup"
    assert WORDS[locale].helped in end.text
    assert company.failures == []


async def test_going_back_and_reloading_lead_where_they_led_before(reader: Reader, send: Send) -> None:
    first = read(await reader.get("/help/en/returns"))
    action = str(first.form("/returns")["action"])
    fields = first.form("/returns")["fields"]
    assert isinstance(fields, dict)
    moved = await reader.post(action, data={**fields, "button": "no"}, follow_redirects=False)
    assert moved.status_code == 303
    parcel = read(await reader.get(moved.headers["location"]))
    again = read(await reader.get(moved.headers["location"]))
    assert parcel.headings == again.headings
    light, heavy = await send(parcel, "next", kg="1"), await send(again, "next", kg="29")
    assert "onda heavy (en)" not in light.text
    assert "onda heavy (en)" in heavy.text


async def test_a_page_is_read_on_in_another_language_at_the_same_place(reader: Reader, send: Send) -> None:
    parcel = await send(read(await reader.get("/help/en/returns")), "no")
    (korean,) = [link for link in parcel.links if link.startswith("/help/ko/")]
    there = read(await reader.get(korean))
    assert there.headings[:2] == [(1, "onda title (ko)"), (2, "onda parcel (ko)")]


@pytest.mark.parametrize("token", ["", "-", "x" * 400, "AAAA", "\u00e9", "a" * 9_000])
async def test_an_address_that_is_old_or_made_up_begins_anew_with_a_sentence(reader: Reader, token: str) -> None:
    shown = read(await reader.get("/help/ja/returns", params={"at": token}))
    assert shown.status == 200
    assert WORDS["ja"].stale in shown.text
    assert (2, "onda opened (ja)") in shown.headings
    assert shown.heads["robots"] == "noindex"
    posted = read(await reader.post("/help/ja/returns", data={"at": token, "button": "no"}))
    assert WORDS["ja"].stale in posted.text


async def test_a_way_of_one_company_or_page_is_none_of_another(reader: Reader, app: FastAPI) -> None:
    fields = read(await reader.get("/help/en/sizes")).form("/talk")["fields"]
    assert isinstance(fields, dict)
    token = fields["at"]
    assert WORDS["en"].stale in read(await reader.get("/help/en/returns", params={"at": token})).text
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://rival.example") as rival:
        assert WORDS["en"].stale in (await rival.get("/help/en/sizes", params={"at": token})).text
        assert (await rival.get("/help/en/returns")).status_code == 404
        assert (await rival.get("/help/en/sizes", params={"key": "nobody"})).status_code == 404


async def test_search_engines_find_the_page_in_three_languages_and_no_ones_way_through_it(
    reader: Reader, send: Send
) -> None:
    first = read(await reader.get("/help/ko/returns"))
    assert first.heads["canonical"] == f"{SHOP}/help/ko/returns"
    assert {one: first.heads[f"alternate {one}"] for one in (*LOCALES, "x-default")} == {
        "ko": f"{SHOP}/help/ko/returns",
        "ja": f"{SHOP}/help/ja/returns",
        "en": f"{SHOP}/help/en/returns",
        "x-default": f"{SHOP}/help/en/returns",
    }
    assert first.heads["description"] == "onda intro (ko)"
    assert "robots" not in first.heads
    assert (await send(first, "no")).heads["robots"] == "noindex"


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_list_finds_pages_by_their_texts_and_nothing_that_is_no_help_page(
    reader: Reader, locale: Locale
) -> None:
    everything = read(await reader.get(f"/help/{locale}"))
    assert [text for _, text in everything.headings[1:]] == [f"onda sizes ({locale})", f"onda title ({locale})"]
    found = read(await reader.get(f"/help/{locale}", params={"q": "HEAVY onda"}))
    assert [text for _, text in found.headings[1:]] == [f"onda title ({locale})"], "a text of its module"
    assert read(await reader.get(f"/help/{locale}", params={"q": "hidden"})).headings[1:] == []
    assert (
        WORDS[locale].found_nothing.format(words="hidden")
        in read(await reader.get(f"/help/{locale}", params={"q": "hidden"})).text
    )


@pytest.mark.parametrize("address", ["/help/en", "/help/en/returns", "/help/help.css", "/help/en/nothing"])
async def test_whoever_asks_only_whether_a_page_is_there_is_answered_like_a_reader_and_not_counted(
    reader: Reader, company: Company, address: str
) -> None:
    asked, got = await reader.head(address), await reader.get(address)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    assert asked.headers["content-type"] == got.headers["content-type"]
    led = await reader.head("/help", follow_redirects=False)
    assert (led.status_code, led.content) == (307, b"")
    await reader.head("/help/en/returns", params={"at": "made-up"})
    await company.counts.flush()
    async with company.database.tenant("onda") as conn:
        counted = await conn.fetchval("SELECT coalesce(sum(times), 0) FROM help_count WHERE what = 'seen'")
    assert counted == (1 if address.endswith("returns") else 0), "once, by whoever read it"


async def test_a_list_that_is_not_there_is_the_nearest_one_that_is(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warmline.features.help.api.LISTED", 1)
    told = [
        [text for _, text in read(await reader.get("/help/en", params={"page": asked})).headings[1:]]
        for asked in ("", "1", "2", "9", "x", "0", "-1", "9" * 40)
    ]
    sizes, returns = ["onda sizes (en)"], ["onda title (en)"]
    assert told == [sizes, sizes, returns, returns, sizes, sizes, sizes, sizes]
    found = read(await reader.get("/help/en", params={"q": "onda", "page": "2"}))
    assert found.text.count("onda title (en)") == 1
    assert WORDS["en"].found.format(words="onda", count=2) in found.text


async def test_who_names_no_language_is_led_to_their_own(reader: Reader) -> None:
    led = await reader.get("/help", headers={"accept-language": "ja-JP,ja;q=0.9"}, follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (307, "/help/ja")
    lost = await reader.get("/help/fr/returns", headers={"accept-language": "ko"})
    assert lost.status_code == 404
    assert WORDS["ko"].not_found in lost.text
    assert (await reader.get("/help/en/front")).status_code == 404, "a conversation is no page"


async def test_a_form_gives_along_what_the_page_declares_as_plain_words_and_the_chat_is_told_of_it(
    reader: Reader, send: Send
) -> None:
    asked = {"p.order": "ON-1 <script>https://evil.example", "p.secret": "1234", "field": "Why?", "embed": "1"}
    answer = await reader.get("/help/en/sizes", params=asked)
    shown = read(answer)
    assert "Order ON-1 scripthttpsevil.example" in shown.text
    assert "1234" not in answer.text
    assert [link for link in shown.links if link.startswith("http")] == ["https://shop.onda.example/sizes"]
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors https://desk.onda.example https://shop.onda.example" in policy
    assert "x-frame-options" not in answer.headers
    alone = await reader.get("/help/en/sizes")
    assert "frame-ancestors 'none'" in alone.headers["content-security-policy"]

    talk = await send(shown, "", form="/talk", name="x")
    assert WORDS["en"].talk_elsewhere in talk.text
    assert "shop.onda.example" in talk.text
    follow = str(shown.form("/talk")["action"])
    assert "embed=1" in follow


async def test_what_a_form_gave_along_is_there_in_another_language_too(reader: Reader) -> None:
    first = read(await reader.get("/help/en/sizes", params={"p.order": "ON-1", "field": "Why?"}))
    (korean,) = [link for link in first.links if link.startswith("/help/ko/")]
    there = read(await reader.get(korean))
    assert there.headings[0] == (1, "onda sizes (ko)")
    assert "Order ON-1" in there.text


async def test_the_list_of_what_to_do_can_be_kept(reader: Reader, send: Send) -> None:
    parcel = await send(read(await reader.get("/help/en/returns")), "no")
    end = await send(parcel, "next", kg="25")
    (address,) = [link for link in end.links if "/list.txt" in link]
    kept = await reader.get(address)
    assert kept.headers["content-disposition"] == 'attachment; filename="returns.txt"'
    assert "1. onda pack (en)\n2. onda send (en)" in kept.text
    assert "- onda opened (en): onda no (en)" in kept.text
    assert WORDS["en"].stale in (await reader.get("/help/en/returns/list.txt", params={"at": "-"})).text


async def test_what_happens_on_a_page_is_counted_of_nobody_and_once_on_each_way(
    reader: Reader, send: Send, company: Company, browser: SignedIn, app: FastAPI
) -> None:
    first = read(await reader.get("/help/en/returns"))
    end = await send(await send(first, "no"), "next", kg="2")
    thanks = await send(end, "yes", form="/feedback", name="helped")
    assert WORDS["en"].thanks_yes in thanks.text
    await send(end, "no", form="/feedback", name="helped")
    await send(await send(first, "no"), "next", kg="25")
    await send(first, "", form="/talk", name="x")
    await reader.get("/help/ko/returns")
    await company.counts.flush()

    designer = await browser(app, "designer")
    today = dt.datetime.now(dt.UTC).date()
    span = {"from": str(today - dt.timedelta(1)), "to": str(today + dt.timedelta(1))}
    told = (await designer.get("/api/journeys/returns/help", params=span)).json()
    counted = told["items"]
    assert told["key"] == "onda-key", "by which the page is this company's on every host"
    assert {(one["locale"], one["what"]): one["times"] for one in counted} == {
        ("en", "seen"): 1,
        ("ko", "seen"): 1,
        ("en", "finished"): 1,
        ("en", "helped"): 1,
        ("en", "to_people"): 1,
    }
    assert {one["version"] for one in counted} == {1}
    rival = await browser(app, "designer", "rival")
    assert (await rival.get("/api/journeys/returns/help", params=span)).status_code == 404
    assert (await rival.get("/api/journeys/sizes/help", params=span)).json() == {"items": [], "key": "rival-key"}
    async with company.database.tenant("rival") as conn:
        await conn.execute("UPDATE widget SET enabled = false")
    assert (await rival.get("/api/journeys/sizes/help", params=span)).json()["key"] is None
    assert (await (await browser(app, None)).get("/api/journeys/returns/help", params=span)).status_code == 401


@pytest.mark.parametrize("span", [("0001-01-01", "9999-12-31"), ("2026-11-22", "2026-11-21")])
async def test_figures_are_told_of_days_that_a_report_may_cover(
    browser: SignedIn, app: FastAPI, span: tuple[str, str]
) -> None:
    designer = await browser(app, "designer")
    answer = await designer.get("/api/journeys/returns/help", params={"from": span[0], "to": span[1]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")


async def test_who_asks_too_often_is_asked_to_wait_in_their_language(company: Company) -> None:
    hasty = FastAPI()
    hasty.include_router(pages_router(company.pages, (), rate=Rate(burst=2, per_s=0.5), monotonic_s=lambda: 0.0))
    transport = httpx.ASGITransport(app=hasty)
    async with httpx.AsyncClient(transport=transport, base_url=SHOP) as client:
        answers = [await client.get("/help/ko", params={"q": "x"}) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert WORDS["ko"].too_many in answers[-1].text
    assert answers[-1].headers["retry-after"] == "2"


async def test_what_is_written_too_long_is_asked_for_more_briefly(reader: Reader, send: Send) -> None:
    parcel = await send(read(await reader.get("/help/ko/returns")), "no")
    noise = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(5000))
    answer = await send(parcel, "next", kg="2", note=noise)
    assert answer.status == 422, "the entry is cut, and what is left is longer than the card allows"
