"""Handing a conversation over: to a queue and to one colleague, with a note that only colleagues read."""

from playwright.async_api import expect
from tests.e2e.conftest import NewPage
from tests.e2e.desk_page import Desk, at_work, visiting

SOFIA = "colleague10@onda.example"


async def hand_over(desk: Desk, to: str, note: str) -> None:
    await desk.page.keyboard.press("Escape")
    await desk.page.keyboard.press("t")
    dialog = desk.page.get_by_role("dialog", name="Transfer conversation")
    await dialog.get_by_role("combobox", name="Queue or colleague").fill(to)
    await desk.page.get_by_role("option", name=to).click()
    await dialog.get_by_role("textbox", name="Note for whoever takes over").fill(note)
    await dialog.get_by_role("button", name="Transfer").click()
    await expect(desk.page.get_by_text(f"Transferred to {to}.")).to_be_visible()


async def test_a_colleague_takes_over_with_the_note_in_view_and_gives_it_back_to_a_queue(
    product: str, new_page: NewPage
):
    async with at_work(new_page, product) as mina:
        customer = await visiting(new_page, product)
        await customer.ask_for_person()
        await mina.accept()
        await mina.reply("One moment, Sofia knows more about this.")
        async with at_work(new_page, product, email=SOFIA) as sofia:
            await hand_over(mina, "Sofia Reyes", "Wants to change the address")
            await customer.sees("You are being passed on to another agent.")
            await sofia.accept()
            await customer.sees("Sofia Reyes has joined.")
            await expect(sofia.thread.get_by_text("Wants to change the address")).to_be_visible()
            await expect(sofia.thread.get_by_text("One moment, Sofia knows more about this.")).to_be_visible()
            await sofia.reply("Hello, I changed the address.")
            await customer.sees("Hello, I changed the address.")
            if await mina.wrap_up.is_visible():
                await mina.finish("Passed on")

            await sofia.page.keyboard.press("Control+k")
            await expect(sofia.page.get_by_role("dialog", name="Search or command")).to_be_visible()
            await sofia.page.keyboard.type("go away: break")
            await sofia.page.keyboard.press("Enter")
            await expect(sofia.page.get_by_role("button", name="Break")).to_be_visible()
            await expect(sofia.page.get_by_role("dialog")).to_be_hidden()
            await hand_over(sofia, "Orders and delivery", "Address changed, please send again")
            await mina.accept()
            await expect(mina.thread.get_by_text("Address changed, please send again")).to_be_visible()
            await expect(mina.thread.get_by_text("Transferred to Orders and delivery")).to_be_visible()
            await mina.reply("It is on its way again.")
            await customer.sees("It is on its way again.")
            assert not [frame for frame in customer.received if "change the address" in frame]
            assert not [frame for frame in customer.received if "please send again" in frame]
