"""Desk phones with SRTP through the real engine: keys in the SDP, audio both ways, forged packets unheard."""

import base64
import re
import secrets
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pylibsrtp
import pytest
import pytest_asyncio

from media.peer import HEADER, Peer
from warmline.kernel.errors import Refused
from warmline.media.client import BuiltinMedia, MediaSettings
from warmline.ports.media import LegWish

CALL = "call-1"
SECURE_HZ, PLAIN_HZ = 1000, 440


class SecurePhone(Peer):
    """A telephone that speaks SRTP with keys of its own making, by libsrtp's plain methods."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.key = secrets.token_bytes(30)
        self.out = self._session(self.key, pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
        self.back: pylibsrtp.Session | None = None
        self.unreadable = 0

    def __enter__(self) -> "SecurePhone":
        super().__enter__()
        return self

    def _session(self, key: bytes, kind: int) -> pylibsrtp.Session:
        return pylibsrtp.Session(pylibsrtp.Policy(key=key, ssrc_type=kind))

    def secured(self, profile: str = "RTP/SAVP", tag: int = 1) -> str:
        key = base64.b64encode(self.key).decode()
        line = f"a=crypto:{tag} AES_CM_128_HMAC_SHA1_80 inline:{key}"
        return self.sdp().replace("RTP/AVP", profile).replace("a=ptime", f"{line}\r\na=ptime")

    def call(self, sdp: str) -> None:
        key = re.search(r"^a=crypto:\d+ AES_CM_128_HMAC_SHA1_80 inline:([^\s|]+)", sdp, re.MULTILINE)
        assert key, "no key in the other side's description"
        self.back = self._session(base64.b64decode(key[1]), pylibsrtp.Policy.SSRC_ANY_INBOUND)
        super().call(sdp)

    def send(self, second: int, seq: int, timestamp: int, payload: bytes, first: int = 0x80) -> None:
        if self.to is not None:
            packet = HEADER.pack(first, second, seq, timestamp, self.ssrc) + payload
            self.socket.sendto(self.out.protect(packet), self.to)

    def _receive(self, ready: socket.socket) -> None:
        data = ready.recv(2048)
        if ready is not self.socket or 192 <= data[1] <= 223 or self.back is None:
            return
        try:
            packet = self.back.unprotect(data)
        except pylibsrtp.Error:
            self.unreadable += 1
            return
        samples = self._decoder(packet[12:])
        with self._lock:
            self._heard = np.concatenate([self._heard[-480_000:], samples])


@pytest_asyncio.fixture
async def media(tmp_path: Path) -> AsyncIterator[BuiltinMedia]:
    driver = BuiltinMedia(MediaSettings(tmp_path, "127.0.0.1", 37_300, 37_399))
    await driver.start()
    driver.listen(CALL, lambda _: None)
    yield driver
    await driver.end(CALL)
    await driver.shut_down()


async def joined(media: BuiltinMedia, phone: Peer) -> None:
    phone.call(await media.open(CALL, "plain", LegWish(srtp="off"), phone.sdp()))
    phone.say(PLAIN_HZ)
    await media.route(CALL, {"plain": ["secure"], "secure": ["plain"]})


async def test_a_secure_phone_calls_and_speaks_with_a_plain_one(media: BuiltinMedia):
    with SecurePhone() as secure, Peer() as plain:
        answer = await media.open(CALL, "secure", LegWish(srtp="required"), secure.secured())
        assert "RTP/SAVP " in answer
        secure.call(answer)
        secure.say(SECURE_HZ)
        await joined(media, plain)
        await plain.hears(SECURE_HZ)
        await secure.hears(PLAIN_HZ)
        assert secure.unreadable == 0


async def test_we_call_a_secure_phone(media: BuiltinMedia):
    with SecurePhone() as secure, Peer() as plain:
        secure.call(await media.open(CALL, "secure", LegWish(srtp="required")))
        await media.answered("secure", secure.secured())
        secure.say(SECURE_HZ)
        await joined(media, plain)
        await plain.hears(SECURE_HZ)
        await secure.hears(PLAIN_HZ)


async def test_a_phone_that_offers_keys_without_insisting_gets_srtp_where_we_may(media: BuiltinMedia):
    with SecurePhone() as secure, Peer() as plain:
        secure.call(await media.open(CALL, "secure", LegWish(srtp="optional"), secure.secured("RTP/AVP")))
        secure.say(SECURE_HZ)
        await joined(media, plain)
        await plain.hears(SECURE_HZ)
        await secure.hears(PLAIN_HZ)


async def test_whoever_lacks_the_key_is_not_heard(media: BuiltinMedia):
    with SecurePhone() as secure, Peer() as plain:
        secure.call(await media.open(CALL, "secure", LegWish(srtp="required"), secure.secured()))
        secure.say(SECURE_HZ)
        await joined(media, plain)
        await plain.hears(SECURE_HZ)
        secure.out = secure._session(secrets.token_bytes(30), pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
        heard = (await media.report("secure")).packets_in
        sent = secure.seq
        await secure.until(lambda: (secure.seq - sent) & 0xFFFF >= 20)
        assert (await media.report("secure")).packets_in - heard <= 2


async def test_what_policy_forbids_is_refused(media: BuiltinMedia):
    with SecurePhone() as secure, Peer() as plain:
        with pytest.raises(Refused, match=r"media\.bad_sdp"):
            await media.open(CALL, "secure", LegWish(srtp="required"), plain.sdp())
        with pytest.raises(Refused, match=r"media\.bad_sdp"):
            await media.open(CALL, "secure", LegWish(srtp="off"), secure.secured())
        plain.call(await media.open(CALL, "plain", LegWish(srtp="optional"), plain.sdp()))
