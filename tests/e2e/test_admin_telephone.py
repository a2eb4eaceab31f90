"""An administrator connects the telephone: a line, a number, a desk phone, what may be called, who speaks."""

import re
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, expect
from tests.e2e.conftest import NewPage, violations
from tests.e2e.desk_page import WIDE, Language, sign_in
from tests.e2e.test_axe_desk import Look, Traffic, look_at, speak, walk_to
from tests.features.telephony.test_prompt_recordings import tone

PHONE = {"width": 360, "height": 760}
PARTS = ("lines", "numbers", "phones", "outgoing", "state")
PROMPT = "phone.greeting"


async def admin_at(new_page: NewPage, product: str, locale: Language = "en") -> Page:
    page = await new_page(viewport=WIDE, locale=locale)
    await sign_in(page, product, role="admin")
    await speak(page, locale)
    return page


async def name_it(page: Page, id: str) -> None:
    form = page.locator("form").first
    for language in ("한국어", "日本語", "English"):
        await form.get_by_role("textbox", name=language).fill(f"{id} {language}")
    await form.get_by_label("ID", exact=True).fill(id)


async def save(page: Page) -> None:
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()


async def test_a_line_a_number_and_a_phone_are_set_up(product: str, new_page: NewPage, picture: Look):
    page = await admin_at(new_page, product)
    found: list[str] = []
    await walk_to(page, "/admin/telephone/lines")
    await page.get_by_role("button", name="Add a line").click()
    await name_it(page, "carrier")
    await page.get_by_label("Server", exact=True).fill("sip.carrier.example")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("A line that signs in needs a user name.")).to_be_visible()
    await page.get_by_label("User name").fill("onda")
    await save(page)
    await page.get_by_label("New password", exact=True).fill("hush-hush")
    await page.get_by_role("button", name="Set the password").click()
    await expect(page.get_by_text("The password is set.")).to_be_visible()
    await expect(page.get_by_label("New password", exact=True)).to_have_value("")
    found += await look_at(page, "telephone_line", picture)

    await page.get_by_role("tab", name="Numbers").click()
    await page.get_by_role("button", name="Add a number").click()
    await name_it(page, "hotline")
    await page.get_by_label("Telephone number").fill("+82 1588-9999")
    await page.get_by_role("button", name=re.compile("Starts with journey")).click()
    await page.get_by_role("option").first.click()
    await save(page)
    await expect(page.get_by_role("link", name=re.compile(r"\+8215889999"))).to_be_visible()
    found += await look_at(page, "telephone_number", picture)

    await page.get_by_role("tab", name="Desk phones").click()
    await page.get_by_role("button", name="Add a desk phone").click()
    await page.get_by_label("Name", exact=True).fill("Front desk")
    await page.get_by_label("Extension").fill("9001")
    await save(page)
    await page.get_by_role("button", name="New password").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="New password").click()
    told = page.get_by_role("status").filter(has_text="Shown only now")
    await expect(told.get_by_text("9001")).to_be_visible()
    await expect(told.get_by_text("onda.warmline")).to_be_visible()
    await expect(told.get_by_role("button", name=re.compile("^Copy"))).to_have_count(4)
    found += await look_at(page, "telephone_phone", picture)
    await page.set_viewport_size(PHONE)
    await picture(page, "desk_telephone_phone_narrow")
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert found == []


