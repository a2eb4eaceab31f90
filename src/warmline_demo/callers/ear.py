"""What a simulated person makes of what they hear: sound or quiet, and since when. By energy alone."""

from collections.abc import Sequence

BLOCK_S = 0.04
LOUD = 220.0  # RMS of PCM16 from which there is something to hear; a digital line is far below when nobody speaks
SOUND_BLOCKS = 3  # so many loud blocks in a row begin a sound: a click is none
QUIET_BLOCKS = 7  # so many quiet ones end it: longer than the gaps inside a sentence


class Ear:
    """Fed with the level of every block of 40 ms; answers questions about now."""

    def __init__(self) -> None:
        self.sounding = False
        self.sounds = 0  # how many have begun
        self.last_sound_s = 0.0  # how long the last complete sound was
        self._state_s = 0.0
        self._other = 0

    def hear(self, levels: Sequence[float]) -> None:
        """Take the levels of the next blocks, in order."""
        for level in levels:
            self._state_s += BLOCK_S
            self._other = self._other + 1 if (level >= LOUD) != self.sounding else 0
            if self._other >= (QUIET_BLOCKS if self.sounding else SOUND_BLOCKS):
                self._turn(self._other * BLOCK_S)

    def _turn(self, already_s: float) -> None:
        if self.sounding:
            self.last_sound_s = self._state_s - already_s
        else:
            self.sounds += 1
        self.sounding = not self.sounding
        self._state_s = already_s
        self._other = 0

    @property
    def quiet_s(self) -> float:
        """For how long it has been quiet; 0 while something sounds."""
        return 0.0 if self.sounding else self._state_s

    @property
    def sound_s(self) -> float:
        """For how long something has sounded; 0 while it is quiet."""
        return self._state_s if self.sounding else 0.0
