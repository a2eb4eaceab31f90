import argparse
import asyncio
import datetime as dt
import json
import signal
from pathlib import Path

import pytest
from tests.features.twin.conftest import NINE_S, Diary, busy_day, tiny

from warmline.cli import main, parser
from warmline.cli_twin import Progress, Unclear, changes_of, interruptible, played, question_of
from warmline.cli_twin_texts import TEXTS
from warmline.features.twin.changes import Changes, Disturbance, Promotion
from warmline.features.twin.child import Line
from warmline.features.twin.needing import Goal
from warmline.features.twin.process import CHILD
from warmline.features.twin.request import Replay, Staff, WhatIf, Work
from warmline.kernel.locale import LOCALES
from warmline.runtime.apart import run_apart
from warmline.runtime.database import Database

TODAY = dt.date(2026, 11, 3)


def given(*words: str) -> argparse.Namespace:
    return parser("twin").parse_args(["twin", *words])


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> None:
    monkeypatch.setenv("WARMLINE_DATABASE_URL", database_url)
    monkeypatch.setenv("WARMLINE_DATA_DIR", str(tmp_path))


@pytest.fixture
async def lived(database: Database, installed: None) -> None:
    diary = Diary(database, dt.datetime(2026, 11, 1, 15, 0, tzinfo=dt.UTC))
    await diary.queue("help", 20)
    mina = await diary.agent("help")
    await diary.present(mina, (NINE_S, "available"), (NINE_S + 3_600, "offline"))
    await diary.contact("help", NINE_S + 10, wait_s=0, agent_id=mina, handle_s=60)
    await diary.contact("help", NINE_S + 30, wait_s=40, agent_id=mina, handle_s=60)
    await diary.contact("help", NINE_S + 40, wait_s=30)


async def warmline(*words: str) -> int:
    """The command begins a loop of its own, so it needs a thread of its own; signals stay with this one."""
    return await asyncio.to_thread(main, ["twin", *words])


async def test_a_day_is_replayed_from_the_terminal(lived: None, capsys: pytest.CaptureFixture[str]):
    code = await warmline("replay", "--day", "2026-11-02", "--tenant", "onda", "--exact", "--runs", "3", "--json")
    assert code == 0
    report = json.loads(capsys.readouterr().out)
    total = report["parts"][0]["total"]
    assert (total["came"]["real"], total["wait_p90_s"]["real"], report["verdict"]["word"]) == (3, 40, "agrees")


async def test_what_if_and_staff_speak_the_reader_s_language(lived: None, capsys: pytest.CaptureFixture[str]):
    where = ("--day", "2026-11-02", "--tenant", "onda", "--runs", "3")
    assert await warmline("what-if", *where, "--agents", "+2", "--volume", "1.5", "--locale", "ko") == 0
    assert "변경 전" in capsys.readouterr().out
    assert await warmline("staff", *where, "--locale", "ja", "--half-hours") == 0
    assert "必要人数" in capsys.readouterr().out