async def test_what_may_be_called_is_set_and_tried(product: str, new_page: NewPage, picture: Look):
    page = await admin_at(new_page, product)
    await walk_to(page, "/admin/telephone/outgoing")
    trying = page.get_by_role("form", name="May this be called?")
    await trying.get_by_role("textbox").fill("+44 20 7946 0958")
    await trying.get_by_role("button", name="Check").click()
    await expect(trying.get_by_text("Numbers that begin like this are not allowed.")).to_be_visible()
    allowed = page.get_by_role("group", name="Allowed")
    await allowed.get_by_role("textbox").fill("0044")
    await allowed.get_by_role("button", name=re.compile("^Allow")).click()
    await expect(allowed.get_by_text("United Kingdom")).to_be_visible()
    warning = page.get_by_text("Fraud lives from these numbers")
    premium = page.get_by_role("switch", name=re.compile("Premium-rate"))
    await premium.click(force=True)
    await expect(warning).to_be_visible()
    found = await look_at(page, "telephone_outgoing", picture)
    await premium.click(force=True)
    await expect(warning).to_be_hidden()
    await save(page)
    await trying.get_by_role("button", name="Check").click()
    await expect(trying.get_by_text("+442079460958 may be called.")).to_be_visible()
    await trying.get_by_role("textbox").fill("119")
    await trying.get_by_role("textbox").press("Enter")
    await expect(trying.get_by_text(re.compile("Emergency services are not called"))).to_be_visible()
    found += await look_at(page, "telephone_tried", picture)
    assert found == []


@pytest.mark.parametrize("locale", ["ko", "ja", "en"])
async def test_every_part_is_open_to_everybody(product: str, new_page: NewPage, picture: Look, locale: Language):
    page = await admin_at(new_page, product, locale)
    traffic = Traffic(page)
    found: list[str] = []
    for part in PARTS:
        await walk_to(page, f"/admin/telephone/{part}")
        await traffic.settled(page)
        found += await look_at(page, f"telephone_{part}_{locale}", picture)
        first = page.locator(f'main a[href^="/admin/telephone/{part}/"]').first
        if await first.count():
            await first.click()
            await traffic.settled(page)
            found += await look_at(page, f"telephone_{part}_one_{locale}", picture)
    await page.set_viewport_size(PHONE)
    for part in PARTS:
        await walk_to(page, f"/admin/telephone/{part}")
        await traffic.settled(page)
        await picture(page, f"desk_telephone_{part}_narrow_{locale}")
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert found == []


async def test_a_prompt_is_recorded_heard_and_stale_once_its_text_changes(
    product: str, audio_context: BrowserContext, picture: Look, tmp_path: Path
):
    page = await audio_context.new_page()
    await sign_in(page, product, role="designer")
    await speak(page, "en")
    await walk_to(page, f"/prompts?key={PROMPT}")
    korean = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Hear the voice: 한국어"))
    await expect(korean.get_by_text("Read by a voice")).to_be_visible()
    await korean.get_by_role("button", name="Record: 한국어").press("Enter")
    await expect(korean.get_by_text(re.compile(r"Recording: [12] of"))).to_be_visible()
    await picture(page, "desk_prompt_recording")
    await korean.get_by_role("button", name="Finish: 한국어").press("Enter")
    await expect(korean.get_by_text("Recorded", exact=True)).to_be_visible()
    await korean.get_by_role("button", name="Listen: 한국어").click()
    await expect(page.get_by_text("This cannot be played here.")).to_have_count(0)

    file = tmp_path / "read.wav"
    file.write_bytes(tone(1.0, 44_100))
    english = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Hear the voice: English"))
    async with page.expect_file_chooser() as chooser:
        await english.get_by_role("button", name="Upload WAV: English").click()
    await (await chooser.value).set_files(file)
    await expect(english.get_by_text("Recorded", exact=True)).to_be_visible()
    found = await violations(page)

    text = page.get_by_role("textbox", name="English")
    before = await text.input_value()
    await text.fill(f"{before} Thank you.")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(english.get_by_text(re.compile("Recorded for an older text"))).to_be_visible()
    found += await look_at(page, "prompt_recordings", picture)
    await page.set_viewport_size(PHONE)
    await picture(page, "desk_prompt_recordings_narrow")
    await english.get_by_role("button", name="Remove the recording: English").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    await expect(english.get_by_text("Read by a voice")).to_be_visible()
    assert found == []
