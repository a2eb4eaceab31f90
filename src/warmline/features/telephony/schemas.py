"""Recordings, voice nodes and passwords as the interface takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from warmline.domain.outbound.gate import Denial
from warmline.features.admin.fields import NO_NUL, Strict
from warmline.features.telephony.status import VoiceProblem
from warmline.kernel.locale import Locale


class TrunkSecret(Strict):
    """The password a line signs in with; empty removes it."""

    secret: Annotated[str, Field(max_length=200, pattern=NO_NUL)]


class PhoneSecret(BaseModel):
    """A desk phone's fresh password, told exactly once."""

    user: str
    realm: str
    secret: str
    server: Annotated[str, Field(description="Where the phone registers: a host, with its port unless 5060")]


class RecordingOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    what: Literal["call", "voicemail"]
    started_at: datetime
    seconds: float | None
    state: Literal["running", "ready", "deleted"]
    transcript: str | None


class RecordingsOut(BaseModel):
    items: list[RecordingOut]


class OpenRecording(Strict):
    """Why somebody wants to hear a call; it stays in the audit log."""

    reason: Annotated[str, Field(min_length=3, max_length=300, pattern=NO_NUL)]


class OpenedRecording(BaseModel):
    """Where the audio is, for a quarter of an hour, and its outline: the loudest of each stretch, 0 to 1."""

    url: str
    seconds: float
    peaks: tuple[list[float], list[float]]


class NodeOut(BaseModel):
    """A voice process. `lines` are those of your own company: up, down or unknown."""

    id: str
    started_at: datetime
    seen_at: datetime
    alive: bool
    draining: bool
    calls: int
    workers: int
    lines: dict[str, str]


class VoiceOut(BaseModel):
    """Who speaks a language now; `engine` and `voice` are empty when nobody can."""

    locale: Locale
    engine: str
    voice: str
    problems: list[VoiceProblem]


class TelephoneOut(BaseModel):
    """The voice processes; `voices` as the newest living one says, empty when none does; lines by `names`."""

    nodes: list[NodeOut]
    voices: list[VoiceOut]
    names: dict[str, dict[Locale, str]]


class NumberToTry(Strict):
    """A number as somebody would type it."""

    number: Annotated[str, Field(min_length=1, max_length=40, pattern=NO_NUL)]


class NumberTried(BaseModel):
    """Whether a number may be called now, by the rules as they are saved; nothing is reserved."""

    allowed: bool
    number: Annotated[str | None, Field(description="E.164; null when it is no number")]
    reason: Denial | None
    per_minute_milli: int | None
