"""Who calls, all invented: a number, a language, a wish, some patience; and how the phone team is called aloud."""

import random
from dataclasses import dataclass
from typing import Literal

from warmline_demo.callers.dialogues import DIALOGUES, LOCALES, Locale
from warmline_demo.content.telephone import PREFIX

Wish = Literal["talk", "hours", "callback", "message"]
WISHES: tuple[tuple[Wish, int], ...] = (("talk", 80), ("hours", 8), ("callback", 6), ("message", 6))
PEOPLE_A_LANGUAGE = 12
KEY_OF_LANGUAGE: dict[Locale, str] = {"ko": "1", "ja": "2", "en": "3"}
NUMBER_OF_LANGUAGE: dict[Locale, str] = {"ko": "101", "ja": "102", "en": "103"}
REGULARS = 0.6
LEAVES_EARLY = 0.1  # of those who wait for a person
_KEYS_AFTER_LANGUAGE: dict[Wish, tuple[str, ...]] = {
    "talk": ("0",), "hours": ("3", "1", "2"), "callback": ("5",), "message": ("5",),
}  # fmt: skip
SPOKEN_NAMES: dict[str, dict[Locale, str]] = {
    "2001": {"ko": "김서윤", "ja": "キム・ソユン", "en": "Seo-yoon Kim"},
    "2002": {"ko": "사사키 하루카", "ja": "ささき", "en": "Haruka Sasaki"},
}


@dataclass(frozen=True)
class Caller:
    """One customer with a telephone. `pitch` is of the voice, 1 as the voice is; `patience_s` in the queue."""

    number: str
    locale: Locale
    dialled: str
    wish: Wish
    keys: tuple[str, ...]
    topic: str
    patience_s: float
    pitch: float
    score: int
    regular: bool = False  # knows the menu, and does not hear it out


def numbers_of(locale: Locale) -> tuple[str, ...]:
    """Return the numbers of the people who speak a language, E.164."""
    first = 200 + 100 * LOCALES.index(locale)
    return tuple(f"{PREFIX}{first + place:04d}" for place in range(1, PEOPLE_A_LANGUAGE + 1))


def locale_of(number: str) -> Locale | None:
    """Return the language of who has a number; None: none of ours."""
    return next((locale for locale in LOCALES if number in numbers_of(locale)), None)


def next_caller(draw: random.Random, taken: frozenset[str] = frozenset(), wish: Wish | None = None) -> Caller:
    """Return somebody who is not on the telephone already (`taken` numbers)."""
    locale = draw.choice(LOCALES)
    free = [number for number in numbers_of(locale) if number not in taken]
    number = draw.choice(free or list(numbers_of(locale)))
    return caller_at(number, locale, wish or _wish(draw), draw)


def caller_at(number: str, locale: Locale, wish: Wish, draw: random.Random) -> Caller:
    """Return who has this number, with what they want today."""
    keys = [KEY_OF_LANGUAGE[locale], *_KEYS_AFTER_LANGUAGE[wish]]
    if wish == "callback":
        keys += [f"0{number.removeprefix('+82')}#", "1"]
    return Caller(
        number=number,
        locale=locale,
        dialled=draw.choice(("100", NUMBER_OF_LANGUAGE[locale])),
        wish=wish,
        keys=tuple(keys),
        topic=draw.choice(DIALOGUES[locale]).topic,
        patience_s=draw.uniform(20, 35) if draw.random() < LEAVES_EARLY else draw.uniform(90, 160),
        pitch=(0.86, 0.94, 1.08, 1.2)[int(number[-2:]) % 4],
        score=draw.choice((5, 5, 5, 4, 4, 3, 2)),
        regular=draw.random() < REGULARS,
    )


def _wish(draw: random.Random) -> Wish:
    wishes: list[Wish] = [wish for wish, weight in WISHES for _ in range(weight)]
    return draw.choice(wishes)
