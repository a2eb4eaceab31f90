"""Reports: figures by day, queue, reason or agent, and the contacts behind each."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import asyncpg
from msgspec import Struct

from warmline.features.reports import store
from warmline.features.reports.csv_text import Cell, write_csv
from warmline.features.reports.definitions import Metric
from warmline.features.reports.store import Group
from warmline.kernel.errors import INVALID, Refused
from warmline.kernel.locale import Locale
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

DAYS_AT_MOST = 400


class Figures(Struct, frozen=True):
    """The figures of one day, queue, reason or agent. Shares are 0 to 1; None: nothing to divide by."""

    key: str | None
    name: dict[str, str] | str | None
    volume: int
    containment: float | None
    wait_avg_s: float | None
    wait_p50_s: float | None
    wait_p90_s: float | None
    handle_time_s: float | None
    abandonment: float | None
    service_level: float | None
    transfer_rate: float | None
    csat: float | None
    csat_good: float | None
    csat_answers: int
    answered: int
    abandoned: int
    wait_promise: float | None = None  # of those told how long they would wait


class Summary(Struct, frozen=True):
    """A report: its rows, and the same figures over everything (not the sum of the rows)."""

    first: date
    last: date
    time_zone: str
    group: Group
    rows: Sequence[Figures]
    total: Figures


class ReportedContact(Struct, frozen=True):
    """One contact behind a figure."""

    id: UUID
    opened_at: datetime
    day: date
    status: str
    channel: str
    customer_id: UUID
    intent: str | None
    queue_id: str | None
    disconnect_reason: str | None
    wait_s: float | None
    handle_s: float | None
    csat: int | None
    transfers: int


def check_range(first: date, last: date) -> None:
    """Raise Refused `invalid` for a range that ends before it begins, or is too long or too far away."""
    if last < first:
        raise Refused(INVALID, field="to", reason="it is before from")
    if (last - first).days >= DAYS_AT_MOST:
        raise Refused(INVALID, field="to", reason=f"a report covers at most {DAYS_AT_MOST} days")
    if first.year < 2000 or last.year > 2200:
        raise Refused(INVALID, field="from", reason="the year must be between 2000 and 2200")


class Reports:
    """Read-only; days are those of the company's time zone, `last` included."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database, self._clock = database, clock

    async def summary(self, tenant_id: str, first: date, last: date, group: Group) -> Summary:
        """Return a report. Raises Refused `invalid` for an impossible range."""
        check_range(first, last)
        end, now = last + timedelta(days=1), self._clock()
        async with self._database.tenant(tenant_id) as conn, conn.transaction(isolation="repeatable_read"):
            zone = await store.time_zone_of(conn, tenant_id)
            names = await store.names(conn, tenant_id, group)
            rows = await store.summary(conn, tenant_id, zone, first, end, group, now)
            totals = await store.summary(conn, tenant_id, zone, first, end, "all", now)
        total = _figures(totals[0], {}) if totals else NOTHING
        return Summary(first, last, zone, group, [_figures(row, names) for row in rows], total)

    async def contacts(
        self,
        tenant_id: str,
        first: date,
        last: date,
        metric: Metric,
        group: Group = "day",
        key: str | None = None,
        *,
        named: bool = False,
        limit: int = 100,
        offset: int = 0,
    ) -> list[ReportedContact]:
        """Return the contacts a metric counts; with `named`, only those of the row `key`."""
        check_range(first, last)
        end = last + timedelta(days=1)
        async with self._database.tenant(tenant_id) as conn:
            zone = await store.time_zone_of(conn, tenant_id)
            rows = await store.contacts(
                conn,
                tenant_id,
                zone,
                first,
                end,
                metric,
                group,
                key,
                named,
                limit,
                offset,
                self._clock(),
            )
        return [ReportedContact(**dict(row)) for row in rows]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _figures(row: asyncpg.Record, names: dict[str, object]) -> Figures:
    name = names.get(row["key"])
    return Figures(
        key=row["key"],
        name=name if isinstance(name, dict | str) else None,
        volume=row["volume"],
        containment=_share(row["contained"], row["ended"]),
        wait_avg_s=row["wait_avg_s"],
        wait_p50_s=row["wait_p50_s"],
        wait_p90_s=row["wait_p90_s"],
        handle_time_s=row["handle_avg_s"],
        abandonment=_share(row["abandoned"], row["waited"] + row["abandoned"]),
        service_level=_share(row["in_target"], row["waited"] + row["late"]),
        transfer_rate=_share(row["transferred"], row["answered"]),
        csat=row["csat_avg"],
        csat_good=_share(row["csat_good"], row["csat_answers"]),
        csat_answers=row["csat_answers"],
        answered=row["answered"],
        abandoned=row["abandoned"],
        wait_promise=_share(row["promises_kept"], row["promised"]),
    )


