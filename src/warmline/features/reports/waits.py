"""Told waits against what happened: by queue, by day, by half hour of the day.

Every wait a customer was told counts by itself, in the queue and at the moment it was told. It is judged as soon
as somebody answered or the longer end has passed without an answer, whether the customer waits on, has left since,
or was promised a call only then. Who left, or was promised a call, in time is counted and not judged.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import asyncpg
from msgspec import Struct

from warmline.features.reports import store
from warmline.features.reports.csv_text import Cell, write_csv
from warmline.features.reports.service import NONE, TOTAL, check_range
from warmline.kernel.locale import Locale
from warmline.runtime.database import Database

WaitGroup = Literal["queue", "day", "half_hour"]
KEYS: dict[str, str] = {
    "queue": "queue_id",
    "day": "day::text",
    "half_hour": "to_char(date_bin('30 minutes', local_at, timestamp '2000-01-01'), 'HH24:MI')",
    "all": "'all'::text",
}
# $1 tenant, $2 time zone, $3 first day, $4 the day after the last, $5 now. A promised call, or a journey that goes
# on without a person, ends a wait at that moment; what comes of a promised call is no answer in line.
QUERY = """
WITH told AS (
  SELECT e.contact_id, e.seq, e.at, e.body->>'queue_id' AS queue_id, e.at AT TIME ZONE $2 AS local_at,
    (e.at AT TIME ZONE $2)::date AS day,
    (e.body->>'low_s')::float8 AS low_s, (e.body->>'high_s')::float8 AS high_s
  FROM event e WHERE e.tenant_id = $1 AND e.kind = 'wait_promised'
    AND e.at >= ($3::date::timestamp AT TIME ZONE $2) AND e.at < ($4::date::timestamp AT TIME ZONE $2)
), fate AS (
  SELECT t.*, c.connected_at, b.at AS called_at, CASE
      WHEN c.status = 'ended' OR c.status = 'journey' AND l.kind = 'queue_left'
      THEN coalesce(CASE WHEN l.kind = 'queue_left' THEN l.at END, c.ended_at) END AS gone_at
  FROM told t JOIN contact c ON c.tenant_id = $1 AND c.id = t.contact_id
  LEFT JOIN LATERAL (SELECT min(e.at) AS at FROM event e WHERE e.tenant_id = $1 AND e.contact_id = t.contact_id
    AND e.kind = 'callback_promised' AND e.seq > t.seq) b ON true
  LEFT JOIN LATERAL (SELECT e.kind, e.at FROM event e WHERE e.tenant_id = $1 AND e.contact_id = t.contact_id
    AND e.kind IN ('contact_queued', 'queue_left') AND e.seq > t.seq ORDER BY e.seq DESC LIMIT 1) l ON true
  WHERE c.connected_at IS NULL OR c.connected_at >= t.at
), what AS (
  SELECT *, CASE WHEN connected_at <= coalesce(called_at, connected_at) THEN 'answered'
    WHEN called_at IS NOT NULL THEN 'called' WHEN gone_at IS NOT NULL THEN 'gone' ELSE 'waits' END AS what
  FROM fate
), outcome AS (
  SELECT *, extract(epoch FROM CASE what WHEN 'answered' THEN connected_at WHEN 'called' THEN called_at
    WHEN 'gone' THEN gone_at ELSE $5 END - at)::float8 AS lasted_s FROM what
), line AS (
  SELECT {key} AS key, what, low_s, high_s, lasted_s > high_s AS over, (low_s + high_s) / 2 AS middle_s,
    CASE what WHEN 'answered' THEN lasted_s END AS wait_s
  FROM outcome
)
SELECT key, count(*) AS told, count(wait_s) AS answered,
  count(*) FILTER (WHERE what = 'answered' OR over) AS judged,
  count(*) FILTER (WHERE wait_s < low_s) AS early,
  count(*) FILTER (WHERE wait_s BETWEEN low_s AND high_s) AS within,
  count(*) FILTER (WHERE wait_s > high_s) AS late,
  count(*) FILTER (WHERE what = 'gone') AS gone,
  count(*) FILTER (WHERE what = 'gone' AND NOT over) AS left_before,
  count(*) FILTER (WHERE what = 'gone' AND over) AS gone_late,
  count(*) FILTER (WHERE what = 'waits' AND NOT over) AS open,
  count(*) FILTER (WHERE what = 'waits' AND over) AS overdue,
  count(*) FILTER (WHERE what = 'called') AS called,
  count(*) FILTER (WHERE what = 'called' AND over) AS called_late,
  (percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(wait_s - middle_s)))::float8 AS error_s,
  (percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_s - middle_s))::float8 AS bias_s
