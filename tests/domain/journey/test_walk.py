"""Finding one's way in a document."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmline.domain.journey.document import Compare, End, Goto, Hours, Journey, Menu, Option, Say, Var, When
from warmline.domain.journey.faults import Fault
from warmline.domain.journey.walk import (
    ON_ERROR,
    Path,
    block,
    block_at,
    block_id,
    blocks,
    option_block,
    places,
    section_block,
    spell,
    step_at,
    steps_of,
)

SLOW_MACHINE = [HealthCheck.too_slow, HealthCheck.data_too_large]
MENU = Menu("m", (Option("a", "l", then=(Say("x"),)), Option("b", "l")), give_up=(Goto("start"),))
JOURNEY = Journey("j", on_error=(End("sorry"),), sections={"start": (Say("hi"), MENU), "empty": ()})


def test_every_step_is_met_once_outer_before_inner() -> None:
    met = [(place.section, place.path) for place in places(JOURNEY)]
    assert met == [
        ("start", (0,)),
        ("start", (1,)),
        ("start", (1, "option:a", 0)),
        ("start", (1, "give_up", 0)),
        (ON_ERROR, (0,)),
    ]
    assert [type(step) for step in steps_of(JOURNEY)] == [Say, Menu, Say, Goto, End]


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW_MACHINE)
@given(st.data())
def test_every_place_leads_back_to_its_step(journeys: st.SearchStrategy[Journey], data: st.DataObject) -> None:
    journey = data.draw(journeys)
    seen: set[tuple[str, Path]] = set()
    for place in places(journey):
        if any(isinstance(part, str) and part.startswith("option:") for part in place.path):
            continue  # values drawn twice in one menu name the first option
        seen.add((place.section, place.path))
        if ON_ERROR not in journey.sections:
            assert step_at(journey, place.section, place.path) == place.step
    assert all(len(path) % 2 == 1 for _, path in seen)


def test_blocks_that_a_step_leaves_out_are_not_blocks() -> None:
    assert [name for name, _ in blocks(Hours("seoul", closed=()))] == ["open", "closed"]
    assert [name for name, _ in blocks(When(Compare(Var("a"), "is_set"), ()))] == ["then", "otherwise"]
    assert block(MENU, option_block("a")) == (Say("x"),)
    with pytest.raises(Fault, match="block_unknown holiday"):
        block(Hours("seoul", closed=()), "holiday")


def test_paths_and_sections_that_lead_nowhere_are_faults() -> None:
    assert step_at(JOURNEY, "start", ()) == Say("hi")
    assert step_at(JOURNEY, "start", (2,)) is None
    assert block_at(JOURNEY, "start", (1, "give_up", 0)) == (Goto("start"),)
    lost: list[tuple[str, Path]] = [("start", (5, "then", 0)), ("nowhere", (0,)), ("start", (1, "then", 0))]
    for section, path in lost:
        with pytest.raises(Fault):
            step_at(JOURNEY, section, path)
    assert section_block(JOURNEY, ON_ERROR) == (End("sorry"),)


def test_places_are_spelled_for_people_and_named_for_coverage() -> None:
    assert spell("start", (2, "then", 0)) == "start, step 3 › then › step 1"
    assert spell("start", ()) == "start"
    assert block_id("j", "start", (2, "then")) == "j#start/2/then"
