"""The tick's mixing, for all calls at once: numpy works on rows, one a source or one a distinct set of sources."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from warmline.media.codecs import Samples
from warmline.media.g711 import ALAW, ULAW
from warmline.media.leg import Leg
from warmline.media.plan import Mix, pcm_rate
from warmline.media.resample import Past, Rows, down, to_samples, up

LAWS = {"PCMU": ULAW, "PCMA": ALAW}
SILENCE = {8000: np.zeros(160, np.float32), 16000: np.zeros(320, np.float32)}


def at_rate(legs: Sequence[Leg], pasts: Sequence[Past], rate: int) -> dict[Leg, Rows]:
    """Return what each leg says in this tick at `rate` Hz; legs that say nothing are left out."""
    found: dict[Leg, Rows] = {}
    other: list[Leg] = []
    memory: list[Past] = []
    for leg, past in zip(legs, pasts, strict=True):
        if leg.pcm is None or leg.secure:
            continue
        if pcm_rate(leg.codec_in) == rate:
            found[leg] = leg.pcm.astype(np.float32)
        else:
            other.append(leg)
            memory.append(past)
    if other:
        turn = up if rate == 16000 else down
        rows = turn(memory, np.stack([leg.pcm for leg in other if leg.pcm is not None]).astype(np.float32))
        found |= zip(other, rows, strict=True)
    return found


def mix_all(mixes: Iterable[Mix], played: dict[Leg, Samples]) -> dict[Leg, bytes]:
    """Return this tick's payload for each listener. `played`: what is added for one leg, at its codec's rate."""
    groups: defaultdict[tuple[int, int, int], list[Mix]] = defaultdict(list)
    for mix in mixes:
        groups[mix.rate, *mix.matrix.shape].append(mix)
    payloads: dict[Leg, bytes] = {}
    for (rate, rows, columns), alike in groups.items():
        sources = [leg for mix in alike for leg in mix.sources]
        said = at_rate(sources, [leg.pcm_past for leg in sources], rate)
        frame = rate // 50
        if columns:
            silence = SILENCE[rate]
            voices = np.stack([said.get(leg, silence) for leg in sources]).reshape(len(alike), columns, frame)
            mixed = np.matmul(np.stack([mix.matrix for mix in alike]), voices)
        else:
            mixed = np.zeros((len(alike), rows, frame), np.float32)
        _encode(alike, mixed, rate, played, payloads)
    return payloads


def _encode(
    alike: list[Mix], mixed: Rows, rate: int, played: dict[Leg, Samples], payloads: dict[Leg, bytes]
) -> None:
    wide = to_samples(mixed)
    narrow = wide
    if rate == 16000 and any(pcm_rate(leg.codec_out) == 8000 for mix in alike for leg, _ in mix.listeners):
        flat = down([past for mix in alike for past in mix.pasts], mixed.reshape(-1, mixed.shape[2]))
        narrow = to_samples(flat).reshape(len(alike), -1, 160)
    encoded = {name: law.encode(narrow) for name, law in LAWS.items() if _speaks(alike, name)}
    for at, mix in enumerate(alike):
        shared: dict[tuple[str, int], bytes] = {}
        for leg, row in mix.listeners:
            codec = leg.codec_out
            if leg in played:
                own = narrow[at, row] if pcm_rate(codec) == 8000 else wide[at, row]
                both = np.clip(own.astype(np.int32) + played[leg], -32768, 32767).astype(np.int16)
                payloads[leg] = leg.encoder.encode(both)
            elif codec in LAWS:
                key = (codec, row)
                if key not in shared:
                    shared[key] = encoded[codec][at, row].tobytes()
                payloads[leg] = shared[key]
            else:
                payloads[leg] = leg.encoder.encode(np.ascontiguousarray(wide[at, row]))


def _speaks(alike: list[Mix], codec: str) -> bool:
    return any(leg.codec_out == codec for mix in alike for leg, _ in mix.listeners)
