"""A cover in steps: how many of which shifts in parts, then whole shifts, then whole pauses in them.

Without whole numbers the best cover is found at once, and its cost bounds every other. Whole shifts are then
looked for among those that occurred in it, their pauses still split; at last the pauses are placed in them. This
finds in seconds what one search over everything does not find in minutes, and says how far from best it may be.
In the time that is left everything is searched after all: small companies get the best there is.
"""

from collections.abc import Callable

from msgspec.structs import replace

from warmline.domain.staffing.cover import Demand, Layout, lay_out, read_cover
from warmline.domain.staffing.program import Answer, Program, Solver
from warmline.domain.staffing.shifts import Shift

SHIFTS_SHARE = 0.6  # of the time, for whole shifts
PAUSES_GAP = 0.002
LITTLE = 1e-6
WORTH_S = 0.5  # less time than this finds nothing more


def _in_parts(program: Program) -> Program:
    return replace(program, whole=[False] * len(program.whole))


def _among(layout: Layout, values: list[float]) -> Program:
    """Return the program with whole shifts, only of kinds that `values` has, and pauses that may be split."""
    shifts = {one.column for one in layout.placed}
    program = layout.program
    whole = [must and column in shifts for column, must in enumerate(program.whole)]
    upper = [
        0.0 if column in shifts and values[column] <= LITTLE else bound
        for column, bound in enumerate(program.upper)
    ]
    return replace(program, whole=whole, upper=upper)


def _with_shifts_fixed(layout: Layout, values: list[float]) -> Program:
    program = layout.program
    fixed = Program(
        list(program.cost), list(program.upper), list(program.whole), list(program.starts),
        list(program.columns), list(program.values), list(program.row_low), list(program.row_high),
    )  # fmt: skip
    for one in layout.placed:
        count = float(round(values[one.column]))
        fixed.row([(one.column, 1.0)], count, count)
    return fixed


def search(layout: Layout, solver: Solver, time_limit_s: float, gap: float) -> Answer:
    """Return the best cover found in time, and how far from the best of all it may be.

    `values` is None when there was no time for any.
    """
    parts = solver(_in_parts(layout.program), time_limit_s, 0.0)
    if parts.values is None or parts.cost is None:
        return parts
    shifts = solver(_among(layout, parts.values), max(1.0, (time_limit_s - parts.seconds) * SHIFTS_SHARE), gap)
    spent_s = parts.seconds + shifts.seconds
    if shifts.values is None:
        return replace(shifts, seconds=spent_s)
    whole = solver(_with_shifts_fixed(layout, shifts.values), max(1.0, time_limit_s - spent_s), PAUSES_GAP)
    spent_s += whole.seconds
    if whole.values is None or whole.cost is None:
        return replace(whole, seconds=spent_s)
    best, bound = whole, parts.cost
    if time_limit_s - spent_s >= WORTH_S and _gap(whole.cost, bound) > gap:
        everything = solver(layout.program, time_limit_s - spent_s, gap)
        spent_s += everything.seconds
        if everything.values is not None and everything.cost is not None:
            if everything.gap is not None:
                bound = max(bound, everything.cost * (1 - everything.gap))
            best = everything if everything.cost < whole.cost else whole
    assert best.cost is not None  # noqa: S101 -- both have one here
    return Answer(best.values, best.cost, _gap(best.cost, bound), spent_s)


def _gap(cost: float, bound: float) -> float:
    return max(0.0, (cost - bound) / cost) if cost > 0 else 0.0


def find_cover(
    demand: Demand, solver: Solver, time_limit_s: float, gap: float, tell: Callable[[str], None] | None = None
) -> tuple[tuple[Shift, ...], Answer]:
    """Return the shifts and what the solver said; `tell` hears the steps. Raises ValueError without an answer."""
    if tell is not None:
        tell("layout")
    layout = lay_out(demand)
    if not layout.placed:
        return (), Answer([], 0.0, 0.0, 0.0)
    if tell is not None:
        tell("cover")
    answer = search(layout, solver, time_limit_s, gap)
    return read_cover(layout, answer, demand.first_at), answer
