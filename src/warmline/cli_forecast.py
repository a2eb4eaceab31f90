"""`warmline forecast backtest | show`: call volumes from a table, foretold and honestly tested, offline."""

import argparse
import csv
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import msgspec

from warmline.cli_forecast_texts import TEXTS, WEEKDAYS
from warmline.domain.staffing.forecast.backtest import Backtest, backtest
from warmline.domain.staffing.forecast.gather import gather
from warmline.domain.staffing.forecast.outlook import OutlookDay, look_ahead
from warmline.domain.staffing.forecast.series import Series
from warmline.domain.staffing.forecast.table import read_rows
from warmline.domain.staffing.forecast.workdays import COUNTRIES
from warmline.features.staffing.challenger import challenge
from warmline.kernel.errors import Refused, declare
from warmline.kernel.locale import LOCALES, Locale

ENCODINGS = ("utf-8-sig", "cp949", "cp932")
CHALLENGED_DAYS = 7  # it takes some seconds a day
MOST_DAYS = 1100  # ahead: three years
_PROGRESS_EVERY_S = 0.5
FILE = declare("forecast_file", 422, "{file} cannot be read: {reason}.", "Give the path of a table in UTF-8.")


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `forecast` and its subcommands."""
    parser = commands.add_parser("forecast", help="forecast call volumes from a table, and test the forecast")
    actions = parser.add_subparsers(dest="action", required=True)
    for name, text, days in (
        ("backtest", "show what forecasts of the last days would have missed, beside two plain habits", 60),
        ("show", "forecast the days to come", 14),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument(
            "file", type=Path, help="CSV with one row per bucket (time, count) or per contact (time)"
        )
        action.add_argument("--country", choices=COUNTRIES, default="", help="whose public holidays to know")
        action.add_argument("--bucket", type=int, default=30, metavar="MIN", help="minutes per bucket (30)")
        action.add_argument("--days", type=int, default=days, help=f"how many days ({days})")
        action.add_argument("--zone", default="", help="time zone of the company, such as Asia/Seoul")
        action.add_argument("--time-column", default="", metavar="NAME", help="name or position from 1")
        action.add_argument("--count-column", default="", metavar="NAME", help="name or position from 1")
        action.add_argument("--handle-column", default="", metavar="NAME", help="mean handle time, seconds")
        action.add_argument("--locale", choices=LOCALES, default="en")
        action.add_argument("--json", action="store_true", help="print figures as JSON")
        if name == "backtest":
            action.add_argument(
                "--challenger", nargs="?", type=int, const=CHALLENGED_DAYS, default=0, metavar="DAYS",
                help=f"also test statsforecast's MSTL on so many days ({CHALLENGED_DAYS}); it must be installed",
            )  # fmt: skip
        if name == "show":
            action.add_argument("--csv", type=Path, metavar="OUT", help="write every bucket with its bounds")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carry out `warmline forecast …`; return the exit code. Raises Refused."""
    if arguments.days < 1 or arguments.bucket < 1:
        print("--days and --bucket must be 1 or more.", file=sys.stderr)
        return 2
    if arguments.action == "show" and arguments.days > MOST_DAYS:
        print(f"--days must be at most {MOST_DAYS:,}.", file=sys.stderr)
        return 2
    began = time.perf_counter()
    locale = cast(Locale, arguments.locale)
    progress = Progress(TEXTS[locale]["progress"])
    series = read_series(arguments, progress)
    # Figures for programs stay figures; people are told all the same.
    told = sys.stderr if arguments.json else sys.stdout
    for note in notes(series, locale):
        print(note + "\n", file=told)
    if arguments.action == "backtest":
        found = backtest(series, arguments.days, arguments.country, progress.step)
        progress.end()
        print(_json(found) if arguments.json else "\n".join(report(found, series, locale)))
        if arguments.challenger > 0:
            print("\n" + challenged(series, arguments.challenger, arguments.country, locale, progress), file=told)
    else:
        ahead = look_ahead(series, arguments.days, arguments.country, progress.step)
        progress.end()
        if arguments.csv:
            write_csv(arguments.csv, ahead, series)
        print(_json(ahead) if arguments.json else "\n".join(outlook_table(ahead, locale)))
        if arguments.csv and not arguments.json:
            print("\n" + TEXTS[locale]["written"].format(file=arguments.csv))
    if not arguments.json:
        print(TEXTS[locale]["took"].format(seconds=f"{time.perf_counter() - began:.1f}"))
    return 0


