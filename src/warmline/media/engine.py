"""The media engine: one thread, epoll for what arrives, a tick every 20 ms for what is sent on time.

Ticks have absolute deadlines, so that a late one does not make the next late. Packets that one leg alone hears, in
its own codec, are passed on as they arrive; everything else waits for the tick.
"""

import queue
import resource
import select
import socket
import time
import traceback
from collections import deque
from collections.abc import Callable

from warmline.media import tick
from warmline.media.clips import ClipCache, Player
from warmline.media.leg import Leg
from warmline.media.leg_flow import reader
from warmline.media.leg_report import leg_report, send_report
from warmline.media.plan import Call, replan
from warmline.media.port_pool import PortPool
from warmline.media.recording import Recording
from warmline.media.recording_writer import RecordingWriter, Writing
from warmline.ports.media import (
    Digit,
    DigitSource,
    LegReport,
    LegSilent,
    LegUp,
    MediaEvent,
    Played,
    Recorded,
    RecordingFailed,
    Report,
)

TICK_S = 0.02
HOPELESS_S = 0.2  # a thread that was away longer does not catch up: what was due is silence
# Packets that come closer together than this are left to gather and read at once: to wake for one costs several
# times what passing it on does. It is the most that is added to a packet's way, half of it on average.
GATHER_S = 0.003
HOUSEKEEPING_TICKS = 25
REPORT_TICKS = 250
EVENTS_AT_MOST = 10_000
SILENT_AFTER_S = 10.0
FAILURES_TOLD = 50


