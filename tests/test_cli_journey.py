"""Journeys in the terminal: checked, tested, drawn, talked to."""

import asyncio
import io
import json
from pathlib import Path

import pytest

from warmline.cli import main
from warmline.domain.journey.codec import write_journey
from warmline.domain.journey.document import Ask, Block, End, Enqueue, Goto, Journey, Say, TextInput
from warmline_demo.content.catalogue import demo_prompts

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


def test_a_person_can_call_a_journey_with_keys(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.stdin", io.StringIO("2\n5\n1\n1\n"))
    assert main(["journey", "run", "phone", "--locale", "en", "--channel", "voice"]) == 0
    out = capsys.readouterr().out
    assert "For Korean, press 1. For Japanese, press 2. For English, press 3." in out
    assert "今おかけの番号に" in out
    assert "(callback_promised)" in out


def test_silence_on_the_telephone_is_an_empty_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n0\n"))
    assert main(["journey", "run", "phone", "--locale", "ko", "--channel", "voice"]) == 0
    out = capsys.readouterr().out
    assert "무엇을 도와드릴까요?" in out
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


def _stops_short(tmp_path: Path) -> str:
    ask = Ask("name", "front.greeting", TextInput(), give_up=END)
    bad = Journey(id="order-status", on_error=END, sections={"start": (ask, Say("front.greeting")), "agent": END})
    file = tmp_path / "bad.json"
    file.write_bytes(write_journey(bad))
    return str(file)


def test_the_path_to_a_problem_is_played_again_as_it_was_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = _stops_short(tmp_path)
    assert main(["journey", "check", "order-status", "--file", file]) == 1
    told = [line.split("│ ", 1)[1] for line in capsys.readouterr().out.splitlines() if "│ " in line]
    assert main(["journey", "replay", "order-status", "--file", file, "--problem", "1"]) == 0
    played = capsys.readouterr().out.splitlines()
    assert any("✗" in line for line in played)
    assert [line for line in played if line in told][:3] == told[:3]


def test_a_report_from_the_screen_is_played_and_a_mended_journey_goes_another_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = _stops_short(tmp_path)
    path = [{"kind": "start"}, {"kind": "say", "text": "Mina"}]
    hi = demo_prompts("en")["front.greeting"]
    cross = "    ✗  This path ends without a word: the section runs out."
    problem = {
        "journey": "order-status",
        "path": path,
        "transcript": [f"Bot: {hi}", "Customer: Mina", f"Bot: {hi}", cross],
    }
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"ok": False, "reports": [{"journey": "order-status", "problems": [problem]}]}))
    main(["journey", "replay", "--report", str(report), "--file", file])
    assert "Customer: Mina" in capsys.readouterr().out
    assert main(["journey", "replay", "--report", str(report)]) == 1
    assert "not how it was told" in capsys.readouterr().out
    report.write_text(json.dumps({"journey": "order-status", "path": path}))
    assert main(["journey", "replay", "--report", str(report), "--file", file]) == 0


def test_a_problem_that_is_not_in_the_report_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"ok": True, "reports": []}))
    assert main(["journey", "replay", "--report", str(report), "--problem", "3"]) == 2
    assert "no problem 3" in capsys.readouterr().err
    report.write_text("{")
    assert main(["journey", "replay", "--report", str(report)]) == 2
