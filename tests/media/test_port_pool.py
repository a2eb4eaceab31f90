"""Ports are taken in pairs, given back, and refused when there are none."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from warmline.kernel.errors import Refused
from warmline.media.port_pool import PortPool, udp_socket

PORTS = 8


def somebody(port: int) -> socket.socket:
    """A socket of another program, which shares its port with nobody."""
    other = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        other.bind(("127.0.0.1", port))
    except OSError:
        other.close()
        raise
    return other


@pytest.fixture
def low() -> int:
    """The first of eight ports that nobody has: calls of other tests run on this machine too."""
    for first in range(18_000, 19_900, PORTS):
        with ExitStack() as held:
            try:
                for port in range(first, first + PORTS):
                    held.enter_context(somebody(port))
            except OSError:
                continue
            return first
    raise AssertionError("No ports are free.")


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def take(pool: PortPool, closing: ExitStack) -> tuple[int, socket.socket, socket.socket]:
    port, rtp, rtcp = pool.take()
    return port, closing.enter_context(rtp), closing.enter_context(rtcp)


def test_ports_run_out_and_come_back(low: int, closing: ExitStack):
    pool = PortPool("127.0.0.1", low, low + 4)
    taken = [take(pool, closing) for _ in range(2)]
    assert [port for port, _, _ in taken] == [low, low + 2]
    assert [rtcp.getsockname()[1] for _, _, rtcp in taken] == [low + 1, low + 3]
    with pytest.raises(Refused, match=r"media\.no_ports"):
        pool.take()
    for port, _, _ in taken:
        pool.give_back(port)
    assert pool.free == 2


def test_a_worker_that_begins_elsewhere_comes_round_to_all_ports(low: int, closing: ExitStack):
    pool = PortPool("127.0.0.1", low, low + 8, begin=3)
    taken = [take(pool, closing) for _ in range(4)]
    assert [port for port, _, _ in taken] == [low + 6, low, low + 2, low + 4]


def test_a_port_somebody_else_has_is_passed_over(low: int, closing: ExitStack):
    pool = PortPool("127.0.0.1", low, low + 4)
    closing.enter_context(somebody(low + 1))
    port, _, _ = take(pool, closing)
    assert port == low + 2


def test_a_connected_socket_and_one_for_strangers_share_a_port(low: int):
    with udp_socket("127.0.0.1", low) as connected, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as known:
        known.bind(("127.0.0.1", 0))
        connected.connect(known.getsockname())
        with (
            udp_socket("127.0.0.1", low) as strangers,
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unknown,
        ):
            known.sendto(b"known", ("127.0.0.1", low))
            unknown.sendto(b"unknown", ("127.0.0.1", low))
            assert connected.recv(100) == b"known"
            assert strangers.recv(100) == b"unknown"
