"""How many hazards are open at the start of a period, come, go, and are open at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from operator import add, sub
from typing import NamedTuple

from hazardctl.domain.figures import Check

# What adds to the open hazards, and what takes from them.
COMES = ("found", "reopened", "taken_back")
GOES = ("closed", "void", "transferred")


class Flows(NamedTuple):
    """The open hazards at the start of a period, and what happened in it."""

    opening: int = 0
    found: int = 0
    reopened: int = 0
    taken_back: int = 0
    closed: int = 0
    void: int = 0
    transferred: int = 0
    closed_same_day: int = 0  # as they were found

    @property
    def closing(self) -> int:
        """The open hazards at the end of the period."""
        came = self.found + self.reopened + self.taken_back
        return self.opening + came - self.closed - self.void - self.transferred

    def __add__(self, other: Flows) -> Flows:  # type: ignore[override]  # it adds up
        return Flows(*map(add, self, other))

    def __sub__(self, other: Flows) -> Flows:
        return Flows(*map(sub, self, other))


# What happened, in which group, before the period or (None) in it, on which day, how often, and
# how often of these on the day the hazard was found.
Happened = tuple[str | None, str, str | None, int, int]


def by_group(happened: Iterable[Happened]) -> list[tuple[str | None, Flows]]:
    """The flows of a whole period, for each group."""
    sums: dict[str | None, Flows] = {}
    for key, what, day, count, same_day in happened:
        sums[key] = sums.get(key, Flows()) + _flow(what, day, count, same_day)
    return list(sums.items())


def by_day(happened: Iterable[Happened], since: date, until: date) -> list[tuple[str, Flows]]:
    """The flows of each day of a period; each opens with what the day before closed with."""
    days: dict[str | None, Flows] = {}
    for _key, what, day, count, same_day in happened:
        days[day] = days.get(day, Flows()) + _flow(what, day, count, same_day)
    opening = days.get(None, Flows()).opening
    rows: list[tuple[str, Flows]] = []
    for after in range((until - since).days + 1):
        on = (since + timedelta(days=after)).isoformat()
        rows.append((on, days.get(on, Flows()) + Flows(opening=opening)))
        opening = rows[-1][1].closing
    return rows


def one_period(rows: Sequence[Flows]) -> Flows:
    """The flows of days that follow one another, as those of one period."""
    first = rows[0].opening if rows else 0
    openings = sum(one.opening for one in rows)
    return sum(rows, start=Flows()) + Flows(opening=first - openings)


def _flow(what: str, day: str | None, count: int, same_day: int) -> Flows:
    if day is None:  # before the period
        return Flows(opening=count if what in COMES else -count)
    told = {what: count, "closed_same_day": same_day if what == "closed" else 0}
    return Flows(**told)


def checks(total: Flows, rows: Flows, *, opening: int, closing: int) -> list[Check]:
    """The identities of a balance.

    `rows` are its rows as one; `opening` and `closing` are counted by the states of a day.
    """
    told = [
        Check("opening = open at the start", total.opening, opening),
        Check("opening + new - gone = open at the end", total.closing, closing),
    ]
    for name in (*COMES, *GOES):
        mine, yours = getattr(total, name), getattr(rows, name)
        told.append(Check(f"{name}: total = sum of rows", mine, yours))
    return told
