"""What stands in the columns of a superior's form: the words of the trade, days as days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from hazardctl.domain.form import Form
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.layout import LAYOUT, REPORTED_BY, is_day
from hazardctl.domain.words import RECTIFIED, UNRECTIFIED, Severity, State
from hazardctl.render.cells import money
from hazardctl.render.hazards import worder
from hazardctl.text import Words

Record = Mapping[str, Any]
Value = str | int | float | date | None

_ASKED = "是否"  # a heading that asks is answered with yes or no


def rows(
    records: Iterable[Record], form: Form, as_of: date, *, words: Words, taxonomy: Taxonomy
) -> Iterator[dict[int, Value]]:
    """The values of every row, by column, as seen on a day."""
    answers = dict(answers_of(as_of, words=words, taxonomy=taxonomy))
    if form.counts_days:
        answers["due_on"] = _days_given
    answers["funds_fen"] = lambda record: _funds(record["funds_fen"], form.unit)
    for place, record in enumerate(records, start=1):
        row: dict[int, Value] = {}
        for column, name in form.fields.items():
            if name == "seq_no":
                row[column] = place
            elif name in _YES and _ASKED in form.headings[column]:
                row[column] = words.catalog("labels")["yes" if _YES[name](record) else "no"]
            elif name in answers:
                row[column] = answers[name](record)
        yield row


def left_blank(form: Form) -> list[str]:
    """The headings for which the ledger has nothing to say, in their order."""
    known = {*_ANSWERED, *LAYOUT, REPORTED_BY, "seq_no"}
    unanswered = [form.headings[at] for at, name in form.fields.items() if name not in known]
    wanted = {*form.unmapped, *unanswered}
    return [heading for heading in form.headings.values() if heading in wanted]


_YES: Mapping[str, Callable[[Record], bool]] = {  # fields that a heading may ask about
    "state": lambda record: record["state"] in RECTIFIED,
    "severity": lambda record: record["severity"] == Severity.MAJOR,
}
_ANSWERED = (
    *("closed", "overdue", "days_overdue", "reopened", "planned_measures", "progress_text"),
    *("void_on", "transferred_on"),
)


def answers_of(
    as_of: date, *, words: Words, taxonomy: Taxonomy
) -> Mapping[str, Callable[[Record], Value]]:
    """How each field of a form is answered."""
    say = worder(words, taxonomy)
    said = words.catalog("labels")

    def answer(is_so: bool) -> str:
        return str(said["yes" if is_so else "no"])

    def plainly(name: str) -> Callable[[Record], Value]:
        if is_day(name):
            return lambda record: _day(record[name])
        return lambda record: say(name, record.get(name))

    def progress(record: Record) -> str:
        if record["state"] in RECTIFIED:
            return str(said["progress"]["done"])
        if record["state"] in UNRECTIFIED:
            under_way = record["state"] == State.RECTIFYING
            return str(said["progress"]["under_way" if under_way else "not_yet"])
        return str(said["words"][record["state"]])

    def since(state: State) -> Callable[[Record], Value]:
        return lambda record: _day(record["since_on"]) if record["state"] == state else None

    return {
        **{name: plainly(name) for name in (*LAYOUT, REPORTED_BY)},
        # what the superior ordered is found again by the superior's number, all else by ours
        "external_code": lambda record: record["external_code"] or record["number"],
        "due_on": lambda record: _day(record["due_on"]) or record["due_text"],
        "planned_measures": lambda record: (
            (record["measures"] if record["state"] in RECTIFIED else None)
            or record["required_measures"]
        ),
        "progress_text": progress,
        "closed": lambda record: answer(record["state"] == State.CLOSED),
        "reopened": lambda record: answer(record["cycle"] > 1),
        "overdue": lambda record: answer(_days_late(record, as_of) > 0),
        "days_overdue": lambda record: _days_late(record, as_of) or None,
        "void_on": since(State.VOID),
        "transferred_on": since(State.TRANSFERRED),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _days_given(record: Record) -> Value:
    """How many days there are until it is due, from the day on which its cycle began."""
    due_on, begun_on = _day(record["due_on"]), _day(record["reopened_on"] or record["found_on"])
    return (due_on - begun_on).days if due_on and begun_on else record["due_text"]


def _funds(fen: int | None, unit: int | None) -> Value:
    """An amount in the unit of its heading; with its own where the heading names none."""
    if fen is None or unit is None:
        return None if fen is None else f"{money(fen)}万元"
    return fen // unit if fen % unit == 0 else fen / unit


def _days_late(record: Record, as_of: date) -> int:
    due_on = _day(record["due_on"])
    if due_on is None or record["state"] not in UNRECTIFIED:
        return 0
    return max((as_of - due_on).days, 0)
