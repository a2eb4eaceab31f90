"""A journey drawn as an outline: sections, steps and branches as indented lines."""

from collections.abc import Iterator

from warmline.domain.journey.document import (
    AllOf,
    Announce,
    AnyOf,
    Ask,
    Block,
    Callback,
    CallModule,
    Compare,
    Condition,
    End,
    Enqueue,
    Goto,
    Hours,
    Invoke,
    Journey,
    Menu,
    NotIf,
    Reason,
    Return,
    Say,
    SendLink,
    Set,
    Show,
    Step,
    Survey,
    TransferJourney,
    Value,
    Var,
    Verify,
    Voicemail,
    When,
)
from warmline.domain.journey.walk import blocks


def outline(journey: Journey) -> Iterator[str]:
    """Yield the lines of the drawing, sections in their order, `on_error` last."""
    yield f"{journey.id} ({journey.kind})"
    sections = [*journey.sections.items(), ("on_error", journey.on_error)]
    for section, steps in sections:
        yield f"┌ {section}"
        yield from _block(steps, "│ ")
        yield "└"


def _block(steps: Block, indent: str) -> Iterator[str]:
    for step in steps:
        yield f"{indent}{describe(step)}"
        for name, inner in blocks(step):
            if inner:
                yield f"{indent}  ├ {name.removeprefix('option:')}"
                yield from _block(inner, f"{indent}  │   ")


def describe(step: Step) -> str:
    """Say in one line what a step does; nested blocks are not part of it."""
    match step:
        case Say(prompt):
            return f"say {prompt}"
        case Ask(into, prompt, expect):
            return (
                f"ask {prompt} → {into} ({type(expect).__name__.removesuffix('Input').lower()}, {step.attempts}×)"
            )
        case Menu(prompt):
            return f"menu {prompt}"
        case When(condition):
            return f"when {spell_condition(condition)}"
        case Set(into, value):
            return f"set {into} = {_value(value)}"
        case Reason(intent):
            return f"reason {intent}"
        case Invoke(task, into):
            return f"invoke {task} → {into} ({step.timeout_s:g} s, {step.retries} retries)"
        case Verify(method):
            return f"verify {method} → level {step.level} ({step.attempts}×)"
        case Hours(calendar):
            return f"hours {calendar}"
        case Announce(slot):
            return f"announce {slot}"
        case Enqueue(queue):
            return f"enqueue {queue} (overflow after {step.overflow_after_s:g} s)"
        case Callback(queue):
            return f"callback from {queue}{' at a chosen time' if step.ask_time else ''}"
        case TransferJourney(target):
            return f"transfer to journey {target}"
        case CallModule(module, _, into):
            return f"call {module}{f' → {into}' if into else ''}"
        case Return(value):
            return f"return {_value(value)}"
        case Survey(prompt, metric):
            return f"survey {metric}: {prompt}"
        case Voicemail(prompt):
            return f"voicemail {prompt} (up to {step.max_s:g} s)"
        case SendLink(to):
            return f"send link ({step.link}) → {_value(to)}"
        case Show(title):
            asked = ", ".join(field.into for field in step.fields)
            return f"show {title}{f' → {asked}' if asked else ''}"
        case End(prompt):
            return f"end {step.reason}: {prompt}"
        case Goto(section):
            return f"goto {section}"


def spell_condition(condition: Condition) -> str:
    """Write a condition for people."""
    match condition:
        case Compare(left, "is_set"):
            return f"{left.path} is set"
        case Compare(left, op, right):
            return f"{left.path} {op} {list(right) if isinstance(right, tuple) else _value(right)}"
        case AllOf(conditions):
            return "(" + " and ".join(spell_condition(c) for c in conditions) + ")"
        case AnyOf(conditions):
            return "(" + " or ".join(spell_condition(c) for c in conditions) + ")"
        case NotIf(inner):
            return f"not {spell_condition(inner)}"


def _value(value: Value) -> str:
    return value.path if isinstance(value, Var) else repr(value)
