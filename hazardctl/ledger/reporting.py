"""The reports that are asked of a ledger: their figures, tested."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hazardctl.domain import flows
from hazardctl.domain.figures import Counts, ages, checks
from hazardctl.domain.filter import Filter
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.report import (
    FORMS,
    Counted,
    Figures,
    Form,
    Report,
    Row,
    by_campaign,
    by_industry,
    by_key,
    is_same_row,
    keys_of,
    period,
)
from hazardctl.ledger.reading import Record, listing
from hazardctl.store import counting, flowing, population, questions
from hazardctl.store.conditions import Ask
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

    `chosen` is the one industry that was asked for: its children are the rows then. Raises
    PeriodEndsFirst.
    """
    shown = FORMS[form]
    if shown.is_balance:
        return _balance(path, wanted, as_of, form=form, by=by, taxonomy=taxonomy, chosen=chosen)
    with reading(path) as book:
        rules = questions.rules(book.ask)
        counted = counting.counts(
            book.ask, wanted, as_of, by=by, rules=rules, columns=shown.columns
        )
        tally = counting.tally(book.ask, wanted, as_of)
    rows, overlap = _rolled_up(
        counted, Counts(), by=by, form=shown, taxonomy=taxonomy, chosen=chosen
    )
    total = sum((row.counts for row in rows), start=Counts()) - overlap
    tested = [*checks(total, tally), *(ages(total) if form == "overdue" else ())]
    kept = tuple(row for row in rows if shown.has(row.counts))
    return Report(form, by, kept, total, overlap, tuple(tested))


def _balance(
    path: Path,
    wanted: Filter,
    as_of: date,
    *,
    form: str,
    by: str,
    taxonomy: Taxonomy,
    chosen: str | None,
) -> Report:
    """What came to the open hazards of a filter and went in a period, with the balance tested.

    The filter means hazards as they are at the end of the period.
    """
    wanted, since, until = period(wanted, as_of, form=form)
    is_daily = by == "day"
    with reading(path) as book:
        told = flowing.happened(book.ask, wanted, since, until, by=None if is_daily else by)
        opening, closing = (
            len(flowing.open_at(book.ask, wanted, on, as_meant=until))
            for on in (since - timedelta(days=1), until)
        )
    if is_daily:
        days = flows.by_day(told, since, until)
        rows, overlap = [Row(day, flow) for day, flow in days], flows.Flows()
        summed = flows.one_period([flow for _day, flow in days])
    else:
        groups = flows.by_group(told)
        rows, overlap = _rolled_up(
            groups, flows.Flows(), by=by, form=FORMS[form], taxonomy=taxonomy, chosen=chosen
        )
        summed = sum((row.counts for row in rows), start=flows.Flows()) - overlap
    total = sum((flow for _key, flow in flows.by_group(told)), start=flows.Flows())
    tested = flows.checks(total, summed, opening=opening, closing=closing)
    return Report(form, by, tuple(rows), total, overlap, tuple(tested), (since, until))


def _rolled_up(
    counted: Counted,
    nothing: Figures,
    *,
    by: str,
    form: Form,
    taxonomy: Taxonomy,
    chosen: str | None,
) -> tuple[list[Row], Figures]:
    """The rows of a form, and what they count more than once."""
    if by == "industry":
        return by_industry(counted, taxonomy, chosen), nothing
    first = form.columns[0]
    if by == "campaign":
        return by_campaign(counted, nothing=nothing, first=first)
    return by_key(counted, by, first=first), nothing


def behind(
    path: Path,
    wanted: Filter,
    as_of: date,
    told: Report,
    *,
    figure: str,
    row: Row | None,
    taxonomy: Taxonomy,
    chosen: str | None = None,
) -> list[Record]:
    """The hazards behind a figure of a report that was told: of one row, or of all of them.

    What happened to a hazard twice in a period counts twice, and is listed twice.
    """
    with reading(path) as book:
        if told.period:
            found = _moved(book.ask, wanted, told, figure=figure, row=row)
        else:
            rules = questions.rules(book.ask)
            found = counting.behind(book.ask, wanted, as_of, figure=figure, rules=rules)
    if row is None or told.by == "day":
        return found
    return [
        hazard
        for hazard in found
        if any(
            is_same_row(key, row.key)
            for key in keys_of(hazard, told.by, taxonomy=taxonomy, chosen=chosen)
        )
    ]


def _moved(ask: Ask, wanted: Filter, told: Report, *, figure: str, row: Row | None) -> list[Record]:
    """The hazards that a balance speaks of, as they stood at the end of its period."""
    assert told.period
    since, until = told.period
    wanted = replace(wanted, since=None, until=None)
    seen = {hazard["number"]: hazard for hazard in population.listing(ask, wanted, until)}
    if row and told.by == "day":
        since = until = date.fromisoformat(str(row.key))
    if figure in ("opening", "closing"):
        on = since - timedelta(days=1) if figure == "opening" else until
        numbers = flowing.open_at(ask, wanted, on, as_meant=told.period[1])
    else:
        numbers = flowing.behind(ask, wanted, since, until, what=figure, as_meant=told.period[1])
    return [seen[number] for number in numbers]


def few(path: Path, wanted: Filter, as_of: date, *, form: str, most: int) -> list[Record]:
    """The hazards that a form lists below its figures, if they are no more than that many."""
    meant = {"summary": replace(wanted, open=True), "overdue": replace(wanted, overdue=True)}
    if form not in meant:
        return []
    found = listing(path, meant[form], as_of, limit=most + 1)
    return found if len(found) <= most else []
