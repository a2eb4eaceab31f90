"""The way nearly every packet takes: read, counted, recorded, passed on in one function, nothing looked up twice.

It is for a leg that is locked to its source. Whatever is not the next packet of the stream in the agreed codec
goes the long way, `Leg.packet`, before anything has been touched.
"""

import time
from collections.abc import Callable

from warmline.media.leg import Leg
from warmline.media.rtp_packet import RX, RX_UPTO, WORDS

PAYLOADS = [view[12:] for view in RX_UPTO]  # of packets with nothing between header and payload


def reader(leg: Leg) -> Callable[[], None]:
    """Return what reads one packet of a leg's socket as it is now: a locked leg's, connected to its source."""
    receive = leg.rtp.recv_into
    reception = leg.reception
    clock = time.monotonic
    unpack, pack = WORDS.unpack_from, WORDS.pack_into

    def ready() -> None:
        try:
            n = receive(RX)
        except OSError:
            return
        plain = leg.plain
        if not plain:
            if n < 12 or RX[0] & 0xC0 != 0x80 or 192 <= RX[1] <= 223:
                leg.packet(n, None)
                return
            size = leg.transport.unprotect(RX, n)
            if size is None:
                leg.dropped += 1
                return
            n = size
        word, seq, timestamp, ssrc = unpack(RX)
        if word != leg.usual or n <= 12 or ssrc != reception.ssrc or (reception.highest + 1) & 0xFFFF != seq:
            if plain:
                leg.packet(n, None)
            else:
                leg.media(n, None, clock())
            return
        now = clock()
        # As in `Reception.arrived`.
        reception.highest += 1
        reception.received += 1
        hz = reception.clock
        transit = now * hz - timestamp
        off = transit - reception.transit
        if off < 0:
            off = -off
        if off < hz + hz:
            reception.jitter += (off - reception.jitter) * 0.0625
        reception.transit = transit
        leg.heard_at = now
        leg.silent = False
        if leg.jitter is not None:
            leg.jitter.put(seq, bytes(PAYLOADS[n]))
        if leg.secure:
            return
        for recorder in leg.recorders:
            recorder.packet(leg, timestamp, PAYLOADS[n], now)
        relays = leg.relays
        for other in relays:
            player = other.player
            if not other.reachable or other.keys.waiting or (player is not None and not player.mix):
                continue
            out = other.out
            # As in `OutStream.relay` while the stream goes on by one packet and 20 ms. Encrypting happens where
            # the packet is, so only for one who hears it alone.
            own_time = (out.timestamp + out.frame) & 0xFFFFFFFF
            goes_on = out.relayed is leg.stream and own_time == (timestamp + out.timestamp_off) & 0xFFFFFFFF
            if not goes_on or not out.connected or not (out.plain or len(relays) == 1):
                out.relay(leg.stream, seq, timestamp, out.payload_type, RX, 12, n, now)
                continue
            out.timestamp = own_time
            out.seq = own_seq = (seq + out.seq_off) & 0xFFFF
            out.last_at = now
            out.packets += 1
            out.octets += n - 12
            pack(RX, 0, 0x8000 | out.payload_type, own_seq, own_time, out.ssrc)
            size = n if out.plain else out.transport.protect(RX, n)
            try:
                if size:
                    out.sock.send(RX_UPTO[size])
                else:
                    out.unsent += 1
            except OSError:
                out.unsent += 1

    return ready
