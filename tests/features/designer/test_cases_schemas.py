"""Conversations as documents from outside: one deed at a time, read as the domain has them, and back again."""

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from warmline.domain.journey.rehearsal import Deed
from warmline.features.designer.cases_schemas import CaseDoc, DeedDoc, SceneryDoc, case_doc, read_deeds

START = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "deed",
    [
        {"say": "hello"},
        {"tap": "yes"},
        {"press": "1#"},
        {"fill": {"name": "Kim"}, "tap": "send"},
        {"fill": {"name": "Kim"}},
        {"wait_s": 3.0},
        {"until_next": True},
        {"silent": True},
        {"leave": True},
    ],
)
def test_one_thing_happens_at_a_time(deed: dict[str, Any]):
    [read] = read_deeds([DeedDoc.model_validate(deed)])
    assert {name: getattr(read, name) for name in deed} == deed


@pytest.mark.parametrize(
    "deed",
    [
        {},
        {"say": "hello", "tap": "yes"},
        {"leave": True, "silent": True},
        {"fill": {"name": "Kim"}, "say": "hello"},
        {"press": "call"},
        {"wait_s": -1},
        {"say": "nul\x00"},
        {"shout": "hello"},
    ],
)
def test_two_things_nothing_and_nonsense_are_refused(deed: dict[str, Any]):
    with pytest.raises(ValidationError):
        DeedDoc.model_validate(deed)


def test_a_kept_conversation_is_read_and_told_again_as_it_was_sent():
    scenery = SceneryDoc(start_at=START, locale="ko", queues={"*": "full"}, faults={"orders.find": "slow"})
    sent = CaseDoc.model_validate(
        {"name": "Full house", "scenery": scenery, "deeds": [{"say": "hello"}, {"leave": True}],
         "expect": {"ends": "left", "said": ["person.full"]}}
    )  # fmt: skip
    case = sent.read("front-desk")
    assert (case.journey, case.scenery.start_at) == ("front-desk", START)
    assert case.deeds == (Deed(say="hello"), Deed(leave=True))
    assert CaseDoc.model_validate({name: case_doc(case)[name] for name in CaseDoc.model_fields}) == sent
