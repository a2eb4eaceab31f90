"""Japanese in kana, for voices that cannot read kanji. A table of words, then one reading a character: a floor.

Longest match without grammar: prompts of the telephone come out right, names and rare words sometimes not.
`pyopenjtalk` reads properly; where it is installed, its voice is used anyway.
"""

import re
from functools import cache
from pathlib import Path

from warmline.speech.numbers import LARGEST, japanese

_FILE = Path(__file__).with_name("readings_ja.txt")
_HAN = re.compile(r"[一-鿿々]")
_LONGEST = 14

_SMALL = {1: "いっ", 6: "ろっ", 8: "はっ", 10: "じゅっ"}
_DAYS = {
    1: "ついたち", 2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか", 7: "なのか", 8: "ようか",
    9: "ここのか", 10: "とおか", 14: "じゅうよっか", 20: "はつか", 24: "にじゅうよっか",
}  # fmt: skip
_THINGS = dict(
    enumerate(("ひとつ", "ふたつ", "みっつ", "よっつ", "いつつ", "むっつ", "ななつ", "やっつ", "ここのつ"), 1)
)
_COUNTER = re.compile(
    r"(\d+)(?:\.(\d+))?\s?(時間|時|分間|分|日間|日|か月|ヶ月|カ月|月|年|人|名|歳|才|回|階|個|件|本|枚|つ|点|円|秒|番目|番|"
    r"号|桁|週間|台|店|社|通|度)?"
)
_PLAIN = {
    "時間": "じかん", "月": "がつ", "年": "ねん", "名": "めい", "件": "けん", "枚": "まい", "円": "えん",
    "秒": "びょう", "番目": "ばんめ", "番": "ばん", "号": "ごう", "桁": "けた", "台": "だい", "通": "つう",
    "度": "ど", "時": "じ", "人": "にん",
}  # fmt: skip
# Counters after which 1, 6, 8 and 10 close: (usual, after the closed ones, after 3); 6 stays open before s and t.
_CLOSING = {
    "回": ("かい", "かい", "かい"), "階": ("かい", "かい", "がい"), "個": ("こ",) * 3,
    "分": ("ふん", "ぷん", "ぷん"),
    "分間": ("ふんかん", "ぷんかん", "ぷんかん"), "本": ("ほん", "ぽん", "ぼん"), "か月": ("かげつ",) * 3,
    "ヶ月": ("かげつ",) * 3, "カ月": ("かげつ",) * 3, "歳": ("さい",) * 3, "才": ("さい",) * 3,
    "点": ("てん",) * 3, "週間": ("しゅうかん",) * 3, "店": ("てん",) * 3, "社": ("しゃ",) * 3,
}  # fmt: skip
_OPEN_SIX = frozenset({"歳", "才", "点", "週間", "店", "社"})


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    lines = [line for line in _FILE.read_text().splitlines() if not line.startswith("#")]
    cut = lines.index("----")
    words, single = (
        dict(entry.split("=") for entry in "".join(part).split("、")) for part in (lines[:cut], lines[cut + 1 :])
    )
    return words, single


def kana(text: str) -> str:
    """Return `text` with readings instead of kanji and of numbers; what is unknown goes."""
    words, single = _table()
    text = _COUNTER.sub(_counted, text)
    made: list[str] = []
    at = 0
    while at < len(text):
        for length in range(min(_LONGEST, len(text) - at), 0, -1):
            piece = text[at : at + length]
            if piece in words:
                made.append(words[piece])
                break
        else:
            piece = text[at]
            made.append(single.get(piece, "") if _HAN.match(piece) else piece)
        at += len(piece)
    return "".join(made)


def has_kanji(text: str) -> bool:
    return _HAN.search(text) is not None


def _counted(found: re.Match[str]) -> str:
    number, unit = int(found[1]), found[3] or ""
    if number >= LARGEST:
        return "".join(japanese(int(digit)) for digit in found[1]) + unit
    if found[2] is not None:
        return (
            f"{japanese(number)}てん{''.join(japanese(int(digit)) for digit in found[2])}{_PLAIN.get(unit, unit)}"
        )
    if unit in ("日", "日間"):
        said = _DAYS.get(number, f"{japanese(number)}にち")
        return said if unit == "日" else f"{said}かん" if said != "ついたち" else "いちにちかん"
    if unit == "つ":
        return _THINGS.get(number, japanese(number))
    if unit == "人" and number in (1, 2):
        return ("ひとり", "ふたり")[number - 1]
    if unit in _CLOSING:
        return _closing(number, unit)
    said = japanese(number)
    last = number % 10
    if last == 4 and unit in ("時", "時間", "年", "人", "円"):
        said = said.removesuffix("よん") + "よ"
    elif last == 4 and unit == "月":
        said = said.removesuffix("よん") + "し"
    elif last == 7 and unit in ("時", "時間", "月"):
        said = said.removesuffix("なな") + "しち"
    elif last == 9 and unit in ("時", "時間", "月"):
        said = said.removesuffix("きゅう") + "く"
    return said + _PLAIN.get(unit, unit)


def _closing(number: int, unit: str) -> str:
    usual, closed, third = _CLOSING[unit]
    said = japanese(number)
    last = 10 if number % 10 == 0 and number % 100 else number % 10
    for digit, ending in ((1, "いち"), (6, "ろく"), (8, "はち"), (10, "じゅう")):
        if last == digit and not (digit == 6 and unit in _OPEN_SIX):
            return said.removesuffix(ending) + _SMALL[digit] + closed
    return said + (third if last == 3 or (last == 4 and unit in ("分", "分間")) else usual)
