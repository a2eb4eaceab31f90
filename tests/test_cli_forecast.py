"""Forecasts in the terminal, from tables as others export them."""

import csv
import json
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


def test_every_text_is_there_in_three_languages():
    assert len({frozenset(texts) for texts in TEXTS.values()}) == 1
    assert all(len(names) == 7 for names in WEEKDAYS.values())


def test_progress_stays_out_of_files(capsys: pytest.CaptureFixture[str]):
    progress = Progress("Days learned")
    progress.step(1, 10)
    progress.rows(100)
    progress.end()
    assert capsys.readouterr().err == ""
