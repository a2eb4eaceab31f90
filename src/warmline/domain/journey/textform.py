"""Bringing typed text into one form: full-width letters narrowed, polite endings and stray marks taken off."""

import re
import unicodedata
from functools import lru_cache

_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\uff0d\uff70\u3161]")  # typed for a hyphen on CJK keyboards
_SPACES = re.compile(r"\s+")
_ENDINGS = re.compile(
    r"(?:(?:이|)(?:입니다|에요|예요|이요|요)|입니다|이에요|です|でした|になります|だよ|だ|ですけど|인데요)$"
)
_MARKS = " \t\n.,!?。、！？~…\"'“”‘’「」()[]"


def normal(text: str) -> str:
    """Return `text` in NFKC with single spaces, trimmed. Source: Unicode UAX #15."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def folded(text: str) -> str:
    """Return `text` normalised for comparison: NFKC, case folded, without outer punctuation."""
    return normal(text).casefold().strip(_MARKS)


def core(text: str) -> str:
    """Return what was meant without a polite ending: "3월 2일이에요." becomes "3월 2일"."""
    trimmed = normal(text).strip(_MARKS)
    shorter = _ENDINGS.sub("", trimmed).strip(_MARKS)
    return shorter or trimmed


def hyphens(text: str) -> str:
    """Return `text` with every dash-like character as an ASCII hyphen."""
    return _DASHES.sub("-", text)


@lru_cache(maxsize=4096)
def words(listed: str) -> tuple[str, ...]:
    """Split a comma-separated list of words (、 counts too) into folded words."""
    return tuple(word for part in re.split("[,、，]", listed) if (word := folded(part)))


def contains(text: str, word: str) -> bool:
    """Tell whether folded `text` holds folded `word`: Latin ones as whole words, others from two letters on."""
    if word.isascii():
        return word in text and re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
    return len(word) >= 2 and word.replace(" ", "") in text.replace(" ", "")
