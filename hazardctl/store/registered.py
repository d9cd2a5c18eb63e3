"""How a record of the register becomes an event and a row, and comes back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from hazardctl.domain.entering import apply, born, names_of
from hazardctl.domain.hazard import Event
from hazardctl.domain.names import sameness
from hazardctl.domain.register import FLAGS, LISTS, Kind, Record, sequence_of
from hazardctl.store import rows

Row = dict[str, Any]
_sameness = lru_cache(10_000)(sameness)  # days, teams and enterprises come again and again


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
    parts = (_sameness(str("" if row[name] is None else row[name])) for name in kind.alike)
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


def folded(kind: Kind, number: str, events: Iterable[Event]) -> Record:
    """What the events of a record make of it."""
    first, *others = events
    record = born(kind, number, first)
    for event in others:
        record = apply(record, event)
    return record
