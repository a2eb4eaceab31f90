"""Kill web, worker and database under twenty running calls, and tell what share of their ends stayed audible.

Real processes, real telephones: seven calls bridged (heard at both ends by their tones), seven in line, six in a
journey. An end is kept when it was not cut off and heard nothing for at most three seconds at a stretch. Run:
`python -m benchmarks.voice_kills [--rounds 1]`.
"""

import argparse
import asyncio
import os
import sys
from pathlib import Path
from typing import get_args

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from chaos.voice_kills import Kept, Victim, struck, twenty_calls

GOAL = 0.99


async def measure(rounds: int) -> dict[str, list[Kept]]:
    """Strike each process once a round, under the same calls."""
    found: dict[str, list[Kept]] = {victim: [] for victim in get_args(Victim)}
    async with twenty_calls() as crowd:
        for _ in range(rounds):
            for victim in get_args(Victim):
                found[victim].append(await struck(crowd, victim))
    return found


def main() -> int:
    """Run and print; the exit code says whether the goal was met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    os.umask(0o022)
    found = asyncio.run(measure(arguments.rounds))
    for victim, all_kept in found.items():
        ears, kept = sum(one.ears for one in all_kept), sum(one.kept for one in all_kept)
        gap_s = max(one.longest_gap_s for one in all_kept)
        print(
            f"{victim} killed: {kept} of {ears} ends stayed audible ({kept / ears:.1%}), longest gap {gap_s:.2f} s"
        )
        for wrong in [line for one in all_kept for line in one.wrong]:
            print(f"  {wrong}")
    return 0 if all(one.share >= GOAL for all_kept in found.values() for one in all_kept) else 1


if __name__ == "__main__":
    sys.exit(main())
