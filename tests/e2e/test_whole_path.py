"""Two browsers and the whole product: a customer in the shop, an agent at the desk, from question to rating."""

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect
from tests.e2e.conftest import NewPage


async def agent_on_shift(page: Page, product: str) -> None:
    """Enter the demo as an agent and start the shift."""
    await page.goto(product)
    await page.get_by_text(re.compile("^(Agent|상담원|担当者)$")).first.click()
    await page.get_by_role("button", name="Start shift").click()
    await expect(page.get_by_role("button", name=re.compile("My presence.*Available", re.DOTALL))).to_be_visible()


async def test_a_question_in_the_shop_is_answered_at_the_desk_and_rated(
    product: str, new_page: NewPage, picture: Callable[[Page, str], Awaitable[None]]
):
    agent = await new_page(viewport={"width": 1440, "height": 900}, locale="en-US")
    await agent_on_shift(agent, product)
    customer = await new_page(viewport={"width": 1200, "height": 820}, locale="en-US")
    await customer.goto(f"{product}/demo/shop/orders.html?lang=en")
    await customer.get_by_role("button", name="Chat with us").click()
    widget = customer.frame_locator("warmline-widget iframe")
    await widget.get_by_role("button", name="Start chat").click()
    await widget.get_by_role("button", name="Talk to a person").click()
    await expect(widget.get_by_text("You are now in line for an agent.")).to_be_visible()

    await expect(agent.get_by_role("button", name=re.compile("^Accept"))).to_be_visible()
    await picture(agent, "whole_path_1_ringing")
    await agent.keyboard.press("a")
    reply = agent.get_by_role("textbox", name="Reply to the customer")
    await reply.fill("Hello, I am looking at your order.")
    await reply.press("Enter")
    await expect(widget.get_by_text("Hello, I am looking at your order.")).to_be_visible()

    box = widget.get_by_role("textbox", name="Message")
    await box.fill("Thank you, Mina!")
    await box.press("Enter")
    await expect(agent.get_by_text("Thank you, Mina!").first).to_be_visible()
    await expect(widget.get_by_text("Seen")).to_be_visible()
    await customer.reload()
    await expect(widget.get_by_text("Thank you, Mina!")).to_have_count(1)
    await picture(customer, "whole_path_2_customer")
    await picture(agent, "whole_path_3_agent")

    await agent.get_by_role("button", name=re.compile("^End")).click()
    await expect(agent.get_by_role("heading", name="Wrap-up")).to_be_visible()
    await widget.locator(".star").nth(4).click(timeout=20_000)
    await expect(widget.get_by_role("img", name="5 / 5")).to_be_visible()
    await picture(customer, "whole_path_4_rated")
