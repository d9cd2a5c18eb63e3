"""The figures of a report: what is counted, the rates made of it, and the sums that must agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Counts:
    """How many hazards, seen at the end of a day; each field is counted by itself."""

    found: int = 0
    found_major: int = 0
    closed: int = 0
    closed_major: int = 0
    rectified: int = 0  # submitted, verified or closed
    open: int = 0
    unrectified: int = 0  # registered, assigned or rectifying
    awaiting_verification: int = 0
    awaiting_sign_off: int = 0
    due_soon: int = 0
    overdue: int = 0
    due: int = 0  # due by that day
    on_time: int = 0  # of these, rectified by their due date
    due_original: int = 0
    on_time_original: int = 0
    reopened: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(mine + yours for mine, yours in zip(self, other, strict=True)))

    def __iter__(self) -> Iterator[int]:
        return (getattr(self, one.name) for one in fields(self))


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
}


def summary(counts: Counts) -> dict[str, int | float | None]:
    """The figures of one row, with their rates (domain.md §8.6)."""
    return {
        name: rate(*(getattr(counts, part) for part in RATES[name]))
        if name in RATES
        else getattr(counts, name)
        for name in SUMMARY
    }


@dataclass(frozen=True, slots=True)
class Check:
    """One identity that was tested, with both sides of it."""

    name: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        """Whether both sides are equal."""
        return self.left == self.right


def checks(total: Counts, rows: Sequence[Counts], *, overlap: Counts) -> list[Check]:
    """The identities that a summary must keep; `overlap` is what the rows count more than once."""
    whole = sum(rows, start=Counts())
    waiting = total.awaiting_verification + total.awaiting_sign_off
    every = [total, *rows]
    return [
        Check(
            "found = closed + open",
            sum(one.found for one in every),
            sum(one.closed + one.open for one in every),
        ),
        Check("open = unrectified + awaiting", total.open, total.unrectified + waiting),
        Check("rectified = awaiting + closed", total.rectified, waiting + total.closed),
        Check("found: total = sum of rows", total.found + overlap.found, whole.found),
        Check("closed: total = sum of rows", total.closed + overlap.closed, whole.closed),
        Check("overdue: total = sum of rows", total.overdue + overlap.overdue, whole.overdue),
    ]
