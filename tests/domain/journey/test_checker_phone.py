"""The shipped telephone front, broken in every place where callers would notice, is refused for the right reason.

What is broken is found in the journey itself: every text a caller hears, every way on, every name. The matters it
hands over to are stood in for by journeys that end, so that each proof takes a moment.
"""

from collections.abc import Iterator

import msgspec
import pytest
from msgspec import Struct

from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_report import SPOKEN, Report
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.document import (
    Ask,
    Block,
    Callback,
    EmailInput,
    End,
    Enqueue,
    Goto,
    Hours,
    Journey,
    Menu,
    Option,
    OrderNumberInput,
    Say,
    SendLink,
    Set,
    Step,
    TextInput,
    Voicemail,
)
from warmline.domain.journey.prompts_used import prompts_of
from warmline.domain.journey.walk import blocks, places
from warmline.features.contacts.settings_store import platform_prompts
from warmline.kernel.locale import LOCALES, Locale
from warmline_demo.content import library as demo
from warmline_demo.content.journeys.phone import PHONE

BYE: Block = (End("more.goodbye"),)
WORLD = World(frozenset(demo.QUEUES), frozenset(demo.CALENDARS), demo.TASKS, demo.SKILLS)
TEXTS: dict[Locale, dict[str, str]] = {loc: {**platform_prompts()[loc], **demo.PROMPTS[loc]} for loc in LOCALES}
MATTERS = ("order-status", "refund", "store-hours")
LIBRARY = {one: Journey(one, BYE, {"start": (Goto("agent"),), "agent": BYE}) for one in MATTERS} | {"phone": PHONE}
HEARD = sorted({key for place in places(PHONE) for key in prompts_of(place.step)} - {"common.last_resort"})
OF_ITS_OWN = [key for key in HEARD if key.startswith(("phone.", "front.", "person."))]


class Broken(Struct, frozen=True):
    """The front with one fault, and the refusal it must meet."""

    name: str
    code: str
    journey: Journey = PHONE
    texts: dict[str, str | None] = {}  # other texts, in all languages; None: without it
    locales: tuple[Locale, ...] = LOCALES


def checked(broken: Broken) -> Report:
    texts: dict[Locale, dict[str, str]] = {}
    for locale in LOCALES:
        changed = broken.texts if locale in broken.locales else {}
        texts[locale] = {key: text for key, text in TEXTS[locale].items() if key not in changed}
        texts[locale] |= {key: text for key, text in changed.items() if text is not None}
    return check("phone", LIBRARY | {"phone": broken.journey}, WORLD, texts, SPOKEN)


def within(kind: type[Step], **fields: object) -> Journey:
    """Return the front with fields of the first step of a kind changed, wherever it stands."""
    done: list[Step] = []

    def changed(steps: Block) -> Block:
        return tuple(one(step) for step in steps)

    def one(step: Step) -> Step:
        if isinstance(step, kind) and not done:
            done.append(step)
            return msgspec.structs.replace(step, **fields)
        if isinstance(step, Menu):
            return msgspec.structs.replace(
                step, options=tuple(msgspec.structs.replace(o, then=changed(o.then)) for o in step.options)
            )
        inner = {name: changed(block) for name, block in blocks(step)}
        return msgspec.structs.replace(step, **inner) if inner else step

    sections = {name: changed(steps) for name, steps in PHONE.sections.items()}
    assert done
    return msgspec.structs.replace(PHONE, sections=sections)


def begun_with(*steps: Step) -> Journey:
    return msgspec.structs.replace(PHONE, sections={**PHONE.sections, "menu": (*steps, *PHONE.sections["menu"])})


def section(name: str, *steps: Step) -> Journey:
    return msgspec.structs.replace(PHONE, sections={**PHONE.sections, name: steps})


def without(name: str) -> Journey:
    return msgspec.structs.replace(PHONE, sections={k: v for k, v in PHONE.sections.items() if k != name})


def of_texts() -> Iterator[Broken]:
    """Every text a caller hears is missing in one language, says nothing aloud, or reads what nobody set."""
    for number, key in enumerate(HEARD):
        gone: dict[str, str | None] = {key: None, f"{key}@spoken": None}
        locale = LOCALES[number % len(LOCALES)]
        yield Broken(f"{key} is missing in {locale}", "prompt_missing", texts=gone, locales=(locale,))
    for key in OF_ITS_OWN:
        if ".words." not in key:
            yield Broken(f"{key} is a silence", "prompt_blank", texts={f"{key}@spoken": "\u200b"}, locales=("ja",))
            yield Broken(
                f"{key} reads what nobody set", "variable_unset", texts={f"{key}@spoken": "For {nobody}."}
            )


