"""Words that were said over a telephone, found again in what somebody heard."""

import time

import numpy as np
from tests.e2e.voice_people import Person

from chaos.voice_kills import StormHouse
from media.tones import Samples
from warmline.channels.voice.words import word
from warmline.kernel.tasks import TaskRegistry
from warmline.media.wave_file import pcm_of
from warmline.ports.media import PlayFile
from warmline.runtime.egress import Egress
from warmline.speech.settings import SpeechParts, load
from warmline_demo.content.company import TENANT_ID

ALIKE = 0.6  # of the energy: the same words in the same voice, companded


async def words_of(house: StormHouse, key: str) -> Samples:
    """What the house's own voice makes of words that a call says itself."""
    failures: list[BaseException] = []
    tasks = TaskRegistry(lambda name, failure: failures.append(failure))
    egress = Egress(lambda _: frozenset())
    parts = SpeechParts(load(house.folder / "speech.json"), house.folder / "speech", tasks, egress, egress.stream)
    await parts.house.open()
    try:
        spoken = await parts.house.say(TENANT_ID, word(key, "en"), "en", lasting=True)
        return np.concatenate(list(pcm_of(PlayFile(str(spoken.path)), 8000)))
    finally:
        await parts.close()
        await egress.close()
        await tasks.close()
        assert not failures, failures


def said(person: Person, words: Samples) -> bool:
    """Whether somebody heard these words: a second out of their middle is found in what they heard."""
    heard = person.peer.heard(30_000).astype(np.float64)
    middle = words[len(words) // 2 :][:8000].astype(np.float64)
    if len(heard) < len(middle):
        return False
    size = 1 << int(np.ceil(np.log2(len(heard) + len(middle))))
    alike = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(middle, size)), size)[: len(heard)]
    energy = np.convolve(heard**2, np.ones(len(middle)))[len(middle) - 1 :][: len(heard)]
    level = np.sqrt(np.maximum(energy, 1.0) * float(np.sum(middle**2)))
    return bool(np.max(alike[: len(level)] / level) > ALIKE)


async def hears_words(person: Person, words: Samples, what: str) -> None:
    give_up = time.monotonic() + 30
    while not said(person, words):
        assert time.monotonic() < give_up, f"Nobody said {what}."
        await person.peer.more(25)
