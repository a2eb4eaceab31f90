"""Variables and conditions."""

import pytest

from warmline.domain.journey.document import AllOf, AnyOf, Compare, NotIf, Var
from warmline.domain.journey.faults import Fault, MissingVariable
from warmline.domain.journey.values import MOST_LEVELS, evaluate, holds, is_too_large, read, remove, write

ORDER: dict[str, object] = {"order": {"status": "shipped", "items": [{"name": "cup"}], "total": 12.5}, "n": 3}


def test_a_dotted_path_reads_into_records_and_lists() -> None:
    assert read(ORDER, "order.status") == "shipped"
    assert read(ORDER, "order.items.0.name") == "cup"
    assert evaluate(Var("n"), ORDER) == 3
    assert evaluate("n", ORDER) == "n"


@pytest.mark.parametrize("path", ["x", "order.x", "order.items.1", "order.items.name", "n.x"])
def test_what_nobody_set_is_missing_not_empty(path: str) -> None:
    with pytest.raises(MissingVariable) as missing:
        read(ORDER, path)
    assert missing.value.path == path


def test_writing_leaves_the_earlier_variables_as_they_were() -> None:
    changed = write(ORDER, "order.status", "lost")
    assert read(changed, "order.status") == "lost"
    assert read(changed, "order.total") == 12.5
    assert read(ORDER, "order.status") == "shipped"
    assert write({}, "a.b", 1) == {"a": {"b": 1}}


def test_removing_takes_one_value_and_forgives_an_absent_one() -> None:
    assert "status" not in remove(ORDER, "order.status")["order"]  # type: ignore[operator]
    assert "n" not in remove(ORDER, "n")
    assert remove(ORDER, "x.y") == ORDER


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Compare(Var("order.status"), "==", "shipped"), True),
        (Compare(Var("n"), "!=", 3), False),
        (Compare(Var("n"), "<", 4), True),
        (Compare(Var("n"), ">=", Var("order.total")), False),
        (Compare(Var("order.status"), "in", ("shipped", "lost")), True),
        (Compare(Var("order.status"), "contains", "ship"), True),
        (Compare(Var("order.x"), "is_set"), False),
        (Compare(Var("order"), "is_set"), True),
        (AllOf((Compare(Var("n"), ">", 1), NotIf(Compare(Var("n"), ">", 3)))), True),
        (AnyOf((Compare(Var("n"), ">", 9), Compare(Var("n"), "<=", 3))), True),
    ],
)
def test_conditions_decide(condition: Compare, expected: bool) -> None:
    assert holds(condition, ORDER) is expected


def test_comparing_a_text_with_a_number_is_a_fault_not_a_guess() -> None:
    with pytest.raises(Fault, match=r"values_incomparable order\.status"):
        holds(Compare(Var("order.status"), "<", 3), ORDER)
    with pytest.raises(MissingVariable):
        holds(Compare(Var("missing"), "==", 3), ORDER)


def test_a_record_copied_into_itself_again_and_again_becomes_too_large() -> None:
    record: object = "leaf"
    for _ in range(9):
        record = {"left": record, "right": record}
    assert not is_too_large(record)
    record = {"left": record, "right": record}
    assert is_too_large({"left": record, "right": record})
    assert not is_too_large(ORDER)


def test_records_within_records_are_too_large_even_when_they_hold_one_value() -> None:
    record: object = "leaf"
    for _ in range(MOST_LEVELS):
        record = [record]
    assert is_too_large(record)
    assert not is_too_large(["leaf"])
