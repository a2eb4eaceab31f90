"""Finding people and what they said, in Korean and Japanese."""

import re

import pytest
from playwright.async_api import expect
from tests.e2e.conftest import NewPage
from tests.e2e.desk_page import WIDE, Language, sign_in, somebody, visiting


@pytest.mark.parametrize(("locale", "letters"), [("ko", slice(1, 3)), ("ja", slice(-2, None))])
async def test_a_verified_customer_is_found_by_two_characters_of_their_name(
    product: str, new_page: NewPage, locale: Language, letters: slice
):
    person, order = somebody(locale, 1)
    customer = await visiting(new_page, product, locale)
    await customer.prove_order(product, person, order)
    page = await new_page(viewport=WIDE, locale="en-US")
    await sign_in(page, product)
    await page.get_by_role("link", name="Search").click()
    await page.get_by_role("searchbox").fill(person.name[letters])
    await expect(page.get_by_role("link", name=re.compile(re.escape(person.name))).first).to_be_visible()
    await expect(page).to_have_url(re.compile(r"/search\?q="))
    await page.keyboard.press("Control+k")
    await page.get_by_placeholder("Customers, conversations, commands, macros").fill(person.name)
    await expect(page.get_by_role("menuitem", name=re.compile(re.escape(person.name))).first).to_be_visible()


async def test_a_conversation_is_found_by_words_that_were_said(product: str, new_page: NewPage):
    customer = await visiting(new_page, product, "ko")
    await customer.say("옥상 화분 배송이 궁금해요")
    page = await new_page(viewport=WIDE, locale="en-US")
    await sign_in(page, product)
    await page.goto(f"{product}/search")
    await page.get_by_role("searchbox").fill("화분")
    await page.get_by_role("link", name=re.compile("옥상 화분")).click()
    await expect(page.get_by_role("log", name="Conversation")).to_contain_text("옥상 화분 배송이 궁금해요")
    await expect(page.get_by_text("This conversation is not with you.")).to_be_visible()
