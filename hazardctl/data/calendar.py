"""Working days with their shifted days off (调休)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache


def is_known(year: int) -> bool:
    """Whether the holidays of that year have been published; else Monday to Friday count."""
    return year in _years()


@lru_cache(maxsize=4096)
def workday(start: date, n: int) -> date:
    """The n-th working day after `start`; `start` itself is not counted."""
    day = start
    while n > 0:
        day += timedelta(days=1)
        n -= _is_workday(day)
    return day


def _is_workday(day: date) -> bool:
    if not is_known(day.year):
        return day.weekday() < 5
    from chinese_calendar import is_workday  # loaded only when a deadline counts working days

    return bool(is_workday(day))


@lru_cache(maxsize=1)
def _years() -> frozenset[int]:
    from chinese_calendar.constants import holidays

    return frozenset(day.year for day in holidays)
