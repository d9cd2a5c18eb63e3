"""Which day is the eve of a holiday, for deadlines such as 国庆前."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

FIXED: Mapping[str, tuple[int, int]] = {
    "元旦": (1, 1),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "国庆": (10, 1),
    "十一": (10, 1),
}

# The festival's own day in 2020 to 2027 (the lunar calendar moves it), and days that came once.
MOVING: Mapping[str, Mapping[int, tuple[int, int]]] = {
    "春节": dict(
        enumerate(
            ((1, 25), (2, 12), (2, 1), (1, 22), (2, 10), (1, 29), (2, 17), (2, 6)), start=2020
        )
    ),
    "清明": dict(
        enumerate(((4, 4), (4, 4), (4, 5), (4, 5), (4, 4), (4, 4), (4, 5), (4, 5)), start=2020)
    ),
    "端午": dict(
        enumerate(
            ((6, 25), (6, 14), (6, 3), (6, 22), (6, 10), (5, 31), (6, 19), (6, 9)), start=2020
        )
    ),
    "中秋": dict(
        enumerate(
            ((10, 1), (9, 21), (9, 10), (9, 29), (9, 17), (10, 6), (9, 25), (9, 15)), start=2020
        )
    ),
    "二十大": {2022: (10, 16)},
}
HOLIDAYS = (*FIXED, *MOVING)
AT_THE_TURN = frozenset({"元旦", "春节"})  # said late in a year, they are those of the next


def eve(holiday: str, *, year: int | None, from_on: date) -> date | None:
    """The day before a holiday: of `year`, else the first on or after `from_on`; None if unknown.

    春节 and 元旦 of a year that has passed them are those of the next.
    """
    of = year or from_on.year
    on = _eve(holiday, of)
    if on and on < from_on and (year is None or holiday in AT_THE_TURN):
        return _eve(holiday, of + 1)
    return on


def _eve(holiday: str, year: int) -> date | None:
    day = FIXED.get(holiday) or MOVING[holiday].get(year)
    return date(year, *day) - timedelta(days=1) if day else None
