"""What a help page may be made of: anybody reads it, so nothing in it needs a contact or asks who they are."""

import re
from collections.abc import Iterator, Mapping

from warmline.domain.journey.checker_guides import modules_from
from warmline.domain.journey.checker_report import Problem
from warmline.domain.journey.checker_words import Cause
from warmline.domain.journey.document import (
    CallModule,
    End,
    FileInput,
    Goto,
    Journey,
    Return,
    Say,
    Set,
    Show,
    Step,
    TransferJourney,
    When,
)
from warmline.domain.journey.walk import places, steps_of

PERSONAL = re.compile(
    r"(^|[._])(password|passcode|pin|otp|birth|birthday|birthdate|birth_date|dob|passport|e?mail|phone|mobile|ssn"
    r"|card_?number|cvc|cvv|iban|account_number)($|[._])",
    re.IGNORECASE,
)
IN_HELP = (Show, Say, When, Set, Goto, CallModule, Return, End)


def help_problems(journey: Journey, library: Mapping[str, Journey]) -> Iterator[Problem]:
    """Yield what a help page cannot hold, itself or in its modules, and what would lead into it."""
    for place in places(journey):
        step = place.step
        if journey.kind == "help":
            for cause in _unfit(step):
                yield Problem(cause, journey.id, place.section)
        match step:
            case CallModule(target) | TransferJourney(target) if target in library:
                for cause in _leads(journey, library[target], library):
                    yield Problem(cause, journey.id, place.section)
            case _:
                pass


def _unfit(step: Step, module: str | None = None) -> Iterator[Cause]:
    where, variant = ({}, "") if module is None else ({"module": module}, "module")
    if not isinstance(step, IN_HELP):
        yield Cause("not_in_help", {"step": str(step.__struct_config__.tag), **where}, variant)
    elif isinstance(step, Show):
        for field in step.fields:
            if field.sensitivity != "none" or _personal_by_name(field.into):
                yield Cause("help_asks_personal", {"name": field.into, **where}, variant)
            if isinstance(field.expect, FileInput):
                yield Cause("file_field", {"name": field.into}, "guide")


def _leads(journey: Journey, target: Journey, library: Mapping[str, Journey]) -> Iterator[Cause]:
    if target.kind == "help":
        yield Cause("help_not_called", {"journey": target.id})
    elif journey.kind == "help":
        told: set[tuple[str, str]] = set()
        for module in modules_from(target, library):
            for step in steps_of(module):
                for cause in _unfit(step, module.id):
                    if (mark := (cause.code, str(cause.details))) not in told:
                        told.add(mark)
                        yield cause


def _personal_by_name(name: str) -> bool:
    """Tell whether a field is called like what only its owner may read: typed here, it reaches agents in clear."""
    return PERSONAL.search(name) is not None
