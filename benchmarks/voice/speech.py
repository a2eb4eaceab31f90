"""What speaking costs: processor time per second of audio for each voice, and the wait for a cached prompt.

Voices run in processes of their own; their time is counted with ours. Goals: a cached prompt within 1 ms, the
first part of a long text within 500 ms, every voice that is installed faster than speech.
Run: `python -m benchmarks.voice.speech [--texts 5] [--whisper FOLDER]`.
"""

import argparse
import asyncio
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from warmline.kernel.locale import Locale
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.speech import Synthesiser
from warmline.speech.audio import RATE_HZ, finished, from_pcm16, resampled
from warmline.speech.choice import Voices, render
from warmline.speech.espeak import EspeakVoices
from warmline.speech.house import SpeechHouse
from warmline.speech.music import compose
from warmline.speech.neural import NeuralVoices, hibari_voices, openjtalk_voices
from warmline.speech.whisper import WhisperRecogniser
from warmline.speech.wording import spoken

TEXTS: dict[Locale, str] = {
    "ko": "주문번호 ON-26113407을 확인했어요. 11월 22일까지 도착할 예정이고, 결제하신 금액은 12,500원입니다.",
    "ja": "ご注文番号 ON-26113407 を確認いたしました。11月22日にお届けの予定で、お支払いは12,500円です。",
    "en": "We found your order ON-26113407. It will arrive on November 22, and you paid $12.50 for it.",
}
CACHED_MS, FIRST_PART_MS, REALTIME = 1.0, 500.0, 1.0


def cpu_s(child: int | None) -> float:
    """Our processor time, that of ended children, and that of a child still running."""
    spent = sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )
    if child is not None and Path(f"/proc/{child}/stat").exists():
        fields = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()
        spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


async def voices(texts: int) -> bool:
    """Print the cost of every installed voice; return whether all are faster than speech."""
    fast = True
    engines: list[Synthesiser] = [EspeakVoices(), hibari_voices(), openjtalk_voices()]
    for engine in engines:
        if not engine.voices():
            print(f"{getattr(engine, 'engine', 'espeak-ng')}: not installed, left out")
        for voice in engine.voices():
            child = engine.child if isinstance(engine, NeuralVoices) else None
            await render(engine, spoken("1", voice.locale), voice)  # warm
            running = child.pid if child else None
            before, began, seconds = cpu_s(running), time.perf_counter(), 0.0
            for _ in range(texts):
                pcm = await render(engine, spoken(TEXTS[voice.locale], voice.locale), voice)
                seconds += len(finished(pcm)) / 2 / RATE_HZ
            spent, waited = cpu_s(running) - before, time.perf_counter() - began
            name = f"{voice.engine}/{voice.name} ({voice.locale})"
            print(f"{name:28} {spent / seconds:6.3f} CPU s per s of audio, {waited / texts * 1000:6.0f} ms a text")
            fast = fast and spent / seconds < REALTIME
        if isinstance(engine, NeuralVoices):
            await engine.close()
    return fast


async def house() -> bool:
    """Print what a call pays for a prompt; return whether it is little enough."""
    tasks = TaskRegistry(lambda name, failure: print(f"{name} failed: {failure!r}", file=sys.stderr))
    with tempfile.TemporaryDirectory() as folder:
        speech = SpeechHouse(Path(folder), Voices([EspeakVoices()]), tasks)
        await speech.open()
        text = TEXTS["en"]
        await speech.say("any", text, "en", lasting=True)
        cached = []
        for _ in range(500):
            began = time.perf_counter()
            await speech.say("any", text, "en", lasting=True)
            cached.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        parts = speech.say_parts("any", f"{text} " * 10, "en")
        first = await anext(parts)
        first_ms = (time.perf_counter() - began) * 1000
        speech.release(first)
        await parts.aclose()
        began = time.perf_counter()
        async for part in speech.say_parts("any", f"{text} " * 10, "en"):
            speech.release(part)
        all_ms = (time.perf_counter() - began) * 1000
        await speech.close()
    await tasks.close()
    print(f"cached prompt {median(cached):.2f} ms; first part {first_ms:.0f} ms, all 20 parts {all_ms:.0f} ms")
    return median(cached) < CACHED_MS and first_ms < FIRST_PART_MS


def pieces() -> None:
    """Print what the parts cost."""
    pcm = bytes(22_050 * 2 * 10)
    for name, work, per in (
        ("22.05 to 16 kHz, each s", lambda: resampled(from_pcm16(pcm), 22_050), 10),
        ("trim and level, each s", lambda: finished(compose_once), 48),
        ("wording of a text", lambda: [spoken(text, locale) for locale, text in TEXTS.items()], 3),
    ):
        began = time.process_time()
        for _ in range(5):
            work()
        print(f"{name:28} {(time.process_time() - began) / 5 / per * 1000:6.2f} ms")


async def ears(folder: Path) -> None:
    """Print what recognition costs, of texts that espeak-ng speaks."""
    recogniser, engine = WhisperRecogniser(folder), EspeakVoices()
    for voice in engine.voices():
        pcm = await render(engine, spoken(TEXTS[voice.locale], voice.locale), voice)
        await recogniser.transcribe(pcm, voice.locale)  # warm
        before, began = cpu_s(recogniser.child.pid), time.perf_counter()
        heard = await recogniser.transcribe(pcm, voice.locale)
        spent, waited = cpu_s(recogniser.child.pid) - before, time.perf_counter() - began
        seconds = len(pcm) / 2 / RATE_HZ
        text = heard.text if heard else "(nothing)"
        print(
            f"whisper {voice.locale}: {spent / seconds:.2f} CPU s per s of audio, {waited * 1000:.0f} ms: {text}"
        )
    await recogniser.close()


def main() -> int:
    """Run and print; the exit code says whether the goals were met."""
    global compose_once
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=5)
    parser.add_argument("--whisper", type=Path, help="a CTranslate2 model folder")
    given = parser.parse_args()
    if not EspeakVoices().voices():
        print("espeak-ng is not installed; run scripts/install-voices.sh")
        return 2
    began = time.process_time()
    compose_once = compose()
    print(
        f"music on hold: {len(compose_once) / 2 / RATE_HZ:.0f} s composed in {time.process_time() - began:.2f} s"
    )
    pieces()
    met = asyncio.run(voices(given.texts))
    met = asyncio.run(house()) and met
    if given.whisper is not None:
        asyncio.run(ears(given.whisper))
    print("goals met" if met else "GOALS MISSED")
    return 0 if met else 1


compose_once = b""

if __name__ == "__main__":
    sys.exit(main())
