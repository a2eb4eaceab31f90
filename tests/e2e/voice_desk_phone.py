"""A desk phone made of baresip (through its Python bindings), a stack that is not ours: it registers over TLS with
encrypted audio, rings, talks on several lines, and puts two of them together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import baresip
import numpy as np
from tests.e2e.voice_house import VoiceHouse
from tests.e2e.voice_people import until
from tests.free_ports import free_port

from media.tones import Samples, level_db, loudness_db

HEARD_SAMPLES = 8000 * 2 // 5  # the last 400 ms
PIECE_BYTES = 1 << 15


class PhoneLine:
    """One line of the phone. What is heard on it is read whenever it is asked for, and the last part kept."""

    def __init__(self, call: baresip.Call) -> None:
        self.call = call
        self._heard = np.zeros(0, np.int16)

    @property
    def over(self) -> bool:
        return self.call.state is baresip.CallState.CLOSED

    def heard(self) -> Samples:
        """The last that arrived; nothing while its audio is made anew."""
        with suppress(baresip.AudioNotActive, baresip.AudioRestarted):
            while piece := self.call.audio.read(PIECE_BYTES):
                self._heard = np.concatenate((self._heard, np.frombuffer(piece, np.int16)))[-HEARD_SAMPLES:]
        return self._heard

    async def hears(self, hz: float, *, not_hz: float = 0.0) -> None:
        """Wait until a tone sounds, and another does not."""
        await until(
            lambda: (
                level_db(got := self.heard(), hz) > -30
                and len(got) == HEARD_SAMPLES
                and (not not_hz or level_db(got, not_hz) < -40)
            ),
            f"{hz:g} Hz is heard on the desk phone, and not {not_hz:g}",
        )

    async def hears_sound(self) -> None:
        await until(lambda: loudness_db(self.heard()) > -40, "something is heard on the desk phone")


class DeskPhone:
    """The phone itself: it sings one tone on all of its lines."""

    def __init__(self, agent: baresip.UserAgent, realm: str) -> None:
        self._agent = agent
        self._realm = realm
        self._rings: asyncio.Queue[baresip.Call] = asyncio.Queue(8)
        agent.on_incoming(self._rings.put_nowait)

    async def picks_up(self) -> PhoneLine:
        """It rings and is answered."""
        async with asyncio.timeout(30):
            call = await self._rings.get()
        await call.answer()
        await call.wait_established()
        return PhoneLine(call)

    async def dials(self, number: str) -> PhoneLine:
        """Call somebody on a further line, and be answered."""
        call = await self._agent.dial(f"sip:{number}@{self._realm};transport=tls")
        await call.wait_established()
        return PhoneLine(call)


@asynccontextmanager
async def desk_phone(house: VoiceHouse, extension: str, hz: int) -> AsyncIterator[DeskPhone]:
    """A phone that is registered; signed off and gone afterwards. One at a time: the stack allows no second."""
    runtime = baresip.Runtime()
    settings = baresip.Config(
        net_interface="127.0.0.1", native_log_level="info", audio_source=f"ausine,{hz}", max_concurrent_calls=4,
        extra_config_text=f"sip_listen 127.0.0.1:{free_port()}\nsip_verify_server no\n",
    )  # fmt: skip
    await runtime.start(settings)
    try:
        account = baresip.Account(
            extension, house.realm, house.phone_password(extension), transport="tls", audio_codecs=("pcmu",),
            registrar=f"127.0.0.1:{house.sips_port};transport=tls", extra_params=("mediaenc=srtp-mand",),
        )  # fmt: skip
        agent = await baresip.UserAgent.create(runtime, account)
        await agent.register(timeout=20)
        yield DeskPhone(agent, house.realm)
        await agent.unregister()
    finally:
        await runtime.close()
