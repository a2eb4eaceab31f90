"""What both sides said, merged by time into a text people read (pure)."""

from collections.abc import Sequence

from msgspec import Struct

from warmline.features.telephony.transcripts_pieces import Side
from warmline.kernel.locale import Locale

TURN_S = 2.0  # who goes on after a shorter pause goes on in the same line
WORDS: dict[Locale, dict[Side, str]] = {
    "ko": {"customer": "고객", "agent": "상담원"},
    "ja": {"customer": "お客様", "agent": "担当者"},
    "en": {"customer": "Customer", "agent": "Agent"},
}


class Said(Struct, frozen=True):
    """Something that was understood, from and until in seconds of the recording."""

    at_s: float
    until_s: float
    side: Side
    text: str


def conversation(said: Sequence[Said], locale: Locale) -> str:
    """Return one line for each turn, such as `1:05 Customer: Hello.`, in the language of the call."""
    return "\n".join(f"{_clock(one.at_s)} {WORDS[locale][one.side]}: {one.text}" for one in _turns(said, locale))


def message(said: Sequence[Said], locale: Locale) -> str:
    """Return what a caller said to the machine, one line for each stretch without a longer pause."""
    return "\n".join(one.text for one in _turns(said, locale) if one.side == "customer")


def _turns(said: Sequence[Said], locale: Locale) -> list[Said]:
    between = "" if locale == "ja" else " "
    turns: list[Said] = []
    for one in sorted(said, key=lambda one: (one.at_s, one.side)):
        last = turns[-1] if turns else None
        if last is not None and last.side == one.side and one.at_s - last.until_s < TURN_S:
            turns[-1] = Said(last.at_s, one.until_s, last.side, f"{last.text}{between}{one.text}")
        else:
            turns.append(one)
    return turns


def _clock(at_s: float) -> str:
    minutes, seconds = divmod(int(at_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
