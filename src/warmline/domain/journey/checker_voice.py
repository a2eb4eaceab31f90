"""What the telephone asks of a journey: choices that keys can take, ways on for what keys cannot say.

Walking a journey by voice finds what walking it in writing finds, as long as the spoken texts read no other values
and no step takes another way: `differs` and `differs_in_writing` tell which walks are worth their time.
"""

from collections.abc import Iterable, Iterator, Sequence

from warmline.domain.journey.cards import questions_of
from warmline.domain.journey.checker_report import SPOKEN, WRITTEN, Problem
from warmline.domain.journey.checker_words import Cause
from warmline.domain.journey.document import (
    Announce,
    Ask,
    Block,
    ChoiceInput,
    Journey,
    Menu,
    Option,
    Reason,
    Set,
    Step,
    Survey,
    Voicemail,
)
from warmline.domain.journey.keys import MOST_OPTIONS, keys_of
from warmline.domain.journey.prompts import Hole, Texts, compile_template
from warmline.domain.journey.prompts_used import prompts_of
from warmline.domain.journey.session import JourneySession
from warmline.domain.journey.steps_callback import CALLER
from warmline.domain.journey.walk import places, steps_of
from warmline.kernel.locale import LOCALES, Locale

REMEMBERED = 5  # options that most callers still hold against each other at the end of the list
WORKING = "journey.slow"  # tells who waits that work goes on; the time limit of that work ends it


def voice_problems(journey: Journey) -> Iterator[Problem]:
    """Yield what keeps a journey from being walked by telephone keys; a guide is walked at a desk."""
    if journey.kind == "guide":
        return
    for place in places(journey):
        for question in questions_of(place.step, required=True):
            for cause in _keyed(question):
                yield Problem(cause, journey.id, place.section, channel=SPOKEN)


def _keyed(step: Step) -> Iterator[Cause]:
    match step:
        case Menu(prompt, options) | Ask(prompt=prompt, expect=ChoiceInput(options)):
            if len(options) > MOST_OPTIONS:
                yield Cause("too_many_options", {"name": prompt, "count": str(len(options))})
        case Ask(into, expect=expect, give_up=give_up) if keys_of(expect) is None and not _explains(give_up):
            yield Cause("no_keys", {"name": into})
        case _:
            pass


def _explains(block: Block) -> bool:
    """Tell whether a block says something or leads to where something is said: a recogniser may not be there."""
    return any(not isinstance(step, Set | Reason | Announce) for step in block)


def voice_warnings(journey: Journey) -> Iterator[Problem]:
    """Yield what callers can do, yet will find hard: more choices than people keep in mind while they listen."""
    for place in places(journey):
        for question in questions_of(place.step):
            name, options = question.prompt, _offered(question)
            if REMEMBERED < len(options) <= MOST_OPTIONS:
                details = {"name": name, "count": str(len(options)), "most": str(REMEMBERED)}
                yield Problem(Cause("long_menu", details), journey.id, place.section, channel=SPOKEN)


def _offered(question: Ask | Menu) -> Sequence[Option]:
    if isinstance(question, Menu):
        return question.options
    return question.expect.options if isinstance(question.expect, ChoiceInput) else ()


def works_unheard(session: JourneySession, timers: frozenset[str]) -> bool:
    """Tell whether a caller waits for a task of which nothing would be said, however long it takes.

    The call itself plays music after two seconds without a voice; words are the journey's.
    """
    return session.waiting is not None and session.waiting.kind == "task" and WORKING not in timers


def differs(journeys: Iterable[Journey], texts: Texts) -> bool:
    """Tell whether a caller may come to what a customer in writing does not."""
    for journey in journeys:
        if CALLER in journey.parameters:
            return True
        for step in steps_of(journey):
            if isinstance(step, Voicemail) or any(
                _reads_more(key, texts, SPOKEN, WRITTEN) for key in prompts_of(step)
            ):
                return True
    return False


def differs_in_writing(journeys: Iterable[Journey], texts: Texts) -> bool:
    """Tell whether a customer in writing may come to what a caller does not."""
    for journey in journeys:
        for step in steps_of(journey):
            if isinstance(step, Survey) and step.comment_prompt is not None:
                return True
            if any(_reads_more(key, texts, WRITTEN, SPOKEN) for key in prompts_of(step)):
                return True
    return False


def _reads_more(key: str, texts: Texts, here: str, there: str) -> bool:
    return any(not _holes(key, texts, one, here) <= _holes(key, texts, one, there) for one in LOCALES)


def _holes(key: str, texts: Texts, locale: Locale, channel: str) -> frozenset[tuple[str, str, str]]:
    parts = compile_template(texts.prompt(key, locale, channel) or "")
    return frozenset((part.path, part.format, part.argument) for part in parts if isinstance(part, Hole))


def told_once(problems: Sequence[Problem], spoken: Iterable[Problem]) -> list[Problem]:
    """Return the problems in writing, and of those by voice the ones that do not show in writing already."""
    known = {_mark(problem) for problem in problems}
    return [*problems, *(problem for problem in spoken if _mark(problem) not in known)]


def _mark(problem: Problem) -> tuple[str, str, str, str]:
    return problem.code, problem.journey, problem.section, str(problem.cause.details)
