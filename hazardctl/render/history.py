"""How the history is shown: one line an event, what changed put into words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hazardctl.domain.referring import ADVANCED
from hazardctl.domain.register import KINDS
from hazardctl.render.cells import money
from hazardctl.render.sheet import Answer, Column, Kind, Sheet, coded
from hazardctl.text import Words

Record = Mapping[str, Any]
_KEYS = ("seq", "number", "kind", "on", "at", "actor", "recorded_by", "changes", "facts")
# What every event says of itself in other columns, or what only the program needs.
_PLAIN = frozenset({"number", "state", "reporter", "due_kind", "due_text", "original_due_on"})
_OURS = frozenset(  # words, not names
    {"severity", "source", "due_kind", "lookback_result", "listing", "state"}
    | {name for kind in KINDS.values() for name in kind.codes}
)
_NOTHING: tuple[object, ...] = (None, "", [], {})  # a draw of all that are closed has no filters
_LONG = frozenset({"raw", "was", "evidence", "sha256", "file", "sheet", "row", "numbers"})


def answer(events: Sequence[Record], words: Words) -> Answer:
    """The events, oldest first; the sign-off shows the day it happened and the moment recorded."""
    return Answer(
        data=lambda: list(events),
        sheets=lambda: [_sheet(events, words)],
        records=lambda: events,
        coded=lambda: coded(events, keys=_KEYS),
    )


def _sheet(events: Sequence[Record], words: Words) -> Sheet:
    said = words.catalog("labels")
    subjects = {event["number"] for event in events}
    title = str(min(subjects)) if len(subjects) == 1 else ""
    names = ("seq", "number", "kind", "on", "actor", "what", "recorded_by", "at")
    cells: dict[str, Callable[[Record], str | None]] = {
        "number": lambda event: said["words"].get(event["number"], event["number"]),
        "kind": lambda event: said["kinds"].get(event["kind"], event["kind"]),
        "what": lambda event: _what(event, words),
        "recorded_by": lambda event: _unless(event["actor"], event["recorded_by"]),
    }
    shown = [name for name in names if name != "number" or not title]
    columns = [
        Column(name, said["history"][name], _KINDS.get(name, Kind.TEXT), folded=name == "what")
        for name in shown
    ]
    rows = [
        [cells[name](event) if name in cells else event[name] for name in shown] for event in events
    ]
    return Sheet(title=title, columns=tuple(columns), rows=rows)


_KINDS = {"seq": Kind.COUNT, "on": Kind.DAY}


def _unless(one: str, other: str) -> str | None:
    return other if other != one else None


def _what(event: Record, words: Words) -> str:
    """What an event changed and says, field by field; old values before new ones."""
    said = words.catalog("labels")
    was = event["facts"].get("was", {})
    changes = event["changes"]
    parts = [
        f"{heading}: "
        + (f"{_valued(name, was[name], words)} → " if name in was else "")
        + _valued(name, changes[name], words)
        for name, heading in said["fields"].items()
        if name in changes and (name in was or _is_telling(name, event))
    ]
    parts += [
        f"{said['facts'].get(name, name)}: {_told(value, words)}"
        for name, value in event["facts"].items()
        if name not in _LONG and value not in _NOTHING
    ]
    return "; ".join(parts)


def _is_telling(name: str, event: Record) -> bool:
    """Whether a change says more than the event itself: not the day of it, nothing cleared."""
    value = event["changes"][name]
    is_its_day = name.endswith("_on") and value == event["on"]
    is_plain = name in _PLAIN and not (name == "state" and event["kind"] == ADVANCED)
    return not is_plain and not is_its_day and value not in (None, [], "")


def _valued(name: str, value: Any, words: Words) -> str:
    """A field's value as it is said."""
    if name.endswith("_fen") and value is not None:
        return money(value)
    return _told(value, words, ours=name in _OURS)


def _told(value: Any, words: Words, *, ours: bool = True) -> str:
    if isinstance(value, bool):
        labels = words.catalog("labels")
        return str(labels["yes" if value else "no"])
    if isinstance(value, Mapping):
        facts = words.catalog("labels")["facts"]
        return ", ".join(f"{facts.get(key, key)} {_told(one, words)}" for key, one in value.items())
    if value is None or value == []:
        return "—"
    if isinstance(value, list) and isinstance(value[0], Mapping):
        return " · ".join(_told(one, words) for one in value)
    return str(words.worded(value, ours=ours))
