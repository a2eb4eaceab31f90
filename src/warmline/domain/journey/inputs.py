"""Reading what a customer typed as the kind of input a step expects."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from warmline.domain.journey.checker_patterns import reads_quickly
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
from warmline.domain.journey.faults import Fault
from warmline.domain.journey.inputs_choice import Label, choose
from warmline.domain.journey.inputs_date import read_date
from warmline.domain.journey.inputs_number import read_number
from warmline.domain.journey.keys import keyed_number
from warmline.domain.journey.textform import core, hyphens, normal
from warmline.domain.outbound import numbers as telephone
from warmline.kernel.locale import Locale

_REGIONS: dict[Locale, str] = {"ko": "KR", "ja": "JP", "en": "US"}
_EMAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/#.-]{0,63}")


class Accepted(Struct, frozen=True):
    """A valid input: its `value` as stored (text, whole or decimal number)."""

    value: str | int | float


class Rejected(Struct, frozen=True):
    """An input that does not fit; `problem` names the prompt `input.problem.<problem>`, empty for unreadable."""

    problem: str = ""


Reading = Accepted | Rejected


class Ear(Struct, frozen=True):
    """Who is listening: the customer's language, the local date, and the texts of prompt keys."""

    locale: Locale
    today: date
    label: Label


def read_input(expect: Input, text: str, value: str | None, ear: Ear) -> Reading:
    """Read `text` (or the tapped `value`) as `expect`. Text beyond 4,000 characters is rejected unread."""
    if len(text) > 4000:
        return Rejected("too_long")
    match expect:
        case ChoiceInput(options):
            option = choose(options, text, value, ear.label)
            return Accepted(option.value) if option else Rejected()
        case TextInput(max_length):
            return _text(text, max_length)
        case DigitsInput():
            return _digits(text, expect)
        case NumberInput():
            return _number(text, expect)
        case DateInput(past_only):
            return _date(text, past_only, ear)
        case PhoneInput(region):
            return _phone(text, region, ear.locale)
        case EmailInput():
            return _email(text)
        case OrderNumberInput():
            return _order_number(text, expect)
        case FileInput():
            return Rejected()  # words are no file; a card reads its own files


def kind_of(expect: Input) -> str:
    """Return the name of an input's kind as the widget knows it: "choice", "text", "digits", …"""
    return str(expect.__struct_config__.tag)


def _text(text: str, max_length: int) -> Reading:
    trimmed = text.strip()
    if not trimmed:
        return Rejected()
    return Accepted(trimmed) if len(trimmed) <= max_length else Rejected("too_long")


def _digits(text: str, expect: DigitsInput) -> Reading:
    digits = re.sub(r"[\s.-]", "", hyphens(core(text)))
    if not digits.isascii() or not digits.isdigit():
        return Rejected()
    if len(digits) < expect.min_length:
        return Rejected("too_short")
    return Accepted(digits) if len(digits) <= expect.max_length else Rejected("too_long")


def _number(text: str, expect: NumberInput) -> Reading:
    number = read_number(core(text))
    if number is None:
        return Rejected()
    if expect.minimum is not None and number < Decimal(str(expect.minimum)):
        return Rejected("too_small")
    if expect.maximum is not None and number > Decimal(str(expect.maximum)):
        return Rejected("too_large")
    return Accepted(int(number) if number == number.to_integral_value() else float(number))


def _date(text: str, past_only: bool, ear: Ear) -> Reading:
    found = read_date(hyphens(core(text)), ear.locale, ear.today, past_only=past_only)
    if isinstance(found, str):
        return Rejected(found)
    if past_only and found > ear.today:
        return Rejected("date_in_future")
    return Accepted(found.isoformat())


def _phone(text: str, region: str, locale: Locale) -> Reading:
    """Read a number that a company may call back; one that nobody calls is refused with its reason."""
    written, problem = hyphens(core(text)), ""
    for country in dict.fromkeys((region, _REGIONS[locale])):
        number = telephone.read_number(written, country)
        why = None if number is None else telephone.not_called(number)
        if telephone.is_emergency(written, country):
            why = "emergency"
        elif number is not None and why is None:
            return Accepted(number.e164)
        if why is not None:
            problem = problem or f"phone_{why}"
    return Rejected(problem)


def _email(text: str) -> Reading:
    found = _EMAIL.findall(normal(text))
    if len(found) != 1 or ".." in found[0] or found[0].startswith("."):
        return Rejected()
    local, _, domain = found[0].rpartition("@")
    return Accepted(f"{local}@{domain.lower()}")


def _order_number(text: str, expect: OrderNumberInput) -> Reading:
    whole = hyphens(core(text))
    # People type the number alone, in a sentence, in small letters, or with spaces inside it.
    candidates = [whole, whole.replace(" ", ""), *_TOKEN.findall(whole)]
    if (keyed := keyed_number(whole.replace(" ", ""), expect.example)) is not None:
        candidates.append(keyed)  # on a telephone there are no letters
    pattern = _quick(expect.pattern)
    fitting = [c for raw in candidates for c in (raw, raw.upper()) if pattern.fullmatch(c)]
    if not fitting:
        return Rejected()
    for candidate in fitting:
        if _checks(candidate, expect.checksum):
            return Accepted(candidate)
    return Rejected("checksum")


def _quick(pattern: str) -> re.Pattern[str]:
    """Return a pattern whose reading takes time proportional to the text. Raises Fault for any other.

    Publishing refuses the others, but versions from before that rule still run: one text read by such a pattern
    can hold up the whole process, so the journey's `on_error` answers instead.
    """
    judged = _judged(pattern)
    if isinstance(judged, str):
        raise Fault(judged)
    return judged


@lru_cache(maxsize=1024)
def _judged(pattern: str) -> re.Pattern[str] | str:
    try:
        return re.compile(pattern) if reads_quickly(pattern) else "pattern_slow"
    except (re.error, OverflowError, RecursionError):
        return "pattern_wrong"


def _checks(number: str, checksum: str) -> bool:
    match checksum:
        case "luhn":
            return luhn_valid(number)
        case "mod97":
            return mod97_valid(number)
        case _:
            return True


def luhn_valid(number: str) -> bool:
    """Tell whether the digits in `number` end in their Luhn check digit. Source: ISO/IEC 7812-1, annex B."""
    digits = [int(c) for c in number if c.isdigit()]
    total = sum(digits[-1::-2]) + sum(sum(divmod(2 * d, 10)) for d in digits[-2::-2])
    return bool(digits) and total % 10 == 0


def mod97_valid(number: str) -> bool:
    """Tell whether letters and digits of `number`, letters as 10 to 35, leave 1. Source: ISO 7064, MOD 97-10."""
    digits = "".join(str(int(c, 36)) for c in number if c.isalnum() and c.isascii())
    return bool(digits) and int(digits) % 97 == 1
