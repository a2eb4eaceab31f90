"""RTCP (RFC 3550, 6.4): sender and receiver reports with one block, a name, and reading them."""

import struct
from dataclasses import dataclass

NTP_OFFSET_S = 2_208_988_800
SENDER, RECEIVER, DESCRIPTION, BYE = 200, 201, 202, 203
_BLOCK = struct.Struct("!IIIIII")


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """What one side says about the stream of `ssrc`. `lost_share` in 1/256 since its last report."""

    ssrc: int
    lost_share: int
    lost: int
    highest: int
    jitter: int
    last_sender_report: int
    delay: int  # since that report, in 1/65536 s

    def pack(self) -> bytes:
        lost = max(-0x800000, min(0x7FFFFF, self.lost)) & 0xFFFFFF
        return _BLOCK.pack(
            self.ssrc,
            self.lost_share << 24 | lost,
            self.highest & 0xFFFFFFFF,
            self.jitter & 0xFFFFFFFF,
            self.last_sender_report,
            self.delay & 0xFFFFFFFF,
        )


@dataclass(frozen=True, slots=True)
class Heard:
    """What a compound packet said. `middle`: the middle 32 bits of the sender's NTP time, None without one."""

    middle: int | None
    blocks: tuple[ReportBlock, ...]
    bye: bool = False


def ntp_middle(unix_s: float) -> int:
    """Return the middle 32 bits of an NTP time."""
    return int((unix_s + NTP_OFFSET_S) * 65536) & 0xFFFFFFFF


def report(
    ssrc: int, unix_s: float, sent: tuple[int, int, int] | None, block: ReportBlock | None, name: str
) -> bytes:
    """Return a compound packet. `sent`: (timestamp now, packets, octets) of a sender, None for a mere receiver."""
    blocks = block.pack() if block else b""
    count = 0x80 | (1 if block else 0)
    if sent is None:
        first = struct.pack("!BBHI", count, RECEIVER, 1 + len(blocks) // 4, ssrc)
    else:
        whole = unix_s + NTP_OFFSET_S
        ntp = int(whole) << 32 | int((whole % 1) * (1 << 32))
        timestamp, packets, octets = sent
        first = struct.pack(
            "!BBHIQIII",
            count,
            SENDER,
            6 + len(blocks) // 4,
            ssrc,
            ntp,
            timestamp & 0xFFFFFFFF,
            packets & 0xFFFFFFFF,
            octets & 0xFFFFFFFF,
        )
    text = name.encode()
    item = struct.pack("!IBB", ssrc, 1, len(text)) + text + b"\0"
    item += bytes(-len(item) % 4)
    return first + blocks + struct.pack("!BBH", 0x81, DESCRIPTION, len(item) // 4) + item


def read(data: bytes | bytearray | memoryview) -> Heard | None:
    """Return what a compound packet says, None when it is not RTCP."""
    middle: int | None = None
    blocks: list[ReportBlock] = []
    bye = False
    at = 0
    while at + 8 <= len(data):
        first, kind, words = struct.unpack_from("!BBH", data, at)
        end = at + 4 * (words + 1)
        if first >> 6 != 2 or end > len(data):
            return None
        if kind == SENDER and end - at >= 28:
            middle = struct.unpack_from("!I", data, at + 10)[0]
        if kind in (SENDER, RECEIVER):
            here = at + (28 if kind == SENDER else 8)
            for _ in range(first & 31):
                if here + 24 > end:
                    break
                blocks.append(_block(data, here))
                here += 24
        bye = bye or kind == BYE
        at = end
    return Heard(middle, tuple(blocks), bye) if at else None


def _block(data: bytes | bytearray | memoryview, at: int) -> ReportBlock:
    ssrc, loss, highest, jitter, last, delay = _BLOCK.unpack_from(data, at)
    lost = loss & 0xFFFFFF
    return ReportBlock(ssrc, loss >> 24, lost - (lost >> 23 << 24), highest, jitter, last, delay)


def round_trip_ms(block: ReportBlock, unix_s: float) -> float | None:
    """Return the round trip a report about us tells (RFC 3550, figure 2)."""
    if not block.last_sender_report:
        return None
    taken = (ntp_middle(unix_s) - block.last_sender_report - block.delay) & 0xFFFFFFFF
    return taken * 1000 / 65536 if taken < 0x80000000 else None
