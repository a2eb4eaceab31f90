"""What the media engine promises whoever controls calls: legs, who hears whom, playing, digits, recording.

A call has legs (a telephone, a browser). Everything audible is said with one idea: which legs each leg hears.
Two people talk when each hears the other; on hold, nobody is heard and music plays; a supervisor who listens hears
both and is heard by nobody; one who whispers is also heard by the agent. Names of calls and legs are the
controller's own and unique within a node.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol

from msgspec import Struct

LegKind = Literal["rtp", "webrtc"]
Srtp = Literal["off", "optional", "required"]
DigitSource = Literal["rfc4733", "inband", "info"]
Codec = Literal["PCMU", "PCMA", "G722", "opus"]
Hears = Mapping[str, Sequence[str]]


class LegWish(Struct, frozen=True, omit_defaults=True):
    """What a new leg should be. `codecs` in order of preference; those not installed are left out."""

    kind: LegKind = "rtp"
    codecs: tuple[Codec, ...] = ("PCMU", "PCMA", "G722", "opus")
    srtp: Srtp = "optional"  # rtp legs only; webrtc is always encrypted
    inband_digits: bool = False  # also listen for tones in the audio (for trunks without RFC 4733)


class PlayFile(Struct, frozen=True, tag_field="item", tag="file"):
    """A mono PCM16 WAV file, 8 or 16 kHz. `once`: it is heard by nobody else, and forgotten when it was played."""

    path: str
    once: bool = False


class PlayTone(Struct, frozen=True, tag_field="item", tag="tone"):
    """Sine tones together: ringback, beep. `off_ms` of silence follow `on_ms`."""

    frequencies_hz: tuple[float, ...]
    on_ms: int
    off_ms: int = 0
    level_db: float = -16.0


class PlaySilence(Struct, frozen=True, tag_field="item", tag="silence"):
    ms: int


PlayItem = PlayFile | PlayTone | PlaySilence


class RecordWish(Struct, frozen=True):
    """A stereo recording: `left` leg (the customer) on the left, `right` legs mixed on the right.

    Written below `path` as μ-law stereo at 8 kHz, encrypted with the 32-byte `key` (see media/recording format).
    """

    record: str
    path: str
    key: bytes
    left: str
    right: tuple[str, ...]


class LegReport(Struct, frozen=True, omit_defaults=True):
    """How a leg's audio fared so far. Shares 0 to 1, times in ms, `mos` 1 to 4.5 (ITU-T G.107, simplified)."""

    leg: str
    codec: str = ""
    packets_in: int = 0
    packets_out: int = 0
    lost_share: float = 0.0
    jitter_ms: float = 0.0
    round_trip_ms: float | None = None
    mos: float | None = None
    remote_lost_share: float | None = None
    seconds: float = 0.0


# --- events --------------------------------------------------------------------------------------


class LegUp(Struct, frozen=True, tag_field="e", tag="up"):
    """Audio can flow: the first valid packet arrived, or a browser has proved to be there, which may only listen.

    Told again when a leg that was told silent is back.
    """

    leg: str


class LegSilent(Struct, frozen=True, tag_field="e", tag="silent"):
    """Nothing has arrived for the node's time-out; told once, and again after it had been back.

    Not of a browser that has never sent audio, as long as it proves to be there.
    """

    leg: str
    silent_ms: int


class Digit(Struct, frozen=True, tag_field="e", tag="digit"):
    """One key, told once when it is pressed, whatever tells it first."""

    leg: str
    digit: str  # 0-9 * # A-D
    source: DigitSource = "rfc4733"


class Played(Struct, frozen=True, tag_field="e", tag="played"):
    """A play ended: to its end, or stopped (by `stop`, a newer play, or a digit that barged in)."""

    leg: str
    play: str
    to_the_end: bool
    at_ms: int  # how far it was heard


class SpeechHeard(Struct, frozen=True, tag_field="e", tag="speech"):
    """Somebody began or stopped speaking on a leg that is listened to."""

    leg: str
    on: bool


