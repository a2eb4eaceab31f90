"""Who hears whom in a call, worked out once for every change: what is passed on at once and what is mixed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from warmline.media.leg import MIX, QUIET, RELAY, Leg
from warmline.media.resample import Past

G711 = ("PCMU", "PCMA")
WIDE = ("G722", "opus")


@dataclass(eq=False)
class Call:
    """The legs of a call and its matrix."""

    name: str
    legs: dict[str, Leg] = field(default_factory=dict)
    hears: Mapping[str, Sequence[str]] = field(default_factory=dict)
    recordings: set[str] = field(default_factory=set)
    mix: "Mix | None" = None


@dataclass(eq=False)
class Mix:
    """What the mixer does for one call: `matrix` says which sources (columns) each distinct row adds up."""

    rate: int
    sources: list[Leg]
    matrix: NDArray[np.float32]
    listeners: list[tuple[Leg, int]]  # and their row
    pasts: list[Past]  # of the rows, for listeners with narrow codecs in a wide mix


def replan(call: Call) -> None:
    """Set every leg's mode, relays and need of decoding; and the call's mix."""
    legs = list(call.legs.values())
    wanted: dict[Leg, list[Leg]] = {}
    for leg in legs:
        leg.relays = []
    for leg in legs:
        names = [name for name in dict.fromkeys(call.hears.get(leg.name, ())) if name != leg.name]
        heard = [call.legs[name] for name in names if name in call.legs]
        audible = [other for other in heard if not other.secure and other.agreed is not None]
        with_play = leg.player is not None and leg.player.mix
        leg.mode = QUIET
        if leg.agreed is None:
            continue
        if len(audible) == 1 and not with_play and audible[0].codec_in == leg.codec_out:
            leg.mode = RELAY
            audible[0].relays.append(leg)
        elif audible or with_play:
            leg.mode = MIX
            wanted[leg] = audible
    heard_mixed = {other for others in wanted.values() for other in others}
    for leg in legs:
        recorded = bool(leg.recorders) and leg.codec_in not in G711
        listened = leg.tap is not None or (leg.wish.inband_digits and not leg.ear.events_seen)
        leg.decoding(leg in heard_mixed or recorded or listened)
    call.mix = _mix(wanted, call.mix) if wanted else None


def _mix(wanted: dict[Leg, list[Leg]], before: Mix | None) -> Mix:
    wide = any(leg.codec_out in WIDE for leg in wanted)
    sources = list(dict.fromkeys(other for others in wanted.values() for other in others))
    rows: dict[frozenset[Leg], int] = {}
    listeners = [(leg, rows.setdefault(frozenset(others), len(rows))) for leg, others in wanted.items()]
    matrix = np.zeros((len(rows), len(sources)), np.float32)
    for others, row in rows.items():
        for other in others:
            matrix[row, sources.index(other)] = 1.0
    pasts = before.pasts if before is not None and len(before.pasts) == len(rows) else [Past() for _ in rows]
    return Mix(16000 if wide else 8000, sources, matrix, listeners, pasts)


def pcm_rate(codec: str) -> int:
    """Return the rate of a codec's PCM side."""
    return 16000 if codec in WIDE else 8000
