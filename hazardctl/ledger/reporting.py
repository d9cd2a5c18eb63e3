"""The reports that are asked of a ledger: their figures, tested."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hazardctl.domain.figures import Counts, ages, checks
from hazardctl.domain.filter import Filter
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.report import (
    FORMS,
    Report,
    Row,
    by_campaign,
    by_industry,
    by_key,
    is_same_row,
    keys_of,
)
from hazardctl.ledger.reading import Record, listing
from hazardctl.store import counting, questions
from hazardctl.store.sqlite import reading


def report(
    path: Path,
    wanted: Filter,
    as_of: date,
    *,
    form: str,
    by: str,
    taxonomy: Taxonomy,
    chosen: str | None = None,
) -> Report:
    """The figures of a form for a filter, in rows and in total, with the sums tested.

    `chosen` is the one industry that was asked for: its children are the rows then.
    """
    shown = FORMS[form]
    with reading(path) as book:
        rules = questions.rules(book.ask)
        counted = counting.counts(
            book.ask, wanted, as_of, by=by, rules=rules, columns=shown.columns
        )
        tally = counting.tally(book.ask, wanted, as_of)
    overlap = Counts()
    if by == "industry":
        rows = by_industry(counted, taxonomy, chosen)
    elif by == "campaign":
        rows, overlap = by_campaign(counted, first=shown.columns[0])
    else:
        rows = by_key(counted, by, first=shown.columns[0])
    total = sum((row.counts for row in rows), start=Counts()) - overlap
    tested = [*checks(total, tally), *(ages(total) if form == "overdue" else ())]
    kept = tuple(row for row in rows if shown.has(row.counts))
    return Report(form, by, kept, total, overlap, tuple(tested))


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
    """The hazards behind a figure of a report: of one row, or of all of them."""
    with reading(path) as book:
        rules = questions.rules(book.ask)
        found = counting.behind(book.ask, wanted, as_of, figure=figure, rules=rules)
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


def few(path: Path, wanted: Filter, as_of: date, *, form: str, most: int) -> list[Record]:
    """The hazards that a form lists below its figures, if they are no more than that many."""
    meant = {"summary": replace(wanted, open=True), "overdue": replace(wanted, overdue=True)}
    if form not in meant:
        return []
    found = listing(path, meant[form], as_of, limit=most + 1)
    return found if len(found) <= most else []
