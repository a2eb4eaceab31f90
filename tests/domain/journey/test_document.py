"""The document refuses what nobody would notice."""

import msgspec
import pytest

from warmline.domain.journey.document import AllOf, AnyOf, Compare, NotIf, Option, Say, Step, Var


def test_conditions_combine_with_operators() -> None:
    a, b = Compare(Var("a"), "is_set"), Compare(Var("b"), "is_set")
    assert a & b == AllOf((a, b))
    assert (a & b) | ~a == AnyOf((AllOf((a, b)), NotIf(a)))


def test_a_misspelled_field_is_refused_everywhere() -> None:
    assert msgspec.convert({"step": "say", "prompt": "hi"}, Step) == Say("hi")
    with pytest.raises(msgspec.ValidationError, match="unknown field `attemps`"):
        msgspec.convert({"step": "say", "prompt": "hi", "attemps": 2}, Step)
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({"value": "a", "label": "l", "word": "w"}, Option)
