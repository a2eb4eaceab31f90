"""Journeys as JSON: exact both ways, and refusals that name the place."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmline.domain.journey.codec import (
    BadJourney,
    read_journey,
    read_plain,
    unfit,
    write_journey,
    write_journey_pretty,
)
from warmline.domain.journey.document import Ask, DigitsInput, End, Goto, Journey, Menu, Option, Say

SLOW_MACHINE = [HealthCheck.too_slow, HealthCheck.data_too_large]
Journeys = st.SearchStrategy[Journey]
ASK = Ask("n", "ask", DigitsInput(4), give_up=())
HELLO = Journey(
    "hello",
    on_error=(End("sorry"),),
    sections={
        "start": (
            Say("hi"),
            Menu("what", (Option("a", "label.a", then=(ASK,)),), give_up=()),
            Goto("start"),
        )
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW_MACHINE)
@given(st.data())
def test_any_journey_survives_json_exactly(journeys: Journeys, data: st.DataObject) -> None:
    journey = data.draw(journeys)
    written = write_journey(journey)
    assert read_journey(written) == journey
    assert write_journey(read_journey(written)) == written
    assert read_journey(write_journey_pretty(journey)) == journey


def spoilt(change: str, into: str) -> str:
    text = write_journey(HELLO).decode()
    assert change in text
    return text.replace(change, into)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            spoilt('"prompt":"hi"', '"prmpt":"hi"'),
            "start, step 1 (say): Object contains unknown field `prmpt`",
        ),
        (
            spoilt('"min_length":4', '"min_length":"4"'),
            "start, step 2 › option:a › step 1 (ask): Expected `int`, got `str`",
        ),
        (
            spoilt('{"step":"goto","section":"start"}', '{"step":"jump"}'),
            "start, step 3 (jump): Invalid value 'jump'",
        ),
        (
            spoilt('"on_error":[{"step":"end","prompt":"sorry"}],', ""),
            "journey: Object missing required field `on_error`",
        ),
        ('{"id": 1', "This is not JSON"),
    ],
)
def test_a_refusal_names_the_step_and_the_reason(text: str, said: str) -> None:
    with pytest.raises(BadJourney) as refusal:
        read_journey(text)
    assert said in str(refusal.value)


def test_every_bad_step_is_named_at_once() -> None:
    document = json.loads(write_journey(HELLO))
    document["sections"]["start"][0] = {"step": "say"}
    document["sections"]["start"][2] = "goto"
    with pytest.raises(BadJourney) as refusal:
        read_journey(json.dumps(document))
    assert len(refusal.value.problems) == 2


def nested(levels: int) -> dict[str, object]:
    steps: list[object] = [{"step": "say", "prompt": "hi"}]
    asked = {"cond": "compare", "left": {"value": "var", "path": "x"}, "op": "is_set"}
    for _ in range(levels):
        steps = [{"step": "when", "condition": asked, "then": steps, "otherwise": []}]
    return {"id": "hello", "sections": {"start": steps}, "on_error": []}


def test_branches_within_branches_are_read_as_deep_as_a_person_can_follow() -> None:
    assert read_plain(nested(40)).id == "hello"
    with pytest.raises(BadJourney, match="blocks stand within blocks"):
        read_plain(nested(60))


@pytest.mark.parametrize(("prompt", "said"), [("a\0b", "zero byte"), ("a\ud800", "half a character")])
def test_what_no_database_holds_is_refused_in_words(prompt: str, said: str) -> None:
    document = {"id": "hello", "sections": {"start": [{"step": "say", "prompt": prompt}]}, "on_error": []}
    with pytest.raises(BadJourney, match=said):
        read_plain(document)


def test_a_zero_byte_is_found_in_names_too_and_plain_documents_hold_nothing_unfit() -> None:
    assert unfit({"a": {"b\0": 1}}) == "it holds a zero byte."
    assert unfit(json.loads(write_journey(HELLO))) is None
