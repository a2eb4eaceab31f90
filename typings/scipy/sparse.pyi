"""Source: https://docs.scipy.org/doc/scipy/reference/generated/scipy.sparse.csr_array.html"""

from collections.abc import Sequence

class csr_array:
    def __init__(
        self, arg1: tuple[Sequence[float], Sequence[int], Sequence[int]], shape: tuple[int, int]
    ) -> None: ...
