"""Bridged calls that are recorded in stereo, encrypted: processor for each packet."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.voice.audio_load import Load
from benchmarks.voice.engine_run import EngineRun, run_with_engine, show

from warmline.ports.media import RecordWish


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--calls", type=int, default=60)
    arguments.add_argument("--seconds", type=float, default=5)
    given = arguments.parse_args()

    async def work(run: EngineRun) -> None:
        load = Load(given.calls * 2)
        for at, (one, other) in enumerate(await run.legs(load, 2)):
            await run.media.route(f"c{at}", {one: [other], other: [one]})
            path = str(run.folder / f"r{at}.wlrec")
            await run.media.record(f"c{at}", RecordWish(f"r{at}", path, bytes(32), one, (other,)))
        figures = await run.measure(load, given.seconds)
        show("bridged and recorded", figures)
        print(f"calls a core: {given.calls / figures['core_share']:.0f}")
        load.end()

    run_with_engine(work)


if __name__ == "__main__":
    main()
