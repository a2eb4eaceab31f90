"""Korean as it is said. Pure: text of one line in, text without digits out."""

import re

from warmline.speech.codes import after, codes, masked, phones
from warmline.speech.numbers import LARGEST, korean_digits, korean_own
from warmline.speech.numbers import korean as sino

_OWN = (
    "시간|시|명|개(?!월)|번째|건|살|달(?!러)|가지|장|대|권|병|잔|곳|군데|통|마리|자리|사람|켤레|벌|박스|상자|줄|칸|"
    "배(?!송)"
)
_SINO = (
    "년|월|일|분|초|개월|주|층|호|동|회|점|인분|도|원|엔|달러|유로|위안|번|세|위|차|학년|반|킬로|미터|리터|그램|"
    "센트"
)
_COUNTED = re.compile(rf"\s?(?:{_OWN}|{_SINO}|%|퍼센트|만|천|억|,)")
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_LETTERS = dict(zip(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    ["에이", "비", "씨", "디", "이", "에프", "지", "에이치", "아이", "제이", "케이", "엘", "엠",
     "엔", "오", "피", "큐", "알", "에스", "티", "유", "브이", "더블유", "엑스", "와이", "제트"],
    strict=True,
))  # fmt: skip
_WEEKDAYS = re.compile(r"(?<=[일월]) ?\(([월화수목금토일])\)")
_MONTHS = {6: "유월", 10: "시월"}


def korean(text: str) -> str:
    """Return `text` with dates, times, money, numbers, letters and signs in words."""
    said = text.replace("(주)", "주식회사 ").replace("㈜", "주식회사 ").replace("&", " 앤드 ")
    said = masked(said, "끝자리 ", korean_digits)
    said = re.sub(r"(?<!\d)(\d{4})[-/.] ?(\d{1,2})[-/.] ?(\d{1,2})(?![\d-])\.?", _iso, said)
    said = re.sub(r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])", _time, said)
    said = _WEEKDAYS.sub(r" \1요일", said)
    said = re.sub(rf"[₩￦] ?({_NUMBER})", r"\1원", said)
    said = re.sub(rf"[¥￥] ?({_NUMBER})", r"\1엔", said)
    said = re.sub(rf"€ ?({_NUMBER})", r"\1유로", said)
    said = re.sub(rf"\$ ?({_NUMBER})(?:\.(\d{{2}}))?", _dollars, said)
    said = re.sub(r"(?<=\d)([만천억]?)\s*(?:원|엔|달러)?\s*[~〜∼]\s*(?=\d)", r"\1에서 ", said)
    said = re.sub(r"(?<![\w)])-(?=\d)", "마이너스 ", said)
    said = phones(said, korean_digits, ", ", "국가번호 ")
    said = codes(said, korean_digits, letters, ", ", _COUNTED)
    said = after("번호|코드|비밀번호|PIN", said, korean_digits, ", ")
    said = re.sub(r"(?<!\d)(\d{1,2})월(?! ?(?:분|치))", _month, said)
    said = re.sub(
        rf"({_NUMBER})\.(\d+)", lambda f: f"{_sino(f[1])} 점 {korean_digits(f[2])}".replace("공", "영"), said
    )
    said = re.sub(rf"({_NUMBER})\s?({_OWN})", _own, said)
    said = re.sub(rf"({_NUMBER})\s?(만|천|억)", lambda f: f"{_scale(f[1])}{f[2]}", said)
    said = re.sub(rf"({_NUMBER})\s?({_SINO})", lambda f: f"{_sino(f[1])}{f[2]}", said)
    said = said.replace("%", " 퍼센트").replace("℃", "도")
    said = re.sub(_NUMBER, lambda f: f"{_sino(f[0])}", said)
    said = re.sub(r"(?<![A-Za-z])[A-Z]{2,6}(?![A-Za-z])", lambda f: letters(f[0]), said)
    return said.replace("~", " ").replace("/", ", ")


def letters(text: str) -> str:
    """SMS is 에스엠에스."""
    return "".join(_LETTERS.get(letter, letter) for letter in text.upper())


def _int(written: str) -> int:
    return int(written.replace(",", ""))


def _sino(written: str) -> str:
    number = _int(written)
    return sino(number) if number < LARGEST else korean_digits(written.replace(",", ""))


def _scale(written: str) -> str:
    return "" if _int(written) == 1 else _sino(written)


def _own(found: re.Match[str]) -> str:
    number, unit = _int(found[1]), found[2]
    if unit == "시":
        return f"{korean_own(number) if 1 <= number <= 12 else sino(number)} 시"
    if unit == "번째":
        return "첫 번째" if number == 1 else f"{korean_own(number)} 번째"
    return f"{korean_own(number)} {unit}"


def _month(found: re.Match[str]) -> str:
    number = int(found[1])
    return _MONTHS.get(number, f"{sino(number)}월")


def _iso(found: re.Match[str]) -> str:
    return f"{int(found[1])}년 {int(found[2])}월 {int(found[3])}일"


def _time(found: re.Match[str]) -> str:
    minute = int(found[2])
    return f"{int(found[1])}시" + (f" {minute}분" if minute else "")


def _dollars(found: re.Match[str]) -> str:
    cents = int(found[2] or 0)
    return f"{found[1]}달러" + (f" {cents}센트" if cents else "")
