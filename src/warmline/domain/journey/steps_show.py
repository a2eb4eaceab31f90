"""Show: a card with a form and decisions, answered at once; where cards cannot be shown, field by field.

`Waiting.phase` is empty while the card is open, the number of a field (from 1) while that one is asked by itself,
and `choose` while only the decision is open.
"""

from datetime import datetime

from warmline.domain.journey.cards import NEXT, UNHURRIED, question_of_field, shows_cards
from warmline.domain.journey.document import Ask, ChoiceInput, Field, FileInput, Menu, Option, Show, TextInput
from warmline.domain.journey.faults import Fault
from warmline.domain.journey.inputs import Accepted, Reading, Rejected, kind_of, read_input
from warmline.domain.journey.inputs_choice import choose, choose_exactly
from warmline.domain.journey.interface import Collected, Facts, Form, FormField, Reply, Said, Speak
from warmline.domain.journey.platform import asks_for_person, count_misunderstood, listed, to_agent
from warmline.domain.journey.questions import (
    TIMER,
    Question,
    hint,
    keep_waiting,
    mismatch,
    pose,
    repeat,
    replies,
    silence,
)
from warmline.domain.journey.run import MASK, Run
from warmline.domain.journey.session import JourneySession, Waiting
from warmline.domain.journey.textform import folded
from warmline.domain.journey.values import read
from warmline.domain.journey.walk import option_block

CHOOSE = "choose"
CARD = "form"  # the `input_kind` of an open card
BUTTON = "common.form_next"
SKIP = "skip"
MOST_SHOWN = 200  # letters of an entry that the transcript shows


def show(run: Run, step: Show) -> None:
    """Show the card and wait for its answer, if it asks for one."""
    if shows_cards(run.channel):
        _show_card(run, step)
        if _buttons(step):
            _wait_for_card(run, step, 1)
        else:
            run.next()
        return
    lines = [step.title, *step.texts]
    last = lines.pop() if step.options and not step.fields else None
    for line in lines:
        run.speak(line)
    if last is None:
        _ask_from(run, step, 1)
    else:
        pose(run, _decision(run, step, last), CHOOSE)


def current_question(step: Show, waiting: Waiting) -> Ask | Menu | None:
    """Return the field that is asked by itself at this moment, if one is."""
    if waiting.phase in ("", CHOOSE):
        return None
    return question_of_field(step, step.fields[int(waiting.phase) - 1])


def names_option(run: Run, step: Show, waiting: Waiting, event: Said) -> bool:
    """Tell whether the whole input names a choice that is open: then it is no word for the platform."""
    asked = current_question(step, waiting)
    options = asked.expect.options if isinstance(asked, Ask) and isinstance(asked.expect, ChoiceInput) else ()
    if asked is None:
        options = _buttons(step)
    return choose_exactly(options, event.text, event.value, run.text) is not None


def answer(run: Run, step: Show, waiting: Waiting, event: Said) -> None:
    """Hear a filled form, a tap, or words."""
    if waiting.phase:
        _hear_one(run, step, waiting, event)
    elif event.fields is not None or run.channel in UNHURRIED:
        _submit(run, step, waiting, event)
    elif step.fields and event.value is None:
        _without_card(run, step, event)
    elif step.fields:
        _submit(run, step, waiting, event)
    else:
        _decide(run, step, waiting, event)


def say_again(run: Run, step: Show, waiting: Waiting) -> None:
    """Show the card, or ask the open question, once more."""
    if waiting.phase:
        question = _question(run, step, waiting)
        repeat(run, question)
        keep_waiting(run, question, waiting)
    else:
        _show_card(run, step)
        _wait_for_card(run, step, waiting.attempt)


def no_answer(run: Run, step: Show, waiting: Waiting) -> None:
    """Answer silence: what need not be filled in is left empty, the rest is asked for again."""
    if waiting.phase:
        if _optional(step, waiting):
            _leave_empty(run, step, waiting, fired=TIMER)
        elif silence(run, _question(run, step, waiting), waiting):
            _give_up(run, step, fired=TIMER)
    else:
        count_misunderstood(run)
        if waiting.attempt >= step.attempts:
            _give_up(run, step, fired=TIMER)
            return
        if step.no_input:
            run.speak(step.no_input[min(waiting.attempt, len(step.no_input)) - 1], {"hint": _card_hint(run, step)})
        _wait_for_card(run, step, waiting.attempt + 1)


# --- the card as a whole ---------------------------------------------------------------------------


def _buttons(step: Show) -> tuple[Option, ...]:
    if step.options:
        return step.options
    return (Option(NEXT, step.next or BUTTON),) if step.next or step.fields else ()


def _show_card(
    run: Run, step: Show, entered: dict[str, str] | None = None, problems: dict[str, str] | None = None
) -> None:
    text = "\n".join(run.text(key) for key in (step.title, *step.texts))
    run.commands.append(_card(run, step, step.title, text, entered, problems))


