"""Fakes of the same form: what a customer typed, with every letter and digit another one, as valid as it was.

The first digits of telephone numbers and the century of dates stay, so that a mobile number stays one.
"""

import re
import unicodedata
from collections.abc import Callable
from random import Random

from warmline.domain.journey.inputs import Accepted, Reading

DASHES = "ーｰㅡ"  # typed for a hyphen on Korean and Japanese keyboards
TRIES = 400  # a checksum of two digits is met once in 97
HANGUL = "가강건경고광규기나다동라민박보빈서선성소수승시신아안연영예온우원유윤은이인재정주준지진하한현혜호희"
HIRAGANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろ"
KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロ"
KANJI = "青赤石井上内江大岡小加川木北口黒佐坂桜清杉高竹田谷土中西野原東平藤本松三村森山吉和渡"
LATIN = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
KEPT_OF_PHONE = 3  # 010, 090, +82
KEPT_OF_DATE = 2  # 19, 20
SAFE_DOMAIN = "example.com"
_EMAIL = re.compile(r"([^\s@]+)@([^\s@]+)")

Reads = Callable[[str], Reading]


class Likeness:
    """Makes fakes; the same text always has the same one. `seed` decides them all."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 -- no secret depends on it
        self._known: dict[tuple[str, int], str] = {}

    def of(self, text: str, reads: Reads, fallback: str | None, keep: int = 0) -> str:
        """Return a fake that `reads` accepts or rejects as it does `text`. Its first `keep` digits stay.

        `fallback` is what to use when none is found; None: scrambled letters, whatever becomes of them.
        """
        known = self._known.get((text, keep))
        if known is not None:
            return known
        original = reads(text)
        accepted = isinstance(original, Accepted)
        for _ in range(TRIES):
            fake = self._scrambled(text, keep)
            reading = reads(fake)
            unlike = not (isinstance(original, Accepted) and reading == original)
            if isinstance(reading, Accepted) == accepted and fake != text and unlike:
                break
        else:
            fake = self._scrambled(text, keep) if fallback is None else fallback
        self._known[text, keep] = fake
        return fake

    def _scrambled(self, text: str, keep: int) -> str:
        email = _EMAIL.search(text)
        if email is not None:
            return f"{self._letters(email.group(1), 0)}@{SAFE_DOMAIN}"
        return self._letters(text, keep)

    def _letters(self, text: str, keep: int) -> str:
        fake: list[str] = []
        for letter in text:
            if letter.isdecimal() and keep > 0:
                keep -= 1
                fake.append(letter)
            else:
                fake.append(self._another(letter))
        return "".join(fake)

    def _another(self, letter: str) -> str:
        if letter.isdecimal():
            plain = str(unicodedata.decimal(letter))
            return self._random.choice([one for one in DIGITS if one != plain])
        if not letter.isalpha() or letter in DASHES:
            return letter
        alphabet = _alphabet(letter)
        other = self._random.choice([one for one in alphabet if one != letter.lower()])
        return other.upper() if letter.isupper() else other


def _alphabet(letter: str) -> str:
    name = unicodedata.name(letter, "")
    if name.startswith("HANGUL"):
        return HANGUL
    if name.startswith("HIRAGANA"):
        return HIRAGANA
    if name.startswith("KATAKANA"):
        return KATAKANA
    if name.startswith("CJK"):
        return KANJI
    return LATIN