class Engine:
    """Legs, calls and time. Commands come from whoever holds it, on the same thread; events wait in `events`."""

    def __init__(
        self, address: str, low: int, high: int, silent_after_s: float = SILENT_AFTER_S, *, begin: int = 0
    ) -> None:
        self.ports = PortPool(address, low, high, begin)
        self.calls: dict[str, Call] = {}
        self.legs: dict[str, Leg] = {}
        self.recordings: dict[str, tuple[Recording, Writing]] = {}
        self.events: deque[tuple[str, MediaEvent]] = deque(maxlen=EVENTS_AT_MOST)
        self.clips = ClipCache()
        self.ticks = self.late_ticks = self.missed_ticks = 0
        self.after_tick: list[Callable[[float], None]] = []
        self.running = True
        self.failures = 0
        self._silent_after_s = silent_after_s
        self._epoll = select.epoll()
        self._ready: dict[int, Callable[[], None]] = {}
        self._written: queue.SimpleQueue[Recorded | RecordingFailed] = queue.SimpleQueue()
        self.writer = RecordingWriter(self._written.put)
        self._dirty: set[str] = set()
        self._missed: dict[str, int] = {}  # legs told to be silent, and how many packets they had sent by then
        # As last planned: all legs, those that decode, those somebody listens to.
        self._all: list[Leg] = []
        self._decoding: list[Leg] = []
        self._tapped: list[Leg] = []

    # --- what legs ask of their host ---------------------------------------------------------------

    def tell(self, call: str, event: MediaEvent) -> None:
        self.events.append((call, event))

    def watch(self, sock: socket.socket, ready: Callable[[], None]) -> None:
        """Call `ready` whenever `sock` may be read."""
        descriptor = sock.fileno()
        if descriptor not in self._ready:
            self._epoll.register(descriptor, select.EPOLLIN)
        self._ready[descriptor] = ready

    def unwatch(self, sock: socket.socket) -> None:
        descriptor = sock.fileno()
        if self._ready.pop(descriptor, None) is not None and not self._epoll.closed:
            self._epoll.unregister(descriptor)

    def watch_writing(self, sock: socket.socket, wanted: bool) -> None:
        """Wake, too, when a watched socket may be written."""
        if not self._epoll.closed:
            self._epoll.modify(sock.fileno(), select.EPOLLIN | (select.EPOLLOUT if wanted else 0))

    def changed(self, call: str) -> None:
        self._dirty.add(call)

    def pressed(self, leg: Leg, key: str, source: DigitSource) -> None:
        """Tell a key; it stops a prompt that allows it, and is passed on to legs that hear this one mixed."""
        self.tell(leg.call, Digit(leg.name, key, source))
        if leg.player is not None and leg.player.barge:
            self.play_ended(leg, to_the_end=False)
        call = self.calls.get(leg.call)
        if call is not None and call.mix is not None and not leg.secure and source == "rfc4733":
            for other, _ in call.mix.listeners:
                agreed = other.agreed
                if leg.name in call.hears.get(other.name, ()) and agreed and agreed.event_out is not None:
                    other.keys.dial(key)

    def reader(self, leg: Leg) -> Callable[[], None]:
        return reader(leg)

    # --- calls and plays -------------------------------------------------------------------------

    def replan(self) -> None:
        """Work out anew who hears whom wherever something changed."""
        if not self._dirty:
            return
        while self._dirty:
            call = self.calls.get(self._dirty.pop())
            if call is not None:
                self._assign_recorders(call)
                replan(call)
                for leg in call.legs.values():
                    leg.review()
        self._all = list(self.legs.values())
        self._decoding = [leg for leg in self._all if leg.jitter is not None]
        self._tapped = [leg for leg in self._all if leg.tap is not None]

    def _assign_recorders(self, call: Call) -> None:
        for leg in call.legs.values():
            leg.recorders = []
        for record in call.recordings:
            recording = self.recordings[record][0]
            for leg in call.legs.values():
                if leg.name == recording.left or leg.name in recording.right:
                    leg.recorders.append(recording)

    def play_ended(self, leg: Leg, *, to_the_end: bool) -> None:
        """End what plays to a leg and tell it."""
        player, leg.player, leg.shadow = leg.player, None, None
        if player is None:
            return
        for item in player.items:
            self.clips.forget(item)
        if player.mix:
            self.changed(leg.call)
        if player.play:
            self.tell(leg.call, Played(leg.name, player.play, to_the_end, player.at_ms))

    def player(self, leg: Leg, like: Player) -> None:
        """Begin a play; the one before ends."""
        self.play_ended(leg, to_the_end=False)
        leg.player = like
        self.load_player(leg)
        if like.mix:
            self.changed(leg.call)

    def load_player(self, leg: Leg) -> None:
        """Fetch the clips of a leg's play in its codec, first or after the codec changed."""
        player = leg.player
        if player is None or not leg.codec_out:
            return
        codec = f"L16/{leg.encoder.pcm_rate}" if player.mix else leg.codec_out
        player.recoded([self.clips.get(item, codec) for item in player.items])
        recorded = any(r.left == leg.name for r, _ in self.recordings.values() if r.call == leg.call)
        if recorded and codec != "PCMU" and not player.mix:
            leg.shadow = Player("", player.items, [self.clips.get(i, "PCMU") for i in player.items], player.loop)
            leg.shadow.at, leg.shadow.frame = player.at, player.frame

    def close_leg(self, leg: Leg) -> LegReport:
        """Close a leg; the call is gone with its last one."""
        report = leg_report(leg, time.monotonic())
        self.play_ended(leg, to_the_end=False)
        if leg.tap is not None:
            leg.tap.close()
        leg.close()
        self.ports.give_back(leg.port)
        del self.legs[leg.name]
        self._missed.pop(leg.name, None)
        call = self.calls[leg.call]
        del call.legs[leg.name]
        self.tell(leg.call, Report(report))
        self.changed(leg.call)
        if not call.legs:
            for record in list(call.recordings):
                self.finish_recording(record)
            del self.calls[leg.call]
        return report

    def finish_recording(self, record: str) -> None:
        recording, writing = self.recordings.pop(record)
        rest, duration_ms = recording.finish(time.monotonic())
        self.writer.finish(writing, rest, duration_ms)
        self.calls[recording.call].recordings.discard(record)
        self.changed(recording.call)

    # --- time ------------------------------------------------------------------------------------

    def run(self) -> None:
        """Run until `running` is False."""
        due = woke = time.monotonic()
        ready, poll = self._ready, self._epoll.poll
        while self.running:
            now = time.monotonic()
            if now >= due:
                if now - due > TICK_S:
                    self.late_ticks += 1
                try:
                    self._tick(now, due)
                except Exception:  # one leg's trouble must not end two hundred calls
                    self._failed()
                due += TICK_S
                if now - due > HOPELESS_S:
                    self.missed_ticks += int((now - due) / TICK_S)
                    due = now + TICK_S
                continue
            found = poll(due - now)
            before, woke = woke, time.monotonic()
            for descriptor, _ in found:
                handler = ready.get(descriptor)
                if handler is not None:
                    try:
                        handler()
                    except Exception:
                        self._failed()
            if self._dirty:
                self.replan()
            if woke - before < GATHER_S:
                time.sleep(rest_s(woke, time.monotonic(), due))

    def _failed(self) -> None:
        """Write a fault of ours to the log, the first ones in full."""
        self.failures += 1
        if self.failures <= FAILURES_TOLD:
            traceback.print_exc()

    def _tick(self, now: float, due: float) -> None:
        """Do what is due: a tick that comes late sends what it would have sent in time, under the same time."""
        self.ticks += 1
        if self._dirty:
            self.replan()
        tick.hear(self, self._decoding, self._tapped, now)
        tick.send(self, self._all, due)
        # Each recording is written on once a second, a fiftieth of them a tick: never all in one.
        for recording, _ in list(self.recordings.values())[self.ticks % 50 :: 50]:
            recording.flush(now)
        if self.ticks % 5 == 0:
            self._take_written()
        if self.ticks % HOUSEKEEPING_TICKS == 0:
            self._keep_house(self._all, now)
        for called in self.after_tick:
            called(now)

    def _take_written(self) -> None:
        while not self._written.empty():
            event = self._written.get()
            if isinstance(event, RecordingFailed) and event.record in self.recordings:
                self.recordings.pop(event.record)
                if event.call in self.calls:
                    self.calls[event.call].recordings.discard(event.record)
                    self.changed(event.call)
            self.tell(event.call, event)

    def _keep_house(self, legs: list[Leg], now: float) -> None:
        for leg in legs:
            send_report(leg, now)
            agreed = leg.agreed
            if agreed is None or not agreed.they_send or _only_listens(leg):
                continue
            quiet_s = now - leg.heard_at
            if quiet_s > self._silent_after_s and not leg.silent:
                leg.silent = True
                self._missed[leg.name] = leg.reception.received_in_all
                self.tell(leg.call, LegSilent(leg.name, int(quiet_s * 1000)))
            elif leg.name in self._missed and leg.reception.received_in_all > self._missed[leg.name]:
                del self._missed[leg.name]
                self.tell(leg.call, LegUp(leg.name))
            if self.ticks % REPORT_TICKS == 0:
                self.tell(leg.call, Report(leg_report(leg, now)))

    def close(self) -> None:
        """Close all legs, finish all recordings, end all threads."""
        for leg in list(self.legs.values()):
            self.close_leg(leg)
        self.writer.close()
        self._take_written()
        self.clips.close()
        self._epoll.close()


def _only_listens(leg: Leg) -> bool:
    """Whether a browser has never sent audio (it needs no microphone to listen), but proves that it is there."""
    return leg.transport.remote is not None and leg.transport.ready and not leg.reception.received_in_all


def rest_s(woke: float, now: float, due: float) -> float:
    """Return how long packets may gather after the thread woke, in seconds: never beyond the next tick."""
    return max(0.0, min(woke + GATHER_S, due) - now)


def raise_descriptor_limit() -> int:
    """Allow as many descriptors as the system lets us; return how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard
