"""Voices and recognition from an endpoint that speaks OpenAI's audio API, through the product's one way out."""

import secrets
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import cast

import msgspec
from msgspec import Struct

from warmline.kernel.errors import ProviderFailed
from warmline.kernel.locale import LOCALES, Locale
from warmline.ports.connector import Outbound
from warmline.ports.speech import OutboundStream, Transcript, Voice
from warmline.speech.audio import RATE_HZ, Resampler, from_pcm16, to_pcm16, wav
from warmline.speech.heard import plausible

ENGINE = "openai"
_PCM_RATE_HZ = 24_000  # what `response_format: pcm` means
_SAY_LIMIT_S = 30.0
_HEAR_LIMIT_S = 15.0
_MOST_CHARACTERS = 4_000
_LONGEST_BYTES = RATE_HZ * 2 * 60


class Endpoint(Struct, frozen=True):
    """Where and how. `url` ends before `/audio/…`. `voice` per locale, or one for all; empty models switch off."""

    url: str
    key: str = ""
    speech_model: str = ""
    voices: dict[Locale, str] = {}
    transcription_model: str = ""


class _Segment(Struct):
    avg_logprob: float = 0.0
    no_speech_prob: float = 0.0


class _Heard(Struct):
    text: str = ""
    segments: list[_Segment] = []


class OpenAiSpeech:
    """A `Synthesiser` and a `Recogniser`. Requests leave as `tenant_id` and obey its allow-list of hosts."""

    def __init__(
        self, endpoint: Endpoint, outbound: Outbound, stream: OutboundStream, *, tenant_id: str = ""
    ) -> None:
        self._endpoint = endpoint
        self._outbound = outbound
        self._stream = stream
        self._tenant_id = tenant_id

    def voices(self) -> tuple[Voice, ...]:
        """The voices named for each locale."""
        model = self._endpoint.speech_model
        if not model:
            return ()
        return tuple(Voice(ENGINE, name, locale, 1, model) for locale, name in self._endpoint.voices.items())

    async def synthesise(self, text: str, voice: Voice) -> AsyncGenerator[bytes, None]:
        """Yield PCM16 mono 16 kHz while the endpoint sends it. Raises ProviderFailed."""
        body = msgspec.json.encode(
            {"model": self._endpoint.speech_model, "input": text[:_MOST_CHARACTERS], "voice": voice.name,
             "response_format": "pcm"}
        )  # fmt: skip
        answer = cast(
            AsyncGenerator[bytes, None],
            self._stream(
                self._tenant_id, "POST", f"{self._endpoint.url.rstrip('/')}/audio/speech",
                headers=self._headers("application/json"), body=body, timeout_s=_SAY_LIMIT_S,
            ),
        )  # fmt: skip
        resampler = Resampler(_PCM_RATE_HZ)
        odd, any_audio = b"", False
        async with aclosing(answer) as pieces:
            async for received in pieces:
                piece = odd + received
                odd = piece[len(piece) & ~1 :]
                if made := to_pcm16(resampler.feed(from_pcm16(piece))):
                    any_audio = True
                    yield made
        if not any_audio:
            raise ProviderFailed("The speech endpoint sent no audio.", retryable=True)
        yield to_pcm16(resampler.rest())

    async def transcribe(self, pcm16k: bytes, locale: Locale, *, hints: tuple[str, ...] = ()) -> Transcript | None:
        """Return what was said, or None when it was not speech. Raises ProviderFailed."""
        if not self._endpoint.transcription_model:
            raise ProviderFailed("The speech endpoint has no model for recognition.", retryable=False)
        if locale not in LOCALES or len(pcm16k) > _LONGEST_BYTES:
            raise ProviderFailed("At most one minute at a time can be recognised.", retryable=False)
        model = self._endpoint.transcription_model
        fields = {"model": model, "language": locale, "response_format": "verbose_json", "temperature": "0"}
        if hints:
            fields["prompt"] = ", ".join(hints)[:500]
        boundary = secrets.token_hex(16)
        answer = await self._outbound(
            self._tenant_id, "POST", f"{self._endpoint.url.rstrip('/')}/audio/transcriptions",
            headers=self._headers(f"multipart/form-data; boundary={boundary}"),
            body=_form(boundary, fields, wav(pcm16k)), timeout_s=_HEAR_LIMIT_S,
        )  # fmt: skip
        if answer.status != 200:
            raise ProviderFailed(f"The speech endpoint answered {answer.status}.", retryable=answer.status >= 500)
        try:
            heard = msgspec.json.decode(answer.body, type=_Heard)
        except msgspec.DecodeError:
            raise ProviderFailed("The speech endpoint's answer cannot be read.", retryable=False) from None
        return plausible(
            heard.text, locale, seconds=len(pcm16k) / 2 / RATE_HZ,
            log_probability=_mean([part.avg_logprob for part in heard.segments]),
            no_speech=_mean([part.no_speech_prob for part in heard.segments]),
        )  # fmt: skip

    def _headers(self, content_type: str) -> dict[str, str]:
        headers = {"Content-Type": content_type}
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        return headers


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _form(boundary: str, fields: dict[str, str], file: bytes) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n'
        "Content-Type: audio/wav\r\n\r\n"
    )
    return b"".join([*parts, head.encode(), file, f"\r\n--{boundary}--\r\n".encode()])
