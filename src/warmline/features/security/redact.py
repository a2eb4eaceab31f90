"""Masking of what must never be written down: cards, identity numbers, addresses of people."""

import re
from datetime import date

from warmline.features.security.redact_numbers import is_card_number, is_my_number

# Full-width forms count as digits too; the translation keeps every position.
_WIDE = str.maketrans("０１２３４５６７８９－＠．＋", "0123456789-@.+")
# ASCII boundaries: a Korean or Japanese particle follows a number without a space.
_DIGIT_RUN = re.compile(r"(?<![\w.+-])\d(?:[ -]?\d){11,18}(?![\w-])", re.ASCII)
_RESIDENT = re.compile(r"(?<![\w-])(\d{2})(\d{2})(\d{2})[- ]?[1-8]\d{6}(?![\w-])", re.ASCII)
_CARD_CODE = re.compile(
    r"((?:\bcv[vcn]2?\b|security code|card code|보안\s?코드|카드\s?검증|セキュリティ\s?コード)\D{0,12}?)"
    r"\d{3,4}(?!\d)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w.:-])"
    r"(?:\+\d{1,3}[ -]?(?:\(0\))?(?:\d[ -]?){7,12}\d|\(?0\d{1,4}\)?[ -]\d{2,4}[ -]\d{4}|0\d{9,10})(?![\w-])",
    re.ASCII,
)


def redact(text: str) -> str:
    """Return `text` with personal numbers and addresses masked; a card keeps its first six and last four."""
    text = text.translate(_WIDE)
    text = _CARD_CODE.sub(lambda m: m.group(1) + "***", text)
    text = _RESIDENT.sub(_mask_resident, text)
    text = _DIGIT_RUN.sub(_mask_digits, text)
    text = _EMAIL.sub("[email]", text)
    return _PHONE.sub("[phone]", text)


def _mask_resident(match: re.Match[str]) -> str:
    year, month, day = (int(match.group(n)) for n in (1, 2, 3))
    try:
        date(2000 + year, month, day)
    except ValueError:
        return match.group()
    return "[resident number]"


def _mask_digits(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match.group())
    if is_card_number(digits):
        return f"{digits[:6]}{'*' * (len(digits) - 10)}{digits[-4:]}"
    if is_my_number(digits):
        return "[my number]"
    return match.group()
