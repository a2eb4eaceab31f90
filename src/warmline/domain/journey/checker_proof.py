"""Nobody is told what a backend knows of a customer, nor sent a link to their case, before they are proven.

Watches every path of the walk: what is said on it, and how surely the customer was known by then.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from warmline.domain.journey.checker_privacy import spread
from warmline.domain.journey.checker_tags import PRIVACY, Duties, duties_of
from warmline.domain.journey.checker_words import Cause
from warmline.domain.journey.document import Ask, Invoke, Journey, Menu, SendLink, Show, Step, Var
from warmline.domain.journey.interface import JourneyCommand, RunTask, Speak
from warmline.domain.journey.prompts import Texts, placeholders
from warmline.domain.journey.prompts_used import prompts_of
from warmline.domain.journey.steps_send_link import TASK
from warmline.domain.journey.walk import places, steps_of
from warmline.kernel.locale import LOCALES


class Telling(Struct, frozen=True):
    """A place where something known of a customer is said (`name`: the variable) or a link is sent (empty)."""

    journey: str
    section: str
    level: int
    tag: str
    name: str = ""


class Doorkeeper:
    """Knows which texts of a walk's journeys tell what is not everybody's to hear."""

    def __init__(self, library: Mapping[str, Journey], duties: Duties, texts: Texts, channel: str) -> None:
        self._said: dict[str, list[Telling]] = {}
        self._sent: list[Telling] = []
        owed = duties_of(library, duties) if duties else {}
        told = spread(library, {name: _looked_up(one) for name, one in library.items()})
        for name, duty in owed.items():
            tag = next((one for one in PRIVACY if one in duty.tags), None)
            if tag is None or duty.level == 0:
                continue
            for place in places(library[name]):
                telling = Telling(name, place.section, duty.level, tag)
                if isinstance(place.step, SendLink):
                    self._sent.append(telling)
                for key in prompts_of(place.step):
                    known = _first(key, told[name], texts, channel)
                    if known is not None:
                        about = Telling(name, place.section, duty.level, tag, known)
                        for said in {key, _opening(place.step) or key}:
                            self._said.setdefault(said, []).append(about)

    @property
    def idle(self) -> bool:
        """Whether no text of these journeys needs a proof."""
        return not self._said and not self._sent

    def judge(
        self, commands: Sequence[JourneyCommand], assurance: int, journeys: set[str]
    ) -> Iterator[tuple[Cause, Telling]]:
        """Yield what was said or sent too early, in one step of a path that was in these `journeys`.

        `assurance` is that of the step's end: proving asks the customer, and so begins a step of its own.
        """
        for command in commands:
            tellings: Sequence[Telling] = ()
            if isinstance(command, Speak):
                tellings = self._said.get(command.prompt or "", ())
            elif isinstance(command, RunTask) and command.task == TASK:
                tellings = self._sent
            for telling in tellings:
                if telling.journey in journeys and assurance < telling.level:
                    code = "told_before_proof" if telling.name else "linked_before_proof"
                    details = {"level": str(telling.level), "tag": telling.tag, "reached": str(assurance)}
                    yield Cause(code, details | ({"name": telling.name} if telling.name else {})), telling


def _looked_up(journey: Journey) -> frozenset[str]:
    """Return what backends answer about somebody: who is asked for nobody in particular tells of nobody."""
    return frozenset(
        step.into
        for step in steps_of(journey)
        if isinstance(step, Invoke) and any(isinstance(value, Var) for value in step.args.values())
    )


def _opening(step: Step) -> str | None:
    """Return the text that a card or question is said by: the others of the step come with it."""
    match step:
        case Show(title):
            return title
        case Ask(prompt=prompt) | Menu(prompt=prompt):
            return prompt
        case _:
            return None


def _first(key: str, names: frozenset[str], texts: Texts, channel: str) -> str | None:
    paths = {path for locale in LOCALES for path in placeholders(texts.prompt(key, locale, channel) or "")}
    known = sorted(path for path in paths if any(path == one or path.startswith(one + ".") for one in names))
    return known[0] if known else None
