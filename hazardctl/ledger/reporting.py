"""The reports that are asked of a ledger: their figures, tested."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hazardctl.domain.figures import Counts, checks
from hazardctl.domain.filter import Filter
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.report import (
    Row,
    Summary,
    by_campaign,
    by_industry,
    by_key,
    is_same_row,
    keys_of,
)
from hazardctl.ledger.reading import Record, listing
from hazardctl.store import counting, questions
from hazardctl.store.sqlite import reading


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
        counted = counting.counts(book.ask, wanted, as_of, by=by, soon=soon)
        tally = counting.tally(book.ask, wanted, as_of)
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


def behind(
    path: Path,
    wanted: Filter,
    as_of: date,
    *,
    figure: str,
    row: Row | None,
    by: str,
    taxonomy: Taxonomy,
    chosen: str | None = None,
) -> list[Record]:
    """The hazards behind a figure of a summary: of one row, or of all of them."""
    with reading(path) as book:
        soon = questions.rules(book.ask).due_soon
        found = counting.behind(book.ask, wanted, as_of, figure=figure, soon=soon)
    if row is None:
        return found
    return [
        hazard
        for hazard in found
        if any(
            is_same_row(key, row.key)
            for key in keys_of(hazard, by, taxonomy=taxonomy, chosen=chosen)
        )
    ]


def few_open(path: Path, wanted: Filter, as_of: date, *, most: int) -> list[Record]:
    """The open hazards of a filter, if they are no more than that many."""
    found = listing(path, replace(wanted, open=True), as_of, limit=most + 1)
    return found if len(found) <= most else []
