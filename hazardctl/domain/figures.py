"""The figures of a report: what is counted, the rates made of it, and the sums that must agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import add, sub
from typing import NamedTuple

from hazardctl.domain.words import OPEN, State


class Counts(NamedTuple):
    """How many hazards of a group, seen at the end of a day."""

    found: int = 0
    found_major: int = 0
    closed: int = 0
    closed_major: int = 0
    awaiting_verification: int = 0
    awaiting_sign_off: int = 0
    due_soon: int = 0
    overdue: int = 0
    due: int = 0  # due by that day
    on_time: int = 0  # of these, rectified by their due date
    due_original: int = 0
    on_time_original: int = 0
    reopened: int = 0
    # counted only for the forms that show them
    overdue_1_10: int = 0  # days
    overdue_11_20: int = 0
    overdue_over_20: int = 0
    waiting_too_long: int = 0  # submitted, and longer than the ledger allows without an answer
    failed_lookbacks: int = 0  # hazards of which a look-back failed, in any cycle

    @property
    def open(self) -> int:
        """Found and not closed."""
        return self.found - self.closed

    @property
    def rectified(self) -> int:
        """Submitted, verified or closed."""
        return self.awaiting_verification + self.awaiting_sign_off + self.closed

    def __add__(self, other: Counts) -> Counts:  # type: ignore[override]  # it adds up
        return Counts(*map(add, self, other))

    def __sub__(self, other: Counts) -> Counts:
        return Counts(*map(sub, self, other))


COUNTED = Counts._fields


class Tally(NamedTuple):
    """The same hazards counted once more, all together and by other words: what must agree."""

    found: int
    closed: int
    open: int  # in one of the open states
    rectified: int  # in one of the states after submission
    overdue: int


def counted(states: Mapping[str, int]) -> dict[str, int]:
    """How many hazards are closed, open, void, transferred: each is exactly one of these."""
    still_open = sum(states.get(state, 0) for state in OPEN)
    ended = {str(one): states.get(one, 0) for one in (State.VOID, State.TRANSFERRED)}
    return {"closed": states.get(State.CLOSED, 0), "open": still_open, **ended}


def rate(part: int, whole: int) -> float | None:
    """A part of a whole from 0 to 1 with 4 decimals; None of nothing."""
    return round(part / whole, 4) if whole else None


# The keys of a summary row after `key` and `label`, in the order in which they are printed.
SUMMARY = (
    "found",
    "found_major",
    "closed",
    "closed_major",
    "closure_rate",
    "rectified",
    "rectification_rate",
    "open",
    "awaiting_verification",
    "awaiting_sign_off",
    "due_soon",
    "overdue",
    "on_time_rate",
    "on_time_rate_original",
    "reopened",
)
RATES = {
    "closure_rate": ("closed", "found"),
    "rectification_rate": ("rectified", "found"),
    "on_time_rate": ("on_time", "due"),
    "on_time_rate_original": ("on_time_original", "due_original"),
    "coverage_rate": ("inspected", "registered"),  # of enterprises
    # of the national monthly form
    "general_rate": ("general_rectified", "general_found"),
    "major_rate": ("major_closed", "major_found"),
    # of what was looked back on
    "confirmation_rate": ("confirmed", "checked"),
    "failed_rate": ("failed", "checked"),
    "same_day_rate": ("closed_same_day", "found"),  # of a balance (日清日结)
}


def figures(counts: object, columns: Sequence[str] = SUMMARY) -> dict[str, int | float | None]:
    """The figures of one row, with their rates (domain.md §8.6)."""
    return {
        name: rate(*(getattr(counts, part) for part in RATES[name]))
        if name in RATES
        else getattr(counts, name)
        for name in columns
    }


class Check(NamedTuple):
    """One identity that was tested, with both sides of it."""

    name: str
    left: int
    right: int
    at_most: bool = False  # the left side may be less

    @property
    def holds(self) -> bool:
        """Whether both sides are as they must be."""
        return self.left <= self.right if self.at_most else self.left == self.right


def ages(total: Counts) -> list[Check]:
    """The identity of a form that tells by how many days hazards are late."""
    parts = total.overdue_1_10 + total.overdue_11_20 + total.overdue_over_20
    return [Check("overdue = sum of its ages", total.overdue, parts)]


def checks(total: Counts, tally: Tally) -> list[Check]:
    """The identities that a report must keep: its total, made of the rows, and a second count."""
    return [
        Check("found = closed + open", tally.found, tally.closed + tally.open),
        Check("found: total = sum of rows", tally.found, total.found),
        Check("closed: total = sum of rows", tally.closed, total.closed),
        Check("open: total = sum of rows", tally.open, total.open),
        Check("rectified: total = sum of rows", tally.rectified, total.rectified),
        Check("overdue: total = sum of rows", tally.overdue, total.overdue),
    ]
