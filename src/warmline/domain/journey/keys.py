"""Answers by telephone keys: how many keys a question takes, and what single keys mean.

`#` ends an answer early and is no part of it. `*` repeats; `0` asks for a person, unless the question takes it.
"""

import re

from warmline.domain.journey.document import (
    ChoiceInput,
    DateInput,
    DigitsInput,
    EmailInput,
    FileInput,
    Input,
    NumberInput,
    OrderNumberInput,
    PhoneInput,
    TextInput,
)

MOST_OPTIONS = 9  # one key each
REPEAT, PERSON = "*", "0"
ANY_NUMBER = 9  # keys of a number without bounds

Keys = tuple[int, int]
ONE_KEY: Keys = (1, 1)
DATE: Keys = (8, 8)  # year, month, day
PHONE: Keys = (8, 15)

_DIGIT = re.compile(r"[0-9]")


def keys_of(expect: Input) -> Keys | None:
    """Return how many keys make an answer, at least and at most; None where keys cannot say it."""
    match expect:
        case ChoiceInput(options):
            return ONE_KEY if 0 < len(options) <= MOST_OPTIONS else None
        case DigitsInput(least, most):
            return max(least, 1), most
        case NumberInput(_, maximum):
            if maximum is not None and maximum < 0:
                return None
            return 1, ANY_NUMBER if maximum is None else len(str(int(maximum)))
        case DateInput():
            return DATE
        case PhoneInput():
            return PHONE
        case OrderNumberInput():
            count = len(_DIGIT.findall(expect.example))
            return (count, count) if count and keyed_number("0" * count, expect.example) is not None else None
        case TextInput() | EmailInput() | FileInput():
            return None


def keyed_number(keyed: str, example: str) -> str | None:
    """Return the number that `keyed` means, in the shape of `example`: "26113407" is "ON-26113407".

    None when it is not digits alone, or not as many as the example has.
    """
    digits = iter(keyed)
    if not (keyed.isascii() and keyed.isdigit()) or len(_DIGIT.findall(example)) != len(keyed):
        return None
    return _DIGIT.sub(lambda found: next(digits), example)


def takes_zero(expect: Input) -> bool:
    """Tell whether `0` alone may be an answer: then it does not ask for a person."""
    match expect:
        case DigitsInput(least, _):
            return least <= 1
        case NumberInput(minimum, _):
            return minimum is None or minimum <= 0
        case _:
            return False
