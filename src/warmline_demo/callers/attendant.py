"""A colleague of the phone team at their desk phone: greets, listens, answers in turn, says goodbye, hangs up."""

from warmline_demo.callers.acts import Act, HangUp, Speak
from warmline_demo.callers.dialogues import ANY_MATTER, GOODBYE, GREETING, THANKS_FOR_HOLDING, Dialogue, Locale
from warmline_demo.callers.ear import Ear

FIRST_WORD_S = 0.8  # after the receiver is up
TURN_S = 0.9
WORD_S = 0.35  # what somebody unknown says may be this short
LINE_S = 1.1  # of a dialogue, shorter sounds are a "hello?", and more will come
HELD_S = 6.0  # who hears nothing for so long had the customer on hold
PATIENCE_S = 12.0
AT_MOST_S = 240.0


class AttendantMind:
    """One call at one desk phone. `dialogue` is None for somebody nobody here knows."""

    def __init__(
        self, locale: Locale, name: str, dialogue: Dialogue | None, greeting: dict[Locale, str] = GREETING
    ) -> None:
        self._locale: Locale = locale
        lines = ANY_MATTER[locale] if dialogue is None else dialogue.colleague
        self._lines = [greeting[locale].format(name=name), *lines, GOODBYE[locale]]
        self._word_s = WORD_S if dialogue is None else LINE_S
        self._seen = 0
        self._said_s = 0.0
        self._speaking = False
        self._over = False

    def spoken(self, at_s: float, ear: Ear) -> None:
        """Our words have been said to the end."""
        self._speaking = False
        self._said_s = at_s
        self._seen = ear.sounds - ear.sounding

    def tick(self, at_s: float, ear: Ear) -> list[Act]:
        """Return what to do `at_s` seconds into the call."""
        if self._speaking or self._over:
            return []
        if not self._said_s:  # nothing said yet: we speak first
            return self._next() if at_s > FIRST_WORD_S else []
        if not self._lines or at_s > AT_MOST_S:
            self._over = True
            return [HangUp()]
        waited_s = at_s - self._said_s
        if ear.sounds > self._seen and ear.quiet_s > TURN_S and ear.last_sound_s > self._word_s:
            return self._next(held=waited_s - ear.last_sound_s - ear.quiet_s > HELD_S)
        if waited_s > PATIENCE_S and ear.quiet_s > HELD_S:
            return self._next(held=True)
        return []

    def _next(self, *, held: bool = False) -> list[Act]:
        self._speaking = True
        line = self._lines.pop(0)
        return [Speak(f"{THANKS_FOR_HOLDING[self._locale]} {line}" if held and self._lines else line)]
