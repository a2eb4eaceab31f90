"""Messages arrive whole, however the stream is cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.media import messages as m
from warmline.ports.media import LegWish, PlayTone, RecordWish


@settings(deadline=None)
@given(st.lists(st.integers(1, 60), max_size=10))
def test_a_stream_cut_anywhere_gives_the_same_messages(cuts: list[int]):
    sent = [m.Stop(id=1, leg="a"), m.Dial(id=2, leg="b", digits="12"), m.Hello(id=3)]
    stream = b"".join(m.framed(command) for command in sent)
    buffer, found, at = bytearray(), [], 0
    for cut in [*cuts, len(stream)]:
        buffer += stream[at : at + cut]
        at += cut
        found += m.taken(buffer)
    assert [m.COMMANDS.decode(message) for message in found] == sent
    assert not buffer


def test_what_is_nested_survives():
    for command in (
        m.Open(id=1, call="c", leg="l", wish=LegWish(codecs=("PCMA",), srtp="off")),
        m.Play(id=2, leg="l", play="p", items=[PlayTone((440.0,), 100)], loop=True),
        m.Record(id=3, call="c", wish=RecordWish("r", "/var/r", bytes(range(32)), "l", ("a", "b"))),
    ):
        assert m.COMMANDS.decode(m.framed(command)[4:]) == command


def test_a_message_that_is_too_long_is_refused():
    with pytest.raises(ValueError, match="too long"):
        m.taken(bytearray(b"\xff\xff\xff\xff"))
