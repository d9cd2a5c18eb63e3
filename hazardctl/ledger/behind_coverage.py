"""What stands behind a figure of who was inspected and who was not."""

from __future__ import annotations

from hazardctl.domain.asking import Asked
from hazardctl.domain.register import ENTERPRISE, INSPECTION, Kind, sequence_of
from hazardctl.domain.report import Question, Row
from hazardctl.ledger.behind_enforcement import in_row, records, visited
from hazardctl.ledger.reporting import Behind
from hazardctl.store import covering, register
from hazardctl.store.cards import Record
from hazardctl.store.conditions import Ask
from hazardctl.store.enforcing import Period
from hazardctl.store.opening import reading
from hazardctl.store.place import Place


def behind(path: Place, of: Period, asked: Question, *, figure: str, row: Row | None) -> Behind:
    """The enterprises, hazards or inspections behind a figure, of one row or of all."""
    kind = {"found": None, "visits": INSPECTION}.get(figure, ENTERPRISE)
    with reading(path) as book:
        found = _found(book.ask, kind, of, figure)
        if row and asked.by == "jurisdiction" and kind is not ENTERPRISE:
            owner = covering.owner(book.ask)
            found = [one for one in found if owner(visited(one) or "") == row.key]
        elif row:
            found = [one for one in found if in_row(one, row, asked, kind)]
    return Behind(found, kind)


def _found(ask: Ask, kind: Kind | None, asked: Period, figure: str) -> list[Record]:
    """What a figure counts in all rows."""
    if kind is not ENTERPRISE:
        return records(ask, kind, asked, figure) if kind else covering.found(ask, asked)
    standing = covering.enterprises(ask, asked)
    every = {ident for names in standing.values() for ident in names.values()}
    been = {ident for some in covering.inspected(ask, asked, standing).values() for ident in some}
    meant = {"registered": every, "inspected": been, "never_inspected": every - been}[figure]
    listed = register.listing(ask, ENTERPRISE, Asked())
    return [one for one in listed if sequence_of(one["number"]) in meant]
