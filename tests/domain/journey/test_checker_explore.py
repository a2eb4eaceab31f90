"""The walk visits every situation once, and knows silence that never ends."""

import pytest

from warmline.domain.journey.checker_explore import Walk, event_of
from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.checker_values import Decisive
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import Ask, Block, DigitsInput, End, Goto, Journey, Step
from warmline.domain.journey.interface import QueueMoved, Said, TaskDone, TimedOut
from warmline.domain.journey.machine import begin
from warmline.kernel.locale import LOCALES

WORDS = {"ask": "?", "bye": ".", "common.no_match": "?", "common.no_input": "?", "input.hint.digits": ""}
TEXTS = PromptSource({locale: WORDS for locale in LOCALES})


def _walk(*start: Step) -> Walk:
    journey = Journey(id="j", on_error=(End("bye"),), sections={"start": start, "agent": (End("bye"),)})
    walk = Walk({"j": journey}, TEXTS, "webchat", "agent", Decisive([journey]))
    walk.explore(begin("j", 1, "en"), Stimulus("start"))
    return walk


def _ask(give_up: Block) -> Ask:
    return Ask("n", "ask", DigitsInput(2, 2), give_up=give_up, attempts=2)


def test_the_same_situation_reached_twice_is_one_state():
    walk = _walk(_ask((End("bye"),)), _ask((End("bye"),)), End("bye"))
    assert walk.findings == []
    assert walk.states <= 8
    assert walk.transitions > walk.states
    assert walk.complete


def test_silence_that_leads_back_to_itself_is_found():
    assert _walk(_ask((Goto("start"),)), End("bye")).endless_silence() is not None
    assert _walk(_ask((End("bye"),)), End("bye")).endless_silence() is None


def test_each_stimulus_is_one_event_of_the_machine():
    assert event_of(Stimulus("tap", text="a")) == Said("a", value="a")
    assert event_of(Stimulus("silence", name="journey.input")) == TimedOut("journey.input")
    assert event_of(Stimulus("queue_moved")) == QueueMoved()
    assert event_of(Stimulus("task", name="1", outcome="failed")) == TaskDone("1", "failed", reason="checked")
    with pytest.raises(ValueError, match="hang_up"):
        event_of(Stimulus("hang_up"))
