"""Build the web part when its sources changed since the last build."""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
DIST = ROOT / "src" / "warmline" / "web_dist"


def _digest(paths: list[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _sources() -> list[Path]:
    skipped = {"node_modules", "dist"}
    return [p for p in WEB.rglob("*") if p.is_file() and not skipped & set(p.relative_to(WEB).parts)]


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=WEB, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"`{' '.join(command)}` in web/ failed:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")


def _stale(stamp: Path, digest: str) -> bool:
    return not stamp.exists() or stamp.read_text() != digest


def main(mode: str) -> None:
    """Install the locked packages (`dev`: all of them) and build, each only when its inputs changed."""
    packages = _digest([WEB / "package.json", WEB / "package-lock.json"])
    full, lean = WEB / "node_modules" / ".warmline-dev", WEB / "node_modules" / ".warmline-run"
    if _stale(full, packages) and (mode == "dev" or _stale(lean, packages)):
        print("· Installing the web packages from package-lock.json", file=sys.stderr)
        omit = [] if mode == "dev" else ["--omit=dev"]
        _run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", *omit)
        (full if mode == "dev" else lean).write_text(packages)
    digest = _digest(_sources())
    stamp = DIST / ".stamp"
    if _stale(stamp, digest):
        print("· Building the web part", file=sys.stderr)
        _run("npm", "run", "--silent", "build")
        stamp.write_text(digest)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
