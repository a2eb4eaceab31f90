"""Shipped journeys, each broken in one place, are refused for that reason; as shipped they are not.

Every kind of refusal is provoked at least once, so that no kind can quietly stop working.
"""

from collections.abc import Callable, Mapping

import msgspec
import pytest
from msgspec import Struct

from warmline.domain.journey import checker_explore
from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_report import Report
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.checker_words import SENTENCES
from warmline.domain.journey.checker_words_tags import TAG_WORDS
from warmline.domain.journey.document import (
    Ask,
    Block,
    CallModule,
    ChoiceInput,
    Compare,
    DigitsInput,
    EmailInput,
    End,
    Enqueue,
    Goto,
    Hours,
    Input,
    Invoke,
    Journey,
    Menu,
    NumberInput,
    OrderNumberInput,
    PhoneInput,
    Return,
    Say,
    Set,
    Step,
    TextInput,
    TransferJourney,
    Var,
    Verify,
    When,
)
from warmline.domain.journey.tasks import TaskSpec
from warmline.features.contacts.settings_store import platform_prompts
from warmline.kernel.locale import LOCALES, Locale
from warmline_demo.content import library as demo

ODD = {"odd.money": "{note:money:KRW}.", "odd.date": "On {note:date}.", "odd.line": "In {estimate:date} days.",
       "odd.blank": "\u200b \u3164", "odd.bare": "{note}"}  # fmt: skip
STATISTICS = TaskSpec(({},), frozenset({"what"}), impersonal=frozenset({"what"}))
TASKS = {**demo.TASKS, "stats.count": STATISTICS}
WORLD = World(frozenset(demo.QUEUES), frozenset(demo.CALENDARS), TASKS, demo.SKILLS)
TEXTS: dict[Locale, dict[str, str]] = {
    loc: {**platform_prompts()[loc], **demo.PROMPTS[loc], **ODD} for loc in LOCALES}  # fmt: skip
BYE: Block = (End("more.goodbye"),)
LIBRARY = {journey.id: journey for journey in demo.JOURNEYS}
# Each journey is checked by itself: the way back to the front desk only asks for strong proof, and ends.
STRONG = CallModule("identify-customer", {"subject": "", "known": "", "strong": True})
STUB = Journey(id="front-desk", on_error=BYE, sections={"start": (STRONG, Goto("agent")), "agent": BYE})
ALONE = {**LIBRARY, "front-desk": STUB}
GUARDS = {"works_unheard", "unexplained_end", "waits_forever", "cannot_go_on", "nothing_to_return_to",
          "waiting_lost", "on_error_failed"}  # no document leads there, or another is above it  # fmt: skip

Break = Callable[[Journey], Journey]


class Broken(Struct, frozen=True):
    """One journey with one fault, and the refusal it must meet."""

    name: str
    journey: str
    code: str
    damage: Break


def checked(journey_id: str, library: Mapping[str, Journey], texts: dict[Locale, dict[str, str]]) -> Report:
    return check(journey_id, library, WORLD, texts)


def section(name: str, change: Callable[[Block], Block]) -> Break:
    """Change one section."""
    return lambda journey: msgspec.structs.replace(
        journey, sections={**journey.sections, name: change(journey.sections[name])}
    )


def first(kind: type[Step], name: str, **fields: object) -> Break:
    """Change fields of the first step of a kind in a section."""

    def change(block: Block) -> Block:
        at = next(index for index, step in enumerate(block) if isinstance(step, kind))
        return (*block[:at], msgspec.structs.replace(block[at], **fields), *block[at + 1 :])

    return section(name, change)


def before(name: str, *steps: Step) -> Break:
    return section(name, lambda block: (*steps, *block))


def without(name: str, kind: type[Step]) -> Break:
    return section(name, lambda block: tuple(step for step in block if not isinstance(step, kind)))


def whole(**fields: object) -> Break:
    return lambda journey: msgspec.structs.replace(journey, **fields)


def only(name: str, *steps: Step) -> Break:
    return section(name, lambda _: steps)


def expecting(expect: Input, into: str = "number") -> Break:
    return before("start", Ask(into, "orders.ask_number", expect, give_up=BYE, sensitivity="pii"))


