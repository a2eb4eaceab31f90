"""espeak-ng, a program of its own (GPL: never in our process): robotic, small, and there for every language."""

import asyncio
import re
import shutil
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from pathlib import Path

from warmline.kernel.errors import ProviderFailed
from warmline.kernel.locale import Locale
from warmline.ports.speech import Voice
from warmline.speech.audio import Resampler, from_pcm16, to_pcm16
from warmline.speech.child import end, within
from warmline.speech.readings_ja import kana

ENGINE = "espeak-ng"
_AT_ONCE = 2
_MOST_WAITING = 32
_TIME_LIMIT_S = 20.0
_WAV_HEADER = 44
_PIECE = 8192
_MOST_CHARACTERS = 8_000
# Name, words a minute, pitch: the Korean and Japanese voices are hard to follow at espeak's own 175.
_SETTINGS: dict[str, tuple[Locale, int, int]] = {
    "ko": ("ko", 150, 45),
    "ja": ("ja", 145, 50),
    "en-us": ("en", 160, 45),
    "en-gb": ("en", 160, 45),
}
_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|\[\[|\]\]")  # espeak would read phonemes between [[ and ]]


class EspeakVoices:
    """Voices of the espeak-ng program found at `program` (default: on the path); none when it is missing.

    At most two run at once, more wait, very many are refused. The text is never an argument: others on the machine
    could read it in the list of processes.
    """

    def __init__(self, program: str | None = None, *, time_limit_s: float = _TIME_LIMIT_S) -> None:
        self._wanted = program or ENGINE
        self._found: str | None = None
        self._nice = shutil.which("nice")
        self._time_limit_s = time_limit_s
        self._gate = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0
        self.running: set[int] = set()  # process ids

    def _program(self) -> str | None:
        """Return the program; one that is installed while we run is found, too."""
        if self._found is None:
            self._found = shutil.which(self._wanted)
        return self._found

    def voices(self) -> tuple[Voice, ...]:
        """One voice for each of ko and ja, two for en; none without the program."""
        program = self._program()
        if program is None:
            return ()
        version = _version(program)
        return tuple(Voice(ENGINE, name, at[0], 0, version) for name, at in _SETTINGS.items())

    async def synthesise(self, text: str, voice: Voice) -> AsyncGenerator[bytes, None]:
        """Yield PCM16 mono 16 kHz as it is made. Raises ProviderFailed."""
        program = self._program()
        if program is None or voice.name not in _SETTINGS:
            raise ProviderFailed(f"espeak-ng has no voice {voice.name}.", retryable=False)
        if self._waiting >= _MOST_WAITING:
            raise ProviderFailed("espeak-ng has too much to do.", retryable=True)
        self._waiting += 1
        try:
            running = self._run(program, text[:_MOST_CHARACTERS], voice)
            async with self._gate, aclosing(running) as pieces:
                async for piece in pieces:
                    yield piece
        finally:
            self._waiting -= 1

    async def _run(self, program: str, text: str, voice: Voice) -> AsyncGenerator[bytes, None]:
        locale, words_a_minute, pitch = _SETTINGS[voice.name]
        said = _COMMANDS.sub(" ", kana(text) if locale == "ja" else text)
        command = [program, "-v", voice.name, "-s", str(words_a_minute), "-p", str(pitch), "-b", "1", "--stdin", "--stdout"]  # fmt: skip # noqa: E501
        if self._nice is not None:
            command = [self._nice, "-n", "5", *command]
        deadline = asyncio.get_running_loop().time() + self._time_limit_s
        try:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True
            )
        except OSError:
            raise ProviderFailed("espeak-ng cannot be started.", retryable=False) from None
        self.running.add(process.pid)
        try:
            assert process.stdin is not None  # noqa: S101 -- asked for above
            assert process.stdout is not None  # noqa: S101
            with suppress(ConnectionError):
                process.stdin.write(said.encode())
                await within(deadline, process.stdin.drain(), ENGINE)
                process.stdin.close()
            try:
                header = await within(deadline, process.stdout.readexactly(_WAV_HEADER), ENGINE)
            except asyncio.IncompleteReadError:
                if await within(deadline, process.wait(), ENGINE) == 0:
                    return  # nothing in the text is spoken
                raise ProviderFailed("espeak-ng ended without a word.", retryable=True) from None
            stream = Resampler(int.from_bytes(header[24:28], "little"))
            odd = b""
            while piece := await within(deadline, process.stdout.read(_PIECE), ENGINE):
                piece = odd + piece
                odd = piece[len(piece) & ~1 :]
                if made := to_pcm16(stream.feed(from_pcm16(piece))):
                    yield made
            yield to_pcm16(stream.rest())
            if await within(deadline, process.wait(), ENGINE) != 0:
                raise ProviderFailed("espeak-ng failed in the middle of a text.", retryable=True)
        finally:
            self.running.discard(process.pid)
            await end(process)


def _version(program: str) -> str:
    """Return what changes with another espeak-ng, without running it: a cached prompt must not start a program."""
    try:
        found = Path(program).resolve().stat()
    except OSError:
        return ""
    return f"{found.st_size}-{found.st_mtime_ns}"
