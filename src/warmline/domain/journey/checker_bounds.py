"""The ranges a step's numbers must lie in, and choices that can be told apart: beyond them no path is sound."""

import re
from collections.abc import Iterator, Sequence

from warmline.domain.journey.document import (
    Ask,
    ChoiceInput,
    DigitsInput,
    Enqueue,
    Input,
    Invoke,
    Menu,
    NumberInput,
    Option,
    OrderNumberInput,
    Step,
    Survey,
    TextInput,
    Verify,
)
from warmline.domain.journey.inputs import luhn_valid, mod97_valid

WEEK_S = 7 * 24 * 3600
TASK_AT_MOST_S = 60  # the worker waits no longer for any task
CHECKSUMS = {"luhn": luhn_valid, "mod97": mod97_valid}
# A repeated group that repeats inside itself can take for ever on a text that almost fits.
RUNAWAY = re.compile(r"\([^()]*[*+][^()]*\)(?:[*+]|\{\d*,)")

Found = tuple[str, str, str]  # code, text, fix


def bounds_problems(step: Step) -> Iterator[Found]:
    """Yield what is out of range in one step."""
    match step:
        case Ask():
            yield from _within(step, ("attempts", 1, 20), ("no_input_s", 1, WEEK_S))
            yield from _input(step.into, step.expect)
        case Menu():
            yield from _within(step, ("attempts", 1, 20), ("no_input_s", 1, WEEK_S))
            yield from _options("The menu", step.options)
        case Verify():
            yield from _within(step, ("attempts", 1, 20), ("level", 1, 3))
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
                    yield _out_of_range(f"The level of skill `{skill}`", level, 1, 5)
        case _:
            pass


def _within(step: Step, *ranges: tuple[str, float, float]) -> Iterator[Found]:
    for name, low, high in ranges:
        value = getattr(step, name)
        if not low <= value <= high:
            yield _out_of_range(f"`{name}`", value, low, high)


def _out_of_range(what: str, value: float, low: float, high: float) -> Found:
    return "out_of_range", f"{what} is {value:g}.", f"Choose a value from {low:g} to {high:g}."


def _options(what: str, options: Sequence[Option]) -> Iterator[Found]:
    values = [option.value for option in options]
    if not values:
        yield "no_options", f"{what} has no options.", "Give the customer something to choose."
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield "option_twice", f"{what} has two options `{value}`.", "Give each option a value of its own."


def _input(into: str, expect: Input) -> Iterator[Found]:
    nothing_fits = "nothing_fits", f"No answer can fit `{into}`.", "Correct its smallest and largest value."
    match expect:
        case ChoiceInput(options):
            yield from _options(f"`{into}`", options)
        case NumberInput(minimum, maximum):
            if minimum is not None and maximum is not None and minimum > maximum:
                yield nothing_fits
        case DigitsInput(shortest, longest):
            if longest < max(shortest, 1):
                yield nothing_fits
        case TextInput(longest):
            if longest < 1:
                yield nothing_fits
        case OrderNumberInput():
            yield from _order_number(into, expect)
        case _:
            pass


def _order_number(into: str, expect: OrderNumberInput) -> Iterator[Found]:
    try:
        pattern = re.compile(expect.pattern)
    except re.error as wrong:
        yield "pattern_wrong", f"{expect.pattern!r} of `{into}` is no pattern: {wrong}.", "Correct the pattern."
        return
    if RUNAWAY.search(expect.pattern):
        text = f"{expect.pattern!r} of `{into}` repeats a group that repeats inside; reading it may take for ever."
        yield "pattern_wrong", text, "Repeat either the group or what is in it, not both."
    elif not expect.example:
        yield "example_missing", f"`{into}` has no example.", "Give `example` a number that fits."
    elif not pattern.fullmatch(expect.example):
        text = f"The example {expect.example!r} of `{into}` does not match {expect.pattern!r}."
        yield "example_wrong", text, "Correct the example or the pattern."
    elif expect.checksum in CHECKSUMS and not CHECKSUMS[expect.checksum](expect.example):
        text = f"The example {expect.example!r} of `{into}` fails its own checksum ({expect.checksum})."
        yield "example_wrong", text, "Correct the example or the checksum."
