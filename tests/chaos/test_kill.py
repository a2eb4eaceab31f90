"""Real processes are killed at random while customers and agents talk: nothing promised is lost, doubled or stuck.

Then the same with two faults built in on purpose, which the same judge must find.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from chaos.agents import Temper
from chaos.nemesis import ODDS
from chaos.storm import Report, Weather, run

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.skipif(sys.platform != "linux", reason="finds the database's processes in /proc"),
]
EAGER = Temper(declines=0.5, ignores=0.0, transfers=0.3, answers=1.0, handle_s=(1.0, 3.0))


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that the database's own account can reach."""
    made = Path(tempfile.mkdtemp(prefix="warmline-chaos-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def told(report: Report) -> str:
    return "\n".join(report.lines())


def test_customers_and_agents_lose_nothing_while_processes_are_killed(folder: Path):
    report = run(folder, Weather(seed=20_260_105, seconds=180, strikes=len(ODDS), calm_s=(2, 5)))
    assert report.clean, told(report)
    assert report.kills >= 8
    assert set(report.recoveries) == set(ODDS)
    assert report.verdict.contacts > 40, told(report)
    assert report.verdict.messages > 300
    assert report.verdict.orders > 80


def test_a_committer_that_does_not_check_versions_is_found_out(folder: Path):
    """Two webs and two workers write the same contacts: customers write while offers are made, declined, made.

    Nor may the unique numbers of events catch it instead: each guard by itself is in `test_commit_guards.py`.
    """
    weather = Weather(seed=1, seconds=25, customers=24, pace_s=0.2, temper=EAGER, until_wrong=True)
    report = run(folder, weather, mutant="neither-version-check-nor-unique-events")
    found = report.verdict
    assert found.messages > 30, told(report)  # slow machines say less in the time
    assert found.count("lost message") + found.count("doubled assignment") > 0, told(report)


def test_an_acknowledgement_before_the_commit_is_found_out(folder: Path):
    """The database dies, then the web that has promised more than it had stored."""
    weather = Weather(
        seed=2,
        seconds=25,
        customers=24,
        pace_s=0.2,
        calm_s=(2, 3),
        faults=("postgres, web",) * 9,
        until_wrong=True,
    )
    report = run(folder, weather, mutant="acknowledge-before-commit")
    found = report.verdict
    lost = ("lost message", "lost command", "lost contact", "misplaced message")
    assert found.messages > 30, told(report)  # slow machines say less in the time
    assert sum(found.count(kind) for kind in lost) > 0, told(report)
