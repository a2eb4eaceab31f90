"""A supervisor asks the digital twin, follows, stops and compares. Open to everybody."""

import re

import pytest
from playwright.async_api import Page, expect
from tests.e2e.conftest import NewPage
from tests.e2e.desk_page import Language
from tests.e2e.test_axe_desk import Look, look_at
from tests.e2e.test_staffing import at_staffing, tab

ANSWER_MS = 60_000


async def at_twin(new_page: NewPage, product: str, locale: Language = "en", **options: object) -> Page:
    page = await at_staffing(new_page, product, locale, **options)
    await tab(page, 5)
    await expect(page.get_by_role("slider").first).to_be_visible(timeout=ANSWER_MS)
    return page


@pytest.mark.parametrize("locale", ["ko", "ja", "en"])
async def test_a_question_about_an_empty_day_is_answered_in_words_and_kept(
    product: str, new_page: NewPage, picture: Look, locale: Language
):
    page = await at_twin(new_page, product, locale)
    simulate = page.get_by_role("button", name=re.compile(r"^(Simulate|シミュレーション)$|^시뮬레이션$"))
    await expect(simulate).to_be_disabled()  # nothing is changed yet
    await page.locator("main input[type=date]").last.fill("2024-01-02")
    await page.get_by_role("slider").first.focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("output").first).to_have_text("+1")
    await simulate.click()
    refusal = page.get_by_role("alert").filter(has_text="2024-01-02")
    await expect(refusal).to_be_visible(timeout=ANSWER_MS)
    await expect(page.get_by_role("rowheader").filter(has_text="2024-01-02").first).to_be_visible()
    assert await look_at(page, f"whatif_{locale}_refused", picture) == []