def _order(pattern: str, example: str = "ON-26113407", checksum: str = "none") -> Break:
    return expecting(OrderNumberInput(pattern, checksum, example))  # pyright: ignore[reportArgumentType]


SECRET = Ask("pin", "orders.ask_number", DigitsInput(4, 4), give_up=BYE, sensitivity="secret")
CLIENTS = ("order-status", "refund", "password-reset")
PHONE = Ask("phone", "orders.ask_number", PhoneInput(), give_up=BYE, sensitivity="pii")
FREE = Ask("note", "orders.ask_number", TextInput(), give_up=BYE)
COUNT = Invoke("stats.count", "n", BYE, {"what": Var("note")})
PROOF = Verify("account_pin", Var("pin"), BYE, BYE)
UNSET = When(Compare(Var("nothing.known"), "==", "x"), then=BYE)
SWELL = section("start", lambda b: (Set("a.x", ""), *((Set("a.l", Var("a")), Set("a.r", Var("a"))) * 40), *b))

BROKEN = [
    *(Broken(f"{one}: a record in itself", one, "value_too_large", SWELL) for one in CLIENTS),
    *(Broken(f"{one}: on_error says nothing", one, "fell_through", whole(on_error=())) for one in CLIENTS),
    *(
        Broken(f"{one}: no way to a person", one, "no_agent_section", whole(agent_section="people"))
        for one in CLIENTS
    ),
    *(Broken(f"{one}: goes nowhere", one, "section_unknown", before("more", Goto("moon"))) for one in CLIENTS),
    *(
        Broken(
            f"{one}: a loop that never waits",
            one,
            "runaway",
            only("too_long", Say("person.too_long"), Goto("too_long")),
        )
        for one in CLIENTS
    ),
    *(Broken(f"{one}: reads what nobody set", one, "variable_unset", before("start", UNSET)) for one in CLIENTS),
    *(
        Broken(
            f"{one}: a step behind the end", one, "dead_step", section("too_long", lambda b: (*b, Say("more.yes")))
        )
        for one in CLIENTS
    ),
    *(
        Broken(
            f"{one}: a secret sent",
            one,
            "secret_leaks",
            before("start", SECRET, Invoke("orders.find", "x", BYE, {"number": Var("pin")})),
        )
        for one in CLIENTS
    ),
    *(
        Broken(f"{one}: an unknown queue", one, "queue_unknown", first(Enqueue, "agent", queue="sales"))
        for one in CLIENTS
    ),
    *(
        Broken(
            f"{one}: nobody staffed leads nowhere", one, "fell_through", first(Enqueue, "agent", nobody_staffed=())
        )
        for one in CLIENTS
    ),
    *(
        Broken(
            f"{one}: a full queue says no more",
            one,
            "fell_through",
            first(Enqueue, "agent", queue_full=(Say("person.full"),)),
        )
        for one in CLIENTS
    ),
    *(
        Broken(f"{one}: closed and nothing after it", one, "fell_through", without("agent", Enqueue))
        for one in CLIENTS
    ),
    *(
        Broken(
            f"{one}: the menu asks for ever", one, "endless_silence", first(Menu, "more", give_up=(Goto("more"),))
        )
        for one in CLIENTS
    ),
    *(
        Broken(f"{one}: no identity module", one, "journey_unknown", before("start", CallModule("identity")))
        for one in CLIENTS
    ),
    *(
        Broken(
            f"{one}: a section nobody reaches",
            one,
            "unreachable",
            lambda j: msgspec.structs.replace(j, sections={**j.sections, "forgotten": BYE}),
        )
        for one in CLIENTS
    ),
    *(
        Broken(f"{one}: a skill nobody has", one, "skill_unknown", first(Enqueue, "agent", skills={"welding": 1}))
        for one in CLIENTS
    ),
    Broken("a level nobody has", "order-status", "out_of_range", first(Enqueue, "agent", skills={"orders": 6})),
    Broken(
        "no first section",
        "order-status",
        "no_start",
        lambda j: msgspec.structs.replace(j, sections={n: b for n, b in j.sections.items() if n != "start"}),
    ),
    Broken(
        "silence starts anew", "order-status", "endless_silence", first(Ask, "start", give_up=(Goto("start"),))
    ),
    Broken("nobody can be proven", "order-status", "unreachable", without("start", CallModule)),
    Broken(
        "the opening forgotten",
        "order-status",
        "variable_unset",
        section("start", lambda b: tuple(s for s in b if not isinstance(s, Set | When))),
    ),
    Broken(
        "unlike things compared",
        "order-status",
        "values_incomparable",
        before("look_up", When(Compare(Var("number"), "<", 5), then=BYE)),
    ),
    Broken(
        "the backend's failure unexplained", "order-status", "variable_unset", first(Invoke, "look_up", failed=())
    ),
    Broken(
        "a look-up nobody offers", "order-status", "task_unknown", first(Invoke, "look_up", task="orders.lose")
    ),
    Broken(
        "an answer nobody gives",
        "order-status",
        "result_unknown",
        before("look_up", Invoke("orders.find", "x", BYE, result=("colour",))),
    ),
    Broken("hours nobody keeps", "order-status", "calendar_unknown", first(Hours, "agent", calendar="paris")),
    Broken("a journey nobody wrote", "order-status", "journey_unknown", only("more", TransferJourney("gone"))),
    Broken("a return to nobody", "order-status", "return_outside_module", only("more", Return())),
    Broken(
        "a module without its argument",
        "order-status",
        "argument_missing",
        first(CallModule, "start", args={"subject": Var("number"), "known": ""}),
    ),
    Broken(
        "a module given too much",
        "order-status",
        "argument_unknown",
        first(CallModule, "start", args={"subject": Var("number"), "known": "", "strong": True, "extra": 1}),
    ),
    Broken("no attempts", "order-status", "out_of_range", first(Ask, "start", attempts=0)),
    Broken("a task without time", "order-status", "out_of_range", first(Invoke, "look_up", timeout_s=0)),
    Broken("nothing to choose", "order-status", "no_options", first(Menu, "more", options=())),
    Broken("nothing to choose from", "order-status", "no_options", expecting(ChoiceInput(()))),
    Broken(
        "an option twice", "order-status", "option_twice", section("more", lambda b: (*b[:-1], _doubled(b[-1])))
    ),
    Broken("no number fits", "order-status", "nothing_fits", expecting(NumberInput(10, 5))),
    Broken("no digits fit", "order-status", "nothing_fits", expecting(DigitsInput(9, 3))),
    Broken("no text fits", "order-status", "nothing_fits", expecting(TextInput(0))),
    Broken("no pattern", "order-status", "pattern_wrong", _order("ON-(")),
    Broken("a pattern for ever", "order-status", "pattern_wrong", _order(r"(?:ON-?|O|N)*(\d+)+")),
    Broken("two ways for each letter", "order-status", "pattern_wrong", _order(r"ON-(1|1)+b")),
    Broken("no example", "order-status", "example_missing", _order(r"ON-\d{8}", "")),
    Broken("an example of something else", "order-status", "example_wrong", _order(r"ON-\d{8}", "12")),
    Broken("an example mistyped", "order-status", "example_wrong", _order(r"ON-\d{8}", "ON-26113408", "luhn")),
    Broken(
        "a mail address in clear", "password-reset", "personal_in_clear", first(Ask, "start", sensitivity="none")
    ),
    Broken(
        "a phone number in clear",
        "order-status",
        "personal_in_clear",
        before("start", Ask("phone", "orders.ask_number", PhoneInput(), give_up=BYE)),
    ),
    Broken(
        "another mail address in clear",
        "refund",
        "personal_in_clear",
        before("start", Ask("mail", "orders.ask_number", EmailInput(), give_up=BYE)),
    ),
    Broken("a secret said", "order-status", "secret_leaks", before("start", SECRET, Set("copy", Var("pin")))),
    Broken(
        "a secret said by a part of it",
        "order-status",
        "secret_leaks",
        before("start", msgspec.structs.replace(SECRET, into="stores.pin"), Set("copy", Var("stores"))),
    ),
    Broken("a secret as a subject", "order-status", "secret_leaks", before("start", SECRET, PROOF)),
    Broken(
        "a secret compared",
        "order-status",
        "secret_leaks",
        before("start", SECRET, When(Compare(Var("number"), "==", Var("pin")), then=())),
    ),
    Broken(
        "a look-up without its argument",
        "order-status",
        "task_argument_missing",
        first(Invoke, "look_up", args={}),
    ),
    Broken(
        "a look-up given too much",
        "order-status",
        "task_argument_unknown",
        first(Invoke, "look_up", args={"number": Var("number"), "colour": "red"}),
    ),
    Broken(
        "a phone number copied, and asked for in clear",
        "order-status",
        "personal_in_clear",
        before("start", PHONE, Set("note", Var("phone")), FREE),
    ),
    Broken(
        "a phone number copied, and sent where none may go",
        "order-status",
        "personal_sent",
        before("start", PHONE, Set("note", Var("phone")), COUNT),
    ),
    Broken("free text written as money", "order-status", "format_unfit", before("start", FREE, Say("odd.money"))),
    Broken("free text written as a date", "order-status", "format_unfit", before("start", FREE, Say("odd.date"))),
    Broken(
        "free text in the queue's own words",
        "order-status",
        "format_unfit",
        first(Enqueue, "agent", enter_prompt="odd.line"),
    ),
    Broken("a text that nobody sees", "order-status", "prompt_blank", before("start", Say("odd.blank"))),
    Broken("a text that may be empty", "order-status", "prompt_blank", before("start", FREE, Say("odd.bare"))),
    Broken("a level beyond everybody", "refund", "skill_nobody_has", first(Enqueue, "agent", skills={"gold": 2})),
]


