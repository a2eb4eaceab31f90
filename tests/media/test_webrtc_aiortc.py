"""aiortc as a foreign browser: its several fingerprints, its full ICE and its DTLS against the real engine."""

import asyncio
import fractions
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import pytest_asyncio

from media.peer import Peer
from media.tones import level_db, tone

aiortc = pytest.importorskip("aiortc", reason="the group `bench` is not installed")
av = pytest.importorskip("av", reason="the group `bench` is not installed")

from warmline.media.client import BuiltinMedia, MediaSettings  # noqa: E402
from warmline.ports.media import LegWish  # noqa: E402

CALL = "call-1"
FOREIGN_HZ, PHONE_HZ = 1000, 440


class Singer(aiortc.mediastreams.AudioStreamTrack):
    """Sings one tone, 20 ms at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._sound = tone(FOREIGN_HZ, ms=1000)
        self._at = 0

    async def recv(self) -> Any:
        await asyncio.sleep(0.018)
        samples = np.take(self._sound, range(self._at, self._at + 160), mode="wrap")
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 8000, self._at, fractions.Fraction(1, 8000)
        self._at += 160
        return frame


@pytest_asyncio.fixture
async def media(tmp_path: Path) -> AsyncIterator[BuiltinMedia]:
    driver = BuiltinMedia(MediaSettings(tmp_path, "127.0.0.1", 37_200, 37_299))
    await driver.start()
    driver.listen(CALL, lambda _: None)
    yield driver
    await driver.end(CALL)
    await driver.shut_down()


async def heard(track: Any, hertz: float) -> bool:
    """Listen to a track until this tone sounds."""
    samples = np.zeros(0, np.int16)
    while level_db(samples[-4000:], hertz, 8000) < -30:
        frame = await track.recv()
        samples = np.concatenate([samples, frame.to_ndarray().reshape(-1)])
    return True


async def test_a_foreign_stack_and_a_telephone_hear_each_other(media: BuiltinMedia):
    connection = aiortc.RTCPeerConnection()
    tracks: list[Any] = []
    connection.on("track", tracks.append)
    connection.addTrack(Singer())
    await connection.setLocalDescription(await connection.createOffer())
    offer = connection.localDescription.sdp
    assert offer.count("a=fingerprint:") > 1, "the trap: sha-256 has to be chosen among several"
    answer = await media.open(CALL, "foreign", LegWish("webrtc", ("PCMU",)), offer)
    await connection.setRemoteDescription(aiortc.RTCSessionDescription(answer, "answer"))
    try:
        with Peer() as phone:
            phone.call(await media.open(CALL, "phone", LegWish(), phone.sdp()))
            phone.say(PHONE_HZ)
            await media.route(CALL, {"phone": ["foreign"], "foreign": ["phone"]})
            await phone.hears(FOREIGN_HZ)
            async with asyncio.timeout(10):
                assert await heard(tracks[0], PHONE_HZ)
            assert (await media.report("foreign")).lost_share == 0.0
    finally:
        await connection.close()
