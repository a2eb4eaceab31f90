"""Compile the routing engine and the twin with mypyc, for processes that simulate. Needs a C compiler.

Usage: compile_engine.py            (does nothing when these very sources are compiled already)
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from warmline.runtime.compiled import COMPILED, SOURCES, folder, source

# Numbers must be the same on every machine: no multiplication fused with an addition.
SETUP = """
import sys
from setuptools import setup
from mypyc.build import mypycify
setup(name="engine", ext_modules=mypycify(["--follow-imports=silent", *sys.argv.pop().split(";")], opt_level="3"))
"""


KEPT_S = 14 * 86_400.0  # since its last use: other checkouts may share the environment
BUILDING = "building-"


def main() -> int:
    if folder().is_dir():
        return 0
    compiler = shutil.which(os.environ.get("CC", "cc")) or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        print("No C compiler: the twin simulates with the interpreted engine, about four times slower.")
        return 0
    home = folder().parent
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one builds, the others wait and find it built
        where = folder()
        return 0 if where.is_dir() else build(where, compiler)


def build(where: Path, compiler: str) -> int:
    """Compile into a room of its own, then put all of it in place at once."""
    clear(where.parent)
    with tempfile.TemporaryDirectory(dir=where.parent, prefix=BUILDING) as made:
        room = Path(made)
        shutil.copytree(SOURCES / "warmline" / "domain", room / "warmline" / "domain")
        shutil.copytree(SOURCES / "warmline" / "kernel", room / "warmline" / "kernel")
        shutil.copy(SOURCES / "warmline" / "__init__.py", room / "warmline")
        wanted: list[str] = []
        for package, modules in COMPILED.items():
            for module in modules:
                name = Path(*package.split("."), f"{module}.py")
                shutil.copy(source(package, module), room / name)
                wanted.append(str(name))
        if folder() != where:
            print("The sources changed while they were copied; start it again.")
            return 1
        (room / "setup.py").write_text(SETUP)
        environment = {**os.environ, "CC": compiler, "CFLAGS": "-ffp-contract=off", "MYPYPATH": str(room)}
        command = [sys.executable, "setup.py", "-q", "build_ext", "--build-lib", "made", ";".join(wanted)]
        done = subprocess.run(command, cwd=room, env=environment, capture_output=True, text=True)
        if done.returncode:
            print(f"The engine could not be compiled; the twin interprets it.\n{done.stdout}{done.stderr}")
            return 1
        (room / "made").rename(where)
    return 0


def clear(home: Path) -> None:
    """Remove what nobody has used for long, and rooms whose builders died: the lock says nobody is building."""
    for old in home.iterdir():
        unused_s = time.time() - old.stat().st_mtime
        if old.is_dir() and (old.name.startswith(BUILDING) or unused_s > KEPT_S):
            shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
