"""Packets take the short way or the long one, and nobody can tell which: what is heard and counted is the same."""

import base64
import itertools
import select
import socket
import struct
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmline.media import messages as m
from warmline.media.commands import Commands
from warmline.media.engine import Engine
from warmline.media.leg_transport import Address, PlainTransport, Wire
from warmline.media.reception import Reception
from warmline.ports.media import LegReport, LegWish

HEADER = struct.Struct("!BBHII")
SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio {port} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"
)


class Line:
    """A telephone and its leg, in an engine that runs as long as the test says."""

    def __init__(self, desk: "Desk", name: str) -> None:
        self.desk, self.name = desk, name
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self.socket.bind(("127.0.0.1", 0))
        offer = SDP.format(port=self.socket.getsockname()[1])
        answer = desk.do(m.Open(id=0, call="call", leg=name, wish=LegWish(), offer=offer))
        self.socket.connect(("127.0.0.1", int(str(answer).split("m=audio ")[1].split()[0])))

    def reoffer(self, *lines: str) -> None:
        """Describe themselves anew, as phones do that hold a call."""
        offer = SDP.format(port=self.socket.getsockname()[1]) + "".join(f"a={line}\r\n" for line in lines)
        self.desk.do(m.Reoffered(id=0, leg=self.name, sdp=offer))

    def say(self, seq: int, timestamp: int, *, second: int = 0, ssrc: int = 7, payload: bytes = b"") -> None:
        packet = HEADER.pack(0x80, second, seq & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc)
        self.socket.send(packet + (payload or struct.pack("!I", seq) * 40))

    def heard(self) -> list[tuple[int, int, int, int, bytes]]:
        """Return marker and type, number, time, name and payload of what was passed on."""
        found: list[tuple[int, int, int, int, bytes]] = []
        while True:
            try:
                packet = self.socket.recv(2048)
            except BlockingIOError:
                return [one for one in found if one[4][:2] != b"\xff\xff"]
            found.append((*HEADER.unpack_from(packet)[1:], packet[12:]))


class Desk:
    """Two lines that hear each other."""

    def __init__(self) -> None:
        self.engine = Engine("127.0.0.1", 47_000, 47_400)
        self.commands = Commands(self.engine, "127.0.0.1")
        self.customer, self.agent = Line(self, "customer"), Line(self, "agent")
        self.do(m.Route(id=0, call="call", hears={"customer": ["agent"], "agent": ["customer"]}))
        self.engine.after_tick.append(self._end_when_read)

    def do(self, command: m.AnyCommand) -> object:
        return self.commands.carry_out(command)

    def run(self) -> None:
        """Let the engine read all that waits, and tick."""
        self.engine.running = True
        self.engine.run()

    def _end_when_read(self, _: float) -> None:
        legs = self.engine.legs.values()
        sockets = [one for leg in legs for one in (leg.rtp, leg.stranger) if one is not None]
        self.engine.running = bool(select.select(sockets, [], [], 0)[0])

    def report(self, leg: str) -> LegReport:
        found = self.do(m.ReportOf(id=0, leg=leg))
        assert isinstance(found, LegReport)
        return found


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.engine.close()
    made.customer.socket.close()
    made.agent.socket.close()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["next", "lost", "twice", "late", "jump", "anew", "marker", "key"]), max_size=30))
def test_what_is_lost_doubled_late_or_begun_anew_is_counted_and_passed_on_as_the_long_way_does(steps: list[str]):
    desk = Desk()
    try:
        counted = Reception(8000)
        seq, timestamp, ssrc = 65_500, 4_294_960_000, 7
        passed: list[bytes] = []
        for step in ["next", "next", *steps]:
            seq, timestamp = seq + 1, timestamp + 160
            if step == "lost":
                continue
            if step == "jump":
                timestamp += 1600
            if step == "anew":
                ssrc, seq = ssrc + 1, seq + 9_000
            sent = seq - 2 if step == "late" else seq
            payload = struct.pack("!I", sent) * 40
            for _ in range(2 if step == "twice" else 1):
                if step == "key":
                    desk.customer.say(sent, timestamp, second=101, ssrc=ssrc, payload=b"\x05\x0a\x00\xa0")
                    counted.arrived(ssrc, sent & 0xFFFF, timestamp & 0xFFFFFFFF, 0.0)
                    continue
                desk.customer.say(sent, timestamp, ssrc=ssrc, second=128 if step == "marker" else 0)
                if counted.arrived(ssrc, sent & 0xFFFF, timestamp & 0xFFFFFFFF, 0.0):
                    passed.append(payload)
        desk.run()
        heard = desk.agent.heard()
        assert [packet[4] for packet in heard if packet[0] & 127 == 0] == passed
        assert len({packet[3] for packet in heard}) == 1, "one stream, whatever it is made of"
        report = desk.report("customer")
        assert (report.packets_in, report.lost_share) == (
            counted.received_in_all,
            pytest.approx(counted.lost_share, abs=1e-4),
        )
    finally:
        desk.engine.close()
        desk.customer.socket.close()
        desk.agent.socket.close()


def test_numbers_and_times_go_on_by_one_packet_across_their_turn(desk: Desk):
    for at in range(60):
        desk.customer.say(65_510 + at, 4_294_965_000 + 160 * at)
    desk.run()
    heard = desk.agent.heard()
    assert len(heard) == 60
    pairs = list(itertools.pairwise(heard))
    assert {(b[1] - a[1]) & 0xFFFF for a, b in pairs} == {1}
    assert {(b[2] - a[2]) & 0xFFFFFFFF for a, b in pairs} == {160}


