"""Simulated people's connection: frames arrive in order, a broken line is noticed, waiting grows."""

import asyncio
import itertools
import json
import random
import socket
from collections.abc import AsyncIterator

import pytest
from picows import WSFrame, WSListener, WSMsgType, WSTransport

from listening import listening
from warmline_demo.wire import Disconnected, Wire, backoff, record, records, texts


class Echo(WSListener):
    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        said = json.loads(frame.get_payload_as_utf8_text())
        if said.get("go"):
            transport.disconnect()
            return
        transport.send(WSMsgType.TEXT, json.dumps({"heard": said}).encode())


@pytest.fixture
async def echo() -> AsyncIterator[str]:
    async with listening(Echo, "/") as url:
        yield url


async def test_what_is_sent_comes_back_in_order_and_korean_survives(echo: str):
    wire = await Wire.open(echo, {"Origin": "http://127.0.0.1"})
    for word in ("안녕하세요", "こんにちは", "hello"):
        wire.send({"text": word})
    heard = [await wire.receive(5) for _ in range(3)]
    assert [record(record(frame).get("heard"))["text"] for frame in heard] == ["안녕하세요", "こんにちは", "hello"]
    assert await wire.receive(0.01) is None
    wire.close()


async def test_a_closed_line_is_noticed_and_closing_twice_is_fine(echo: str):
    wire = await Wire.open(echo, {})
    wire.send({"go": True})
    with pytest.raises(Disconnected):
        await wire.receive(5)
    wire.close()
    wire.close()
    wire.send({"text": "nobody hears"})


async def test_a_house_that_is_not_there_is_a_disconnection():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(Disconnected):
        await Wire.open(f"ws://127.0.0.1:{port}/", {})
    await asyncio.sleep(0)


def test_waiting_doubles_up_to_a_limit():
    waits = list(itertools.islice(backoff(random.Random(1), 1, 8), 8))
    assert all(0.5 <= wait <= 8 for wait in waits)
    assert min(waits[4:]) >= 4


def test_odd_fields_are_empty_not_fatal():
    assert (texts(7), record([]), records({}), records([1])) == ("", {}, [], [{}])
