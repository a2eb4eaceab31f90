"""Finished recordings are written down where a recogniser is configured: in the background, one at a time.

What is done stands in the recordings' rows: a restart loses nothing, and several processes do nothing twice.
Nothing that was said is ever logged.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Literal
from uuid import UUID

from warmline.domain.contact.commands import AnyCommand, NoteCall
from warmline.domain.contact.events_voice import VoicemailLeft
from warmline.features.telephony.recordings import Recordings
from warmline.features.telephony.transcripts_pieces import Piece, pieces
from warmline.features.telephony.transcripts_rows import Claim, TranscriptRows
from warmline.features.telephony.transcripts_text import Said, conversation, message
from warmline.kernel.errors import ProviderFailed, Refused
from warmline.media.recording_reader import RecordingReader
from warmline.ports.speech import Recogniser
from warmline.runtime.clock import utc_now
from warmline.runtime.keyring import Erased

LOG = logging.getLogger(__name__)
Outcome = Literal["done", "left", "out of order"]  # of the recogniser: the next recording would fare no better
Command = Callable[[str, UUID, AnyCommand], Awaitable[object]]  # a contact's, carried out and committed
LOOK_S = 10.0
CALM_S = 0.25  # between two looks whether a caller is still to be understood
KEPT_EVERY_S = 60.0
GIVE_BACK_S = 2.0
LEAST_CONFIDENCE = 0.35  # as in calls
MOST_TOLD = 4_000  # characters of a message on the timeline


class Lost(Exception):
    """Somebody else has this recording by now."""


class Transcripts:
    """Writes recordings down. `busy` says that a caller's words are awaited just now: nothing is begun then.

    `rest` is called when there is nothing more to do.
    """

    def __init__(
        self,
        rows: TranscriptRows,
        recordings: Recordings,
        recogniser: Recogniser,
        command: Command,
        *,
        busy: Callable[[], bool],
        rest: Callable[[], Awaitable[None]],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._rows = rows
        self._recordings = recordings
        self._recogniser = recogniser
        self._command = command
        self._busy = busy
        self._rest = rest
        self._now = now

    async def run(self) -> None:
        """Write down what there is, then look again every few seconds, until cancelled."""
        while True:
            while self._busy():  # noqa: ASYNC110 -- a call has better things to do than to tell us
                await asyncio.sleep(CALM_S)
            try:
                await self.work()
            except Exception:  # the database may be away; what is due stays due
                LOG.exception("Recordings could not be written down; trying again.")
            await asyncio.sleep(LOOK_S)

    async def work(self) -> int:
        """Write down what is due until nothing is, or the recogniser fails; return how many were done."""
        done = 0
        while not self._busy() and (claim := await self._rows.claim(self._now())) is not None:
            outcome = await self._try(claim)
            if outcome == "out of order":
                break
            done += outcome == "done"
        await self._rest()
        return done

    async def _try(self, claim: Claim) -> Outcome:
        try:
            await self._write_down(claim)
        except Lost:
            return "left"
        except Erased:
            LOG.info("Recording %s is not written down: its customer was erased.", claim.id)
            return "left"
        except (ProviderFailed, Refused, OSError, ValueError) as failure:
            later = await self._rows.failed(claim, self._now())
            told = "it is tried again later" if later else f"given up after {claim.tries} tries"
            LOG.warning("Recording %s was not written down, %s: %s", claim.id, told, _reason(failure))
            return "out of order" if isinstance(failure, ProviderFailed) else "left"
        except asyncio.CancelledError:
            with suppress(Exception):
                async with asyncio.timeout(GIVE_BACK_S):
                    await self._rows.give_back(claim)
            raise
        return "done"

    async def _write_down(self, claim: Claim) -> None:
        opened = await self._recordings.readable(claim.tenant_id, claim.id)
        reader = await asyncio.to_thread(RecordingReader, opened.path, opened.key)
        said: list[Said] = []
        with reader:
            found = pieces(reader)
            kept_at = self._now()
            while (second := await asyncio.to_thread(next, found, None)) is not None:
                kept_at = await self._calm(claim, kept_at)
                for piece in second:
                    if (text := await self._understood(piece, claim)) is not None:
                        said.append(Said(piece.at_s, piece.until_s, piece.side, text))
                    kept_at = await self._calm(claim, kept_at)
        if not await self._rows.keep(claim, self._now()):
            raise Lost
        await self._tell(claim, said)

    async def _understood(self, piece: Piece, claim: Claim) -> str | None:
        heard = await self._recogniser.transcribe(piece.pcm16k, claim.locale)
        if heard is None or heard.confidence < LEAST_CONFIDENCE:
            return None
        return " ".join(heard.text.split()) or None

    async def _tell(self, claim: Claim, said: list[Said]) -> None:
        """Keep the transcript; of a message, tell it on the timeline before, where it is told once."""
        if claim.what == "voicemail":
            text = message(said, claim.locale)
            if text:
                left = VoicemailLeft(claim.id, round(claim.seconds, 1), text[:MOST_TOLD], again=True)
                await self._command(claim.tenant_id, claim.contact_id, NoteCall(left))
        else:
            text = conversation(said, claim.locale)
        await self._recordings.transcribed(claim.tenant_id, claim.id, text)

    async def _calm(self, claim: Claim, kept_at: datetime) -> datetime:
        """Let calls go first, and hold the claim meanwhile; return when it was held last. Raises Lost."""
        while True:
            now = self._now()
            if (now - kept_at).total_seconds() >= KEPT_EVERY_S:
                if not await self._rows.keep(claim, now):
                    raise Lost
                kept_at = now
            if not self._busy():
                return kept_at
            await asyncio.sleep(CALM_S)


def _reason(failure: Exception) -> str:
    """Say why without a word of what was said: sentences of ours, the name of any other failure."""
    if isinstance(failure, Refused):
        return failure.code
    return str(failure) if isinstance(failure, ProviderFailed) else type(failure).__name__
