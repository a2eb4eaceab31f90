"""What a controller asks of a worker, carried out on the engine's thread."""

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from warmline.kernel.errors import Refused
from warmline.media import messages as m
from warmline.media.clips import Player
from warmline.media.engine import Engine
from warmline.media.farewell import LastWords
from warmline.media.key_events import KEYS
from warmline.media.key_tones import HIGH_HZ, LOW_HZ
from warmline.media.key_tones import KEYS as KEY_ROWS
from warmline.media.leg import Leg
from warmline.media.leg_move import move
from warmline.media.leg_report import leg_report, read_report
from warmline.media.leg_transport import PLAIN, Transport, transport_for
from warmline.media.negotiation import Local, Theirs, agree, read_theirs, write_answer, write_offer
from warmline.media.plan import Call
from warmline.media.recording import Recording
from warmline.media.recording_writer import Writing
from warmline.media.refusals import BAD_SDP, NO_WORKER, UNKNOWN_LEG, UNSUPPORTED
from warmline.media.tap import Tap
from warmline.ports.media import LegReport, PlayItem, PlaySilence, PlayTone

SECURE = "RTP/SAVP"
BROWSER = "UDP/TLS/RTP/SAVPF"


class Commands:
    """Carries out commands. `draining`: nothing new begins."""

    def __init__(self, engine: Engine, address: str) -> None:
        self.engine = engine
        self.address = address
        self.draining = False
        self.last_words = LastWords(engine)
        self._versions: dict[str, tuple[int, int]] = {}
        self._can: dict[type[m.Command], Callable[[Any], object]] = {
            m.Hello: self._hello,
            m.Open: self._open,
            m.Answered: self._answered,
            m.Reoffered: self._reoffered,
            m.Close: self._close,
            m.End: self._end,
            m.Route: self._route,
            m.Play: self._play,
            m.Stop: self._stop,
            m.Farewell: self._farewell,
            m.Dial: self._dial,
            m.Secure: self._secure,
            m.ListenTo: self._listen_to,
            m.Record: self._record,
            m.RecordPause: self._record_pause,
            m.RecordRight: self._record_right,
            m.RecordStop: self._record_stop,
            m.ReportOf: self._report,
        }

    def carry_out(self, command: m.AnyCommand) -> object:
        """Return what is answered. Raises Refused."""
        answer = self._can[type(command)](command)
        self.engine.replan()
        return answer

    def _leg(self, name: str) -> Leg:
        leg = self.engine.legs.get(name)
        if leg is None:
            raise Refused(UNKNOWN_LEG)
        return leg

    def _hello(self, _: m.Hello) -> dict[str, object]:
        engine = self.engine
        return {
            "calls": sorted(engine.calls),
            "legs": len(engine.legs),
            "free_ports": engine.ports.free,
            "ticks": engine.ticks,
            "late_ticks": engine.late_ticks,
            "missed_ticks": engine.missed_ticks,
            "failures": engine.failures,
            "draining": self.draining,
        }

    # --- legs ------------------------------------------------------------------------------------

    def _open(self, command: m.Open) -> str:
        engine = self.engine
        if self.draining:
            raise Refused(NO_WORKER)
        if command.leg in engine.legs:
            raise Refused(UNSUPPORTED, what="two legs of one name")
        theirs = read_theirs(command.offer) if command.offer is not None else None
        agreed = agree(theirs, command.wish, offered=False) if theirs is not None else None
        port, rtp, rtcp = engine.ports.take()
        leg = Leg(engine, command.call, command.leg, command.wish, port, rtp, rtcp)
        leg.local = (self.address, port)
        leg.on_report = read_report
        try:
            profile = _profile(leg, theirs)
            transport = transport_for(profile, leg, offering=theirs is None)
            leg.use(transport)
            if theirs is not None and agreed is not None:
                transport.negotiated(theirs.session_lines(), theirs.media_lines())
                sdp = write_answer(self._local(leg), theirs, agreed, transport)
                leg.agree(agreed)
            else:
                wish = command.wish
                shown = PLAIN if wish.srtp == "optional" and wish.kind == "rtp" else transport.profile
                sdp = write_offer(self._local(leg), wish, transport, shown)
        except Refused:
            leg.close()
            engine.ports.give_back(port)
            self._versions.pop(leg.name, None)
            raise
        engine.legs[leg.name] = leg
        engine.calls.setdefault(command.call, Call(command.call)).legs[leg.name] = leg
        engine.changed(command.call)
        return sdp

    def _local(self, leg: Leg) -> Local:
        session_id, version = self._versions.get(leg.name, (secrets.randbits(48), 0))
        self._versions[leg.name] = (session_id, version + 1)
        return Local(self.address, leg.port, session_id, version + 1, leg.out.ssrc)

    def _answered(self, command: m.Answered) -> None:
        leg = self._leg(command.leg)
        theirs = read_theirs(command.sdp)
        agreed = agree(theirs, leg.wish, offered=True)
        optional = leg.wish.kind == "rtp" and leg.wish.srtp == "optional"
        if optional and not _keys(theirs) and leg.transport.authenticates:
            leg.use(transport_for(PLAIN, leg, offering=True))
        leg.transport.negotiated(theirs.session_lines(), theirs.media_lines())
        leg.agree(agreed)
        self.engine.load_player(leg)

    def _reoffered(self, command: m.Reoffered) -> str:
        leg = self._leg(command.leg)
        theirs = read_theirs(command.sdp)
        agreed = agree(theirs, leg.wish, offered=False)
        profile = _profile(leg, theirs)
        transport: Transport = leg.transport
        if command.anew or (profile == PLAIN) == transport.authenticates:
            transport = transport_for(profile, leg, offering=False)
        transport.negotiated(theirs.session_lines(), theirs.media_lines())
        if command.anew:
            self.engine.ports.give_back(move(leg, *self.engine.ports.take()))
        if transport is not leg.transport:
            leg.use(transport)
        sdp = write_answer(self._local(leg), theirs, agreed, transport)
        leg.agree(agreed)
        self.engine.load_player(leg)
        return sdp

    def _close(self, command: m.Close) -> LegReport:
        leg = self._leg(command.leg)
        self._versions.pop(leg.name, None)
        self.last_words.forget(leg.name)
        return self.engine.close_leg(leg)

    def _end(self, command: m.End) -> list[LegReport]:
        call = self.engine.calls.get(command.call)
        if call is None:
            raise Refused(UNKNOWN_LEG)
        return [self._close(m.Close(id=0, leg=name)) for name in list(call.legs)]

    def _route(self, command: m.Route) -> None:
        call = self.engine.calls.get(command.call)
        if call is None:
            raise Refused(UNKNOWN_LEG)
        call.hears = command.hears
        self.engine.changed(command.call)

    def _report(self, command: m.ReportOf) -> LegReport:
        return leg_report(self._leg(command.leg), time.monotonic())

    # --- what a leg hears and says -----------------------------------------------------------------

    def _play(self, command: m.Play) -> None:
        leg = self._leg(command.leg)
        for item in command.items:
            self.engine.clips.get(item, leg.codec_out or "PCMU")
        player = Player(
            command.play, tuple(command.items), [], loop=command.loop, barge=command.barge, mix=command.mix
        )
        self.engine.player(leg, player)

    def _stop(self, command: m.Stop) -> None:
        self.engine.play_ended(self._leg(command.leg), to_the_end=False)

    def _farewell(self, command: m.Farewell) -> None:
        self.last_words.keep(self._leg(command.leg), command.items)

    def _dial(self, command: m.Dial) -> None:
        leg = self._leg(command.leg)
        keys = command.digits.upper()
        if not keys or any(key not in KEYS for key in keys):
            raise Refused(UNSUPPORTED, what="keys other than 0-9, *, #, A-D")
        if leg.agreed is not None and leg.agreed.event_out is not None:
            leg.keys.dial(keys)
        else:
            self.engine.player(leg, Player("", tuple(_tones(keys)), []))

    def _secure(self, command: m.Secure) -> None:
        leg = self._leg(command.leg)
        if leg.secure == command.on:
            return
        if command.on:
            leg.secure = True
        else:
            leg.forget_what_waits()
            leg.secure = False
        if leg.jitter is not None:
            leg.jitter.reset()
        leg.pcm = None
        self.engine.changed(leg.call)

    def _listen_to(self, command: m.ListenTo) -> None:
        leg = self._leg(command.leg)
        tap = None
        if command.path is not None:
            try:
                tap = Tap(command.path)
            except OSError:
                raise Refused(UNSUPPORTED, what="a listener nobody answers for") from None
        if leg.tap is not None:
            leg.tap.close()
        leg.tap = tap
        self.engine.changed(leg.call)

    # --- recordings ------------------------------------------------------------------------------

    def _record(self, command: m.Record) -> None:
        engine, wish = self.engine, command.wish
        call = engine.calls.get(command.call)
        if call is None:
            raise Refused(UNKNOWN_LEG)
        if wish.record in engine.recordings or len(wish.key) != 32:
            raise Refused(UNSUPPORTED, what="two recordings of one name, or a key that has not 32 bytes")
        path = Path(wish.path)
        file = path / f"{wish.record}.wlrec" if path.is_dir() else path
        writing = Writing(wish.record, command.call, str(file), wish.key)
        recording = Recording(
            wish.record,
            command.call,
            wish.left,
            wish.right,
            time.monotonic(),
            lambda plain: engine.writer.write(writing, plain),
        )
        engine.recordings[wish.record] = (recording, writing)
        call.recordings.add(wish.record)
        engine.changed(command.call)
        left = engine.legs.get(wish.left)
        if left is not None:
            engine.load_player(left)

    def _recording(self, record: str) -> Recording:
        found = self.engine.recordings.get(record)
        if found is None:
            raise Refused(UNKNOWN_LEG)
        return found[0]

    def _record_pause(self, command: m.RecordPause) -> None:
        self._recording(command.record).paused = command.on

    def _record_right(self, command: m.RecordRight) -> None:
        recording = self._recording(command.record)
        recording.right = frozenset(command.right)
        self.engine.changed(recording.call)

    def _record_stop(self, command: m.RecordStop) -> None:
        self._recording(command.record)
        self.engine.finish_recording(command.record)


