"""Reading numbers as people write them: 1,234.5, 3만 5천, ２千, 1.5k, 十万."""

import re
from decimal import Decimal

_SMALL = {"십": 10, "十": 10, "백": 100, "百": 100, "천": 1000, "千": 1000}
_LARGE = {"만": 10**4, "万": 10**4, "억": 10**8, "億": 10**8, "조": 10**12, "兆": 10**12}
_SPELLED = {c: n for n, c in enumerate("일이삼사오육칠팔구", 1)} | {
    c: n for n, c in enumerate("一二三四五六七八九", 1)
}
_LATIN = {"k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6}

_MONEY = re.compile(r"[₩¥￥$€£]")
_COUNTERS = re.compile(
    r"\s*(?:원|円|엔|달러|ドル|dollars?|won|yen|krw|jpy|usd|개|個|명|名|번|회|回|점|点|장|枚|병|대|台|つ|%|퍼센트|"
    r"パーセント|percent|pieces?|items?|points?)$"
)
_PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_SCALED = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(k|m|thousand|million)")
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[일이삼사오육칠팔구一二三四五六七八九]"
_PIECE = re.compile(rf"({_DIGITS})?\s*([십十백百천千만万억億조兆])\s*|({_DIGITS})")


def read_number(text: str) -> Decimal | None:
    """Return the number that the whole of `text` (normalised) writes, or None."""
    bare = _COUNTERS.sub("", _MONEY.sub("", text.casefold()).strip()).strip()
    if _PLAIN.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    scaled = _SCALED.fullmatch(bare)
    if scaled:
        return Decimal(scaled.group(1)) * _LATIN[scaled.group(2)]
    return _units(bare)


def _units(text: str) -> Decimal | None:
    """Add up East Asian units: small ones gather until a large one (만 and above) multiplies them."""
    total = group = Decimal(0)
    at = 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None:
            return None
        count, unit, rest = piece.groups()
        first, at = at == 0, piece.end()
        if rest is not None:
            # A bare number stands behind a unit: at the end, or with a large unit still to come.
            if first or text[at : at + 1] not in ("", *_LARGE):
                return None
            group += _count(rest)
        elif unit in _SMALL:
            group += _count(count) * _SMALL[unit]
        else:
            group += _count(count) if count is not None or not group else 0
            total += group * _LARGE[unit]
            group = Decimal(0)
    return total + group if text else None


def _count(written: str | None) -> Decimal:
    """Return the number before a unit; none means one."""
    return Decimal(1) if written is None else Decimal(_SPELLED.get(written) or written.replace(",", ""))
