import random
import struct

import pytest

from warmline.voice.resolve import (
    Place,
    Service,
    ask_srv,
    in_order,
    read_srv,
    resolve,
    srv_question,
    system_nameservers,
)


def answer(question: bytes, number: int, services: list[Service]) -> bytes:
    body = b""
    for s in services:
        target = b"".join(bytes([len(p)]) + p.encode() for p in s.target.split(".")) + b"\0"
        data = struct.pack("!3H", s.priority, s.weight, s.port) + target
        body += b"\xc0\x0c" + struct.pack("!HHIH", 33, 1, 60, len(data)) + data
    return struct.pack("!6H", number, 0x8180, 1, len(services), 0, 0) + question[12:] + body


def test_services_are_read_from_an_answer():
    services = [Service(10, 5, 5060, "a.example"), Service(20, 0, 5070, "b.example")]
    question = srv_question("_sip._udp.carrier.example", 7)

    assert read_srv(answer(question, 7, services), 7) == services


@pytest.mark.parametrize("data", [b"", b"\0\7", b"\0" * 12, b"\0\7\x81\x80\0\1\0\1\0\0\0\0\xc0\x0c\0\0\0\0"])
def test_what_is_no_answer_is_refused(data: bytes):
    with pytest.raises(ValueError, match=r"answer|name"):
        read_srv(data, 7)


def test_lower_priorities_come_first_and_weights_share_the_rest():
    services = [Service(20, 0, 1, "late"), Service(10, 90, 1, "often"), Service(10, 10, 1, "seldom")]
    firsts = [in_order(services, random.Random(n))[0].target for n in range(200)]

    assert in_order(services, random.Random(1))[-1].target == "late"
    assert 150 < firsts.count("often") < 200


async def test_an_address_is_taken_as_it_is_and_a_name_is_looked_up():
    assert await resolve("192.0.2.1", None, "tls") == [Place("192.0.2.1", 5061)]
    assert await resolve("[2001:db8::1]", 5070, "udp") == [Place("2001:db8::1", 5070)]
    found = await resolve("localhost", 5060, "udp")
    assert Place("127.0.0.1", 5060, "localhost") in found


async def test_nobody_who_answers_means_no_services():
    assert await ask_srv("_sip._udp.carrier.example", ("127.0.0.1#9",)) == []
    assert isinstance(system_nameservers(), tuple)
