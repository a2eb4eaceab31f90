import pytest
from tests.domain.twin.conftest import textbook

from warmline.domain.twin.run import Stopped, simulate

LONG = textbook(3_600, 60, 65, 60)


def test_whoever_waits_for_the_result_sees_it_come_closer():
    seen: list[float] = []
    result = simulate(LONG, 1, 7_200, lambda share: seen.append(share) is None)
    assert seen == sorted(seen)
    assert len(seen) >= 2
    assert result.overall.total.figures.came == pytest.approx(7_200, abs=350)


def test_a_run_can_be_stopped():
    seen: list[float] = []

    def once(share: float) -> bool:
        seen.append(share)
        return False

    with pytest.raises(Stopped):
        simulate(LONG, 1, 7_200, once)
    assert len(seen) == 1
