"""Calls of two telephones, plain or (with --codecs PCMU PCMA) transcoded: processor and added delay."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.voice.audio_load import Load
from benchmarks.voice.engine_run import EngineRun, run_with_engine, show


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--calls", type=int, default=100)
    arguments.add_argument("--seconds", type=float, default=5)
    arguments.add_argument("--codecs", nargs=2, default=["PCMU", "PCMU"])
    given = arguments.parse_args()

    async def work(run: EngineRun) -> None:
        load = Load(given.calls * 2)
        for at, (one, other) in enumerate(await run.legs(load, 2, given.codecs)):
            await run.media.route(f"c{at}", {one: [other], other: [one]})
        figures = await run.measure(load, given.seconds)
        show("bridge", figures)
        print(f"calls a core: {given.calls / figures['core_share']:.0f}")
        load.end()

    run_with_engine(work)


if __name__ == "__main__":
    main()
