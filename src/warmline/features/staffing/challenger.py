"""A challenger to the forecast: statsforecast's MSTL at its defaults, where somebody has installed it."""

import importlib
from collections.abc import Callable
from typing import Any

from warmline.domain.staffing.forecast.series import Series
from warmline.kernel.errors import Refused, declare

MISSING = declare(
    "forecast_no_challenger", 422, "statsforecast is not installed, so nothing can be compared with it.",
    "Install it beside Warmline: uv pip install statsforecast.",
)  # fmt: skip


def challenge(series: Series, days: int, on_progress: Callable[[int, int], None] | None = None) -> float | None:
    """Return MSTL's WAPE per bucket over the last `days` recorded days, refitted before each.

    None without contacts. It takes some seconds a day. Raises Refused (forecast_no_challenger).
    """
    try:
        models: Any = importlib.import_module("statsforecast.models")
    except ImportError as missing:
        raise Refused(MISSING) from missing
    import numpy

    # Only hours and weekdays that are open, days without a record as the week before: its periods must not break.
    opened = [n for n in range(series.slots) if any(day.counts[n] for day in series.days)]
    weekdays = sorted({day.date.weekday() for day in series.days})
    by_date = {day.date.toordinal(): [day.counts[n] or 0.0 for n in opened] for day in series.days}
    rows: list[list[float]] = []
    tested: list[int] = []
    for ordinal in range(min(by_date), max(by_date) + 1):
        if (ordinal - 1) % 7 in weekdays:
            if ordinal in by_date:
                tested.append(len(rows))
            week_before = rows[-len(weekdays)] if len(rows) >= len(weekdays) else [0.0] * len(opened)
            rows.append(by_date.get(ordinal, week_before))
    missed = came = 0.0
    for number, place in enumerate(tested[-days:]):
        if on_progress is not None:
            on_progress(number, days)
        history = numpy.array([value for row in rows[:place] for value in row])
        model = models.MSTL(season_length=[len(opened), len(opened) * len(weekdays)])
        means = model.forecast(y=history, h=len(opened))["mean"]
        missed += sum(abs(float(mean) - count) for mean, count in zip(means, rows[place], strict=True))
        came += sum(rows[place])
    return missed / came if came else None
