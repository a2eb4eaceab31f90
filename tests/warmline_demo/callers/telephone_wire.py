"""A telephone wire without a network: two minds, two ears, and as much time as they want, in no time."""

from collections.abc import Callable
from typing import Protocol

from warmline_demo.callers.acts import Act, HangUp, Press, Speak
from warmline_demo.callers.ear import BLOCK_S, Ear

TICK_S = 0.1
VOICE, SILENCE = 3000.0, 8.0


class Mind(Protocol):
    def tick(self, at_s: float, ear: Ear) -> list[Act]: ...

    def spoken(self, at_s: float, ear: Ear) -> None: ...


class Person:
    """A mind at a telephone. What they say takes 0.07 s a character; `heard` is all that was done, in order."""

    def __init__(self, mind: Mind) -> None:
        self.mind = mind
        self.ear = Ear()
        self.done: list[str] = []
        self.said: list[str] = []
        self.hung_up = False
        self._until_s: float | None = None
        self._carry = 0.0

    def speaks(self, at_s: float) -> bool:
        return self._until_s is not None and at_s < self._until_s

    def live(self, at_s: float, hears: bool) -> None:
        """One tick: hear, then act."""
        self._carry += TICK_S
        blocks = int(self._carry / BLOCK_S + 1e-9)
        self._carry -= blocks * BLOCK_S
        self.ear.hear([VOICE if hears else SILENCE] * blocks)
        if self._until_s is not None and at_s >= self._until_s:
            self._until_s = None
            self.mind.spoken(at_s, self.ear)
        if self._until_s is not None:
            return
        for act in self.mind.tick(at_s, self.ear):
            match act:
                case Speak(text=text):
                    self.said.append(text)
                    self.done.append(text)
                    self._until_s = at_s + 0.07 * len(text)
                case Press(keys=keys):
                    self.done.append(keys)
                case HangUp():
                    self.hung_up = True


def run(one: Person, sounds: Callable[[float], bool], *, until_s: float) -> None:
    """Let somebody hear a given course of sound."""
    for tick in range(int(until_s / TICK_S)):
        if not one.hung_up:
            one.live(tick * TICK_S, sounds(tick * TICK_S))


def talk(one: Person, other: Person, *, until_s: float, hold: tuple[float, float] = (0.0, 0.0)) -> float:
    """Let two people talk until one hangs up; during `hold`, `one` hears music and `other` nothing."""
    for tick in range(int(until_s / TICK_S)):
        at_s = tick * TICK_S
        held = hold[0] <= at_s < hold[1]
        first, second = one.speaks(at_s), other.speaks(at_s)
        one.live(at_s, held or second)
        other.live(at_s, first and not held)
        if one.hung_up or other.hung_up:
            return at_s
    return until_s
