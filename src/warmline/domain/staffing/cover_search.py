"""A cover in steps: how many of which shifts in parts, then whole shifts, then whole pauses in them.

Without whole numbers the best cover is found at once, and its cost bounds every other. Whole shifts are then
looked for among those that occurred in it, their pauses still split; at last the pauses are placed in them. This
finds in seconds what one search over everything does not find in minutes, and says how far from best it may be.
In the time that is left everything is searched after all: small companies get the best there is.

Where somebody may stop the search, a short first look finds a cover to keep; each better one takes its place.

The time is for finding better covers. A machine too busy to find any in it goes on to the first one, however bad:
a supervisor who asked for a plan is told how far from best it is, not that there is none.
"""

from collections.abc import Callable

from msgspec.structs import replace

from warmline.domain.staffing.cover import Demand, Layout, lay_out, read_cover
from warmline.domain.staffing.program import Answer, Program, Solver
from warmline.domain.staffing.shifts import Shift

SHIFTS_SHARE = 0.6  # of the time, for whole shifts
FIRST_SHARE = 0.05  # of the time, for a first cover to keep
PAUSES_GAP = 0.002
LITTLE = 1e-6
WORTH_S = 0.5  # less time than this finds nothing more
ANY_WITHIN_S = 60.0  # for each step to a first cover, where the time was too short for any
ANY_GAP = 1.0  # the first answer there is


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


def search(
    layout: Layout, solver: Solver, time_limit_s: float, gap: float, keep: Callable[[Answer], None] | None = None
) -> Answer:
    """Return the best cover found in time, or the first found after it; and how far from the best it may be.

    `values` is None when there was no time for any, even so. `keep` hears of each cover better than those before.
    """
    parts = solver(_in_parts(layout.program), max(time_limit_s, ANY_WITHIN_S), 0.0)
    if parts.values is None or parts.cost is None:
        return parts
    spent_s, bound = parts.seconds, parts.cost
    first: Answer | None = None
    if keep is not None:
        first = _whole(layout, solver, parts.values, time_limit_s - spent_s, gap, FIRST_SHARE)
        spent_s += first.seconds
        if first.values is not None and first.cost is not None:
            keep(Answer(first.values, first.cost, _gap(first.cost, bound), spent_s))
    if first is not None and first.cost is not None and _gap(first.cost, bound) <= gap:
        best = first
    else:
        best = _whole(layout, solver, parts.values, time_limit_s - spent_s, gap, SHIFTS_SHARE)
        spent_s += best.seconds
        if first is not None and first.cost is not None and (best.cost is None or first.cost <= best.cost):
            best = first
    if best.values is None:
        best = _any(layout, solver, parts.values)
        spent_s += best.seconds
    if best.values is None or best.cost is None:
        return replace(best, seconds=spent_s)
    if keep is not None and best is not first:
        keep(Answer(best.values, best.cost, _gap(best.cost, bound), spent_s))
    if time_limit_s - spent_s >= WORTH_S and _gap(best.cost, bound) > gap:
        everything = solver(layout.program, time_limit_s - spent_s, gap)
        spent_s += everything.seconds
        if everything.values is not None and everything.cost is not None:
            if everything.gap is not None:
                bound = max(bound, everything.cost * (1 - everything.gap))
            best = everything if everything.cost < best.cost else best
    assert best.cost is not None  # noqa: S101 -- both have one here
    return Answer(best.values, best.cost, _gap(best.cost, bound), spent_s)


def _any(layout: Layout, solver: Solver, parts: list[float]) -> Answer:
    """Return the first cover there is, when the time was over before any."""
    shifts = solver(_among(layout, parts), ANY_WITHIN_S, ANY_GAP)
    if shifts.values is None:
        return shifts
    whole = solver(_with_shifts_fixed(layout, shifts.values), ANY_WITHIN_S, ANY_GAP)
    return replace(whole, seconds=shifts.seconds + whole.seconds)


def _whole(
    layout: Layout, solver: Solver, parts: list[float], time_limit_s: float, gap: float, share: float
) -> Answer:
    """Return a cover of whole shifts with whole pauses; the shifts take `share` of the time at most."""
    shifts = solver(_among(layout, parts), max(1.0, time_limit_s * share), gap)
    if shifts.values is None:
        return shifts
    whole = solver(_with_shifts_fixed(layout, shifts.values), max(1.0, time_limit_s - shifts.seconds), PAUSES_GAP)
    return replace(whole, seconds=shifts.seconds + whole.seconds)


def _gap(cost: float, bound: float) -> float:
    return max(0.0, (cost - bound) / cost) if cost > 0 else 0.0


def find_cover(
    demand: Demand,
    solver: Solver,
    time_limit_s: float,
    gap: float,
    tell: Callable[[str], None] | None = None,
    keep: Callable[[tuple[Shift, ...], Answer], None] | None = None,
) -> tuple[tuple[Shift, ...], Answer]:
    """Return the shifts and what the solver said. Raises ValueError without an answer.

    `tell` hears the steps, `keep` each cover better than those before.
    """
    if tell is not None:
        tell("layout")
    layout = lay_out(demand)
    if not layout.placed:
        return (), Answer([], 0.0, 0.0, 0.0)
    if tell is not None:
        tell("cover")

    def found(answer: Answer) -> None:
        if keep is not None:
            keep(read_cover(layout, answer, demand.first_at), answer)

    answer = search(layout, solver, time_limit_s, gap, None if keep is None else found)
    return read_cover(layout, answer, demand.first_at), answer
