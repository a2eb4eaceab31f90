"""A real Chromium as a leg of the real engine: both hear each other, also after a reload and with every codec."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page
from tests.e2e.browser_phone import BROWSER_HZ, PAGE, PHONE_HZ, page_hears, statistics, voice_browser
from tests.e2e.conftest import NewPage, until

from media.peer import Peer
from warmline.media.client import BuiltinMedia, MediaSettings
from warmline.media.codecs import installed
from warmline.ports.media import Codec, Digit, LegSilent, LegUp, LegWish, MediaEvent

CALL = "call-1"
PORTS = 37_000, 37_199
WEBRTC = LegWish("webrtc")
PACKETS_A_SECOND = 50


@pytest_asyncio.fixture
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    async with voice_browser(chromium_path) as running:
        yield running


@pytest_asyncio.fixture
async def media(tmp_path: Path) -> AsyncIterator[BuiltinMedia]:
    driver = BuiltinMedia(MediaSettings(tmp_path, "127.0.0.1", *PORTS))
    await driver.start()
    yield driver
    await driver.end(CALL)
    await driver.shut_down()
    assert driver.failures == []


@pytest_asyncio.fixture
async def page(new_page: NewPage) -> Page:
    page = await new_page()
    await page.evaluate(PAGE)
    return page


async def connect(page: Page, media: BuiltinMedia, codec: Codec | None = None) -> str:
    """The page calls; return our answer."""
    offer = cast(str, await page.evaluate("codec => window.begin(codec)", codec and f"audio/{codec}"))
    wish = LegWish("webrtc", (codec,)) if codec else LegWish("webrtc")
    answer = await media.open(CALL, "browser", wish, offer)
    await page.evaluate("sdp => window.answered(sdp)", answer)
    return answer


async def calls(phone: Peer, media: BuiltinMedia) -> None:
    phone.call(await media.open(CALL, "phone", LegWish(), phone.sdp()))
    phone.say(PHONE_HZ)
    await media.route(CALL, {"phone": ["browser"], "browser": ["phone"]})


@pytest.mark.parametrize("codec", ["PCMU", "PCMA", "G722", "opus"])
async def test_browser_and_telephone_hear_each_other(codec: Codec, page: Page, media: BuiltinMedia):
    if not installed(codec):
        pytest.skip(f"{codec} is not installed")
    events: list[MediaEvent] = []
    media.listen(CALL, events.append)
    with Peer() as phone:
        answer = await connect(page, media, codec)
        assert "a=ice-lite" in answer
        assert "a=setup:passive" in answer
        await calls(phone, media)
        await phone.hears(BROWSER_HZ)
        await page_hears(page, PHONE_HZ)
        await until(lambda: LegUp("browser") in events)
        stats = await statistics(page)
        inbound = next(one for one in stats if one["type"] == "inbound-rtp")
        assert inbound["packetsReceived"] > 0
        transport = next(one for one in stats if one["type"] == "transport")
        assert transport["dtlsState"] == "connected"
        report = await media.report("browser")
        assert report.codec == codec
        assert report.lost_share == 0.0


async def test_with_everything_chromium_offers_we_agree_on_our_first_codec(page: Page, media: BuiltinMedia):
    media.listen(CALL, lambda _: None)
    with Peer() as phone:
        await connect(page, media)
        assert (await media.report("browser")).codec == "PCMU"
        await calls(phone, media)
        await phone.hears(BROWSER_HZ)


async def test_a_page_that_offers_video_and_data_too_gets_its_audio(page: Page, media: BuiltinMedia):
    media.listen(CALL, lambda _: None)
    with Peer() as phone:
        offer = cast(str, await page.evaluate("() => window.begin(null, true)"))
        assert offer.count("\nm=") == 3
        answer = await media.open(CALL, "browser", LegWish("webrtc"), offer)
        assert "m=video 0 " in answer
        assert "m=application 0 " in answer
        await page.evaluate("sdp => window.answered(sdp)", answer)
        await calls(phone, media)
        await phone.hears(BROWSER_HZ)
        await page_hears(page, PHONE_HZ)


async def test_a_reloaded_page_comes_back_to_its_call(page: Page, media: BuiltinMedia):
    media.listen(CALL, lambda _: None)
    with Peer() as phone:
        await connect(page, media)
        await calls(phone, media)
        await phone.hears(BROWSER_HZ)
        await page.reload()
        await page.evaluate(PAGE)
        offer = cast(str, await page.evaluate("() => window.begin('audio/PCMU')"))
        await page.evaluate("sdp => window.answered(sdp)", await media.reoffered("browser", offer))
        phone.packets.clear()
        await phone.more(10)
        await phone.hears(BROWSER_HZ)
        await page_hears(page, PHONE_HZ)
        assert (await media.report("browser")).codec == "PCMU"


async def test_the_keypad_of_the_page_is_heard_as_keys(page: Page, media: BuiltinMedia):
    events: list[MediaEvent] = []
    media.listen(CALL, events.append)
    with Peer() as phone:
        await connect(page, media, "PCMU")
        await calls(phone, media)
        await phone.hears(BROWSER_HZ)
        await page.evaluate("() => window.sender.dtmf.insertDTMF('42', 100, 70)")
        await until(lambda: [event.digit for event in events if isinstance(event, Digit)] == ["4", "2"])
        await phone.until(lambda: phone.digits() == "42")
        assert (await media.report("browser")).lost_share == 0.0


async def test_a_closed_leg_ends_the_pages_connection(page: Page, media: BuiltinMedia):
    media.listen(CALL, lambda _: None)
    with Peer() as phone:
        await connect(page, media)
        await calls(phone, media)
        await phone.hears(BROWSER_HZ)
        await media.close("browser")
        await page.wait_for_function("() => window.sender.transport.state === 'closed'")
        assert await page.evaluate("() => window.sender.transport.state") == "closed"


async def test_a_page_without_a_microphone_hears_the_call_and_is_not_taken_for_lost(page: Page, tmp_path: Path):
    silent_after_s = 1.0
    media = BuiltinMedia(MediaSettings(tmp_path, "127.0.0.1", *PORTS, silent_after_s=silent_after_s))
    await media.start()
    events: list[MediaEvent] = []
    media.listen(CALL, events.append)
    with Peer() as customer, Peer() as agent:
        for name, phone, hz in (("customer", customer, PHONE_HZ), ("agent", agent, 700)):
            phone.call(await media.open(CALL, name, LegWish(), phone.sdp()))
            phone.say(hz)
        offer = await page.evaluate("window.begin('audio/PCMU', false, true)")
        await page.evaluate("sdp => window.answered(sdp)", await media.open(CALL, "leader", WEBRTC, offer))
        await until(lambda: LegUp("leader") in events)
        matrix = {"customer": ["agent"], "agent": ["customer"], "leader": ["customer", "agent"]}
        await media.route(CALL, matrix)
        await page_hears(page, PHONE_HZ)
        await page_hears(page, 700)
        heard = (await media.report("leader")).packets_out
        async with asyncio.timeout(20):
            while (await media.report("leader")).packets_out < heard + 3 * silent_after_s * PACKETS_A_SECOND:
                await asyncio.sleep(0.05)
        assert not [one for one in events if isinstance(one, LegSilent)]

        # With the first word they may say, they are heard.
        await page.evaluate("window.unmute()")
        await media.route(CALL, {**matrix, "agent": ["customer", "leader"]})
        await agent.hears(PHONE_HZ, BROWSER_HZ)
        await customer.hears(700, not_hz=(BROWSER_HZ,))
    await media.end(CALL)
    await media.shut_down()
