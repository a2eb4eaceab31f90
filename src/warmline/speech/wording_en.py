"""English as it is said. Pure: text of one line in, text without digits out."""

import re

from warmline.speech.codes import after, codes, masked, phones
from warmline.speech.numbers import english as words
from warmline.speech.numbers import english_digits, english_ordinal, english_year

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_COUNTED = re.compile(
    r"\s(?:won|yen|dollars?|euros?|pounds?|percent|people|items?|points?|days?|hours?|minutes?|customers?)\b|%|,",
    re.IGNORECASE,
)
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_MONTH = "|".join(rf"{name[:3]}(?:{name[3:]}|t)?\.?" if len(name) > 3 else name for name in _MONTHS)
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = {name[:3]: name for name in _WEEK}
_TITLES = {
    "Mr.": "Mister", "Mrs.": "Missus", "Ms.": "Miz", "Dr.": "Doctor", "Prof.": "Professor", "Jr.": "Junior",
    "Sr.": "Senior", "Inc.": "Incorporated", "Ltd.": "Limited", "Co.": "Company", "e.g.": "for example",
    "i.e.": "that is", "etc.": "et cetera", "approx.": "approximately", "ext.": "extension", "w/o": "without",
}  # fmt: skip
_UNITS = {"₩": ("won", "won"), "¥": ("yen", "yen"), "€": ("euro", "euros"), "£": ("pound", "pounds")}
_LARGEST = 10**15
# The stop behind "p.m." is part of it; behind "PM" it ends the sentence.
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:]) ?([AaPp])?\.?((?<=[AaPp]|\.)[Mm](?:(?<=\.[Mm])\.)?)?")
_HOUR = re.compile(r"(?<![\d:])(\d{1,2}) ?([AaPp])(?:\.[Mm]\b\.?|[Mm]\b)")


def english(text: str) -> str:
    """Return `text` with dates, times, money, numbers, titles and signs in words."""
    said = text
    for short, long in _TITLES.items():
        said = re.sub(rf"(?<![\w.]){re.escape(short)}(?=\s|,|$)", long, said)
    said = re.sub(r"(?<!\w)No\. ?(?=\d)", "number ", said)
    said = said.replace("24/7", "twenty-four seven").replace("&", " and ").replace("#", "number ")
    said = masked(said.replace("ending *", "*"), "ending in ", english_digits)
    said = re.sub(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d-])", _iso, said)
    said = re.sub(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?:(,) (\d{{4}}))?\b(?![:,]\d)", _date, said)
    said = re.sub(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b(?=[,. )]|$)\.?", lambda f: _DAYS[f[1]], said)
    said = re.sub(
        r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:]) ?([AaPp])?\.?((?<=[AaPp]|\.)[Mm](?:(?<=\.[Mm])\.)?)?", _time, said
    )
    said = _HOUR.sub(lambda f: f"{words(int(f[1]))} {f[2].upper()}M", said)
    said = said.replace("￦", "₩").replace("￥", "¥")
    said = re.sub(rf"\$ ?({_NUMBER})(?:\.(\d{{2}}))?", _dollars, said)
    said = re.sub(rf"([₩¥€£]) ?({_NUMBER})", _money, said)
    said = phones(said, english_digits, ", ", "plus ")
    said = codes(said, english_digits, lambda letters: " ".join(letters.upper()), ", ", _COUNTED)
    said = after(r"code|PIN|number(?: is)?|\border|ending in", said, english_digits, ", ")
    said = re.sub(r"(?<=\d) ?%", " percent", said)
    said = re.sub(r"(?<=\d)\s*[~〜–-]\s*(?=\d)", " to ", said)
    said = re.sub(r"(?<![\d,.])(\d{1,2})(st|nd|rd|th)\b", lambda f: english_ordinal(int(f[1])), said)
    said = re.sub(rf"({_NUMBER})\.(\d+)", lambda f: f"{_words(f[1])} point {english_digits(f[2])}", said)
    said = re.sub(r"(?<![\d,.])(?:19|20)\d\d(?![\d,%]| (?:won|yen|dollar|point|item|people))",
                  lambda f: english_year(int(f[0])), said)  # fmt: skip
    said = re.sub(rf"(?<!\w)-({_NUMBER})", r"minus \1", said)
    said = re.sub(_NUMBER, lambda f: _words(f[0]), said)
    return said.replace("~", " about ").replace(" / ", ", ").replace("/", " or ")


def _words(written: str) -> str:
    number = int(written.replace(",", ""))
    return words(number) if number < _LARGEST else english_digits(written.replace(",", ""))


def _iso(found: re.Match[str]) -> str:
    month = int(found[2])
    if not 1 <= month <= 12:
        return found[0]
    return f"{_MONTHS[month - 1]} {english_ordinal(int(found[3]))}, {english_year(int(found[1]))}"


def _date(found: re.Match[str]) -> str:
    month = next(name for name in _MONTHS if name.startswith(found[1][:3]))
    year = f", {english_year(int(found[4]))}" if found[4] else ""
    return f"{month} {english_ordinal(int(found[2]))}{year}"


def _time(found: re.Match[str]) -> str:
    hour, minute, half = int(found[1]), int(found[2]), found[3]
    tail = f" {half.upper()}M" if half and found[4] else ""
    between = "" if minute == 0 else f" oh {words(minute)}" if minute < 10 else f" {words(minute)}"
    if minute == 0 and not tail:
        between = " o'clock" if 1 <= hour <= 12 else " hundred"
    lost = half if half and not found[4] else ""
    space = " " if lost else ""
    return f"{words(hour)}{between}{tail}{space}{lost}"


def _dollars(found: re.Match[str]) -> str:
    whole, cents = int(found[1].replace(",", "")), int(found[2] or 0)
    said = f"{words(whole)} {'dollar' if whole == 1 else 'dollars'}"
    return said + (f" and {words(cents)} {'cent' if cents == 1 else 'cents'}" if cents else "")


def _money(found: re.Match[str]) -> str:
    amount = int(found[2].replace(",", ""))
    return f"{words(amount)} {_UNITS[found[1]][0 if amount == 1 else 1]}"
