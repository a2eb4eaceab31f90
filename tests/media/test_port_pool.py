"""Ports are taken in pairs, given back, and refused when there are none."""

import socket

import pytest

from warmline.kernel.errors import Refused
from warmline.media.port_pool import PortPool, udp_socket

LOW = 22_400


def test_ports_run_out_and_come_back():
    pool = PortPool("127.0.0.1", LOW, LOW + 4)
    taken = [pool.take() for _ in range(2)]
    assert [port for port, _, _ in taken] == [LOW, LOW + 2]
    assert [rtcp.getsockname()[1] for _, _, rtcp in taken] == [LOW + 1, LOW + 3]
    with pytest.raises(Refused, match=r"media\.no_ports"):
        pool.take()
    for port, rtp, rtcp in taken:
        rtp.close()
        rtcp.close()
        pool.give_back(port)
    assert pool.free == 2


def test_a_worker_that_begins_elsewhere_comes_round_to_all_ports():
    pool = PortPool("127.0.0.1", LOW, LOW + 8, begin=3)
    taken = [pool.take() for _ in range(4)]
    assert [port for port, _, _ in taken] == [LOW + 6, LOW, LOW + 2, LOW + 4]
    for _, rtp, rtcp in taken:
        rtp.close()
        rtcp.close()


def test_a_port_somebody_else_has_is_passed_over():
    pool = PortPool("127.0.0.1", LOW + 10, LOW + 14)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", LOW + 11))
        port, rtp, rtcp = pool.take()
    assert port == LOW + 12
    rtp.close()
    rtcp.close()


def test_a_connected_socket_and_one_for_strangers_share_a_port():
    with udp_socket("127.0.0.1", LOW + 20) as connected, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as known:
        known.bind(("127.0.0.1", 0))
        connected.connect(known.getsockname())
        with (
            udp_socket("127.0.0.1", LOW + 20) as strangers,
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unknown,
        ):
            known.sendto(b"known", ("127.0.0.1", LOW + 20))
            unknown.sendto(b"unknown", ("127.0.0.1", LOW + 20))
            assert connected.recv(100) == b"known"
            assert strangers.recv(100) == b"unknown"
