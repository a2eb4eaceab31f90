"""Whether what a recogniser wrote was said at all. Pure: recognisers invent text from silence, music and noise."""

import re
from math import exp

from warmline.kernel.locale import Locale
from warmline.ports.speech import Transcript

_NO_SPEECH = 0.6  # with a low probability of the words: nobody spoke (thresholds of the Whisper authors)
_SURELY_NO_SPEECH = 0.9
_LOWEST_LOG_PROBABILITY = -1.2
_MOST_CHARACTERS_A_SECOND = {"ko": 14.0, "ja": 16.0, "en": 30.0}
_NOTES = re.compile(r"[\[(（【♪*][^\])）】♪*]{0,40}[\])）】♪*]")  # (music), [Applause], ♪
# What models of this family learned from subtitles and write when nobody speaks.
_SUBTITLES = re.compile(
    r"시청\s?해\s?주셔서 감사|구독과 좋아요|자막 제공|다음 영상에서|MBC 뉴스|ご視聴|チャンネル登録|字幕|"
    r"最後までご覧|thanks? (?:you )?for watching|subscribe|subtitles by|amara\.org|transcribed by",
    re.IGNORECASE,
)


def plausible(
    text: str, locale: Locale, *, seconds: float, log_probability: float, no_speech: float
) -> Transcript | None:
    """Return a transcript when somebody said it, else None.

    `log_probability`: mean per token (0 when unknown); `no_speech`: the model's probability that nobody spoke.
    """
    said = " ".join(_NOTES.sub(" ", text).split())
    if not any(character.isalnum() for character in said):
        return None
    if no_speech > _SURELY_NO_SPEECH or (no_speech > _NO_SPEECH and log_probability < -0.7):
        return None
    if log_probability < _LOWEST_LOG_PROBABILITY or _SUBTITLES.search(said) or repeats(said):
        return None
    if len(said) > 8 + seconds * _MOST_CHARACTERS_A_SECOND[locale]:
        return None
    return Transcript(said, round(min(1.0, exp(min(0.0, log_probability)) * (1 - no_speech)), 3), locale)


def repeats(text: str) -> bool:
    """Whether a model fell into a loop: the same few words, or signs, over and over somewhere in the text.

    People say a thing two or three times, and digits repeat in numbers: those are no loops.
    """
    words = re.findall(r"\w+", text.lower())
    signs = [sign for sign in text.lower() if sign.isalpha()]
    return _loops(words, 1, 1, 6) or _loops(words, 2, 6, 4) or _loops(signs, 2, 12, 6)


def _loops(items: list[str], shortest: int, longest: int, times: int) -> bool:
    """Whether `shortest` to `longest` items come `times` in a row, each like the one that many places before."""
    for size in range(shortest, longest + 1):
        alike = 0
        for at in range(size, len(items)):
            alike = alike + 1 if items[at] == items[at - size] and not items[at].isdigit() else 0
            if alike >= size * (times - 1):
                return True
    return False
