"""What is read sign by sign: telephone numbers, order numbers, codes. Pure; the words are the language's."""

import re
from collections.abc import Callable

Digits = Callable[[str], str]
Letters = Callable[[str], str]

PHONE = re.compile(
    # Letters around it make it a code; a Japanese or Korean word may stand right beside it.
    r"(?<![A-Za-z0-9_.,-])(?:\+\d{1,3}[ -]?)?(?:\(\d{1,4}\)[ -]?)?\d{1,4}(?:[ -]\d{2,4}){1,3}"
    r"(?![A-Za-z0-9_-]|[.,]\d)"
)
_CODE = re.compile(
    r"(?<![\w.,:-])(?=[A-Za-z0-9-]*\d)(?=[A-Za-z0-9-]*[A-Za-z])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?![A-Za-z0-9])"
)
_PURE = re.compile(r"(?<![\w.,:-])(?:\d{5,}|0\d+|\d+(?:-\d+)+)(?![\d:-]|[.,]\d)")
_MASKED = re.compile(r"(?:[*•●xX]{2,}[ -]?)+(\d{2,4})(?!\d)")
_GROUP = 4


def grouped(digits: str) -> list[str]:
    """Groups of three or four that an ear can hold: 26113407 is 2611 3407, 821345 is 821 345."""
    size = 3 if len(digits) in (6, 9) else _GROUP
    if len(digits) <= size + 1:
        return [digits]
    return [digits[at : at + size] for at in range(0, len(digits), size)]


def is_phone(written: str) -> bool:
    """Whether digits and separators are a telephone number rather than a range or a score."""
    digits = re.sub(r"\D", "", written)
    if written.startswith("+"):
        return 8 <= len(digits) <= 15
    if digits.startswith("0"):
        return 8 <= len(digits) <= 12
    return bool(re.fullmatch(r"1[568]\d{2}[ -]\d{4}|(?:1[ -])?\(?\d{3}\)?[ -]\d{3}[ -]\d{4}", written))


def phones(text: str, say: Digits, pause: str, plus: str) -> str:
    """Replace telephone numbers by groups of single digits."""

    def one(found: re.Match[str]) -> str:
        written = found[0]
        if not is_phone(written):
            return written
        groups = [say(part) for group in re.findall(r"\d+", written) for part in grouped(group)]
        return ("" if not written.startswith("+") else plus) + pause.join(groups)

    return PHONE.sub(one, text)


def codes(text: str, say: Digits, letters: Letters, pause: str, counted: re.Pattern[str]) -> str:
    """Replace order numbers and other long or hyphenated runs of signs; what `counted` follows is an amount."""

    def parts(written: str) -> str:
        said: list[str] = []
        for piece in re.findall(r"\d+|[A-Za-z]+", written):
            said += [say(group) for group in grouped(piece)] if piece.isdigit() else [letters(piece)]
        return pause.join(said)

    def mixed(found: re.Match[str]) -> str:
        written = found[0]
        upper = written.upper() == written
        long = sum(character.isdigit() for character in written) >= 2
        return (
            parts(written)
            if upper and long and not re.fullmatch(r"\d+(?:[AP]M|[KMG]B?|KG|CM|MM)", written)
            else written
        )

    def pure(found: re.Match[str]) -> str:
        written = found[0]
        if "-" not in written and not written.startswith("0") and counted.match(text, found.end()):
            return written
        if "-" in written and len(written) < 6:  # 3-5: a range
            return written
        return parts(written)

    text = _CODE.sub(mixed, text)
    return _PURE.sub(pure, text)


def masked(text: str, ending: str, say: Digits) -> str:
    """Stars before the last digits of a card or a number become words."""
    said = _MASKED.sub(lambda found: ending + say(found[1]), text)
    return said.replace(ending.strip() + " " + ending.strip(), ending.strip())


def after(words: str, text: str, say: Digits, pause: str) -> str:
    """Read three to eight digits one by one when a word such as 'code' stands before them."""
    near = re.compile(rf"((?:{words})[^\d\n.。]{{0,6}}?)(?<![\d,.])(\d{{3,8}})(?!\d|[.,:]\d)", re.IGNORECASE)
    return near.sub(lambda found: found[1] + pause.join(say(group) for group in grouped(found[2])), text)
