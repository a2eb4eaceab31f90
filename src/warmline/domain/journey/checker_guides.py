"""What a guide may be made of: an agent walks it beside a contact, so nothing in it speaks to a customer."""

from collections.abc import Iterator, Mapping

from warmline.domain.journey.checker_report import Problem
from warmline.domain.journey.checker_words import Cause
from warmline.domain.journey.document import (
    CallModule,
    End,
    FileInput,
    Goto,
    Invoke,
    Journey,
    Reason,
    Return,
    Say,
    Set,
    Show,
    Step,
    TransferJourney,
    When,
)
from warmline.domain.journey.walk import places, steps_of

IN_GUIDES = (Show, Say, When, Set, Invoke, Reason, Goto, CallModule, Return, End)


def guide_problems(journey: Journey, library: Mapping[str, Journey]) -> Iterator[Problem]:
    """Yield the steps of a guide that need a customer, and the ways by which one would come into a guide."""
    for place in places(journey):
        step = place.step
        if journey.kind == "guide" and not isinstance(step, IN_GUIDES):
            cause = Cause("not_in_guide", {"step": str(step.__struct_config__.tag)})
            yield Problem(cause, journey.id, place.section)
        if journey.kind == "guide":
            for name in files_of(step):
                yield Problem(Cause("file_field", {"name": name}, "guide"), journey.id, place.section)
        match step:
            case CallModule(target) | TransferJourney(target) if target in library:
                yield from (
                    Problem(cause, journey.id, place.section)
                    for cause in _leads(journey, library[target], library)
                )
            case _:
                pass


def files_of(step: Step) -> list[str]:
    """Return the fields of a card that take files: only the customer's own chat sends any."""
    fields = step.fields if isinstance(step, Show) else ()
    return [field.into for field in fields if isinstance(field.expect, FileInput)]


def modules_from(first: Journey, library: Mapping[str, Journey]) -> list[Journey]:
    """Return a module and those it calls in turn."""
    found, waiting = [first], [first]
    while waiting:
        for step in steps_of(waiting.pop()):
            if (
                isinstance(step, CallModule)
                and (inner := library.get(step.module)) is not None
                and inner not in found
            ):
                found.append(inner)
                waiting.append(inner)
    return found


def _leads(journey: Journey, target: Journey, library: Mapping[str, Journey]) -> Iterator[Cause]:
    if target.kind == "guide":
        yield Cause("guide_not_called", {"journey": target.id})
    elif journey.kind == "guide":
        for module in modules_from(target, library):
            unfit = {str(s.__struct_config__.tag) for s in steps_of(module) if not isinstance(s, IN_GUIDES)}
            for step in sorted(unfit):
                yield Cause("not_in_guide", {"step": step, "module": module.id}, "module")
            for name in sorted({name for s in steps_of(module) for name in files_of(s)}):
                yield Cause("file_field", {"name": name}, "guide")
