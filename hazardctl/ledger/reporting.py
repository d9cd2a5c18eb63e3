"""The reports that are asked of a ledger: each form is told by a module of its own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from hazardctl.domain.report import FORMS, Question, Report, Row
from hazardctl.store import population
from hazardctl.store.cards import Record
from hazardctl.store.opening import reading
from hazardctl.store.place import Place

if TYPE_CHECKING:
    from hazardctl.domain.register import Kind


class Behind(NamedTuple):
    """What stands behind a figure: hazards, or records of a `kind` of the register."""

    records: list[Record]
    kind: Kind | None = None


class Teller(Protocol):
    """A module that tells forms."""

    def report(self, path: Place, asked: Question) -> Report:
        """The form, with its sums tested."""

    def behind(self, path: Place, asked: Question, *, figure: str, row: Row | None) -> Behind:
        """What stands behind a figure of it."""


def _teller(form: str) -> Teller:
    module: Any = import_module(f"hazardctl.ledger.{FORMS[form].teller}")
    teller: Teller = module
    return teller


def report(path: Place, asked: Question) -> Report:
    """The figures of a form, in rows and in total, with the sums tested.

    Raises PeriodEndsFirst.
    """
    return _teller(asked.form).report(path, asked)


def behind(path: Place, asked: Question, *, figure: str, row: Row | None) -> Behind:
    """What is behind a figure of a form: of one row, or of all of them.

    What happened to a hazard twice in a period counts twice, and is listed twice.
    """
    return _teller(asked.form).behind(path, asked, figure=figure, row=row)


def few(path: Place, asked: Question, told: Report, *, most: int) -> Behind:
    """What a form lists below its figures, if it is no more than that many."""
    if told.form == "coverage" and told.total.never_inspected <= most:
        return behind(path, asked, figure="never_inspected", row=None)
    wanted = asked.wanted
    meant = {"summary": wanted._replace(open=True), "overdue": wanted._replace(overdue=True)}
    if told.form not in meant:
        return Behind([])
    with reading(path) as book:
        found = population.listing(book.ask, meant[told.form], asked.as_of, limit=most + 1)
    return Behind(found if len(found) <= most else [])
