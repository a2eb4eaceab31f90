"""Which voice speaks: by the operator's order, then by quality; one that fails rests for a while."""

import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import cast

from warmline.kernel.errors import ProviderFailed
from warmline.kernel.locale import LOCALES, Locale
from warmline.ports.speech import Synthesiser, Voice

REST_S = 30.0
_NAMES: dict[Locale, str] = {"ko": "Korean", "ja": "Japanese", "en": "English"}
MOST_PCM_BYTES = 16_000 * 2 * 300  # five minutes of one text


class Voices:
    """The voices of all engines. `order` names, per locale, engines (`hibari`) or voices (`espeak-ng/en-gb`), best
    first; those not named follow, natural ones before robotic ones. Engines named in `public_only` send texts to
    somebody else: they are never given a text that holds somebody's data.
    """

    def __init__(
        self,
        engines: Sequence[Synthesiser],
        *,
        order: Mapping[Locale, Sequence[str]] | None = None,
        public_only: frozenset[str] = frozenset(),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engines = tuple(engines)
        self._order = dict(order or {})
        self._public_only = public_only
        self._clock = clock
        self._resting: dict[Voice, float] = {}

    def all(self) -> tuple[Voice, ...]:
        """Every voice of every engine that is there."""
        return tuple(voice for engine in self._engines for voice in engine.voices())

    def missing(self) -> tuple[Locale, ...]:
        """The languages nobody speaks here."""
        spoken = {voice.locale for voice in self.all()}
        return tuple(locale for locale in LOCALES if locale not in spoken)

    def candidates(self, locale: Locale, *, public: bool) -> list[tuple[Synthesiser, Voice]]:
        """Return who may speak, best first, those that failed lately last. Raises ProviderFailed for nobody."""
        named = list(self._order.get(locale, ()))

        def rank(pair: tuple[Synthesiser, Voice]) -> tuple[bool, int, int]:
            voice = pair[1]
            places = [
                at for at, name in enumerate(named) if name in (voice.engine, f"{voice.engine}/{voice.name}")
            ]
            resting = self._resting.get(voice, 0.0) > self._clock()
            return resting, min(places, default=len(named)), -voice.quality

        found = [
            (engine, voice)
            for engine in self._engines
            for voice in engine.voices()
            if voice.locale == locale and (public or voice.engine not in self._public_only)
        ]
        if not found:
            raise ProviderFailed(
                f"No voice speaks {_NAMES[locale]}. Install espeak-ng (scripts/install-voices.sh) or name another "
                "voice in the settings; see docs/howto/voices.md.",
                retryable=False,
            )
        return sorted(found, key=rank)

    def resting(self, locale: Locale) -> tuple[Voice, ...]:
        """The voices of a language that failed lately, and are asked last for now."""
        now_s = self._clock()
        return tuple(one for one in self.all() if one.locale == locale and self._resting.get(one, 0.0) > now_s)

    def failed(self, voice: Voice) -> None:
        """Let a voice rest: others are asked first for half a minute."""
        self._resting[voice] = self._clock() + REST_S


async def render(engine: Synthesiser, text: str, voice: Voice) -> bytes:
    """Return all of a text's audio. Raises ProviderFailed, also for more than five minutes of it."""
    made = bytearray()
    speaking = cast(AsyncGenerator[bytes, None], engine.synthesise(text, voice))
    async with aclosing(speaking) as pieces:
        async for piece in pieces:
            made += piece
            if len(made) > MOST_PCM_BYTES:
                raise ProviderFailed("This text is longer than five minutes.", retryable=False)
    return bytes(made)
