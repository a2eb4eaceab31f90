"""Recorded prompts as files that calls play: read from the database once, found in memory from then on."""

import asyncio
import contextlib
import hashlib
import os
import tempfile
import time
from collections import OrderedDict
from pathlib import Path

from warmline.features.telephony.prompt_recordings import KIND
from warmline.kernel.locale import Locale
from warmline.runtime.database import Database
from warmline.speech.recordings import Recording

KNOWN_AT_MOST = 20_000  # answers in memory, "there is none" being one, too
UNUSED_AFTER_S = 30 * 24 * 3600.0  # a file nobody asked for since is made again when somebody does

Key = tuple[str, str, Locale]


class RecordingFiles:
    """Implements `warmline.speech.recordings.Recordings`. Let `heard` hear the signal "settings"."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._known: OrderedDict[Key, Recording | None] = OrderedDict()
        self._turns: dict[str, int] = {}  # how often a company's recordings changed since the start

    async def find(self, tenant_id: str, prompt: str, locale: Locale) -> Recording | None:
        """Return the recording of a prompt, as a file that is there."""
        key = (tenant_id, prompt, locale)
        if key in self._known:
            self._known.move_to_end(key)
            found = self._known[key]
            if found is None or found.path.is_file():
                return found
        turn = self._turns.get(tenant_id, 0)
        found = await self._read(key)
        if turn == self._turns.get(tenant_id, 0):  # what changed while it was read is not remembered
            self._known[key] = found
            while len(self._known) > KNOWN_AT_MOST:
                self._known.popitem(last=False)
        return found

    def heard(self, tenant_id: str, payload: str) -> None:
        """Forget a company's recordings when one of them changed."""
        if payload == KIND:
            self._turns[tenant_id] = self._turns.get(tenant_id, 0) + 1
            for key in [one for one in self._known if one[0] == tenant_id]:
                del self._known[key]

    def forget(self) -> None:
        """Changes may have been missed: read everything anew."""
        for tenant_id in {key[0] for key in self._known}:
            self.heard(tenant_id, KIND)

    def tidy(self) -> None:
        """Make the folder, and remove files that were not asked for in a month."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > UNUSED_AFTER_S:
                    path.unlink()

    async def _read(self, key: Key) -> Recording | None:
        async with self._database.tenant(key[0]) as conn:
            row = await conn.fetchrow(
                "SELECT text, audio, duration_ms FROM prompt_recording"
                " WHERE tenant_id = $1 AND prompt = $2 AND locale = $3",
                *key,
            )
        if row is None:
            return None
        path = await asyncio.to_thread(self._written, row["audio"])
        return Recording(row["text"], path, row["duration_ms"])

    def _written(self, audio: bytes) -> Path:
        """Return the file that holds `audio`; named by its content, so that a play under way keeps its own."""
        path = self._folder / f"{hashlib.sha256(audio).hexdigest()[:40]}.wav"
        if path.is_file():
            os.utime(path)
            return path
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, made = tempfile.mkstemp(dir=self._folder, prefix=".")
        with os.fdopen(descriptor, "wb") as file:
            file.write(audio)
        Path(made).replace(path)
        return path
