"""A guide in progress: the cards an agent has been through, what stands in them, and the way back."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.contact.events import Filled
from warmline.domain.journey.document import Journey, Reason
from warmline.domain.journey.interface import Finished, Form, FormField, JourneyCommand, Reply, Speak
from warmline.domain.journey.session import JourneySession
from warmline.domain.journey.walk import steps_of

MOST_BACK = 32
MASK = "••••"
CLOSED = "closed"


class Shown(Struct, frozen=True, omit_defaults=True):
    """What an agent has before them: what was said on the way here, and the card that is open, if one is."""

    title: str = ""
    texts: tuple[str, ...] = ()
    fields: tuple[FormField, ...] = ()
    buttons: tuple[Reply, ...] = ()
    said: tuple[str, ...] = ()
    problem: str = ""


class Moment(Struct, frozen=True, omit_defaults=True):
    """One card of the way, and what was filled in before it."""

    session: JourneySession
    shown: Shown
    filled: tuple[Filled, ...] = ()


class GuideState(Struct, frozen=True, omit_defaults=True):
    """The moments an agent may go back to, the present one last; `outcome` once it is over."""

    moments: tuple[Moment, ...]
    outcome: str | None = None

    @property
    def now(self) -> Moment:
        return self.moments[-1]

    @property
    def may_go_back(self) -> bool:
        return self.outcome is None and len(self.moments) > 1


def encode(state: GuideState) -> bytes:
    return msgspec.json.encode(state)


def decode(data: bytes) -> GuideState:
    return msgspec.json.decode(data, type=GuideState)


def shown(commands: Iterable[JourneyCommand], before: Shown | None = None) -> Shown:
    """Return what the agent sees after these commands. A card that came back keeps the title of `before`."""
    said: list[str] = []
    card = Shown()
    for command in commands:
        if not isinstance(command, Speak):
            continue
        if command.form is None:
            said.append(command.text)
            continue
        if _came_back(command) and before is not None:
            card = replace(before, fields=command.form.fields, buttons=command.quick_replies, problem=command.text)
        else:
            card = _card(command, command.form)
            if not card.buttons:
                said.append(command.text)  # a card that asks nothing is read on the way
                card = Shown()
    return replace(card, said=tuple(said))


def _came_back(command: Speak) -> bool:
    return command.prompt in ("common.form_unfit", "common.form_choose")


def _card(command: Speak, form: Form) -> Shown:
    title, *texts = command.text.split("\n")
    return Shown(title, tuple(texts), form.fields, command.quick_replies)


def outcome_of(commands: Iterable[JourneyCommand]) -> str | None:
    """Return how the guide ended, if it did."""
    return next((command.reason for command in commands if isinstance(command, Finished)), None)


def answered(card: Shown, button: str | None, entries: dict[str, str]) -> Iterator[Filled]:
    """Yield the entries of a card and the decision made on it, as they are written down; never a secret."""
    for field in card.fields:
        entry = entries.get(field.name, "").strip()
        if not entry:
            continue
        if field.kind == "secret":
            entry = MASK
        yield Filled(field.label, next((o.label for o in field.options if o.value == entry), entry))
    if len(card.buttons) > 1 and (chosen := next((b.label for b in card.buttons if b.value == button), None)):
        yield Filled(card.title, chosen)


def went_on(
    state: GuideState,
    session: JourneySession,
    commands: Sequence[JourneyCommand],
    filled: Sequence[Filled],
    *,
    worked: bool,
) -> GuideState:
    """Return the state after an answer. `worked`: a backend did something, and what is done is not taken back."""
    seen = shown(commands, state.now.shown)
    outcome = outcome_of(commands)
    if seen.problem:
        return GuideState((*state.moments[:-1], replace(state.now, session=session, shown=seen)))
    moment = Moment(session, seen, (*state.now.filled, *filled))
    before = () if worked or outcome is not None else state.moments[-MOST_BACK:]
    return GuideState((*before, moment), outcome)


def went_back(state: GuideState) -> GuideState:
    """Return the state at the card before this one; the same where there is none."""
    return replace(state, moments=state.moments[:-1]) if state.may_go_back else state


def serves(journey: Journey, reason: str | None) -> bool:
    """Tell whether a guide is made for a contact reason: it names those it is for in its `Reason` steps."""
    return any(isinstance(step, Reason) and step.intent == reason for step in steps_of(journey))
