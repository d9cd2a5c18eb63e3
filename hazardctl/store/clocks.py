"""Which clocks of hazards run, or have run out, at the end of a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from hazardctl.domain.alerts import Clock, Limits
from hazardctl.domain.filter import Filter
from hazardctl.domain.names import sameness
from hazardctl.store.conditions import IS_OPEN, IS_UNRECTIFIED, Ask, meant, where
from hazardctl.store.counting import NEEDED
from hazardctl.store.population import standing


class Asked(NamedTuple):
    """What a clock is asked by: since when it runs, until when if that is set, whether it is told.

    `day` is the day it is asked of, `before` that day less the days of its limit.
    """

    since: str
    test: str
    responsible: str
    until: str = "NULL"


_TO_RECTIFY = "coalesce(responsible_person, responsible_unit, case_leader)"
_TO_WATCH = "coalesce(regulator, case_leader)"
_ORDERED_ON = "CASE WHEN assigned_on <= day THEN assigned_on ELSE found_on END"
_SUBMITTED_ON = "coalesce(submitted_on, rectified_on, since_on)"
_VERIFIED_ON = "coalesce(verified_on, since_on)"
_CLOSED_ON = "coalesce(closed_on, since_on)"
_IN_HAND = "state IN ('assigned', 'rectifying')"
_IN_CAMPAIGN = "coalesce(campaigns, '-') IN (SELECT names FROM running)"
# Steps of a later day are not yet known; the record has the last one only, its events have all.
_STEPPED_ON = """CASE WHEN since_on <= day THEN since_on ELSE (
 SELECT max(stepped_on) FROM (
  SELECT found_on AS stepped_on UNION ALL SELECT assigned_on WHERE assigned_on <= day
  UNION ALL SELECT rectifying_on WHERE rectifying_on <= day
  UNION ALL SELECT progress_on WHERE progress_on <= day
  UNION ALL SELECT json_extract(body, '$.changes.since_on') FROM event
   WHERE subject = number AND json_extract(body, '$.changes.since_on') <= day) AS steps) END"""
# The last word about an extension by then, `requested` if it waits: a record of today has no day
# of it, one of an earlier day may have forgotten it.
_LAST_WORD = """SELECT {what} FROM event WHERE subject = number AND kind LIKE 'extension-%'
 AND json_extract(body, '$.on') <= day ORDER BY subject_seq DESC LIMIT 1"""
_ASKED_ON = f"coalesce(({_LAST_WORD.format(what='''json_extract(body, '$.on')''')}), since_on)"
_WAITS = f"""coalesce(({_LAST_WORD.format(what="kind = 'extension-requested'")}),
 pending_due_on IS NOT NULL)"""
_NOT_LOOKED = """(lookback_on IS NULL OR lookback_on > day) AND NOT EXISTS (SELECT 1 FROM lookback
 WHERE lookback.id = stood.id AND lookback.cycle = stood.cycle AND looked_on <= day)"""

ASKED: Mapping[str, Asked] = {
    "overdue": Asked(_ORDERED_ON, f"{IS_UNRECTIFIED} AND due_on < day", _TO_RECTIFY, "due_on"),
    "due-soon": Asked(
        _ORDERED_ON,
        f"{IS_UNRECTIFIED} AND due_on >= day AND due_on <= after",
        _TO_RECTIFY,
        "due_on",
    ),
    "no-progress": Asked(
        _STEPPED_ON,
        f"{_IN_HAND} AND ({_STEPPED_ON}) < before AND (NOT hurries OR NOT {_IN_CAMPAIGN})",
        _TO_RECTIFY,
    ),
    "no-progress-in-campaign": Asked(
        _STEPPED_ON, f"{_IN_HAND} AND ({_STEPPED_ON}) < before AND {_IN_CAMPAIGN}", _TO_RECTIFY
    ),
    "extension-undecided": Asked(
        _ASKED_ON,
        f"{_IN_HAND} AND (is_past OR pending_due_on IS NOT NULL) AND {_WAITS}"
        f" AND {_ASKED_ON} < before",
        _TO_WATCH,
    ),
    "verification-late": Asked(
        _SUBMITTED_ON, f"state = 'submitted' AND {_SUBMITTED_ON} < before", _TO_WATCH
    ),
    "sign-off-stale": Asked(
        _VERIFIED_ON, f"state = 'verified' AND {_VERIFIED_ON} < before", _TO_WATCH
    ),
    "lookback-due": Asked(
        _CLOSED_ON,
        f"state = 'closed' AND severity = 'major' AND {_CLOSED_ON} < before AND {_NOT_LOOKED}",
        _TO_WATCH,
    ),
}
_SEEN = (
    *NEEDED,
    *("responsible_unit", "regulator", "assigned_on", "rectifying_on", "progress_on"),
    *("verified_on", "closed_on", "pending_due_on"),
)
_TOLD = "number, enterprise, industry, district"
_WATCHED = f"({IS_OPEN} OR (state = 'closed' AND severity = 'major'))"
# Of a ledger that is seen as it stands, the few that are watched are found by its indexes: the
# open ones by that of states, which would be the wrong one for the many that are closed.
_NEAR = f"""id IN (SELECT id FROM hazard WHERE {IS_OPEN} UNION ALL
 SELECT id FROM hazard WHERE state || '' = 'closed' AND severity = 'major')"""


def of_hazards(ask: Ask, wanted: Filter, as_of: date, limits: Limits) -> list[Clock]:
    """The clocks of the hazards of a filter that have run over one of these limits.

    A limit in working days may not be over yet, if it is in days of the calendar.
    """
    names = [name for name in ASKED if name in limits]
    if not names:
        return []
    source, bound = standing(ask, as_of, _SEEN)
    condition, values = where(ask, wanted, as_of)
    near = _WATCHED if bound else _NEAR
    hurries = "no-progress-in-campaign" in limits
    running = ["", *(_running(ask, as_of, is_past=bool(bound)) if hurries else ())]
    several = ", ".join(["(?)"] * len(running))
    clocks = " UNION ALL ".join(map(_clocks, names))
    sql = (
        f"WITH running(names) AS (VALUES {several}),"
        f" stood AS (SELECT * FROM {source} WHERE found_on <= ? AND {condition} AND {near})"
        f" {clocks}"
    )
    day = as_of.isoformat()
    days: list[object] = []
    for name in names:
        away = timedelta(days=limits[name].days)
        days += [day, *((as_of + one).isoformat() for one in (-away, away)), hurries, bool(bound)]
    rows = ask(sql, [*running, *bound, day, *values, *days])
    return [Clock(*row) for row in rows]


def _clocks(name: str) -> str:
    """The question of one clock."""
    asked = ASKED[name]
    return (
        f"SELECT '{name}', {_TOLD}, {asked.responsible}, {asked.since}, {asked.until} FROM stood,"
        " (SELECT ? AS day, ? AS before, ? AS after, ? AS hurries, ? AS is_past) AS days"
        f" WHERE {asked.test}"
    )


def _running(ask: Ask, as_of: date, *, is_past: bool) -> list[str]:
    """The sets of campaigns, as hazards carry them, of which one is on the register and runs."""
    sql = (
        "SELECT name FROM campaign WHERE coalesce(starts_on, ends_on) IS NOT NULL"
        " AND coalesce(starts_on, '') <= ? AND coalesce(ends_on, '9') >= ?"
    )
    day = as_of.isoformat()
    if not (names := meant(ask, "campaign", [name for (name,) in ask(sql, (day, day))])):
        return []
    sql = f"SELECT DISTINCT campaigns FROM hazard WHERE {_IN_HAND}"
    if is_past:
        sql = "SELECT campaigns FROM hazard UNION SELECT campaigns FROM past"
    carried = ask(sql, ())
    return [
        text for (text,) in carried if text and names.intersection(map(sameness, text.split("\n")))
    ]
