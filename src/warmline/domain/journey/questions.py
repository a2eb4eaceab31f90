"""Asking a customer something: the question, its taps, and prompts that escalate when the answer does not fit."""

from collections.abc import Sequence

from msgspec import Struct

from warmline.domain.journey.document import DigitsInput, Input, NumberInput, Option, OrderNumberInput, TextInput
from warmline.domain.journey.inputs import kind_of
from warmline.domain.journey.interface import Reply
from warmline.domain.journey.keys import Keys, keys_of
from warmline.domain.journey.platform import count_misunderstood
from warmline.domain.journey.run import Run
from warmline.domain.journey.session import Waiting

TIMER = "journey.input"


class Question(Struct, frozen=True):
    """A question as it is asked: what to say, what may be tapped, how long and how often to wait."""

    prompt: str
    expect: Input
    attempts: int
    no_input_s: float
    no_input: tuple[str, ...]
    no_match: tuple[str, ...]
    input_kind: str
    replies: tuple[Reply, ...] = ()
    secret: bool = False
    keys: Keys | None = None  # other than those of `expect`

    @property
    def keyed(self) -> Keys | None:
        """How many keys of a telephone make an answer."""
        return self.keys or keys_of(self.expect)


def replies(run: Run, options: Sequence[Option]) -> tuple[Reply, ...]:
    """Return the options as taps, labelled in the customer's language."""
    return tuple(Reply(option.value, run.text(option.label)) for option in options)


def pose(run: Run, question: Question, phase: str = "", data: dict[str, object] | None = None) -> None:
    """Say the question for the first time and wait for the answer."""
    repeat(run, question)
    _wait(run, question, 1, phase, data or {})


def repeat(run: Run, question: Question) -> None:
    """Say the question, without touching what is waited for."""
    run.speak(question.prompt, None, question.replies, question.input_kind, question.keyed)


def keep_waiting(run: Run, question: Question, waiting: Waiting) -> None:
    """Give the customer the full time again, the count of attempts unchanged."""
    run.wait(waiting, (TIMER, run.patience(question.no_input_s)))


def silence(run: Run, question: Question, waiting: Waiting) -> bool:
    """Answer silence; tell whether it was the last attempt."""
    return _failed(run, question, waiting, question.no_input, hint(run, question.expect, ""))


def mismatch(run: Run, question: Question, waiting: Waiting, problem: str) -> bool:
    """Answer an input that does not fit (`problem`: why); tell whether it was the last attempt."""
    return _failed(run, question, waiting, question.no_match, hint(run, question.expect, problem))


def _failed(run: Run, question: Question, waiting: Waiting, prompts: tuple[str, ...], helps: str) -> bool:
    count_misunderstood(run)
    if waiting.attempt >= question.attempts:
        return True
    if prompts:
        prompt = prompts[min(waiting.attempt, len(prompts)) - 1]
        # What was written is still there to read; a voice asks once more, and says its options then.
        taps = ((), None) if run.spoken else (question.replies, question.input_kind)
        run.speak(prompt, {"hint": helps}, *taps)
    if run.spoken or not prompts:
        repeat(run, question)
    _wait(run, question, waiting.attempt + 1, waiting.phase, waiting.data)
    return False


def _wait(run: Run, question: Question, attempt: int, phase: str, data: dict[str, object]) -> None:
    if question.secret:
        data = {**data, "secret": True}
    run.wait(Waiting("input", attempt, phase=phase, data=data), (TIMER, run.patience(question.no_input_s)))


def hint(run: Run, expect: Input, problem: str) -> str:
    """Return the sentence that helps: why the input was refused, else what a good one looks like."""
    if problem:
        return run.text(f"input.problem.{problem}", {"limit": _limit(expect, problem)})
    kind = kind_of(expect)
    if isinstance(expect, OrderNumberInput) and expect.example:
        # A telephone has no letters to press: the rest of the number is filled in.
        example = "".join(c for c in expect.example if c.isdecimal()) if run.spoken else expect.example
        return run.text("input.hint.order_number_example", {"example": example or expect.example})
    return run.text(f"input.hint.{kind}")


def _limit(expect: Input, problem: str) -> float | None:
    match expect, problem:
        case DigitsInput(minimum, _), "too_short":
            return minimum
        case ((DigitsInput(_, maximum) | TextInput(maximum)), "too_long"):
            return maximum
        case NumberInput(minimum, _), "too_small":
            return minimum
        case NumberInput(_, maximum), "too_large":
            return maximum
        case _:
            return 4000
