"""A counter-example of the checker can be played: the customer meets the same end in the simulator."""

import pytest
from tests.domain.journey.test_rehearsal import END, MENU, TEXTS, library

from warmline.domain.journey.checker_replay import CALLED, fault_in
from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.document import Compare, End, Goto, Hours, Invoke, Journey, Return, Say, Var, When
from warmline.domain.journey.path_play import playable, played
from warmline.domain.journey.rehearsal import Rehearsal
from warmline.domain.journey.stage import Library

START = Stimulus("start")
FIND = Invoke(
    "orders.find", "found", (Goto("agent"),), result=("status",), retries=0, slow_prompt="common.one_moment"
)


def play(*path: Stimulus, steps: tuple[object, ...], channel: str = "webchat") -> Rehearsal:
    known = library(*steps)
    scenery, deeds = played("j", path, known.journeys, TEXTS, channel, "en")
    talk = Rehearsal("j", known, scenery)
    talk.play(deeds)
    return talk


def test_taps_answers_and_closed_doors_come_as_on_the_path():
    hours = Hours("shop", closed=(MENU,))
    talk = play(
        Stimulus("start", world=("shop is holiday",)),
        Stimulus("tap", text="orders"),
        Stimulus("silence", name="journey.slow"),
        Stimulus("task", name="j.1", outcome="failed", world=("queue orders is full",)),
        steps=(hours, FIND, End("j.bye")),
    )  # fmt: skip
    assert {"j#start/0/closed/0/option:orders", "j#start/1/failed"} <= set(talk.trail)
    assert "common.one_moment" in talk.prompts
    assert talk.ended == "message_taken"


def test_silence_goes_on_until_the_very_timer_of_the_path():
    path = (START, Stimulus("silence", name="journey.overflow"))
    talk = play(*path, steps=(Goto("agent"),))
    assert (talk.at_s, talk.ended) == (600, "message_taken")
    assert play(START, Stimulus("connect"), steps=(Goto("agent"),)).ended == "person"
    assert play(START, Stimulus("hang_up"), steps=(MENU, End("j.bye"))).ended == "left"


def test_a_path_into_a_fault_shows_the_fault():
    answered = Stimulus("task", name="j.1", outcome="ok", result={"status": "lost"})
    talk = play(START, answered, steps=(FIND, Say("j.nowhere"), *END))
    assert [line.kind for line in talk.record].count("problem") == 1
    assert playable((START, answered))
    assert not playable((fault_in("j"),))


def test_a_module_is_played_with_what_the_path_says_it_was_given():
    strong = When(Compare(Var("strong"), "==", True), then=(Say("j.bye"), Return(1)))
    module = Journey("m", (Return(),), {"start": (strong, Return())}, kind="module", parameters=("strong", "name"))
    known = library(*END)
    journeys = {**known.journeys, "m": module}
    trails: list[list[str]] = []
    for given in ({"strong": True}, {"strong": False}):
        path = (Stimulus("start", result=dict(given)),)
        scenery, deeds = played("m" + CALLED, path, journeys, TEXTS, "webchat", "en")
        assert scenery.given == given
        talk = Rehearsal("m", Library(journeys, known.texts, known.stand_ins, known.hours), scenery)
        talk.play(deeds)
        trails.append([place for place in talk.trail if place.endswith("/then")])
    assert trails == [["m#start/0/then"], []]
    with pytest.raises(ValueError, match="record"):
        played("m" + CALLED, (Stimulus("start", result={"name": {"first": "A"}}),), journeys, TEXTS, "voice", "en")
