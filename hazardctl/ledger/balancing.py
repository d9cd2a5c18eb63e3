"""The forms that balance a period: daily (日清日结), a row a day; stock (存量/增量), a group."""

from __future__ import annotations

from datetime import date, timedelta

from hazardctl.domain import flows
from hazardctl.domain.report import (
    FORMS,
    Question,
    Report,
    Row,
    is_same_row,
    keys_of,
    period,
    rolled_up,
)
from hazardctl.ledger.asking import answers
from hazardctl.ledger.reporting import Behind
from hazardctl.store import flowing, population
from hazardctl.store.cards import Record
from hazardctl.store.conditions import Ask
from hazardctl.store.opening import reading
from hazardctl.store.place import Place


def report(path: Place, asked: Question) -> Report:
    """What came to the open hazards of a filter and went in a period, with the balance tested.

    The filter means hazards as they are at the end of the period. Raises PeriodEndsFirst.
    """
    wanted, since, until = period(asked)
    is_daily = asked.by == "day"
    by = None if is_daily else asked.by
    told, opening, closing = answers(
        path,
        lambda ask: flowing.happened(ask, wanted, since, until, by=by),
        lambda ask: flowing.count_open(ask, wanted, since - timedelta(days=1), as_meant=until),
        lambda ask: flowing.count_open(ask, wanted, until, as_meant=until),
    )
    if is_daily:
        days = flows.by_day(told, since, until)
        rows, overlap = [Row(day, flow) for day, flow in days], flows.Flows()
        summed = flows.one_period([flow for _day, flow in days])
    else:
        first = FORMS[asked.form].columns[0]
        groups = flows.by_group(told)
        rows, overlap = rolled_up(groups, asked, nothing=flows.Flows(), first=first)
        summed = sum((row.counts for row in rows), start=flows.Flows()) - overlap
    total = sum((flow for _key, flow in flows.by_group(told)), start=flows.Flows())
    tested = flows.checks(total, summed, opening=opening, closing=closing)
    return Report(asked.form, asked.by, tuple(rows), total, overlap, tuple(tested), (since, until))


def behind(path: Place, asked: Question, *, figure: str, row: Row | None) -> Behind:
    """The hazards behind a figure, as they stood at the end of the period."""
    with reading(path) as book:
        found = _moved(book.ask, asked, figure=figure, row=row)
    if row is None or asked.by == "day":
        return Behind(found)
    return Behind(
        [
            hazard
            for hazard in found
            if any(is_same_row(key, row.key) for key in keys_of(hazard, asked))
        ]
    )


def _moved(ask: Ask, asked: Question, *, figure: str, row: Row | None) -> list[Record]:
    wanted, since, until = period(asked)
    last = until
    seen = {hazard["number"]: hazard for hazard in population.listing(ask, wanted, last)}
    if row and asked.by == "day":
        since = until = date.fromisoformat(str(row.key))
    if figure in ("opening", "closing"):
        on = since - timedelta(days=1) if figure == "opening" else until
        numbers = flowing.open_at(ask, wanted, on, as_meant=last)
    else:
        numbers = flowing.behind(ask, wanted, since, until, what=figure, as_meant=last)
    return [seen[number] for number in numbers]
