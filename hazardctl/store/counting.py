"""The figures, counted by the database: what is counted, by which groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from hazardctl.domain.figures import COUNTED, RATES, SUMMARY, Counts, Tally
from hazardctl.domain.filter import Filter
from hazardctl.domain.rules import Rules
from hazardctl.domain.words import FAILED, OPEN, RECTIFIED, UNRECTIFIED
from hazardctl.store.cards import Record
from hazardctl.store.conditions import ALL, Ask, listed, where
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
_FAILED = f"SELECT id FROM lookback WHERE looked_on <= ? AND result IN ({listed(FAILED)})"


class Test(NamedTuple):
    """What a hazard passes to be counted, and the days that it is judged by, in their order."""

    sql: str = ALL
    days: tuple[str, ...] = ()
    states: tuple[str, ...] = ()  # the only ones in which it is passed, if not all

    @property
    def whole(self) -> str:
        """The test with its states, in SQL; nothing is asked that is true of all."""
        states = f"state IN ({listed(self.states)})" if self.states else ALL
        return " AND ".join(part for part in (states, self.sql) if part != ALL) or ALL


TESTS: Mapping[str, Test] = {
    "found": Test(),
    "found_major": Test("severity = 'major'"),
    "closed": Test(states=("closed",)),
    "closed_major": Test("severity = 'major'", states=("closed",)),
    "awaiting_verification": Test(states=("submitted",)),
    "awaiting_sign_off": Test(states=("verified",)),
    "due_soon": Test("due_on >= ? AND due_on <= ?", ("day", "soon"), UNRECTIFIED),
    "overdue": Test("due_on < ?", ("day",), UNRECTIFIED),
    "due": Test("due_on <= ?", ("day",)),
    "on_time": Test("due_on <= ? AND rectified_on <= due_on", ("day",), RECTIFIED),
    "due_original": Test("original_due_on <= ?", ("day",)),
    "on_time_original": Test(
        "original_due_on <= ? AND rectified_on <= original_due_on", ("day",), RECTIFIED
    ),
    "reopened": Test("cycle > 1"),
    "overdue_1_10": Test("due_on < ? AND due_on >= ?", ("day", "ten"), UNRECTIFIED),
    "overdue_11_20": Test("due_on >= ? AND due_on < ?", ("twenty", "ten"), UNRECTIFIED),
    "overdue_over_20": Test("due_on < ?", ("twenty",), UNRECTIFIED),
    "waiting_too_long": Test(
        "coalesce(submitted_on, rectified_on, since_on) < ?", ("patience",), ("submitted",)
    ),
    "failed_lookbacks": Test(f"id IN ({_FAILED})", ("day",)),
    # made of others in the figures, counted for themselves to test these and to explain them
    "open": Test(states=OPEN),
    "rectified": Test(states=RECTIFIED),
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
    tests = [TESTS[name] for name in names]
    is_by_state = by == "industry"  # of which the database has the states ready in their order

    @cache
    def passed(state: str | None) -> list[int]:
        every = enumerate(tests)
        return [at for at, one in every if not (state and one.states) or state in one.states]

    told: dict[str | None, list[int]] = {}
    rows = _counted(ask, wanted, as_of, tests, key=GROUPS[by], is_by_state=is_by_state, rules=rules)
    for key, state, *row in rows:
        counted = told.setdefault(key, [0] * len(names))
        for at in passed(state):
            counted[at] += row[at]
    return [
        (key, Counts(**dict(zip(names, counted, strict=True)))) for key, counted in told.items()
    ]


def behind(ask: Ask, wanted: Filter, as_of: date, *, figure: str, rules: Rules) -> list[Record]:
    """The hazards that a figure counts, as they stood at the end of a day."""
    test = TESTS[figure]
    bound = _values(test, _days(as_of, rules))
    return listing(ask, wanted, as_of, test=f"{_COUNTS} AND {test.whole}", tested=bound)


def tally(ask: Ask, wanted: Filter, as_of: date) -> Tally:
    """The same hazards counted all together."""
    tests = [TESTS[name] for name in _TALLIED]
    ((_, _, *row),) = _counted(ask, wanted, as_of, tests, rules=Rules())
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
    tests: Sequence[Test],
    *,
    key: str | None = None,
    is_by_state: bool = False,
    rules: Rules,
) -> list[Any]:
    """How many hazards pass each test; void and transferred ones are in no figure.

    By state they are told whatever states a test is of: so each hazard is asked for its state once,
    and not by every test.
    """
    days = _days(as_of, rules)
    bound = [value for test in tests for value in _values(test, days)]
    condition, values = where(ask, wanted, as_of)
    asked = [test.sql if is_by_state else test.whole for test in tests]
    sums = ", ".join(f"count(*) FILTER (WHERE {test})" for test in asked)
    columns = named(NEEDED, f"found_on {_COUNTS} {key} {sums} {condition}")
    source, source_values = standing(ask, as_of, columns)
    state = "state" if is_by_state else "NULL"
    sql = (
        f"SELECT {key or 'NULL'}, {state}, {sums} FROM {source} WHERE found_on <= ?"
        f" AND {_COUNTS} AND {condition}"
    )
    groups = f"{key}, state" if is_by_state else key
    grouped = f"{sql} GROUP BY {groups} ORDER BY 1" if key else sql
    return ask(grouped, [*bound, *source_values, days["day"], *values])
