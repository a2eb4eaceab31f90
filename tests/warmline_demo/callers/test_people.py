"""Callers are invented, have numbers of nobody, and want different things."""

import random

from warmline.domain.outbound.gate import Allowed, OutboundUse, decide
from warmline_demo.callers.dialogues import LOCALES
from warmline_demo.callers.people import (
    KEY_OF_LANGUAGE,
    NUMBER_OF_LANGUAGE,
    SPOKEN_NAMES,
    caller_at,
    locale_of,
    next_caller,
    numbers_of,
)
from warmline_demo.content.telephone import NUMBERS, extensions, outbound_rules

DRAW = random.Random(1)


def test_every_caller_can_be_called_back_and_nobody_has_two_languages():
    numbers = [number for locale in LOCALES for number in numbers_of(locale)]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert isinstance(decide(outbound_rules(), OutboundUse(), number), Allowed)
    assert [locale_of(numbers_of(locale)[3]) for locale in LOCALES] == list(LOCALES)
    assert locale_of("+81312345678") is None


def test_callers_dial_numbers_there_are_in_their_language():
    seen = {number: locale for _, number, locale in NUMBERS}
    for _ in range(200):
        who = next_caller(DRAW)
        assert who.dialled == "100" or seen[who.dialled] == who.locale
        assert who.keys[0] == KEY_OF_LANGUAGE[who.locale]
    assert set(NUMBER_OF_LANGUAGE.values()) <= set(seen)


def test_most_want_to_talk_and_some_want_something_else():
    wishes = [next_caller(DRAW).wish for _ in range(400)]
    assert wishes.count("talk") > 250
    assert {"hours", "callback", "message"} <= set(wishes)


def test_who_is_on_the_telephone_does_not_call_again():
    taken = frozenset(number for locale in LOCALES for number in numbers_of(locale)[1:])
    assert {next_caller(DRAW, taken).number[-2:] for _ in range(20)} == {"01"}
    assert next_caller(DRAW, wish="hours").wish == "hours"


def test_every_desk_phone_has_a_name_to_be_said_in_every_language():
    assert set(SPOKEN_NAMES) == set(extensions().values())
    assert all(set(names) == set(LOCALES) for names in SPOKEN_NAMES.values())
    assert caller_at(numbers_of("en")[0], "en", "talk", DRAW).keys == ("3", "0")
