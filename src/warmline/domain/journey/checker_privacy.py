"""Where secrets and personal data may not go: said, copied, compared, sent, or kept under another name."""

from collections.abc import Iterator, Mapping

from warmline.domain.journey.cards import questions_of
from warmline.domain.journey.checker_report import Problem
from warmline.domain.journey.checker_values import compares
from warmline.domain.journey.checker_words import Cause
from warmline.domain.journey.document import (
    Ask,
    Callback,
    CallModule,
    EmailInput,
    Invoke,
    Journey,
    Menu,
    PhoneInput,
    Return,
    SendLink,
    Set,
    Step,
    TransferJourney,
    Value,
    Var,
    Verify,
    When,
)
from warmline.domain.journey.prompts import Texts, placeholders
from warmline.domain.journey.prompts_used import prompts_of
from warmline.domain.journey.tasks import Tasks
from warmline.domain.journey.walk import places, steps_of
from warmline.kernel.locale import LOCALES

Names = frozenset[str]
RETURNED = "@return"  # stands for what a module gives back, among its variables
NOTHING: Names = frozenset()


def privacy_problems(
    journey: Journey, library: Mapping[str, Journey], tasks: Tasks, texts: Texts, channel: str
) -> Iterator[Problem]:
    """Yield every place of one journey where a secret or something personal would go where it may not."""
    secrets = {s.into for s in _asks(journey) if s.sensitivity == "secret"}
    personal = tainted(library).get(journey.id, NOTHING)
    for place in places(journey):
        used = uses(place.step, texts, channel, tasks) if secrets else set[str]()
        for name in sorted(secret for secret in secrets if any(overlaps(path, secret) for path in used)):
            yield Problem(Cause("secret_leaks", {"name": name}), journey.id, place.section)
        in_clear = [cause for one in questions_of(place.step) for cause in _in_clear(journey, one, personal)]
        for cause in (*in_clear, *_sent(place.step, personal, tasks)):
            yield Problem(cause, journey.id, place.section)


def overlaps(path: str, other: str) -> bool:
    """Tell whether two dotted paths are the same, or one lies within the other."""
    return path == other or path.startswith(other + ".") or other.startswith(path + ".")


def _in_clear(journey: Journey, step: Step, personal: Names) -> Iterator[Cause]:
    if isinstance(step, Ask) and step.sensitivity == "none":
        if isinstance(step.expect, PhoneInput | EmailInput) or step.into in journey.pii:
            yield Cause("personal_in_clear", {"name": step.into})
        elif step.into in personal:
            yield Cause("personal_in_clear", {"name": step.into}, "copy")
    elif isinstance(step, Menu) and step.into is not None and step.into in personal - set(journey.pii):
        yield Cause("personal_in_clear", {"name": step.into}, "copy")


def _sent(step: Step, personal: Names, tasks: Tasks) -> Iterator[Cause]:
    spec = tasks.get(step.task) if isinstance(step, Invoke) else None
    if not isinstance(step, Invoke) or spec is None:
        return
    for argument in sorted(spec.impersonal & set(step.args)):
        value = step.args[argument]
        if isinstance(value, Var) and is_personal(value, personal):
            details = {"task": step.task, "argument": argument, "name": value.path}
            yield Cause("personal_sent", details)


def is_personal(value: Value, personal: Names) -> bool:
    """Tell whether a value is, holds, or lies within something personal."""
    return isinstance(value, Var) and any(overlaps(value.path, name) for name in personal)


def tainted(library: Mapping[str, Journey]) -> dict[str, Names]:
    """Return, for each journey, the variables that personal data may come into: asked, copied or handed over."""
    return spread(library, {name: _asked(journey) for name, journey in library.items()})


def spread(library: Mapping[str, Journey], begun: Mapping[str, Names]) -> dict[str, Names]:
    """Return, for each journey, the variables that the values of `begun` come into: copied or handed over."""
    found = dict(begun)
    steps = [(name, step) for name, journey in library.items() for step in steps_of(journey)]
    changed = True
    while changed:
        changed = False
        for name, step in steps:
            for target, fresh in _flows(name, step, found):
                if target in found and not fresh <= found[target]:
                    found[target] |= fresh
                    changed = True
    return found


def _asked(journey: Journey) -> Names:
    return frozenset(journey.pii) | {s.into for s in _asks(journey) if s.sensitivity == "pii"}


def _asks(journey: Journey) -> Iterator[Ask]:
    """Yield every question whose answer is kept, those on cards included."""
    for step in steps_of(journey):
        yield from (one for one in questions_of(step) if isinstance(one, Ask))


def _flows(name: str, step: Step, found: Mapping[str, Names]) -> Iterator[tuple[str, Names]]:
    """Yield which variables of which journey become personal by one step of journey `name`."""
    personal = found[name]
    match step:
        case Set(into, value) if is_personal(value, personal):
            yield name, frozenset({into})
        case Return(value) if is_personal(value, personal):
            yield name, frozenset({RETURNED})
        case TransferJourney(target):
            yield target, personal - {RETURNED}
        case CallModule(module, args, into):
            yield module, frozenset(given for given, value in args.items() if is_personal(value, personal))
            if into is not None and RETURNED in found.get(module, NOTHING):
                yield name, frozenset({into})
        case _:
            pass


def uses(step: Step, texts: Texts, channel: str, tasks: Tasks) -> set[str]:
    """Return the paths of the variables that a step reads, but for what a task takes as a secret."""
    paths: set[str] = set()
    match step:
        case Set(_, Var(path)) | Return(Var(path)) | Verify(subject=Var(path)):
            paths.add(path)
        case SendLink(Var(path)):
            paths.add(path)
        case Callback(phone=phone, at=at):
            paths |= {value.path for value in (phone, at) if isinstance(value, Var)}
        case Invoke(task=task, args=args):
            made_for = tasks[task].secret if task in tasks else frozenset[str]()
            paths |= {v.path for name, v in args.items() if isinstance(v, Var) and name not in made_for}
        case CallModule(args=args):
            paths |= {value.path for value in args.values() if isinstance(value, Var)}
        case When(condition):
            for compare in compares(condition):
                paths.add(compare.left.path)
                if isinstance(compare.right, Var):
                    paths.add(compare.right.path)
        case _:
            pass
    for key in prompts_of(step):
        for locale in LOCALES:
            paths |= placeholders(texts.prompt(key, locale, channel) or "")
    return paths
