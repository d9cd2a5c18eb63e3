"""What was inspected and punished in a period, counted by the database."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from hazardctl.domain.enforced import Enforced
from hazardctl.domain.enforcement import OF_KINDS
from hazardctl.domain.filter import Filter
from hazardctl.domain.names import sameness
from hazardctl.store import population
from hazardctl.store.cards import Record
from hazardctl.store.conditions import ALL, VISITED, Ask, meant, where
from hazardctl.store.counting import NEEDED
from hazardctl.store.naming import Meaning

_COUNTED = "state NOT IN ('void', 'transferred')"
# The orders that were given for hazards, and which hazards have one.
_ORDERS: Mapping[str, str] = {
    "orders": f"{_COUNTED} AND due_on IS NOT NULL",
    "stop_orders": f"{_COUNTED} AND stop_order IS NOT NULL",
}
_KEYS: Mapping[str | None, str] = {
    None: "NULL",
    "industry": "industry",
    "district": "district",
    "enterprise": "enterprise",
    "campaign": "campaigns",
    "team": "NULL",  # nobody else goes out in one
}
_OF_INSPECTIONS: Mapping[str | None, str] = {"enterprise": VISITED, "team": "team"}
# The day on which what a record tells of was done.
DAYS: Mapping[str, str] = {
    "inspection": "inspected_on",
    "penalty": "decided_on",
    "referral": "sent_on",
}
# What is counted of the records of a kind.
_SUMS: Mapping[str, Mapping[str, str]] = {
    "inspection": {
        "inspections": "count(*)",
        "inspectors": "coalesce(sum(members), 0)",
        "visits": "coalesce(sum(visits), 0)",
        "hazards_found": "coalesce(sum(hazards_found), 0)",
    },
    "penalty": {"penalties": "count(*)", "fines_fen": "coalesce(sum(amount_fen), 0)"},
    "referral": {"referrals": "count(*)", "referred_people": "coalesce(sum(people), 0)"},
}
# What else is told of a group: who they were, or what the penalties of it were.
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "inspection": ("json_group_array(DISTINCT team)", f"json_group_array(DISTINCT {VISITED})"),
    "penalty": ("kinds",),
    "referral": (),
}
# What is counted once more, all together; the kinds of a penalty stand on lines of their own.
_OF_A_KIND = "instr(char(10) || kinds || char(10), char(10) || '{kind}' || char(10)) > 0"
_AGAIN: Mapping[str, Mapping[str, str]] = {
    **_SUMS,
    "penalty": {
        **_SUMS["penalty"],
        **{
            name: f"count(*) FILTER (WHERE {_OF_A_KIND.format(kind=kind)})"
            for name, kind in OF_KINDS.items()
        },
    },
}


class Period(NamedTuple):
    """What is asked for, and the first and the last day on which it was done."""

    wanted: Filter  # without days of its own
    since: date
    until: date

    @property
    def found(self) -> Filter:
        """The hazards that were found in it."""
        return self.wanted._replace(since=self.since, until=self.until)


@dataclass(slots=True)
class _Group:
    """What is gathered of one group."""

    counts: Counter[str] = field(default_factory=Counter)
    teams: set[str] = field(default_factory=set)
    visited: set[int | str] = field(default_factory=set)

    def add(self, names: Mapping[str, Any] | tuple[str, ...], counts: list[int]) -> None:
        self.counts.update(dict(zip(names, counts, strict=True)))


def enforced(
    ask: Ask, asked: Period, *, by: str | None, orders: bool = True
) -> list[tuple[str | None, Enforced]]:
    """What was done in a period, by a group; without one all together.

    Orders are those of the hazards found in it, as they stood at its end.
    """
    meaning, same = Meaning(ask), cache(sameness)
    groups: defaultdict[str | None, _Group] = defaultdict(_Group)

    def group(key: str | None) -> _Group:
        return groups[meaning.name(key) if by == "enterprise" and key else key]

    for key, teams, visited, *counts in _counted(ask, "inspection", asked, by):
        one = group(key)
        one.add(_SUMS["inspection"], counts)
        one.teams.update(same(team) for team in json.loads(teams) if team)
        one.visited.update(meaning.of(name) for name in json.loads(visited) if name)
    for key, kinds, *counts in _counted(ask, "penalty", asked, by):
        told = str(kinds).split("\n")
        of_kinds = tuple(name for name, kind in OF_KINDS.items() if kind in told)
        group(key).add((*_SUMS["penalty"], *of_kinds), [*counts, *counts[:1] * len(of_kinds)])
    for key, *counts in _counted(ask, "referral", asked, by):
        group(key).add(_SUMS["referral"], counts)
    for name in _ORDERS if orders else ():
        for key, count in _ordered(ask, asked, name, by):
            group(key).add((name,), [count])
    return [
        (key, Enforced(**one.counts, named=frozenset(one.teams), visited=frozenset(one.visited)))
        for key, one in groups.items()
    ]


def again(ask: Ask, asked: Period) -> dict[str, int]:
    """The same counted once more, all together."""
    told: dict[str, int] = {}
    for kind, sums in _AGAIN.items():
        condition, values = where_done(ask, kind, asked)
        sql = f"SELECT {', '.join(sums.values())} FROM {kind} WHERE {condition}"
        told |= zip(sums, ask(sql, values)[0], strict=True)
    for name in _ORDERS:
        told[name] = sum(count for _key, count in _ordered(ask, asked, name, None))
    return told


def ordered(ask: Ask, asked: Period, figure: str) -> list[Record]:
    """The hazards behind the orders of a period, as they stood at its end."""
    return population.listing(ask, asked.found, asked.until, test=_ORDERS[figure])


def _counted(ask: Ask, kind: str, asked: Period, by: str | None) -> list[Any]:
    """The records of a kind by a group: its key, what else is told of it, what is counted."""
    condition, values = where_done(ask, kind, asked)
    columns = ", ".join((_key(kind, by), *_BESIDE[kind], *_SUMS[kind].values()))
    groups = grouped(by and "1", "kinds" if kind == "penalty" else None)
    sql = f"SELECT {columns} FROM {kind} WHERE {condition} {groups}"
    return ask(sql, values)


def _ordered(ask: Ask, asked: Period, figure: str, by: str | None) -> list[Any]:
    """How many orders were given, by a group."""
    source, bound = population.standing(ask, asked.until, NEEDED)
    condition, values = where(ask, asked.found, asked.until)
    sql = (
        f"SELECT {_key('hazard', by)}, count(*) FROM {source}"
        f" WHERE {_ORDERS[figure]} AND {condition} {grouped(by and '1')}"
    )
    return ask(sql, [*bound, *values])


def grouped(*by: str | None) -> str:
    """How rows are grouped, and in which order; all together are counted without any sorting."""
    groups = ", ".join(filter(None, by))
    return f"GROUP BY {groups} ORDER BY {groups}" if groups else ""


def _key(kind: str, by: str | None) -> str:
    """What the records of a kind are grouped by, or hazards."""
    if by == "month":
        return f"substr({DAYS.get(kind, 'found_on')}, 1, 7)"
    keys = {**_KEYS, **(_OF_INSPECTIONS if kind == "inspection" else {})}
    return keys[by]


def where_done(ask: Ask, kind: str, asked: Period) -> tuple[str, list[object]]:
    """The condition of what was done in a period, and its values.

    The `+` keeps the database from reading the records in the order of their days: all of them in
    the order of their groups are read faster.
    """
    condition, values = where_told(ask, kind, asked.wanted)
    days = [asked.since.isoformat(), asked.until.isoformat()]
    return f"+{DAYS[kind]} BETWEEN ? AND ? AND {condition}", [*days, *values]


def where_told(ask: Ask, kind: str, wanted: Filter) -> tuple[str, list[object]]:
    """The condition of the records of a kind that a filter means, and its values."""
    parts = [ALL]
    values: list[object] = []
    if industries := wanted.industry:
        parts.append(f"industry IN ({', '.join('?' * len(industries))})")
        values += industries
    for name, column in (("enterprise",) * 2, ("district",) * 2, ("campaign", "campaigns")):
        if names := getattr(wanted, name):
            spelled = _spelled(ask, kind, column, meant(ask, name, names))
            parts.append(f"{column} IN ({', '.join('?' * len(spelled))})")
            values += spelled
    return " AND ".join(parts), values


def _spelled(ask: Ask, kind: str, column: str, wanted: set[str]) -> list[str]:
    """What stands in a column of the records and means one of the wanted names."""
    stored = ask(f"SELECT DISTINCT {column} FROM {kind} WHERE {column} IS NOT NULL", ())
    return [text for (text,) in stored if wanted.intersection(map(sameness, text.split("\n")))]
