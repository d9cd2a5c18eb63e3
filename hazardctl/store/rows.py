"""How a hazard and an event become rows and bytes, and come back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from hazardctl.domain.hazard import Event, Hazard
from hazardctl.domain.names import sameness
from hazardctl.domain.words import DueKind, LookbackResult, Severity, Source, State
from hazardctl.store.cards import LISTS, SEQUENCES

FIELDS = tuple(one.name for one in fields(Hazard))
FLAGS = frozenset({"imported", "was_submitted"})
_WORDS: dict[str, type] = {
    "state": State,
    "severity": Severity,
    "source": Source,
    "due_kind": DueKind,
    "lookback_result": LookbackResult,
}


def hazard_id(number: str) -> int:
    """The row id of a number: `YH-2022-00017` is 2022 × 10,000,000 + 17."""
    _prefix, year, sequence = number.rsplit("-", 2)
    return int(year) * SEQUENCES + int(sequence)


def plain(value: object) -> Any:
    """The value as JSON has it: days are text, several are a list; a float is an error of ours."""
    if value is None or value.__class__ in (str, int, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} does not go into an event")


def canonical(body: Mapping[str, object]) -> str:
    """The one text of a body: keys in order, no spaces; these bytes are hashed and kept."""
    return json.dumps(plain(body), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def event_body(event: Event, *, extra: Mapping[str, object]) -> str:
    """The canonical body of an event."""
    body: dict[str, object] = {"on": event.on, "changes": event.changes, **extra}
    if event.facts:
        body["facts"] = event.facts
    return canonical(body)


def event_from(*, kind: str, actor: str, body: str) -> Event:
    """The event that a row holds."""
    read = json.loads(body)
    facts = dict(read.get("facts", {}))
    if "previous_closed_on" in facts:
        facts["previous_closed_on"] = date.fromisoformat(facts["previous_closed_on"])
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
    row = columns({name: getattr(hazard, name) for name in FIELDS})
    row["id"] = hazard_id(hazard.number)
    return row


def columns(values: Mapping[str, object]) -> dict[str, object]:
    """Fields as columns; several values of one column stand on lines of their own."""
    row: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, tuple):
            value = "\n".join(value) or None
        elif isinstance(value, str):
            value = str(value)
        row[name] = value
    return row


def from_row(row: Mapping[str, Any]) -> Hazard:
    """The hazard that a row holds."""
    return Hazard(**{name: _valued(name, row[name]) for name in FIELDS})  # type: ignore[arg-type]


def likeness(hazard: Hazard) -> bytes:
    """What makes two rows the same hazard: enterprise, description, place and day, compared."""
    parts = (hazard.enterprise, hazard.description, hazard.location or "")
    text = "\x1f".join((*map(sameness, parts), hazard.found_on.isoformat()))
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
