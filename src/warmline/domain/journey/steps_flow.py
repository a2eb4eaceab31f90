"""Steps that never wait: saying, setting, branching, jumping, calling modules and coming back, ending."""

from warmline.domain.journey.document import (
    Announce,
    CallModule,
    End,
    Goto,
    Hours,
    Reason,
    Return,
    Say,
    Set,
    TransferJourney,
    When,
)
from warmline.domain.journey.faults import Fault
from warmline.domain.journey.interface import Finished, Recognised
from warmline.domain.journey.platform import SLOT_MARK, announce
from warmline.domain.journey.run import Run
from warmline.domain.journey.session import Frame
from warmline.domain.journey.values import holds
from warmline.kernel.locale import LOCALES, Locale

LANGUAGE = "language"  # the variable that chooses in which of the three we go on


def say(run: Run, step: Say) -> None:
    run.speak(step.prompt)
    run.said.append(step.prompt)
    run.next()


def set_variable(run: Run, step: Set) -> None:
    """Copy a value; a copy of a secret is a secret."""
    value = run.value(step.value)
    if run.is_secret(step.value):
        run.set_secret(step.into, value)
    else:
        run.set(step.into, value)
    if step.into == LANGUAGE:
        run.locale = _language(value, run.locale)
    run.next()


def _language(value: object, now: Locale) -> Locale:
    for locale in LOCALES:
        if locale == value:
            return locale
    return now


def reason(run: Run, step: Reason) -> None:
    run.commands.append(Recognised(step.intent))
    run.next()


def when(run: Run, step: When) -> None:
    run.branch(step, "then" if holds(step.condition, run.variables) else "otherwise")


def hours(run: Run, step: Hours) -> None:
    try:
        state: str = run.facts.hours(step.calendar, run.now)
    except KeyError:
        raise Fault(f"calendar_unknown {step.calendar}") from None
    if (state == "holiday" and step.holiday is None) or (state == "emergency" and step.emergency is None):
        state = "closed"
    run.branch(step, state)


def say_announcements(run: Run, step: Announce) -> None:
    announce(run, step.slot)
    run.said.append(SLOT_MARK + step.slot)
    run.next()


def goto(run: Run, step: Goto) -> None:
    run.pass_through()
    run.goto(step.section)


def transfer(run: Run, step: TransferJourney) -> None:
    """Continue in the published version of another journey with the same variables, secrets excepted."""
    _, version = run.resolve(step.journey, None)
    open_variables = {name: value for name, value in run.variables.items() if not run.holds_secret(name)}
    run.pass_through()
    run.call(Frame(step.journey, version, "start", variables=open_variables), keep=False)


def call_module(run: Run, step: CallModule) -> None:
    """Enter the published version of a module with its parameters. Raises Fault when one is not given."""
    module, version = run.resolve(step.module, None)
    for name in module.parameters:
        if name not in step.args:
            raise Fault(f"argument_missing {step.module}.{name}")
    variables = {name: run.value(value) for name, value in step.args.items()}
    secrets = tuple(name for name, value in step.args.items() if run.is_secret(value))
    run.call(Frame(step.module, version, "start", (), step.into, variables, secrets), keep=True)


def return_value(run: Run, step: Return) -> None:
    run.back_to_caller(run.value(step.value), secret=run.is_secret(step.value))


def end(run: Run, step: End) -> None:
    run.speak(step.prompt)
    run.finish(Finished(step.reason))
