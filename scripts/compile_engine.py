"""Compile the routing engine and the twin with mypyc, for processes that simulate. Needs a C compiler.

Usage: compile_engine.py            (does nothing when these very sources are compiled already)
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from warmline.runtime.compiled import COMPILED, SOURCES, folder, source

# Numbers must be the same on every machine: no multiplication fused with an addition.
SETUP = """
import sys
from setuptools import setup
from mypyc.build import mypycify
setup(name="engine", ext_modules=mypycify(["--follow-imports=silent", *sys.argv.pop().split(";")], opt_level="3"))
"""


def main() -> int:
    where = folder()
    if where.is_dir():
        return 0
    compiler = shutil.which(os.environ.get("CC", "cc")) or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        print("No C compiler: the twin simulates with the interpreted engine, about three times slower.")
        return 0
    where.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=where.parent) as made:
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
        (room / "setup.py").write_text(SETUP)
        environment = {**os.environ, "CC": compiler, "CFLAGS": "-ffp-contract=off", "MYPYPATH": str(room)}
        command = [sys.executable, "setup.py", "-q", "build_ext", "--build-lib", "made", ";".join(wanted)]
        done = subprocess.run(command, cwd=room, env=environment, capture_output=True, text=True)
        if done.returncode:
            print(f"The engine could not be compiled; the twin interprets it.\n{done.stdout}{done.stderr}")
            return 1
        for old in where.parent.iterdir():
            if old != room:
                shutil.rmtree(old, ignore_errors=True)
        (room / "made").rename(where)
    return 0


if __name__ == "__main__":
    sys.exit(main())
