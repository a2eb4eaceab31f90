"""The engine and the twin as machine code, where `scripts/compile_engine.py` has made it: found and put to use.

The very same sources, compiled by mypyc, decide alike and several times faster. Only processes that simulate use
them: started with `python -m warmline.runtime.compiled MODULE`. Without them the same sources are interpreted.
"""

import importlib
import importlib.machinery
import os
import platform
import runpy
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

SOURCES = Path(__file__).parents[2]
ENGINE = "warmline.domain.routing"
TWIN = "warmline.domain.twin"
COMPILED = {
    ENGINE: (
        "choosing", "deadlines", "engine", "explain", "hands", "ids", "lines", "orders", "plans", "room", "state",
        "waiting",
    ),
    TWIN: (
        "agenda", "arrivals", "calling", "carrying", "checks", "floor", "people", "randomness", "ruled",
        "ruled_checks", "simulation", "staging", "tally",
    ),
}  # fmt: skip


def source(package: str, module: str) -> Path:
    """Return the file a module is compiled from. `ids` has a form of its own for the compiler."""
    name = "ids_compiled" if (package, module) == (ENGINE, "ids") else module
    return SOURCES.joinpath(*package.split("."), f"{name}.py")


def folder() -> Path:
    """Return where the machine code of exactly these sources belongs: part of the Python environment."""
    digest = sha256(f"{sys.implementation.cache_tag} {platform.machine()} {sys.platform}".encode())
    for package, modules in COMPILED.items():
        for each in (source(package, module) for module in modules):
            digest.update(each.read_bytes())
    return Path(sys.prefix) / "lib" / "warmline-compiled" / digest.hexdigest()[:24]


def use() -> bool:
    """Import the compiled modules from now on; return whether there are any. Call it before anything imports them.

    Raises RuntimeError when one of them has been imported already.
    """
    where = folder()
    if not _is_whole(where):
        return False
    with suppress(OSError):  # an environment nobody may write to
        os.utime(where)  # still in use
    loaded = [f"{package}.{module}" for package, modules in COMPILED.items() for module in modules]
    if early := [name for name in loaded if name in sys.modules]:
        raise RuntimeError(f"Imported before the compiled engine was put to use: {', '.join(early)}")
    sys.path.append(str(where))  # the part all compiled modules share
    for package in COMPILED:
        importlib.import_module(package).__path__.insert(0, str(where.joinpath(*package.split("."))))
    return True


def _is_whole(where: Path) -> bool:
    """Whether every module is there, and the part they share; else all of them are interpreted."""
    parts = {name.split(".", 1)[0] for _, _, names in os.walk(where) for name in names}
    wanted = {module for modules in COMPILED.values() for module in modules}
    return wanted <= parts and any(part.endswith("__mypyc") for part in parts)


def is_used() -> bool:
    """Return whether the engine of this process is compiled."""
    spec = sys.modules[f"{ENGINE}.engine"].__spec__ if f"{ENGINE}.engine" in sys.modules else None
    return spec is not None and isinstance(spec.loader, importlib.machinery.ExtensionFileLoader)


if __name__ == "__main__":
    use()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
