"""The twin's reports as lines of text."""

import unicodedata
from collections.abc import Sequence

from warmline.cli_twin_texts import LEFT_OUT, TEXTS
from warmline.features.twin.comparing import Comparison
from warmline.features.twin.needing import Need
from warmline.features.twin.outcome import METRICS, Checked, Compared, Range, Verdict
from warmline.features.twin.replaying import Calibration
from warmline.features.twin.request import Report
from warmline.kernel.locale import Locale

_SHARES = {"service_level", "abandonment", "not_helped", "occupancy"}
_HALF_HOUR_METRICS = ("came", "service_level", "wait_p90_s", "abandonment", "not_helped", "occupancy")


def report_lines(found: Report, locale: Locale, *, half_hours: bool) -> list[str]:
    """Return a report for a reader, half hours on request."""
    match found:
        case Calibration():
            return _calibration(found, locale, half_hours=half_hours)
        case Comparison():
            return _comparison(found, locale, half_hours=half_hours)
        case Need():
            return _need(found, locale)


def value(metric: str, number: float | None) -> str:
    """Return a figure as people read it: shares in percent, waits in seconds."""
    if number is None:
        return "–"
    if metric in _SHARES:
        return f"{number * 100:.1f} %"
    return f"{number:,.1f} s" if metric.endswith("_s") else f"{number:,.1f}".removesuffix(".0")


def _change(metric: str, number: float | None) -> str:
    if number is None:
        return "–"
    return ("+" if number > 0 else "") + value(metric, number)


