"""A roster as a file: a table for spreadsheets, a calendar for calendars; words in three languages."""

from datetime import datetime
from zoneinfo import ZoneInfo

from warmline.domain.staffing.shifts import BREAK, LUNCH, Shift
from warmline.features.reports.csv_text import Cell, write_csv
from warmline.features.staffing.roster import Roster, Words, calendar_of
from warmline.features.staffing.settings import QueueRow
from warmline.kernel.locale import Locale

HEADINGS: dict[Locale, tuple[str, ...]] = {
    "ko": ("날짜", "상담원", "시작", "종료", "점심", "휴식", "유급 시간", "대기열", "근무 유형", "규칙 위반"),
    "ja": ("日付", "担当者", "開始", "終了", "昼休み", "休憩", "有給時間", "待ち行列", "シフト種別", "ルール違反"),
    "en": ("Date", "Agent", "Start", "End", "Lunch", "Breaks", "Paid hours", "Queues", "Kind", "Broken rules"),
}  # fmt: skip
NOBODY: dict[Locale, str] = {"ko": "(미배정)", "ja": "（未割り当て）", "en": "(nobody)"}
SHIFT: dict[Locale, str] = {"ko": "근무", "ja": "勤務", "en": "Shift"}
ROSTER: dict[Locale, str] = {"ko": "근무표", "ja": "シフト表", "en": "Roster"}
PAUSES: dict[Locale, dict[str, str]] = {
    "ko": {LUNCH: "점심", BREAK: "휴식"},
    "ja": {LUNCH: "昼休み", BREAK: "休憩"},
    "en": {LUNCH: "Lunch", BREAK: "Break"},
}
RULES: dict[Locale, dict[str, str]] = {
    "ko": {
        "unknown_agent": "없는 상담원", "day_off": "휴무일", "overlap": "근무 겹침", "rest": "휴식 시간 부족",
        "week_hours": "주간 시간 초과", "days": "근무일 초과", "weekday": "근무하지 않는 요일",
        "time_of_day": "근무 가능 시간 외", "pattern": "계약에 없는 근무 유형", "queue": "담당하지 않는 대기열",
        "pause": "휴식이 근무 시간 밖에 있음",
    },
    "ja": {
        "unknown_agent": "存在しない担当者", "day_off": "休日", "overlap": "シフトの重複",
        "rest": "勤務間の休息不足",
        "week_hours": "週の時間超過", "days": "勤務日数超過", "weekday": "勤務しない曜日",
        "time_of_day": "勤務可能時間外", "pattern": "契約にないシフト種別", "queue": "担当外の待ち行列",
        "pause": "休憩が勤務時間外",
    },
    "en": {
        "unknown_agent": "no such agent", "day_off": "day off", "overlap": "overlapping shifts",
        "rest": "too little rest", "week_hours": "too many hours in the week", "days": "too many days",
        "weekday": "does not work on this weekday", "time_of_day": "outside their hours",
        "pattern": "not in the contract", "queue": "does not serve these queues",
        "pause": "a pause outside the shift",
    },
}  # fmt: skip


def roster_csv(roster: Roster, names: dict[str, str], queues: list[QueueRow], locale: Locale) -> str:
    """Return a roster as CSV with times of the company's time zone; no cell runs as a formula."""
    zone = ZoneInfo(roster.time_zone)
    queue_names = {queue.id: queue.name.get(locale) or queue.id for queue in queues}
    broken: dict[str, list[str]] = {}
    for one in roster.violations:
        broken.setdefault(one.shift_id, []).append(RULES[locale].get(one.rule.value, one.rule.value))

    def clock(at: datetime) -> str:
        return f"{at.astimezone(zone):%H:%M}"

    def pauses(shift: Shift, kind: str) -> str:
        return ", ".join(f"{clock(one.start_at)}–{clock(one.end_at)}" for one in shift.pauses if one.kind == kind)

    rows: list[list[Cell]] = []
    for row in roster.shifts:
        shift = row.shift
        who = names.get(shift.agent_id or "") or NOBODY[locale]
        rows.append([
            shift.start_at.astimezone(zone).date().isoformat(), who, clock(shift.start_at), clock(shift.end_at),
            pauses(shift, LUNCH), pauses(shift, BREAK), round(shift.paid_min / 60, 2),
            ", ".join(queue_names.get(queue_id, queue_id) for queue_id in shift.queues), shift.pattern_id,
            ", ".join(broken.get(shift.id, [])),
        ])  # fmt: skip
    return write_csv(list(HEADINGS[locale]), rows)


def words_in(locale: Locale, queues: list[QueueRow], agents: dict[str, str] | None = None) -> Words:
    """Return the words of a calendar."""
    names = {queue.id: queue.name.get(locale) or queue.id for queue in queues}
    return Words(SHIFT[locale], PAUSES[locale], names, agents or {})


def roster_calendar(
    roster: Roster, names: dict[str, str], queues: list[QueueRow], locale: Locale, now: datetime
) -> str:
    """Return everybody's shifts as one calendar."""
    rows = [row for row in roster.shifts if row.shift.agent_id is not None]
    return calendar_of(ROSTER[locale], rows, roster.time_zone, words_in(locale, queues, names), now)
