"""Kill the product's processes at random, at least 50 times, and count what was promised and not kept.

Two webs, two workers and PostgreSQL (fsync on) as real processes; simulated customers and agents speak the public
protocols; a checker reads the public API and a log kept outside. Seeds differ by round, so that a finding can be
repeated. Run: `python -m benchmarks.kill_harness [--kills 50] [--seed 1]`.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from chaos.storm import Recovery, Report, Weather, recovery_lines, run

STRIKES_A_STORM = 20  # some kill two or three processes, one only stops a process for a while


def storms(kills: int, seed: int, keep: bool) -> list[Report]:
    """Run as many storms as it takes for `kills` kills."""
    reports: list[Report] = []
    while sum(report.kills for report in reports) < kills:
        folder = Path(tempfile.mkdtemp(prefix="warmline-storm-"))
        folder.chmod(0o711)
        reports.append(run(folder, Weather(seed=seed + len(reports), seconds=60, strikes=STRIKES_A_STORM)))
        print(f"seed {seed + len(reports) - 1} in {folder if keep else 'a folder deleted since'}:", flush=True)
        print("\n".join(f"  {line}" for line in reports[-1].lines()), flush=True)
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
    return reports


def figures(reports: list[Report]) -> list[str]:
    """Return the figures of all storms together, one a line."""

    def count(*kinds: str) -> int:
        return sum(report.verdict.count(kind) for report in reports for kind in kinds)

    total = sum(report.kills for report in reports)
    contacts = sum(report.verdict.contacts for report in reports)
    messages = sum(report.verdict.messages for report in reports)
    orders = sum(report.verdict.orders for report in reports)
    lines = [
        f"kill harness: {total} kills; {contacts} contacts, {messages} messages, {orders} commands acknowledged",
        f"lost {count('lost contact', 'lost message', 'lost command')}, "
        f"doubled {count('doubled contact', 'doubled message', 'shown twice')}, "
        f"double-assigned {count('doubled assignment')}, over capacity {count('over capacity')}, "
        f"out of order {count('wrong order', 'misplaced message', 'broken numbers')}, "
        f"shown wrongly {count('shown, not stored', 'never shown')}, stuck {count('stuck contact')}, "
        f"orphans after 30 s {sum(report.orphans for report in reports)}, "
        f"repairs {sum(report.alarms for report in reports)}",
    ]
    recoveries: dict[str, list[Recovery]] = {}
    for report in reports:
        for kind, found in report.recoveries.items():
            recoveries.setdefault(kind, []).extend(found)
    return lines + recovery_lines(recoveries)


def main() -> int:
    """Run and print; the exit code says whether every promise was kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep data, logs and the log outside")
    arguments = parser.parse_args()
    os.umask(0o022)
    reports = storms(arguments.kills, arguments.seed, arguments.keep)
    print("\n".join(figures(reports)))
    return 0 if all(report.clean for report in reports) else 1


if __name__ == "__main__":
    sys.exit(main())
