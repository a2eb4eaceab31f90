"""The way somebody has come through a help page, and what they have before them there. Pure.

A way holds the place before the last answer, and that answer: playing it again shows the page, so nothing is
stored, the back button works, and a page may be shown in another language at any place.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.journey.cards import HELP
from warmline.domain.journey.interface import (
    Facts,
    Finished,
    FormField,
    JourneyCommand,
    Reply,
    Said,
    Speak,
    Started,
)
from warmline.domain.journey.machine import advance, begin
from warmline.domain.journey.session import JourneySession
from warmline.kernel.locale import Locale

MOST_ANSWERS = 60  # told along; the way itself goes on
MOST_ENTRY = 1_000  # letters of one entry
CAME_BACK = ("common.form_unfit", "common.form_choose")


class Answer(Struct, frozen=True):
    """What somebody entered on a card, as it is told to people."""

    label: str
    entry: str


class Way(Struct, frozen=True, omit_defaults=True):
    """The way so far: the session before `said` was answered; `id` tells ways apart, and nobody's person.

    `field`: the name of the form's entry on a site that the help was opened at; `given`: what that form gave.
    """

    id: str
    slug: str
    version: int
    session: JourneySession
    said: Said | None = None
    answers: tuple[Answer, ...] = ()
    field: str = ""
    given: Mapping[str, str] = {}


class Card(Struct, frozen=True):
    """A card as it is shown; one without buttons is a list to read, and to keep."""

    title: str
    texts: tuple[str, ...] = ()
    fields: tuple[FormField, ...] = ()
    buttons: tuple[Reply, ...] = ()
    problem: str = ""


class View(Struct, frozen=True):
    """What stands on the page: texts and lists, and the card that is open, none once the way is `over`."""

    locale: Locale
    pieces: tuple[str | Card, ...]
    card: Card | None
    over: bool
    session: JourneySession
    problems: tuple[str, ...] = ()

    @property
    def lists(self) -> tuple[Card, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Card))


def fresh(way_id: str, slug: str, version: int, locale: Locale, given: Mapping[str, str], field: str = "") -> Way:
    """Return the way of somebody who just opened the page, with what a form's page has given along."""
    told = {name: value for name, value in given.items() if value}
    return Way(way_id, slug, version, begin(slug, version, locale, dict(given)), field=field, given=told)


def view(way: Way, facts: Facts, now: datetime, locale: Locale) -> View:
    """Return what this way leads to, told in `locale`."""
    there = _play(way.session, way.said or Started(), facts, now, locale)
    if there.card is not None and there.card.problem:  # what was entered reads otherwise in this language
        return _play(way.session, way.said or Started(), facts, now, way.session.locale)
    return there


def answer(
    way: Way, button: str | None, entries: Mapping[str, str], facts: Facts, now: datetime, locale: Locale
) -> tuple[Way, View]:
    """Send the open card; return the way from here and what it leads to.

    An answer that does not fit, or comes when the way is over, leaves the way where it was; its card has a
    `problem` then.
    """
    here = view(way, facts, now, locale)
    if here.over or here.card is None:
        return way, here
    kept = _entered(here.card, entries)
    said = Said("", button, kept)
    there = _play(here.session, said, facts, now, locale, here.card)
    if there.card is not None and there.card.problem:
        return way, replace(there, pieces=here.pieces)
    told = (*way.answers, *_told(here.card, button, kept))[-MOST_ANSWERS:]
    return replace(way, session=here.session, said=said, answers=told), there


def written(here: View, entries: Mapping[str, str]) -> View:
    """Return the same place with what somebody wrote into the open card, which could not be sent."""
    if here.card is None:
        return here
    kept = _entered(here.card, entries)
    fields = tuple(replace(field, value=kept[field.name]) for field in here.card.fields)
    return replace(here, card=replace(here.card, fields=fields))


def _entered(card: Card, entries: Mapping[str, str]) -> dict[str, str]:
    return {field.name: entries.get(field.name, "")[:MOST_ENTRY] for field in card.fields}


def _play(
    session: JourneySession, event: Started | Said, facts: Facts, now: datetime, locale: Locale,
    before: Card | None = None,
) -> View:  # fmt: skip
    if session.locale != locale:
        session = replace(session, locale=locale)
    step = advance(session, event, facts, now, channel=HELP)
    pieces: list[str | Card] = []
    card: Card | None = None
    for command in step.commands:
        if not isinstance(command, Speak):
            continue
        if command.form is None:
            pieces.append(command.text)
        elif command.prompt in CAME_BACK:
            card = replace(before or Card(""), fields=command.form.fields, problem=command.text)
        else:
            title, *texts = command.text.split("\n")
            one = Card(title, tuple(texts), command.form.fields, command.quick_replies)
            if one.buttons:
                card = one
            else:
                pieces.append(one)
    over = _is_over(step.commands) or step.session.waiting is None
    return View(step.session.locale, tuple(pieces), None if over else card, over, step.session, step.problems)


def _is_over(commands: Sequence[JourneyCommand]) -> bool:
    return any(isinstance(command, Finished) for command in commands)


def _told(card: Card, button: str | None, entries: Mapping[str, str]) -> list[Answer]:
    told: list[Answer] = []
    for field in card.fields:
        if entry := entries.get(field.name, "").strip():
            told.append(Answer(field.label, next((o.label for o in field.options if o.value == entry), entry)))
    if len(card.buttons) > 1:
        told += [Answer(card.title, one.label) for one in card.buttons if one.value == button]
    return told
