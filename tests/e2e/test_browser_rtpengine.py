"""A real Chromium and a telephone through a real rtpengine, driven as a media engine."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest_asyncio
from playwright.async_api import Browser
from tests.e2e.browser_phone import BROWSER_HZ, PAGE, PHONE_HZ, page_hears, voice_browser
from tests.e2e.conftest import NewPage

from media.peer import Peer
from media.rtpengine_daemon_here import running
from warmline.ports.media import LegWish

CALL = "call-1"


@pytest_asyncio.fixture
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    async with voice_browser(chromium_path) as running_one:
        yield running_one


async def test_browser_and_telephone_hear_each_other_through_rtpengine(new_page: NewPage, tmp_path: Path):
    page = await new_page()
    await page.evaluate(PAGE)
    async with running(tmp_path) as (media, _):
        media.listen(CALL, lambda _: None)
        with Peer() as phone:
            offer = cast(str, await page.evaluate("() => window.begin()"))
            answer = await media.open(CALL, "browser", LegWish("webrtc"), offer)
            await page.evaluate("sdp => window.answered(sdp)", answer)
            phone.call(await media.open(CALL, "phone", LegWish(), phone.sdp()))
            phone.say(PHONE_HZ)
            await media.route(CALL, {"phone": ["browser"], "browser": ["phone"]})
            await phone.hears(BROWSER_HZ)
            await page_hears(page, PHONE_HZ)
            assert (await media.report("browser")).packets_in > 0
