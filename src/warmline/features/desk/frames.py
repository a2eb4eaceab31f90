"""The frames a desk sends, as types. Source: docs/protocol/desk.md."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from warmline.features.desk.calls import CallFrame
from warmline.features.desk.commands import DeskCommand, Key

VERSION = 1
Seq = Annotated[int, Meta(ge=0, le=2**53)]


class Hello(Struct, frozen=True, tag_field="t", tag="hello"):
    v: int
    contacts: dict[UUID, Seq] = {}
    device: str = ""


class Cmd(Struct, frozen=True, tag_field="t", tag="cmd"):
    cid: Key
    contact: UUID
    c: DeskCommand


class ChangePresence(Struct, frozen=True, tag_field="t", tag="presence"):
    cid: Key
    presence: Literal["available", "away", "offline"]
    reason: str | None = None
    next: bool = False


class Watch(Struct, frozen=True, tag_field="t", tag="watch"):
    contact: UUID
    seq: Seq = 0


class Unwatch(Struct, frozen=True, tag_field="t", tag="unwatch"):
    contact: UUID


class Typing(Struct, frozen=True, tag_field="t", tag="typing"):
    contact: UUID
    on: bool


class Read(Struct, frozen=True, tag_field="t", tag="read"):
    contact: UUID
    seq: Seq


class WatchBoard(Struct, frozen=True, tag_field="t", tag="board"):
    on: bool


class Ping(Struct, frozen=True, tag_field="t", tag="ping"):
    pass


class Marked(Struct, frozen=True):
    """What even an invalid frame may say: by which mark its answer is awaited."""

    cid: Key | None = None


Frame = Hello | Cmd | ChangePresence | Watch | Unwatch | Typing | Read | WatchBoard | Ping | CallFrame

DECODER = msgspec.json.Decoder(Frame)
ENCODER = msgspec.json.Encoder()
MARKED = msgspec.json.Decoder(Marked)


def cid_of(data: bytes) -> str | None:
    """Return the `cid` of a frame that is otherwise invalid, if it has a valid one."""
    try:
        return MARKED.decode(data).cid
    except msgspec.DecodeError:
        return None
