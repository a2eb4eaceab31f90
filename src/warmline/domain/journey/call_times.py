"""The half hours in which a promised call may be made, and what a customer may mean by a time they type."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, tzinfo

from warmline.domain.journey.textform import core, folded

WINDOW = timedelta(minutes=30)
AHEAD = timedelta(hours=48)
OFFERED = 6  # how many are shown; every other one can be typed
CLOSE_BY = 3  # so many of them are the next ones, the rest lie two hours apart
STRIDE = 4
SOON = frozenset({
    "지금", "지금 바로", "바로", "빨리", "최대한 빨리", "가능한 빨리",
    "가능한 한 빨리", "아무 때나", "아무때나", "언제든지",
    "今", "今すぐ", "すぐ", "すぐに", "早く", "なるべく早く", "いつでも",
    "now", "right now", "right away", "asap", "any time",
    "anytime", "soon", "as soon as you can",
})  # fmt: skip
WAKING = range(7, 19)  # whoever names a day and a bare hour means one of these first

_COUNTED = {
    word: number
    for number, words in enumerate(
        (
            "한 一 one", "두 二 two", "세 三 three", "네 四 four", "다섯 五 five", "여섯 六 six", "일곱 七 seven",
            "여덟 八 eight", "아홉 九 nine", "열 十 ten", "열한 十一 eleven", "열두 十二 twelve",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_MINUTES = {
    "십": 10, "십오": 15, "이십": 20, "삼십": 30, "사십": 40, "사십오": 45, "오십": 50,
    "十": 10, "十五": 15, "二十": 20, "三十": 30, "四十": 40, "四十五": 45, "五十": 50, "半": 30, "반": 30,
    "fifteen": 15, "thirty": 30, "forty-five": 45,
}  # fmt: skip


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_LATIN = r"(?<![a-z])(?:{})(?![a-z])"
_DAYS = (
    (2, re.compile("모레|明後日|あさって|" + _LATIN.format("the day after tomorrow|day after tomorrow"))),
    (0, re.compile("오늘|今日|きょう|本日|" + _LATIN.format("today"))),
    (1, re.compile("내일|明日|あした|あす|" + _LATIN.format("tomorrow"))),
)
_NOON = re.compile("정오|正午|" + _LATIN.format("noon|midday"))
_MIDNIGHT = re.compile("자정|真夜中|" + _LATIN.format("midnight"))
_NIGHT = re.compile("밤|夜|" + _LATIN.format("tonight|at night"))
_MORNING = re.compile(
    r"오전|아침|새벽|午前|朝|(?<![a-z])a\.?\s?m\.?(?![a-z])|" + _LATIN.format("in the morning|morning")
)
_AFTERNOON = re.compile(
    r"오후|저녁|점심|낮|午後|夕方|昼|(?<![a-z])p\.?\s?m\.?(?![a-z])|"
    + _LATIN.format("in the afternoon|in the evening|afternoon|evening")
)
_HOUR, _MINUTE = rf"(?P<hour>\d{{1,2}}|{_any(_COUNTED)})", rf"(?P<minute>\d{{1,2}}|{_any(_MINUTES)})"
_CLOCKS = tuple(
    re.compile(rf"(?<![\d:.]){pattern}(?![\d:])")
    for pattern in (
        rf"half past {_HOUR}(?P<half>)",
        rf"{_HOUR}\s*(?:시|時)(?!\s*(?:간|間))(?:\s*{_MINUTE}\s*(?:분|分)?)?",
        rf"{_HOUR}\s*[:.]\s*(?P<minute>\d{{1,2}})",
        rf"{_HOUR}\s*o'?\s?clock",
        rf"{_HOUR}(?:\s+(?P<minute>fifteen|thirty|forty-five))?",
    )
)
# What people put around a time without changing it.
_AROUND = re.compile(
    "쯤|경|무렵|정도|정각|까지|에|으로|로|의|이요|요|"
    "전화\\s*(?:해|부탁)?\\s*(?:주세요?|주시면|드려요?|드립니다|해요?)?|부탁(?:해요?|드려요?|드립니다|합니다)?|주세요?|좋아요?|괜찮아요?|[돼되]요?|이면|면|"
    "ごろ|ころ|頃|くらい|ぐらい|ちょうど|まで|でお願いします|お願いします|がいい|がよい|に|の|で|は|お電話|電話|ください|を|"
    + _LATIN.format(
        "at|about|around|approximately|approx|by|on|please|call|me|ok|okay|sharp|roughly|say|is|good|fine"
    )
)
_REST = re.compile(r"[\s,、。.!~()]+")


def half_hours(is_open: Callable[[datetime], bool], now: datetime) -> list[datetime]:
    """Return the starts of the half hours of the next two days in which somebody is there, whole ones only."""
    start = now.replace(minute=0 if now.minute < 30 else 30, second=0, microsecond=0) + WINDOW
    count = int(AHEAD / WINDOW)
    return [at for n in range(count) if is_open(at := start + n * WINDOW)]


def shown(starts: list[datetime]) -> list[datetime]:
    """Return the few of them that are shown: the next ones, then wider apart."""
    return [*starts[:CLOSE_BY], *starts[CLOSE_BY::STRIDE]][:OFFERED]


def soon(text: str) -> bool:
    """Tell whether somebody typed that they would be called as soon as it can be."""
    return folded(core(text)) in SOON or folded(text) in SOON


def meant(text: str, starts: list[datetime], zone: tzinfo, now: datetime) -> datetime | None:
    """Return the first of `starts` at the day and time somebody typed, in their zone; None when there is none.

    A time within a half hour means that half hour; without morning or afternoon, the next that fits either, or,
    with a day named, the one people are awake at. What holds more than one time is not understood.
    """
    said = folded(core(text)).replace("’", "'")
    day: date | None = None
    for ahead, pattern in _DAYS:
        said, found = _taken(pattern, said)
        if found is not None:
            day = (now.astimezone(zone) + timedelta(days=ahead)).date()
            break
    if day is None and "tonight" in said:
        day = now.astimezone(zone).date()
    clocks, said = _clocks(said)
    if not clocks or _REST.sub("", _AROUND.sub("", said)):
        return None
    wanted = [(hour, minute - minute % 30) for hour, minute in clocks]
    if day is None:
        return next((at for at in starts if _clock(at, zone) in wanted), None)
    on_day = [at for at in starts if at.astimezone(zone).date() == day]
    wanted.sort(key=lambda clock: clock[0] not in WAKING)
    return next((at for clock in wanted for at in on_day if _clock(at, zone) == clock), None)


def _clocks(said: str) -> tuple[list[tuple[int, int]], str]:
    """Return the hours and minutes that one time may stand for, and what is left of the text without it."""
    for pattern, hour in ((_NOON, 12), (_MIDNIGHT, 0)):
        rest, found = _taken(pattern, said)
        if found is not None:
            return [(hour, 0)], rest
    part = None
    for name, pattern in (("am", _MORNING), ("pm", _AFTERNOON), ("night", _NIGHT)):
        said, found = _taken(pattern, said)
        if found is not None:
            part = name
            break
    for pattern in _CLOCKS:
        rest, found = _taken(pattern, said)
        if found is None:
            continue
        hour, minute = _number(found["hour"], _COUNTED), 0
        if "half" in pattern.groupindex:
            minute = 30
        elif "minute" in pattern.groupindex and found["minute"]:
            minute = _number(found["minute"], _MINUTES)
        return [(one, minute) for one in _hours(hour, part)] if minute < 60 else [], rest
    return [], said


def _hours(hour: int, part: str | None) -> list[int]:
    """Return the hours of the day, 0 to 23, that an hour in a part of the day, or in none, may be."""
    if hour > 24 or (part is not None and hour > 12):
        return []
    if part == "am" or (part == "night" and (hour < 6 or hour == 12)):
        return [hour % 12]
    if part is not None:
        return [hour % 12 + 12]
    return [hour % 24] if hour > 12 or hour == 0 else [hour % 24, (hour + 12) % 24]


def _number(written: str, names: dict[str, int]) -> int:
    return int(written) if written.isdecimal() else names[written]


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """Return `text` with the first find of a pattern taken out, and the find."""
    found = pattern.search(text)
    return (text, None) if found is None else (f"{text[: found.start()]} {text[found.end() :]}", found)


def _clock(at: datetime, zone: tzinfo) -> tuple[int, int]:
    local = at.astimezone(zone)
    return local.hour, local.minute - local.minute % 30
