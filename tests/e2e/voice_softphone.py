"""A page of Chromium that is an agent's telephone."""

from playwright.async_api import Browser, Page
from tests.e2e.browser_phone import PAGE, page_hears
from tests.e2e.voice_house import VoiceHouse


class SoftPhone:
    """A page of Chromium that is an agent's telephone: it sings a tone and tells what it hears."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.mute = False  # it has no microphone open, as at the desk of who only listens

    @classmethod
    async def open(cls, browser: Browser, house: VoiceHouse, hz: float) -> "SoftPhone":
        page = await browser.new_page()
        await page.goto(f"{house.base_url}/livez")
        await page.evaluate(PAGE.replace("= 1000", f"= {hz:g}"))
        return cls(page)

    async def offer(self) -> str:
        return await self._page.evaluate("mute => window.begin('audio/PCMU', false, mute)", self.mute)

    async def opens_microphone(self) -> None:
        """Send audio from now on, in the call that goes on."""
        self.mute = False
        await self._page.evaluate("window.unmute()")

    async def answered(self, sdp: str) -> None:
        await self._page.evaluate("sdp => window.answered(sdp)", sdp)

    async def hears(self, *hz: float, not_hz: tuple[float, ...] = ()) -> None:
        """Wait until all of these sound, and none of those."""
        for one in hz:
            await page_hears(self._page, one)
        if not_hz:
            await self._page.wait_for_function(
                "([all]) => all.every(hz => window.hears(hz) < -75)", arg=[list(not_hz)], timeout=30_000
            )

    async def level_db(self, hz: float) -> float:
        return await self._page.evaluate("hz => window.hears(hz)", hz)

    async def close(self) -> None:
        await self._page.close()
