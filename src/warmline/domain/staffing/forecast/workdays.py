"""What is special about a date: public holidays, the days around them, the turn of the month.

Traits are plain names; how much each one matters is learned from the data, or found not to matter.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

import holidays

_OBSERVED = re.compile(r"\(observed\)|^(alternative|substitute) holiday for ", re.IGNORECASE)
_REACH = 6  # days a search for the neighbouring working day goes
_SATURDAY = 5
COUNTRIES = ("KR", "JP", "US")


class Workdays:
    """Knows dates: `country` KR, JP or US, whose public holidays count; empty: none are known beforehand."""

    def __init__(self, country: str = "") -> None:
        if country and country not in COUNTRIES:
            raise ValueError(f"Holidays of {country} are not known. Known are {', '.join(COUNTRIES)}.")
        self._holidays = holidays.country_holidays(country, language="en_US") if country else None
        self._names: dict[date, str] = {}
        self._month: dict[tuple[int, int, frozenset[int]], list[date]] = {}

    def holiday(self, day: date) -> str:
        """Return the English name of the public holiday on `day`, without its 'observed'; empty: none."""
        if day not in self._names:
            name = str(self._holidays.get(day) or "") if self._holidays is not None else ""
            self._names[day] = _OBSERVED.sub("", name.split(";")[0]).strip()
        return self._names[day]

    def traits(self, day: date, open_weekdays: frozenset[int], was_off: Callable[[date], bool]) -> tuple[str, ...]:
        """Return what is special about `day`.

        `open_weekdays`: those on which anybody is there (0 is Monday); `was_off` says of a past day that it was
        closed or far below what is usual.
        """
        found: list[str] = []
        name = self.holiday(day)
        if name and day.weekday() >= _SATURDAY:
            found.append("holiday:weekend")
        elif name:
            found += ["holiday", f"holiday:{name}"]
        else:
            found += self._around(day, open_weekdays, was_off)
        found += self._turn_of_month(day, open_weekdays)
        return tuple(found)

    def _is_off(self, day: date, was_off: Callable[[date], bool]) -> bool:
        return (day.weekday() < _SATURDAY and bool(self.holiday(day))) or was_off(day)

    def _around(self, day: date, open_weekdays: frozenset[int], was_off: Callable[[date], bool]) -> list[str]:
        found: list[str] = []
        off_before = closed_between = 0
        before = day - timedelta(days=1)
        for _ in range(_REACH):
            if self._is_off(before, was_off):
                off_before += 1
            elif before.weekday() in open_weekdays:
                break
            else:
                closed_between += 1
            before -= timedelta(days=1)
        if off_before:
            found.append("after")
            found.append("after:long" if off_before > 1 else "after:weekend" if closed_between else "after:day")
        else:
            # The day before was an ordinary one; the one before that may not have been.
            earlier = before - timedelta(days=1)
            for _ in range(_REACH):
                if self._is_off(earlier, was_off):
                    found.append("after:second")
                    break
                if earlier.weekday() in open_weekdays:
                    break
                earlier -= timedelta(days=1)
        following = day + timedelta(days=1)
        for _ in range(_REACH):
            if following.weekday() < _SATURDAY and self.holiday(following):
                found.append("before")
                break
            if following.weekday() in open_weekdays:
                break
            following += timedelta(days=1)
        return found

    def _turn_of_month(self, day: date, open_weekdays: frozenset[int]) -> list[str]:
        working = self._working_days(day.year, day.month, open_weekdays)
        found = [f"dom:{day.day}"]
        if day in working:
            place = working.index(day)
            if place < 4:
                found.append(f"month:first {place + 1}")
            if len(working) - place <= 3:
                found.append(f"month:last {len(working) - place}")
        return found

    def _working_days(self, year: int, month: int, open_weekdays: frozenset[int]) -> list[date]:
        key = (year, month, open_weekdays)
        if key not in self._month:
            first = date(year, month, 1)
            days = [first + timedelta(days=n) for n in range(31)]
            weekdays = {weekday for weekday in open_weekdays if weekday < _SATURDAY} or open_weekdays
            self._month[key] = [
                one for one in days if one.month == month and one.weekday() in weekdays and not self.holiday(one)
            ]
        return self._month[key]