NOTHING = Figures(None, None, 0, None, None, None, None, None, None, None, None, None, None, 0, 0, 0)

COLUMNS: tuple[tuple[str, dict[Locale, str]], ...] = (
    ("volume", {"ko": "상담량", "ja": "問い合わせ数", "en": "Volume"}),
    ("containment", {"ko": "셀프서비스 해결률", "ja": "セルフサービス完結率", "en": "Containment"}),
    ("wait_avg_s", {"ko": "평균 대기(초)", "ja": "平均待ち時間（秒）", "en": "Wait, average (s)"}),
    ("wait_p50_s", {"ko": "대기 중앙값(초)", "ja": "待ち時間の中央値（秒）", "en": "Wait, median (s)"}),
    ("wait_p90_s", {"ko": "대기 p90(초)", "ja": "待ち時間 p90（秒）", "en": "Wait, p90 (s)"}),
    ("handle_time_s", {"ko": "처리 시간(초)", "ja": "処理時間（秒）", "en": "Handle time (s)"}),
    ("abandonment", {"ko": "포기율", "ja": "放棄率", "en": "Abandonment"}),
    ("service_level", {"ko": "서비스 수준", "ja": "サービスレベル", "en": "Service level"}),
    ("transfer_rate", {"ko": "전달률", "ja": "転送率", "en": "Transfer rate"}),
    ("csat", {"ko": "고객 만족도", "ja": "顧客満足度", "en": "CSAT"}),
    ("csat_answers", {"ko": "설문 응답 수", "ja": "アンケート回答数", "en": "CSAT answers"}),
    ("wait_promise", {"ko": "대기 안내 준수율", "ja": "待ち時間の案内の的中率", "en": "Wait promise kept"}),
)
GROUP_NAMES: dict[Group, dict[Locale, str]] = {
    "day": {"ko": "날짜", "ja": "日付", "en": "Day"},
    "queue": {"ko": "대기열", "ja": "キュー", "en": "Queue"},
    "reason": {"ko": "문의 사유", "ja": "問い合わせ理由", "en": "Reason"},
    "agent": {"ko": "상담원", "ja": "担当者", "en": "Agent"},
}
TOTAL: dict[Locale, str] = {"ko": "전체", "ja": "全体", "en": "Total"}
NONE: dict[Locale, str] = {"ko": "(없음)", "ja": "（なし）", "en": "(none)"}


def summary_csv(summary: Summary, locale: Locale) -> str:
    """Return a report as CSV with headings in `locale`; shares are 0 to 1, rounded to four places."""

    def label(row: Figures) -> str:
        if isinstance(row.name, dict):
            return row.name.get(locale) or str(row.key)
        return row.name or row.key or NONE[locale]

    def cells(first: str, row: Figures) -> list[Cell]:
        values: list[Cell] = [getattr(row, column) for column, _ in COLUMNS]
        return [first, *(round(v, 4) if isinstance(v, float) else v for v in values)]

    header = [GROUP_NAMES[summary.group][locale], *(names[locale] for _, names in COLUMNS)]
    rows = [cells(label(row), row) for row in summary.rows]
    return write_csv(header, [*rows, cells(TOTAL[locale], summary.total)])
