"""Ports that nobody uses, below those that systems hand out to whoever connects.

A port from the system's own range can be taken for a connection of another test before its program listens.
"""

import random
import socket

_LOW, _HIGH = 10_000, 17_900  # the pool of ports, the house's SIP and its audio are tried above


def is_free(port: int) -> bool:
    """Whether neither datagrams nor connections are taken there."""
    for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True


def free_port() -> int:
    """A port that is free for datagrams and for connections, and so is the next one: phones take it for TLS."""
    for _ in range(200):
        port = random.randrange(_LOW, _HIGH, 2)
        if is_free(port) and is_free(port + 1):
            return port
    raise AssertionError("No ports are free.")
