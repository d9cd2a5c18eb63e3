"""Many hazards at once, seen as they stood at the end of a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from hazardctl.domain.filter import Filter
from hazardctl.domain.plaincsv import csv_line
from hazardctl.domain.plainjson import json_text
from hazardctl.domain.words import ORDERED
from hazardctl.store.cards import COLUMNS, KEYS, Frame, Record, days_late, shown, with_lateness
from hazardctl.store.conditions import (
    ALL,
    IS_OVERDUE,
    Ask,
    where,
)


def _until(column: str, on: str) -> str:
    return f"CASE WHEN since_on <= ? OR {on} <= ? THEN {column} END AS {column}"


_SUBMITTED = "coalesce(submitted_on, rectified_on)"
_STATE = f"""CASE WHEN since_on <= ? THEN state WHEN closed_on <= ? THEN 'closed'
 WHEN verified_on <= ? THEN 'verified' WHEN {_SUBMITTED} <= ? THEN 'submitted'
 WHEN rectifying_on <= ? THEN 'rectifying' WHEN assigned_on <= ? THEN 'assigned'
 ELSE 'registered' END AS state"""
# What a record knows of a later day is not yet so on an earlier one.
_HIDDEN = {
    "state": _STATE,
    **{
        name: _until(name, _SUBMITTED)
        for name in ("measures", "rectified_on", "rectified_by", "submitted_on", "submitted_by")
    },
    **{name: _until(name, "verified_on") for name in ("verified_on", "verified_by")},
    **{name: _until(name, "closed_on") for name in ("closed_on", "closed_by")},
    **{
        name: f"CASE WHEN listed_on > ? THEN NULL ELSE {name} END AS {name}"
        for name in ("listing", "listed_on")
    },
    **{name: f"CASE WHEN assigned_on > ? THEN NULL ELSE {name} END AS {name}" for name in ORDERED},
}


# What figures are told by, and no list shows.
TESTED = ("since_on", "lookback_on", "stop_order")


def standing(ask: Ask, as_of: date, columns: Sequence[str]) -> tuple[str, list[object]]:
    """Where to select from to see the ledger as it stood at the end of a day, and the values.

    When nothing is recorded after that day, the hazards as they are; else each record as far as
    it was true by then, from the present and the past.
    """
    day = as_of.isoformat()
    last = ask("SELECT value FROM setting WHERE name = 'last_on'", ())
    if not last or last[0][0] <= day:
        return "hazard", []
    seen = ", ".join(_HIDDEN.get(name, name) for name in dict.fromkeys(columns))
    days: list[object] = [day] * seen.count("?")
    sql = (
        f"(SELECT {seen} FROM hazard WHERE from_on <= ? UNION ALL"
        f" SELECT {seen} FROM past WHERE from_on <= ? AND until_on > ?) AS stood"
    )
    return sql, [*days, day, *days, day, day]


def named(columns: Iterable[str], sql: str) -> list[str]:
    """Those of some columns that stand in SQL: of an earlier day each has to be reckoned."""
    words = set(re.findall(r"\w+", sql))
    return [name for name in columns if name in words]


Each = Callable[[str, Sequence[object]], Iterable[Any]]


def texts(
    ask: Ask, each: Each, wanted: Filter, as_of: date, *, frame: Frame, limit: int | None = None
) -> bytearray:
    """The hazards of a filter as they are printed, for a day that is present: see `is_present`.

    `each` hands over the rows one by one: the text of a whole ledger is in memory once, not twice.
    """
    condition, values = where(ask, wanted, as_of)
    late = ask(f"SELECT id, due_on FROM hazard WHERE {IS_OVERDUE}", [as_of.isoformat()])
    ends = {ident: frame.end(due_on, as_of) + frame.between for ident, due_on in late}
    in_time = frame.in_time + frame.between
    meant = "" if condition == ALL else f"WHERE id IN (SELECT id FROM hazard WHERE {condition})"
    sql = f"SELECT id, CAST(body AS BLOB) FROM {frame.table} {meant} ORDER BY id {_limit(limit)}"
    text = bytearray(frame.opened)
    for ident, card in each(sql, values):
        text += card
        text += ends.get(ident, in_time)
    return _closed(text, frame)


def written(records: Iterable[Record], *, frame: Frame) -> bytearray:
    """Records as they are printed."""
    text = bytearray(frame.opened)
    for record in records:
        one = (
            csv_line([record[key] for key in KEYS]) if frame.table == "line" else json_text(record)
        )
        text += one.encode() + frame.between
    return _closed(text, frame)


def _closed(text: bytearray, frame: Frame) -> bytearray:
    """What stands between records stands after the last one only where nothing closes them."""
    if frame.closed and len(text) > len(frame.opened):
        del text[-len(frame.between) :]
    text += frame.closed
    return text


def how_far(ask: Ask) -> int:
    """The place of the last event."""
    return int(ask("SELECT coalesce(max(seq), 0) FROM event", ())[0][0])


def is_present(ask: Ask, as_of: date) -> bool:
    """Whether nothing is recorded after a day, so that the ledger is seen as it stands."""
    return standing(ask, as_of, ())[0] == "hazard"


def listing(
    ask: Ask,
    wanted: Filter,
    as_of: date,
    *,
    limit: int | None = None,
    test: str = ALL,
    tested: Sequence[object] = (),
    needed: Sequence[str] = (),
) -> list[Record]:
    """The hazards of a filter as they stood at the end of a day, in the order of their numbers.

    `test` is one more condition, with its values and what else of a hazard it needs to know.
    """
    columns = ("id", *COLUMNS)
    source, bound = standing(ask, as_of, (*columns, *TESTED, *needed))
    condition, values = where(ask, wanted, as_of)
    found_by_then = "found_on <= ?"
    sql = (
        f"SELECT {', '.join(columns)} FROM {source} WHERE {found_by_then} AND {condition}"
        f" AND {test} ORDER BY id {_limit(limit)}"
    )
    rows = ask(sql, [*bound, as_of.isoformat(), *values, *tested])
    return [with_lateness(shown(dict(zip(columns, row, strict=True))), as_of) for row in rows]


def fields(
    ask: Ask, wanted: Filter, as_of: date, names: Sequence[str], *, limit: int | None = None
) -> dict[str, Sequence[Any]]:
    """Some fields of the same hazards, each a sequence: of a large ledger that is had sooner.

    Fields of several values are not among them.
    """
    columns = dict.fromkeys(["id", "state", "due_on", *(name for name in names if name in COLUMNS)])
    source, bound = standing(ask, as_of, ("id", *COLUMNS, *TESTED))
    condition, values = where(ask, wanted, as_of)
    sql = (
        f"SELECT {', '.join(columns)} FROM {source} WHERE found_on <= ? AND {condition}"
        f" ORDER BY id {_limit(limit)}"
    )
    rows = ask(sql, [*bound, as_of.isoformat(), *values])
    each = zip(*rows, strict=True) if rows else [()] * len(columns)
    told: dict[str, Sequence[Any]] = dict(zip(columns, each, strict=True))
    late = cache(days_late)
    told["days_overdue"] = [
        late(state, due_on, as_of)
        for state, due_on in zip(told["state"], told["due_on"], strict=True)
    ]
    return {name: told[name] for name in names}


def _limit(limit: int | None) -> str:
    return f"LIMIT {int(limit)}" if limit is not None else ""
