"""Source: https://docs.scipy.org/doc/scipy/reference/optimize.html"""

from typing import TypedDict

from numpy import float64, intp, uint8
from numpy.typing import NDArray
from scipy.sparse import csr_array

class MilpOptions(TypedDict, total=False):
    time_limit: float
    mip_rel_gap: float
    disp: bool

class Bounds:
    def __init__(self, lb: NDArray[float64], ub: NDArray[float64]) -> None: ...

class LinearConstraint:
    def __init__(self, A: csr_array, lb: NDArray[float64], ub: NDArray[float64]) -> None: ...

class OptimizeResult:
    """`x` and `fun` are None when nothing was found, `mip_gap` when nothing was branched on."""

    x: NDArray[float64] | None
    fun: float | None
    mip_gap: float | None

def milp(
    c: NDArray[float64],
    *,
    integrality: NDArray[uint8],
    bounds: Bounds,
    constraints: LinearConstraint,
    options: MilpOptions,
) -> OptimizeResult: ...
def linear_sum_assignment(cost_matrix: NDArray[float64]) -> tuple[NDArray[intp], NDArray[intp]]: ...
