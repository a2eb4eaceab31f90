"""The frames a widget sends, as types. Source: docs/protocol/widget.md."""

from uuid import UUID

import msgspec
from msgspec import Struct

from warmline.kernel.locale import Locale

VERSION = 1


class Hello(Struct, frozen=True, tag_field="t", tag="hello"):
    v: int
    key: str
    visitor: str | None = None
    locale: str | None = None
    contact: UUID | None = None
    seq: int = 0
    page: str | None = None


class Start(Struct, frozen=True, tag_field="t", tag="start"):
    cid: str
    locale: Locale
    attributes: dict[str, str] = {}


class Say(Struct, frozen=True, tag_field="t", tag="say"):
    cid: str
    text: str = ""
    value: str | None = None
    attachments: tuple[UUID, ...] = ()


class Typing(Struct, frozen=True, tag_field="t", tag="typing"):
    on: bool


class Read(Struct, frozen=True, tag_field="t", tag="read"):
    seq: int


class SwitchLocale(Struct, frozen=True, tag_field="t", tag="locale"):
    locale: Locale


class End(Struct, frozen=True, tag_field="t", tag="end"):
    pass


class ResumeAfter(Struct, frozen=True, tag_field="t", tag="resume"):
    contact: UUID
    seq: int


class Ping(Struct, frozen=True, tag_field="t", tag="ping"):
    pass


Frame = Hello | Start | Say | Typing | Read | SwitchLocale | End | ResumeAfter | Ping

DECODER = msgspec.json.Decoder(Frame)
ENCODER = msgspec.json.Encoder()
