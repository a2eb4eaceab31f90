"""The frames a widget sends, as types. Source: docs/protocol/widget.md."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from warmline.channels.webchat.phones import read_phone
from warmline.domain.contact.commands import (
    CameFromHelp,
    CancelCallback,
    CustomerEnds,
    CustomerLocale,
    RequestCallback,
)
from warmline.kernel.locale import Locale

VERSION = 1
Cid = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
Seq = Annotated[int, Meta(ge=0, le=2**53)]
Phone = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[^\x00]*$")]  # as it is typed
Zone = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$")]
Moment = Annotated[datetime, Meta(tz=True)]
Name = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
Entry = Annotated[str, Meta(max_length=4_000, pattern=r"^[^\x00]*$")]
HelpName = Literal["help_page", "help_field", "help_answers"]
HelpText = Annotated[str, Meta(max_length=500, pattern=r"^[^\x00]*$")]
Choice = Annotated[str, Meta(max_length=500, pattern=r"^[^\x00]*$")]


class Hello(Struct, frozen=True, tag_field="t", tag="hello"):
    v: int
    key: str
    visitor: str | None = None
    locale: str | None = None
    contact: UUID | None = None
    seq: Seq = 0
    page: str | None = None


class Start(Struct, frozen=True, tag_field="t", tag="start"):
    cid: Cid
    locale: Locale
    attributes: dict[str, str] = {}


class Say(Struct, frozen=True, tag_field="t", tag="say"):
    cid: Cid
    text: str = ""
    value: Choice | None = None
    attachments: tuple[UUID, ...] = ()
    fields: Annotated[dict[Name, Entry], Meta(max_length=40)] | None = None  # of a filled card


class Typing(Struct, frozen=True, tag_field="t", tag="typing"):
    on: bool


class Read(Struct, frozen=True, tag_field="t", tag="read"):
    seq: Seq


class SwitchLocale(Struct, frozen=True, tag_field="t", tag="locale"):
    locale: Locale


class FromHelp(Struct, frozen=True, tag_field="t", tag="from_help"):
    """A help page led back to the open contact; what `help_page`, `help_field` and `help_answers` say."""

    attributes: Annotated[dict[HelpName, HelpText], Meta(max_length=3)]


class End(Struct, frozen=True, tag_field="t", tag="end"):
    pass


class CallMe(Struct, frozen=True, tag_field="t", tag="call_me"):
    """Rather be called than wait; while a call is promised, at another time."""

    cid: Cid
    phone: Phone | None = None
    not_before: Moment | None = None
    not_after: Moment | None = None
    time_zone: Zone | None = None


class CallTimes(Struct, frozen=True, tag_field="t", tag="call_times"):
    """Whether this line calls back, and in which half hours."""

    cid: Cid


class CallOff(Struct, frozen=True, tag_field="t", tag="call_off"):
    cid: Cid


class ResumeAfter(Struct, frozen=True, tag_field="t", tag="resume"):
    contact: UUID
    seq: Seq


class Call(Struct, frozen=True, tag_field="t", tag="call"):
    """Call, or come back into the running call after a reload."""

    cid: Cid
    sdp: Annotated[str, Meta(min_length=1, max_length=20_000)]


class PressKeys(Struct, frozen=True, tag_field="t", tag="call_keys"):
    keys: Annotated[str, Meta(min_length=1, max_length=32, pattern=r"^[0-9*#]+$")]


class HangUp(Struct, frozen=True, tag_field="t", tag="call_end"):
    cid: Cid


class Ping(Struct, frozen=True, tag_field="t", tag="ping"):
    pass


class Marked(Struct, frozen=True):
    """What a refusal of a frame that cannot be read is addressed to, if that much of it can be."""

    cid: Cid | None = None


Frame = (
    Hello
    | Start
    | Say
    | Typing
    | Read
    | SwitchLocale
    | FromHelp
    | CallMe
    | CallTimes
    | CallOff
    | End
    | ResumeAfter
    | Ping
    | Call
    | PressKeys
    | HangUp
)

Wish = CustomerLocale | CameFromHelp | RequestCallback | CancelCallback | CustomerEnds

DECODER = msgspec.json.Decoder(Frame)
MARKED = msgspec.json.Decoder(Marked)
ENCODER = msgspec.json.Encoder()


def command_of(frame: SwitchLocale | FromHelp | CallMe | CallOff | End, locale: Locale) -> Wish:
    """Return what a customer asks of their contact with this frame. Raises Refused for what is no number."""
    match frame:
        case SwitchLocale():
            return CustomerLocale(frame.locale)
        case FromHelp():
            return CameFromHelp({**frame.attributes})
        case CallMe():
            phone = None if frame.phone is None else read_phone(frame.phone, locale)
            return RequestCallback(phone, frame.not_before, frame.not_after, frame.time_zone)
        case CallOff():
            return CancelCallback()
        case End():
            return CustomerEnds()


def cid_of(data: bytes) -> str | None:
    """Return the `cid` of a frame that is otherwise invalid, if it has a valid one."""
    try:
        return MARKED.decode(data).cid
    except msgspec.DecodeError:
        return None
