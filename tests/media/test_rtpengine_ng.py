"""The ng protocol: bencode there and back, lost datagrams asked again, damaged ones passed over."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.kernel.errors import Refused
from warmline.media.rtpengine_ng import BadBencode, NgClient, NgError, decode, encode

TEXT = st.text(max_size=12)
VALUES = st.recursive(
    st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


class Daemon(asyncio.DatagramProtocol):
    """Answers as it is told, and keeps what it was asked."""

    def __init__(self, *answers: bytes | None) -> None:
        self.answers = list(answers)
        self.asked: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str | int, int]) -> None:
        self.asked.append(data)
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            self.transport.sendto(data.split(b" ")[0] + b" " + answer, addr)


@asynccontextmanager
async def asking(daemon: Daemon) -> AsyncIterator[NgClient]:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: daemon, local_addr=("127.0.0.1", 0))
    client = await NgClient.open(transport.get_extra_info("sockname"))
    try:
        yield client
    finally:
        client.close()
        transport.close()
        await asyncio.sleep(0)


@settings(deadline=None)
@given(VALUES)
def test_what_is_said_is_understood(value: object):
    assert decode(encode(value)) == value  # pyright: ignore[reportArgumentType]


def test_keys_are_sorted_and_bytes_pass():
    assert encode({"b": 1, "a": [b"\xff", "x"]}) == b"d1:al1:\xff1:xe1:bi1ee"


@pytest.mark.parametrize(
    "wrong", [b"", b"i1", b"5:abc", b"l", b"d1:a", b"x", b"i1ei2e", b"l" * 100, b"99999999999:"]
)
def test_damage_is_told(wrong: bytes):
    with pytest.raises(BadBencode):
        decode(wrong)


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_noise_never_does_worse_than_being_refused(noise: bytes):
    try:
        read = decode(noise)
    except BadBencode:
        return
    assert isinstance(read, int | str | list | dict)


async def test_a_question_that_got_lost_is_asked_again_with_the_same_cookie():
    daemon = Daemon(None, b"nonsense", b"d6:result4:ponge")
    async with asking(daemon) as client:
        assert await client.ask("ping") == {"result": "pong"}
        assert len(daemon.asked) == 3
        assert len(set(daemon.asked)) == 1


async def test_a_refusal_is_told_in_the_daemons_own_words():
    daemon = Daemon(encode({"result": "error", "error-reason": "Unknown call-id"}))
    async with asking(daemon) as client:
        with pytest.raises(NgError, match="Unknown call-id"):
            await client.ask("query", call_id="c")
        assert b"7:call-id1:c" in daemon.asked[0]


async def test_a_daemon_that_is_away_is_given_up_after_two_seconds():
    daemon = Daemon()
    async with asking(daemon) as client:
        began = asyncio.get_running_loop().time()
        with pytest.raises(Refused, match=r"media\.no_worker"):
            await client.ask("ping")
        assert asyncio.get_running_loop().time() - began < 2.5
        client.close()
        with pytest.raises(Refused, match=r"media\.no_worker"):
            await client.ask("ping")


async def test_what_no_datagram_can_hold_is_refused_before_it_is_sent():
    daemon = Daemon()
    async with asking(daemon) as client:
        with pytest.raises(NgError, match="too long"):
            await client.ask("play media", blob=b"x" * 70_000)
        assert daemon.asked == []
