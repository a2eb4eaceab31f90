"""The ranges a step's numbers must lie in, and choices that can be told apart: beyond them no path is sound."""

import re
from collections.abc import Iterator, Sequence

from warmline.domain.journey.cards import questions_of
from warmline.domain.journey.checker_patterns import reads_quickly
from warmline.domain.journey.checker_words import Cause
from warmline.domain.journey.document import (
    Ask,
    ChoiceInput,
    DigitsInput,
    Enqueue,
    FileInput,
    Input,
    Invoke,
    Menu,
    NumberInput,
    Option,
    OrderNumberInput,
    Show,
    Step,
    Survey,
    TextInput,
    Verify,
    Voicemail,
)
from warmline.domain.journey.inputs import luhn_valid, mod97_valid

WEEK_S = 7 * 24 * 3600
VOICEMAIL_AT_MOST_S = 600
TASK_AT_MOST_S = 60  # the worker waits no longer for any task
CHECKSUMS = {"luhn": luhn_valid, "mod97": mod97_valid}


def bounds_problems(step: Step) -> Iterator[Cause]:
    """Yield what is out of range in one step."""
    match step:
        case Ask():
            yield from _within(step, ("attempts", 1, 20), ("no_input_s", 1, WEEK_S))
            yield from _input(step.into, step.expect)
        case Menu():
            yield from _within(step, ("attempts", 1, 20), ("no_input_s", 1, WEEK_S))
            yield from _options(step.prompt, step.options)
        case Show():
            yield from _within(step, ("attempts", 1, 20), ("no_input_s", 1, WEEK_S))
            for question in questions_of(step):
                if not isinstance(question, Ask) or not isinstance(question.expect, FileInput):
                    yield from bounds_problems(question)
            for field in step.fields:
                if isinstance(field.expect, FileInput) and field.required:
                    yield Cause("file_field", {"name": field.into}, "required")
                if isinstance(field.expect, FileInput) and field.sensitivity == "secret":
                    yield Cause("file_field", {"name": field.into}, "secret")
            names = [field.into for field in step.fields]
            for name in sorted({name for name in names if names.count(name) > 1}):
                yield Cause("field_twice", {"name": name})
        case Verify():
            yield from _within(step, ("attempts", 1, 20), ("level", 1, 3))
        case Voicemail():
            yield from _within(step, ("max_s", 1, VOICEMAIL_AT_MOST_S))
        case Survey():
            yield from _within(step, ("no_input_s", 1, WEEK_S))
        case Invoke():
            yield from _within(step, ("timeout_s", 0.1, TASK_AT_MOST_S), ("retries", 0, 10))
            yield from _within(step, ("retry_wait_s", 0, 3600))
        case Enqueue():
            yield from _within(step, ("priority", 1, 9), ("wait_every_s", 1, WEEK_S))
            yield from _within(step, ("overflow_after_s", 1, WEEK_S))
            if step.callback_after_s is not None:
                yield from _within(step, ("callback_after_s", 0, WEEK_S))
            for skill, level in step.skills.items():
                if not 1 <= level <= 5:
                    yield _out_of_range(skill, level, 1, 5, "skill")
        case _:
            pass


def _within(step: Step, *ranges: tuple[str, float, float]) -> Iterator[Cause]:
    for name, low, high in ranges:
        value = getattr(step, name)
        if not low <= value <= high:
            yield _out_of_range(name, value, low, high)


def _out_of_range(name: str, value: float, low: float, high: float, variant: str = "") -> Cause:
    numbers = {"value": f"{value:g}", "low": f"{low:g}", "high": f"{high:g}"}
    return Cause("out_of_range", {"name": name, **numbers}, variant)


def _options(name: str, options: Sequence[Option]) -> Iterator[Cause]:
    values = [option.value for option in options]
    if not values:
        yield Cause("no_options", {"name": name})
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield Cause("option_twice", {"name": name, "value": value})


def _input(into: str, expect: Input) -> Iterator[Cause]:
    match expect:
        case ChoiceInput(options):
            yield from _options(into, options)
        case NumberInput(minimum, maximum) if minimum is not None and maximum is not None and minimum > maximum:
            yield Cause("nothing_fits", {"name": into})
        case DigitsInput(shortest, longest) if longest < max(shortest, 1):
            yield Cause("nothing_fits", {"name": into})
        case TextInput(longest) if longest < 1:
            yield Cause("nothing_fits", {"name": into})
        case FileInput():
            yield Cause("file_field", {"name": into})
        case OrderNumberInput():
            yield from _order_number(expect, {"name": into, "pattern": repr(expect.pattern)})
        case _:
            pass


def _order_number(expect: OrderNumberInput, details: dict[str, str]) -> Iterator[Cause]:
    try:
        pattern = re.compile(expect.pattern)
        quick = reads_quickly(expect.pattern)
    except (re.error, OverflowError, RecursionError) as wrong:
        yield Cause("pattern_wrong", {**details, "why": str(wrong)})
        return
    details["example"] = repr(expect.example)
    if not quick:
        yield Cause("pattern_wrong", details, "slow")
    elif not expect.example:
        yield Cause("example_missing", details)
    elif not pattern.fullmatch(expect.example):
        yield Cause("example_wrong", details)
    elif expect.checksum in CHECKSUMS and not CHECKSUMS[expect.checksum](expect.example):
        yield Cause("example_wrong", {**details, "checksum": expect.checksum}, "checksum")