class Recorded(Struct, frozen=True, tag_field="e", tag="recorded"):
    """A recording is complete on disk."""

    record: str
    call: str
    duration_ms: int
    size_bytes: int


class RecordingFailed(Struct, frozen=True, tag_field="e", tag="recording_failed"):
    """A recording could not be written on (disk full): the call goes on, what was written stays readable."""

    record: str
    call: str
    reason: str


class Report(Struct, frozen=True, tag_field="e", tag="report"):
    """Statistics, every few seconds and when a leg closes."""

    report: LegReport


class WorkerLost(Struct, frozen=True, tag_field="e", tag="lost"):
    """The worker that had these calls is gone; their audio with it."""

    calls: tuple[str, ...]


MediaEvent = LegUp | LegSilent | Digit | Played | SpeechHeard | Recorded | RecordingFailed | Report | WorkerLost


class MediaDriver(Protocol):
    """A media engine. Every method raises Refused (`media.no_ports`, `media.no_worker`, `media.unknown_leg`,
    `media.bad_sdp`, `media.no_codec`, `media.unsupported`) and answers within two seconds.
    """

    def listen(self, call: str, heard: Callable[[MediaEvent], None]) -> None:
        """Send the events of `call` to `heard`, on the event loop; before its first leg is opened."""
        ...

    async def open(self, call: str, leg: str, wish: LegWish, offer: str | None = None) -> str:
        """Open a leg. With the other side's `offer` return our SDP answer, without one return our offer."""
        ...

    async def answered(self, leg: str, sdp: str) -> None:
        """The other side's answer to our offer (also early, and again when it changed)."""
        ...

    async def reoffered(self, leg: str, sdp: str, *, anew: bool = False) -> str:
        """The other side's new offer on a leg that exists (hold, moved address, restart): return our answer.

        `anew`: another telephone takes the leg over; what the one before still sends is not heard any more.
        """
        ...

    async def close(self, leg: str) -> LegReport:
        """Close a leg; its ports are free again. The call is gone with its last leg."""
        ...

    async def end(self, call: str) -> tuple[LegReport, ...]:
        """Close all legs of a call and finish its recordings."""
        ...

    async def route(self, call: str, hears: Hears) -> None:
        """Replace the whole matrix of a call at once: leg -> the legs it hears. Legs not named hear nobody."""
        ...

    async def play(
        self, leg: str, play: str, items: Sequence[PlayItem], *, loop: bool = False, barge: bool = False,
        mix: bool = False,
    ) -> None:  # fmt: skip
        """Play to a leg, instead of what it hears (or, with `mix`, in addition). A newer play ends the older.

        `barge`: the first digit stops it.
        """
        ...

    async def stop(self, leg: str) -> None:
        """Stop what plays to a leg, within one tick."""
        ...

    async def farewell(self, leg: str, items: Sequence[PlayItem]) -> None:
        """Have words ready that a leg hears if we are no more, instead of silence. A driver may be unable to."""
        ...

    async def dial(self, leg: str, digits: str) -> None:
        """Send keys to the other side of a leg (RFC 4733)."""
        ...

    async def secure(self, leg: str, on: bool) -> None:
        """Secure input: what comes from this leg (audio, tones, key events) reaches no other leg and no recording;
        its keys are told as `Digit` only.
        """
        ...

    async def listen_to(self, leg: str, path: str | None) -> None:
        """Stream what comes from a leg as 16 kHz PCM16 to the Unix stream socket `path`, with `SpeechHeard`; None
        ends it.
        """
        ...

    async def record(self, call: str, wish: RecordWish) -> None: ...

    async def record_pause(self, record: str, on: bool) -> None:
        """While paused, both channels hold silence at their place in time."""
        ...

    async def record_right(self, record: str, right: Sequence[str]) -> None:
        """Change which legs are on the right channel."""
        ...

    async def record_stop(self, record: str) -> None: ...

    async def report(self, leg: str) -> LegReport: ...
