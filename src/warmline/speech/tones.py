"""Tones of the telephone as things to play: ringback as each country knows it, beeps."""

from typing import Literal

from warmline.ports.media import PlaySilence, PlayTone

Country = Literal["kr", "jp", "us"]

# ITU-T E.180 supplement 2: Korea 440+480 Hz, 1 s on, 2 s off; Japan 400 Hz with 16 Hz modulation, 1 s on, 2 s off
# (two tones 32 Hz apart beat alike); North America 440+480 Hz, 2 s on, 4 s off.
_RINGBACK: dict[Country, PlayTone] = {
    "kr": PlayTone((440.0, 480.0), 1000, 2000, -22.0),
    "jp": PlayTone((384.0, 416.0), 1000, 2000, -22.0),
    "us": PlayTone((440.0, 480.0), 2000, 4000, -22.0),
}
BEEP = PlayTone((1000.0,), 350, 150, -18.0)  # now it is recorded
ATTENTION: tuple[PlayTone | PlaySilence, ...] = (  # rising: keys are asked for, and nobody else hears them
    PlayTone((660.0,), 120, 40, -22.0),
    PlayTone((880.0,), 160, 200, -22.0),
)
KEY_TAKEN = PlayTone((440.0,), 60, 0, -30.0)  # what the agent hears for each hidden key: that, not which


def ringback(country: str) -> PlayTone:
    """The tone of a ringing telephone, played in a loop; the North American one for countries not listed."""
    known = country.lower()
    return _RINGBACK[known] if known in ("kr", "jp", "us") else _RINGBACK["us"]
