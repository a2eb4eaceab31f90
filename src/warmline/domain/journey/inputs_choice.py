"""Finding the option a customer means: by tap, number, label, or words."""

import re
from collections.abc import Callable, Sequence

from warmline.domain.journey.document import Option
from warmline.domain.journey.textform import contains, core, folded, words

Label = Callable[[str], str]
"""Returns the text of a prompt key in the customer's language."""

_NUMBERED = re.compile(r"(?:no\.?|number|option|#)?\s*(\d{1,2})\s*(?:번째|번|番目|番|つ目)?\s*[.)]?")
_ORDINALS = {
    "첫번째": 1, "첫째": 1, "두번째": 2, "둘째": 2, "세번째": 3, "셋째": 3, "네번째": 4, "다섯번째": 5,
    "ひとつ目": 1, "ふたつ目": 2, "みっつ目": 3, "最初": 1, "first": 1, "second": 2, "third": 3,
    "the first": 1, "the second": 2, "the third": 3, "fourth": 4, "fifth": 5,
    "일번": 1, "이번": 2, "삼번": 3, "사번": 4, "오번": 5, "一番": 1, "二番": 2, "三番": 3,
}  # fmt: skip


def choose(options: Sequence[Option], text: str, value: str | None, label: Label) -> Option | None:
    """Return the option meant, or None when none or several are. A tap wins over words."""
    return choose_exactly(options, text, value, label) or _by_words_inside(options, folded(text), label)


def choose_exactly(options: Sequence[Option], text: str, value: str | None, label: Label) -> Option | None:
    """Return the option that the whole text names: its value, label, number or one of its words."""
    if value is not None:
        for option in options:
            if option.value == value:
                return option
    said = folded(text)
    if not said:
        return None
    said_core = folded(core(text))
    for option in options:
        names = (option.value.casefold(), folded(label(option.label)), *_words(option, label))
        if said in names or said_core in names:
            return option
    number = _number(said_core)
    return options[number - 1] if number is not None and 1 <= number <= len(options) else None


def _words(option: Option, label: Label) -> tuple[str, ...]:
    return words(label(option.words)) if option.words else ()


def _number(said: str) -> int | None:
    numbered = _NUMBERED.fullmatch(said)
    if numbered:
        return int(numbered.group(1))
    return _ORDINALS.get(said) or _ORDINALS.get(said.replace(" ", ""))


def _by_words_inside(options: Sequence[Option], said: str, label: Label) -> Option | None:
    """The longest word found decides; two options found by equally long words leave it open."""
    best: dict[int, int] = {}
    for position, option in enumerate(options):
        lengths = [len(w) for w in (folded(label(option.label)), *_words(option, label)) if contains(said, w)]
        if lengths:
            best[position] = max(lengths)
    if not best:
        return None
    longest = max(best.values())
    winners = [position for position, length in best.items() if length == longest]
    return options[winners[0]] if len(winners) == 1 else None