def test_a_call_that_is_made_secure_passes_on_nothing_that_arrives_afterwards(desk: Desk):
    desk.customer.say(1, 160)
    desk.customer.say(2, 320)
    desk.run()
    assert len(desk.agent.heard()) == 2
    desk.do(m.Secure(id=0, leg="customer", on=True))
    desk.customer.say(3, 480)
    desk.customer.say(4, 640)
    desk.run()
    assert desk.agent.heard() == []
    assert desk.report("customer").packets_in == 4


def test_a_packet_from_another_port_is_not_taken_by_the_short_way_either(desk: Desk):
    desk.customer.say(1, 160)
    desk.customer.say(2, 320)
    desk.run()
    desk.agent.heard()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.sendto(HEADER.pack(0x80, 0, 3, 480, 7) + bytes(160), desk.customer.socket.getpeername())
    desk.run()
    assert desk.agent.heard() == []
    assert desk.report("customer").packets_in == 2


def test_a_worker_tells_how_many_of_its_ticks_were_late_or_missed(desk: Desk):
    desk.run()
    told = desk.do(m.Hello(id=0))
    assert isinstance(told, dict)
    assert told["ticks"] >= 1
    assert {"late_ticks", "missed_ticks"} <= told.keys()


def _talk(desk: Desk, first: int, count: int = 3) -> int:
    """Let the customer say `count` packets; return how many the agent was passed on."""
    for seq in range(first, first + count):
        desk.customer.say(seq, 160 * seq)
    desk.run()
    return len([packet for packet in desk.agent.heard() if packet[0] & 127 == 0])


def test_a_phone_on_hold_is_sent_nothing_and_hears_on_when_it_resumes(desk: Desk):
    assert _talk(desk, 1) == 3
    desk.agent.reoffer("sendonly")
    assert _talk(desk, 4) == 0
    desk.agent.reoffer("inactive")
    assert _talk(desk, 7) == 0
    desk.agent.reoffer("sendrecv")
    assert _talk(desk, 10) == 3


def test_a_phone_that_moves_to_another_port_is_followed(desk: Desk):
    assert _talk(desk, 1) == 3
    before, leg = desk.agent.socket, desk.engine.legs["agent"]
    desk.agent.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    desk.agent.socket.bind(("127.0.0.1", 0))
    desk.agent.socket.connect(("127.0.0.1", leg.port))
    desk.agent.reoffer()
    assert _talk(desk, 4) == 3
    assert leg.locked is None
    desk.agent.say(1, 160, ssrc=9)
    desk.run()
    assert leg.locked == desk.agent.socket.getsockname()
    assert _talk(desk, 7) == 3
    before.close()


def test_a_phone_that_begins_to_encrypt_is_sent_nothing_in_the_clear(desk: Desk):
    assert _talk(desk, 1) == 3
    key = base64.b64encode(bytes(range(30))).decode()
    desk.agent.reoffer(f"crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{key}")
    for seq in range(4, 7):
        desk.customer.say(seq, 160 * seq)
    desk.run()
    heard = desk.agent.heard()
    assert len(heard) >= 3
    assert {len(packet[4]) for packet in heard} == {160 + 10}, "each has its tag"
    assert struct.pack("!I", 4) * 40 not in b"".join(packet[4] for packet in heard)


def test_a_browser_is_sent_audio_once_its_keys_are_there_and_not_while_its_new_network_is_unproved(desk: Desk):
    leg = desk.engine.legs["agent"]
    transport = _Handshake(leg)
    leg.use(transport)
    desk.engine.changed("call")
    assert _talk(desk, 1) == 0
    transport.becomes(ready=True, remote=desk.agent.socket.getsockname())
    assert _talk(desk, 4) == 3
    transport.becomes(ready=False, remote=None)
    assert _talk(desk, 7) == 0
    transport.becomes(ready=True, remote=desk.agent.socket.getsockname())
    assert _talk(desk, 10) == 3


class _Handshake(PlainTransport):
    """A transport whose keys come and go as the test says; its packets are as they are."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire, offering=False, authenticates=True, ready=False)

    def becomes(self, *, ready: bool, remote: Address | None) -> None:
        self.ready, self.remote = ready, remote
        self.wire.changed()


@pytest.mark.parametrize("together", [True, False], ids=["read together", "read apart"])
def test_a_phone_of_a_call_that_is_gone_sends_on_and_the_described_one_is_heard_and_hears(
    desk: Desk, *, together: bool
):
    """A port that served another call: whoever sends there still, sends ahead of the new caller every time."""
    leg, heard = desk.engine.legs["customer"], 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as gone:
        gone.bind(("127.0.0.1", 0))
        for seq in range(1, 10):
            gone.sendto(HEADER.pack(0x80, 0, 5000 + seq, 160 * seq, 99) + bytes(160), ("127.0.0.1", leg.port))
            if not together:
                desk.run()
            desk.customer.say(seq, 160 * seq)
            desk.run()
            assert leg.locked == desk.customer.socket.getsockname()
            desk.agent.say(seq, 160 * seq, ssrc=9)
            desk.run()
            heard += bool(desk.customer.heard())
    assert heard == 9
