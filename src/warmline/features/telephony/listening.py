"""Hearing a recording: its outline, and any part of its audio. Source: RFC 9110, section 14 (range requests)."""

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Response
from msgspec import Struct

from warmline.features.telephony.recordings import GONE, Opened
from warmline.kernel.errors import Refused

if TYPE_CHECKING:
    from warmline.media.recording_reader import RecordingReader

COLUMNS = 600  # of the outline
PIECE_BYTES = 1024 * 1024  # at most in one answer: a minute of stereo; players ask for the next by themselves
RANGE = re.compile(r"bytes=(\d{1,15})?-(\d{1,15})?")


class Outline(Struct, frozen=True):
    """How long a recording is, and the loudest sample of each stretch: customer, agent."""

    seconds: float
    peaks: tuple[list[float], list[float]]


class Part(Struct, frozen=True):
    """Bytes `start` to `stop` (exclusive) of `total`."""

    start: int
    stop: int
    total: int
    content: bytes


async def outline_of(opened: Opened) -> Outline:
    """Return a recording's outline. Raises Refused `telephony.recording_gone` when it cannot be read."""
    return await asyncio.to_thread(_outline, opened.path, opened.key)


async def audio_answer(opened: Opened, wanted: str | None) -> Response:
    """Return what a `Range` header asks for, or the beginning; 416 for what lies behind the end."""
    part = await asyncio.to_thread(_part, opened.path, opened.key, wanted)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if part.start >= part.total:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{part.total}"})
    whole = wanted is None and part.stop == part.total
    if not whole:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{part.total}"
    return Response(part.content, 200 if whole else 206, headers, media_type="audio/wav")


def _outline(path: Path, key: bytes) -> Outline:
    with _open(path, key) as reader:
        return Outline(reader.duration_ms / 1000, reader.peaks(COLUMNS))


def _part(path: Path, key: bytes, wanted: str | None) -> Part:
    with _open(path, key) as reader:
        total = reader.wav_bytes
        start, stop = span(wanted, total)
        return Part(start, stop, total, b"".join(reader.wav(start, stop)))


def _open(path: Path, key: bytes) -> "RecordingReader":
    # Its numpy takes a fifth of a second to load and 30 MB: for those who listen, not for every web process.
    from warmline.media.recording_reader import RecordingReader

    try:
        return RecordingReader(path, key)
    except (OSError, ValueError):
        raise Refused(GONE) from None


def span(wanted: str | None, total: int) -> tuple[int, int]:
    """Return which bytes to give for a `Range` header: start and stop (exclusive), `PIECE_BYTES` at most.

    What cannot be understood counts as not said.
    """
    found = RANGE.fullmatch(wanted.strip()) if wanted else None
    first, last = found.groups() if found else (None, None)
    if first is None and last is not None:  # so many bytes of the end
        start, stop = max(0, total - int(last)), total
    else:
        start = int(first or 0)
        stop = total if last is None else min(int(last) + 1, total)
    return start, max(start, min(stop, start + PIECE_BYTES))
