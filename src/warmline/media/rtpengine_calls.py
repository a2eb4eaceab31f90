"""What the driver of rtpengine remembers of calls and legs, and which of them are to be kept quiet. No I/O."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from warmline.kernel.errors import Refused
from warmline.media.negotiation import Agreed, Theirs
from warmline.media.refusals import UNSUPPORTED
from warmline.ports.media import Hears, LegWish, MediaEvent

STAND_IN = "~"


@dataclass(eq=False)
class Playing:
    """What plays to a leg. `ends` fires when it was heard to its end; None while it loops."""

    play: str
    barge: bool
    since_s: float
    length_ms: int
    ends: asyncio.TimerHandle | None = None


@dataclass(eq=False)
class RtpengineLeg:
    """A leg: rtpengine knows it by `tag`, and the stand-in it is joined with at first by `stand_in`."""

    tag: str
    wish: LegWish
    we_offered: bool
    since_s: float
    theirs: Theirs | None = None
    agreed: Agreed | None = None
    sdp: str = ""  # what it said last, reduced to what was agreed
    joined: str | None = None  # the leg it was last joined with
    playing: Playing | None = None
    secure: bool = False
    blocked: bool = False
    key_at_s: float = 0.0
    packets: int = 0
    heard_at_s: float | None = None
    silent: bool = False

    @property
    def stand_in(self) -> str:
        return self.tag + STAND_IN


@dataclass(eq=False)
class RtpengineRecording:
    record: str
    since_s: float


@dataclass(eq=False)
class RtpengineCall:
    """A call of the controller; its id is rtpengine's call-id."""

    id: str
    heard: Callable[[MediaEvent], None]
    legs: dict[str, RtpengineLeg] = field(default_factory=dict)
    hears: dict[str, tuple[str, ...]] = field(default_factory=dict)
    recording: RtpengineRecording | None = None


def two_party(hears: Hears, legs: Mapping[str, RtpengineLeg]) -> dict[str, tuple[str, ...]]:
    """Return who hears whom. Raises Refused `media.unsupported` where one hears or is heard by several."""
    wanted = {leg: tuple(sources) for leg, sources in hears.items() if sources}
    heard = [source for sources in wanted.values() for source in sources]
    if any(len(sources) > 1 for sources in wanted.values()) or len(heard) != len(set(heard)):
        raise Refused(UNSUPPORTED, what="mix several people (conference, listening in, whisper)")
    for leg, sources in wanted.items():
        if wanted.get(sources[0], (leg,)) != (leg,):
            raise Refused(UNSUPPORTED, what="let a leg hear one person and be heard by another")
    return {leg: wanted.get(leg, ()) for leg in legs}


def to_be_blocked(call: RtpengineCall) -> dict[str, bool]:
    """Return for each leg whether what comes from it must reach nobody.

    So it is while nobody hears it, while who hears it is played something instead, and during secure input.
    """
    blocked = dict.fromkeys(call.legs, True)
    for leg, sources in call.hears.items():
        listener = call.legs.get(leg)
        for source in sources:
            if listener is not None and source in blocked and listener.playing is None:
                blocked[source] = call.legs[source].secure
    return blocked


def pair_of(hears: Mapping[str, Sequence[str]]) -> set[tuple[str, str]]:
    """Return the pairs that have to be joined, each once, in alphabetical order."""
    return {(min(leg, source), max(leg, source)) for leg, sources in hears.items() for source in sources}
