"""Recorded prompts over HTTP: upload, hear, remove; and any text said by the voice calls would hear."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Form, Path, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from warmline.features.admin.fields import NO_NUL, Strict
from warmline.features.security.access import client_of, require
from warmline.features.security.audit import Actor
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.features.telephony.prompt_recordings import LIMIT_BYTES, UNUSABLE, PromptRecordings
from warmline.features.telephony.prompt_recordings_voice import ListeningRoom
from warmline.kernel.errors import NOT_FOUND, Refused
from warmline.kernel.locale import Locale

PromptKey = Annotated[str, Path(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$", max_length=120)]
Writer = Annotated[Session, Depends(require("prompts.write"))]
Reader = Annotated[Session, Depends(require("prompts.read"))]
WAV: dict[int | str, dict[str, object]] = {200: {"content": {"audio/wav": {}}}}


class Keyed(Protocol):
    """A prompt of a company, whatever else is known of it."""

    @property
    def key(self) -> str: ...


Prompts = Callable[[str], Awaitable[Iterable[Keyed]]]


class PromptRecordingOut(BaseModel):
    """A recording. It is played only while `text` is what the prompt says."""

    model_config = ConfigDict(from_attributes=True)
    prompt: str
    locale: Locale
    text: str
    duration_ms: int
    created_at: datetime


class PromptRecordingsOut(BaseModel):
    items: list[PromptRecordingOut]


class Speak(Strict):
    """A text to be heard, as a prompt is written."""

    locale: Locale
    text: Annotated[str, Field(min_length=1, max_length=500, pattern=NO_NUL)]


def router(recordings: PromptRecordings, room: ListeningRoom, prompts: Prompts) -> APIRouter:
    """Return the routes under `/api`. `prompts` gives the prompts of a company."""
    api = APIRouter(responses=PROBLEMS, tags=["telephone"])

    async def known(session: Session, key: str) -> None:
        if all(one.key != key for one in await prompts(session.identity.tenant_id)):
            raise Refused(NOT_FOUND, what="prompt")

    @api.get("/prompt-recordings")
    async def prompt_recordings(session: Reader) -> PromptRecordingsOut:
        """Return which prompts a person has read, in which language, without the audio."""
        found = await recordings.all(session.identity.tenant_id)
        return PromptRecordingsOut(items=[PromptRecordingOut.model_validate(one) for one in found])

    @api.get("/prompts/{key}/recordings/{locale}", response_class=Response, responses=WAV)
    async def prompt_recording(session: Reader, key: PromptKey, locale: Locale) -> Response:
        """Return a recording as calls play it."""
        return _wav(await recordings.audio(session.identity.tenant_id, key, locale))

    @api.put("/prompts/{key}/recordings/{locale}")
    async def prompt_record(
        request: Request, session: Writer, key: PromptKey, locale: Locale,
        text: Annotated[str, Form(max_length=4000, pattern=NO_NUL)] = "", file: UploadFile | None = None,
    ) -> PromptRecordingOut:  # fmt: skip
        """Keep a WAV file (`file`, at most 2 MB) of a person who reads `text`."""
        await known(session, key)
        if file is None or not text.strip():
            raise Refused(UNUSABLE)
        content = await file.read(LIMIT_BYTES + 1)
        kept = await recordings.put(
            session.identity.tenant_id, _actor(session, request), key, locale, text, content
        )
        return PromptRecordingOut.model_validate(kept)

    @api.delete("/prompts/{key}/recordings/{locale}", status_code=204)
    async def prompt_unrecord(request: Request, session: Writer, key: PromptKey, locale: Locale) -> None:
        """Remove a recording; a voice says the prompt again."""
        await recordings.remove(session.identity.tenant_id, _actor(session, request), key, locale)

    @api.post("/prompts/{key}/speak", response_class=Response, responses=WAV)
    async def prompt_speak(session: Reader, key: PromptKey, body: Speak) -> Response:
        """Return a text as the voice of its language says it; blanks that a conversation fills are pauses."""
        await known(session, key)
        listener = str(session.identity.agent_id)
        return _wav(await room.wav(listener, session.identity.tenant_id, body.text, body.locale))

    return api


def _actor(session: Session, request: Request) -> Actor:
    return Actor.of(session.identity, client_of(request).ip)


def _wav(audio: bytes) -> Response:
    return Response(
        audio,
        media_type="audio/wav",
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )
