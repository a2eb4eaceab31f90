"""Forecasts in the terminal, from tables as others export them."""

import csv
import json
import sys
from datetime import datetime
from pathlib import Path

import pytest

from warmline.cli import main
from warmline.cli_forecast import ENCODINGS, Progress, columns_of, decode, percent
from warmline.cli_forecast_texts import TEXTS, WEEKDAYS
from warmline.domain.staffing.forecast.invented import invent
from warmline.kernel.locale import LOCALES, Locale


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Half hours of a bank, as a statistics program writes them."""
    file = tmp_path / "calls.csv"
    lines = ['"rownames","DateTime","Calls"']
    for day in invent("bank", 11, days=120).series.days:
        for slot, count in enumerate(day.counts):
            if count is not None:
                lines.append(f'"{len(lines)}",{day.date} {slot // 2:02}:{slot % 2 * 30:02}:00,{count:.0f}')
    file.write_text("\n".join(lines) + "\n")
    return file


@pytest.mark.parametrize("locale", LOCALES)
def test_a_backtest_is_told_in_three_languages(table: Path, locale: Locale, capsys: pytest.CaptureFixture[str]):
    assert main(["forecast", "backtest", str(table), "--days", "20", "--locale", locale]) == 0
    out = capsys.readouterr().out
    texts = TEXTS[locale]
    for key in ("model", "last_week", "mean_of_four", "floor", "rest"):
        assert texts[key] in out
    assert "{" not in out


def test_a_daily_table_shows_no_figure_that_was_never_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "daily.csv"
    lines = [f"{day.date},{day.total:.0f}" for day in invent("bank", 11, days=120).series.days]
    file.write_text("date,calls\n" + "\n".join(lines) + "\n")
    assert main(["forecast", "backtest", str(file), "--days", "20"]) == 0
    out = capsys.readouterr().out
    assert TEXTS["en"]["rest"] not in out
    assert "0.0 %" not in out
    assert main(["forecast", "backtest", str(file), "--days", "20", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [rest["morning"] for rest in found["intraday"]] == [None] * 3


def test_the_days_are_not_said_to_be_inside_when_no_day_was_complete(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "gaps.csv"
    lines = ["time,calls"]
    for n, day in enumerate(invent("bank", 11, days=60).series.days):
        for slot, count in enumerate(day.counts):
            if count is not None:
                shown = "" if slot == 18 + n % 5 else f"{count:.0f}"
                lines.append(f"{day.date} {slot // 2:02}:{slot % 2 * 30:02},{shown}")
    file.write_text("\n".join(lines) + "\n")
    assert main(["forecast", "backtest", str(file), "--days", "20"]) == 0
    out = capsys.readouterr().out
    assert "of the buckets and – of the days" in out


def test_the_report_sets_bucket_and_day_errors_against_both_habits(
    table: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["forecast", "backtest", str(table), "--days", "20"]) == 0
    out = capsys.readouterr().out
    after = out[out.index(TEXTS["en"]["against"]) :].splitlines()[1:3]
    assert after[0].startswith(TEXTS["en"]["last_week"])
    assert after[1].startswith(TEXTS["en"]["mean_of_four"])
    assert all(line.count("%") == 2 for line in after)
    assert (TEXTS["en"]["worse"] in out) == any("+" in line for line in after)


def test_overlapping_exports_are_told_of_and_counted_once(table: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["forecast", "backtest", str(table), "--days", "20"]) == 0
    once = capsys.readouterr().out.splitlines()
    lines = table.read_text().splitlines()
    table.write_text("\n".join([*lines[:800], *lines[400:]]) + "\n")
    assert main(["forecast", "backtest", str(table), "--days", "20"]) == 0
    note, _, *report = capsys.readouterr().out.splitlines()
    assert note.startswith("Note: 400 of")
    assert report[:-1] == once[:-1]  # but for how long it took
    assert main(["forecast", "backtest", str(table), "--days", "20", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["days"] == 20
    assert "400 of" in told.err


@pytest.mark.parametrize("zone", ["America", "Mars/Olympus"])
def test_a_zone_that_is_none_is_refused(table: Path, zone: str, capsys: pytest.CaptureFixture[str]):
    assert main(["forecast", "backtest", str(table), "--zone", zone]) == 1
    assert zone in capsys.readouterr().err


def test_a_cell_too_long_for_any_table_is_a_refusal(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "odd.csv"
    file.write_text('time,calls\n"' + "9" * 200_000 + '",1\n')
    assert main(["forecast", "backtest", str(file)]) == 1
    assert "odd.csv" in capsys.readouterr().err


def test_nobody_looks_a_million_days_ahead(table: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["forecast", "show", str(table), "--days", "4000000"]) == 2
    assert "1,100" in capsys.readouterr().err


def test_figures_come_as_json(table: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["forecast", "backtest", str(table), "--days", "20", "--country", "US", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["days"] == 20
    assert found["model"]["bucket"] < found["last_week"]["bucket"]
    assert found["gain_over_last_week"] == pytest.approx(
        1 - found["model"]["bucket"] / found["last_week"]["bucket"]
    )
    assert [rest["share"] for rest in found["intraday"]] == [0.25, 0.5, 0.75]


def test_the_days_to_come_are_shown_and_written(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "out.csv"
    assert main(["forecast", "show", str(table), "--days", "14", "--csv", str(out), "--zone", "Asia/Seoul"]) == 0
    shown = capsys.readouterr().out
    assert "closed" in shown
    assert str(out) in shown
    with out.open() as opened:
        rows = list(csv.DictReader(opened))
    assert datetime.fromisoformat(rows[0]["begins_at"]).utcoffset() is not None
    assert len({row["begins_at"][:10] for row in rows}) == 10  # two weekends are closed
    assert all(float(row["p10"]) <= float(row["p90"]) for row in rows)


def test_what_is_wrong_with_a_table_is_said_with_line_and_column(table: Path, capsys: pytest.CaptureFixture[str]):
    table.write_text(table.read_text() + '"9999",2026-01-05 07:00:00,lots\n')
    assert main(["forecast", "backtest", str(table)]) == 1
    told = capsys.readouterr().err
    assert "lots" in told
    assert "Line 2" in told
    assert "Calls" in told


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["forecast", "show", str(tmp_path / "none.csv")]) == 1
    assert "none.csv" in capsys.readouterr().err


def test_no_days_are_no_test(table: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["forecast", "backtest", str(table), "--days", "0"]) == 2
    assert "1 or more" in capsys.readouterr().err


def test_tables_in_the_usual_korean_and_japanese_encodings_are_read():
    assert decode("일시,건수".encode("cp949")) == "일시,건수"
    assert decode("日時,件数".encode("utf-16")) == "日時,件数"
    assert decode("\ufeff日時".encode()) == "日時"
    assert ENCODINGS[-1] == "cp932"


def test_columns_are_aligned_whatever_the_script():
    assert columns_of([("요일", "1"), ("Monday", "10")]) == ["요일      1", "Monday   10"]
    assert percent(0.0671) == "6.7 %"
    assert percent(None) == "–"
    assert [percent(share, signed=True) for share in (0.05, -0.05, -0.0001)] == ["+5.0 %", "−5.0 %", "0.0 %"]


def test_every_text_is_there_in_three_languages():
    assert len({frozenset(texts) for texts in TEXTS.values()}) == 1
    assert all(len(names) == 7 for names in WEEKDAYS.values())


def test_progress_stays_out_of_files(capsys: pytest.CaptureFixture[str]):
    progress = Progress("Days learned")
    progress.step(1, 10)
    progress.rows(100)
    progress.end()
    assert capsys.readouterr().err == ""


def test_a_challenger_that_is_not_installed_is_asked_for_by_name(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "statsforecast", None)
    assert main(["forecast", "backtest", str(table), "--days", "5", "--challenger"]) == 1
    told = capsys.readouterr()
    assert TEXTS["en"]["model"] in told.out
    assert "uv pip install statsforecast" in told.err
