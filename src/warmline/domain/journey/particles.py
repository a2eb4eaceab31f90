"""Korean particles that fit the word before them: 이/가, 은/는, 을/를, 과/와, (으)로.

The choice follows the sound the word ends in, so digits and Latin letters count as they are read in Korean.
Source: Korean orthography rules (한글 맞춤법), particles after a final consonant.
"""

_HANGUL_FIRST, _HANGUL_LAST = 0xAC00, 0xD7A3
_RIEUL = 8  # index of the final consonant ㄹ among the 28 finals of a syllable

# How the Korean reading of a character ends: "v" vowel, "l" ㄹ, "c" another consonant.
_DIGITS = dict(zip("0123456789", "clvcvvcllv", strict=True))
_LETTER_NAMES = {"l": "l", "r": "l", "m": "c", "n": "c"}
_WORD_ENDS = {"l": "l", "m": "c", "n": "c", "p": "c", "b": "c", "k": "c", "c": "c"}
_SIGNS = {"%": "v", "℃": "v", "㎏": "v"}
_PAIRS_WITH_RIEUL = ("(으)로", "으로/로")


def ending(text: str) -> str | None:
    """Return how `text` sounds at its end: "v" vowel, "l" ㄹ, "c" another consonant, None unknown."""
    word = text.rstrip(" \t\n.,!?\"')]}>」』”’»…")
    if not word:
        return None
    last = word[-1]
    code = ord(last)
    if _HANGUL_FIRST <= code <= _HANGUL_LAST:
        final = (code - _HANGUL_FIRST) % 28
        return "v" if final == 0 else "l" if final == _RIEUL else "c"
    if last in _DIGITS:
        return _DIGITS[last]
    if last in _SIGNS:
        return _SIGNS[last]
    if last.isascii() and last.isalpha():
        return _latin_ending(word)
    return None


def _latin_ending(word: str) -> str:
    lower = word.lower()
    spelled_out = len(word) == 1 or not word[-2].isalpha() or word[-2:].isupper()
    if spelled_out:
        return _LETTER_NAMES.get(lower[-1], "v")
    if lower.endswith("ng"):
        return "c"
    return _WORD_ENDS.get(lower[-1], "v")


def attach(text: str, pair: str) -> str:
    """Append the fitting particle of `pair` ("이/가": after a consonant/after a vowel; "(으)로").

    When the ending's sound is unknown both are written, as is usual: "이(가)".
    """
    sound = ending(text)
    with_rieul = pair in _PAIRS_WITH_RIEUL
    after_consonant, after_vowel = ("으로", "로") if with_rieul else pair.split("/", 1)
    if sound is None:
        both = "(으)로" if with_rieul else f"{after_consonant}({after_vowel})"
        return text + both
    if sound == "v" or (with_rieul and sound == "l"):
        return text + after_vowel
    return text + after_consonant
