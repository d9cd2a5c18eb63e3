"""The national monthly form of a ledger: its figures, tested, and what stands behind each."""

from __future__ import annotations

from hazardctl.domain import months
from hazardctl.domain.months import Line, Month
from hazardctl.domain.report import Question, Report, Row, period
from hazardctl.ledger.reporting import Behind
from hazardctl.store import months as counting
from hazardctl.store.opening import reading
from hazardctl.store.place import Place


def report(path: Place, asked: Question) -> Report:
    """The form for a filter, cumulative from 1 January or from `since`; every row of it is told.

    It is seen from the last day of its period. Raises PeriodEndsFirst.
    """
    form = _of_period(asked)
    with reading(path) as book:
        hazards = counting.hazards(book.ask, form)
        enterprises = counting.enterprises(book.ask, form)
        again = counting.again(book.ask, form) + enterprises.together()

    def of(line: Line) -> Month:
        counted = (hazards.get(one, Month()) + enterprises.of(one) for one in line.industries)
        return sum(counted, start=Month())

    sheets = months.returns(asked.taxonomy.monthly())
    lines = months.lines(sheets)
    rows = tuple(Row(line.key, of(line)) for line in lines)
    total = sum((row.counts for row in rows), start=Month())
    tested = tuple(months.checks(total, again))
    return Report("monthly", asked.by, rows, total, Month(), tested, (form.since, form.until))


def behind(path: Place, asked: Question, *, figure: str, row: Row | None) -> Behind:
    """What stands behind a figure of it: enterprises of the register, or hazards."""
    form = _of_period(asked)
    lines = months.lines(months.returns(asked.taxonomy.monthly()))
    own = [one for line in lines if row and line.key == row.key for one in line.industries]
    with reading(path) as book:
        if figure not in months.OF_ENTERPRISES:
            found = counting.hazards_behind(
                book.ask, form, figure=figure, industries=own if row else None
            )
            return Behind(found)
        enterprises = counting.enterprises(book.ask, form)
        met = enterprises.due if figure == "enterprises_due" else enterprises.checked
        names = [name for key, some in met.items() if not row or key in own for name in some]
        records, kind = counting.records(book.ask, names)
        return Behind(records, kind)


def _of_period(asked: Question) -> counting.Asked:
    _always, since, until = period(asked)
    return counting.Asked(asked.wanted, since, until)
