"""A leg goes on at another port, with whoever is there now: what is still sent to the one before is nobody's."""

import socket

from warmline.media.leg import Leg


def move(leg: Leg, port: int, rtp: socket.socket, rtcp: socket.socket) -> int:
    """Give the leg these sockets; return the port it had. What is agreed next is taken as if it were first."""
    before = leg.port
    for sock in (leg.rtp, leg.rtcp, leg.stranger):
        if sock is not None:
            leg.host.unwatch(sock)
            sock.close()
    leg.port, leg.rtp, leg.rtcp, leg.stranger = port, rtp, rtcp, None
    leg.local = (leg.local[0], port)
    leg.agreed = leg.locked = leg.peer = None
    leg.usual = -1
    leg.out.sock, leg.out.connected, leg.out.remote = rtp, False, None
    leg.host.watch(rtp, leg._unlocked)  # pyright: ignore[reportPrivateUsage] -- as when it was opened
    leg.host.watch(rtcp, leg._on_rtcp)  # pyright: ignore[reportPrivateUsage]
    return before
