"""The report of what was inspected and punished in a period."""

from __future__ import annotations

from datetime import date

from hazardctl.domain.enforced import Enforced, checks, together
from hazardctl.domain.report import Question, Report, Row, period, rolled_up
from hazardctl.ledger.reporting import Behind
from hazardctl.store import enforcing
from hazardctl.store.enforcing import Period
from hazardctl.store.opening import reading
from hazardctl.store.place import Place


def report(path: Place, asked: Question) -> Report:
    """The form, with its sums tested; raises PeriodEndsFirst."""
    of = Period(*period(asked))
    with reading(path) as book:
        counted = enforcing.enforced(book.ask, of, by=asked.by)
        again = enforcing.again(book.ask, of)
    rows, overlap = rolled_up(counted, asked, nothing=Enforced(), first="inspections")
    total = together(row.counts for row in rows) - overlap
    tested = checks((row.counts for row in rows), total, again)
    days = (of.since, of.until)
    return Report("enforcement", asked.by, tuple(rows), total, overlap, tuple(tested), days)


def beside(path: Place, asked: Question) -> Enforced:
    """What was done for the hazards of a summary: all of it, if no period is asked for."""
    wanted = asked.wanted
    until = min(wanted.until or asked.as_of, asked.as_of)
    of = Period(wanted._replace(since=None, until=None), wanted.since or date.min, until)
    with reading(path) as book:
        return together(
            done for _key, done in enforcing.enforced(book.ask, of, by=None, orders=False)
        )


def behind(path: Place, asked: Question, *, figure: str, row: Row | None) -> Behind:
    """The inspections, penalties, referrals or hazards behind a figure."""
    # with all that a record is, which figures do not need
    from hazardctl.ledger import behind_enforcement

    return behind_enforcement.behind(path, Period(*period(asked)), asked, figure=figure, row=row)
