"""What came to the open hazards and what went, day by day, told by the days things happened."""

from __future__ import annotations

from datetime import date
from typing import Any

from hazardctl.domain.filter import Filter
from hazardctl.domain.flows import Happened
from hazardctl.store.conditions import IS_OPEN, Ask, where
from hazardctl.store.counting import GROUPS, NEEDED
from hazardctl.store.population import standing

# A stretch is a record for as long as it was true. A cycle is closed once, though a look-back
# may end a stretch of it; the next cycle begins with its first stretch.
_FLOWS = """
stretch AS (
  SELECT id, cycle, state, from_on, closed_on, since_on, NULL AS until_on FROM hazard
  UNION ALL SELECT id, cycle, state, from_on, closed_on, since_on, until_on FROM past),
closing AS (
  SELECT id, cycle, min(coalesce(closed_on, since_on)) AS day FROM stretch
  WHERE state = 'closed' GROUP BY id, cycle),
flow AS (
  SELECT id, 'found' AS what, found_on AS day FROM meant
  UNION ALL SELECT id, 'closed', day FROM closing
  UNION ALL SELECT stretch.id, 'reopened', min(from_on) FROM stretch
    JOIN closing ON closing.id = stretch.id AND closing.cycle = stretch.cycle - 1
    GROUP BY stretch.id, stretch.cycle
  UNION ALL SELECT id, 'void', since_on FROM hazard WHERE state = 'void'
  UNION ALL SELECT id, 'transferred', since_on FROM stretch WHERE state = 'transferred'
  UNION ALL SELECT id, 'taken_back', until_on FROM stretch
    WHERE state = 'transferred' AND until_on IS NOT NULL)"""


def happened(
    ask: Ask, wanted: Filter, since: date, until: date, *, by: str | None
) -> list[Happened]:
    """What happened to the hazards of a filter, as it means them at the end of a period.

    Without a group each day of the period is one; what happened before it has no day.
    """
    meant, values = _meant(ask, wanted, until, key=GROUPS[by] if by else "NULL")
    day = "'in it'" if by else "day"
    sql = (
        f"WITH {meant}, {_FLOWS} SELECT key, what, CASE WHEN day >= ? THEN {day} END AS at,"
        " count(*), sum(day = found_on) FROM flow JOIN meant USING (id) WHERE day <= ?"
        " GROUP BY key, what, at"
    )
    return ask(sql, [*values, since.isoformat(), until.isoformat()])


def behind(
    ask: Ask, wanted: Filter, since: date, until: date, *, what: str, as_meant: date
) -> list[str]:
    """The numbers of the hazards to which something happened in a period, each time it did."""
    meant, values = _meant(ask, wanted, as_meant, key="NULL")
    sql = (
        f"WITH {meant}, {_FLOWS} SELECT number FROM flow JOIN meant USING (id)"
        " WHERE what = ? AND day BETWEEN ? AND ? ORDER BY id"
    )
    found = ask(sql, [*values, what, since.isoformat(), until.isoformat()])
    return [number for (number,) in found]


def open_at(ask: Ask, wanted: Filter, on: date, *, as_meant: date) -> list[str]:
    """The hazards that a filter means on one day and that are open at the end of another."""
    meant, values = _meant(ask, wanted, as_meant, key="NULL")
    source, bound = standing(ask, on, NEEDED)
    sql = (
        f"WITH {meant} SELECT number FROM {source} WHERE found_on <= ? AND {IS_OPEN}"
        " AND id IN (SELECT id FROM meant) ORDER BY id"
    )
    found = ask(sql, [*values, *bound, on.isoformat()])
    return [number for (number,) in found]


def _meant(ask: Ask, wanted: Filter, as_of: date, *, key: str) -> tuple[str, list[Any]]:
    source, bound = standing(ask, as_of, NEEDED)
    condition, values = where(ask, wanted, as_of)
    sql = (
        f"meant AS MATERIALIZED (SELECT id, number, found_on, {key} AS key FROM {source}"
        f" WHERE found_on <= ? AND {condition})"
    )
    return sql, [*bound, as_of.isoformat(), *values]