def _profile(leg: Leg, theirs: Theirs | None) -> str:
    """Return the profile that is spoken: what they offer, as far as the wish allows it."""
    wish = leg.wish
    if wish.kind == "webrtc":
        if theirs is not None and theirs.profile not in (BROWSER, "RTP/SAVPF"):
            raise Refused(BAD_SDP, reason="a browser encrypts")
        return BROWSER
    if theirs is None:
        return PLAIN if wish.srtp == "off" else SECURE
    secure = theirs.profile.startswith("RTP/SAVP")
    if theirs.profile not in (PLAIN, "RTP/AVPF") and not secure:
        raise Refused(BAD_SDP, reason=f"profile {theirs.profile}")
    if secure and wish.srtp == "off":
        raise Refused(BAD_SDP, reason="encryption is off here")
    if not secure and wish.srtp == "required" and not _keys(theirs):
        raise Refused(BAD_SDP, reason="encryption is required here")
    return SECURE if secure or (wish.srtp != "off" and _keys(theirs)) else PLAIN


def _keys(theirs: Theirs) -> bool:
    return theirs.media.has("crypto")


def _tones(keys: str) -> list[PlayItem]:
    items: list[PlayItem] = []
    for key in keys:
        row = next(at for at, name in enumerate(KEY_ROWS) if key in name)
        items += [
            PlayTone((LOW_HZ[row], HIGH_HZ[KEY_ROWS[row].index(key)]), 100, level_db=-10.0),
            PlaySilence(80),
        ]
    return items
