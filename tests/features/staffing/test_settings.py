"""Settings and contracts that make sense, and those that do not."""

import pytest
from msgspec.structs import replace

from warmline.domain.staffing.shifts import problems_of
from warmline.features.staffing.settings import (
    Person,
    QueueRow,
    ShiftKind,
    Terms,
    check_settings,
    check_terms,
    default_patterns,
    default_settings,
    services_of,
    worker_of,
)
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.kernel.locale import LOCALES


def test_the_defaults_can_be_planned_with_and_are_named_in_three_languages():
    check_settings(default_settings())
    for kind in default_patterns():
        assert problems_of(kind.pattern) == []
        assert all(kind.name[locale] for locale in LOCALES)


def test_patterns_that_cannot_be_planned_are_refused_by_name():
    full = default_patterns()[0]
    endless = ShiftKind(full.name, replace(full.pattern, id="endless", length_min=780))
    with pytest.raises(Refused, match=r"patterns\.endless\.length_min"):
        check_settings(replace(default_settings(), patterns=(full, endless)))
    with pytest.raises(Refused, match="same id"):
        check_settings(replace(default_settings(), patterns=(full, full)))


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (Terms(week_min_min=3000), "week_min_min"),
        (Terms(earliest_min=600, latest_min=600), "latest_min"),
        (Terms(days_off=("2026-02-30",)), "days_off"),
    ],
)
def test_contracts_that_contradict_themselves_are_refused(terms: Terms, field: str):
    with pytest.raises(Refused, match=field):
        check_terms(terms)
    check_terms(Terms(days_off=("2026-12-24",)))


def test_a_queue_keeps_its_own_promise_and_a_promise_of_everybody_becomes_nearly_everybody():
    settings = default_settings()
    found = services_of(settings, [QueueRow("orders", {}, 0.8, 60), QueueRow("gold", {}, 1.0, 10)])
    assert (found["orders"].promise.share, found["orders"].promise.within_s) == (0.8, 60)
    assert found["gold"].promise.share == 0.99
    assert found["gold"].patience_s == settings.patience_s


def test_an_agent_is_what_the_contract_says():
    person = Person(new_id(), "Mina", ("orders",), Terms(pattern_ids=("half",), weekdays=(0, 1)), 3)
    worker = worker_of(person, late=2, weekend=1)
    assert (worker.name, worker.patterns, worker.weekdays) == ("Mina", frozenset({"half"}), frozenset({0, 1}))
    assert (worker.late, worker.weekend) == (2, 1)
