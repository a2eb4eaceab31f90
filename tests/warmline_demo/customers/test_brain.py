"""Simulated customers get through the real journeys: they read what is asked, and always reach an end."""

import random
from collections import Counter, deque
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest

from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.interface import (
    EnterQueue,
    Finished,
    JourneyEvent,
    RunTask,
    Said,
    Speak,
    Started,
    TaskDone,
)
from warmline.domain.journey.machine import advance, begin
from warmline.domain.journey.prompts import parse_catalogue
from warmline.domain.journey.simulate_run import Scene, Setting
from warmline.kernel.locale import LOCALES
from warmline_demo.content import library as demo
from warmline_demo.content.fake_shop import WELL
from warmline_demo.customers.brain import Action, Brain, FetchCode, Leave, Say
from warmline_demo.customers.people import Visitor, next_visitor
from warmline_demo.wire import Frame

LIBRARY = {journey.id: journey for journey in demo.JOURNEYS}
TEXTS = PromptSource({
    locale: parse_catalogue(files("warmline").joinpath(f"prompts/{locale}.toml").read_text(encoding="utf-8"))
    | demo.PROMPTS[locale]
    for locale in LOCALES
})  # fmt: skip


def talk(visitor: Visitor, seed: int, journey: str = "front-desk") -> tuple[str, list[str]]:
    """Let a visitor talk to the real journey machine; return how it ended and what was said."""
    scene = Scene(LIBRARY, TEXTS, Setting(answers=WELL))
    brain, now = Brain(visitor, random.Random(seed)), datetime(2026, 11, 24, 3, tzinfo=UTC)
    session = begin(journey, 1, visitor.locale, {})
    inputs: deque[JourneyEvent] = deque([Started()])
    lines: list[str] = []
    for _ in range(80):
        if not inputs:
            return "silent", lines
        now += timedelta(seconds=5)
        step = advance(session, inputs.popleft(), scene, now, channel="webchat", contact_id=None)
        session, wishes = step.session, []
        assert not step.problems, (step.problems, lines)
        for command in step.commands:
            match command:
                case Speak(_, text, replies, input_kind):
                    lines.append(f"bot: {text}")
                    choices = [{"value": reply.value, "label": reply.label} for reply in replies]
                    event: Frame = {
                        "kind": "message_sent",
                        "author": "bot",
                        "text": text,
                        "quick_replies": choices,
                    }
                    wishes = brain.hear(event | {"input_kind": input_kind}) or wishes
                case RunTask(task_id):
                    answer = scene.answer(command)
                    inputs.append(TaskDone(task_id, answer.outcome, answer.result))
                case EnterQueue():
                    return "person", lines
                case Finished(reason):
                    return reason, lines
                case _:
                    pass
        for wish in wishes:
            lines.append(f"customer: {wish}")
            if isinstance(wish, Leave):
                return "left", lines
            inputs.append(said(wish))
    raise AssertionError("\n".join(lines))


def said(wish: Action) -> Said:
    assert not isinstance(wish, Leave)
    return Said("123456") if isinstance(wish, FetchCode) else Said(wish.text, wish.value)


def somebody(seed: int, **changes: object) -> Visitor:
    visitor = next_visitor(random.Random(seed))
    return replace(visitor, mood="calm", **changes)


def test_two_hundred_different_customers_all_come_to_an_end():
    ends = Counter(talk(next_visitor(random.Random(seed)), seed)[0] for seed in range(200))
    assert set(ends) <= {"contained", "person", "callback_promised", "left", "silent"}
    assert ends["contained"] > 60
    assert ends["person"] > 20
    assert ends["silent"] < 20


@pytest.mark.parametrize("intent", ["order", "refund", "password", "stores"])
def test_each_language_gets_its_matter_solved_by_words_alone(intent: str):
    solved = {
        visitor.locale: talk(visitor, seed)[0]
        for seed in range(300)
        if (visitor := somebody(seed, taps=0.0)).intent == intent
    }
    assert set(solved) == {"ko", "ja", "en"}
    assert set(solved.values()) <= {"contained", "person"}


def test_a_mistyped_order_number_is_noticed_and_corrected():
    visitor = replace(somebody(3), intent="order", mood="typo", taps=0.9)
    end, lines = talk(visitor, 3)
    assert end == "contained"
    typed = [line for line in lines if line.startswith("customer") and visitor.order.number[:-1][-6:] in line]
    assert len(typed) == 2


def test_a_customer_tells_the_story_thanks_and_answers_the_survey():
    brain = Brain(somebody(5), random.Random(1))
    first = brain.hear({"kind": "agent_joined", "agent_name": "Mina"})
    assert isinstance(first[0], Say)
    lines = 0
    while actions := brain.hear({"kind": "message_sent", "author": "agent", "text": "I am looking into it."}):
        lines += 1
        assert lines < 10
        assert isinstance(actions[0], Say)
    brain.hear({"kind": "agent_left"})
    score = brain.hear({
        "kind": "message_sent", "author": "bot", "text": "How was it?", "input_kind": "choice",
        "quick_replies": [{"value": str(n), "label": str(n)} for n in range(5, 0, -1)],
    })  # fmt: skip
    assert isinstance(score[0], Say)
    assert score[0].value in ("3", "4", "5")
    assert brain.hear({"kind": "contact_ended"}) == []
    assert brain.over


def test_an_impatient_customer_leaves_the_line():
    brain = Brain(replace(somebody(5), mood="leaving"), random.Random(1))
    assert isinstance(brain.hear({"kind": "contact_queued"})[0], Leave)
    angry = Brain(replace(somebody(5), mood="angry"), random.Random(1))
    assert isinstance(angry.hear({"kind": "contact_queued"})[0], Say)
