"""Look-backs: which closed hazards can be drawn for one, and what came of those that were made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hazardctl.domain.drawing import DRAWN_BY, Closed
from hazardctl.domain.filter import Filter
from hazardctl.domain.lookbacks import Looked
from hazardctl.store import population
from hazardctl.store.cards import Record
from hazardctl.store.conditions import Ask, where
from hazardctl.store.counting import GROUPS, NEEDED
from hazardctl.store.lookups import DRAWN, LEDGER
from hazardctl.store.population import standing

_CLOSED_ON = "coalesce(closed_on, since_on)"
_SEEN = (*NEEDED, "closed_on", "verified_by")


def closed(ask: Ask, wanted: Filter, on: date, *, since: date, by: str | None) -> list[Closed]:
    """The hazards of a filter that can be drawn on a day, each with its group.

    They are closed at the end of it, were so no earlier than `since`, and not looked back on yet.
    """
    source, bound = standing(ask, on, _SEEN)
    condition, values = where(ask, wanted, on)
    key = DRAWN_BY[by] if by else "NULL"
    sql = (
        f"WITH stood AS (SELECT * FROM {source}"
        f" WHERE found_on <= ? AND state = 'closed' AND {_CLOSED_ON} >= ? AND {condition})"
        f" SELECT number, {key} FROM stood WHERE (lookback_on IS NULL OR lookback_on > ?)"
        " AND NOT EXISTS (SELECT 1 FROM lookback WHERE lookback.id = stood.id"
        " AND lookback.cycle = stood.cycle AND looked_on <= ?) ORDER BY id"
    )
    day = on.isoformat()
    return ask(sql, [*bound, day, since.isoformat(), *values, day, day])


def draw_of(ask: Ask, first: int, last: int) -> tuple[int, str] | None:
    """The place and the text of the draw among some events, if there is one."""
    sql = "SELECT seq, body FROM event WHERE subject = ? AND kind = ? AND seq BETWEEN ? AND ?"
    found = ask(sql, (LEDGER, DRAWN, first, last))
    return (int(found[0][0]), str(found[0][1])) if found else None


def drawn(ask: Ask, seq: int, as_of: date) -> list[Record]:
    """The hazards of one draw, as they stood at the end of a day."""
    test = "id IN (SELECT id FROM drawn WHERE seq = ?)"
    return population.listing(ask, Filter(), as_of, test=test, tested=[seq])


# Each look-back of a period; each hazard that was drawn, with whether it was looked back on since.
# Both are of a cycle that was closed, and stand in a row for who answered for that cycle, even if
# the hazard was reopened since.
_LOOKED = """looked AS (
 SELECT id, cycle, place, result FROM lookback WHERE looked_on BETWEEN ? AND ?),
drew AS (
 SELECT id, min(drawn_on) AS drawn_on FROM drawn WHERE drawn_on BETWEEN ? AND ? GROUP BY id),
touched AS (SELECT id FROM looked UNION SELECT id FROM drew)"""
_ENDED = """ended AS (
 SELECT {seen}, NULL AS next_on FROM hazard
  WHERE state || '' = 'closed' AND id IN (SELECT id FROM touched)
 UNION ALL SELECT {seen}, (SELECT min({closed_on}) FROM (
   SELECT closed_on, since_on FROM past AS later
    WHERE later.id = was.id AND later.cycle > was.cycle AND later.state = 'closed'
   UNION ALL SELECT closed_on, since_on FROM hazard AS later
    WHERE later.id = was.id AND later.cycle > was.cycle AND later.state = 'closed') AS each)
 FROM past AS was WHERE state = 'closed' AND id IN (SELECT id FROM touched)
  AND NOT EXISTS (SELECT 1 FROM past AS later WHERE later.id = was.id AND later.cycle = was.cycle
   AND later.state = 'closed' AND later.stretch > was.stretch)
  AND NOT EXISTS (SELECT 1 FROM hazard AS later WHERE later.id = was.id
   AND later.cycle = was.cycle AND later.state = 'closed'))"""
_TOLD = """told AS (
 SELECT ended.*, 0 AS was_drawn, 0 AS was_checked, place, result
 FROM looked JOIN ended USING (id, cycle)
 UNION ALL SELECT ended.*, 1, CASE WHEN EXISTS (SELECT 1 FROM lookback
   WHERE lookback.id = ended.id AND looked_on >= drawn_on AND looked_on <= ?) THEN 1 ELSE 0 END,
  NULL, NULL FROM drew JOIN ended USING (id)
  WHERE ended_on <= drawn_on AND (next_on IS NULL OR next_on > drawn_on))"""
_TESTS: Mapping[str, str] = {
    "drawn": "was_drawn = 1",
    "drawn_checked": "was_checked = 1",
    "checked": "result IS NOT NULL",
    "confirmed": "result = 'confirmed'",
    "not_effective": "result = 'not-effective'",
    "rebound": "result = 'rebound'",
    "false_closure": "result = 'false-closure'",
    "new_found": "result = 'new-found'",
}
_KEYS = {**GROUPS, "verifier": "verified_by"}
SEVERAL = frozenset({"campaign", "verifier"})  # of which a hazard may have more than one


def counts(
    ask: Ask, wanted: Filter, since: date, until: date, *, by: str
) -> tuple[list[tuple[str | None, Looked]], Looked]:
    """What was drawn and what was found in a period, by a group.

    And the same counted once more, all together: each drawn hazard and each look-back once.
    """
    sums, again = (
        ", ".join(f"count({what}) FILTER (WHERE {test})" for test in _TESTS.values())
        for what in ("*", "DISTINCT id || ' ' || coalesce(place, 0)")
    )
    told, values = _told(ask, wanted, since, until, key=_KEYS[by])
    sql = (
        f"{told} SELECT 1, key, {sums} FROM told WHERE is_meant GROUP BY key"
        f" UNION ALL SELECT 0, NULL, {again} FROM told WHERE is_meant"
    )
    rows = ask(sql, values)
    ((_, _, *together),) = (row for row in rows if not row[0])
    return [(key, Looked(*row)) for is_row, key, *row in rows if is_row], Looked(*together)


def behind(
    ask: Ask, wanted: Filter, since: date, until: date, *, figure: str, by: str
) -> list[tuple[str, str | None]]:
    """The numbers of the hazards that a figure counts, each with what its rows are called by.

    One is told once for each look-back that is counted.
    """
    told, values = _told(ask, wanted, since, until, key=_KEYS[by])
    test = _TESTS[figure]
    sql = f"{told} SELECT number, key FROM told WHERE is_meant AND {test} ORDER BY id, place"
    return ask(sql, values)


def _told(ask: Ask, wanted: Filter, since: date, until: date, *, key: str) -> tuple[str, list[Any]]:
    """What the figures of a filter are counted from, and the values that are bound."""
    condition, values = where(ask, wanted._replace(since=None, until=None), until)
    seen = f"id, number, cycle, {_CLOSED_ON} AS ended_on, {key} AS key, ({condition}) AS is_meant"
    period = [since.isoformat(), until.isoformat()]
    sql = f"WITH {_LOOKED}, {_ENDED.format(seen=seen, closed_on=_CLOSED_ON)}, {_TOLD}"
    return sql, [*period, *period, *values, *values, period[1]]
