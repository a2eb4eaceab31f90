"""Prompts read by a person: kept with the exact text they were read for, one a prompt and language."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec import Struct

from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import NOT_FOUND, ProviderFailed, Refused, declare
from warmline.kernel.locale import Locale
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

KIND = "prompt_recording"  # the payload of the signal "settings"
LIMIT_BYTES = 2 * 1024 * 1024
TOO_LARGE = declare(
    "prompts.recording_too_large",
    413,
    "The recording is larger than {limit_mb} MB.",
    "Record a shorter one, or save it as mono WAV with 16 kHz.",
)
UNUSABLE = declare(
    "prompts.recording_unusable",
    422,
    "This recording cannot be used.",
    "Use a WAV file with 16 bits a sample, at 8 to 96 kHz, at most three minutes long and not silent.",
)
Signal = Callable[[str, str, str], Awaitable[None]]


class PromptRecording(Struct, frozen=True):
    """What is known of a recording without its audio."""

    prompt: str
    locale: Locale
    text: str
    duration_ms: int
    created_at: datetime


class PromptRecordings:
    """A company's recordings. Every change is in the audit log and told by the signal "settings"."""

    def __init__(self, database: Database, signal: Signal) -> None:
        self._database = database
        self._signal = signal

    async def all(self, tenant_id: str) -> list[PromptRecording]:
        """Return every recording, without audio."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                "SELECT prompt, locale, text, duration_ms, created_at FROM prompt_recording"
                " WHERE tenant_id = $1 ORDER BY prompt, locale",
                tenant_id,
            )
        return [PromptRecording(**dict(row)) for row in rows]

    async def audio(self, tenant_id: str, prompt: str, locale: Locale) -> bytes:
        """Return a recording as WAV, as calls play it. Raises Refused not_found."""
        async with self._database.tenant(tenant_id) as conn:
            audio: bytes | None = await conn.fetchval(
                "SELECT audio FROM prompt_recording WHERE tenant_id = $1 AND prompt = $2 AND locale = $3",
                tenant_id, prompt, locale,
            )  # fmt: skip
        if audio is None:
            raise Refused(NOT_FOUND, what="recording")
        return audio

    async def put(
        self, tenant_id: str, actor: Actor, prompt: str, locale: Locale, text: str, upload: bytes
    ) -> PromptRecording:
        """Keep a WAV file as the recording of `text`, in place of another. Raises Refused."""
        if len(upload) > LIMIT_BYTES:
            raise Refused(TOO_LARGE, limit_mb=LIMIT_BYTES // (1024 * 1024))
        try:
            audio, duration_ms = await asyncio.to_thread(_prepared, upload)
        except ProviderFailed:
            raise Refused(UNUSABLE) from None
        kept = PromptRecording(prompt, locale, text, duration_ms, utc_now())
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await conn.execute(
                "INSERT INTO prompt_recording (tenant_id, prompt, locale, text, audio, duration_ms, created_at)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, prompt, locale) DO UPDATE SET"
                " text = excluded.text, audio = excluded.audio, duration_ms = excluded.duration_ms,"
                " created_at = excluded.created_at",
                tenant_id, prompt, locale, text, audio, duration_ms, kept.created_at,
            )  # fmt: skip
            detail = {"locale": locale, "duration_ms": duration_ms}
            await audit.append(
                conn, tenant_id, actor, "prompt.recorded", f"prompt:{prompt}", detail, now=kept.created_at
            )
        await self._signal(tenant_id, "settings", KIND)
        return kept

    async def remove(self, tenant_id: str, actor: Actor, prompt: str, locale: Locale) -> None:
        """Let a voice say the prompt again. Raises Refused not_found."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            done = await conn.execute(
                "DELETE FROM prompt_recording WHERE tenant_id = $1 AND prompt = $2 AND locale = $3",
                tenant_id, prompt, locale,
            )  # fmt: skip
            if done == "DELETE 0":
                raise Refused(NOT_FOUND, what="recording")
            detail = {"locale": locale}
            await audit.append(
                conn, tenant_id, actor, "prompt.recording_removed", f"prompt:{prompt}", detail, now=utc_now()
            )
        await self._signal(tenant_id, "settings", KIND)


def _prepared(upload: bytes) -> tuple[bytes, int]:
    from warmline.speech.recordings import prepared  # with numpy: for those who record, not for every web process

    return prepared(upload)
