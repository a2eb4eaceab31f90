"""Saved conversations are run in builds, too, and a build server reads the results."""

import asyncio
import json
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from warmline.cli import main
from warmline.domain.journey.case import Case, Expectation
from warmline.domain.journey.codec import write_journey
from warmline.domain.journey.document import End, Goto, Journey, Say
from warmline.domain.journey.rehearsal import Deed
from warmline.domain.journey.simulate_run import NOW
from warmline.domain.journey.stage import Scenery
from warmline.features.designer.cases import Cases
from warmline.features.security.audit import Actor
from warmline.runtime.database import Database

ASKS = Case("who asks for a person waits in line", "front-desk", Scenery(NOW), (Deed(say="agent"),),
            Expectation("person"))  # fmt: skip


def _saved(case: Case) -> dict[str, object]:
    return msgspec.to_builtins(case) | {"journey_id": case.journey, "id": "1", "origin": "script"}


def _run(tmp_path: Path, *cases: Case, listed: bool = True) -> tuple[int, ElementTree.Element]:
    file, results = tmp_path / "cases.json", tmp_path / "results.xml"
    saved = [_saved(one) for one in cases]
    file.write_text(json.dumps({"items": saved} if listed else saved))
    code = main(
        ["journey", "test", "front-desk", "--conversations", "2", "--cases", str(file), "--junit", str(results)]
    )
    return code, ElementTree.fromstring(results.read_text())  # noqa: S314 -- our own


def test_saved_conversations_are_held_with_the_scripted_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    code, tree = _run(tmp_path, ASKS)
    assert code == 0
    assert "0 failed." in capsys.readouterr().out
    names = [one.get("name") for one in tree.iter("testcase")]
    assert ASKS.name in names
    assert "2 random customers" in names
    assert tree.get("failures") == "0"


def test_one_that_comes_out_otherwise_fails_the_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    wrong = msgspec.structs.replace(ASKS, name="wrong", expect=Expectation("contained"))
    nowhere = msgspec.structs.replace(ASKS, name="gone", journey="nowhere")
    code, tree = _run(tmp_path, wrong, nowhere, listed=False)
    assert code == 1
    assert "FAIL  wrong: it ended with `person`, not with `contained`" in capsys.readouterr().out
    (failure,) = tree.iter("failure")
    assert "Customer: agent" in (failure.text or "")


def test_a_file_that_is_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "cases.json"
    file.write_text('{"items": [{"name": 3}]}')
    assert main(["journey", "test", "--cases", str(file)]) == 2
    assert str(file) in capsys.readouterr().err


async def test_a_company_s_saved_conversations_guard_what_the_command_line_publishes(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):  # fmt: skip
    monkeypatch.setenv("WARMLINE_DATABASE_URL", database_url)
    monkeypatch.setenv("WARMLINE_DATA_DIR", str(tmp_path / "data"))
    end = End("common.last_resort")
    for name, start in (("first", ()), ("second", (Say("common.one_moment"),))):
        journey = Journey(
            id="closed", on_error=(end,), sections={"start": (*start, Goto("agent")), "agent": (end,)}
        )
        (tmp_path / name).write_bytes(write_journey(journey))
    assert await asyncio.to_thread(main, ["journey", "publish", "onda", str(tmp_path / "second")]) == 0
    told = Case("is asked to wait", "closed", Scenery(NOW), expect=Expectation(said=("common.one_moment",)))
    await Cases(database).keep("onda", Actor("setup"), told, "script")
    assert await asyncio.to_thread(main, ["journey", "publish", "onda", str(tmp_path / "first")]) == 1
    assert "is asked to wait" in capsys.readouterr().err
    run = ["journey", "test", "--tenant", "onda"]
    assert await asyncio.to_thread(main, run) == 0
    assert await asyncio.to_thread(main, [*run, "--file", str(tmp_path / "first")]) == 1
    assert "1 saved conversations" in capsys.readouterr().out
