"""How a leg fares: RTCP both ways, and the report of it."""

import random
import time

from warmline.media import rtcp
from warmline.media.leg import Leg
from warmline.media.leg_transport import SPARE
from warmline.media.reception import mos
from warmline.ports.media import LegReport

EVERY_S = 5.0


def read_report(leg: Leg, data: memoryview) -> None:
    """Take what the other side says."""
    heard = rtcp.read(data)
    if heard is None:
        return
    if heard.middle is not None:
        leg.sender_report = (heard.middle, time.monotonic())
    for block in heard.blocks:
        if block.ssrc == leg.out.ssrc:
            leg.remote_lost = max(0.0, min(1.0, block.lost / leg.out.packets)) if leg.out.packets else 0.0
            taken = rtcp.round_trip_ms(block, time.time())
            if taken is not None:
                leg.round_trip_ms = taken


def send_report(leg: Leg, now: float) -> None:
    """Send ours if it is due."""
    if now < leg.rtcp_due or leg.agreed is None or not leg.transport.ready:
        return
    leg.rtcp_due = now + EVERY_S * random.uniform(0.5, 1.5)  # noqa: S311 (RFC 3550 spreads reports)
    packet = _packet(leg, now)
    buffer = bytearray(packet) + bytes(SPARE)
    n = leg.transport.protect_rtcp(buffer, len(packet))
    if not n:
        return
    view = memoryview(buffer)[:n]
    if leg.rtcp is None:
        leg.out.raw(view)
    elif leg.remote_rtcp is not None:
        try:
            leg.rtcp.sendto(view, leg.remote_rtcp)
        except OSError:
            leg.out.unsent += 1


def _packet(leg: Leg, now: float) -> bytes:
    reception, out = leg.reception, leg.out
    block = None
    if reception.highest >= 0:
        middle, came = leg.sender_report or (0, now)
        block = rtcp.ReportBlock(
            reception.ssrc,
            reception.since_last_report(),
            reception.lost,
            reception.highest,
            int(reception.jitter),
            middle,
            int((now - came) * 65536),
        )
    since = int((now - out.last_at) / 0.02 * out.frame)
    sent = (out.timestamp + since, out.packets, out.octets) if out.packets else None
    return rtcp.report(out.ssrc, time.time(), sent, block, "warmline")


def leg_report(leg: Leg, now: float) -> LegReport:
    """Return how the leg fared so far."""
    reception = leg.reception
    score = mos(leg.codec_in, reception.lost_share, reception.jitter_ms, leg.round_trip_ms)
    return LegReport(
        leg=leg.name,
        codec=leg.codec_out,
        packets_in=reception.received_in_all,
        packets_out=leg.out.packets,
        lost_share=round(reception.lost_share, 5),
        jitter_ms=round(reception.jitter_ms, 2),
        round_trip_ms=round(leg.round_trip_ms, 2) if leg.round_trip_ms is not None else None,
        mos=round(score, 2) if reception.highest >= 0 else None,
        remote_lost_share=leg.remote_lost,
        seconds=round(now - leg.opened_at, 1),
    )
