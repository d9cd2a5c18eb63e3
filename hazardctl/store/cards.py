"""A hazard as it is printed: its columns, its JSON, and what depends on the day it is seen from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from operator import itemgetter
from typing import Any

from hazardctl.domain.plainjson import json_text
from hazardctl.domain.words import SHOWN, UNRECTIFIED

Record = dict[str, Any]
LISTS = frozenset({"campaigns", "verified_by"})  # several values stand on lines of one column
COMPUTED = frozenset({"reopened", "overdue", "days_overdue"})
COLUMNS = tuple(name for name in SHOWN if name not in COMPUTED)  # what is printed as it is stored
SEQUENCES = 10_000_000  # numbers a year: a hazard's id is its year times this, plus its sequence


def several(text: str | None) -> list[str] | None:
    """The values of a column that holds several."""
    return text.split("\n") if text else None


def shown(row: Mapping[str, Any]) -> Record:
    """A row as it is printed in JSON, but for what depends on the day it is seen from."""
    out = dict(zip(_KEYS, _told(row), strict=True))
    for name in LISTS:
        out[name] = several(out[name])
    out["reopened"] = out["cycle"] > 1
    return out


_KEYS = tuple(name for name in SHOWN if name not in ("overdue", "days_overdue"))
_told = itemgetter(*("cycle" if name == "reopened" else name for name in _KEYS))


def card(row: Mapping[str, Any]) -> str:
    """The JSON of a row up to where it depends on the day: `lateness_end` is the rest of it."""
    return json_text(shown(row))[:-1]


def lateness_end(due_on: str | None, as_of: date) -> bytes:
    """The end of a card: overdue since a due date, or not overdue."""
    if due_on is None:
        return b',"overdue":false,"days_overdue":null}'
    return b',"overdue":true,"days_overdue":%d}' % (as_of - date.fromisoformat(due_on)).days


def with_lateness(seen: Record, as_of: date) -> Record:
    """A hazard with what depends on the day: whether it is overdue, and by how many days."""
    due_on = seen["due_on"]
    late = bool(due_on and seen["state"] in UNRECTIFIED and due_on < as_of.isoformat())
    seen["overdue"] = late
    seen["days_overdue"] = (as_of - date.fromisoformat(due_on)).days if late else None
    return seen
