"""rtpengine as media engine (docs/howto/rtpengine.md): for installations that outgrow the built-in one.

It relays two parties, plays files, tells keys and blocks what is not to be heard. It cannot mix, tap, or pause a
recording (10.5): those are refused by name, never done halfway.
"""

import asyncio
from collections.abc import Callable, Sequence
from itertools import chain

from warmline.kernel.errors import Refused
from warmline.kernel.tasks import TaskRegistry
from warmline.media import rtpengine_sdp
from warmline.media.negotiation import Agreed, Theirs, agree, read_theirs
from warmline.media.refusals import BAD_SDP, UNKNOWN_LEG, UNSUPPORTED
from warmline.media.rtpengine_calls import (
    Playing,
    RtpengineCall,
    RtpengineLeg,
    RtpengineRecording,
    pair_of,
    to_be_blocked,
    two_party,
)
from warmline.media.rtpengine_clips import clip_of
from warmline.media.rtpengine_daemon import PLAIN, RtpengineDaemon, RtpengineSettings
from warmline.media.rtpengine_ng import NgError, Value
from warmline.media.rtpengine_watch import packets_of, review
from warmline.ports.media import (
    Digit,
    Hears,
    LegReport,
    LegWish,
    MediaEvent,
    Played,
    PlayItem,
    Recorded,
    RecordWish,
    Report,
    WorkerLost,
)

EVENTS = "0123456789*#ABCD"
LOOPED_TIMES = 100_000
MISSED_AT_MOST = 3
KEY_ENDS_S = 0.3


