"""What is said between a controller and a worker: JSON with a length of four bytes, big endian, before it."""

import struct

import msgspec
from msgspec import Struct

from warmline.ports.media import LegWish, MediaEvent, PlayItem, RecordWish

LENGTH = struct.Struct("!I")
MOST_BYTES = 4 * 1024 * 1024


class Command(Struct, frozen=True, tag_field="do", kw_only=True):
    id: int


class Hello(Command, tag="hello", frozen=True): ...


class Open(Command, tag="open", frozen=True):
    call: str
    leg: str
    wish: LegWish
    offer: str | None = None


class Answered(Command, tag="answered", frozen=True):
    leg: str
    sdp: str


class Reoffered(Command, tag="reoffered", frozen=True):
    leg: str
    sdp: str
    anew: bool = False


class Close(Command, tag="close", frozen=True):
    leg: str


class End(Command, tag="end", frozen=True):
    call: str


class Route(Command, tag="route", frozen=True):
    call: str
    hears: dict[str, list[str]]


class Play(Command, tag="play", frozen=True):
    leg: str
    play: str
    items: list[PlayItem]
    loop: bool = False
    barge: bool = False
    mix: bool = False


class Stop(Command, tag="stop", frozen=True):
    leg: str


class Farewell(Command, tag="farewell", frozen=True):
    leg: str
    items: list[PlayItem]


class Dial(Command, tag="dial", frozen=True):
    leg: str
    digits: str


class Secure(Command, tag="secure", frozen=True):
    leg: str
    on: bool


class ListenTo(Command, tag="listen_to", frozen=True):
    leg: str
    path: str | None = None


class Record(Command, tag="record", frozen=True):
    call: str
    wish: RecordWish


class RecordPause(Command, tag="record_pause", frozen=True):
    record: str
    on: bool


class RecordRight(Command, tag="record_right", frozen=True):
    record: str
    right: list[str]


class RecordStop(Command, tag="record_stop", frozen=True):
    record: str


class ReportOf(Command, tag="report", frozen=True):
    leg: str


AnyCommand = (
    Hello
    | Open
    | Answered
    | Reoffered
    | Close
    | End
    | Route
    | Play
    | Stop
    | Farewell
    | Dial
    | Secure
    | ListenTo
    | Record
    | RecordPause
    | RecordRight
    | RecordStop
    | ReportOf
)


class Told(Struct, frozen=True):
    """An event of a call."""

    call: str
    event: MediaEvent


class Reply(Struct, frozen=True, omit_defaults=True):
    """The answer to a command: `ok`, or `error` with the details of the refusal."""

    id: int
    ok: msgspec.Raw = msgspec.Raw(b"null")
    error: str | None = None
    details: dict[str, str | int | float | None] = {}


class FromWorker(Struct, frozen=True):
    """Either of both, as the client reads it."""

    id: int | None = None
    ok: msgspec.Raw = msgspec.Raw(b"null")
    error: str | None = None
    details: dict[str, str | int | float | None] = {}
    call: str | None = None
    event: MediaEvent | None = None


ENCODER = msgspec.json.Encoder()
COMMANDS = msgspec.json.Decoder(AnyCommand)
FROM_WORKER = msgspec.json.Decoder(FromWorker)


def framed(message: Struct) -> bytes:
    """Return a message as it is sent."""
    body = ENCODER.encode(message)
    return LENGTH.pack(len(body)) + body


def taken(buffer: bytearray) -> list[bytes]:
    """Take the whole messages from the start of a buffer. Raises ValueError when one is too long."""
    found: list[bytes] = []
    at = 0
    while len(buffer) - at >= 4:
        size = LENGTH.unpack_from(buffer, at)[0]
        if size > MOST_BYTES:
            raise ValueError("A message is too long.")
        if len(buffer) - at - 4 < size:
            break
        found.append(bytes(buffer[at + 4 : at + 4 + size]))
        at += 4 + size
    del buffer[:at]
    return found
