"""What came to the open hazards and what went, day by day, told by the days things happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from hazardctl.domain.filter import Filter
from hazardctl.domain.flows import GOES, Happened
from hazardctl.store.conditions import ALL, IS_OPEN, Ask, where
from hazardctl.store.counting import GROUPS, NEEDED
from hazardctl.store.population import named, standing

# How a hazard stands at the end of the period, and since when it is so.
_STANDS = """state AS stands,
 CASE WHEN state IN ('closed', 'void', 'transferred') THEN state END AS gone,
 CASE state WHEN 'closed' THEN coalesce(closed_on, since_on)
 WHEN 'void' THEN since_on WHEN 'transferred' THEN since_on END AS gone_on"""
# What was so before and is past. A cycle is closed once, though a second look-back may end a
# stretch of it, and is followed by another if the hazard has one.
_BEFORE = """
closed_before AS (
  SELECT id, cycle, min(coalesce(closed_on, since_on)) AS day, max(until_on) AS ended FROM past
  WHERE state = 'closed' AND until_on <= ? GROUP BY id, cycle),
away_before AS (
  SELECT id, since_on, until_on FROM past WHERE state = 'transferred' AND until_on <= ?),
moved AS (
  SELECT meant.id, 'closed' AS what, day, 1 AS times FROM closed_before JOIN meant USING (id)
  UNION ALL SELECT meant.id, 'closed', gone_on, -1 FROM closed_before JOIN meant
    ON meant.id = closed_before.id AND meant.cycle = closed_before.cycle AND gone = 'closed'
  UNION ALL SELECT meant.id, 'reopened', ended, 1 FROM closed_before JOIN meant
    ON meant.id = closed_before.id AND meant.cycle > closed_before.cycle
  UNION ALL SELECT id, 'transferred', since_on, 1 FROM away_before
  UNION ALL SELECT id, 'taken_back', until_on, 1 FROM away_before)"""
_IN_IT = "'in it'"
_HAS_A_PAST = "id IN (SELECT id FROM past WHERE state IN ('closed', 'transferred'))"


# A group, what happened, when (None before the period), whether on the day found, how often.
Flow = tuple[str | None, str, str | None, bool, int]


def happened(
    ask: Ask, wanted: Filter, since: date, until: date, *, by: str | None
) -> list[Happened]:
    """What happened to the hazards of a filter, as it means them at the end of a period.

    Without a group each day of the period is one; what happened before it has no day.
    """
    counted: Counter[tuple[str | None, str, str | None]] = Counter()
    same_day: Counter[tuple[str | None, str, str | None]] = Counter()
    for key, what, at, is_same, times in _flows(ask, wanted, since, until, by=by):
        counted[key, what, at] += times
        same_day[key, what, at] += times if is_same else 0
    return [(*one, times, same_day[one]) for one, times in counted.items()]


def _flows(ask: Ask, wanted: Filter, since: date, until: date, *, by: str | None) -> Iterator[Flow]:
    """Each thing that happened: to which group, when, whether on the day found, how often."""
    meant, values = _meant(ask, wanted, until, key=GROUPS[by] if by else "NULL")
    first = since.isoformat()
    yield from _in_groups(ask, meant, values, first) if by else _by_day(ask, meant, values, first)
    at = f"CASE WHEN day >= ? THEN {_IN_IT if by else 'day'} END"
    sql = (
        f"WITH meant AS ({meant} AND {_HAS_A_PAST}), {_BEFORE}"
        f" SELECT key, what, {at}, day = found_on, times FROM moved JOIN meant USING (id)"
        " ORDER BY 1"
    )
    yield from ask(sql, [*values, *[until.isoformat()] * _BEFORE.count("?"), first])


def _in_groups(ask: Ask, meant: str, values: Sequence[object], first: str) -> Iterator[Flow]:
    """What was found and went, of each group: the database has the groups ready in their order."""
    sql = f"SELECT key, stands, {_IN_GROUPS} FROM ({meant}) AS meant GROUP BY 1, 2 ORDER BY 1, 2"
    for key, stands, every, before, gone_before, gone_same_day in ask(sql, [*[first] * 3, *values]):
        yield key, "found", None, False, before
        yield key, "found", "in it", False, every - before
        if stands in GOES:
            yield key, stands, None, False, gone_before
            yield key, stands, "in it", True, gone_same_day
            yield key, stands, "in it", False, every - gone_before - gone_same_day


_IN_GROUPS = """count(*), count(*) FILTER (WHERE found_on < ?),
 count(*) FILTER (WHERE gone_on < ?),
 count(*) FILTER (WHERE gone_on = found_on AND found_on >= ?)"""


def _by_day(ask: Ask, meant: str, values: Sequence[object], first: str) -> Iterator[Flow]:
    """The same of all together, on each day of the period; only what is of it is put in order."""
    (before,) = ask(f"SELECT {_BEFORE_IT} FROM ({meant}) AS meant", [*[first] * 4, *values])
    for what, times in zip(("found", *GOES), before, strict=True):
        yield None, what, None, False, times
    found_at, gone_at = (f"CASE WHEN {day} >= ? THEN {day} END" for day in ("found_on", "gone_on"))
    sql = (
        f"SELECT {found_at}, gone, {gone_at}, gone_on = found_on, count(*) FROM ({meant}) AS meant"
        " WHERE found_on >= ? OR gone_on >= ? GROUP BY 1, 2, 3, 4"
    )
    for found, gone, left, is_same, times in ask(sql, [first, first, *values, first, first]):
        if found:
            yield None, "found", found, is_same, times
        if left:
            yield None, gone, left, is_same, times


_BEFORE_IT = ", ".join(
    ["count(*) FILTER (WHERE found_on < ?)"]
    + [f"count(*) FILTER (WHERE stands = '{what}' AND gone_on < ?)" for what in GOES]
)


def behind(
    ask: Ask, wanted: Filter, since: date, until: date, *, what: str, as_meant: date
) -> list[str]:
    """The numbers of the hazards to which something happened in a period, each time it did."""
    meant, values = _meant(ask, wanted, as_meant, key="NULL")
    sql = (
        f"WITH meant AS ({meant}), {_BEFORE}, flow AS ("
        " SELECT id, 'found' AS what, found_on AS day, 1 AS times FROM meant"
        " UNION ALL SELECT id, gone, gone_on, 1 FROM meant UNION ALL SELECT * FROM moved)"
        " SELECT number, sum(times) FROM flow JOIN meant USING (id)"
        " WHERE what = ? AND day BETWEEN ? AND ? GROUP BY number, id ORDER BY id"
    )
    days = [as_meant.isoformat()] * _BEFORE.count("?")
    found = ask(sql, [*values, *days, what, since.isoformat(), until.isoformat()])
    return [number for number, times in found for _ in range(times)]


def open_at(ask: Ask, wanted: Filter, on: date, *, as_meant: date) -> list[str]:
    """The hazards that a filter means on one day and that are open at the end of another."""
    are_open, bound = _open(ask, wanted, on, as_meant=as_meant)
    return [number for (number,) in ask(f"SELECT number {are_open} ORDER BY id", bound)]


def count_open(ask: Ask, wanted: Filter, on: date, *, as_meant: date) -> int:
    """How many hazards `open_at` would list."""
    are_open, bound = _open(ask, wanted, on, as_meant=as_meant)
    return int(ask(f"SELECT count(*) {are_open}", bound)[0][0])


def _open(ask: Ask, wanted: Filter, on: date, *, as_meant: date) -> tuple[str, list[Any]]:
    source, bound = standing(ask, on, NEEDED)
    condition, values = where(ask, wanted, as_meant)
    # The `+` keeps the database from looking each open hazard up: to read the days of all is less.
    sql = f"FROM {source} WHERE found_on <= ? AND +{IS_OPEN}"
    bound = [*bound, on.isoformat()]
    if condition != ALL:
        meant, values = _meant(ask, wanted, as_meant, key="NULL")
        sql += f" AND id IN (SELECT id FROM ({meant}) AS meant)"
        bound += values
    return sql, bound


def _meant(ask: Ask, wanted: Filter, as_of: date, *, key: str) -> tuple[str, list[Any]]:
    """The hazards of a filter on a day: the question, and its values."""
    condition, values = where(ask, wanted, as_of)
    columns = named((*NEEDED, "closed_on"), f"id number found_on cycle {key} {_STANDS} {condition}")
    source, bound = standing(ask, as_of, columns)
    sql = (
        f"SELECT id, number, found_on, cycle, {key} AS key, {_STANDS} FROM {source}"
        f" WHERE found_on <= ? AND {condition}"
    )
    return sql, [*bound, as_of.isoformat(), *values]
