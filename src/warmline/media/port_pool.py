"""The worker's UDP ports: even ones for RTP, the odd one above for RTCP."""

import errno
import socket
from collections import deque

from warmline.kernel.errors import Refused
from warmline.media.refusals import NO_PORTS

RECEIVE_BUFFER = 64 * 1024


def udp_socket(address: str, port: int) -> socket.socket:
    """Return a bound socket that does not block. Two of ours may share a port: one is for strangers."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        made.bind((address, port))
    except OSError:
        made.close()
        raise
    return made


class PortPool:
    """Ports LOW to HIGH of one address; those given back rest behind all others, for late packets to end.

    `begin`: how many are passed over at first, all the way round. A worker that follows one that was killed begins
    elsewhere: phones send on to the ports of its calls until they are told.
    """

    def __init__(self, address: str, low: int, high: int, begin: int = 0) -> None:
        first = low + low % 2
        self.address = address
        self._free: deque[int] = deque(range(first, high, 2))
        self._free.rotate(-begin)

    @property
    def free(self) -> int:
        return len(self._free)

    def take(self) -> tuple[int, socket.socket, socket.socket]:
        """Return a port with its RTP and RTCP sockets. Raises Refused `media.no_ports`."""
        for _ in range(len(self._free)):
            port = self._free.popleft()
            pair = self._open(port)
            if pair is not None:
                return port, *pair
            self._free.append(port)
        raise Refused(NO_PORTS)

    def _open(self, port: int) -> tuple[socket.socket, socket.socket] | None:
        rtp: socket.socket | None = None
        try:
            self._probe(port)
            self._probe(port + 1)
            rtp = udp_socket(self.address, port)
            return rtp, udp_socket(self.address, port + 1)
        except OSError as problem:
            if rtp is not None:
                rtp.close()
            if problem.errno in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                self._free.append(port)
                raise Refused(NO_PORTS) from problem
            return None

    def _probe(self, port: int) -> None:
        """Fail when anybody has the port: without SO_REUSEPORT nobody shares it."""
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((self.address, port))

    def give_back(self, port: int) -> None:
        self._free.append(port)
