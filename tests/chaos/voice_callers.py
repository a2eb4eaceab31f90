"""Callers by the dozen: light telephones that share one thread, and what each of them heard, and when."""

import itertools
import select
import threading
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from tests.e2e.voice_people import CALLER, SILENT_DB, Person, Town

from media.peer import HEADER, LAWS, RATES, Packet, Peer
from media.tones import LOUD_DB, Samples, tone

PACKET_MS = 20
PACKETS_A_SECOND = 1000 // PACKET_MS


class Board:
    """One thread for many telephones: it sends for all of them every 20 ms and keeps what comes."""

    def __init__(self) -> None:
        self._poll = select.epoll()
        self._by_socket: dict[int, tuple[Handset, Any]] = {}
        self._handsets: dict[int, Handset] = {}
        self._ended = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def add(self, handset: "Handset") -> None:
        for one in (handset.socket, handset.rtcp_socket):
            one.setblocking(False)
            self._by_socket[one.fileno()] = (handset, one)
            self._poll.register(one.fileno(), select.EPOLLIN)
        self._handsets[id(handset)] = handset

    def remove(self, handset: "Handset") -> None:
        self._handsets.pop(id(handset), None)
        for one in (handset.socket, handset.rtcp_socket):
            self._poll.unregister(one.fileno())
            self._by_socket.pop(one.fileno(), None)

    def close(self) -> None:
        self._ended = True
        self._thread.join()
        self._poll.close()

    def _run(self) -> None:
        due = time.monotonic()
        while not self._ended:
            for number, _ in self._poll.poll(max(0.0, due - time.monotonic())):
                if (found := self._by_socket.get(number)) is not None:
                    found[0]._receive(found[1])
            if time.monotonic() >= due:
                due += PACKET_MS / 1000
                for handset in list(self._handsets.values()):
                    handset._tick()


class Handset(Peer):
    """A `Peer` that speaks PCMU and costs little: it decodes what it heard when it is asked."""

    _board: Board

    @classmethod
    def of(cls, board: Board) -> "Handset":
        handset = cls()
        handset._board = board
        handset.say()
        return handset

    def __enter__(self) -> "Handset":
        self._board.add(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._board.remove(self)
        self.socket.close()
        self.rtcp_socket.close()

    def say(self, *frequencies_hz: float, level: float = 8000.0) -> None:
        second = tone(*frequencies_hz, ms=1000, level=level) if frequencies_hz else np.zeros(8000, np.int16)
        coded = self._encoder(second)
        self._said = [coded[at : at + 160] for at in range(0, 8000, 160)]
        self._voice, self._at = second, 0

    def heard(self, ms: int | None = None) -> Samples:
        packets = self.audio()
        chosen = packets if ms is None else packets[-(ms // PACKET_MS) :]
        return self._decoder(b"".join(one.payload for one in chosen))

    def _tick(self) -> None:
        if self._keys or self.to is None or not self.sending:
            super()._tick()
            return
        self.seq = (self.seq + 1) & 0xFFFF
        self.timestamp = (self.timestamp + 160) & 0xFFFFFFFF
        self.send(self.payload_type, self.seq, self.timestamp, self._said[self.seq % PACKETS_A_SECOND])

    def send(self, second: int, seq: int, timestamp: int, payload: bytes, first: int = 0x80) -> None:
        try:
            super().send(second, seq, timestamp, payload, first)
        except OSError:
            return  # nobody listens there now, as the system has been told

    def _receive(self, ready: Any) -> None:
        try:
            data = ready.recv(2048)
        except OSError:
            return
        if ready is self.rtcp_socket or 192 <= data[1] <= 223:
            return
        _, second, seq, timestamp, ssrc = HEADER.unpack_from(data)
        self.packets.append(Packet(time.monotonic(), second > 127, second & 127, seq, timestamp, ssrc, data[12:]))

    # --- what was heard --------------------------------------------------------------------------------

    def sounds(self, since: float, until: float, hz: float | None = None) -> list[float]:
        """When this tone, or without one anything, was heard: monotonic seconds, one a packet."""
        packets = [one for one in self.audio() if since <= one.at <= until and len(one.payload) == 160]
        if not packets:
            return []
        decode, _ = LAWS["PCMU"]
        coded = np.frombuffer(b"".join(one.payload for one in packets), np.uint8).reshape(-1, 160)
        samples = decode[coded].astype(np.float64)
        if hz is None:
            loud = 10 * np.log10(np.mean(samples**2, axis=1) / 32768**2 + 1e-12) > SILENT_DB
        else:
            window = np.hanning(160)
            turning = np.exp(-2j * np.pi * hz * np.arange(160) / RATES["PCMU"])
            heights = 2 * np.abs((samples * window) @ turning) / window.sum()
            loud = 20 * np.log10(heights / 32768 + 1e-9) > LOUD_DB
        return [one.at for one, is_loud in zip(packets, loud, strict=True) if is_loud]

    def longest_gap_s(self, since: float, until: float, hz: float | None = None) -> float:
        """For how long at most it was not heard."""
        moments = [since, *self.sounds(since, until, hz), until]
        return max(later - one for one, later in itertools.pairwise(moments))


class Street(Town):
    """A town whose people share one board: their number costs little."""

    def __init__(self, house: Any) -> None:
        super().__init__(house)
        self.board = Board()

    def person(self, hz: float = 0.0, codec: str = "PCMU", *, telephone_events: bool = True) -> Person:
        handset = Handset.of(self.board).__enter__()
        if hz:
            handset.say(hz)
        person = Person(handset)
        self._people.append(person)
        return person

    async def close(self) -> None:
        try:
            await super().close()
        finally:
            self.board.close()

    async def everybody_hangs_up(self) -> None:
        for person in self._people:
            await person.hang_up()


@dataclass
class Ear:
    """One end of a call: who listens and what they must hear; None: anything but silence."""

    name: str
    person: Person
    hz: float | None = None

    @property
    def handset(self) -> Handset:
        assert isinstance(self.person.peer, Handset)
        return self.person.peer

    def hears(self, since: float, until: float) -> bool:
        return bool(self.handset.sounds(since, until, self.hz))

    def gap_s(self, since: float, until: float) -> float:
        return self.handset.longest_gap_s(since, until, self.hz)


def caller_number(place: int) -> str:
    """A number of its own for each caller."""
    return f"{CALLER[:-3]}{100 + place}"