async def test_a_scenario_file_takes_the_place_of_the_day_s_contacts(
    lived: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    file = tmp_path / "rush.json"
    file.write_text('{"streams": [{"queue_id": "help", "from": "09:00", "until": "10:00", "per_hour": 90}]}')
    where = ("--day", "2026-11-02", "--tenant", "onda", "--runs", "3", "--scenario", str(file))
    assert await warmline("staff", *where, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert [(one["at"], one["contacts"]) for one in report["half_hours"]][:2] == [("09:00", 45), ("09:30", 45)]
    assert report["half_hours"][0]["agents"] >= 2


async def test_unclear_wishes_are_explained(installed: None, lived: None, capsys: pytest.CaptureFixture[str]):
    where = ("--day", "2026-11-02", "--tenant", "onda")
    for words, told in (
        (("what-if", *where), "Say what to change"),
        (("what-if", *where, "--outage", "ten"), "10:00-10:20"),
        (("what-if", *where, "--promotion", "13:00-14:00"), "13:00-14:00x3"),
        (("replay", "--day", "2026-11-02"), "onda, rival"),
        (("replay", "--day", "someday", "--tenant", "onda"), "YYYY-MM-DD"),
        (("staff", *where, "--scenario", "/nowhere.json"), "/nowhere.json"),
    ):
        assert await warmline(*words) == 2, words
        assert told in capsys.readouterr().err


async def test_a_day_without_contacts_is_refused_in_words(lived: None, capsys: pytest.CaptureFixture[str]):
    for locale, told in (("en", "2026-01-01."), ("ko", "알 수 없어요"), ("ja", "わかりません")):
        words = ("replay", "--day", "2026-01-01", "--tenant", "onda", "--locale", locale)
        assert await warmline(*words) == 1
        assert told in capsys.readouterr().err


def test_days_are_named_or_dated_and_days_to_come_are_forecast():
    assert question_of(given("replay", "--day", "yesterday"), TODAY) == Replay(dt.date(2026, 11, 2))
    assert question_of(given("replay", "--day", "today", "--exact"), TODAY) == Replay(TODAY, exact=True)
    tomorrow = question_of(given("what-if", "--day", "tomorrow"), TODAY)
    assert tomorrow == WhatIf(dt.date(2026, 11, 4), source="forecast")
    staffed = question_of(given("staff", "--day", "yesterday", "--share", "0.9", "--within", "30"), TODAY)
    assert staffed == Staff(dt.date(2026, 11, 2), 10, goal=Goal(0.9, 30))
    with pytest.raises(Unclear):
        question_of(given("replay", "--day", "someday"), TODAY)


def test_options_become_changes():
    arguments = given(
        "what-if", "--agents", "+2", "--queue", "help", "--volume", "1.2", "--handle", "0.9",
        "--outage", "10:00-10:20", "--desks-down", "9:00-09:05", "--promotion", "13:00-24:00x3",
    )  # fmt: skip
    assert changes_of(arguments, tiny(), TEXTS["en"]) == Changes(
        "help", 2, 1.2, 0.9,
        outages=(Disturbance(36_000, 37_200), Disturbance(32_400, 32_700, True)),
        promotions=(Promotion(46_800, 86_400, 3),),
    )  # fmt: skip


async def test_ctrl_c_ends_the_run_with_what_is_known():
    day = busy_day(8, per_hour=120)

    class Impatient(Progress):
        def hear(self, line: Line) -> None:
            super().hear(line)
            if (line.share or 0) > 0.02 and not self.stopped:
                signal.raise_signal(signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    progress = Impatient("…")
    report = await played(Work(Replay(day.date, 200), day), progress)
    assert report is not None
    assert 0 < report.runs < 200
    assert progress.stopped
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_breaks_off():
    day = busy_day(8, per_hour=120)

    class Furious(Progress):
        def hear(self, line: Line) -> None:
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)

    async def furiously() -> None:
        progress = Furious("…")
        with interruptible(progress):
            signal.raise_signal(signal.SIGINT)
            await progress.stop.wait()
            signal.raise_signal(signal.SIGINT)
            await asyncio.Event().wait()

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(furiously())
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(played(Work(Replay(day.date, 200), day), Furious("…")))


async def test_the_terminal_s_runs_are_played_by_the_compiled_engine_in_a_process_that_hears_no_ctrl_c():
    given = b"import os,sys\nprint(os.getpgrp() == os.getpid(), flush=True)\n"
    heard: list[bytes] = []
    await run_apart(("code", "-q"), given, heard.append, asyncio.Event(), time_at_most_s=20, own_group=True)
    assert any(b"True" in line for line in heard)
    assert CHILD == ("warmline.runtime.compiled", "warmline.features.twin.child")


async def test_what_is_out_of_bounds_is_refused_in_the_reader_s_language(
    lived: None, capsys: pytest.CaptureFixture[str]
):
    where = ("--day", "2026-11-02", "--tenant", "onda")
    for words, told in (
        (("replay", "--day", "9999-12-31", "--tenant", "onda"), "2000-01-01"),
        (("what-if", "--day", "0001-01-01", "--tenant", "onda", "--agents", "1"), "2100-01-01"),
        (("staff", *where, "--within", "nan"), "86400"),
        (("staff", *where, "--within=-5"), "86400"),
        (("staff", *where, "--breaks", "5"), "0.5"),
        (("staff", *where, "--queue", "nosuch"), "help"),
    ):
        for locale in LOCALES:
            assert await warmline(*words, "--locale", locale) == 1, words
            assert told in capsys.readouterr().err


async def test_without_a_day_the_last_one_that_can_be_played_is_chosen_and_named(
    database: Database, lived: None, capsys: pytest.CaptureFixture[str]
):
    later = Diary(database, dt.datetime(2026, 11, 9, 15, 0, tzinfo=dt.UTC))
    await later.contact("help", NINE_S, wait_s=30)  # somebody came, and nobody was there
    for locale in LOCALES:
        assert await warmline("replay", "--tenant", "onda", "--runs", "2", "--locale", locale) == 0
        told = capsys.readouterr()
        assert "2026-11-02" in told.err
        assert "2026-11-02" in told.out
    assert await warmline("replay", "--tenant", "onda", "--day", "2026-11-10") == 1
    assert "--day 2026-11-02" in capsys.readouterr().err


RUSH = '{"streams": [{"queue_id": "help", "from": "09:00", "until": "10:00", "per_hour": 90}]}'


async def test_a_described_day_is_compared_with_the_recorded_one(
    lived: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    file = tmp_path / "rush.json"
    file.write_text(RUSH)
    where = ("what-if", "--day", "2026-11-02", "--tenant", "onda", "--runs", "15", "--scenario", str(file))
    assert await warmline(*where, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    came = report["parts"][0]["total"]["came"]
    assert came["before"]["mean"] == 3
    assert came["after"]["mean"] > 60
    assert (report["verdict"]["word"], report["alone"]) == ("worse", False)


async def test_a_described_day_without_any_history_is_played_alone_and_judged_by_nobody(
    database: Database, installed: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    diary = Diary(database, dt.datetime(2026, 11, 1, 15, 0, tzinfo=dt.UTC))
    await diary.queue("help", 20)
    await diary.agent("help")
    file = tmp_path / "rush.json"
    file.write_text(RUSH)
    where = ("what-if", "--day", "tomorrow", "--tenant", "onda", "--runs", "3", "--scenario", str(file))
    for locale in LOCALES:
        assert await warmline(*where, "--half-hours", "--locale", locale) == 0
        told = capsys.readouterr().out
        assert TEXTS[locale]["described"] in told
        assert TEXTS[locale]["everybody"] in told
        assert TEXTS[locale]["before"] not in told.split("\n", 1)[1]
        assert "→" not in told
