"""Which voices and ears an installation has: `speech.json`, what is built from it, else what is there."""

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from warmline.kernel.locale import Locale
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.connector import Outbound
from warmline.ports.speech import OutboundStream, Recogniser, Synthesiser
from warmline.speech.choice import Voices
from warmline.speech.espeak import EspeakVoices
from warmline.speech.house import SpeechHouse
from warmline.speech.neural import hibari_voices, openjtalk_voices
from warmline.speech.openai_compatible import ENGINE, Endpoint, OpenAiSpeech
from warmline.speech.recordings import Recordings
from warmline.speech.whisper import WhisperRecogniser


class SpeechSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`order`: per locale engines or voices, best first. `whisper_model`: a folder. `endpoint`: a service with
    OpenAI's audio API; texts with somebody's data go there only with `endpoint_may_hear_personal_data`.
    `transcripts`: whether recordings and messages are written down where something recognises words.
    """

    order: dict[Locale, tuple[str, ...]] = {}
    whisper_model: str = ""
    endpoint: Endpoint | None = None
    endpoint_may_hear_personal_data: bool = False
    transcripts: bool = True
    cache_mb: int = 256


class BadSpeechSettings(Exception):
    """The file cannot be used; the text says why and what to do."""


def load(path: Path, environment: Mapping[str, str] | None = None) -> SpeechSettings:
    """Read `path`; without it, the defaults. A key `env:NAME` is that variable. Raises BadSpeechSettings."""
    environment = os.environ if environment is None else environment
    if not path.is_file():
        return SpeechSettings()
    try:
        settings = msgspec.json.decode(path.read_bytes(), type=SpeechSettings)
    except (OSError, msgspec.DecodeError) as problem:
        raise BadSpeechSettings(
            f"{path} cannot be used: {problem}. Correct it; see docs/howto/voices.md."
        ) from None
    if settings.cache_mb < 16:
        raise BadSpeechSettings(f"cache_mb in {path} is {settings.cache_mb}; 16 is the least that is useful.")
    endpoint = settings.endpoint
    if endpoint is None or not endpoint.key.startswith("env:"):
        return settings
    name = endpoint.key.removeprefix("env:")
    if not environment.get(name):
        raise BadSpeechSettings(f"{path} takes the key from the variable {name}, which is empty. Set it.")
    return msgspec.structs.replace(settings, endpoint=msgspec.structs.replace(endpoint, key=environment[name]))


class SpeechParts:
    """Everything that speaks and hears, built once for a process. Close it at the end."""

    def __init__(
        self, settings: SpeechSettings, folder: Path, tasks: TaskRegistry, outbound: Outbound,
        stream: OutboundStream, *, recordings: Recordings | None = None,
    ) -> None:  # fmt: skip
        self._neural = [hibari_voices(), openjtalk_voices()]
        engines: list[Synthesiser] = [*self._neural, EspeakVoices()]
        self.recogniser: Recogniser | None = None
        # For recordings, an engine of its own: no caller's words wait behind half a minute of somebody else's.
        # None where they are not to be written down.
        self.patient_recogniser: Recogniser | None = None
        self._whisper: WhisperRecogniser | None = None
        self._patient: WhisperRecogniser | None = None
        endpoint = settings.endpoint
        if endpoint is not None:
            service = OpenAiSpeech(endpoint, outbound, stream)
            engines.insert(0, service)
            self.recogniser = self.patient_recogniser = service if endpoint.transcription_model else None
        if settings.whisper_model:
            self.recogniser = self._whisper = WhisperRecogniser(Path(settings.whisper_model))
            self._patient = WhisperRecogniser(Path(settings.whisper_model), patient=True)
            self.patient_recogniser = None if self._patient.problem else self._patient
        public_only = frozenset[str]() if settings.endpoint_may_hear_personal_data else frozenset({ENGINE})
        voices = Voices(engines, order=settings.order, public_only=public_only)
        size = settings.cache_mb * 1024 * 1024
        if not settings.transcripts:
            self.patient_recogniser = None
        self.house = SpeechHouse(folder, voices, tasks, recordings=recordings, most_bytes=size)

    def problems(self) -> tuple[str, ...]:
        """What an operator should know, in sentences; empty when all languages are spoken and settings work."""
        found = [
            f"No voice speaks {locale}. Install espeak-ng: scripts/install-voices.sh."
            for locale in self.house.voices.missing()
        ]
        if self._whisper is not None and self._whisper.problem:
            found.append(self._whisper.problem)
        return tuple(found)

    async def rest(self) -> None:
        """Give back the memory of the engine for recordings; it starts again when it is needed."""
        if self._patient is not None:
            await self._patient.close()

    async def close(self) -> None:
        """End every engine's process and remove volatile files."""
        await self.rest()
        for engine in self._neural:
            await engine.close()
        if self._whisper is not None:
            await self._whisper.close()
        await self.house.close()
