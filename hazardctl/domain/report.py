"""A report: its form, and the rows of its figures, rolled up the way it was asked for."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from hazardctl.domain.enforcement import COLUMNS as ENFORCEMENT
from hazardctl.domain.enforcement import FILTERS as REGISTERED
from hazardctl.domain.figures import SUMMARY, Check
from hazardctl.domain.filter import Filter
from hazardctl.domain.flows import COMES, GOES
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.lookbacks import COLUMNS as LOOKED
from hazardctl.domain.lookbacks import FILTERS as OF_CLOSED
from hazardctl.domain.lookbacks import GROUPS as OF_LOOKBACKS
from hazardctl.domain.names import sameness
from hazardctl.domain.words import Severity, State
from hazardctl.errors import PeriodEndsFirst

Figures = Any  # Counts, or Flows: what can be added, taken away, and asked for a figure
Counted = Iterable[tuple[str | None, Figures]]
# Groups whose keys are names as people write them.
_NAMED = frozenset({"district", "enterprise", "leader", "person", "team"})
_IN_ORDER: dict[str, list[str]] = {
    "state": [str(state) for state in State],
    "severity": [str(severity) for severity in Severity],
}


class Form(NamedTuple):
    """One form: its columns in the order in which they are printed, and its usual rows.

    `needs` are the columns of which a row must have one to be shown; with none every row is.
    """

    by: str
    columns: tuple[str, ...]
    needs: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()  # the only ones it is given by, if it is not given by all
    teller: str = "standing"  # the module of the ledger that tells it
    shower: str = ""  # the module that lays it out, if it has a layout of its own
    filters: tuple[str, ...] = ()  # the only ones that mean something to it, if not all do
    marks: tuple[str, ...] = ()  # columns that say something of a row, with nothing behind them

    def has(self, counts: Figures) -> bool:
        """Whether a row of these counts is shown."""
        return not self.needs or any(getattr(counts, name) for name in self.needs)


FORMS: Mapping[str, Form] = {
    "summary": Form(by="industry", columns=SUMMARY),
    # Who is late, by how many days, and what waits too long for the bureau (domain.md §2.4, §8.7).
    "overdue": Form(
        by="person",
        columns=(
            "overdue",
            "overdue_1_10",
            "overdue_11_20",
            "overdue_over_20",
            "waiting_too_long",
        ),
        needs=("overdue", "waiting_too_long"),
    ),
    # What each case leader (包案领导) answers for (domain.md §3.3).
    "leaders": Form(
        by="leader",
        columns=(
            "found",
            "open",
            "overdue",
            "closed",
            "closure_rate",
            "on_time_rate",
            "reopened",
            "failed_lookbacks",
        ),
    ),
    # 日清日结 (domain.md §3.7): a row a day.
    "daily": Form(
        by="day",
        columns=("opening", *COMES, *GOES, "closing", "same_day_rate"),
        groups=("day",),
        teller="balancing",
    ),
    # The national monthly form (domain.md §8.1), in its own two sheets on paper.
    "monthly": Form(
        by="row",
        columns=(
            *("enterprises_due", "enterprises_checked", "coverage_rate"),
            *("general_found", "general_rectified", "general_rate"),
            *("major_found", "major_closed", "major_rate"),
            *("major_planned", "major_in_place"),
            *("major_listed", "listed_provincial", "listed_municipal", "funds_fen"),
        ),
        groups=("row",),
        teller="months",
        shower="months",
        filters=REGISTERED,
    ),
    # What was inspected and punished in a period (domain.md §8.3).
    "enforcement": Form(
        by="industry",
        columns=ENFORCEMENT,
        groups=("industry", "district", "enterprise", "campaign", "team", "month"),
        teller="enforcing",
        shower="enforcing",
        filters=REGISTERED,
    ),
    # What was drawn and what look-backs (回头看) found in a period (domain.md §3.5).
    "lookback": Form(
        by="district",
        columns=LOOKED,
        groups=OF_LOOKBACKS,
        teller="looking_back",
        filters=OF_CLOSED,
    ),
    # The blind spots (不漏掉一个盲区): who was never inspected, where nothing was found.
    "coverage": Form(
        by="industry",
        columns=(
            *("registered", "inspected", "never_inspected", "coverage_rate", "found", "visits"),
            "silent",
        ),
        groups=("industry", "district", "jurisdiction"),
        teller="covering",
        filters=REGISTERED,
        marks=("silent",),
    ),
    # 存量/增量: the same of a whole period, for each group.
    "stock": Form(by="industry", columns=("opening", *COMES, *GOES, "closing"), teller="balancing"),
}


class Question(NamedTuple):
    """What is asked of a ledger: a form, of which hazards, seen from which day, in which rows.

    `chosen` is the one industry that was asked for: its children are the rows then.
    """

    form: str
    wanted: Filter
    as_of: date
    by: str
    taxonomy: Taxonomy
    chosen: str | None = None

    def top(self, industry: str) -> str:
        """The industry in whose row another one stands."""
        return industry if self.chosen else self.taxonomy.top(industry)


class Row(NamedTuple):
    """The figures of one group; `key` is None for what has none."""

    key: str | None
    counts: Figures


class Report(NamedTuple):
    """A report: its form, its rows, its total, what was tested of them, and the `period` it is of.

    One of a single day has no period of its own: that of its filter is of the days of finding.
    """

    form: str
    by: str
    rows: tuple[Row, ...]
    total: Figures
    overlap: Figures
    checks: tuple[Check, ...]
    period: tuple[date, date] | None = None
    enforcement: Figures = None  # under a summary of one industry or campaign

    @property
    def adds_up(self) -> bool:
        """Whether every sum that was tested agrees."""
        return all(check.holds for check in self.checks)


def period(asked: Question) -> tuple[Filter, date, date]:
    """The hazards that a form of a period is of, and its first and last day.

    It ends on the day it is seen from at the latest; where nothing is said it begins with the
    month (daily) or the year. Raises PeriodEndsFirst.
    """
    wanted = asked.wanted
    until = min(wanted.until or asked.as_of, asked.as_of)
    usual = until.replace(day=1) if asked.form == "daily" else until.replace(month=1, day=1)
    since = wanted.since or usual
    if since > until:
        raise PeriodEndsFirst(since=since, until=until)
    return wanted._replace(since=None, until=None), since, until


# What of a hazard, as it is printed, says which row of a report it stands in.
_KEPT_IN = {"leader": "case_leader", "person": "responsible_person", "campaign": "campaigns"}


def keys_of(hazard: Mapping[str, Any], asked: Question) -> list[str | None]:
    """The rows of a report in which a hazard stands: one, or one for each of its campaigns."""
    if asked.by == "month":
        return [hazard["found_on"][:7]]
    value = hazard[_KEPT_IN.get(asked.by, asked.by)]
    if asked.by == "industry":
        return [asked.top(value)]
    return list(value or [None]) if asked.by == "campaign" else [value]


def is_same_row(key: str | None, asked: str | None) -> bool:
    """Whether a row is the one that was asked for; names are compared as names."""
    return key == asked or bool(key and asked and sameness(key) == sameness(asked))


def rolled_up(
    counted: Counted,
    asked: Question,
    *,
    nothing: Figures,
    first: str,
    several: Container[str] = ("campaign",),
) -> tuple[list[Row], Figures]:
    """The rows of a form, and what they count more than once.

    They are ordered by their figure `first`; a key of the groups `several` may hold more than one
    name; `nothing` is the figures of nothing at all.
    """
    if asked.by == "industry":
        return by_industry(counted, asked), nothing
    if asked.by in several:
        return by_campaign(counted, nothing=nothing, first=first)
    return by_key(counted, asked.by, first=first), nothing


def by_industry(counted: Counted, asked: Question) -> list[Row]:
    """The rows at the top level; under one chosen industry its children, with its own as itself.

    What has no industry, as a record may, stands last.
    """
    sums: dict[str | None, Figures] = {}
    for slug, counts in counted:
        key = slug and asked.top(slug)
        sums[key] = sums.get(key, type(counts)()) + counts
    order = {industry.slug: place for place, industry in enumerate(asked.taxonomy)}
    return [
        Row(key, sums[key])
        for key in sorted(sums, key=lambda key: order.get(key or "", len(order)))
    ]


def by_campaign(
    counted: Counted, *, nothing: Figures, first: str = "found"
) -> tuple[list[Row], Figures]:
    """The rows of each campaign, and what they count more than once.

    A hazard in two campaigns stands in both rows and once in the total. `nothing` is the figures of
    no hazards.
    """
    each: list[tuple[str | None, Figures]] = []
    overlap = nothing
    for names, counts in counted:
        several = _several(names)
        each += [(name, counts) for name in several]
        for _again in several[1:]:
            overlap = overlap + counts
    return _ordered(_summed(each, alike=True), first), overlap


def _summed(counted: Counted, *, alike: bool) -> dict[str | None, Figures]:
    """The counts of each key; `alike` takes names that are the same as one, as first written."""
    written: dict[str, str] = {}
    sums: dict[str | None, Figures] = {}
    for key, counts in counted:
        one = written.setdefault(sameness(key), key) if alike and key else key
        sums[one] = sums.get(one, type(counts)()) + counts
    return sums


def _several(names: str | None) -> list[str | None]:
    """The names of a key, each once, however it is spelled."""
    if not names:
        return [None]
    each: dict[str, str | None] = {}
    for name in names.split("\n"):
        each.setdefault(sameness(name), name)
    return list(each.values())


def by_key(counted: Counted, by: str, *, first: str = "found") -> list[Row]:
    """The rows as they were counted: months and states in their order, others by a figure."""
    sums = _summed(counted, alike=by in _NAMED)
    if by == "month":
        return [Row(key, sums[key]) for key in sorted(sums, key=str)]
    if by in _IN_ORDER:
        return [Row(key, sums[key]) for key in _IN_ORDER[by] if key in sums]
    return _ordered(sums, first)


def _ordered(sums: dict[str | None, Figures], first: str) -> list[Row]:
    """The largest by a figure first, equal ones by name, what has no name last."""
    keys = sorted(sums, key=lambda key: (key is None, -getattr(sums[key], first), str(key)))
    return [Row(key, sums[key]) for key in keys]
