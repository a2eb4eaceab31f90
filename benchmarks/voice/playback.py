"""Many callers who hear a prompt: processor for each packet, and how many calls a core carries."""

import argparse
import sys
import wave
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.voice.audio_load import Load
from benchmarks.voice.engine_run import EngineRun, run_with_engine, show

from warmline.ports.media import PlayFile


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--calls", type=int, default=250)
    arguments.add_argument("--seconds", type=float, default=5)
    arguments.add_argument("--sending", action="store_true", help="callers send audio, too")
    given = arguments.parse_args()

    async def work(run: EngineRun) -> None:
        path = run.folder / "prompt.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 16000, 0, "NONE", ""))
            file.writeframes((6000 * np.sin(np.arange(160_000) / 9)).astype(np.int16).tobytes())
        load = Load(given.calls, sending=given.sending)
        for (leg,) in await run.legs(load, 1):
            await run.media.play(leg, "prompt", [PlayFile(str(path))], loop=True)
        figures = await run.measure(load, given.seconds)
        show("playback", figures)
        print(f"calls a core: {given.calls / figures['core_share']:.0f}")
        load.end()

    run_with_engine(work)


if __name__ == "__main__":
    main()
