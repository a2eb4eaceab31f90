"""HiGHS, as scipy brings it: solves linear programs with whole numbers, and matches people with work.

numpy and scipy are loaded when something is solved: nothing else needs them, and they take most of a second.
"""

import math
import re
import time
from collections.abc import Sequence

from warmline.domain.staffing.program import UNBOUNDED, Answer, Program

# A line of the table HiGHS prints while it searches: `… | bound  best solution  gap% | …`.
_NUMBER = r"[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf)"
_TABLE = re.compile(rf"^\s*\S?\s+\d+\s+\d+\s+\d+\s+\d+\.\d+%\s+{_NUMBER}\s+{_NUMBER}\s+(\d+\.?\d*|inf|Large)%?\s")


def gap_of(line: str) -> float | None:
    """Return the gap (a share of the cost) that a line of HiGHS's table tells; None for any other line."""
    found = _TABLE.match(line)
    if found is None or found[1] in {"inf", "Large"}:
        return None
    return float(found[1]) / 100


def solve(program: Program, time_limit_s: float, gap: float, *, tell: bool = False) -> Answer:
    """Return the best answer found in time. `tell` lets HiGHS print its table to standard output.

    Source: scipy.optimize.milp.
    """
    import numpy as np
    from numpy.typing import NDArray
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    def bound(values: Sequence[float]) -> "NDArray[np.float64]":
        line = np.asarray(values, dtype=float)
        return np.where(np.abs(line) >= UNBOUNDED, np.copysign(np.inf, line), line)

    started = time.perf_counter()
    columns = len(program.cost)
    if columns == 0:
        return Answer([], 0.0, 0.0, 0.0)
    rows = csr_array((program.values, program.columns, program.starts), shape=(len(program.row_low), columns))
    found = milp(
        np.asarray(program.cost, dtype=float),
        integrality=np.asarray(program.whole, dtype=np.uint8),
        bounds=Bounds(np.zeros(columns), bound(program.upper)),
        constraints=LinearConstraint(rows, bound(program.row_low), bound(program.row_high)),
        options={"time_limit": time_limit_s, "mip_rel_gap": gap, "disp": tell},
    )
    spent_s = time.perf_counter() - started
    if found.x is None or found.fun is None:
        return Answer(None, None, None, spent_s)
    left = found.mip_gap if found.mip_gap is not None and math.isfinite(found.mip_gap) else None
    return Answer([float(value) for value in found.x], float(found.fun), left, spent_s)


def match(costs: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs (row, column) of least cost in total, as many as fit; an infinite cost is never paired.

    Source: scipy.optimize.linear_sum_assignment.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    table = np.asarray(costs, dtype=float)
    if table.size == 0:
        return []
    possible = np.isfinite(table)
    # Dearer than every possible pairing together, so that as many as possible are paired.
    never = 1.0 + 2 * min(table.shape) * float(np.abs(table[possible]).max(initial=0.0))
    rows, columns = linear_sum_assignment(np.where(possible, table, never))
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if possible[row, column]]