class Progress:
    """Tells on a terminal how far a long run is; silent elsewhere and on short ones."""

    def __init__(self, text: str) -> None:
        self._text, self._told_at = text, time.monotonic()
        self._told = False

    def step(self, done: int, whole: int) -> None:
        """Tell how many days are done."""
        if sys.stderr.isatty() and time.monotonic() - self._told_at > _PROGRESS_EVERY_S:
            print(f"\r{self._text} {done}/{whole}", end="", file=sys.stderr, flush=True)
            self._told_at, self._told = time.monotonic(), True

    def rows(self, done: int) -> None:
        """Tell how many rows are read."""
        self.step(done, done)

    def end(self) -> None:
        """Leave the terminal's line clean."""
        if self._told:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def read_series(arguments: argparse.Namespace, progress: Progress) -> Series:
    """Return the series in the given file. Raises Refused."""
    try:
        text = decode(arguments.file.read_bytes())
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "its encoding is not known"
        raise Refused(FILE, file=str(arguments.file), reason=reason) from problem
    lines = text.splitlines(keepends=True)
    try:
        columns, rows = read_rows(lines, arguments.time_column, arguments.count_column, arguments.handle_column)
        return gather(columns, rows, arguments.bucket, arguments.zone, progress.rows)
    except csv.Error as problem:
        raise Refused(FILE, file=str(arguments.file), reason=str(problem)) from problem


def decode(raw: bytes) -> str:
    """Return the text of a table in UTF-8, UTF-16 (with its mark), or the usual Korean or Japanese encoding.

    Raises UnicodeDecodeError.
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    for encoding in ENCODINGS[:-1]:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode(ENCODINGS[-1])


def _json(found: Backtest | Sequence[OutlookDay]) -> str:
    shown: object = found
    if isinstance(found, Backtest):
        measured = found.contacts > 0 and found.last_week.bucket > 0
        shown = {**msgspec.to_builtins(found), "gain_over_last_week": found.gain if measured else None}
        if found.contacts <= 0:
            shown |= dict.fromkeys(("model", "last_week", "mean_of_four", "floor"))
    return msgspec.json.format(msgspec.json.encode(shown), indent=2).decode()


def report(found: Backtest, series: Series, locale: Locale) -> list[str]:
    """Return a backtest as lines for a reader."""
    texts = TEXTS[locale]
    lines = [
        texts["title"].format(days=found.days, first=found.first, last=found.last),
        texts["data"].format(
            days=len(series.days),
            first=series.days[0].date,
            bucket=found.bucket_min,
            a_day=f"{found.contacts / found.days:,.0f}",
        ),
        "",
    ]
    rows = [(texts["wape"], texts["bucket"].format(bucket=found.bucket_min), texts["day"])]
    for name, errors in (
        ("model", found.model),
        ("last_week", found.last_week),
        ("mean_of_four", found.mean_of_four),
        ("floor", found.floor),
    ):
        came = found.contacts > 0
        rows.append((texts[name], percent(errors.bucket if came else None), percent(errors.day if came else None)))
    lines += [*columns_of(rows), "", *_against(found, locale)]
    if any(rest.morning is not None for rest in found.intraday):
        lines += ["", *columns_of([(texts["rest"], texts["morning"], texts["corrected"])] + [
            (texts["after"].format(share=f"{rest.share:.0%}"), percent(rest.morning), percent(rest.corrected))
            for rest in found.intraday
        ])]  # fmt: skip
    lines += [
        "",
        texts["coverage"].format(bucket=percent(found.bucket_coverage), day=percent(found.day_coverage)),
    ]
    if found.handle_s is not None:
        model_s, mean_s = found.handle_s
        lines.append(texts["handle"].format(model=f"{model_s:.1f}", mean=f"{mean_s:.1f}"))
    return lines


def challenged(series: Series, days: int, country: str, locale: Locale, progress: Progress) -> str:
    """Return how the model and statsforecast's MSTL did on the same days. Raises Refused as `challenge` does."""
    theirs = challenge(series, days, progress.step)
    ours = backtest(series, days, country)
    progress.end()
    model = percent(ours.model.bucket if ours.contacts > 0 else None)
    return TEXTS[locale]["challenged"].format(days=ours.days, model=model, theirs=percent(theirs))


