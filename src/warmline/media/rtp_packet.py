"""The header of an RTP packet (RFC 3550, 5.1), and the two buffers all packets of a worker pass through."""

import struct

from warmline.media.leg_transport import SPARE

HEADER = struct.Struct("!BBHII")
WORDS = struct.Struct("!HHII")  # the header with its first two bytes as one number
MTU = 2048
# One thread, one packet at a time: what arrives is in RX, what we make is in TX; `…_UPTO[n]` is its first n bytes.
RX = bytearray(MTU + SPARE)
RX_UPTO = [memoryview(RX)[:n] for n in range(len(RX) + 1)]
TX = bytearray(MTU + SPARE)
TX_UPTO = [memoryview(TX)[:n] for n in range(len(TX) + 1)]


def payload_bounds(packet: bytearray, n: int) -> tuple[int, int]:
    """Return where the payload of packet[:n] begins and ends, without sources, extension and padding.

    The begin lies behind the end when there is none.
    """
    first = packet[0]
    start = 12 + 4 * (first & 15)
    if first & 0x10:
        start += 4 + 4 * int.from_bytes(packet[start + 2 : start + 4]) if start + 4 <= n else n
    if first & 0x20:
        n -= packet[n - 1]
    return start, n
