"""The programs are found, checked for their age, and copied with everything they need."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from warmline.runtime.postgres_binaries import (
    MINIMUM_MAJOR,
    Binaries,
    NoPostgres,
    copy_binaries,
    find_binaries,
    major_version,
)


def test_this_machine_has_a_usable_postgresql() -> None:
    binaries = find_binaries()
    assert binaries.major >= MINIMUM_MAJOR
    assert Path(binaries.program("initdb")).exists()


def test_what_is_no_postgresql_has_no_version(tmp_path: Path) -> None:
    assert major_version(Path(sys.executable)) is None
    assert major_version(tmp_path / "missing") is None


def test_copied_programs_run_from_their_new_place() -> None:
    binaries = find_binaries()
    if binaries.root is None:
        with pytest.raises(NoPostgres, match="cannot reach"):
            copy_binaries(binaries, Path("/nowhere"))
        return
    target = Path(tempfile.mkdtemp())
    try:
        copied = copy_binaries(binaries, target)
        assert copy_binaries(binaries, target) == copied
        answer = subprocess.run([copied.program("initdb"), "--version"], capture_output=True, text=True)
        assert f" {binaries.major}" in answer.stdout
    finally:
        shutil.rmtree(target)


def test_system_programs_are_not_copied() -> None:
    with pytest.raises(NoPostgres):
        copy_binaries(Binaries(Path("/usr/bin"), 17), Path("/nowhere"))
