"""One stand-in value for each place that a condition can tell apart."""

from warmline.domain.journey.checker_values import OTHER_TEXT, Decisive, compares, stand_ins
from warmline.domain.journey.document import (
    AllOf,
    AnyOf,
    CallModule,
    Compare,
    End,
    Journey,
    NotIf,
    Return,
    Set,
    Var,
    When,
)


def _journey(*start: object, journey_id: str = "j") -> Journey:
    return Journey(id=journey_id, on_error=(End("bye"),), sections={"start": start})  # pyright: ignore


def test_every_comparison_inside_a_condition_is_found():
    one, two, three = (Compare(Var(name), "==", 1) for name in "abc")
    assert list(compares(AllOf((one, AnyOf((two, NotIf(three))))))) == [one, two, three]


def test_numbers_get_a_value_below_between_and_above_the_limits():
    assert stand_ins({10, 20}) == [9.0, 10.0, 15.0, 20.0, 21.0]


def test_texts_get_one_value_that_is_none_of_them():
    assert stand_ins({"shipped", "lost"}) == ["lost", "shipped", OTHER_TEXT]


def test_truth_and_absence_are_values_too():
    assert stand_ins({True}) == [True, False]
    assert stand_ins({None}) == [OTHER_TEXT, None]


def test_a_value_that_travels_under_another_name_still_decides():
    decide = When(Compare(Var("state"), "==", "lost"), then=(End("bye"),))
    decisive = Decisive([_journey(Set("state", Var("order.status")), decide)])
    assert decisive.values("order.status") == ["lost", OTHER_TEXT]
    assert not decisive.matters("order.total")
    assert decisive.values("order.total") == []


def test_arguments_and_results_of_modules_travel_too():
    caller = _journey(CallModule("m", {"level": Var("customer.tier")}, into="answer"))
    module = _journey(When(Compare(Var("level"), "==", "gold"), then=(Return(Var("code")),)), journey_id="m")
    judge = _journey(When(Compare(Var("answer"), "==", "yes"), then=(End("bye"),)), journey_id="k")
    decisive = Decisive([caller, module, judge])
    assert "gold" in decisive.values("customer.tier")
    assert "yes" in decisive.values("code")


def test_a_record_that_travels_whole_takes_its_fields_along():
    decide = When(Compare(Var("copy.status"), "==", "lost"), then=(End("bye"),))
    decisive = Decisive([_journey(Set("copy", Var("order")), decide)])
    assert "lost" in decisive.values("order.status")
    inside = When(Compare(Var("given.status"), "==", "sent"), then=(Return(Var("found")),))
    after = When(Compare(Var("answer.code"), "==", "yes"), then=(End("bye"),))
    caller = _journey(CallModule("m", {"given": Var("order")}, into="answer"), after)
    decisive = Decisive([caller, _journey(inside, journey_id="m")])
    assert "sent" in decisive.values("order.status")
    assert "yes" in decisive.values("found.code")


def test_two_variables_that_are_compared_with_each_other_may_differ_either_way():
    for op in ("==", "<"):
        decide = When(Compare(Var("order.total"), op, Var("limit.max")), then=(End("bye"),))
        decisive = Decisive([_journey(decide)])
        assert len(decisive.values("order.total")) >= 2
        assert decisive.values("order.total") == decisive.values("limit.max")


def test_texts_that_are_put_in_order_get_one_before_and_one_behind():
    decide = When(Compare(Var("order.sent_at"), ">", "2026-01-01"), then=(End("bye"),))
    values = [v for v in Decisive([_journey(decide)]).values("order.sent_at") if isinstance(v, str)]
    assert any(value < "2026-01-01" for value in values)
    assert any(value > "2026-01-01" for value in values)
