"""The national monthly form, counted by the database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from hazardctl.domain.filter import Filter
from hazardctl.domain.months import NO_INDUSTRY, Month
from hazardctl.domain.names import sameness
from hazardctl.domain.words import RECTIFIED, UNRECTIFIED, State
from hazardctl.store.cards import Record
from hazardctl.store.conditions import ALL, IS_OPEN, VISITED, Ask, listed, meant, where
from hazardctl.store.counting import Test
from hazardctl.store.naming import owners, where_named
from hazardctl.store.population import listing, standing

if TYPE_CHECKING:
    from hazardctl.domain.register import Kind

_COUNTS = "state NOT IN ('void', 'transferred')"  # those are in no figure
_EVER_ENDED = (
    "SELECT id FROM hazard WHERE state IN ('void', 'transferred')"
    " UNION SELECT id FROM past WHERE state IN ('void', 'transferred')"
)
_GENERAL = "severity = 'general' AND found_on >= ?"
_MAJOR = "severity = 'major' AND found_on >= ?"
_RECTIFIED = f"state IN ({listed(RECTIFIED)})"
_UNRECTIFIED = f"state IN ({listed(UNRECTIFIED)})"
_PLANNED = f"severity = 'major' AND {IS_OPEN} AND state <> 'registered'"
_LISTED = f"severity = 'major' AND {IS_OPEN} AND listing IS NOT NULL AND listed_on <= ?"
_BEGUN, _SEEN = ("since",), ("day",)
TESTS: Mapping[str, Test] = {
    "general_found": Test(_GENERAL, _BEGUN),
    "general_rectified": Test(f"{_GENERAL} AND {_RECTIFIED}", _BEGUN),
    "major_found": Test(_MAJOR, _BEGUN),
    "major_closed": Test(f"{_MAJOR} AND state = 'closed'", _BEGUN),
    "major_planned": Test(_PLANNED),
    "major_in_place": Test(f"{_PLANNED} AND accepted_on <= ?", _SEEN),
    "major_listed": Test(_LISTED, _SEEN),
    "listed_provincial": Test(f"{_LISTED} AND listing = 'provincial'", _SEEN),
    "listed_municipal": Test(f"{_LISTED} AND listing = 'municipal'", _SEEN),
    "funds_fen": Test("funds_fen > 0 AND found_on >= ?", _BEGUN),
    "general_unrectified": Test(f"{_GENERAL} AND {_UNRECTIFIED}", _BEGUN),
    "major_unclosed": Test(f"{_MAJOR} AND {IS_OPEN}", _BEGUN),
    "listed_otherwise": Test(f"{_LISTED} AND listing NOT IN ('provincial', 'municipal')", _SEEN),
}
_NEEDED = (
    *("id", "industry", "enterprise", "district", "campaigns", "found_on", "severity", "state"),
    *("accepted_on", "listing", "listed_on", "funds_fen"),
)
# Each is asked of as few hazards as can have it, by an index that tells it or finds them.
_OF_MAJORS = (
    *("major_in_place", "major_listed"),
    *("listed_provincial", "listed_municipal", "listed_otherwise"),
)
_AGAIN = {
    "general_found": "severity = 'general'",
    "general_rectified": f"severity = 'general' AND {_RECTIFIED}",
    "general_unrectified": f"severity = 'general' AND {_UNRECTIFIED}",
    "major_found": "severity = 'major'",
    "major_closed": "severity = 'major' AND state = 'closed'",
    "major_unclosed": f"severity = 'major' AND {IS_OPEN}",
}
_ARE_MAJORS = f"severity = 'major' AND {IS_OPEN}"
_HAVE_FUNDS = "funds_fen IS NOT NULL"
_NEW_FUNDS = "coalesce(sum(funds_fen) FILTER (WHERE found_on >= ?), 0)"
_BETWEEN = "\x1f"
_STOOD = "(registered_on IS NULL OR registered_on <= ?) AND (retired_on IS NULL OR retired_on > ?)"


class Asked(NamedTuple):
    """The hazards and enterprises of a filter in a period; it is seen from its last day."""

    wanted: Filter
    since: date
    until: date

    @property
    def always(self) -> Filter:
        """The filter without its days."""
        return self.wanted._replace(since=None, until=None)

    def values(self, test: Test) -> list[object]:
        """The days that a test is judged by."""
        days = {"since": self.since, "day": self.until}
        return [days[name].isoformat() for name in test.days]


def hazards(ask: Ask, asked: Asked) -> dict[str, Month]:
    """What is counted of hazards, by industry."""
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    source, values = _standing(ask, asked)
    begun = asked.since.isoformat()
    sql = (
        "SELECT industry, state, severity, count(*), count(*) FILTER (WHERE found_on >= ?)"
        f" FROM {source} GROUP BY industry, state, severity"
    )
    for industry, state, severity, ever, new in ask(sql, [begun, *values]):
        for name in _figures(state, severity):
            told[industry][name] += ever if name == "major_planned" else new
    sums, bound = _tested(asked, _OF_MAJORS)
    sql = f"SELECT industry, {sums} FROM {source} AND {_ARE_MAJORS} GROUP BY industry"
    for industry, *counts in ask(sql, [*bound, *values]):
        told[industry].update(dict(zip(_OF_MAJORS, counts, strict=True)))
    sql = f"SELECT industry, {_NEW_FUNDS} FROM {source} AND {_HAVE_FUNDS} GROUP BY industry"
    for industry, funds in ask(sql, [begun, *values]):
        told[industry]["funds_fen"] += funds
    return {industry: Month(**counts) for industry, counts in told.items()}


def again(ask: Ask, asked: Asked) -> Month:
    """The same hazards counted once more, all together and by other words."""
    source, values = _standing(ask, asked)
    begun = asked.since.isoformat()
    sums = ", ".join(f"count(*) FILTER (WHERE {test})" for test in _AGAIN.values())
    (counts,) = ask(f"SELECT {sums} FROM {source} AND found_on >= ?", [*values, begun])
    told = Counter(dict(zip(_AGAIN, counts, strict=True)))
    day = asked.until.isoformat()
    sql = (
        "SELECT state, accepted_on <= ?, CASE WHEN listed_on <= ? THEN listing END, count(*)"
        f" FROM {source} AND {_ARE_MAJORS} GROUP BY 1, 2, 3"
    )
    for state, is_in_place, level, count in ask(sql, [day, day, *values]):
        if state != State.REGISTERED:
            told["major_planned"] += count
            told["major_in_place"] += count if is_in_place else 0
        if level:
            told["major_listed"] += count
            is_told = level in ("provincial", "municipal")
            told[f"listed_{level}" if is_told else "listed_otherwise"] += count
    sql = f"SELECT {_NEW_FUNDS} FROM {source} AND {_HAVE_FUNDS}"
    told["funds_fen"] = ask(sql, [begun, *values])[0][0]
    return Month(**told)


def _figures(state: str, severity: str) -> Iterable[str]:
    """The figures in which hazards of such a kind are counted."""
    if severity == "general":
        yield "general_found"
        yield "general_rectified" if state in RECTIFIED else "general_unrectified"
    else:
        yield "major_found"
        yield "major_closed" if state == State.CLOSED else "major_unclosed"
        if state not in (State.CLOSED, State.REGISTERED):
            yield "major_planned"


def _tested(asked: Asked, names: Sequence[str]) -> tuple[str, list[object]]:
    """How many hazards pass each test, in SQL, and the days they are judged by."""
    tests = [TESTS[name] for name in names]
    sums = ", ".join(f"count(*) FILTER (WHERE {test.sql})" for test in tests)
    return sums, [value for test in tests for value in asked.values(test)]


def _standing(ask: Ask, asked: Asked) -> tuple[str, list[object]]:
    """What to select from to see the hazards of a filter on the last day, and the values."""
    source, bound = standing(ask, asked.until, _NEEDED)
    condition, values = where(ask, asked.always, asked.until)
    sql = f"{source} WHERE found_on <= ? AND {_COUNTS} AND {condition}"
    return sql, [*bound, asked.until.isoformat(), *values]


class Enterprises(NamedTuple):
    """The enterprises that were to be checked and those that were, by industry.

    Each goes by the name under which it is registered, which no other has.
    """

    due: Mapping[str, frozenset[str]]
    checked: Mapping[str, frozenset[str]]

    def of(self, industry: str) -> Month:
        """What is counted of the enterprises of an industry."""
        nobody = frozenset[str]()
        return _counted(self.due.get(industry, nobody), self.checked.get(industry, nobody))

    def together(self) -> Month:
        """The same of all industries, each enterprise once."""
        due, checked = (frozenset().union(*some.values()) for some in (self.due, self.checked))
        return _counted(due, checked)


def _counted(due: frozenset[str], checked: frozenset[str]) -> Month:
    return Month(
        enterprises_due=len(due),
        enterprises_checked=len(checked),
        enterprises_unchecked=len(due - checked),
    )


def enterprises(ask: Ask, asked: Asked) -> Enterprises:
    """The enterprises of a filter: an enterprise is what the register has a row of."""
    condition, values = _of_enterprises(ask, asked.wanted)
    sql = (
        f"SELECT coalesce(industry, ?), {_STOOD}, {condition}, group_concat(name, char(31))"
        " FROM enterprise GROUP BY 1, 2, 3"
    )
    days = [asked.until.isoformat(), asked.since.isoformat()]
    rows = [
        (industry, stood, is_meant, frozenset(names.split(_BETWEEN)))
        for industry, stood, is_meant, names in ask(sql, [NO_INDUSTRY, *days, *values])
    ]
    visited = _visited(ask, asked) if rows else set()
    others = owners(ask, visited.difference(*(names for *_, names in rows)))
    visited |= {owner.name for owner in others.values() if owner.number}
    due: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    checked: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for industry, stood, is_meant, names in rows:
        if is_meant:
            due[industry] |= names if stood else names & visited
            checked[industry] |= names & visited
    return Enterprises(due, checked)


def _visited(ask: Ask, asked: Asked) -> set[str]:
    """What was inspected in the period, or had a hazard found in it; of a campaign, by it.

    Each as it is spelled.
    """
    source, bound = standing(ask, asked.until, _NEEDED)
    condition, values = where(ask, Filter(campaign=asked.wanted.campaign), asked.until)
    days: list[object] = [asked.since.isoformat(), asked.until.isoformat()]
    found_in_it = f"found_on BETWEEN ? AND ? AND {condition}"
    # How they stood is asked only of those that were ever taken out of the figures.
    sql = (
        f"SELECT DISTINCT enterprise FROM hazard WHERE {found_in_it} AND id NOT IN ({_EVER_ENDED})"
        f" UNION SELECT enterprise FROM {source}"
        f" WHERE {found_in_it} AND id IN ({_EVER_ENDED}) AND {_COUNTS}"
    )
    found = ask(sql, [*days, *values, *bound, *days, *values])
    inspected, campaigns = _of_inspections(ask, asked.wanted)
    # Most inspections are of the period: `+` reads them in a row, not one by one by their day. One
    # text is had sooner than forty thousand; no name has a control character in it.
    sql = (
        f"SELECT group_concat({VISITED}, char(31)) FROM inspection"
        f" WHERE +inspected_on BETWEEN ? AND ? AND {inspected}"
    )
    ((names,),) = ask(sql, [*days, *campaigns])
    return {name for (name,) in found}.union(names.split(_BETWEEN) if names else ())


def _of_inspections(ask: Ask, wanted: Filter) -> tuple[str, Sequence[object]]:
    """The condition of the inspections of a campaign, and its values."""
    if not wanted.campaign:
        return ALL, ()
    names = meant(ask, "campaign", wanted.campaign)
    stored = ask("SELECT DISTINCT campaigns FROM inspection WHERE campaigns IS NOT NULL", ())
    some = [text for (text,) in stored if names.intersection(map(sameness, text.split("\n")))]
    return f"campaigns IN ({', '.join('?' * len(some))})", some


def _of_enterprises(ask: Ask, wanted: Filter) -> tuple[str, list[object]]:
    """The condition of the enterprises of a filter, and its values."""
    parts, values = [ALL], list[object]()
    if slugs := wanted.industry:
        parts.append(f"coalesce(industry, ?) IN ({', '.join('?' * len(slugs))})")
        values += [NO_INDUSTRY, *slugs]
    if wanted.district:
        keys = {sameness(name) for name in wanted.district}
        stored = ask("SELECT DISTINCT district FROM enterprise WHERE district IS NOT NULL", ())
        some = [text for (text,) in stored if sameness(text) in keys]
        parts.append(f"district IN ({', '.join('?' * len(some))})")
        values += some
    if wanted.enterprise:
        is_named, names = where_named(ask, wanted.enterprise)
        parts.append(is_named)
        values += names
    return " AND ".join(parts), values


def hazards_behind(
    ask: Ask, asked: Asked, *, figure: str, industries: Sequence[str] | None
) -> list[Record]:
    """The hazards that a figure counts, of some industries or of all."""
    test = TESTS[figure]
    bound = asked.values(test)
    within = ALL
    if industries is not None:
        within = f"industry IN ({', '.join('?' * len(industries))})"
        bound += industries
    told = f"{_COUNTS} AND {test.sql} AND {within}"
    return listing(ask, asked.always, asked.until, test=told, tested=bound, needed=_NEEDED)


def records(ask: Ask, names: Iterable[str]) -> tuple[list[Record], Kind]:
    """The enterprises that are registered under some names, in the order of their numbers."""
    # The figures need none of these.
    from hazardctl.domain.asking import Asked as Everything
    from hazardctl.domain.register import ENTERPRISE
    from hazardctl.store import register

    wanted = frozenset(names)
    every = register.listing(ask, ENTERPRISE, Everything())
    return [record for record in every if record["name"] in wanted], ENTERPRISE