def _doubled(step: Step) -> Step:
    assert isinstance(step, Menu)
    return msgspec.structs.replace(step, options=(*step.options, step.options[0]))


@pytest.mark.parametrize(
    "journey_id", ["order-status", "refund", "password-reset", "store-hours", "after-contact"]
)
def test_as_shipped_each_journey_is_sound(journey_id: str):
    report = checked(journey_id, ALONE, TEXTS)
    assert report.ok, report.lines()


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_journey_broken_in_one_place_is_refused_for_that_reason(broken: Broken):
    library = {**ALONE, broken.journey: broken.damage(ALONE[broken.journey])}
    report = check(
        broken.journey, library, msgspec.structs.replace(WORLD, skills={**WORLD.skills, "gold": 1}), TEXTS
    )
    found = {problem.code for problem in report.problems if problem.journey == broken.journey}
    assert broken.code in found, report.lines()
    assert all(problem.text and problem.fix for problem in report.problems)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "key", ["orders.ask_number", "orders.number_hint", "person.full", "more.words.yes", "queue.wait"]
)
def test_a_text_that_one_language_lacks_is_refused(key: str, locale: Locale):
    texts: dict[Locale, dict[str, str]] = {
        loc: {k: text for k, text in TEXTS[loc].items() if (k, loc) != (key, locale)} for loc in LOCALES
    }
    problems = checked("order-status", ALONE, texts).problems
    told = {(p.code, p.cause.details["prompt"], p.cause.details["locale"]) for p in problems}
    assert told == {("prompt_missing", key, locale)}


def test_a_journey_too_large_to_be_walked_is_not_passed_unseen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checker_explore, "MOST_STATES", 20)
    report = checked("refund", ALONE, TEXTS)
    assert "too_large" in {problem.code for problem in report.problems}
    assert not report.complete


BY_TELEPHONE = ("too_many_options", "no_keys", "long_menu", "no_short_messages")  # provoked in test_checker_voice
BY_GUIDES = ("field_twice", "file_field", "not_in_guide", "guide_not_called")  # provoked in test_checker_guides
BY_HELP = ("not_in_help", "help_asks_personal", "help_not_called")  # provoked in test_checker_help
BY_TAGS = {kind.partition(".")[0] for kind in TAG_WORDS}  # provoked in test_checker_tags
ABOVE = ("prompt_missing", "too_deep", "too_large")


def test_every_kind_of_refusal_is_provoked_here():
    kinds = {kind.partition(".")[0] for kind in SENTENCES}
    assert kinds - GUARDS == {one.code for one in BROKEN} | {*ABOVE, *BY_TELEPHONE, *BY_GUIDES, *BY_HELP, *BY_TAGS}
    assert len(BROKEN) >= 50