def _against(found: Backtest, locale: Locale) -> list[str]:
    """Return how the model's errors stand to those of both habits, as lines."""
    texts = TEXTS[locale]
    rows = [(texts["against"], texts["bucket"].format(bucket=found.bucket_min), texts["day"])]
    worse = False
    for name, habit in (("last_week", found.last_week), ("mean_of_four", found.mean_of_four)):
        bucket = found.model.bucket / habit.bucket - 1 if habit.bucket > 0 else None
        day = found.model.day / habit.day - 1 if habit.day > 0 else None
        worse = worse or max(bucket or 0.0, day or 0.0) >= 0.0005
        rows.append((texts[name], percent(bucket, signed=True), percent(day, signed=True)))
    return [*columns_of(rows), *([texts["worse"]] if worse else [])]


def notes(series: Series, locale: Locale) -> list[str]:
    """Return what a reader must know about the table, as lines: whether its times repeat."""
    repeats = series.repeats
    if repeats is None:
        return []
    text = TEXTS[locale]["counted_once" if repeats.counted_once else "added_up"]
    return [text.format(times=f"{repeats.times:,}", of=f"{repeats.of:,}")]


def outlook_table(ahead: Sequence[OutlookDay], locale: Locale) -> list[str]:
    """Return days to come as lines for a reader."""
    texts = TEXTS[locale]
    rows = [(texts["date"], texts["contacts"], texts["low"], texts["high"], texts["busiest"])]
    for day in ahead:
        label = f"{day.date} {WEEKDAYS[locale][day.date.weekday()]}"
        if day.came is not None:
            label += " " + texts["today"].format(came=f"{day.came:,.0f}")
        if not day.open:
            rows.append((label, texts["closed"], "", "", ""))
            continue
        rows.append((label, f"{day.contacts:,.0f}", f"{day.low:,}", f"{day.high:,}", _busiest(day)))
    return columns_of(rows)


def _busiest(day: OutlookDay) -> str:
    best = max(day.buckets, key=lambda bucket: bucket.contacts)
    return f"{best.contacts:,.0f}"


def percent(share: float | None, *, signed: bool = False) -> str:
    """Return a share as people read it; a dash where there is none."""
    if share is None:
        return "–"
    text = f"{abs(share) * 100:.1f} %"
    if not signed or text == "0.0 %":
        return text
    return ("+" if share > 0 else "−") + text


def columns_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines with aligned columns, the first to the left; Korean and Japanese signs are two wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    pads: list[Callable[[str, int], str]] = [_left, *([_right] * (len(widths) - 1))]
    return [
        "   ".join(pad(cell, width) for pad, cell, width in zip(pads, row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _left(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _right(text: str, width: int) -> str:
    return " " * (width - _width(text)) + text


def write_csv(file: Path, ahead: Sequence[OutlookDay], series: Series) -> None:
    """Write every bucket: when it begins in the company's time, contacts, bounds, handle time. Raises Refused."""
    zone = ZoneInfo(series.time_zone)
    try:
        with file.open("w", newline="", encoding="utf-8") as opened:
            table = csv.writer(opened)
            table.writerow(("begins_at", "contacts", "p10", "p90", "handle_s"))
            for day in ahead:
                for bucket in day.buckets:
                    begins = bucket.begins_at.astimezone(UTC).astimezone(zone).isoformat()
                    handle = "" if bucket.handle_s is None else f"{bucket.handle_s:.1f}"
                    table.writerow((begins, f"{bucket.contacts:.2f}", bucket.low, bucket.high, handle))
    except OSError as problem:
        raise Refused(FILE, file=str(file), reason=problem.strerror) from problem
