"""A question that is open on the telephone: which keys answer it, and until when an answer is waited for."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from warmline.domain.contact.commands import CustomerMessage
from warmline.domain.journey.keys import PERSON
from warmline.kernel.locale import Locale

NO_INPUT_S = 7.0  # after the question was spoken to its end
BETWEEN_KEYS_S = 3.0
TRANSCRIPT_S = 4.0  # after somebody stopped speaking, until their words must be understood
SPEAKING_AT_MOST_S = 20.0
CHOICES_BY_ONE_KEY = 9


class Choice(Struct, frozen=True):
    value: str
    label: str


class Question(Struct, frozen=True):
    """What is asked. Without `choices`, `least` to `most` keys make an answer; 0: only words do."""

    kind: str
    locale: Locale
    choices: tuple[Choice, ...] = ()
    least: int = 0
    most: int = 0  # 0: not by keys
    asked_seq: int = 0  # of the message that asked

    def takes(self, digit: str) -> bool:
        """Whether this key can be part of an answer."""
        if not digit.isdigit():
            return False
        if self.choices:
            return digit != "0" or len(self.choices) > CHOICES_BY_ONE_KEY
        return self.most > 0


class Answer(Struct, frozen=True):
    text: str
    value: str | None = None

    def command(self, call_id: UUID, number: int) -> CustomerMessage:
        """Return it as the contact's command; sent twice, it counts once."""
        return CustomerMessage(f"{call_id}:{number}", self.text, self.value)


Pressed = Answer | Literal["more", "repeat", "person", "nothing"]


class Asked:
    """The open question: what was keyed in so far, and when waiting ends. Until `spoken` nothing is due."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.typed = ""
        self.due_s: float | None = None
        self.speaks = False

    def spoken(self, now_s: float) -> None:
        """The question was said to its end."""
        self.due_s = now_s + NO_INPUT_S

    def press(self, digit: str, now_s: float) -> Pressed:
        """Take a key."""
        question = self.question
        if digit == "*":
            self.typed = ""
            return "repeat"
        if digit == "#":
            return self._answer() if len(self.typed) >= max(question.least, 1) else "nothing"
        if not self.typed and not question.takes(digit):
            return "person" if digit == "0" else "nothing"
        if not question.takes(digit):
            return "nothing"
        self.typed += digit
        wanted = len(str(len(question.choices))) if question.choices else question.most
        if len(self.typed) >= wanted:
            return self._answer()
        self.due_s = now_s + BETWEEN_KEYS_S
        return "more"

    def speaking(self, on: bool, now_s: float) -> None:
        """Somebody began to answer aloud, or stopped: their words are waited for."""
        self.speaks = on
        self.due_s = now_s + (SPEAKING_AT_MOST_S if on else TRANSCRIPT_S)

    def due(self, now_s: float) -> Answer | Literal["later"] | None:
        """Return what the wait brought once it is over: the keys so far, or None for silence."""
        if self.due_s is None or now_s < self.due_s:
            return "later"
        return self._answer() if self.typed else None

    def person(self) -> Answer:
        """Return the wish for a person as it was made: a key the journey knows."""
        return Answer(PERSON)

    def _answer(self) -> Answer:
        typed, self.typed = self.typed, ""
        choices = self.question.choices
        if choices and 1 <= int(typed) <= len(choices):
            chosen = choices[int(typed) - 1]
            return Answer(chosen.label, chosen.value)
        return Answer(typed)
