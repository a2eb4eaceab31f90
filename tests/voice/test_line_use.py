"""A line has so many calls and no more, whichever processes they are in."""

from dataclasses import dataclass

from tests.voice.conftest import carrier

from warmline.voice.line_use import LineUse


@dataclass
class Running:
    trunk_id: str | None
    end: object | None = None


def test_calls_of_a_line_are_counted_here_and_elsewhere_together():
    calls = {"a": Running("carrier"), "b": Running(None), "c": Running("other")}
    use, line = LineUse(calls), carrier(id="carrier", calls_at_most=3)
    assert use.here() == {"carrier": 1, "other": 1}
    use.told({"carrier": 1, "other": 9})
    assert not use.is_full(line)
    calls["d"] = Running("carrier")
    assert use.is_full(line)
    calls["a"].end = "over"
    assert not use.is_full(line)
    use.told({"carrier": 2})
    assert use.is_full(line), "the others took what was left"
    use.told({})
    assert not use.is_full(line), "and have hung up since"


def test_a_line_without_a_limit_is_never_full():
    use = LineUse({"a": Running("carrier")})
    use.told({"carrier": 10_000})
    assert not use.is_full(carrier(id="carrier", calls_at_most=0))
