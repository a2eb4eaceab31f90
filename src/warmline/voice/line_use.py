"""How many calls each line has, here and in other processes, and whether it may have one more."""

from collections import Counter
from collections.abc import Mapping
from typing import Protocol

from warmline.voice.directory import Trunk


class OnLine(Protocol):
    """A call, as far as its line is concerned; `end` None: it runs."""

    @property
    def trunk_id(self) -> str | None: ...
    @property
    def end(self) -> object | None: ...


class LineUse:
    """Counts `calls` of this process; what the others have is as old as they told it last."""

    def __init__(self, calls: Mapping[str, OnLine]) -> None:
        self._calls = calls
        self._elsewhere: Mapping[str, int] = {}

    def told(self, elsewhere: Mapping[str, int]) -> None:
        """Hear how many calls each line has in the other processes, all of them together."""
        self._elsewhere = elsewhere

    def here(self) -> dict[str, int]:
        """Return how many calls each line has in this process; lines without any are left out."""
        return dict(Counter(one.trunk_id for one in self._calls.values() if one.trunk_id and one.end is None))

    def is_full(self, trunk: Trunk) -> bool:
        """Whether a line has as many calls as it may have, both ways and all processes together."""
        most = trunk.calls_at_most
        if most <= 0:
            return False
        here = sum(one.trunk_id == trunk.id for one in self._calls.values() if one.end is None)
        return here + self._elsewhere.get(trunk.id, 0) >= most
