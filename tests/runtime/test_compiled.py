"""The compiled engine decides as the interpreted one does: the same results to the last bit, only sooner."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from tests.domain.twin.conftest import center, house, textbook

from warmline.domain.twin.world import World
from warmline.runtime import compiled

ROOT = Path(__file__).parents[2]
PLAY = """
import sys, msgspec
from warmline.runtime import compiled
if sys.argv[1] == "compiled":
    assert compiled.use()
from warmline.domain.twin.run import simulate
from warmline.domain.twin.world import World
worlds = msgspec.json.decode(sys.stdin.buffer.read(), type=list[World])
results = [simulate(world, number, 4 * 3_600) for number, world in enumerate(worlds)]
assert compiled.is_used() == (sys.argv[1] == "compiled")
sys.stdout.buffer.write(msgspec.json.encode(results, order="deterministic"))
"""


def play(how: str, worlds: list[World]) -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", PLAY, how], input=msgspec.json.encode(worlds), capture_output=True, timeout=300
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def compiled_engine() -> None:
    if not any(shutil.which(name) for name in ("cc", "gcc", "clang")):
        pytest.skip("no C compiler on this machine: the engine is interpreted")
    made = subprocess.run(
        [sys.executable, ROOT / "scripts/compile_engine.py"], capture_output=True, text=True, timeout=400
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert compiled.folder().is_dir()


@pytest.mark.usefixtures("compiled_engine")
def test_the_compiled_engine_decides_like_the_interpreted_one():
    worlds = [textbook(300, 120, 12), *(center(number) for number in range(6)), *(house(n) for n in range(12))]
    assert play("compiled", worlds) == play("interpreted", worlds)


@pytest.mark.usefixtures("compiled_engine")
def test_it_is_not_mixed_with_an_engine_that_is_already_imported():
    from warmline.domain.routing import engine

    assert engine.Engine
    with pytest.raises(RuntimeError, match=r"warmline\.domain\.routing\.engine"):
        compiled.use()
    assert not compiled.is_used()


def test_other_sources_belong_to_another_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    before = compiled.folder()
    shutil.copytree(compiled.SOURCES / "warmline" / "domain", tmp_path / "warmline" / "domain")
    monkeypatch.setattr(compiled, "SOURCES", tmp_path)
    assert compiled.folder() == before
    changed = compiled.source(compiled.ENGINE, "engine")
    changed.write_text(changed.read_text() + "\n")
    assert compiled.folder() != before


@pytest.mark.usefixtures("compiled_engine")
def test_machine_code_that_lacks_a_part_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    whole = compiled.folder()
    monkeypatch.setattr(compiled.sys, "prefix", str(tmp_path))
    shutil.copytree(whole, compiled.folder())
    with pytest.raises(RuntimeError, match="Imported before"):  # it would be used
        compiled.use()
    for shared in compiled.folder().glob("*__mypyc*"):
        shared.unlink()
    assert not compiled.use()


@pytest.mark.usefixtures("compiled_engine")
def test_another_checkouts_machine_code_is_left_alone(tmp_path: Path):
    other = compiled.folder().parent / "of-another-checkout"
    other.mkdir(exist_ok=True)
    try:
        mirror = tmp_path / "checkout"
        shutil.copytree(
            compiled.SOURCES / "warmline", mirror / "src" / "warmline", ignore=shutil.ignore_patterns("web_dist")
        )
        shutil.copytree(ROOT / "scripts", mirror / "scripts")
        agenda = mirror / "src/warmline/domain/twin/agenda.py"
        agenda.write_text(agenda.read_text() + "\nthis is no Python\n")
        refused = subprocess.run(
            [sys.executable, mirror / "scripts/compile_engine.py"], capture_output=True, text=True, timeout=200,
            env={**os.environ, "PYTHONPATH": str(mirror / "src")},
        )  # fmt: skip
        assert refused.returncode == 1
        assert "could not be compiled" in refused.stdout
        assert other.is_dir()
        assert compiled.folder().is_dir()
        assert not list(other.parent.glob("building-*"))
    finally:
        other.rmdir()


def test_without_machine_code_everything_is_interpreted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(compiled.sys, "prefix", str(tmp_path))
    assert not compiled.use()
