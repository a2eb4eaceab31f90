"""A customer says what no choice knows; a designer reads it, and comes from there to the step that asked."""

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect
from tests.e2e.conftest import NewPage, violations
from tests.e2e.desk_page import sign_in, visiting

Picture = Callable[[Page, str], Awaitable[None]]
SAID = "선물 포장도 되나요"


async def test_what_a_menu_did_not_understand_leads_the_designer_to_that_menu(
    product: str, new_page: NewPage, picture: Picture
):
    customer = await visiting(new_page, product, "ko")
    await customer.say(f"{SAID}? 010-9155-7721")
    await customer.sees("이해하지 못했어요")

    page = await new_page(viewport={"width": 1440, "height": 900}, locale="ko-KR")
    await page.add_init_script("localStorage['warmline.locale'] = 'ko'")
    await sign_in(page, product, role="designer")
    await page.goto(f"{product}/reasons")
    await page.get_by_role("button", name="이해하지 못한 말 보기").click()
    dialog = page.get_by_role("dialog", name="이해하지 못한 말")
    await expect(dialog.get_by_text(SAID)).to_be_visible()
    assert "7721" not in await dialog.inner_text()
    assert await violations(page) == []
    await picture(page, "unheard_ko")
    there = dialog.get_by_role("listitem").filter(has=page.get_by_text(SAID)).filter(has=page.get_by_role("link"))
    await there.get_by_role("link", name=re.compile("^단계 열기")).click()

    await expect(page).to_have_url(re.compile(r"/journeys/front-desk/edit\?step="))
    await expect(page.get_by_role("treeitem", selected=True)).to_be_visible()
    await expect(page.get_by_role("tab", name="설정", selected=True)).to_be_visible()
    await page.get_by_role("tab", name="실시간 지도").click()
    beside = page.get_by_role("region", name="이해하지 못한 말")
    await expect(beside.get_by_text(SAID)).to_be_visible()
    await picture(page, "unheard_ko_map")
