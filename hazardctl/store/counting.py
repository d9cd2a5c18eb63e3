"""The figures, counted by the database: what is counted, by which groups."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hazardctl.domain.figures import SUMMARY, Counts, Tally
from hazardctl.domain.filter import Filter
from hazardctl.domain.words import RECTIFIED
from hazardctl.store.cards import Record
from hazardctl.store.conditions import IS_DUE_SOON, IS_OPEN, IS_OVERDUE, Ask, listed, where
from hazardctl.store.population import listing, standing

GROUPS = {
    "industry": "industry",
    "district": "district",
    "enterprise": "enterprise",
    "leader": "case_leader",
    "person": "responsible_person",
    "source": "source",
    "severity": "severity",
    "campaign": "campaigns",
    "state": "state",
    "month": "substr(found_on, 1, 7)",
}
_COUNTS = "state NOT IN ('void', 'transferred')"  # those are in no figure
_ON_TIME = f"state IN ({listed(RECTIFIED)}) AND rectified_on <= {{due}}"
_COUNTED = {
    "found": "1 = 1",
    "found_major": "severity = 'major'",
    "closed": "state = 'closed'",
    "closed_major": "state = 'closed' AND severity = 'major'",
    "awaiting_verification": "state = 'submitted'",
    "awaiting_sign_off": "state = 'verified'",
    "due_soon": IS_DUE_SOON,
    "overdue": IS_OVERDUE,
    "due": "due_on <= ?",
    "on_time": f"due_on <= ? AND {_ON_TIME.format(due='due_on')}",
    "due_original": "original_due_on <= ?",
    "on_time_original": f"original_due_on <= ? AND {_ON_TIME.format(due='original_due_on')}",
    "reopened": "cycle > 1",
}
_TALLIED = {
    "found": "1 = 1",
    "closed": "state = 'closed'",
    "open": IS_OPEN,
    "rectified": f"state IN ({listed(RECTIFIED)})",
    "overdue": IS_OVERDUE,
}
_NEEDED = (
    *("industry", "district", "enterprise", "case_leader", "responsible_person", "source"),
    *("severity", "campaigns", "found_on", "state", "cycle", "due_on", "original_due_on"),
    *("rectified_on", "number", "description", "location", "measures", "remark"),
)


def counts(
    ask: Ask, wanted: Filter, as_of: date, *, by: str, soon: int
) -> list[tuple[str | None, Counts]]:
    """The figures of the hazards of a filter at the end of a day, by a group."""
    rows = _counted(ask, wanted, as_of, _COUNTED, key=GROUPS[by], soon=soon)
    return [(key, Counts(**dict(zip(_COUNTED, row, strict=True)))) for key, *row in rows]


# The figures of a summary that count hazards, each with the test that a hazard of it passes.
EXPLAINED = {name: test for name, test in {**_TALLIED, **_COUNTED}.items() if name in SUMMARY}


def behind(ask: Ask, wanted: Filter, as_of: date, *, figure: str, soon: int) -> list[Record]:
    """The hazards that a figure counts, as they stood at the end of a day."""
    test = EXPLAINED[figure]
    bound = _bound(figure, test, as_of, soon)
    return listing(ask, wanted, as_of, test=f"{_COUNTS} AND {test}", tested=bound)


def tally(ask: Ask, wanted: Filter, as_of: date) -> Tally:
    """The same hazards counted all together."""
    ((_, *row),) = _counted(ask, wanted, as_of, _TALLIED)
    return Tally(**dict(zip(_TALLIED, row, strict=True)))


def _bound(name: str, test: str, as_of: date, soon: int) -> list[object]:
    """The values of a test."""
    day, until = as_of.isoformat(), (as_of + timedelta(days=soon)).isoformat()
    return [day, until] if name == "due_soon" else [day] * test.count("?")


def _counted(
    ask: Ask,
    wanted: Filter,
    as_of: date,
    tests: Mapping[str, str],
    *,
    key: str | None = None,
    soon: int = 0,
) -> list[Any]:
    """How many hazards pass each test; void and transferred ones are in no figure."""
    day = as_of.isoformat()
    bound = [value for name, test in tests.items() for value in _bound(name, test, as_of, soon)]
    source, source_values = standing(ask, as_of, _NEEDED)
    condition, values = where(ask, wanted, as_of)
    sums = ", ".join(f"count(*) FILTER (WHERE {test})" for test in tests.values())
    sql = (
        f"SELECT {key or 'NULL'}, {sums} FROM {source} WHERE found_on <= ?"
        f" AND {_COUNTS} AND {condition}"
    )
    grouped = f"{sql} GROUP BY {key}" if key else sql
    return ask(grouped, [*bound, *source_values, day, *values])
