"""What simulated people do on the telephone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Speak:
    """Say this; nothing else is done until it has been said to the end."""

    text: str


@dataclass(frozen=True)
class Press:
    """Press these keys."""

    keys: str


@dataclass(frozen=True)
class HangUp:
    """Put the receiver down."""


Act = Speak | Press | HangUp
