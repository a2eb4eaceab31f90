from tests.voice.conftest import OpenHouse

from warmline.voice.flow import UdpFlow


async def test_a_flow_reaches_other_ports_of_the_same_peer_until_its_socket_closes(house: OpenHouse):
    here = await house()
    flow = here.endpoint.flows.to("udp", "127.0.0.1", 40_001)
    assert isinstance(flow, UdpFlow)

    other = flow.to("127.0.0.1", 40_002)

    assert (other.port, other.local_port, other.reliable) == (40_002, here.port(), False)
    assert other.send(b"\r\n\r\n")
    await here.endpoint.close()
    assert not other.send(b"\r\n\r\n")
    assert not flow.open
