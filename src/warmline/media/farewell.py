"""Last words: what a caller is told when whoever led their call has died, instead of hearing nothing."""

import os
from collections.abc import Callable, Sequence

from warmline.media.clips import Player
from warmline.media.engine import Engine
from warmline.media.leg import Leg
from warmline.ports.media import PlayItem

MOST_S = 20.0  # nobody is talked to for longer, whatever was given


class LastWords:
    """Keeps what each leg is to be told. `parent`: the process that started us and leads; another is none."""

    def __init__(self, engine: Engine, parent: Callable[[], int] = os.getppid) -> None:
        self._engine = engine
        self._parent = parent
        self._leader = parent()
        self._words: dict[str, tuple[PlayItem, ...]] = {}
        self._telling: dict[str, Player] = {}
        self._since: float | None = None

    def keep(self, leg: Leg, items: Sequence[PlayItem]) -> None:
        """Keep words for a leg, instead of those before. Raises Refused when there is no such clip."""
        for item in items:  # it is read now: later nobody may be left who keeps the file
            self._engine.clips.get(item, leg.codec_out or "PCMU")
        self._words[leg.name] = tuple(items)

    def forget(self, leg: str) -> None:
        """The leg is closed."""
        self._words.pop(leg, None)
        self._telling.pop(leg, None)

    @property
    def orphaned(self) -> bool:
        """Whether the process that started us is dead."""
        return self._parent() != self._leader

    def tell(self, now: float, *, everybody: bool) -> bool:
        """Tell those who hear nobody, or everybody; return whether all is said and nobody talks to anybody."""
        talks = False
        for name, leg in list(self._engine.legs.items()):
            if name in self._telling:
                continue
            if self._hears_somebody(leg) and not everybody:
                talks = True
            elif name in self._words:
                words = self._telling[name] = Player("", self._words[name], [])
                self._since = now
                self._engine.player(leg, words)
                self._engine.replan()
        if self._since is not None and now - self._since > MOST_S:
            return not talks
        telling = any(
            leg.player is self._telling.get(name) and leg.player is not None and leg.reachable
            for name, leg in self._engine.legs.items()
        )
        return not talks and not telling

    def _hears_somebody(self, leg: Leg) -> bool:
        call = self._engine.calls.get(leg.call)
        return call is not None and any(name in call.legs for name in call.hears.get(leg.name, ()))
