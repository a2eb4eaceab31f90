"""A linear program with whole numbers, and the port behind which something solves it."""

from typing import Protocol

from msgspec import Struct, field


class Program(Struct):
    """Minimise the sum of `cost` × value over columns, each between 0 and `upper`, rows between their bounds.

    Row r holds the coefficients `values[starts[r]:starts[r + 1]]` of the columns `columns[…]` in the same places.
    """

    cost: list[float] = field(default_factory=list[float])
    upper: list[float] = field(default_factory=list[float])
    whole: list[bool] = field(default_factory=list[bool])
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list[int])
    values: list[float] = field(default_factory=list[float])
    row_low: list[float] = field(default_factory=list[float])
    row_high: list[float] = field(default_factory=list[float])

    def column(self, cost: float, upper: float, *, whole: bool) -> int:
        """Add a column and return its number."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, parts: list[tuple[int, float]], low: float, high: float) -> None:
        """Add a row."""
        for column, value in parts:
            self.columns.append(column)
            self.values.append(value)
        self.starts.append(len(self.columns))
        self.row_low.append(low)
        self.row_high.append(high)


UNBOUNDED = 1e20  # what solvers take for infinite, and JSON can say


class Answer(Struct, frozen=True):
    """What a solver found: `values` is None when it found nothing in time.

    `gap`: how far from the best possible at most, as a share of the cost; 0 is proven best.
    """

    values: list[float] | None
    cost: float | None
    gap: float | None
    seconds: float


class Solver(Protocol):
    """Solves a program, for `time_limit_s` at most, until it is within `gap` of the best possible."""

    def __call__(self, program: Program, time_limit_s: float, gap: float) -> Answer: ...
