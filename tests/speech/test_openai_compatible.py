"""An endpoint that speaks OpenAI's audio API, reached over the product's one way out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import msgspec
import numpy as np
import pytest
import pytest_asyncio

from speech.sound import pitch_hz
from warmline.kernel.errors import ProviderFailed, Refused
from warmline.ports.speech import Voice
from warmline.runtime.egress import Egress
from warmline.speech.audio import RATE_HZ, from_pcm16, read_wav, to_pcm16
from warmline.speech.openai_compatible import Endpoint, OpenAiSpeech

SECOND = to_pcm16((0.3 * np.sin(2 * np.pi * 150 * np.arange(24_000) / 24_000)).astype(np.float32))


class Server:
    """Sends a second of hum in uneven pieces, the later ones when it is told; hears what `heard` says."""

    def __init__(self) -> None:
        self.port = 0
        self.requests: list[tuple[str, bytes]] = []
        self.heard: dict[str, object] = {
            "text": "환불하고 싶어요",
            "segments": [{"avg_logprob": -0.2, "no_speech_prob": 0}],
        }
        self.status = 200
        self.go_on = asyncio.Event()
        self.hung_up = asyncio.Event()
        self.go_on.set()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(head.lower().split("content-length: ")[1].split("\r\n")[0])
        self.requests.append((head, await reader.readexactly(length)))
        try:
            if self.status != 200:
                writer.write(
                    f"HTTP/1.1 {self.status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
                )
            elif "/audio/speech" in head:
                await self.speak(writer)
            else:
                body = msgspec.json.encode(self.heard)
                writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
        except ConnectionError:
            self.hung_up.set()
        finally:
            writer.close()

    async def speak(self, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
        for at in range(0, len(SECOND), 4801):  # odd: a sample is cut in two
            piece = SECOND[at : at + 4801]
            writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            await writer.drain()
            await self.go_on.wait()
        writer.write(b"0\r\n\r\n")


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Server]:
    one = Server()
    listening = await asyncio.start_server(one.talk, "127.0.0.1", 0)
    one.port = listening.sockets[0].getsockname()[1]
    yield one
    one.go_on.set()
    listening.close()


@pytest_asyncio.fixture
async def speech(server: Server) -> AsyncIterator[OpenAiSpeech]:
    egress = Egress(lambda tenant_id: {f"127.0.0.1:{server.port}"} if tenant_id == "onda" else set())
    endpoint = Endpoint(
        url=f"http://127.0.0.1:{server.port}/v1", key="secret-key", speech_model="tts", voices={"ko": "nara"},
        transcription_model="stt",
    )  # fmt: skip
    yield OpenAiSpeech(endpoint, egress, egress.stream, tenant_id="onda")
    await egress.close()


async def said(speech: OpenAiSpeech) -> bytes:
    (voice,) = speech.voices()
    return b"".join([piece async for piece in speech.synthesise("안녕하세요", voice)])


async def test_a_text_is_asked_for_and_arrives_at_the_rate_of_calls(speech: OpenAiSpeech, server: Server):
    samples = from_pcm16(await said(speech))
    assert abs(len(samples) - RATE_HZ) < 4
    assert abs(pitch_hz(samples) - 150) < 4
    ((head, body),) = server.requests
    assert head.startswith("POST /v1/audio/speech ")
    assert "authorization: bearer secret-key" in head.lower()
    assert msgspec.json.decode(body) == {
        "model": "tts", "input": "안녕하세요", "voice": "nara", "response_format": "pcm",
    }  # fmt: skip


async def test_the_first_sound_is_there_before_the_last_is_made_and_hanging_up_ends_it(
    speech: OpenAiSpeech, server: Server
):
    server.go_on.clear()
    (voice,) = speech.voices()
    async with aclosing(speech.synthesise("안녕하세요", voice)) as pieces:
        async with asyncio.timeout(5):
            assert await anext(pieces)
    server.go_on.set()
    assert len(server.requests) == 1


async def test_an_utterance_is_sent_as_a_wav_file_with_language_and_hints(speech: OpenAiSpeech, server: Server):
    heard = await speech.transcribe(bytes(64_000), "ko", hints=("환불", "배송"))
    assert heard is not None
    assert (heard.text, heard.locale) == ("환불하고 싶어요", "ko")
    assert 0.7 < heard.confidence < 0.9
    ((head, body),) = server.requests
    assert head.startswith("POST /v1/audio/transcriptions ")
    boundary = head.split("boundary=")[1].split("\r\n")[0].encode()
    parts = body.split(b"--" + boundary)
    fields = {part.split(b'name="')[1].split(b'"')[0]: part.split(b"\r\n\r\n", 1)[1][:-2] for part in parts[1:-1]}
    assert (fields[b"model"], fields[b"language"]) == (b"stt", b"ko")
    assert fields[b"prompt"].decode() == "환불, 배송"
    assert len(read_wav(fields[b"file"])[0]) == 32_000


async def test_what_was_not_speech_is_none(speech: OpenAiSpeech, server: Server):
    server.heard = {"text": "시청해주셔서 감사합니다."}
    assert await speech.transcribe(bytes(64_000), "ko") is None


@pytest.mark.parametrize(("status", "retryable"), [(500, True), (401, False)])
async def test_a_refusal_is_told_with_its_number(
    speech: OpenAiSpeech, server: Server, status: int, retryable: bool
):
    server.status = status
    for asked in (said(speech), speech.transcribe(bytes(64_000), "ko")):
        with pytest.raises(ProviderFailed, match=str(status)) as caught:
            await asked
        assert caught.value.retryable is retryable
        assert "secret-key" not in str(caught.value)


async def test_an_answer_that_is_something_else_is_told(speech: OpenAiSpeech, server: Server):
    server.heard = {"text": 5}
    with pytest.raises(ProviderFailed, match="cannot be read"):
        await speech.transcribe(bytes(64_000), "ko")
    with pytest.raises(ProviderFailed, match="one minute"):
        await speech.transcribe(bytes(32_000 * 61), "ko")


async def test_without_models_there_is_no_voice_and_no_ear_and_other_hosts_are_refused(server: Server):
    egress = Egress(lambda tenant_id: set())
    mute = OpenAiSpeech(Endpoint(url="https://speech.example/v1", voices={"en": "a"}), egress, egress.stream)
    assert mute.voices() == ()
    with pytest.raises(ProviderFailed, match="no model"):
        await mute.transcribe(bytes(64_000), "en")
    inside = Endpoint(url=f"http://127.0.0.1:{server.port}/v1", speech_model="tts")
    with pytest.raises(Refused, match="forbidden_host"):
        async for _ in OpenAiSpeech(inside, egress, egress.stream).synthesise("hi", Voice("openai", "a", "en")):
            pass
    assert server.requests == []
    await egress.close()
