"""How a record of the register becomes an event and a row, and comes back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from hazardctl.domain.entering import apply, born, names_of
from hazardctl.domain.hazard import Event
from hazardctl.domain.names import recurring
from hazardctl.domain.register import FLAGS, KINDS, LISTS, Kind, Record, sequence_of
from hazardctl.store import rows

Row = dict[str, Any]


def event_from(kind: Kind, *, what: str, actor: str, body: str) -> Event:
    """The event that a row holds, of a record of that kind."""
    read = json.loads(body)
    return Event(
        kind=what,
        on=date.fromisoformat(read["on"]),
        by=actor,
        changes={name: _valued(kind, name, value) for name, value in read["changes"].items()},
        facts=read.get("facts", {}),
    )


def _valued(kind: Kind, name: str, value: Any) -> object:
    """A field's value from its JSON or its column."""
    if name in LISTS:
        several = value.split("\n") if isinstance(value, str) else value or ()
        return tuple(several)
    if name in FLAGS:
        return bool(value)
    if value is None:
        return None
    if name.endswith("_on"):
        return date.fromisoformat(value)
    return kind.codes[name](value) if name in kind.codes else value


def from_row(kind: Kind, row: Mapping[str, Any]) -> Record:
    """The record that a row holds."""
    made: Record = kind.record(**{name: _valued(kind, name, row[name]) for name in kind.fields})
    return made


def to_row(kind: Kind, record: Record) -> Row:
    """The columns of a record; several values of one column stand on lines of their own."""
    row = rows.plain({name: getattr(record, name) for name in kind.fields})
    for name in LISTS.intersection(row):
        row[name] = "\n".join(map(str, getattr(record, name))) or None
    for name in FLAGS.intersection(row):
        row[name] = int(getattr(record, name))
    row["id"] = sequence_of(record.number)
    if has_likeness(kind):
        row["likeness"] = likeness(kind, row)
    return row


def has_likeness(kind: Kind) -> bool:
    """Whether records of a kind are told from one another by more than their names."""
    return kind.alike != ("name",)


def likeness(kind: Kind, row: Mapping[str, Any]) -> bytes:
    """What makes two records of a kind the same: what says which one it is, compared."""
    told = map(row.__getitem__, kind.alike)
    parts = ["" if value is None else recurring(str(value)) for value in told]
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).digest()


def names_row(kind: Kind, record: Record) -> list[Row]:
    """The names by which a record is found, each a row."""
    told = {name: getattr(record, name) for name in kind.fields}
    ident = sequence_of(record.number)
    return [{"kind": kind.name, "name": name, "id": ident} for name in names_of(kind, told)]


def shown(kind: Kind, row: Mapping[str, Any]) -> Row:
    """A row as it is printed in JSON."""
    out = {name: row[name] for name in kind.fields}
    for name in LISTS.intersection(out):
        out[name] = out[name].split("\n") if out[name] else []
    for name in FLAGS.intersection(out):
        out[name] = bool(out[name])
    return out


def row_told(kind: Kind, number: str, bodies: Iterable[str]) -> Row:
    """The columns of a record as its events tell them: the same as `to_row` of what they make.

    A later event replaces what an earlier one said, so that no record has to be made of each.
    Raises what reading a body that is odd raises: ValueError, TypeError, KeyError.
    """
    row, judged = {**_begun(kind.name), "number": number}, _judged(kind.name)
    for body in bodies:
        read = json.loads(body)
        _day(read["on"])
        for name, value in read["changes"].items():
            if name not in judged and value.__class__ is str:
                row[name] = value  # its column has it as it is
                continue
            row[name] = _column(kind.name, name, tuple(value or ()) if name in LISTS else value)
    if row.keys() != _every(kind.name):
        raise ValueError(number)
    row["id"] = sequence_of(number)
    if has_likeness(kind):
        row["likeness"] = likeness(kind, row)
    return row


@cache
def _begun(kind: str) -> Row:
    """What a record begins with where nothing is said, as columns."""
    return {name: _column(kind, name, value) for name, value in KINDS[kind].defaults.items()}


@cache
def _every(kind: str) -> frozenset[str]:
    """The names of all that is told of a record."""
    return frozenset(KINDS[kind].fields)


@cache
def _judged(kind: str) -> frozenset[str]:
    """The fields that not every text can be."""
    days = {name for name in _every(kind) if name.endswith("_on")}
    return frozenset({*days, *KINDS[kind].codes, *LISTS, *FLAGS})


@lru_cache(50_000, typed=True)  # days, teams and words come again and again
def _column(kind: str, name: str, value: Any) -> object:
    """A value as it stands in its column, once it is seen that the field can have it."""
    meant: Any = _valued(KINDS[kind], name, value)
    if isinstance(meant, tuple):
        return "\n".join(map(str, meant)) or None
    return int(meant) if name in FLAGS else rows.plain({name: meant})[name]


_day = lru_cache(10_000)(date.fromisoformat)


def folded(kind: Kind, number: str, events: Iterable[Event]) -> Record:
    """What the events of a record make of it."""
    first, *others = events
    record = born(kind, number, first)
    for event in others:
        record = apply(record, event)
    return record
