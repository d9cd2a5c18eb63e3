"""The questions that are asked of a ledger, answered with plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from hazardctl.domain.figures import Counts, checks
from hazardctl.domain.filter import Filter
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.report import Summary, by_campaign, by_industry, by_key
from hazardctl.domain.rules import Rules
from hazardctl.store import population, questions
from hazardctl.store.sqlite import reading

Record = dict[str, Any]


def hazard(path: Path, number: str, as_of: date) -> Record:
    """One hazard with its cycles, evidence and events.

    Raises UnknownNumber, AmbiguousNumber, NotANumber, and what says that the ledger is unusable.
    """
    with reading(path) as book:
        return questions.told(book.ask, questions.found(book.ask, number), as_of)


def history(path: Path, number: str | None, *, limit: int | None = None) -> list[Record]:
    """The events of one hazard, or of the whole ledger, oldest first."""
    with reading(path) as book:
        subject = questions.number(book.ask, number) if number else None
        return questions.history(book.ask, subject, limit=limit)


def listing(path: Path, wanted: Filter, as_of: date, *, limit: int | None = None) -> list[Record]:
    """The hazards of a filter as they stood at the end of a day, in the order of their numbers."""
    with reading(path) as book:
        return population.listing(book.ask, wanted, as_of, limit=limit)


def listing_json(
    path: Path, wanted: Filter, as_of: date, *, limit: int | None = None, by_line: bool = False
) -> bytearray:
    """The same hazards as a JSON array, or one object a line.

    Seen as it stands, a ledger has these texts ready: 30,000 take a tenth of a second.
    """
    frame = population.LINES if by_line else population.ARRAY
    with reading(path) as book:
        if population.is_present(book.ask, as_of):
            return population.texts(book.ask, book.each, wanted, as_of, frame=frame, limit=limit)
        found = population.listing(book.ask, wanted, as_of, limit=limit)
    return population.written(found, frame=frame)


def rules(path: Path) -> Rules:
    """The rules of a ledger."""
    with reading(path) as book:
        return questions.rules(book.ask)


def summary(
    path: Path,
    wanted: Filter,
    as_of: date,
    *,
    by: str,
    taxonomy: Taxonomy,
    chosen: str | None = None,
) -> Summary:
    """The figures of a filter, in rows and in total, with the sums tested.

    `chosen` is the one industry that was asked for: its children are the rows then.
    """
    with reading(path) as book:
        soon = questions.rules(book.ask).due_soon
        counted = population.counts(book.ask, wanted, as_of, by=by, soon=soon)
        tally = population.tally(book.ask, wanted, as_of)
    overlap = Counts()
    if by == "industry":
        rows = by_industry(counted, taxonomy, chosen)
    elif by == "campaign":
        rows, overlap = by_campaign(counted)
    else:
        rows = by_key(counted, by)
    total = sum((row.counts for row in rows), start=Counts()) - overlap
    tested = tuple(checks(total, tally))
    return Summary(by=by, rows=tuple(rows), total=total, overlap=overlap, checks=tested)


def few_open(path: Path, wanted: Filter, as_of: date, *, most: int) -> list[Record]:
    """The open hazards of a filter, if they are no more than that many."""
    found = listing(path, replace(wanted, open=True), as_of, limit=most + 1)
    return found if len(found) <= most else []
