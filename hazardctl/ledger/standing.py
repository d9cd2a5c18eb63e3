"""The forms that tell how hazards stand at the end of a day: summary, overdue, leaders."""

from __future__ import annotations

from importlib import import_module

from hazardctl.domain.enforcement import FILTERS
from hazardctl.domain.figures import Counts, Tally, ages, checks
from hazardctl.domain.report import (
    FORMS,
    Counted,
    Figures,
    Question,
    Report,
    Row,
    is_same_row,
    keys_of,
    rolled_up,
)
from hazardctl.ledger.asking import answers
from hazardctl.ledger.reporting import Behind
from hazardctl.store import counting, settings
from hazardctl.store.conditions import Ask
from hazardctl.store.opening import reading
from hazardctl.store.place import Place


def report(path: Place, asked: Question) -> Report:
    """The form, with its sums tested; a summary of one industry or campaign with what was done."""
    shown = FORMS[asked.form]

    def count(ask: Ask) -> Counted:
        rules = settings.rules(ask)
        return counting.counts(
            ask, asked.wanted, asked.as_of, by=asked.by, rules=rules, columns=shown.columns
        )

    def count_again(ask: Ask) -> Tally:
        return counting.tally(ask, asked.wanted, asked.as_of)

    counted, tally = answers(path, count, count_again)
    rows, overlap = rolled_up(counted, asked, nothing=Counts(), first=shown.columns[0])
    total = sum((row.counts for row in rows), start=Counts()) - overlap
    tested = [*checks(total, tally), *(ages(total) if asked.form == "overdue" else ())]
    kept = tuple(row for row in rows if shown.has(row.counts))
    told = Report(asked.form, asked.by, kept, total, overlap, tuple(tested))
    if asked.form == "summary" and (asked.chosen or len(asked.wanted.campaign) == 1):
        return told._replace(enforcement=_enforced(path, asked))
    return told


def _enforced(path: Place, asked: Question) -> Figures:
    """What was inspected and punished, if all that is asked for can be asked of that too."""
    if not set(FILTERS).issuperset(asked.wanted.given()):
        return None
    return import_module("hazardctl.ledger.enforcing").beside(path, asked)


def behind(path: Place, asked: Question, *, figure: str, row: Row | None) -> Behind:
    """The hazards behind a figure."""
    with reading(path) as book:
        rules = settings.rules(book.ask)
        found = counting.behind(book.ask, asked.wanted, asked.as_of, figure=figure, rules=rules)
    return Behind(
        [
            hazard
            for hazard in found
            if row is None or any(is_same_row(key, row.key) for key in keys_of(hazard, asked))
        ]
    )