def of_ways() -> Iterator[Broken]:
    """Every way on is cut, leads nowhere, or leads back to where the caller said nothing before."""
    for name in PHONE.sections:
        if name != "start":
            code = "no_agent_section" if name == "agent" else "section_unknown"
            yield Broken(f"{name} is not there", code, without(name))
        yield Broken(f"{name} ends without a word", "fell_through", section(name, Set("x", 1)))
        yield Broken(f"{name} goes round by itself", "runaway", section(name, Say("phone.greeting"), Goto(name)))
    cut: tuple[tuple[type[Step], tuple[str, ...]], ...] = (
        (Menu, ("give_up",)),
        (Hours, ("closed", "holiday")),
        (Enqueue, ("nobody_staffed", "queue_full", "overflow", "callback")),
        (Callback, ("give_up",)),
        (Voicemail, ("done", "give_up")),
        (SendLink, ("sent", "failed")),
    )
    for kind, names in cut:
        for name in names:
            if name not in ("closed", "holiday") and (kind, name) != (Enqueue, "callback"):
                yield Broken(
                    f"{kind.__name__}.{name} leads on to nothing", "fell_through", within(kind, **{name: ()})
                )
            wrong = {name: (Goto("nowhere"),)}
            yield Broken(f"{kind.__name__}.{name} leads nowhere", "section_unknown", within(kind, **wrong))
    again = {"give_up": (Goto("start"),)}
    yield Broken("silence is asked for ever", "endless_silence", within(Menu, **again))
    yield Broken("no number leads back", "endless_silence", within(Callback, give_up=(Goto("callback"),)))
    yield Broken("no message leads back", "endless_silence", within(Voicemail, give_up=(Goto("voicemail"),)))


def of_keys() -> Iterator[Broken]:
    """What is asked cannot be answered by keys, and nobody says how to go on."""
    many = tuple(Option(f"o{n}", "phone.ko", then=(Goto("agent"),)) for n in range(10))
    yield Broken("ten options", "too_many_options", within(Menu, options=many))
    yield Broken("no options", "no_options", within(Menu, options=()))
    for expect in (TextInput(), EmailInput(), OrderNumberInput(r"[A-Z]+", "none", "ABC")):
        for name, give_up in (("nothing", ()), ("a note to itself", (Set("x", ""),))):
            ask = Ask("x", "phone.greeting", expect, give_up=give_up, sensitivity="pii")
            yield Broken(f"{type(expect).__name__}, else {name}", "no_keys", begun_with(ask))


def of_names() -> Iterator[Broken]:
    """What people and places are named by is not there."""
    yield Broken("an unknown queue", "queue_unknown", within(Enqueue, queue="nobody"))
    yield Broken("nobody has the skill", "skill_unknown", within(Enqueue, skills={"klingon": 1}))
    yield Broken("calls from an unknown queue", "queue_unknown", within(Callback, queue="nobody"))
    yield Broken("calls by an unknown calendar", "calendar_unknown", within(Callback, calendar="never"))
    yield Broken("unknown hours", "calendar_unknown", within(Hours, calendar="never"))
    nobody = msgspec.structs.replace(PHONE, parameters=())
    yield Broken("the caller's number is not given", "variable_unset", nobody)


BROKEN = [*of_texts(), *of_ways(), *of_keys(), *of_names()]


def test_as_shipped_the_front_is_sound_for_callers():
    report = checked(Broken("nothing", ""))
    assert report.ok, report.lines()
    assert report.complete


def test_a_menu_of_six_is_worth_knowing_and_no_reason_to_refuse():
    report = checked(Broken("nothing", ""))
    assert [(one.code, one.section) for one in report.warnings] == [("long_menu", "menu")]
    assert report.ok
    assert "Worth knowing" in report.lines()[-1]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_front_that_callers_would_stumble_over_is_refused_for_that_reason(broken: Broken):
    report = checked(broken)
    assert broken.code in {problem.code for problem in report.problems}, report.lines()
    assert all(problem.text and problem.fix for problem in report.problems)


def test_enough_is_broken():
    assert len(BROKEN) >= 40
    assert len({one.name for one in BROKEN}) == len(BROKEN)
