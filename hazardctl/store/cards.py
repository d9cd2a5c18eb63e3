"""A hazard as it is printed: its columns, its JSON, and what depends on the day it is seen from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from hazardctl.domain.plaincsv import csv_line
from hazardctl.domain.plainjson import json_text
from hazardctl.domain.words import SHOWN, UNRECTIFIED

Record = dict[str, Any]
LISTS = frozenset({"campaigns", "verified_by"})  # several values stand on lines of one column
COMPUTED = frozenset({"reopened", "overdue", "days_overdue"})
COLUMNS = tuple(name for name in SHOWN if name not in COMPUTED)  # what is printed as it is stored
SEQUENCES = 10_000_000  # numbers a year: a hazard's id is its year times this, plus its sequence
NUMBERED = "-%04d-%05d"  # the year and the sequence as they follow the prefix, in Python and SQL


def several(text: str | None) -> list[str] | None:
    """The values of a column that holds several."""
    return text.split("\n") if text else None


def shown(row: Mapping[str, Any]) -> Record:
    """A row as it is printed in JSON, but for what depends on the day it is seen from."""
    return seen(_told(row))


def seen(told: Sequence[Any]) -> Record:
    """The same of the columns `TOLD` alone."""
    out = dict(zip(LASTING, told, strict=True))
    for name in LISTS:
        out[name] = several(out[name])
    out["reopened"] = out["cycle"] > 1
    return out


LASTING = tuple(name for name in SHOWN if name not in ("overdue", "days_overdue"))
TOLD = tuple("cycle" if name == "reopened" else name for name in LASTING)
_told = itemgetter(*TOLD)
KEYS = (*LASTING, "overdue", "days_overdue")  # the columns of CSV


def card(seen: Record) -> str:
    """The JSON of a hazard up to where it depends on the day: `Frame.end` is the rest."""
    return json_text(seen)[:-1]


def line(seen: Record) -> str:
    """The CSV of a hazard up to where it depends on the day: `Frame.end` is the rest."""
    return csv_line([*seen.values()])


class Frame(NamedTuple):
    """How the texts of many hazards are put together: which table of them, what is around it."""

    table: str
    opened: bytes
    between: bytes
    closed: bytes
    in_time: bytes
    late: bytes

    def end(self, due_on: str | None, as_of: date) -> bytes:
        """The end of a card: overdue since a due date, or not overdue."""
        if due_on is None:
            return self.in_time
        return self.late % (as_of - date.fromisoformat(due_on)).days


_JSON_ENDS = (b',"overdue":false,"days_overdue":null}', b',"overdue":true,"days_overdue":%d}')
FRAMES = {
    "array": Frame("card", b"[", b",\n", b"]\n", *_JSON_ENDS),
    "lines": Frame("card", b"", b"\n", b"", *_JSON_ENDS),
    "csv": Frame("line", ",".join(KEYS).encode() + b"\n", b"\n", b"", b",false,", b",true,%d"),
}


def with_lateness(seen: Record, as_of: date) -> Record:
    """A hazard with what depends on the day: whether it is overdue, and by how many days."""
    days = days_late(seen["state"], seen["due_on"], as_of)
    seen["overdue"] = days is not None
    seen["days_overdue"] = days
    return seen


def days_late(state: str, due_on: str | None, as_of: date) -> int | None:
    """By how many days a hazard is overdue; None if it is not."""
    if due_on and state in UNRECTIFIED and due_on < as_of.isoformat():
        return (as_of - date.fromisoformat(due_on)).days
    return None
