"""Frames to and from a speech engine in a process of its own: 4 bytes length, 1 byte kind, content.

A request is a J frame and an A frame (audio, may be empty); its answer is any number of A and J frames, then
E (end) or F (failed, with words). `serve` is the engine's side, which must not print: standard output
carries the frames.
"""

import os
import struct
import sys
from collections.abc import Callable, Iterable
from typing import BinaryIO

import msgspec

JSON, AUDIO, END, FAILED = b"J", b"A", b"E", b"F"
LARGEST = 64 * 1024 * 1024
HEADER = struct.Struct(">Ic")

Request = dict[str, object]
Answer = Callable[[Request, bytes], Iterable[bytes | dict[str, object]]]
"""An engine: one request and its audio in; audio (bytes) and facts (dicts) out, as they are made."""


def frame(kind: bytes, content: bytes = b"") -> bytes:
    return HEADER.pack(len(content), kind) + content


def _read(source: BinaryIO) -> tuple[bytes, bytes] | None:
    header = source.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    length, kind = HEADER.unpack(header)
    if length > LARGEST:
        return None
    content = source.read(length)
    return (kind, content) if len(content) == length else None


def serve(make: Callable[[], Answer]) -> None:
    """Build the engine once, then answer requests from standard input until it is closed."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints must not land among the frames
    os.nice(5)  # calls come first
    engine: Answer | None = None
    source = sys.stdin.buffer
    while (asked := _read(source)) is not None and (audio := _read(source)) is not None:
        try:
            engine = engine or make()
            for part in engine(msgspec.json.decode(asked[1], type=Request), audio[1]):
                if isinstance(part, bytes):
                    out.write(frame(AUDIO, part))
                else:
                    out.write(frame(JSON, msgspec.json.encode(part)))
            out.write(frame(END))
        except BrokenPipeError:
            return
        except Exception as failure:  # the engine's own: told, and the next request may work
            # The name only: an engine's text may quote what it was given to say.
            out.write(frame(FAILED, type(failure).__name__.encode()))
