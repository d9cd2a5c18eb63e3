"""How a hazard and an event become rows and bytes, and come back."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from operator import attrgetter
from typing import Any, cast

from hazardctl.domain.hazard import PREVIOUS, Event, Hazard
from hazardctl.domain.names import recurring, sameness
from hazardctl.domain.words import DueKind, Level, LookbackResult, Severity, Source, State
from hazardctl.store.cards import LISTS, SEQUENCES

FIELDS = tuple(one.name for one in fields(Hazard))
FLAGS = frozenset({"imported", "was_submitted"})
_WORDS: dict[str, type] = {
    "state": State,
    "severity": Severity,
    "source": Source,
    "due_kind": DueKind,
    "lookback_result": LookbackResult,
    "listing": Level,
}


def hazard_id(number: str) -> int:
    """The row id of a number: `YH-2022-00017` is 2022 × 10,000,000 + 17."""
    _prefix, year, sequence = number.rsplit("-", 2)
    return int(year) * SEQUENCES + int(sequence)


def numbered(prefix: str, number: str) -> tuple[int, int] | None:
    """The year and the sequence of a number with that prefix; None if it is no such number."""
    found = _NUMBER.fullmatch(number.removeprefix(f"{prefix}-"))
    is_ours = found and number.startswith(f"{prefix}-") and 0 < int(found[2]) < SEQUENCES
    return (int(found[1]), int(found[2])) if found and is_ours else None


def prefix_of(number: str) -> str | None:
    """The prefix of a number; None of a text that is no number."""
    prefix = number.partition("-")[0]
    return prefix if numbered(prefix, number) else None


_NUMBER = re.compile("([0-9]{4})-([0-9]{5}|[1-9][0-9]{5,6})")


def plain(values: Mapping[str, object]) -> dict[str, object]:
    """Fields as JSON has them: days and words are text, several values a list."""
    return {
        name: value if (made := _PLAIN.get(value.__class__)) is None else made(value)
        for name, value in values.items()
    }


def _no_float(value: float) -> str:
    raise TypeError(f"{value} does not go into an event: 1.0 and 1 would be hashed as different")


_PLAIN: dict[type, Callable[[Any], str]] = {
    float: _no_float,
    date: date.isoformat,
    **dict.fromkeys(_WORDS.values(), str),
}


def canonical(body: Mapping[str, object]) -> str:
    """The one text of a body: keys in order, no spaces; these bytes are hashed and kept.

    A body holds text, whole numbers, days and lists of these; a float would be an error of ours.
    """
    return _encode(body)


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not go into an event")


_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_day
).encode


def open_body(event: Event, changes: Mapping[str, object] | None = None) -> str:
    """The canonical body of an event, still open for what its transaction adds.

    `changes` are its changes as JSON has them, if they are made already.
    """
    made = plain(event.changes) if changes is None else changes
    body: dict[str, object] = {"on": event.on.isoformat(), "changes": made}
    if event.facts:
        body["facts"] = plain(event.facts)
    return canonical(body)[:-1]


def closed_body(body: str, extra: Mapping[str, object]) -> str:
    """The canonical body with what its transaction adds: all of that sorts after its own keys."""
    return f"{body},{canonical(extra)[1:]}" if extra else body + "}"


def event_from(*, kind: str, actor: str, body: str) -> Event:
    """The event that a row holds."""
    read = json.loads(body)
    facts = dict(read.get("facts", {}))
    facts |= {name: _valued(told, facts[name]) for name, told in PREVIOUS.items() if name in facts}
    return Event(
        kind=kind,
        on=date.fromisoformat(read["on"]),
        by=actor,
        changes={name: _valued(name, value) for name, value in read["changes"].items()},
        facts=facts,
    )


def _valued(name: str, value: Any) -> object:
    """A field's value from its JSON or its column."""
    if name in LISTS:
        return tuple(value.split("\n") if isinstance(value, str) else value or ())
    if name in FLAGS:
        return bool(value)
    if value is None:
        return None
    if name.endswith("_on"):
        return date.fromisoformat(value)
    return _WORDS[name](value) if name in _WORDS else value


def to_row(hazard: Hazard) -> dict[str, object]:
    """The columns of a hazard."""
    values = dict(zip(FIELDS, _values(hazard), strict=True))
    return {**columns(values), "id": hazard_id(hazard.number)}


def columns(values: Mapping[str, object]) -> dict[str, object]:
    """Fields as columns; several values of one column stand on lines of their own."""
    return joined(plain(values))


def joined(values: Mapping[str, object]) -> dict[str, object]:
    """Fields as JSON has them, as columns."""
    row = dict(values)
    for name in LISTS & row.keys():
        row[name] = "\n".join(cast(tuple[str, ...], row[name])) or None
    return row


_values = attrgetter(*FIELDS)
BLANK = columns({one.name: one.default for one in fields(Hazard) if one.default is not MISSING})


def from_row(row: Mapping[str, Any]) -> Hazard:
    """The hazard that a row holds."""
    return Hazard(**{name: _valued(name, row[name]) for name in FIELDS})  # type: ignore[arg-type]  # the columns name the fields


def looked_back(known: Callable[[str], object]) -> tuple[str, str] | None:
    """The day and the result of the look-back that is told; a file may state a result alone."""
    on, result = known("lookback_on"), known("lookback_result")
    return (str(on), str(result)) if on and result else None


def likeness(
    enterprise: str, description: str, location: str | None, found_on: date | str
) -> bytes:
    """What makes two rows the same hazard: enterprise, description, place and day, compared."""
    parts = (recurring(enterprise), sameness(description), recurring(location or ""), str(found_on))
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).digest()


def code_mark(code: str, enterprise: str, found_on: str) -> bytes:
    """What makes a sender's code name the same hazard: with it, the enterprise and the day."""
    parts = "\x1f".join((code, recurring(enterprise), found_on))
    return hashlib.blake2b(parts.encode(), digest_size=16, person=b"code").digest()


def reporter_id(identity: str, *, salt: str) -> str:
    """The id that events hold of who reported: it proves the identity, and tells nothing of it."""
    return hashlib.sha256(f"{salt}{identity}".encode()).hexdigest()[:32]


def likeness_of(row: Mapping[str, Any]) -> bytes:
    """The likeness of the hazard in a row."""
    return likeness(row["enterprise"], row["description"], row["location"], row["found_on"])


def likeness_told(event: Event) -> bytes:
    """The likeness of the hazard that an event is about to enter."""
    return likeness_of({**BLANK, **columns(event.changes)})
