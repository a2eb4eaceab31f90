"""STUN: the samples of RFC 5769, and whatever a hostile network sends."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.media import stun

PASSWORD = b"VOkJxbRl1RmTxUk/WvJxBt"
TRANSACTION = bytes.fromhex("b7e7a701bc34d686fa87dfae")
REQUEST = bytes.fromhex(
    "00010058 2112a442 b7e7a701bc34d686fa87dfae"
    "80220010 5354554e207465737420636c69656e74"
    "00240004 6e0001ff"
    "80290008 932ff9b151263b36"
    "00060009 6576746a3a68367659202020"
    "00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
    "80280004 e57a3bcf"
)
ANSWER_V4 = bytes.fromhex(
    "0101003c 2112a442 b7e7a701bc34d686fa87dfae"
    "8022000b 7465737420766563746f7220"
    "00200008 0001a147e112a643"
    "00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7"
    "80280004 c07d4c96"
)
ANSWER_V6 = bytes.fromhex(
    "01010048 2112a442 b7e7a701bc34d686fa87dfae"
    "8022000b 7465737420766563746f7220"
    "00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
    "00080014 a382954e4be67bf11784c97c8292c275bfe3ed41"
    "80280004 c8fb0b4c"
)


def test_the_sample_request_of_rfc_5769_is_read_and_its_signature_holds():
    message = stun.parse(REQUEST)
    assert message is not None
    assert message.kind == stun.BINDING_REQUEST
    assert message.transaction == TRANSACTION
    assert message.attributes[stun.USERNAME] == b"evtj:h6vY"
    assert message.attributes[stun.SOFTWARE] == b"STUN test client"
    assert struct.unpack("!I", message.attributes[stun.PRIORITY]) == (0x6E0001FF,)
    assert message.fingerprinted
    assert stun.is_signed_with(message, PASSWORD)
    assert not stun.is_signed_with(message, PASSWORD[:-1])


@pytest.mark.parametrize(
    ("sample", "address"),
    [(ANSWER_V4, "192.0.2.1"), (ANSWER_V6, "2001:db8:1234:5678:11:2233:4455:6677")],
)
def test_the_sample_answers_of_rfc_5769_tell_the_address_and_are_signed(sample: bytes, address: str):
    message = stun.parse(sample)
    assert message is not None
    assert message.kind == stun.BINDING_SUCCESS
    assert stun.is_signed_with(message, PASSWORD)
    mapped = message.attributes[stun.XOR_MAPPED_ADDRESS]
    assert stun.read_xor_address(mapped, message.transaction) == (address, 32853)
    assert stun.xor_address((address, 32853), message.transaction) == mapped


def test_what_is_built_is_read_back_byte_for_byte():
    attributes = [(stun.USERNAME, b"evtj:h6vY"), (stun.USE_CANDIDATE, b"")]
    raw = stun.build(stun.BINDING_REQUEST, TRANSACTION, attributes, PASSWORD)
    message = stun.parse(raw)
    assert message is not None
    assert message.attributes[stun.USERNAME] == b"evtj:h6vY"
    assert stun.USE_CANDIDATE in message.attributes
    assert message.fingerprinted
    assert stun.is_signed_with(message, PASSWORD)


def test_an_attribute_behind_the_signature_does_not_count():
    signed = stun.build(stun.BINDING_REQUEST, TRANSACTION, [(stun.USERNAME, b"a:b")], PASSWORD)[:-8]
    smuggled = signed + struct.pack("!HH", stun.USE_CANDIDATE, 0)
    smuggled = smuggled[:2] + struct.pack("!H", len(smuggled) - 20) + smuggled[4:]
    message = stun.parse(smuggled)
    assert message is not None
    assert stun.is_signed_with(message, PASSWORD)
    assert stun.USE_CANDIDATE not in message.attributes


def test_a_single_wrong_bit_anywhere_is_noticed():
    for at in range(len(REQUEST)):
        spoiled = bytearray(REQUEST)
        spoiled[at] ^= 0x01
        message = stun.parse(spoiled)
        assert message is None or not message.fingerprinted, f"byte {at}"


def test_attributes_that_must_be_understood_are_named():
    raw = stun.build(stun.BINDING_REQUEST, TRANSACTION, [(0x0666, b"1234"), (0x8666, b"")], PASSWORD)
    message = stun.parse(raw)
    assert message is not None
    assert message.unknown() == [0x0666]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_noise_is_no_message_and_never_an_exception(noise: bytes):
    message = stun.parse(noise)
    assert message is None or message.kind >= 0


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=120), st.integers(0, 0x3FFF))
def test_noise_behind_a_right_header_is_never_an_exception(body: bytes, kind: int):
    body += bytes(-len(body) % 4)
    message = stun.parse(struct.pack("!HHI12s", kind, len(body), stun.COOKIE, TRANSACTION) + body)
    if message is not None:
        assert message.transaction == TRANSACTION
        assert not stun.is_signed_with(message, PASSWORD)
        stun.read_xor_address(message.attributes.get(stun.XOR_MAPPED_ADDRESS, b""), TRANSACTION)
