"""The collector looks less often, and cycles still go."""

import gc
import subprocess
import sys

from warmline.runtime.garbage import MIDDLE, OLD, YOUNG, undisturbed


def test_after_start_the_collector_is_calm_and_still_collects() -> None:
    program = (
        "import gc, weakref; from warmline.runtime.garbage import calm_collector; calm_collector()\n"
        "class Knot: pass\n"
        "a = Knot(); a.me = a; seen = weakref.ref(a); del a; gc.collect()\n"
        "print(gc.get_threshold(), gc.get_freeze_count() > 1000, seen() is None)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == f"({YOUNG}, {MIDDLE}, {OLD}) True True"
    assert gc.get_threshold() != (YOUNG, MIDDLE, OLD)  # the tests' own process keeps its habits


def test_building_is_not_disturbed_and_afterwards_all_is_as_it_was() -> None:
    with undisturbed():
        assert not gc.isenabled()
        with undisturbed():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
