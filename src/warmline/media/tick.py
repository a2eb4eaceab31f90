"""What happens every 20 ms: frames leave jitter buffers, are listened to and mixed; every leg is sent its own."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from warmline.media.codecs import Samples
from warmline.media.g711 import ALAW, ULAW
from warmline.media.key_tones import keys_in
from warmline.media.leg import MIX, RELAY, Leg
from warmline.media.mixer import at_rate, mix_all
from warmline.media.plan import G711, Call
from warmline.media.recording import Recording
from warmline.media.recording_writer import Writing
from warmline.media.tap import SILENCE, frames, levels
from warmline.ports.media import DigitSource, MediaEvent, SpeechHeard

OPEN_LINE_TICKS = 5  # a transport that is ready has time: only its handshake is looked at in every tick
STALLED_S = 0.12  # a relayed source that is quiet this long is replaced by silence


class TickHost(Protocol):
    """What the tick needs of the engine."""

    ticks: int
    calls: dict[str, Call]
    recordings: dict[str, tuple[Recording, Writing]]

    def tell(self, call: str, event: MediaEvent) -> None: ...

    def pressed(self, leg: Leg, key: str, source: DigitSource) -> None: ...

    def play_ended(self, leg: Leg, *, to_the_end: bool) -> None: ...


def hear(host: TickHost, decoding: Sequence[Leg], tapped: Sequence[Leg], now: float) -> None:
    """Decode what arrived and give it to ears and recordings."""
    for leg in decoding:
        if leg.jitter is not None:
            leg.pcm = leg.jitter.pop(leg.reception.jitter_ms)
    _keys(host, [leg for leg in decoding if leg.wish.inband_digits and leg.pcm is not None], now)
    _taps(host, tapped)
    recorded = [leg for leg in decoding if leg.recorders and leg.codec_in not in G711]
    if recorded:
        said = at_rate(recorded, [leg.record_past for leg in recorded], 8000)
        for leg, row in said.items():
            for recorder in leg.recorders:
                if isinstance(recorder, Recording):
                    recorder.frame(leg, host.ticks, row.astype(np.int16), now)


def _keys(host: TickHost, legs: list[Leg], now: float) -> None:
    if not legs:
        return
    secured = [leg.secure for leg in legs]
    for leg in legs:
        leg.secure = False  # keys of a secure leg are told: only here, and to nobody else
    rows = at_rate(legs, [leg.key_past for leg in legs], 8000)
    for leg, secure in zip(legs, secured, strict=True):
        leg.secure = secure
    for leg, key in zip(rows, keys_in(np.stack(list(rows.values()))), strict=True):
        pressed = leg.tone_ear.hear(key)
        told = leg.ear.tone(pressed, now) if pressed else None
        if told is not None:
            host.pressed(leg, told, "inband")


def _taps(host: TickHost, legs: Sequence[Leg]) -> None:
    if not legs:
        return
    said = at_rate(legs, [leg.tap_past for leg in legs], 16000)
    heard = dict(zip(said, range(len(said)), strict=True))
    rows = np.stack(list(said.values())) if said else np.zeros((0, 320), np.float32)
    loud, data = levels(rows), frames(rows)
    for leg in legs:
        at = heard.get(leg)
        leg.tap.write(data[at] if at is not None else SILENCE)
        news = leg.tap.ear.hear(float(loud[at]) if at is not None else 0.0)
        if news is not None:
            host.tell(leg.call, SpeechHeard(leg.name, news))


def _mixed(host: TickHost) -> dict[Leg, bytes]:
    mixes = [call.mix for call in host.calls.values() if call.mix is not None]
    if not mixes:
        return {}
    played: dict[Leg, Samples] = {}
    for mix in mixes:
        for leg, _ in mix.listeners:
            if leg.player is not None and leg.player.mix:
                payload = leg.player.next()
                if payload is None:
                    host.play_ended(leg, to_the_end=True)
                elif payload:
                    played[leg] = np.frombuffer(payload, np.int16)
    return mix_all(mixes, played)


def send(host: TickHost, legs: Sequence[Leg], now: float) -> None:
    """Send every leg its 20 ms, unless packets are passed on to it as they come."""
    mixed = _mixed(host)
    turn = host.ticks % OPEN_LINE_TICKS
    for leg in legs:
        out = leg.out
        player = leg.player
        relayed = leg.mode == RELAY and player is None and out.plain and out.relayed is not None
        if relayed and now - out.last_at <= STALLED_S and not leg.keys.waiting:
            continue  # passed on as it comes
        if leg.agreed is None:
            continue
        if not out.plain and (leg.port % OPEN_LINE_TICKS == turn or not leg.transport.ready):
            leg.transport.tick(now)
        able = leg.reachable
        if leg.keys.waiting and able:
            _send_key(leg, now)
        elif player is not None and not player.mix:
            payload = player.next()
            if payload is None:
                host.play_ended(leg, to_the_end=not player.failed())
            elif payload and leg.recorders:
                _record_play(host, leg, payload, now)
            if able:
                out.frame_out(payload or leg.silence, now)
        elif not able:
            continue
        elif leg.mode == RELAY:
            if out.relayed is None or now - out.last_at > STALLED_S:
                out.frame_out(leg.silence, now)
        elif leg.mode == MIX:
            out.frame_out(mixed.get(leg) or leg.silence, now)
        else:
            out.frame_out(leg.silence, now)


def _send_key(leg: Leg, now: float) -> None:
    step = leg.keys.next(leg.out.frame)
    if step is None:
        leg.out.frame_out(leg.silence, now)
    elif leg.agreed is not None and leg.agreed.event_out is not None:
        payload, first, _ = step
        leg.out.event_out(leg.agreed.event_out, payload, first, now)


def _record_play(host: TickHost, leg: Leg, payload: bytes, now: float) -> None:
    if leg.codec_out == "PCMA":
        payload = ULAW.encode(ALAW.decode(payload)).tobytes()
    elif leg.codec_out != "PCMU":
        payload = (leg.shadow.next() if leg.shadow is not None else None) or b""
    for recording, _ in host.recordings.values():
        if recording.call == leg.call and recording.left == leg.name:
            recording.played(host.ticks, payload, now)