def _between(metric: str, low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{value(metric, max(low, 0.0))} … {value(metric, high)}"


def _calibration(found: Calibration, locale: Locale, *, half_hours: bool) -> list[str]:
    texts = TEXTS[locale]
    lines = [texts["replay_title"].format(day=found.day, zone=found.time_zone, runs=found.runs)]
    for part in found.parts:
        lines += ["", _heading(part.queue_id, part.name, locale)]
        head = tuple(
            texts[key] for key in ("metric", "real", "twin", "interval", "one_day", "difference", "within")
        )
        rows = [head, *(_checked(metric, part.total[metric], texts) for metric in METRICS)]
        lines += columns_of(rows)
        if half_hours:
            table = [(texts["time"], *(texts[metric] for metric in _HALF_HOUR_METRICS))]
            for one in part.half_hours:
                cells = (_beside(metric, one.metrics.get(metric)) for metric in _HALF_HOUR_METRICS)
                table.append((one.at, *cells))
            lines += ["", *columns_of(table)]
    overall = found.parts[0]
    lines += ["", _sentence(found.verdict, texts)]
    if overall.within_share is not None:
        lines.append(texts["half_hours"].format(share=f"{overall.within_share:.0%}"))
    return [*lines, *_notes(found, locale)]


def _checked(metric: str, one: Checked, texts: dict[str, str]) -> tuple[str, ...]:
    twin = one.twin
    within = "–" if one.within is None else texts["yes" if one.within else "no"]
    return (
        texts[metric],
        value(metric, one.real),
        "–" if twin is None else value(metric, twin.mean),
        "–" if twin is None else _between(metric, twin.low, twin.high),
        _between(metric, one.day_low, one.day_high),
        _change(metric, one.difference),
        within,
    )


def _beside(metric: str, one: Checked | None) -> str:
    if one is None:
        return "–"
    mark = "" if one.within is not False else " !"
    return f"{value(metric, one.real)} / {value(metric, None if one.twin is None else one.twin.mean)}{mark}"


def _comparison(found: Comparison, locale: Locale, *, half_hours: bool) -> list[str]:
    texts = TEXTS[locale]
    title = texts["alone_title" if found.alone else "what_if_title"]
    lines = [title.format(day=found.day, zone=found.time_zone, runs=found.runs)]
    for part in found.parts:
        lines += ["", _heading(part.queue_id, part.name, locale)]
        head = tuple(texts[key] for key in ("metric", "before", "after", "difference", "interval", "clear"))
        rows = [head, *(_compared(metric, part.total[metric], texts) for metric in METRICS)]
        if found.alone:
            head = tuple(texts[key] for key in ("metric", "described", "interval"))
            rows = [head, *(_described(metric, part.total[metric].after, texts) for metric in METRICS)]
        lines += columns_of(rows)
        if half_hours:
            table = [(texts["time"], *(texts[metric] for metric in _HALF_HOUR_METRICS))]
            for one in part.half_hours:
                sides = (one.after,) if found.alone else (one.before, one.after)
                cells = (_arrow(metric, *sides) for metric in _HALF_HOUR_METRICS)
                table.append((one.at, *cells))
            lines += ["", *columns_of(table)]
    if not found.alone:
        lines += ["", _sentence(found.verdict, texts)]
    return [*lines, "", *_notes(found, locale)] if found.alone else [*lines, *_notes(found, locale)]


def _described(metric: str, one: Range | None, texts: dict[str, str]) -> tuple[str, ...]:
    if one is None:
        return (texts[metric], "–", "–")
    return (texts[metric], value(metric, one.mean), _between(metric, one.low, one.high))


def _compared(metric: str, one: Compared, texts: dict[str, str]) -> tuple[str, ...]:
    change = one.difference
    spread = "–"
    if change is not None and change.low is not None:
        spread = f"{_change(metric, change.low)} … {_change(metric, change.high)}"
    return (
        texts[metric],
        "–" if one.before is None else value(metric, one.before.mean),
        "–" if one.after is None else value(metric, one.after.mean),
        "–" if change is None else _change(metric, change.mean),
        spread,
        texts["yes"] if one.clear else "–",
    )


def _arrow(metric: str, *sides: dict[str, Range]) -> str:
    numbers = (side[metric].mean if metric in side else None for side in sides)
    return " → ".join(value(metric, number) for number in numbers)


def _need(found: Need, locale: Locale) -> list[str]:
    texts = TEXTS[locale]
    lines = [
        texts["staff_title"].format(day=found.day, zone=found.time_zone, runs=found.runs, looks=found.looks), ""
    ]  # fmt: skip
    rows = [tuple(texts[key] for key in ("time", "contacts", "erlang", "needed", "there", "level"))]
    for one in found.half_hours:
        lowest = min((level.mean for level in one.service_level.values()), default=None)
        rows.append(
            (one.at, f"{one.contacts:,.1f}", str(one.erlang), str(one.agents), f"{one.there:,.1f}",
             value("service_level", lowest))
        )  # fmt: skip
    lines += [*columns_of(rows), "", _sentence(found.verdict, texts)]
    if found.breaks:
        lines.append(texts["breaks"].format(share=f"{found.breaks:.0%}"))
    return [*lines, *_notes(found, locale)]


def _sentence(verdict: Verdict, texts: dict[str, str]) -> str:
    figures: dict[str, str] = {}
    for name, number in verdict.figures.items():
        metric = name.removesuffix("_before").removesuffix("_after")
        figures[name] = value(metric, number)
    facts = ""
    if "facts" in texts and "{facts}" in texts[verdict.word]:
        wanted = {
            f"{metric}_{side}": figures.get(f"{metric}_{side}", "–")
            for metric in ("service_level", "wait_p90_s", "abandonment", "not_helped")
            for side in ("before", "after")
        }
        facts = texts["facts"].format(**wanted)
    return texts[verdict.word].format(facts=facts, **figures)


def _notes(found: Report, locale: Locale) -> list[str]:
    texts, names, source, left_out = TEXTS[locale], LEFT_OUT[locale], found.presence_source, found.left_out
    lines = [] if source == "presence" else [texts["presence"].format(source=texts[source])]
    if found.patience_assumed:
        assumed = (f"{id} {value('wait_mean_s', round(mean_s))}" for id, mean_s in found.patience_assumed.items())
        lines.append(texts["patience_assumed"].format(patience=", ".join(assumed)))
    if left_out:
        lines.append(texts["left_out"].format(names=", ".join(names[name] for name in left_out)))
    return lines


def _heading(queue_id: str | None, name: dict[str, str], locale: Locale) -> str:
    return TEXTS[locale]["all"] if queue_id is None else f"{name.get(locale) or queue_id} ({queue_id})"


def columns_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines with aligned columns, the first to the left; Korean and Japanese signs are two wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines: list[str] = []
    for row in rows:
        gaps = [" " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        cells = [row[0] + gaps[0], *(gap + cell for cell, gap in zip(row[1:], gaps[1:], strict=True))]
        lines.append("   ".join(cells).rstrip())
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
