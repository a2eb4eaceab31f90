"""What a customer said in a real conversation, said again by nobody: the same way through the journey.

No text of a customer is kept as it was. Choices become taps, wishes the platform's own words, answers fakes of
their form, secrets and free texts stand-ins. Numbers stay where the journey does not call them personal.
"""

import re

from msgspec import Struct

from warmline.domain.journey.checker_moves import CODE, TIME, current_step
from warmline.domain.journey.document import (
    Ask,
    Callback,
    ChoiceInput,
    DateInput,
    Input,
    Menu,
    NumberInput,
    PhoneInput,
    Show,
    Step,
    Survey,
    TextInput,
    Verify,
)
from warmline.domain.journey.inputs import Accepted, Ear, Reading, read_input
from warmline.domain.journey.inputs_choice import choose
from warmline.domain.journey.likeness import KEPT_OF_DATE, KEPT_OF_PHONE, Likeness
from warmline.domain.journey.rehearsal import Deed, Rehearsal
from warmline.domain.journey.simulate_inputs import NONSENSE, invalid_input, valid_inputs
from warmline.domain.journey.stage import Library
from warmline.domain.journey.textform import folded, words
from warmline.kernel.locale import LOCALES, Locale

NEUTRAL: dict[Locale, str] = {"ko": "문의드려요", "ja": "お願いします", "en": "I would like some help, please"}
SECRETS = {"one_time_code": CODE, "account_pin": "1234", "date_of_birth": "1990-02-03"}
_CENTURY = re.compile(r"\s*(19|20)\d\d")
WISHES = ("agent", "repeat", "back", *LOCALES)


class Said(Struct, frozen=True):
    """What a customer sent: words, and the choice they tapped."""

    text: str
    value: str | None = None


def impersonal(said: Said, talk: Rehearsal, library: Library, likeness: Likeness) -> Deed | None:
    """Return the deed that stands for what was said at this point of a rehearsal; None: it leads nowhere."""
    step = current_step(talk.session, {**library.journeys})
    waiting = talk.session.waiting
    if isinstance(step, Show):
        filled = {one.into: _valid(one.expect) for one in step.fields}
        offered = [one.value for one in talk.taps]  # what was tapped may be of an earlier list: their own number
        button = said.value if said.value in offered else next(iter(offered), None)
        return Deed(fill=filled, tap=button) if filled else Deed(tap=button or "next")
    if said.value is not None and talk.taps:  # what was offered may be their own number: then the stand-in's
        offered = [one.value for one in talk.taps]
        return Deed(tap=said.value if said.value in offered else offered[0])
    if talk.secret_next:
        return Deed(say=_secret(step))
    wish = _wish(said.text, talk, library)
    if wish is not None:
        return Deed(say=wish)
    if waiting is None or waiting.kind in ("task", "queue"):
        return None  # meant for a person to come
    return _answer(said, step, talk, library, likeness)


def _answer(said: Said, step: Step | None, talk: Rehearsal, library: Library, likeness: Likeness) -> Deed:
    ear = _ear(talk, library)
    personal = library.journeys[talk.session.frames[-1].journey_id].pii
    match step:
        case Menu(options=options) | Ask(expect=ChoiceInput(options)):
            option = choose(options, said.text, None, ear.label)
            return Deed(say=NONSENSE) if option is None else Deed(tap=option.value)
        case Ask(expect=TextInput()):
            return Deed(say=NEUTRAL[talk.session.locale])
        case Ask(into=into, expect=NumberInput() as expect, sensitivity="none") if into not in personal:
            reading = read_input(expect, said.text, None, ear)
            return Deed(say=f"{reading.value}" if isinstance(reading, Accepted) else NONSENSE)
        case Ask(expect=expect):
            return Deed(say=_like(said.text, expect, ear, likeness))
        case Callback(region=region):
            if isinstance(read_input(PhoneInput(region), said.text, None, ear), Accepted):
                return Deed(say=_like(said.text, PhoneInput(region), ear, likeness))
            return Deed(say=TIME if step.ask_time else NONSENSE)
        case Survey() if said.text.strip() in {str(score) for score in range(11)}:
            return Deed(say=said.text.strip())
        case _:
            return Deed(say=NEUTRAL[talk.session.locale])


def _like(text: str, expect: Input, ear: Ear, likeness: Likeness) -> str:
    def reads(one: str) -> Reading:
        return read_input(expect, one, None, ear)

    accepted = isinstance(reads(text), Accepted)
    fallback = _valid(expect) if accepted else invalid_input(expect)
    match expect:
        case PhoneInput():
            keep = KEPT_OF_PHONE
        case DateInput() if _CENTURY.match(text):
            keep = KEPT_OF_DATE
        case _:
            keep = 0
    return likeness.of(text, reads, fallback, keep)


def _valid(expect: Input) -> str:
    return next(iter(valid_inputs(expect)), NONSENSE)


def _secret(step: Step | None) -> str:
    match step:
        case Verify(method=method):
            return SECRETS[method]
        case Ask(expect=expect):
            return _valid(expect)
        case _:
            return SECRETS["account_pin"]


def _wish(text: str, talk: Rehearsal, library: Library) -> str | None:
    said = folded(text)
    for name in WISHES:
        listed = words(library.texts.prompt(f"common.words.{name}", talk.session.locale, talk.channel) or "")
        if said in listed:
            return listed[0]
    return None


def _ear(talk: Rehearsal, library: Library) -> Ear:
    locale, channel = talk.session.locale, talk.channel

    def label(key: str) -> str:
        return library.texts.prompt(key, locale, channel) or ""

    return Ear(locale, talk.now.date(), label)
