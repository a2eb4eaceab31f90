"""Writing conditions in Python."""

import copy

import pytest

from warmline.domain.journey.authoring import v, var
from warmline.domain.journey.document import AllOf, AnyOf, Compare, NotIf, Var


def test_comparing_a_name_builds_a_condition() -> None:
    assert (v.order.status == "shipped") == Compare(Var("order.status"), "==", "shipped")
    assert (v.a != v.b.c) == Compare(Var("a"), "!=", Var("b.c"))
    assert (v.n < 1, v.n <= 1, v.n > 1, v.n >= 1) == tuple(
        Compare(Var("n"), op, 1) for op in ("<", "<=", ">", ">=")
    )
    assert v.status.one_of("a", "b") == Compare(Var("status"), "in", ("a", "b"))
    assert v.tags.contains("gift") == Compare(Var("tags"), "contains", "gift")
    assert v.order.is_set() == Compare(Var("order"), "is_set")


def test_conditions_combine() -> None:
    a, b = v.a == 1, v.b == 2
    assert (a & b) == AllOf((a, b))
    assert (a | ~b) == AnyOf((a, NotIf(b)))


def test_a_name_is_no_value_by_mistake() -> None:
    with pytest.raises(TypeError, match=r"v\.order is a name"):
        bool(v.order)
    with pytest.raises(TypeError, match="not list"):
        _ = v.order == [1]
    assert var(v.order.id) == Var("order.id")
    assert repr(copy.copy(v.order)) == "v.order"
