"""What a customer may say at any moment: a person please, repeat, back, another language."""

from typing import Literal

from warmline.domain.journey.document import Callback
from warmline.domain.journey.faults import Fault
from warmline.domain.journey.interface import AnnouncementText, Speak
from warmline.domain.journey.prompts import is_spoken
from warmline.domain.journey.run import Run
from warmline.domain.journey.textform import contains, folded, words
from warmline.kernel.locale import LOCALES

Wish = Literal["agent", "repeat", "back", "ko", "ja", "en"]

WISHES: tuple[Wish, ...] = ("agent", "repeat", "back", *LOCALES)
LOCALE_WISHES: tuple[Wish, ...] = LOCALES
ANNOUNCED = "announcement:"  # before the id, where a prompt key stands otherwise
SLOT_MARK = "@"  # in `last_prompts`, an announcement slot instead of a prompt key


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
