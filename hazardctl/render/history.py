"""How the history is shown: one line an event, what changed put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hazardctl.render.sheet import Answer, Column, Kind, Sheet, coded
from hazardctl.text import Words

Record = Mapping[str, Any]
# What every event says of itself in other columns, or what only the program needs.
_PLAIN = frozenset({"number", "state", "since_on", "from_on", "was_submitted", "imported"})
_LONG = frozenset({"raw", "was", "evidence", "sha256", "file", "sheet", "row"})


def answer(events: Sequence[Record], words: Words) -> Answer:
    """The events, oldest first; the sign-off shows the day it happened and the moment recorded."""
    return Answer(
        data=lambda: list(events),
        sheets=lambda: [_sheet(events, words)],
        records=lambda: events,
        coded=lambda: coded(events),
    )


def _sheet(events: Sequence[Record], words: Words) -> Sheet:
    said = words.catalog("labels")
    headings = said["history"]
    columns = (
        Column("seq", headings["seq"], Kind.COUNT, kept=True),
        Column("number", headings["number"], kept=True),
        Column("kind", headings["kind"], kept=True),
        Column("on", headings["on"], Kind.DAY, kept=True),
        Column("actor", headings["actor"], kept=True),
        Column("what", headings["what"]),
        Column("recorded_by", headings["recorded_by"]),
        Column("at", headings["at"]),
    )
    rows = [
        [
            event["seq"],
            said["words"].get(event["number"], event["number"]),
            said["kinds"].get(event["kind"], event["kind"]),
            event["on"],
            event["actor"],
            _what(event, words),
            event["recorded_by"] if event["recorded_by"] != event["actor"] else None,
            event["at"],
        ]
        for event in events
    ]
    return Sheet(title="", columns=columns, rows=rows)


def _what(event: Record, words: Words) -> str:
    """What an event changed and says, field by field; old values before new ones."""
    said = words.catalog("labels")
    was = event["facts"].get("was", {})
    parts = [
        f"{said['fields'].get(name, name)}: "
        + (f"{_told(was[name], words)} → " if name in was else "")
        + _told(value, words)
        for name, value in event["changes"].items()
        if name not in _PLAIN and (value not in (None, [], "") or name in was)
    ]
    parts += [
        f"{said['facts'].get(name, name)}: {_told(value, words)}"
        for name, value in event["facts"].items()
        if name not in _LONG
    ]
    return "; ".join(parts)


def _told(value: Any, words: Words) -> str:
    if isinstance(value, Mapping):
        facts = words.catalog("labels")["facts"]
        return ", ".join(f"{facts.get(key, key)} {_told(one, words)}" for key, one in value.items())
    if value is None or value == []:
        return "—"
    return str(words.worded(value))
