"""Text as bigrams, so that two Korean or Japanese syllables are already a search word."""

import unicodedata
from itertools import pairwise

# Katakana is folded onto hiragana: キャンセル and きゃんせる are one word to whoever searches.
_KANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def fold(text: str) -> str:
    """Return text as it is compared: composed, half- and full-width alike, without case, in one kana."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_KANA)


def _runs(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in fold(text)).split()


def _pairs(run: str) -> set[str]:
    if len(run) == 1:
        return {run}
    return {run[i : i + 2] for i in range(len(run) - 1)}


def index_bigrams(text: str) -> set[str]:
    """Return the bigrams to store: inside words, and across the gap between neighbours.

    Korean is written with and without spaces (환불 요청, 환불요청); storing the pairs across gaps lets a
    query without the space find text with it.
    """
    runs = _runs(text)
    found: set[str] = set()
    for run in runs:
        found |= _pairs(run)
    found |= {before[-1] + after[0] for before, after in pairwise(runs)}
    return found


def query_bigrams(text: str) -> set[str]:
    """Return the bigrams a query asks for: inside words only."""
    found: set[str] = set()
    for run in _runs(text):
        found |= _pairs(run)
    return found
