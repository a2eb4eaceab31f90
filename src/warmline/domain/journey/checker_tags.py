"""What the compliance tags of a contact reason demand of the journeys that serve it: proved, not promised.

A journey has the duties of the `Reason` steps in it. A module, and any journey that declares no reason of its own,
has those of the journeys that lead to it: it is a part of their conversation.

PCI_DSS: what may be a card number is a secret, taken by keys (so that the recording pauses and nobody hears it),
handed to a task at once, and to a task only. HIPAA, PIPA, APPI: personal data is declared, goes only to tasks that
declare what they take, and what a backend tells of a customer is said only to who is proven as far as the
reason asks. SOC_2: every integration declares what it takes and answers.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, get_args

from msgspec import Struct

from warmline.domain.journey.cards import questions_of
from warmline.domain.journey.checker_privacy import NOTHING, is_personal, overlaps, tainted
from warmline.domain.journey.checker_report import Problem
from warmline.domain.journey.checker_words import Cause
from warmline.domain.journey.document import (
    Ask,
    Block,
    CallModule,
    DigitsInput,
    Goto,
    Invoke,
    Journey,
    NumberInput,
    OrderNumberInput,
    Reason,
    Set,
    Step,
    TransferJourney,
    Var,
)
from warmline.domain.journey.keys import keys_of
from warmline.domain.journey.prompts import Texts, placeholders
from warmline.domain.journey.tasks import Tasks
from warmline.domain.journey.walk import blocks, places, section_block, steps_of
from warmline.kernel.locale import LOCALES

Tag = Literal["HIPAA", "PCI_DSS", "SOC_2", "PIPA", "APPI"]
TAGS: tuple[Tag, ...] = get_args(Tag)
PRIVACY = ("HIPAA", "PIPA", "APPI")  # laws on personal data, in the order in which they are named
CARD, DECLARED = "PCI_DSS", "SOC_2"
CARD_DIGITS = range(13, 20)  # ISO/IEC 7812: the length of card numbers
CARD_WORDS = frozenset({"card", "cardnumber", "pan", "cvc", "cvv", "cvn", "csc", "expiry"})
PERSONAL_WORDS = frozenset(
    {"birth", "birthday", "birthdate", "dob", "address", "passport", "surname", "email", "phone", "mobile"}
    | {"patient", "diagnosis", "symptom", "symptoms", "medication", "insurance", "treatment"}
)
PERSONAL_NAMES = frozenset({"name", "full_name", "first_name", "last_name", "customer_name", "holder_name"})
# Numbers by which a state knows a person: PIPA art. 24-2 and the My Number Act allow them hardly ever, and never
# in clear.
STATE_NUMBERS = frozenset(
    {"rrn", "resident_number", "resident_registration", "jumin", "ssn", "my_number", "mynumber", "national_id"}
)


class Duty(Struct, frozen=True):
    """What a contact reason demands: its tags, and how surely the customer must be known (0: not at all)."""

    tags: frozenset[str] = frozenset()
    level: int = 0

    def __or__(self, other: "Duty") -> "Duty":
        return Duty(self.tags | other.tags, max(self.level, other.level))


Duties = Mapping[str, Duty]  # by contact reason
NONE = Duty()


def duties_of(library: Mapping[str, Journey], duties: Duties) -> dict[str, Duty]:
    """Return what each journey must keep to."""
    declared = {name: {s.intent for s in steps_of(one) if isinstance(s, Reason)} for name, one in library.items()}
    found = {name: _joined(duties.get(intent, NONE) for intent in declared[name]) for name in library}
    onward = [(name, target) for name, one in library.items() for target in _leads_to(one) if target in library]
    changed = True
    while changed:
        changed = False
        for name, target in onward:
            inherits = library[target].kind == "module" or not declared[target]
            if inherits and found[target] | found[name] != found[target]:
                found[target] |= found[name]
                changed = True
    return found


def _joined(duties: Iterator[Duty]) -> Duty:
    whole = NONE
    for duty in duties:
        whole |= duty
    return whole


def _leads_to(journey: Journey) -> Iterator[str]:
    for step in steps_of(journey):
        match step:
            case CallModule(target) | TransferJourney(target):
                yield target
            case _:
                pass


def tag_problems(
    journey: Journey, library: Mapping[str, Journey], duties: Duties, tasks: Tasks, texts: Texts, channel: str
) -> Iterator[Problem]:
    """Yield what a journey's tags forbid and shows without walking it."""
    duty = duties_of(library, duties)[journey.id] if duties else NONE
    if not duty.tags:
        return
    privacy = next((tag for tag in PRIVACY if tag in duty.tags), None)
    personal = tainted(library).get(journey.id, NOTHING)
    if privacy is not None:
        yield from _titled(journey, privacy, personal, texts, channel)
        for name in journey.parameters:
            if name in personal and not _declared(name, journey):
                details = {"name": name, "tag": privacy}
                yield Problem(Cause("personal_undeclared", details, "copy"), journey.id, "start")
    for place in places(journey):
        causes: list[Cause] = []
        if CARD in duty.tags:
            causes += _cards(journey, place.step, tasks)
        if privacy is not None:
            causes += _privacy(journey, place.step, privacy, personal, tasks)
        if DECLARED in duty.tags:
            causes += _undeclared(place.step, tasks)
        for cause in causes:
            yield Problem(cause, journey.id, place.section)
    if CARD in duty.tags:
        for section in (*journey.sections, None):
            yield from _lingering(journey, section, tasks)


# --- cards -------------------------------------------------------------------------------------


