"""The challenger is fitted to nothing but the past, and is only compared where somebody has installed it."""

import sys
from pathlib import Path

import pytest

from warmline.domain.staffing.forecast.invented import invent
from warmline.features.staffing.challenger import challenge
from warmline.kernel.errors import Refused

# Speaks as statsforecast does, and foretells the same hours of a week before.
NAIVE = """
class MSTL:
    def __init__(self, season_length):
        self.day, self.week = season_length

    def forecast(self, y, h):
        assert h == self.day and len(y) % self.day == 0
        return {"mean": y[len(y) - self.week:][:h]}
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = tmp_path / "statsforecast"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "models.py").write_text(NAIVE)
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("statsforecast", "statsforecast.models"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    yield
    for name in ("statsforecast", "statsforecast.models"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("installed")
def test_a_challenger_that_repeats_last_week_misses_what_last_week_misses():
    series = invent("bank", 101).series
    told: list[tuple[int, int]] = []
    found = challenge(series, 5, lambda done, whole: told.append((done, whole)))
    opened = [n for n in range(series.slots) if any(day.counts[n] for day in series.days)]
    by_date = {day.date.toordinal(): day for day in series.days}
    missed = came = 0.0
    for day in series.days[-5:]:
        before = by_date[day.date.toordinal() - 7]
        missed += sum(abs((day.counts[n] or 0) - (before.counts[n] or 0)) for n in opened)
        came += sum(day.counts[n] or 0 for n in opened)
    assert found == pytest.approx(missed / came)
    assert told == [(n, 5) for n in range(5)]


def test_where_it_is_not_installed_the_refusal_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "statsforecast", None)
    with pytest.raises(Refused, match="uv pip install statsforecast"):
        challenge(invent("bank", 101).series, 5)
