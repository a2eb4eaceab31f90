"""Journeys as Python source: exact both ways, read without being run."""

from random import Random

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmline.domain.journey.codec import read_journey, write_journey
from warmline.domain.journey.diff_tree import canonical
from warmline.domain.journey.document import (
    Compare,
    End,
    Enqueue,
    Goto,
    Journey,
    Say,
    Set,
    Var,
    When,
)
from warmline.domain.journey.source import BadSource, read_source, read_sources, write_source

SLOW_MACHINE = [HealthCheck.too_slow, HealthCheck.data_too_large]
Journeys = st.SearchStrategy[Journey]
WRITTEN = '''"""Order status, written by hand."""

from warmline.domain.journey.authoring import v
from warmline.domain.journey.document import End, Goto, Journey, Say, When

goodbye = (Say("thanks"), End("bye"))

ORDER = Journey(
    id="order",
    on_error=(Goto("agent"),),
    sections={
        "start": (
            When(
                (v.order.status == "shipped") & ~(v.order.total > 10),
                then=(*goodbye,),
                otherwise=(Goto("agent"),),
            ),
        ),
        "agent": goodbye,
    },
)
'''


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW_MACHINE)
@given(st.data())
def test_any_journey_survives_python_source_exactly(journeys: Journeys, data: st.DataObject) -> None:
    journey = data.draw(journeys)
    assert read_source(write_source(journey)) == journey


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW_MACHINE)
@given(st.data())
def test_the_source_means_the_same_to_python_itself(journeys: Journeys, data: st.DataObject) -> None:
    journey = data.draw(journeys)
    namespace: dict[str, object] = {}
    exec(write_source(journey), namespace)  # noqa: S102 - our own output, to prove that it is Python
    assert namespace["JOURNEY"] == journey


def recombined(journeys: list[Journey], random: Random) -> Journey:
    """Another journey out of the steps of several: in another order, some of them in branches of their own."""
    steps = [step for journey in journeys for block in journey.sections.values() for step in block]
    random.shuffle(steps)
    del steps[6:]
    name, value = random.choice(("order.status", "n", "class")), random.choice(("x", 1, 1.5, True))
    condition = Compare(Var(name), "==", value)
    cut = random.randint(0, len(steps))
    whole = (*steps[:cut], When(condition, tuple(steps[cut:])))
    one = random.choice(journeys)
    return Journey(
        f"j-{random.randint(0, 9)}", one.on_error, {"start": whole, "agent": one.on_error}, kind=one.kind,
        title=one.title, pii=one.pii,
    )  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW_MACHINE)
@given(st.data(), st.randoms(use_true_random=False))
def test_a_thousand_journeys_go_through_json_and_python_and_come_back_the_same(
    journeys: Journeys, data: st.DataObject, random: Random
) -> None:
    drawn = [data.draw(journeys) for _ in range(2)]
    for _ in range(40):
        journey = recombined(drawn, random)
        source = write_source(journey)
        assert read_journey(write_journey(read_source(source))) == journey
        assert write_source(read_journey(write_journey(journey))) == source
        drawn_document = msgspec.json.decode(write_journey(journey))  # what the canvas works on
        assert canonical(drawn_document) == drawn_document


def test_developers_write_conditions_as_they_think_them() -> None:
    journey = read_source(WRITTEN)
    when = journey.sections["start"][0]
    assert isinstance(when, When)
    assert when.then == (Say("thanks"), End("bye"))
    assert '(v.order.status == "shipped") & (~(v.order.total > 10))' in write_source(journey)


def test_long_steps_break_into_lines_that_can_be_reviewed() -> None:
    full = (End("closed.explained", "message_taken"),)
    journey = Journey(
        "long", (Goto("start"),), {"start": (Enqueue("orders", full, full, full, callback_after_s=120.0),)}
    )
    lines = write_source(journey).splitlines()
    assert max(map(len, lines)) <= 110
    assert '                nobody_staffed=(End("closed.explained", reason="message_taken"),),' in lines


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import os\nJ = os", "does not know the name os"),
        ("J = os.system('rm')", "calls only the kinds"),
        ("J = __import__('os')", "calls only the kinds"),
        ("J = [x for x in ()]", "holds no ListComp"),
        ("def f(): pass", "assigns values to names only"),
        ("J = Say(1)", "cannot build Say"),
        ("J = Say('a'", "not Python"),
        ("J = Say('a')", "no journey"),
        ("J = Say('a') & Say('b')", "combines conditions only"),
    ],
)
def test_source_that_is_not_a_plain_journey_is_refused_unrun(text: str, reason: str) -> None:
    with pytest.raises(BadSource, match=reason):
        read_source(text)


@pytest.mark.parametrize("text", ["X = " + "-" * 3000 + "1", "X = " + "~" * 900 + "(v.a == 1)"])
def test_source_without_a_bottom_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadSource, match="too deep"):
        read_source(text)


def test_arguments_out_of_a_dictionary_are_refused_and_not_lost() -> None:
    with pytest.raises(BadSource, match="names its arguments"):
        read_source('X = Journey("x", (), {}, **{"title": "a.b"})')


def test_one_file_may_define_several_journeys() -> None:
    text = WRITTEN + "\nOTHER = Journey(id='other', on_error=(End('bye'),), sections={'start': goodbye})\n"
    assert sorted(read_sources(text)) == ["ORDER", "OTHER"]
    assert read_source(text, "OTHER").id == "other"


def test_names_that_python_cannot_spell_are_written_in_full() -> None:
    condition = Compare(Var("order.class"), "==", True)
    journey = Journey("j", (), {"start": (When(condition, ()), Set("x", Var("y")))})
    assert 'Compare(Var("order.class"), "==", True)' in write_source(journey)
    assert read_source(write_source(journey)) == journey
