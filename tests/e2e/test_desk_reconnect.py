"""The server dies in mid-conversation: both sides say so, come back, and nothing is lost or doubled."""

import os
import re
import signal
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import expect
from tests.e2e.conftest import NewPage
from tests.e2e.desk_page import at_work, visiting


def web_process(product: str) -> int:
    """Return the id of the process that serves the product's pages."""
    port = str(urlsplit(product).port)
    commands = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (command := read(folder / "cmdline")):
            commands[int(folder.name)] = command.split("\0")
    above = next(pid for pid, words in commands.items() if "up" in words and port in words)
    children = read(Path(f"/proc/{above}/task/{above}/children")).split()
    return next(int(child) for child in children if "web" in commands[int(child)])


def read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


async def test_a_conversation_outlives_the_server_that_carried_it(product: str, new_page: NewPage):
    async with at_work(new_page, product) as desk:
        customer = await visiting(new_page, product)
        await customer.ask_for_person()
        await desk.accept()
        await desk.reply("Before the fall")
        await customer.sees("Before the fall")
        state = desk.page.get_by_role("banner").get_by_role("status")
        await expect(state).to_have_text("Live")

        os.kill(web_process(product), signal.SIGKILL)
        await expect(state).to_contain_text("Offline")
        await desk.reply("Written while nobody listened")
        await expect(state).to_contain_text(re.compile("1 waiting to be sent|Live"))
        await customer.say("Me too, from this side")

        await expect(state).to_have_text("Live", timeout=30_000)
        await customer.sees("Written while nobody listened")
        await expect(desk.thread.get_by_text("Me too, from this side")).to_be_visible(timeout=20_000)
        await desk.reply("After the fall")
        await customer.sees("After the fall")
        agent_said = await customer.chat.locator(".message-agent .bubble").all_inner_texts()
        assert agent_said == ["Before the fall", "Written while nobody listened", "After the fall"]
        for words in (*agent_said, "Me too, from this side"):
            await expect(desk.thread.get_by_text(words, exact=True)).to_have_count(1)


async def test_a_screen_asked_for_while_the_line_is_down_opens_when_it_is_back(product: str, new_page: NewPage):
    async with at_work(new_page, product) as desk:
        page = desk.page
        state = page.get_by_role("banner").get_by_role("status")
        await expect(state).to_have_text("Live")
        await page.context.set_offline(True)
        await page.get_by_role("link", name="Search").click()
        await expect(page).to_have_url(re.compile("/search"))
        await page.context.set_offline(False)
        await expect(page.get_by_role("searchbox")).to_be_visible()
