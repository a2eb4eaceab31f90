"""Conferences of three and more: processor for each packet and each conference a tick."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.voice.audio_load import Load
from benchmarks.voice.engine_run import EngineRun, run_with_engine, show


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--conferences", type=int, default=30)
    arguments.add_argument("--people", type=int, default=3)
    arguments.add_argument("--seconds", type=float, default=5)
    given = arguments.parse_args()

    async def work(run: EngineRun) -> None:
        load = Load(given.conferences * given.people)
        for at, legs in enumerate(await run.legs(load, given.people)):
            await run.media.route(f"c{at}", {leg: [other for other in legs if other != leg] for leg in legs})
        figures = await run.measure(load, given.seconds)
        show("conference", figures)
        print(f"a conference a tick: {figures['core_share'] / 50 / given.conferences * 1e6:.1f} us of processor")
        load.end()

    run_with_engine(work)


if __name__ == "__main__":
    main()
