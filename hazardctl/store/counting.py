"""The figures, counted by the database: what is counted, by which groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from hazardctl.domain.figures import COUNTED, RATES, SUMMARY, Counts, Tally
from hazardctl.domain.filter import Filter
from hazardctl.domain.rules import Rules
from hazardctl.domain.words import FAILED, RECTIFIED
from hazardctl.store.cards import Record
from hazardctl.store.conditions import IS_DUE_SOON, IS_OPEN, IS_OVERDUE, Ask, listed, where
from hazardctl.store.population import TESTED, listing, named, standing

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
_FAILED = f"SELECT id FROM lookback WHERE looked_on <= ? AND result IN ({listed(FAILED)})"


class Test(NamedTuple):
    """What a hazard passes to be counted, and the days that it is judged by, in their order."""

    sql: str
    days: tuple[str, ...] = ()


TESTS: Mapping[str, Test] = {
    "found": Test("1 = 1"),
    "found_major": Test("severity = 'major'"),
    "closed": Test("state = 'closed'"),
    "closed_major": Test("state = 'closed' AND severity = 'major'"),
    "awaiting_verification": Test("state = 'submitted'"),
    "awaiting_sign_off": Test("state = 'verified'"),
    "due_soon": Test(IS_DUE_SOON, ("day", "soon")),
    "overdue": Test(IS_OVERDUE, ("day",)),
    "due": Test("due_on <= ?", ("day",)),
    "on_time": Test(f"due_on <= ? AND {_ON_TIME.format(due='due_on')}", ("day",)),
    "due_original": Test("original_due_on <= ?", ("day",)),
    "on_time_original": Test(
        f"original_due_on <= ? AND {_ON_TIME.format(due='original_due_on')}", ("day",)
    ),
    "reopened": Test("cycle > 1"),
    "overdue_1_10": Test(f"{IS_OVERDUE} AND due_on >= ?", ("day", "ten")),
    "overdue_11_20": Test(f"{IS_OVERDUE} AND due_on >= ? AND due_on < ?", ("day", "twenty", "ten")),
    "overdue_over_20": Test(f"{IS_OVERDUE} AND due_on < ?", ("day", "twenty")),
    "waiting_too_long": Test(
        "state = 'submitted' AND coalesce(submitted_on, rectified_on, since_on) < ?", ("patience",)
    ),
    "failed_lookbacks": Test(f"id IN ({_FAILED})", ("day",)),
    # made of others in the figures, counted for themselves to test these and to explain them
    "open": Test(IS_OPEN),
    "rectified": Test(f"state IN ({listed(RECTIFIED)})"),
}
_TALLIED = ("found", "closed", "open", "rectified", "overdue")
_SUMMED = tuple(name for name in COUNTED if name in TESTS)
# Every report has these, for its sums are tested by them.
_ALWAYS = ("found", "closed", "awaiting_verification", "awaiting_sign_off", "overdue")
NEEDED = (
    *("id", "industry", "district", "enterprise", "case_leader", "responsible_person", "source"),
    *("severity", "campaigns", "found_on", "state", "cycle", "due_on", "original_due_on"),
    *("rectified_on", "number", "description", "location", "measures", "remark"),
    *("submitted_on", *TESTED),
)


def counts(
    ask: Ask,
    wanted: Filter,
    as_of: date,
    *,
    by: str,
    rules: Rules,
    columns: Sequence[str] = SUMMARY,
) -> list[tuple[str | None, Counts]]:
    """The figures of the hazards of a filter at the end of a day, by a group.

    Counted is what `columns` show, and what every report is tested by; the rest is 0.
    """
    parts = {part for name in columns for part in RATES.get(name, (name,))}
    names = [name for name in _SUMMED if name in parts or name in _ALWAYS]
    rows = _counted(ask, wanted, as_of, names, key=GROUPS[by], rules=rules)
    return [(key, Counts(**dict(zip(names, row, strict=True)))) for key, *row in rows]


def behind(ask: Ask, wanted: Filter, as_of: date, *, figure: str, rules: Rules) -> list[Record]:
    """The hazards that a figure counts, as they stood at the end of a day."""
    test = TESTS[figure]
    bound = _values(test, _days(as_of, rules))
    return listing(ask, wanted, as_of, test=f"{_COUNTS} AND {test.sql}", tested=bound)


def tally(ask: Ask, wanted: Filter, as_of: date) -> Tally:
    """The same hazards counted all together."""
    ((_, *row),) = _counted(ask, wanted, as_of, _TALLIED, rules=Rules())
    return Tally(**dict(zip(_TALLIED, row, strict=True)))


def _days(as_of: date, rules: Rules) -> dict[str, str]:
    """The days that hazards are judged by."""
    away = {
        "day": 0,
        "soon": rules.due_soon,
        "ten": -10,
        "twenty": -20,
        "patience": -rules.verification_days,
    }
    return {name: (as_of + timedelta(days=days)).isoformat() for name, days in away.items()}


def _values(test: Test, days: Mapping[str, str]) -> list[object]:
    return [days[name] for name in test.days]


def _counted(
    ask: Ask,
    wanted: Filter,
    as_of: date,
    names: Sequence[str],
    *,
    key: str | None = None,
    rules: Rules,
) -> list[Any]:
    """How many hazards pass each test; void and transferred ones are in no figure."""
    days = _days(as_of, rules)
    tests = [TESTS[name] for name in names]
    bound = [value for test in tests for value in _values(test, days)]
    condition, values = where(ask, wanted, as_of)
    sums = ", ".join(f"count(*) FILTER (WHERE {test.sql})" for test in tests)
    columns = named(NEEDED, f"found_on {_COUNTS} {key} {sums} {condition}")
    source, source_values = standing(ask, as_of, columns)
    sql = (
        f"SELECT {key or 'NULL'}, {sums} FROM {source} WHERE found_on <= ?"
        f" AND {_COUNTS} AND {condition}"
    )
    grouped = f"{sql} GROUP BY {key} ORDER BY 1" if key else sql
    return ask(grouped, [*bound, *source_values, days["day"], *values])
