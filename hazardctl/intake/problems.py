"""What is wrong with a row, what is worth saying about a file, and the facts that each one has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# A fault rejects its row. Beside these facts every fault has `row`, `column` and `found`.
FAULTS: Mapping[str, frozenset[str]] = {
    "no-column": frozenset({"field"}),
    "missing-description": frozenset(),
    "missing-enterprise": frozenset(),
    "missing-found-on": frozenset(),
    "missing-reopened-on": frozenset(),
    "not-a-day": frozenset(),
    "no-such-day": frozenset(),
    "no-year": frozenset(),
    "ambiguous": frozenset(),
    "unknown-holiday": frozenset(),
    "far-day": frozenset({"day", "years"}),
    "in-the-future": frozenset({"day", "today"}),
    "due-before-found": frozenset({"day", "after"}),
    "rectified-before-found": frozenset({"day", "after"}),
    "verified-before-found": frozenset({"day", "after"}),
    "closed-before-found": frozenset({"day", "after"}),
    "verified-before-rectified": frozenset({"day", "after"}),
    "closed-before-rectified": frozenset({"day", "after"}),
    "closed-before-verified": frozenset({"day", "after"}),
    "lookback-before-closed": frozenset({"day", "after"}),
    "control-character": frozenset({"at"}),
    "replacement-character": frozenset({"at"}),
    "surrogate": frozenset({"at"}),
    "noncharacter": frozenset({"at"}),
    "too-long": frozenset({"at"}),
    "unknown-state": frozenset(),
    "contradictory-state": frozenset({"other_column", "other_found"}),
    "unknown-severity": frozenset(),
    "unknown-answer": frozenset(),
    "unknown-lookback-result": frozenset(),
    "unknown-word": frozenset(),
    "missing-value": frozenset(),
    "not-a-ledger-number": frozenset(),
    "not-a-count": frozenset(),
    "long-number": frozenset(),
    "unknown-code": frozenset({"choices"}),
    "not-a-count-of": frozenset({"least"}),
    "not-an-amount": frozenset(),
    "below-nothing": frozenset(),
    "no-unit": frozenset(),
    "part-of-a-fen": frozenset(),
    "amount-too-large": frozenset(),
    "not-a-credit-code": frozenset({"expected"}),
    "wrong-check-digit": frozenset({"expected"}),
    "missing-field": frozenset({"what"}),
    "day-before-day": frozenset({"what", "day", "after", "after_on"}),
    "step-without-day": frozenset({"state", "other", "missing"}),
    "other-state": frozenset({"state"}),
    "no-fine": frozenset({"amount", "what"}),
    "too-much-on-the-spot": frozenset({"amount", "most"}),
    "amount-questioned": frozenset({"amount", "most", "source"}),
    "unknown-hazard": frozenset(),
    "several-hazards": frozenset({"numbers"}),
    "unknown-decision": frozenset(),
    "several-decisions": frozenset({"numbers"}),
    "alias-taken": frozenset({"alias", "name"}),
    "code-taken": frozenset({"name"}),
    "too-few-cells": frozenset({"cells", "headings"}),
    "too-many-cells": frozenset({"cells", "headings"}),
    "error-cell": frozenset(),
    "formula-without-value": frozenset(),
}

# A notice takes nothing away. Beside these facts every notice has `count` (of rows) and `row`, the
# first of them.
NOTICES: Mapping[str, frozenset[str]] = {
    "no-industry": frozenset(),
    "unknown-industry": frozenset({"found"}),
    "unknown-source": frozenset({"found"}),
    "industry-left-out": frozenset({"found"}),
    "no-amount": frozenset({"found"}),
    "listed-by-whom": frozenset({"found"}),
    "closed-without-day": frozenset(),
    "blank-state": frozenset(),
    "rebound": frozenset(),
    "overdue-not-yet": frozenset(),
    "extended-without-papers": frozenset(),
    "on-spot-without-day": frozenset(),
    "traditional-text": frozenset(),
    "garbled-text": frozenset(),
    "several-problems": frozenset(),
    "between-grades": frozenset({"found"}),
    "year-supplied": frozenset({"year"}),
    "two-digit-year": frozenset({"found"}),
    "due-names-no-day": frozenset({"found"}),
    "day-left-out": frozenset({"column"}),
    "unpublished-holidays": frozenset({"year"}),
    "merged-down": frozenset(),
    "hidden-sheet": frozenset(),
    "hidden-rows": frozenset(),
    "cell-left-out": frozenset({"column"}),
    "reporter-left-out": frozenset({"column"}),
    "errors-unseen": frozenset({"format"}),
    "dates-from-1904": frozenset(),
    "unused-map": frozenset({"heading"}),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be taken."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one row: where it stands, what was found there, and what it is judged by."""

    file: str
    sheet: str | None
    row: int  # as the spreadsheet counts it; in CSV the line where the row begins
    column: str | None  # the sender's heading
    code: str
    found: str
    facts: Mapping[str, object] = field(default_factory=dict)
    index: int | None = None  # of the column, the first being 0

    @property
    def words(self) -> dict[str, object]:
        """Everything that its sentence may name."""
        return {"row": self.row, "column": self.column or "", "found": self.found, **self.facts}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the sender should know, said once with the number of rows that it is about."""

    file: str
    sheet: str | None
    code: str
    facts: Mapping[str, object]


class Notices:
    """The notices of one sheet while it is read."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, tuple[tuple[str, object], ...]], list[int]] = {}

    def add(self, code: str, row: int, count: int = 1, /, **facts: object) -> None:
        """Count one row more; `row` is shown if it is the first."""
        seen = self._seen.setdefault((code, tuple(facts.items())), [row, 0])
        seen[1] += count

    def all(self, file: str, sheet: str | None) -> list[Notice]:
        """What was seen, in the order in which it was first seen."""
        return [
            Notice(file, sheet, code, {**dict(facts), "row": row, "count": count})
            for (code, facts), (row, count) in self._seen.items()
        ]
