"""A customer whose connection fails in every way it can: nothing is lost, nothing comes twice."""

import json

from playwright.async_api import FrameLocator, Page, expect
from tests.e2e.conftest import NewPage, until
from tests.e2e.fake_server import FakeServer


async def talk(page: Page, server: FakeServer) -> FrameLocator:
    """Open the widget and start a conversation."""
    await page.goto(f"{server.url}/?locale=ko")
    await page.get_by_role("button", name="문의하기").click()
    widget = page.frame_locator("warmline-widget iframe")
    await widget.get_by_role("button", name="상담 시작하기").click()
    await expect(widget.locator(".message-bot")).to_have_count(1)
    return widget


async def write(widget: FrameLocator, text: str) -> None:
    box = widget.get_by_role("textbox", name="메시지")
    await box.fill(text)
    await box.press("Enter")


async def test_a_message_written_while_the_network_is_gone_arrives_once_when_it_is_back(
    contact_center: FakeServer, new_page: NewPage
):
    page = await new_page()
    widget = await talk(page, contact_center)
    await page.context.set_offline(True)
    await write(widget, "지하철에서 쓴 글")
    await expect(widget.get_by_text("연결되면 자동으로 보내 드려요")).to_be_visible()
    await expect(widget.get_by_text("오프라인이에요.")).to_be_visible()
    await page.context.set_offline(False)
    await expect(widget.get_by_text("전송됨")).to_be_visible()
    assert contact_center.said() == ["지하철에서 쓴 글"]
    await expect(widget.get_by_text("지하철에서 쓴 글")).to_have_count(1)


async def test_messages_missed_while_the_socket_was_dead_appear_in_order(
    contact_center: FakeServer, new_page: NewPage
):
    page = await new_page()
    widget = await talk(page, contact_center)
    contact_center.kill_sockets()
    for n in range(5):
        contact_center.bot(f"놓친 글 {n}")
    await expect(widget.locator(".message-bot .bubble")).to_have_text(
        ["안녕하세요.", *(f"놓친 글 {n}" for n in range(5))]
    )
    assert contact_center.contact
    greeted = contact_center.contact.events[1]["seq"]
    hello = contact_center.frames("hello")[-1]
    assert (hello["contact"], hello["seq"]) == ("contact-1", greeted)


async def test_a_frame_lost_on_a_healthy_socket_is_noticed_and_fetched(
    contact_center: FakeServer, new_page: NewPage
):
    page = await new_page()
    widget = await talk(page, contact_center)
    contact_center.happen({"kind": "message_sent", "author": "bot", "text": "사라진 글"}, unsent=True)
    contact_center.bot("그다음 글")
    await expect(widget.locator(".message-bot .bubble")).to_have_text(["안녕하세요.", "사라진 글", "그다음 글"])
    assert len(contact_center.frames("resume")) == 1


async def test_a_message_survives_a_reload_before_it_was_confirmed(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    widget = await talk(page, contact_center)
    contact_center.hold_acks = True
    await write(widget, "확인받지 못한 글")
    await until(lambda: len(contact_center.frames("say")) == 1)
    contact_center.hold_acks = False
    await page.reload()
    await expect(widget.get_by_text("전송됨")).to_be_visible()
    assert contact_center.said() == ["확인받지 못한 글"]
    cids = {frame["cid"] for frame in contact_center.frames("say")}
    assert len(cids) == 1


async def test_a_message_whose_confirmation_was_lost_is_not_stored_or_shown_twice(
    contact_center: FakeServer, new_page: NewPage
):
    page = await new_page()
    widget = await talk(page, contact_center)
    contact_center.lose_acks = True
    await write(widget, "한 번만")
    await until(lambda: contact_center.said() == ["한 번만"])
    contact_center.lose_acks = False
    contact_center.kill_sockets()
    await expect(widget.get_by_text("전송됨")).to_be_visible()
    await expect(widget.get_by_text("한 번만")).to_have_count(1)
    assert contact_center.said() == ["한 번만"]


async def test_the_whole_conversation_is_there_again_after_a_reload(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    widget = await talk(page, contact_center)
    await write(widget, "주문 문의")
    contact_center.queue(position=2, wait_s=(60, 120))
    contact_center.join()
    contact_center.agent("도와드릴게요.")
    await expect(widget.get_by_text("도와드릴게요.")).to_be_visible()
    before = await widget.locator(".log > *").all_inner_texts()
    await page.reload()
    await expect(widget.get_by_text("도와드릴게요.")).to_be_visible()
    assert await widget.locator(".log > *").all_inner_texts() == before


async def test_half_written_words_survive_a_reload_but_a_pin_does_not_touch_the_device(
    contact_center: FakeServer, new_page: NewPage
):
    page = await new_page()
    widget = await talk(page, contact_center)
    await widget.get_by_role("textbox", name="메시지").fill("쓰다 만 글")
    await page.reload()
    await expect(widget.get_by_role("textbox", name="메시지")).to_have_value("쓰다 만 글")
    await widget.get_by_role("textbox", name="메시지").fill("")

    contact_center.hold_acks = True
    contact_center.bot("PIN을 입력해 주세요.", input_kind="secret")
    await widget.locator("input[type=password]").fill("4117")
    await widget.locator("input[type=password]").press("Enter")
    await until(lambda: len(contact_center.frames("say")) == 1)
    frame = next(frame for frame in page.frames if "panel.html" in frame.url)
    assert "4117" not in json.dumps(await frame.evaluate("({...localStorage, ...sessionStorage})"))
    assert "4117" not in await frame.content()


async def test_a_restarting_server_is_given_the_time_it_asks_for(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    widget = await talk(page, contact_center)
    contact_center.close_sockets(4012, "restart", retry_after_ms=5000)
    await expect(widget.get_by_text("다시 연결하는 중")).to_be_visible()
    assert contact_center.connections == 1
    await until(lambda: contact_center.connections == 2)
    await expect(widget.get_by_text("다시 연결하는 중")).to_be_hidden()


async def test_a_slow_page_that_was_cut_off_catches_up(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    widget = await talk(page, contact_center)
    contact_center.close_sockets(4008, "slow", retry_after_ms=50)
    contact_center.bot("따라잡은 글")
    await expect(widget.get_by_text("따라잡은 글")).to_have_count(1)


async def test_a_page_replaced_by_another_window_waits_to_be_asked(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    widget = await talk(page, contact_center)
    contact_center.close_sockets(4009)
    button = widget.get_by_role("button", name="여기서 계속하기")
    await expect(button).to_be_visible()
    assert contact_center.connections == 1
    await button.click()
    await expect(button).to_be_hidden()
    assert contact_center.connections == 2


async def test_a_refused_page_does_not_hammer_the_server(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    widget = await talk(page, contact_center)
    contact_center.close_sockets(4003)
    await expect(widget.get_by_text("지금은 이 페이지에서 상담을 이용할 수 없어요.")).to_be_visible()
    assert contact_center.connections == 1


async def test_a_message_for_a_contact_that_ended_meanwhile_is_given_back(
    contact_center: FakeServer, new_page: NewPage
):
    page = await new_page()
    widget = await talk(page, contact_center)
    contact_center.hold_acks = True
    await write(widget, "늦은 글")
    await until(lambda: len(contact_center.frames("say")) == 1)
    contact_center.hold_acks = False
    contact_center.end()
    contact_center.kill_sockets()
    await widget.get_by_role("button", name="다시 보내기").click()
    await expect(widget.get_by_text("전송됨")).to_be_visible()
    assert contact_center.contact
    assert contact_center.contact.id == "contact-2"
    assert contact_center.said() == ["늦은 글"]