class RtpengineMedia:
    """Implements ports/media.MediaDriver. Call `start` first, `shut_down` last."""

    def __init__(self, settings: RtpengineSettings, tasks: TaskRegistry) -> None:
        self._settings = settings
        self._tasks = tasks
        self._calls: dict[str, RtpengineCall] = {}
        self._of_leg: dict[str, RtpengineCall] = {}
        self._listening: dict[str, Callable[[MediaEvent], None]] = {}
        self._daemon = RtpengineDaemon(settings)
        self._missed = 0
        self._ended = False

    async def start(self) -> None:
        """Reach the daemon. Raises OSError when `keys_at` is taken, Refused `media.no_worker` without a daemon."""
        await self._daemon.start(self._pressed)
        self._tasks.spawn("rtpengine watch", self._watch())

    @property
    def workers_up(self) -> int:
        """Whether the daemon answers now: 1 or 0."""
        return int(self._missed < MISSED_AT_MOST)

    async def shut_down(self) -> None:
        """End all calls and let go of the daemon."""
        for call in list(self._calls):
            await self.end(call)
        self._ended = True
        self._daemon.shut()

    def listen(self, call: str, heard: Callable[[MediaEvent], None]) -> None:
        self._listening[call] = heard
        if call in self._calls:
            self._calls[call].heard = heard

    async def open(self, call: str, leg: str, wish: LegWish, offer: str | None = None) -> str:
        wish = rtpengine_sdp.spoken(wish)
        own = RtpengineLeg(leg, wish, offer is None, self._now())
        known = self._calls.get(call) or RtpengineCall(call, self._listening.get(call, lambda _: None))
        if offer is None:
            sdp = await self._daemon.offered(call, own.stand_in, None, rtpengine_sdp.stand_in_offer(wish), own)
            answer = rtpengine_sdp.bundled(sdp) if wish.kind == "webrtc" else sdp
        else:
            answer = await self._answer(known, own, offer)
        self._calls[call] = self._of_leg[leg] = known
        known.legs[leg] = own
        if own.theirs is not None:
            await self._review_blocks(known)
        return answer

    async def answered(self, leg: str, sdp: str) -> None:
        call, own = self._find(leg)
        self._take(own, sdp)
        await self._daemon.told("answer", call.id, own.stand_in, own.tag, own.sdp)
        if own.joined is not None and own.joined in call.legs:
            await self._daemon.join(call, own, call.legs[own.joined])
        await self._review_blocks(call)

    async def reoffered(self, leg: str, sdp: str, *, anew: bool = False) -> str:
        call, own = self._find(leg)
        return await self._answer(call, own, sdp)

    async def close(self, leg: str) -> LegReport:
        call, own = self._find(leg)
        report = await self._report(call, own)
        self._end_play(call, own, to_the_end=False)
        call.heard(Report(report))
        del call.legs[leg]
        call.hears = {to: tuple(who for who in whom if who != leg) for to, whom in call.hears.items() if to != leg}
        del self._of_leg[leg]
        if call.legs:
            # Its ports stay with the call: deleting one side takes its partner along.
            await self._daemon.block(call.id, own, True)
            await self._review_blocks(call)
        else:
            await self._finish(call)
        return report

    async def end(self, call: str) -> tuple[LegReport, ...]:
        known = self._calls.get(call)
        if known is None:
            self._listening.pop(call, None)  # none of its legs could be opened
            return ()
        return tuple([await self.close(leg) for leg in list(known.legs)])

    async def route(self, call: str, hears: Hears) -> None:
        known = self._calls.get(call)
        if known is None or any(leg not in known.legs for leg in chain(hears, *hears.values())):
            raise Refused(UNKNOWN_LEG)
        wanted = two_party(hears, known.legs)
        for one, other in sorted(pair_of(wanted)):
            first, second = known.legs[one], known.legs[other]
            if first.joined != other or second.joined != one:
                await self._daemon.join(known, first, second)
        known.hears = wanted
        await self._review_blocks(known)

    async def play(
        self, leg: str, play: str, items: Sequence[PlayItem], *, loop: bool = False, barge: bool = False,
        mix: bool = False,
    ) -> None:  # fmt: skip
        if mix:
            raise Refused(UNSUPPORTED, what="mix what is played with what is heard")
        call, own = self._find(leg)
        source = await clip_of(items, self._settings.clips)
        self._end_play(call, own, to_the_end=False)
        own.playing = Playing(play, barge, self._now(), source.length_ms)
        await self._review_blocks(call)
        times = LOOPED_TIMES if loop else 1
        more: dict[str, Value] = {"repeat_times": times} | source.key()
        try:
            await self._daemon.ask("play media", call_id=call.id, from_tag=own.tag, **more)
        except Refused:
            own.playing = None
            await self._review_blocks(call)
            raise
        if not loop and own.playing is not None:
            own.playing.ends = asyncio.get_running_loop().call_later(
                source.length_ms / 1000, self._played_out, call, own, own.playing
            )

    async def stop(self, leg: str) -> None:
        call, own = self._find(leg)
        if own.playing is None:
            return
        await self._daemon.ask("stop media", call_id=call.id, from_tag=own.tag)
        self._end_play(call, own, to_the_end=False)
        await self._review_blocks(call)

    async def farewell(self, leg: str, items: Sequence[PlayItem]) -> None:
        """Do nothing: the daemon does not know when its controller is gone."""

    async def dial(self, leg: str, digits: str) -> None:
        if not self._settings.dials:
            raise Refused(UNSUPPORTED, what="send keys, unless its setting `dials` is on")
        call, own = self._find(leg)
        if own.joined is None or any(digit not in EVENTS for digit in digits):
            raise Refused(UNSUPPORTED, what="send keys to somebody who is not connected")
        for digit in digits:
            # The one who presses is named, not the one who is to hear it.
            await self._daemon.ask("play DTMF", call_id=call.id, from_tag=own.joined, code=digit)

    async def secure(self, leg: str, on: bool) -> None:
        call, own = self._find(leg)
        if on and call.recording is not None:
            raise Refused(UNSUPPORTED, what="keep keys out of a recording; stop the recording first")
        if not on:
            # The end of a key is sent three times; whoever opens the way after the first shows the key.
            await asyncio.sleep(max(0.0, own.key_at_s + KEY_ENDS_S - self._now()))
        own.secure = on
        await self._review_blocks(call)

    async def listen_to(self, leg: str, path: str | None) -> None:
        if path is not None:
            raise Refused(UNSUPPORTED, what="stream what a leg says to speech recognition")

    async def record(self, call: str, wish: RecordWish) -> None:
        known = self._calls.get(call)
        if known is None:
            raise Refused(UNKNOWN_LEG)
        if self._settings.recordings is None:
            raise Refused(UNSUPPORTED, what="encrypt recordings, and its plain captures are not allowed here")
        if known.recording is not None or any(leg.secure for leg in known.legs.values()):
            raise Refused(UNSUPPORTED, what="record a call twice, or during secure input")
        await self._daemon.ask("start recording", call_id=call)
        known.recording = RtpengineRecording(wish.record, self._now())

    async def record_pause(self, record: str, on: bool) -> None:
        raise Refused(UNSUPPORTED, what="pause a recording (rtpengine 10.5)")

    async def record_right(self, record: str, right: Sequence[str]) -> None:
        raise Refused(UNSUPPORTED, what="choose who is on a recording: it captures all that is said in a call")

    async def record_stop(self, record: str) -> None:
        for call in self._calls.values():
            if call.recording is not None and call.recording.record == record:
                await self._daemon.ask("stop recording", call_id=call.id)
                self._recorded(call)
                return
        raise Refused(UNKNOWN_LEG)

    async def report(self, leg: str) -> LegReport:
        return await self._report(*self._find(leg))

    # --- inside ----------------------------------------------------------------------------------

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _find(self, leg: str) -> tuple[RtpengineCall, RtpengineLeg]:
        call = self._of_leg.get(leg)
        if call is None:
            raise Refused(UNKNOWN_LEG)
        return call, call.legs[leg]

    def _take(self, own: RtpengineLeg, sdp: str) -> tuple[Theirs, Agreed]:
        """Read what a leg says; keep of it what was agreed."""
        theirs = read_theirs(sdp)
        if own.wish.kind == "rtp" and (
            (own.wish.srtp == "required" and theirs.profile == PLAIN)
            or (own.wish.srtp == "off" and theirs.profile != PLAIN)
        ):
            raise Refused(BAD_SDP, reason=f"encryption is {own.wish.srtp} here, and it says {theirs.profile}")
        agreed = agree(theirs, own.wish, offered=own.we_offered)
        own.theirs, own.agreed, own.sdp = theirs, agreed, rtpengine_sdp.only(theirs, agreed)
        return theirs, agreed

    async def _answer(self, call: RtpengineCall, own: RtpengineLeg, sdp: str) -> str:
        theirs, agreed = self._take(own, sdp)
        other = call.legs.get(own.joined or "")
        other_tag = other.tag if other else own.stand_in
        # The first offer names nobody: the daemon makes the other side when it is answered.
        known = own.tag in call.legs
        await self._daemon.offered(call.id, own.tag, other_tag if known else None, own.sdp, other)
        answer = other.sdp if other else rtpengine_sdp.stand_in_answer(agreed)
        return rtpengine_sdp.placed(theirs, await self._daemon.told("answer", call.id, own.tag, other_tag, answer))

    async def _review_blocks(self, call: RtpengineCall) -> None:
        for tag, blocked in to_be_blocked(call).items():
            leg = call.legs[tag]
            if leg.theirs is not None and leg.blocked != blocked:
                await self._daemon.block(call.id, leg, blocked)

    async def _report(self, call: RtpengineCall, own: RtpengineLeg) -> LegReport:
        try:
            packets = packets_of(await self._daemon.ask("query", call_id=call.id), own.tag)
        except Refused:
            packets = own.packets
        codec = own.agreed.codec if own.agreed else ""
        return LegReport(own.tag, codec, packets_in=packets, seconds=self._now() - own.since_s)

    async def _finish(self, call: RtpengineCall) -> None:
        if call.recording is not None:
            self._recorded(call)
        self._calls.pop(call.id, None)
        self._listening.pop(call.id, None)
        try:
            await self._daemon.attempt("delete", call_id=call.id, delete_delay=0)
        except Refused:
            return

    def _recorded(self, call: RtpengineCall) -> None:
        recording, call.recording = call.recording, None
        if recording is None or self._settings.recordings is None:
            return
        captures = list(self._settings.recordings.rglob(f"{call.id}-*.pcap"))
        size = sum(capture.stat().st_size for capture in captures)
        call.heard(Recorded(recording.record, call.id, int((self._now() - recording.since_s) * 1000), size))

    def _pressed(self, call_id: str, tag: str, event: int) -> None:
        call = self._calls.get(call_id)
        leg = call.legs.get(tag) if call else None
        if call is None or leg is None or not 0 <= event < len(EVENTS):
            return
        leg.key_at_s = self._now()
        call.heard(Digit(tag, EVENTS[event]))
        if leg.playing is not None and leg.playing.barge:
            self._tasks.spawn("rtpengine barge", self._barged(tag))

    async def _barged(self, leg: str) -> None:
        if leg in self._of_leg:
            await self.stop(leg)

    def _played_out(self, call: RtpengineCall, own: RtpengineLeg, playing: Playing) -> None:
        if own.playing is playing:
            self._end_play(call, own, to_the_end=True)
            self._tasks.spawn("rtpengine played", self._unblock_after(call))

    async def _unblock_after(self, call: RtpengineCall) -> None:
        if call.id in self._calls:
            await self._review_blocks(call)

    def _end_play(self, call: RtpengineCall, own: RtpengineLeg, *, to_the_end: bool) -> None:
        playing, own.playing = own.playing, None
        if playing is None:
            return
        if playing.ends is not None:
            playing.ends.cancel()
        heard_ms = int((self._now() - playing.since_s) * 1000)
        at_ms = playing.length_ms if to_the_end else heard_ms
        call.heard(Played(own.tag, playing.play, to_the_end, at_ms))

    async def _watch(self) -> None:
        """Look at every call: who is heard, who fell silent, what the daemon does not know any more."""
        while not self._ended:
            await asyncio.sleep(self._settings.looked_at_every_s)
            for call in list(self._calls.values()):
                await self._look_at(call)

    async def _look_at(self, call: RtpengineCall) -> None:
        try:
            answer = await self._daemon.look(call.id)
        except NgError:
            self._lost(call)
        except Refused:
            self._missed += 1
            if self._missed >= MISSED_AT_MOST:
                for lost in list(self._calls.values()):
                    self._lost(lost)
        else:
            self._missed = 0
            review(call, answer, self._now(), self._settings.silent_after_s)

    def _lost(self, call: RtpengineCall) -> None:
        if self._calls.pop(call.id, None) is not None:
            for leg in call.legs:
                self._of_leg.pop(leg, None)
            call.heard(WorkerLost((call.id,)))
