"""Journeys in the terminal: checked, tested, drawn, talked to."""

import asyncio
import io
import json
from pathlib import Path

import pytest

from warmline.cli import main
from warmline.domain.journey.codec import write_journey
from warmline.domain.journey.document import Ask, Block, End, Enqueue, Goto, Journey, Say, TextInput

END: Block = (End("front.greeting"),)


def test_the_demos_journeys_are_proved(capsys: pytest.CaptureFixture[str]):
    assert main(["journey", "check", "order-status"]) == 0
    assert "every path ends explained" in capsys.readouterr().out


def test_a_journey_that_stops_without_a_word_is_refused_with_its_conversation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    bad = Journey(
        id="order-status",
        on_error=(End("front.greeting"),),
        sections={"start": (Say("front.greeting"),), "agent": (End("front.greeting"),)},
    )
    file = tmp_path / "bad.json"
    file.write_bytes(write_journey(bad))
    assert main(["journey", "check", "order-status", "--file", str(file)]) == 1
    out = capsys.readouterr().out
    assert "[fell_through] order-status › start" in out
    assert "│ Bot:" in out


def test_a_refusal_is_told_in_the_language_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    name = Ask("name", "front.greeting", TextInput(), give_up=END)
    wait = Enqueue("general", END, END, END, skills={"welding": 1})
    bad = Journey(
        id="order-status", on_error=END, sections={"start": (name, wait), "agent": (Say("front.greeting"),)}
    )
    file = tmp_path / "bad.json"
    file.write_bytes(write_journey(bad))
    assert main(["journey", "check", "order-status", "--file", str(file), "--locale", "ko"]) == 1
    out = capsys.readouterr().out
    assert "[skill_unknown] order-status › start: `welding` 스킬이 없어요." in out
    assert "│ 봇:" in out
    assert "고객: 상담원" in out


def test_simulated_customers_talk_and_branches_are_counted(capsys: pytest.CaptureFixture[str]):
    assert main(["journey", "test", "--conversations", "300", "--min-coverage", "0.6"]) == 0
    assert "branches covered; 0 failed." in capsys.readouterr().out


def test_too_little_coverage_fails_and_names_what_is_missing(capsys: pytest.CaptureFixture[str]):
    assert main(["journey", "test", "refund", "--conversations", "1", "--min-coverage", "1"]) == 1
    assert "not covered: refund#" in capsys.readouterr().out


def test_a_journey_is_drawn_as_an_outline(capsys: pytest.CaptureFixture[str]):
    assert main(["journey", "draw", "front-desk"]) == 0
    assert "┌ start" in capsys.readouterr().out


def test_an_unknown_journey_is_named_with_the_known_ones(capsys: pytest.CaptureFixture[str]):
    assert main(["journey", "draw", "nowhere"]) == 2
    assert "front-desk" in capsys.readouterr().err


def test_a_person_can_talk_to_a_journey(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr("sys.stdin", io.StringIO("상담원\n"))
    assert main(["journey", "run", "front-desk", "--locale", "ko"]) == 0
    out = capsys.readouterr().out
    assert "Bot:" in out
    assert "(waits in general)" in out


def test_a_journey_file_that_is_no_journey_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "broken.json"
    file.write_text(json.dumps({"id": "x", "on_error": [], "sections": {"start": [{"step": "shout"}]}}))
    assert main(["journey", "check", "--file", str(file)]) == 2
    assert "start" in capsys.readouterr().err


async def test_only_a_proved_journey_is_published(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("WARMLINE_DATABASE_URL", database_url)
    monkeypatch.setenv("WARMLINE_DATA_DIR", str(tmp_path / "data"))
    end = End("common.last_resort")
    start = (Goto("agent"),)
    good = Journey(id="closed", on_error=(end,), sections={"start": start, "agent": (end,)})
    bad = Journey(id="closed", on_error=(end,), sections={"start": (Say("common.last_resort"),), "agent": (end,)})
    for name, journey in (("good", good), ("bad", bad)):
        (tmp_path / f"{name}.json").write_bytes(write_journey(journey))
    assert await asyncio.to_thread(main, ["journey", "publish", "onda", str(tmp_path / "bad.json")]) == 1
    assert "fell_through" in capsys.readouterr().err
    assert await asyncio.to_thread(main, ["journey", "publish", "onda", str(tmp_path / "good.json")]) == 0
    assert "closed is published as version 1" in capsys.readouterr().out
