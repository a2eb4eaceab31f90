"""A customer on the telephone: goes through the menu, waits, talks, rates, hangs up. No clock, no network.

Whoever calls cannot see who answers. What sounds and then is quiet was meant for them; what sounds on and on is
music; where music stops, somebody is there.
"""

from typing import Literal

from warmline_demo.callers.acts import Act, HangUp, Press, Speak
from warmline_demo.callers.dialogues import HELLO, Dialogue
from warmline_demo.callers.ear import Ear
from warmline_demo.callers.people import Caller, Wish

TURN_S = 0.9  # quiet this long: it is our turn
KEY_TURN_S = 1.4  # after a prompt, longer: sentences of a machine have pauses
MUSIC_S = 4.0  # sound this long without a breath is music
STOPPED_S = 2.6  # quiet this long where music was: somebody took the call
SHY_S = 4.5  # quiet this long after our own words: go on
WORD_S = 0.35  # shorter sounds are no words
MENU_AT_MOST_S = 75.0
TALK_AT_MOST_S = 240.0
RATING_AT_MOST_S = 30.0
HURRY_S = 2.5  # who knows the menu listens to a prompt for so long
NOTICE_S = 9.0  # at first the house says that calls are recorded: it hears no keys before that has been said
FIRST_WORD_S = 0.6  # after we answered
PRESSES = 3  # the key of the rating is pressed again until something listens

Phase = Literal["menu", "queue", "talk", "rating", "message", "over"]
AFTER_THE_MENU: dict[Wish, Phase] = {
    "talk": "queue",
    "hours": "rating",
    "callback": "rating",
    "message": "message",
}


class CallerMind:
    """One call of one customer. `tick` is asked ten times a second; `spoken` is told when our words have ended.

    `rung`: it was not they who called; they answer.
    """

    def __init__(self, who: Caller, dialogue: Dialogue, *, rung: bool = False) -> None:
        self._who = who
        self._lines = [HELLO[who.locale], *dialogue.customer] if rung else list(dialogue.customer)
        self._keys = [] if rung else list(who.keys)
        self._phase: Phase = "talk" if rung else "menu"
        self._rung = rung
        self._since_s = 0.0  # when the phase began
        self._seen = 0  # sounds we have reacted to
        self._said_s = 0.0  # when we last ended speaking
        self._speaking = False
        self._full = len(self._lines)
        self.left_in: Phase | None = None  # when they hung up themselves
        self._music: int | None = None  # which sound is the music
        self._presses = PRESSES

    @property
    def phase(self) -> Phase:
        """What the customer is doing."""
        return self._phase

    def spoken(self, at_s: float, ear: Ear) -> None:
        """Our words have been said to the end."""
        self._speaking = False
        self._said_s = at_s
        self._seen = ear.sounds - ear.sounding  # who talked over us is not waiting for an answer

    def tick(self, at_s: float, ear: Ear) -> list[Act]:
        """Return what to do `at_s` seconds into the call."""
        if self._speaking or self._phase == "over":
            return []
        match self._phase:
            case "menu":
                return self._menu(at_s, ear)
            case "queue":
                return self._queue(at_s, ear)
            case "message":
                return self._message(at_s, ear)
            case "talk":
                return self._talk(at_s, ear)
            case _:
                return self._rate(at_s, ear)

    # --- phases ----------------------------------------------------------------------------------------

    def _menu(self, at_s: float, ear: Ear) -> list[Act]:
        if at_s - self._since_s > MENU_AT_MOST_S:
            return self._leave()
        knows = self._who.regular and at_s > NOTICE_S
        hurries = knows and ear.sounds > self._seen and ear.sound_s > HURRY_S
        if not hurries and not self._my_turn(ear, KEY_TURN_S):
            return []
        self._seen = ear.sounds
        keys = self._keys.pop(0)
        if not self._keys:
            self._go(AFTER_THE_MENU[self._who.wish], at_s)
        return [Press(keys)]

    def _queue(self, at_s: float, ear: Ear) -> list[Act]:
        if at_s - self._since_s > self._who.patience_s:
            return self._leave()
        if ear.sound_s > MUSIC_S:
            self._music = ear.sounds
        elif ear.quiet_s > STOPPED_S:
            self._go("talk", at_s)
            self._seen = ear.sounds
            return [self._speak(HELLO[self._who.locale])]
        elif self._music is not None and ear.sounds > self._music:  # after the music, and no music itself
            self._seen = self._music
            if self._my_turn(ear, TURN_S):
                self._go("talk", at_s)
                return self._next(ear)
        return []

    def _message(self, at_s: float, ear: Ear) -> list[Act]:
        """Say it after every prompt, until one of them was the one before the beep."""
        if at_s - self._since_s > MENU_AT_MOST_S:
            return self._leave()
        if not self._my_turn(ear, KEY_TURN_S) and not self._shy(at_s, ear):
            return []
        self._seen = ear.sounds
        return [self._speak(" ".join(self._lines[:2])), Press("#")]

    def _talk(self, at_s: float, ear: Ear) -> list[Act]:
        if at_s - self._since_s > TALK_AT_MOST_S:
            return self._leave()
        if self._rung and not self._said_s and at_s > FIRST_WORD_S:
            return self._next(ear)
        if len(self._lines) == self._full and not self._rung and ear.sound_s > MUSIC_S:
            self._go("queue", at_s)  # nobody was there after all
            return []
        if not self._my_turn(ear, TURN_S) and not self._shy(at_s, ear):
            return []
        if not self._lines:
            self._go("rating", at_s)
            return self._rate(at_s, ear)
        return self._next(ear)

    def _rate(self, at_s: float, ear: Ear) -> list[Act]:
        if at_s - self._since_s > RATING_AT_MOST_S:
            return self._leave()
        if self._who.wish == "talk" and self._presses and self._my_turn(ear, TURN_S):
            self._seen = ear.sounds
            self._presses -= 1
            return [Press(str(self._who.score))]
        return []

    # --- helpers ---------------------------------------------------------------------------------------

    def _my_turn(self, ear: Ear, quiet_s: float) -> bool:
        return ear.sounds > self._seen and ear.quiet_s > quiet_s and ear.last_sound_s > WORD_S

    def _shy(self, at_s: float, ear: Ear) -> bool:
        return at_s - self._said_s > SHY_S and ear.quiet_s > SHY_S

    def _next(self, ear: Ear) -> list[Act]:
        self._seen = ear.sounds
        return [self._speak(self._lines.pop(0))]

    def _speak(self, text: str) -> Speak:
        self._speaking = True
        return Speak(text)

    def _go(self, phase: Phase, at_s: float) -> None:
        self._phase, self._since_s = phase, at_s

    def _leave(self) -> list[Act]:
        self.left_in = self._phase
        self._phase = "over"
        return [HangUp()]
