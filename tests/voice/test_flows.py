import asyncio

import pytest
from tests.sip.playbook import request
from tests.voice.conftest import OpenHouse, free_port

from warmline.voice.flows import Known, is_address, own_address
from warmline.voice.limits import Listen


async def test_sources_we_wrote_to_are_known(house: OpenHouse):
    known = Known()
    known.add("192.0.2.1", asyncio.get_running_loop().time())

    assert "192.0.2.1" in known
    assert "192.0.2.2" not in known


async def test_ipv6_is_answered_like_ipv4(house: OpenHouse):
    here = await house(listen=(Listen("udp", "::1", 0),))
    answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    class Peer(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
            answered.set_result(data)

    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        Peer, remote_addr=("::1", here.port())
    )
    transport.sendto(request("OPTIONS").encode())

    assert b"received=::1" in await asyncio.wait_for(answered, 5)
    transport.close()


async def test_an_address_that_is_taken_is_told_at_once(house: OpenHouse):
    here = await house()

    with pytest.raises(OSError, match="use"):
        await house(listen=(Listen("udp", "127.0.0.1", here.port()),))


async def test_a_connection_nobody_accepts_is_forgotten(house: OpenHouse):
    here = await house()

    flow = here.endpoint.flows.to("tcp", "127.0.0.1", free_port())
    assert flow is not None
    async with asyncio.timeout(5):
        while flow.open:
            await asyncio.sleep(0.01)

    assert not flow.send(b"late")


def test_addresses_are_told_from_names():
    assert is_address("2001:db8::1")
    assert not is_address("carrier.example")
    assert own_address("127.0.0.1") == "127.0.0.1"
