"""What a customer may say at any moment: a person please, repeat, back, another language."""

from typing import Literal

from warmline.domain.journey.cards import UNHURRIED
from warmline.domain.journey.document import Callback
from warmline.domain.journey.faults import Fault
from warmline.domain.journey.interface import AnnouncementText, HandedOver, Speak
from warmline.domain.journey.prompts import is_spoken
from warmline.domain.journey.run import Run
from warmline.domain.journey.textform import contains, folded, words
from warmline.kernel.locale import LOCALES, Locale

Wish = Literal["agent", "repeat", "back", "ko", "ja", "en"]

WISHES: tuple[Wish, ...] = ("agent", "repeat", "back", *LOCALES)
LOCALE_WISHES: tuple[Wish, ...] = LOCALES
ANNOUNCED = "announcement:"  # before the id, where a prompt key stands otherwise
HANDING_OVER = "common.handing_over"
SLOT_MARK = "@"  # in `last_prompts`, an announcement slot instead of a prompt key


_HANDING_OVER: dict[Locale, str] = {
    "ko": "죄송합니다, 제가 말씀을 잘 이해하지 못했어요. 상담원이 도와드릴 수 있도록 이어 드릴게요.",
    "ja": "ご用件をうまく理解できず、申し訳ございません。担当者がご案内できるよう、おつなぎします。",
    "en": "Sorry, I have not understood you well enough. Let me bring you to a person.",
}


class NotUnderstood(Exception):
    """The customer was not understood as often as their contact reason allows: a person shall help."""


def listed(run: Run, key: str) -> tuple[str, ...]:
    """Return the words a words prompt lists for the customer's language; none when it is missing."""
    return words(run.facts.prompt(key, run.locale, run.channel) or "")


def wish(run: Run, text: str, among: tuple[Wish, ...] = WISHES) -> Wish | None:
    """Return what the whole text asks of the platform, if anything."""
    said = folded(text)
    if not said or len(said) > 80:
        return None
    for name in among:
        if said in listed(run, f"common.words.{name}"):
            return name
    return None


def asks_for_person(run: Run, text: str) -> bool:
    """Tell whether a text that fits nothing else holds a wish for a person, as in "can I talk to an agent?"."""
    said = folded(text)
    return not at_agent_section(run) and any(contains(said, word) for word in listed(run, "common.words.agent"))


def at_agent_section(run: Run) -> bool:
    """Tell whether the customer already is where "agent" leads and would only be asked the same again.

    While a callback is being arranged it leads back into the queue, so there it does lead somewhere.
    """
    at_it = not run.outer and run.section == run.journey.agent_section
    return at_it and not isinstance(run.step(), Callback)


def to_agent(run: Run) -> None:
    """Leave everything and enter the outermost journey's section for people. Raises Fault when it has none."""
    run.stop_waiting()
    run.said.clear()
    while run.outer:
        run.drop_frame()
    run.goto(run.journey.agent_section)


def count_misunderstood(run: Run) -> None:
    """Count an answer that did not fit, or none. Raises NotUnderstood when it is one too many.

    Who has come to the section for people before was told there how it goes on, also when nobody could come: they
    are not led there again.
    """
    if run.channel in UNHURRIED:
        return  # an agent, or a reader of a help page, with all the time they take
    run.misunderstood += 1
    if run.person_after is not None and run.misunderstood >= run.person_after and not run.met_people:
        raise NotUnderstood


def hand_over(run: Run) -> None:
    """Tell the customer why a person shall help, and go where "agent" leads. Raises Fault: nowhere."""
    run.stop_waiting()
    run.commands.append(HandedOver(run.misunderstood))
    try:
        run.speak(HANDING_OVER)
    except Fault:  # a company's own text wants something that is not known here
        run.commands.append(Speak(HANDING_OVER, _HANDING_OVER[run.locale], fixed=True))
    to_agent(run)


def previous_section(run: Run) -> tuple[str, str] | None:
    """Return the section entered before this one that can still be entered, and shorten the history to it."""
    trail = list(run.history)
    if trail and trail[-1] == (run.journey_id, run.section):
        trail.pop()
    reachable = {run.journey_id, *(frame.journey_id for frame in run.outer)}
    while trail:
        place = trail.pop()
        if place[0] in reachable:
            run.history = trail
            return place
    return None


def go_back(run: Run, journey_id: str, section: str) -> None:
    """Enter an earlier section again, leaving modules called since."""
    run.stop_waiting()
    run.said.clear()
    while run.journey_id != journey_id and run.outer:
        run.drop_frame()
    run.goto(section)


def say_once_more(run: Run) -> None:
    """Repeat the statements since the customer's last answer; what cannot be said any more is left out."""
    for key in run.said:
        if key.startswith(SLOT_MARK):
            announce(run, key[len(SLOT_MARK) :])
            continue
        try:
            run.speak(key)
        except Fault:  # a variable of a module that is left
            continue


def announce(run: Run, slot: str) -> None:
    """Say the announcements of a slot that are valid now and meant for somebody who does not wait in a queue."""
    journeys = {run.journey_id, *(frame.journey_id for frame in run.outer)} if run.origin is None else {run.origin}
    for announcement in run.facts.announcements(slot, run.locale, run.now):
        if announcement.is_for(run.channel, journeys, None):
            run.commands.append(spoken_or_written(announcement, run.channel))


def spoken_or_written(announcement: AnnouncementText, channel: str) -> Speak:
    """Return an announcement as it is said on `channel`."""
    text = announcement.spoken if is_spoken(channel) and announcement.spoken else announcement.text
    return Speak(f"{ANNOUNCED}{announcement.id}", text, fixed=True)
