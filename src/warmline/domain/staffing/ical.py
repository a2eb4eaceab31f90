"""Shifts as an iCalendar, for any calendar program. Source: RFC 5545; RFC 7986, sections 5.1 and 5.7."""

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct

OCTETS_AT_MOST = 75
PRODUCT = "-//Warmline//Staffing//EN"


class Entry(Struct, frozen=True):
    """One event. `uid` never changes; `revision` rises with every change of it. Instants with a zone."""

    uid: str
    start_at: datetime
    end_at: datetime
    summary: str
    description: str = ""
    revision: int = 0
    cancelled: bool = False


def escaped(text: str) -> str:
    """Return text as a value. Source: RFC 5545, section 3.3.11; other control characters may not occur."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(letter for letter in plain if letter in "\n\t" or (letter >= " " and letter != "\x7f"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a content line in pieces of at most 75 octets, no letter cut in two. Source: section 3.1."""
    pieces: list[str] = []
    piece, octets = "", 0
    for letter in line:
        size = len(letter.encode())
        if octets + size > OCTETS_AT_MOST:
            pieces.append(piece)
            piece, octets = " ", 1
        piece += letter
        octets += size
    return "\r\n".join([*pieces, piece])


def stamp(at: datetime) -> str:
    """Return an instant as UTC. Source: section 3.3.5, form 2."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def write_calendar(name: str, entries: Iterable[Entry], now: datetime) -> str:
    """Return the calendar document, lines ended by CR LF."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{escaped(entry.uid)}",
            f"DTSTAMP:{stamp(now)}",
            f"DTSTART:{stamp(entry.start_at)}",
            f"DTEND:{stamp(entry.end_at)}",
            f"SEQUENCE:{entry.revision}",
            f"SUMMARY:{escaped(entry.summary)}",
        ]
        if entry.description:
            lines.append(f"DESCRIPTION:{escaped(entry.description)}")
        lines += [f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}", "TRANSP:OPAQUE", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)
