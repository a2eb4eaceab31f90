"""Numbers as words: Korean (Chinese and own counting), Japanese kana, English. Pure."""

_KO = "영일이삼사오육칠팔구"
_KO_SINGLE = "공일이삼사오육칠팔구"
_KO_GROUPS = ("", "만", "억", "조", "경")
_KO_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_KO_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
LARGEST = 10**16


def korean(number: int) -> str:
    """Chinese counting: 12500 is 만 이천오백. Below 10^16."""
    if number == 0:
        return "영"
    said: list[str] = []
    for index in range(len(_KO_GROUPS) - 1, -1, -1):
        group = number // 10_000**index % 10_000
        if group == 0:
            continue
        words = "만" if index == 1 and group == 1 else _ko_thousand(group) + _KO_GROUPS[index]
        said.append(words)
    return " ".join(said)


def _ko_thousand(group: int) -> str:
    said = ""
    for unit, word in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
        digit = group // unit % 10
        if digit:
            said += ("" if digit == 1 and unit > 1 else _KO[digit]) + word
    return said


def korean_own(number: int) -> str:
    """Own counting, as before 시, 명, 개: 3 is 세, 20 is 스무. From 1 to 99; otherwise Chinese counting."""
    if not 1 <= number <= 99:
        return korean(number)
    if number == 20:
        return "스무"
    return _KO_TENS[number // 10] + _KO_ONES[number % 10]


def korean_digits(digits: str) -> str:
    """One by one, as in telephone numbers: 010 is 공일공."""
    return "".join(_KO_SINGLE[int(digit)] for digit in digits)


_JA_DIGITS = ("ゼロ", "イチ", "ニー", "サン", "ヨン", "ゴー", "ロク", "ナナ", "ハチ", "キュー")
_JA = ("", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
_JA_GROUPS = ("", "まん", "おく", "ちょう")
_JA_UNITS: tuple[tuple[int, str, dict[int, str]], ...] = (
    (1000, "せん", {3: "さんぜん", 8: "はっせん", 1: "せん"}),
    (100, "ひゃく", {3: "さんびゃく", 6: "ろっぴゃく", 8: "はっぴゃく", 1: "ひゃく"}),
    (10, "じゅう", {1: "じゅう"}),
)


def japanese_digits(digits: str) -> str:
    """One by one, as in telephone numbers: 03 is ゼロサン."""
    return "".join(_JA_DIGITS[int(digit)] for digit in digits)


def japanese(number: int) -> str:
    """In kana: 12500 is いちまんにせんごひゃく. Below 10^16."""
    if number == 0:
        return "ゼロ"
    said = ""
    for index in range(len(_JA_GROUPS) - 1, -1, -1):
        group = number // 10_000**index % 10_000
        if group == 0:
            continue
        for unit, word, odd in _JA_UNITS:
            digit = group // unit % 10
            if digit:
                said += odd[digit] if digit in odd else _JA[digit] + word
        said += _JA[group % 10] + _JA_GROUPS[index]
    return said


_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_EN_GROUPS = ("", " thousand", " million", " billion", " trillion")
_EN_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def english(number: int) -> str:
    """In words: 12500 is twelve thousand five hundred. Below 10^15."""
    if number < 1000:
        return _en_hundred(number)
    said: list[str] = []
    for index in range(len(_EN_GROUPS) - 1, -1, -1):
        group = number // 1000**index % 1000
        if group:
            said.append(_en_hundred(group) + _EN_GROUPS[index])
    return " ".join(said)


def _en_hundred(number: int) -> str:
    if number < 20:
        return _EN[number]
    if number < 100:
        return _EN_TENS[number // 10] + (f"-{_EN[number % 10]}" if number % 10 else "")
    rest = number % 100
    return f"{_EN[number // 100]} hundred" + (f" {_en_hundred(rest)}" if rest else "")


def english_ordinal(number: int) -> str:
    """22 is twenty-second."""
    words = english(number)
    at = max(words.rfind("-"), words.rfind(" ")) + 1
    last = words[at:]
    if last in _EN_ORDINALS:
        last = _EN_ORDINALS[last]
    else:
        last = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return words[:at] + last


def english_year(year: int) -> str:
    """2026 is twenty twenty-six, 1905 nineteen oh five, 2000 two thousand."""
    if not 1100 <= year <= 2999 or 2000 <= year <= 2009:
        return english(year)
    first, rest = divmod(year, 100)
    if rest == 0:
        return f"{english(first)} hundred"
    return f"{english(first)} {'oh ' if rest < 10 else ''}{english(rest)}"


def english_digits(digits: str) -> str:
    """One by one: 010 is zero one zero."""
    return " ".join(_EN[int(digit)] for digit in digits)
