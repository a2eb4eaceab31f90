"""What is said to the customer, one utterance after the other, and what was said since they last answered."""

from collections import deque
from uuid import UUID

from msgspec import Struct

from warmline.channels.voice.asking import Question
from warmline.kernel.locale import Locale

WAITING_AT_MOST = 64


class Utterance(Struct, frozen=True):
    """A text to say. `firm`: said to its end, whatever is pressed. `lasting`: it holds nobody's data."""

    text: str
    locale: Locale
    prompt: str | None = None
    question: Question | None = None
    firm: bool = False
    lasting: bool = False


class Lips:
    """The speaking queue of one call."""

    def __init__(self, call_id: UUID) -> None:
        self._call = call_id.hex[-12:]
        self._number = 0
        self.queue: deque[Utterance] = deque(maxlen=WAITING_AT_MOST)
        self.current: Utterance | None = None
        self.play = ""
        self.heard: list[Utterance] = []  # since the last answer, for those who ask to repeat

    @property
    def silent(self) -> bool:
        return self.current is None and not self.queue

    def add(self, one: Utterance) -> None:
        self.queue.append(one)

    def begin(self) -> Utterance:
        """Take the next utterance; `play` is its new name."""
        self._number += 1
        self.play = f"{self._call}-{self._number}"
        self.current = self.queue.popleft()
        self.heard.append(self.current)
        return self.current

    def ended(self, play: str) -> Utterance | None:
        """Return what has just been said, unless that was over before."""
        if self.current is None or play != self.play:
            return None
        said, self.current = self.current, None
        return said

    def hush(self) -> bool:
        """Forget everything that need not be said; return whether something that is being said must stop."""
        self.queue = deque((one for one in self.queue if one.firm), maxlen=WAITING_AT_MOST)
        if self.current is None or self.current.firm:
            return False
        self.current = None
        return True

    def ahead(self) -> Question | None:
        """Return the question that is being said or comes next, unless something must be heard before it."""
        for one in ([self.current] if self.current is not None else []) + list(self.queue):
            if one.firm:
                return None
            if one.question is not None:
                return one.question
        return None

    def skip_to_question(self) -> bool:
        """Leave out everything up to the next question, itself included; return whether a sound must stop."""
        speaking = self.current is not None
        while self.current is None or self.current.question is None:
            self.current = self.queue.popleft()
            self.heard.append(self.current)
        self.current = None
        return speaking

    def again(self) -> None:
        """Say once more what was said since the last answer."""
        said, self.heard = self.heard, []
        for one in reversed(said):
            self.queue.appendleft(one)

    def answered(self) -> None:
        self.heard = []
