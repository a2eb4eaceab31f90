"""Connections that begin a TLS handshake and never end it are counted like any other, and cost others nothing."""

import asyncio
import socket
import ssl
from contextlib import ExitStack
from pathlib import Path

from tests.sip.playbook import request
from tests.voice.conftest import OpenHouse, until
from tests.voice.test_flows import papers

from warmline.voice.limits import Limits


async def _closed_by_us(peer: socket.socket) -> bool:
    try:
        return await asyncio.wait_for(asyncio.get_running_loop().sock_recv(peer, 1), 3) == b""
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False


async def _answers_options(port: int, own: str) -> bytes:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context, local_addr=(own, 0))
    writer.write(request("OPTIONS").encode())
    answer = await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    return answer


async def test_who_opens_many_connections_and_never_shakes_hands_keeps_only_a_few_of_them(
    house: OpenHouse, tmp_path: Path
):
    here = await house(
        listen=(papers(tmp_path),),
        limits=Limits(connections_a_source=5, unknown_rate=1000, unknown_burst=1000),
    )
    port, loop = here.port("tls"), asyncio.get_running_loop()
    with ExitStack() as open_ones:
        peers: list[socket.socket] = []
        for _ in range(40):
            peer = open_ones.enter_context(socket.socket())
            peer.setblocking(False)
            peer.bind(("127.0.0.66", 0))
            await loop.sock_connect(peer, ("127.0.0.1", port))
            peers.append(peer)
        closed = await asyncio.gather(*(_closed_by_us(peer) for peer in peers))
        assert closed.count(False) == 5

        assert (await _answers_options(port, "127.0.0.67")).startswith(b"SIP/2.0 200"), "others are not kept away"
    await until(lambda: here.endpoint.flows.connections == 0, "nothing is left of them")
    assert (await _answers_options(port, "127.0.0.66")).startswith(b"SIP/2.0 200"), "and have room again"


async def test_who_shakes_hands_over_and_over_is_let_in_only_so_often(house: OpenHouse, tmp_path: Path):
    here = await house(listen=(papers(tmp_path),), limits=Limits(unknown_rate=0.1, unknown_burst=6))
    answered = 0
    for _ in range(10):
        try:
            answered += (await _answers_options(here.port("tls"), "127.0.0.66")).startswith(b"SIP/2.0 200")
        except (OSError, ssl.SSLError):
            continue
    assert answered == 3, "a handshake counts as much as the request that follows"


async def test_what_is_no_handshake_is_dropped_and_leaves_nothing(house: OpenHouse, tmp_path: Path):
    here = await house(listen=(papers(tmp_path),), limits=Limits(connections_a_source=2))
    port, loop = here.port("tls"), asyncio.get_running_loop()
    for _ in range(6):
        with socket.socket() as peer:
            peer.setblocking(False)
            await loop.sock_connect(peer, ("127.0.0.1", port))
            await loop.sock_sendall(peer, b"OPTIONS sip:a@b SIP/2.0\r\n\r\n")
            heard = b"-"
            while heard:  # an alert, perhaps, and the end
                try:
                    heard = await asyncio.wait_for(loop.sock_recv(peer, 100), 5)
                except ConnectionResetError:
                    heard = b""
    assert (await _answers_options(port, "127.0.0.67")).startswith(b"SIP/2.0 200")