FROM line GROUP BY key ORDER BY {order} LIMIT 1000
"""


class WaitFigures(Struct, frozen=True):
    """What became of the waits told in one queue, day or half hour. Shares of `judged`, 0 to 1; None: of nothing.

    `judged`: answered, or not answered by the longer end (`gone_late`, `overdue`, `called_late`). `kept`: answered
    no later than told; `within`: neither later nor earlier. `open` and `overdue` wait still; `left_before` and
    `gone_late` make up `gone`; `called_late` is part of `called`. `error_s`: half of the answers came at most so
    far from the middle of what was told; `bias_s`: so much later (negative: earlier) by the median.
    """

    key: str | None
    name: dict[str, str] | None
    told: int
    answered: int
    judged: int
    early: int
    late: int
    gone: int
    left_before: int
    gone_late: int
    open: int
    overdue: int
    called: int
    called_late: int
    kept: float | None
    within: float | None
    error_s: float | None
    bias_s: float | None


class WaitReport(Struct, frozen=True):
    """A report on told waits; `total` is over all of them."""

    first: date
    last: date
    time_zone: str
    group: WaitGroup
    rows: Sequence[WaitFigures]
    total: WaitFigures


NOTHING = WaitFigures("all", None, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, None, None, None, None)


async def wait_report(
    database: Database, tenant_id: str, first: date, last: date, group: WaitGroup, now: datetime
) -> WaitReport:
    """Return the report as of `now`; days and half hours are the company's.

    Raises Refused for an impossible range.
    """
    check_range(first, last)
    end = last + timedelta(days=1)
    async with database.tenant(tenant_id) as conn, conn.transaction(isolation="repeatable_read"):
        zone = await store.time_zone_of(conn, tenant_id)
        names = await store.names(conn, tenant_id, group)

        async def figures(by: str) -> list[WaitFigures]:
            order = "told DESC, key" if by == "queue" else "key"
            query = QUERY.replace("{key}", KEYS[by]).replace("{order}", order)
            rows = await conn.fetch(query, tenant_id, zone, first, end, now)
            return [_figures(row, names) for row in rows]

        rows, total = await figures(group), await figures("all")
    return WaitReport(first, last, zone, group, rows, total[0] if total else NOTHING)


def _figures(row: asyncpg.Record, names: dict[str, object]) -> WaitFigures:
    counted = {
        field: row[field] for field in WaitFigures.__struct_fields__ if field not in ("name", "kept", "within")
    }
    name, judged = names.get(row["key"]), row["judged"]
    return WaitFigures(
        **counted,
        name=name if isinstance(name, dict) else None,
        kept=(row["answered"] - row["late"]) / judged if judged else None,
        within=row["within"] / judged if judged else None,
    )


COLUMNS: tuple[tuple[str, dict[Locale, str]], ...] = (
    ("told", {"ko": "안내 수", "ja": "案内数", "en": "Waits told"}),
    ("answered", {"ko": "연결됨", "ja": "つながった数", "en": "Answered"}),
    ("judged", {"ko": "판정한 안내 수", "ja": "判定済みの案内数", "en": "Waits judged"}),
    ("kept", {"ko": "안내 시간 안에 연결", "ja": "案内時間までにつながった割合", "en": "Answered in time"}),
    ("within", {"ko": "안내 구간과 일치", "ja": "案内の範囲内だった割合", "en": "Within the interval"}),
    ("early", {"ko": "안내보다 빠름", "ja": "案内より早い", "en": "Earlier than told"}),
    ("late", {"ko": "안내보다 늦음", "ja": "案内より遅い", "en": "Later than told"}),
    ("left_before", {"ko": "안내 시간 전에 이탈", "ja": "案内時間の前に離脱", "en": "Left before the time told"}),
    ("gone_late", {"ko": "안내 시간이 지나 이탈", "ja": "案内時間を過ぎて離脱", "en": "Left after the time told"}),
    ("open", {"ko": "안내 시간 안에서 대기 중", "ja": "案内時間内で待機中", "en": "In time, waiting"}),
    (
        "overdue",
        {"ko": "안내 시간을 넘겨 대기 중", "ja": "案内時間を過ぎて待機中", "en": "Overdue, waiting"},
    ),
    ("called", {"ko": "콜백 약속", "ja": "折り返しを約束", "en": "Promised a call"}),
    (
        "called_late",
        {
            "ko": "안내 시간이 지나 콜백 약속",
            "ja": "案内時間を過ぎて折り返しを約束",
            "en": "Promised a call too late",
        },
    ),
    ("error_s", {"ko": "오차 중앙값(초)", "ja": "誤差の中央値（秒）", "en": "Median error (s)"}),
    ("bias_s", {"ko": "치우침 중앙값(초)", "ja": "ずれの中央値（秒）", "en": "Median lateness (s)"}),
)
GROUP_NAMES: dict[WaitGroup, dict[Locale, str]] = {
    "queue": {"ko": "대기열", "ja": "キュー", "en": "Queue"},
    "day": {"ko": "날짜", "ja": "日付", "en": "Day"},
    "half_hour": {"ko": "시간대", "ja": "時間帯", "en": "Half hour"},
}


def wait_csv(report: WaitReport, locale: Locale) -> str:
    """Return the report as CSV with headings in `locale`; shares are 0 to 1, rounded to four places."""

    def cells(label: str, row: WaitFigures) -> list[Cell]:
        values: list[Cell] = [getattr(row, column) for column, _ in COLUMNS]
        return [label, *(round(value, 4) if isinstance(value, float) else value for value in values)]

    def label(row: WaitFigures) -> str:
        return (row.name or {}).get(locale) or row.key or NONE[locale]

    header = [GROUP_NAMES[report.group][locale], *(names[locale] for _, names in COLUMNS)]
    return write_csv(
        header, [*(cells(label(row), row) for row in report.rows), cells(TOTAL[locale], report.total)]
    )
