"""Programs are solved to the best answer, or to the best one in time; people are matched with work."""

import math
import subprocess
import sys

from warmline.domain.staffing.program import UNBOUNDED, Program
from warmline.runtime.milp import gap_of, match, solve


def test_a_knapsack_is_filled_best_and_in_whole_pieces():
    program = Program()
    for value in (60.0, 100.0, 120.0):
        program.column(-value, 1.0, whole=True)
    program.row([(0, 10.0), (1, 20.0), (2, 30.0)], -UNBOUNDED, 50.0)
    answer = solve(program, 10, 0)
    assert answer.values == [0.0, 1.0, 1.0]
    assert answer.cost == -220
    assert answer.gap == 0


def test_what_has_no_answer_gets_none():
    program = Program()
    program.column(1.0, 1.0, whole=True)
    program.row([(0, 1.0)], 2.0, UNBOUNDED)
    assert solve(program, 5, 0).values is None
    assert solve(Program(), 5, 0).values == []


def test_everybody_who_can_work_is_paired_at_the_least_cost():
    table = [[1.0, 2.0, math.inf], [1.0, 9.0, math.inf], [math.inf, math.inf, math.inf]]
    assert match(table) == [(0, 1), (1, 0)]
    assert match([]) == []
    # Two pairs, however dear, are better than a single cheap one.
    assert match([[1.0, 500.0], [2.0, math.inf]]) == [(0, 1), (1, 0)]


def test_the_gap_is_read_from_the_solvers_table():
    assert (
        gap_of(" L       0       0         0   0.00%   2071.70    2122.98       2.42%     6600  253      0")
        == 0.0242
    )
    assert (
        gap_of("         0       0         0   0.00%   0          inf            inf        0    0      0") is None
    )
    assert gap_of("  Gap               2.41% (tolerance: 1%)") is None


def test_the_product_starts_without_loading_the_solver():
    code = "import sys, warmline.app; print([m for m in ('scipy', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
