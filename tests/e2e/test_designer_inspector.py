"""A designer fills in a step, with its words in three languages, and is told at the field what cannot be."""

from uuid import uuid4

from playwright.async_api import expect
from tests.e2e.conftest import NewPage, violations
from tests.e2e.desk_page import sign_in


async def test_a_question_gets_its_words_in_three_languages_beside_the_step(product: str, new_page: NewPage):
    page = await new_page(viewport={"width": 1440, "height": 900}, locale="en-US")
    await sign_in(page, product, role="designer")
    await page.evaluate("localStorage.setItem('warmline.locale', 'en')")
    name = f"lost{uuid4().hex[:8]}"  # drafts and words are kept
    await page.goto(f"{product}/journeys/{name}/edit")
    await page.get_by_role("button", name="Ask", exact=True).click()
    await page.get_by_role("tab", name="Settings").click()
    pane = page.get_by_role("tabpanel", name="Settings")
    await expect(pane.get_by_role("heading", name="Ask")).to_be_visible()

    await pane.get_by_role("combobox", name="Keep in").fill("what was lost")
    await expect(pane.get_by_text("Write it without spaces; dots lead inside.")).to_be_visible()
    await pane.get_by_role("combobox", name="Keep in").fill("thing")
    await expect(pane.get_by_text("Write it without spaces; dots lead inside.")).to_have_count(0)

    await pane.get_by_role("button", name="New text: Question").click()
    await expect(pane.get_by_role("combobox", name="Question")).to_have_value(f"{name}.ask")
    save = pane.get_by_role("button", name=f"Save: {name}.ask")
    await pane.get_by_label("한국어").fill("무엇을 잃어버리셨나요?")
    await pane.get_by_label("日本語").fill("何をなくされましたか?")
    await expect(pane.get_by_text("Missing: English").last).to_be_visible()
    await expect(save).to_be_disabled()
    await pane.get_by_label("English").fill("What have you lost?")
    await save.click()
    await expect(page.get_by_text(f"{name}.ask: saved.")).to_be_visible()
    await expect(page.get_by_role("treeitem", name="What have you lost?")).to_be_visible()

    await pane.locator("summary").filter(has_text="more settings").click()
    attempts = pane.get_by_role("textbox", name="Attempts")
    await attempts.fill("50")
    await expect(pane.get_by_text("From 1 to 20.")).to_be_visible()
    assert await violations(page) == []
    await attempts.fill("2")
    await expect(pane.get_by_text("From 1 to 20.")).to_have_count(0)
    await page.get_by_role("button", name="Undo").first.click()
    await expect(attempts).to_have_value("3")