def _cards(journey: Journey, step: Step, tasks: Tasks) -> Iterator[Cause]:
    for ask in _asks(step):
        details = {"name": ask.into, "tag": CARD}
        if ask.sensitivity != "secret":
            if _named(ask.into, CARD_WORDS):
                yield Cause("card_in_clear", details, "named")
            elif holds_card_number(ask):
                yield Cause("card_in_clear", details)
            continue
        if keys_of(ask.expect) is None:
            yield Cause("secret_not_keyed", details)
        if not any(_takes(one, ask.into, tasks) for one in steps_of(journey)):
            yield Cause("secret_unused", details)


def holds_card_number(ask: Ask) -> bool:
    """Tell whether a card number passes for an answer."""
    match ask.expect:
        case DigitsInput(least, most):
            return least <= CARD_DIGITS[-1] and most >= CARD_DIGITS[0]
        case NumberInput(_, maximum):
            return maximum is None or maximum >= 10 ** (CARD_DIGITS[0] - 1)
        case OrderNumberInput(_, _, example):
            return sum(letter.isdigit() for letter in example) in CARD_DIGITS
        case _:
            return False


def _takes(step: Step, name: str, tasks: Tasks) -> bool:
    """Tell whether a task takes a secret in an argument made for secrets."""
    if not isinstance(step, Invoke) or step.task not in tasks:
        return False
    made_for = tasks[step.task].secret
    return any(one in made_for and isinstance(v, Var) and v.path == name for one, v in step.args.items())


def _lingering(journey: Journey, section: str | None, tasks: Tasks) -> Iterator[Problem]:
    """Yield the secrets behind which something else comes before the task that takes them."""
    waiting: list[Block] = [journey.on_error if section is None else journey.sections[section]]
    while waiting:
        block = waiting.pop()
        for index, step in enumerate(block):
            waiting += [inner for _, inner in blocks(step)]
            for ask in _asks(step):
                if ask.sensitivity == "secret" and not _used_next(journey, block[index + 1 :], ask.into, tasks):
                    details = {"name": ask.into, "tag": CARD}
                    yield Problem(Cause("secret_lingers", details), journey.id, section or "@on_error")


def _used_next(journey: Journey, rest: Sequence[Step], name: str, tasks: Tasks) -> bool:
    """Tell whether nothing but more secrets and jumps come before the task that takes a secret."""
    seen: set[str] = set()
    while True:
        for step in rest:
            if _takes(step, name, tasks):
                return True
            if isinstance(step, Goto) and step.section in journey.sections and step.section not in seen:
                seen.add(step.section)
                rest = section_block(journey, step.section)
                break
            if not (isinstance(step, Ask) and step.sensitivity == "secret") and not isinstance(step, Set):
                return False
        else:
            return False


# --- personal data -----------------------------------------------------------------------------


def _privacy(journey: Journey, step: Step, tag: str, personal: Collection[str], tasks: Tasks) -> Iterator[Cause]:
    for ask in _asks(step):
        details = {"name": ask.into, "tag": tag}
        if _is_state_number(ask.into):
            if ask.sensitivity != "secret":
                yield Cause("state_number_in_clear", details)
        elif ask.sensitivity == "pii" and not _declared(ask.into, journey):
            yield Cause("personal_undeclared", details)
        elif ask.sensitivity == "none" and (
            _named(ask.into, PERSONAL_WORDS) or ask.into.rpartition(".")[2].lower() in PERSONAL_NAMES
        ):
            yield Cause("personal_named_in_clear", details)
    match step:
        case Set(into, Var() as value) if is_personal(value, frozenset(personal)) and not _declared(into, journey):
            yield Cause("personal_undeclared", {"name": into, "tag": tag}, "copy")
        case CallModule(into=str(into)) if into in personal and not _declared(into, journey):
            yield Cause("personal_undeclared", {"name": into, "tag": tag}, "copy")
        case Invoke(task=task, args=args) if task in tasks and tasks[task].required is None:
            for value in args.values():
                if isinstance(value, Var) and is_personal(value, frozenset(personal)):
                    yield Cause("personal_to_undeclared", {"name": value.path, "task": task, "tag": tag})
        case _:
            pass


def _titled(
    journey: Journey, tag: str, personal: Collection[str], texts: Texts, channel: str
) -> Iterator[Problem]:
    """Yield personal data in a journey's title, which stands in lists, logs and reports."""
    paths = {
        path
        for locale in LOCALES
        for path in placeholders(texts.prompt(journey.title, locale, channel) or "")
    } if journey.title else set[str]()  # fmt: skip
    for path in sorted(paths):
        if any(overlaps(path, name) for name in personal):
            yield Problem(Cause("personal_in_title", {"name": path, "tag": tag}), journey.id, "start")


def _undeclared(step: Step, tasks: Tasks) -> Iterator[Cause]:
    spec = tasks.get(step.task) if isinstance(step, Invoke) else None
    if isinstance(step, Invoke) and spec is not None and (spec.required is None or not spec.answers):
        yield Cause("task_undeclared", {"task": step.task, "tag": DECLARED})


def _asks(step: Step) -> Iterator[Ask]:
    yield from (one for one in questions_of(step) if isinstance(one, Ask))


def _declared(name: str, journey: Journey) -> bool:
    return any(name == one or name.startswith(one + ".") for one in journey.pii)


def _named(name: str, words: Collection[str]) -> bool:
    return any(word in words for word in re.split(r"[._]", name.lower()))


def _is_state_number(name: str) -> bool:
    last = name.rpartition(".")[2].lower()
    return any(last == one or last.startswith(f"{one}_") or last.endswith(f"_{one}") for one in STATE_NUMBERS)