def _card(
    run: Run,
    step: Show,
    prompt: str,
    text: str,
    entered: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
) -> Speak:
    fields = tuple(_field(run, field, entered, problems or {}) for field in step.fields)
    buttons = _buttons(step)
    kind = CARD if step.fields else "choice" if buttons else None
    return Speak(prompt, text, replies(run, buttons), kind, form=Form(fields))


def _field(run: Run, field: Field, entered: dict[str, str] | None, problems: dict[str, str]) -> FormField:
    secret = field.sensitivity == "secret"
    offered = replies(run, field.expect.options) if isinstance(field.expect, ChoiceInput) else ()
    known = _known(run, field) if entered is None else entered.get(field.into, "")
    if isinstance(field.expect, FileInput):
        known = ""  # files are chosen anew: what came with a card that did not fit belongs to that message
    return FormField(
        field.into,
        run.text(field.label),
        "secret" if secret else kind_of(field.expect),
        field.required,
        offered,
        "" if secret else known,
        problems.get(field.into, ""),
        run.text(field.group) if field.group else "",
    )


def _known(run: Run, field: Field) -> str:
    """Return what a variable holds already, to be shown in its field."""
    value = read(run.variables, field.into) if field.into.split(".")[0] in run.variables else None
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _wait_for_card(run: Run, step: Show, attempt: int) -> None:
    secret = any(field.sensitivity == "secret" for field in step.fields)
    waiting = Waiting("input", attempt, data={"secret": True} if secret else {})
    run.wait(waiting, *(() if run.channel in UNHURRIED else ((TIMER, step.no_input_s),)))


def _submit(run: Run, step: Show, waiting: Waiting, event: Said) -> None:
    """Read every entry; one that does not fit shows the whole card again, with the reason at its place."""
    entered = event.fields or {}
    buttons = _buttons(step)
    chosen = next((one for one in buttons if one.value == event.value), None if step.options else buttons[0])
    readings = {field.into: _read(run, field, entered.get(field.into, ""), event) for field in step.fields}
    problems = {name: reading for name, reading in readings.items() if isinstance(reading, Rejected)}
    if problems or chosen is None:
        told = {
            field.into: hint(run, field.expect, problems[field.into].problem)
            if entered.get(field.into, "").strip()
            else run.text("common.form_required")
            for field in step.fields
            if field.into in problems
        }
        _unfit_card(run, step, waiting, entered, told)
        return
    run.accept()
    for field in step.fields:
        reading = readings[field.into]
        _keep(run, field, reading.value if isinstance(reading, Accepted) else None)
    _go_on(run, step, chosen)


def _read(run: Run, field: Field, text: str, event: Said) -> Reading | None:
    """Read one entry; None for one that is empty and may be."""
    if not text.strip():
        return Rejected() if field.required else None
    if isinstance(field.expect, FileInput):
        names = file_names(event, text)
        return Rejected() if names is None else Accepted(names)
    return read_input(field.expect, text, text if isinstance(field.expect, ChoiceInput) else None, run.ear)


def _unfit_card(run: Run, step: Show, waiting: Waiting, entered: dict[str, str], told: dict[str, str]) -> None:
    count_misunderstood(run)
    if run.channel not in UNHURRIED and waiting.attempt >= step.attempts:
        _give_up(run, step)
        return
    text = "common.form_unfit" if told else "common.form_choose"
    run.commands.append(_card(run, step, text, run.text(text), entered, told))
    _wait_for_card(run, step, waiting.attempt + (run.channel not in UNHURRIED))


def _decide(run: Run, step: Show, waiting: Waiting, event: Said) -> None:
    """Hear the answer to a card, or to a question, that only has buttons."""
    option = choose(_buttons(step), event.text, event.value, run.text)
    if option is not None:
        run.accept()
        _go_on(run, step, option)
    elif asks_for_person(run, event.text):
        to_agent(run)
    elif mismatch(run, _decision(run, step, step.title), waiting, ""):
        _give_up(run, step)


def _go_on(run: Run, step: Show, option: Option) -> None:
    if not step.options:
        run.next()
        return
    if step.into is not None:
        run.set(step.into, option.value)
        run.commands.append(Collected(step.into, option.value, step.into in run.journey.pii))
    run.branch(step, option_block(option.value))


def _keep(run: Run, field: Field, value: str | float | None) -> None:
    if field.sensitivity == "secret" and value is not None:
        run.set_secret(field.into, value)
        return
    run.set(field.into, value)
    if value is not None:
        pii = field.sensitivity == "pii" or field.into in run.journey.pii
        run.commands.append(Collected(field.into, str(value), pii))


def _give_up(run: Run, step: Show, fired: str | None = None) -> None:
    run.accept(fired)
    run.branch(step, "give_up")


def _card_hint(run: Run, step: Show) -> str:
    return run.text("input.hint.choice" if not step.fields else "common.form_unfit")


# --- field by field --------------------------------------------------------------------------------


