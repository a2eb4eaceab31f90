"""Measure every figure, one after the other: `python -m benchmarks [NAME …]`. Each is a command, too."""

import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).parent
# The quick ones first, those that load the whole machine last.
ORDER = (
    "checker", "journeys", "database_clone", "commit", "timers", "router_flood", "ready_to_offer", "websocket",
    "chat_round_trip", "start_time", "kill_harness",
)  # fmt: skip


def known(folder: Path = FOLDER) -> list[str]:
    """Return every benchmark, those of subfolders as `voice.relay`; what has no place in ORDER comes last."""
    commands = (path for path in folder.rglob("*.py") if "\ndef main(" in path.read_text())
    found = {".".join(path.relative_to(folder).with_suffix("").parts) for path in commands} - {"__main__"}
    return [name for name in ORDER if name in found] + sorted(found - set(ORDER))


def measure(name: str) -> bool:
    """Run one benchmark, print what it found, each line under its name; say whether it met its goal."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}"], cwd=FOLDER.parent, capture_output=True, text=True
    )
    lines = done.stdout.strip().splitlines() or ["no figure"]
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({time.monotonic() - began:.0f} s)")
    print("\n".join(f"     {line}" for line in lines), flush=True)
    if done.returncode != 0:
        print(done.stderr.strip()[-2000:], file=sys.stderr, flush=True)
    return done.returncode == 0


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; `voice` names all of that folder."""
    there = known()
    unknown = sorted(one for one in set(names) if not _named(one, there))
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. Known are: {', '.join(there)}.", file=sys.stderr)
        return 2
    wanted = [found for one in names for found in _named(one, there)]
    results = [measure(name) for name in dict.fromkeys(wanted or there)]
    return 0 if all(results) else 1


def _named(name: str, there: list[str]) -> list[str]:
    return [one for one in there if one == name or one.startswith(f"{name}.")]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
