"""Connections that are slow, silent, broken or too many."""

import asyncio

from tests.sip.playbook import request
from tests.voice.conftest import OpenHouse, carrier, until

from warmline.voice.limits import Limits, Listen

TCP = (Listen("tcp", "127.0.0.1", 0),)


async def closed(reader: asyncio.StreamReader, wait_s: float = 5.0) -> bytes:
    """What is still said until the other side closes."""
    async with asyncio.timeout(wait_s):
        try:
            return await reader.read()
        except ConnectionResetError:
            return b""


async def test_a_ping_is_answered_and_several_messages_come_in_one_piece(house: OpenHouse):
    here = await house(listen=TCP)
    reader, writer = await asyncio.open_connection("127.0.0.1", here.port("tcp"))
    options = request("OPTIONS").encode()

    writer.write(b"\r\n\r\n" + options + options[:40])
    assert await reader.readexactly(2) == b"\r\n"
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"SIP/2.0 200")
    writer.write(options[40:])
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"SIP/2.0 200")
    writer.close()
    await until(lambda: here.endpoint.flows.connections == 0, "the connection is forgotten")


async def test_who_sends_a_message_drop_by_drop_is_cut_off(house: OpenHouse):
    here = await house(listen=TCP, limits=Limits(message_s=0.2))
    reader, writer = await asyncio.open_connection("127.0.0.1", here.port("tcp"))

    writer.write(b"INVITE sip:1001@127.0.0.1 SIP/2.0\r\n")

    assert await closed(reader) == b""
    writer.close()


async def test_who_says_nothing_is_cut_off(house: OpenHouse):
    here = await house(listen=TCP, limits=Limits(message_s=0.2, unproved_connection_s=0.3))
    reader, writer = await asyncio.open_connection("127.0.0.1", here.port("tcp"))

    assert await closed(reader) == b""
    writer.close()


async def test_a_message_without_an_end_closes_the_connection(house: OpenHouse):
    here = await house(listen=TCP)
    reader, writer = await asyncio.open_connection("127.0.0.1", here.port("tcp"))

    writer.write(request("OPTIONS").encode().replace(b"Content-Length: 0", b"Content-Length: many"))

    assert (await closed(reader)).startswith(b"SIP/2.0 400")
    writer.close()


async def test_one_source_does_not_take_all_connections(house: OpenHouse):
    here = await house(listen=TCP, limits=Limits(connections_a_source=2))
    opened = [await asyncio.open_connection("127.0.0.1", here.port("tcp")) for _ in range(3)]

    assert await closed(opened[2][0]) == b""
    assert here.endpoint.flows.connections == 2
    for _, writer in opened:
        writer.close()
    await until(lambda: here.endpoint.flows.connections == 0, "all are forgotten")


async def test_a_pipeline_of_requests_counts_as_many_not_as_one(house: OpenHouse):
    here = await house(listen=TCP, limits=Limits(unknown_rate=0.1, unknown_burst=10))
    reader, writer = await asyncio.open_connection("127.0.0.1", here.port("tcp"))

    writer.write(b"".join(request("OPTIONS", branch=f"p{n}").encode() for n in range(100)))

    said = await closed(reader)
    assert said.count(b"SIP/2.0 200") == 10
    writer.close()


async def test_a_stranger_cannot_keep_a_connection_with_pings_alone(house: OpenHouse):
    here = await house(listen=TCP, limits=Limits(message_s=0.2, unproved_connection_s=0.4))
    reader, writer = await asyncio.open_connection("127.0.0.1", here.port("tcp"))

    async def keep_alive() -> None:
        try:
            async with asyncio.timeout(3):
                while True:
                    writer.write(b"\r\n\r\n")
                    await reader.readexactly(2)
                    await asyncio.sleep(0.1)
        except (ConnectionError, asyncio.IncompleteReadError):
            return

    await keep_alive()
    assert here.endpoint.flows.connections == 0
    writer.close()


async def test_a_carriers_connection_lives_on_pings(house: OpenHouse):
    here = await house((carrier(),), listen=TCP, limits=Limits(message_s=0.2, unproved_connection_s=0.3))
    reader, writer = await asyncio.open_connection("127.0.0.1", here.port("tcp"))

    for _ in range(6):
        writer.write(b"\r\n\r\n")
        assert await reader.readexactly(2) == b"\r\n"
        await asyncio.sleep(0.1)

    assert here.endpoint.flows.connections == 1
    writer.close()
    await until(lambda: here.endpoint.flows.connections == 0, "the connection is forgotten")
