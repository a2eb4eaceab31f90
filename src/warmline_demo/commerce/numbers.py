"""Order numbers of the shop: `ON-`, seven digits and a check digit; and what can be a card's number or a PIN."""

import itertools
import unicodedata

PREFIX = "ON-"


def luhn_digit(digits: str) -> str:
    """Return the check digit that makes `digits` plus it pass. Source: ISO/IEC 7812-1, annex B."""
    total = 0
    for place, character in enumerate(reversed(digits)):
        value = int(character) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def order_number(serial: str) -> str:
    """Return the order number of a seven-digit `serial`."""
    return f"{PREFIX}{serial}{luhn_digit(serial)}"


def normal_order_number(text: str) -> str | None:
    """Return the order number in `text` however it is written, or None when it cannot be one."""
    folded = unicodedata.normalize("NFKC", text).upper().strip()
    digits = "".join(character for character in folded if character.isdigit())
    rest = {character for character in folded if not character.isdigit()} - set("ON-_# ")
    if len(digits) != 8 or rest or luhn_digit(digits[:7]) != digits[7]:
        return None
    return PREFIX + digits


def is_card_number(text: str) -> bool:
    """Whether `text` can be a card's number: 12 to 19 digits, the last of them checks. Source: ISO/IEC 7812-1."""
    return text.isascii() and text.isdigit() and 12 <= len(text) <= 19 and luhn_digit(text[:-1]) == text[-1]


def is_good_pin(text: str) -> bool:
    """Whether `text` may be a PIN: 4 to 8 digits, neither all the same nor counting up or down."""
    if not (text.isascii() and text.isdigit() and 4 <= len(text) <= 8):
        return False
    steps = {int(later) - int(one) for one, later in itertools.pairwise(text)}
    return not (len(steps) == 1 and steps <= {-1, 0, 1})


def is_document_number(text: str) -> bool:
    """Whether `text` can be the number of a document, as it is keyed in: 1 to 24 digits."""
    return text.isascii() and text.isdigit() and len(text) <= 24
