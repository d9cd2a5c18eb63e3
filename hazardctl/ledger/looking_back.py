"""The report of the look-backs of a period: what was drawn, and what was found."""

from __future__ import annotations

from hazardctl.domain.filter import Filter
from hazardctl.domain.lookbacks import Looked, checks
from hazardctl.domain.report import Question, Report, Row, is_same_row, period, rolled_up
from hazardctl.ledger.reporting import Behind
from hazardctl.store import looking_back, population
from hazardctl.store.opening import reading
from hazardctl.store.place import Place


def report(path: Place, asked: Question) -> Report:
    """The form, with its sums tested; raises PeriodEndsFirst."""
    wanted, since, until = period(asked)
    with reading(path) as book:
        counted, again = looking_back.counts(book.ask, wanted, since, until, by=asked.by)
    rows, overlap = rolled_up(
        counted, asked, nothing=Looked(), first="checked", several=looking_back.SEVERAL
    )
    total = sum((row.counts for row in rows), start=Looked()) - overlap
    tested = checks(total, again)
    return Report("lookback", asked.by, tuple(rows), total, overlap, tested, (since, until))


def behind(path: Place, asked: Question, *, figure: str, row: Row | None) -> Behind:
    """The hazards behind a figure of it, as they stand on the day it is seen from.

    One that was looked back on several times is listed as often as it is counted.
    """
    wanted, since, until = period(asked)
    with reading(path) as book:
        found = looking_back.behind(book.ask, wanted, since, until, figure=figure, by=asked.by)
        listed = population.listing(book.ask, Filter(), asked.as_of)
    every = {one["number"]: one for one in listed}

    def stands(key: str | None) -> bool:
        if row is None:
            return True
        if asked.by == "industry" and key:
            key = asked.top(key)
        several = key.split("\n") if key and asked.by in looking_back.SEVERAL else [key]
        return any(is_same_row(one, row.key) for one in several)

    return Behind([every[number] for number, key in found if number in every and stands(key)])
