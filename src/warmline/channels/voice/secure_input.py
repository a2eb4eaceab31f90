"""Digits nobody may hear: counted for the desk, checked, handed to the task they are for, never shown."""

from typing import Literal

from warmline.channels.voice.inputs import SecureWhat

LENGTHS: dict[SecureWhat, tuple[int, int]] = {"card": (13, 19), "pin": (4, 8), "number": (1, 32)}
TASK = "secure."  # and `what`: the task that takes what was keyed in
SILENCE_S = 60.0  # without a key for so long, it is over
COMPLETE_S = 4.0  # who has keyed in enough and pauses for so long has finished

SecureOutcome = Literal["done", "failed", "cancelled", "timed_out"]


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others. Source: ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return bool(digits) and total % 10 == 0


class SecureInput:
    """What is keyed in while nobody listens. The digits themselves leave only through `value`, once."""

    def __init__(self, what: SecureWhat, least: int, most: int, now_s: float) -> None:
        usual = LENGTHS[what]
        self.what: SecureWhat = what
        self._least, self._most = least or usual[0], most or usual[1]
        self._digits = ""
        self.outcome: SecureOutcome | None = None
        self.taken: SecureOutcome | None = None  # what the task said that got the digits
        self.due_s = now_s + SILENCE_S

    @property
    def count(self) -> int:
        return len(self._digits)

    def press(self, digit: str, now_s: float) -> None:
        """Take a key: `*` begins anew, `#` ends, so do the last digit there can be and a pause after enough."""
        if self.outcome is not None:
            return
        if digit == "*":
            self._digits = ""
        elif digit == "#":
            self.finish()
        elif digit.isdigit():
            self._digits += digit
            if len(self._digits) >= self._most:
                self.finish()
        self.due_s = now_s + (COMPLETE_S if self._enough() else SILENCE_S)

    def pause(self) -> None:
        """No key came until `due_s`: what is enough is taken, anything less has run out of time."""
        if self._enough():
            self.finish()
        else:
            self.end("timed_out")

    def _enough(self) -> bool:
        return self._least <= len(self._digits) <= self._most and (self.what != "card" or luhn(self._digits))

    def finish(self) -> None:
        """Check what there is. A failed check forgets it, so that it can be asked for again."""
        self.outcome = "done" if self._enough() else "failed"

    def end(self, outcome: SecureOutcome) -> None:
        """Stop without an answer."""
        if self.outcome is None:
            self.outcome = outcome

    def task_ended(self, task: str, outcome: str) -> None:
        """The task that takes such digits has said whether they serve."""
        if self.outcome == "done" and self.taken is None and task == TASK + self.what:
            self.taken = "done" if outcome == "ok" else "failed"

    def value(self) -> str | None:
        """Return the digits if they are complete, and forget them."""
        digits, self._digits = self._digits, "x" * len(self._digits)
        return digits if self.outcome == "done" else None

    def shown(self) -> dict[str, object]:
        """Return what the desk sees: how many there are, and once it is known, whether they served."""
        outcome = self.taken if self.outcome == "done" else self.outcome
        told = "cancelled" if outcome == "timed_out" else outcome
        return {"what": self.what, "digits": self.count, "outcome": told}
