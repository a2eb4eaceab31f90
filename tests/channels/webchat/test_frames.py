"""What a widget may not send is refused at the door, naming the field, before anything is looked up or written."""

import msgspec
import pytest

from warmline.channels.webchat import frames
from warmline.channels.webchat.frames import DECODER, ENCODER, Say
from warmline.domain.contact.commands import CancelCallback, CustomerEnds, CustomerLocale, RequestCallback


@pytest.mark.parametrize(
    ("frame", "field"),
    [
        ({"t": "say", "cid": "", "text": "hi"}, "cid"),
        ({"t": "say", "cid": "a\x00b", "text": "hi"}, "cid"),
        ({"t": "say", "cid": "c" * 101, "text": "hi"}, "cid"),
        ({"t": "say", "cid": "c", "value": "v" * 501}, "value"),
        ({"t": "start", "cid": "", "locale": "en"}, "cid"),
        ({"t": "hello", "v": 1, "key": "k", "seq": -1}, "seq"),
        ({"t": "hello", "v": 1, "key": "k", "seq": 10**18}, "seq"),
        ({"t": "resume", "contact": "00000000-0000-0000-0000-000000000001", "seq": 10**30}, "seq"),
        ({"t": "read", "seq": -5}, "seq"),
    ],
)
def test_a_field_out_of_bounds_is_named(frame: dict[str, object], field: str):
    with pytest.raises(msgspec.ValidationError, match=rf"\$\.{field}"):
        DECODER.decode(ENCODER.encode(frame))


def test_ordinary_frames_are_read():
    assert DECODER.decode(b'{"t":"say","cid":"3f2c","text":"a\\u0000b"}') == Say("3f2c", "a\x00b")


@pytest.mark.parametrize(
    ("frame", "command"),
    [
        (frames.SwitchLocale("ja"), CustomerLocale("ja")),
        (frames.CallMe("c", "+821012345678"), RequestCallback("+821012345678")),
        (frames.CallOff("c"), CancelCallback()),
        (frames.End(), CustomerEnds()),
    ],
)
def test_each_wish_is_a_command_to_the_contact(frame, command):
    assert frames.command_of(frame, "ko") == command
