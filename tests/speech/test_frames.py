"""The frames of an engine's process, read byte by byte."""

import subprocess

from speech.engine_of_tests import COMMAND, hum
from warmline.speech.frames import AUDIO, END, FAILED, HEADER, JSON, frame


def exchange(sent: bytes) -> list[tuple[bytes, bytes]]:
    done = subprocess.run(COMMAND, input=sent, capture_output=True, timeout=60, check=True)
    found, at = [], 0
    while at < len(done.stdout):
        length, kind = HEADER.unpack_from(done.stdout, at)
        at += HEADER.size
        found.append((kind, done.stdout[at : at + length]))
        at += length
    return found


def test_what_a_library_prints_never_lands_among_the_frames():
    found = exchange(frame(JSON, b'{"text":"ab"}') + frame(AUDIO, b"xyz"))
    assert [kind for kind, _ in found] == [JSON, AUDIO, END]
    assert b'"heard":3' in found[0][1]
    assert found[1][1] == hum("ab")


def test_several_requests_and_a_failure_keep_their_order():
    asked = b"".join(frame(JSON, b'{"text":"%s"}' % text) + frame(AUDIO) for text in (b"fail", b"b"))
    assert [kind for kind, _ in exchange(asked)] == [FAILED, JSON, AUDIO, END]


def test_half_a_request_or_one_of_absurd_length_ends_the_engine_in_silence():
    assert exchange(frame(JSON, b"{}")[:-1]) == []
    assert exchange(HEADER.pack(2**31, JSON)) == []
    assert exchange(b"") == []
