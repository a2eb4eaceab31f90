"""Gaps are marked where a reason is not served as it should be, and nowhere else."""

import pytest
from msgspec.structs import replace

from warmline.domain.journey.tasks import TaskSpec
from warmline.features.reasons.gaps import Entry, Gap, declared_in, gaps_of
from warmline_demo.content import library as demo

LIBRARY = {journey.id: journey for journey in demo.JOURNEYS}
NAME = {"ko": "환불", "ja": "返金", "en": "Refund"}
REFUND = Entry("refund", NAME, ("number",), 2, ("refunds.request",), (), "refund")


def test_the_shop_s_refunds_lack_nothing():
    assert gaps_of(REFUND, LIBRARY, demo.TASKS) == []


@pytest.mark.parametrize(
    ("entry", "gaps"),
    [
        (replace(REFUND, journey_id=None), [Gap("no_journey")]),
        (replace(REFUND, journey_id="gone"), [Gap("journey_unknown", "gone")]),
        (replace(REFUND, id="complaint"), [Gap("not_declared", "refund")]),
        (replace(REFUND, level=3), [Gap("level_missing", "3")]),
        (replace(REFUND, tasks=("accounts.reset_password",)), [Gap("task_missing", "accounts.reset_password")]),
        (replace(REFUND, tasks=("moon.phase",)), [Gap("task_unknown", "moon.phase")]),
        (replace(REFUND, needs=("number", "iban")), [Gap("data_missing", "iban")]),
    ],
)
def test_what_is_missing_is_named(entry: Entry, gaps: list[Gap]):
    assert gaps_of(entry, LIBRARY, demo.TASKS) == gaps


def test_data_that_a_backend_brings_counts_as_known():
    assert gaps_of(replace(REFUND, needs=("quote.amount", "quote")), LIBRARY, demo.TASKS) == []


def test_an_integration_that_is_not_connected_is_no_step_s_fault():
    tasks = {"refunds.request": TaskSpec()}
    entry = replace(REFUND, tasks=("refunds.request", "refunds.quote"))
    assert gaps_of(entry, LIBRARY, tasks) == [Gap("task_unknown", "refunds.quote")]


def test_it_is_known_which_journeys_declare_a_reason():
    found = declared_in(LIBRARY)
    assert "refund" in found["refund"]
    assert found["callback"] == ["front-desk", "phone"]
