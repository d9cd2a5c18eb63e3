"""The report of the blind spots: who was never inspected, and where nothing was found."""

from __future__ import annotations

from collections.abc import Iterable

from hazardctl.domain.coverage import JURISDICTIONS, Coverage, checks
from hazardctl.domain.report import Question, Report, Row, period, rolled_up
from hazardctl.ledger.reporting import Behind
from hazardctl.store import covering
from hazardctl.store.conditions import Ask
from hazardctl.store.enforcing import Period
from hazardctl.store.opening import reading
from hazardctl.store.place import Place


def report(path: Place, asked: Question) -> Report:
    """The form, with its sums tested; a row for every group, also one with nothing.

    Raises PeriodEndsFirst.
    """
    of = Period(*period(asked))
    with reading(path) as book:
        told = covering.covered(book.ask, of, by=asked.by)
        again = covering.again(book.ask, of)
        told += [(key, Coverage()) for key in _every(book.ask, of, asked)]
    counted, _none = rolled_up(told, asked, nothing=Coverage(), first="registered")
    rows = tuple(Row(row.key, row.counts.told()) for row in counted)
    total = sum((row.counts for row in rows), start=Coverage())
    tested = checks((row.counts for row in rows), total, again)
    days = (of.since, of.until)
    return Report("coverage", asked.by, rows, total, Coverage(), tuple(tested), days)


def _every(ask: Ask, of: Period, asked: Question) -> Iterable[str]:
    """The groups that have a row of their own whether or not there is anything in them."""
    if of.wanted.enterprise:
        return []  # only those of the enterprises that are asked for
    if asked.by == "district":
        return covering.districts(ask, of)
    if asked.by == "jurisdiction":
        return JURISDICTIONS
    if asked.chosen:
        return asked.taxonomy.family(asked.chosen)
    asked_for = of.wanted.industry or [industry.slug for industry in asked.taxonomy]
    return {asked.top(slug) for slug in asked_for}


def behind(path: Place, asked: Question, *, figure: str, row: Row | None) -> Behind:
    """The enterprises, hazards or inspections behind a figure."""
    # with all that a record is, which figures do not need
    from hazardctl.ledger import behind_coverage

    return behind_coverage.behind(path, Period(*period(asked)), asked, figure=figure, row=row)
