"""What a guide may be made of: an agent walks it beside a contact, so nothing in it speaks to a customer."""

from collections.abc import Iterator, Mapping

from warmline.domain.journey.checker_report import Problem
from warmline.domain.journey.checker_words import Cause
from warmline.domain.journey.document import (
    CallModule,
    End,
    Goto,
    Invoke,
    Journey,
    Reason,
    Return,
    Say,
    Set,
    Show,
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
        match step:
            case CallModule(target) | TransferJourney(target) if target in library:
                yield from (
                    Problem(cause, journey.id, place.section) for cause in _leads(journey, library[target])
                )
            case _:
                pass


def _leads(journey: Journey, target: Journey) -> Iterator[Cause]:
    if target.kind == "guide":
        yield Cause("guide_not_called", {"journey": target.id})
    elif journey.kind == "guide":
        unfit = {str(s.__struct_config__.tag) for s in steps_of(target) if not isinstance(s, IN_GUIDES)}
        for step in sorted(unfit):
            yield Cause("not_in_guide", {"step": step, "module": target.id}, "module")