def _without_card(run: Run, step: Show, event: Said) -> None:
    """Somebody writes instead of filling the card in: ask for a person's help, or go through it together."""
    if asks_for_person(run, event.text):
        to_agent(run)
        return
    run.stop_waiting()
    run.speak("common.form_one_by_one")
    _ask_from(run, step, 1)


def _ask_from(run: Run, step: Show, number: int) -> None:
    """Ask the field of this number by itself, else for the decision, else go on; files need the whole card."""
    while number <= len(step.fields) and isinstance(step.fields[number - 1].expect, FileInput):
        _keep(run, step.fields[number - 1], None)
        number += 1
    if number <= len(step.fields):
        pose(run, _field_question(run, step, number), str(number))
    elif step.options:
        pose(run, _decision(run, step, "common.form_choose"), CHOOSE)
    else:
        run.next()


def _question(run: Run, step: Show, waiting: Waiting) -> Question:
    if waiting.phase == CHOOSE:
        asked = step.title if not step.fields else "common.form_choose"
        return _decision(run, step, asked)
    return _field_question(run, step, int(waiting.phase))


def _field_question(run: Run, step: Show, number: int) -> Question:
    field = step.fields[number - 1]
    secret = field.sensitivity == "secret"
    offered = replies(run, field.expect.options) if isinstance(field.expect, ChoiceInput) else ()
    skip = (Reply(SKIP, run.text("common.form_skip")),) if not field.required and not run.spoken else ()
    return Question(
        prompt=field.label,
        expect=field.expect,
        attempts=step.attempts,
        no_input_s=step.no_input_s,
        no_input=step.no_input,
        no_match=step.no_match,
        input_kind="secret" if secret else kind_of(field.expect),
        replies=(*offered, *skip),
        secret=secret,
    )


def _decision(run: Run, step: Show, prompt: str) -> Question:
    buttons = _buttons(step)
    return Question(
        prompt=prompt,
        expect=ChoiceInput(buttons),
        attempts=step.attempts,
        no_input_s=step.no_input_s,
        no_input=step.no_input,
        no_match=step.no_match,
        input_kind="choice",
        replies=replies(run, buttons),
    )


def _hear_one(run: Run, step: Show, waiting: Waiting, event: Said) -> None:
    if waiting.phase == CHOOSE:
        _decide(run, step, waiting, event)
        return
    field = step.fields[int(waiting.phase) - 1]
    if not field.required and (event.value == SKIP or folded(event.text) in listed(run, "common.words.skip")):
        _leave_empty(run, step, waiting)
        return
    reading = read_input(field.expect, event.text, event.value, run.ear)
    if isinstance(reading, Accepted):
        run.accept()
        _keep(run, field, reading.value)
        _ask_from(run, step, int(waiting.phase) + 1)
    elif not isinstance(field.expect, TextInput) and asks_for_person(run, event.text):
        to_agent(run)
    elif mismatch(run, _question(run, step, waiting), waiting, reading.problem):
        if field.required:
            _give_up(run, step)
        else:
            _leave_empty(run, step, waiting)


def _optional(step: Show, waiting: Waiting) -> bool:
    return waiting.phase != CHOOSE and not step.fields[int(waiting.phase) - 1].required


def _leave_empty(run: Run, step: Show, waiting: Waiting, fired: str | None = None) -> None:
    run.accept(fired)
    _keep(run, step.fields[int(waiting.phase) - 1], None)
    _ask_from(run, step, int(waiting.phase) + 1)


# --- what the transcript shows ---------------------------------------------------------------------


def written_form(session: JourneySession, facts: Facts, now: datetime, channel: str, event: Said) -> str | None:
    """Return a filled form as lines of label and entry, secrets masked; None where no card is open."""
    waiting, run = session.waiting, Run(session, facts, now, channel, None)
    try:
        step = run.step() if waiting is not None and not waiting.phase else None
        if not isinstance(step, Show):
            return None
        entered = event.fields or {}
        written = ((field, _written(field, entered.get(field.into, "").strip(), event)) for field in step.fields)
        lines = [_line(run, field, text) for field, text in written if text]
        lines += [run.text(one.label) for one in _buttons(step) if one.value == event.value]
    except Fault:  # what cannot be written is not understood either; the journey says so
        return None
    return "\n".join(lines)


def file_names(event: Said, text: str) -> str | None:
    """Return the names of the files an entry stands for; None when one of them did not come along.

    An entry is made of ids with spaces between them. In a rehearsal it is the name itself.
    """
    if event.files is None:
        return text.strip()
    names = [event.files.get(one) for one in text.split()]
    return None if None in names else ", ".join(name for name in names if name)


def _written(field: Field, text: str, event: Said) -> str:
    return (file_names(event, text) or "") if isinstance(field.expect, FileInput) else text


def _line(run: Run, field: Field, text: str) -> str:
    if field.sensitivity == "secret":
        text = MASK
    elif isinstance(field.expect, ChoiceInput):
        text = next((run.text(one.label) for one in field.expect.options if one.value == text), text)
    return f"{run.text(field.label)}: {text[:MOST_SHOWN]}"
