"""Japanese as it is said. Pure. Counted numbers stay digits: voices, and `readings_ja`, know how they are read."""

import re

from warmline.speech.codes import after, codes, masked, phones
from warmline.speech.numbers import japanese_digits

_COUNTERS = (
    "年|月|日|時|分|秒|円|ウォン|ドル|ユーロ|元|名|人|件|点|個|回|番|号|階|本|枚|台|つ|歳|才|週|か月|ヶ月|カ月|桁|文字|度|"
    "パーセント|%|万|千|億|目|位|通|冊|店|社|キロ|メートル|セント"
)
_COUNTED = re.compile(rf"\s?(?:{_COUNTERS}|,)")
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_LETTERS = dict(zip(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    ["エー", "ビー", "シー", "ディー", "イー", "エフ", "ジー", "エイチ", "アイ", "ジェー", "ケー", "エル",
     "エム", "エヌ", "オー", "ピー", "キュー", "アール", "エス", "ティー", "ユー", "ブイ", "ダブリュー",
     "エックス", "ワイ", "ゼット"],
    strict=True,
))  # fmt: skip


def japanese(text: str) -> str:
    """Return `text` with dates, times, money, codes, letters and signs as they are said."""
    said = text.replace("(株)", "株式会社").replace("㈱", "株式会社").replace("(有)", "有限会社")
    said = said.replace("&", "アンド").replace("御中", "おんちゅう").replace("殿", "どの")
    said = masked(said, "下の桁が、", japanese_digits)
    said = re.sub(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d-])", _iso, said)
    said = re.sub(r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])", _time, said)
    said = re.sub(r"(?<=日) ?\(([月火水木金土日])(?:・?祝)?\)", r"、\1曜日、", said)
    said = re.sub(rf"[¥￥] ?({_NUMBER})", r"\1円", said)
    said = re.sub(rf"[₩￦] ?({_NUMBER})", r"\1ウォン", said)
    said = re.sub(rf"€ ?({_NUMBER})", r"\1ユーロ", said)
    said = re.sub(rf"\$ ?({_NUMBER})(?:\.(\d{{2}}))?", _dollars, said)
    said = re.sub(r"(?<=[\d分時日月円名件点個回])\s*[~〜∼]\s*(?=\d)", "から", said)
    said = phones(said, japanese_digits, "、", "プラス")
    said = codes(said, japanese_digits, letters, "、", _COUNTED)
    said = after("番号|コード|PIN|ピン", said, japanese_digits, "、")
    said = re.sub(r"(\d)%", r"\1パーセント", said).replace("℃", "度")
    said = re.sub(r"(?<=\d),(?=\d{3})", "", said)
    said = re.sub(r"(?<![A-Za-z])[A-Z]{2,6}(?![A-Za-z])", lambda f: letters(f[0]), said)
    said = re.sub(r"(?<=[々〆ヶ぀-ヿ一-鿿、。]) +(?=[぀-ヿ一-鿿「])", "", said)
    return said.replace("/", "、").replace("、、", "、").replace("、。", "。")


def letters(text: str) -> str:
    """SMS is エスエムエス."""
    return "".join(_LETTERS.get(letter, letter) for letter in text.upper())


def _iso(found: re.Match[str]) -> str:
    return f"{int(found[1])}年{int(found[2])}月{int(found[3])}日"


def _time(found: re.Match[str]) -> str:
    minute = int(found[2])
    return f"{int(found[1])}時" + (f"{minute}分" if minute else "")


def _dollars(found: re.Match[str]) -> str:
    cents = int(found[2] or 0)
    return f"{found[1]}ドル" + (f"{cents}セント" if cents else "")
