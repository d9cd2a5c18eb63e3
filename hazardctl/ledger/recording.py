"""Entering what files say of records: new ones, and what was not known of old ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from hazardctl.domain.arriving import Arrival
from hazardctl.domain.entering import apply
from hazardctl.domain.hazard import Event
from hazardctl.domain.lifecycle import CORRECTION
from hazardctl.domain.names import sameness
from hazardctl.domain.register import ENTERPRISE, Kind, sequence_of
from hazardctl.ledger.known_records import Entering
from hazardctl.store import arrivals, register
from hazardctl.store.conditions import Ask

if TYPE_CHECKING:
    from hazardctl.store.book import Book

IMPORTED = "imported"
# The day that a record tells of, where it tells of one: the first of these that it has.
_DAYS = ("inspected_on", "decided_on", "reported_on", "filed_on")


def enter(book: Book, kind: Kind, writes: Sequence[Entering], *, file: str) -> None:
    """Enter records, and fill in others, each with the row of the file that says so."""
    if "name" in kind.fields:
        book.register.look_up(kind, _names(writes))
    filled: dict[str, list[Entering]] = {}
    for one in writes:
        if one.number:
            filled.setdefault(one.number, []).append(one)
    if filled:
        pairs = []
        for number, several in filled.items():
            record = after = register.record(book.ask, kind, sequence_of(number))
            events = []
            for one in several:  # the second row fills in what the first left open
                was = {name: getattr(after, name) for name in one.changes}
                facts = {**_facts(one.row, file), "was": was}
                events.append(Event(CORRECTION, book.stamp.on, book.stamp.by, one.changes, facts))
                after = apply(after, events[-1])
            pairs.append((record, events))
        book.register.write_all(kind, pairs)
    for one in writes:
        if one.number:
            continue
        on = _day(one.changes) or book.stamp.on
        event = Event(IMPORTED, on, book.stamp.by, one.changes, _facts(one.row, file))
        number = book.register.enter(kind, event)
        if kind is not ENTERPRISE and one.changes.get("enterprise"):
            told = {"credit_code": None, **one.changes}
            book.register.meet(told, named_in=number, on=on.isoformat(), by=book.stamp.by)


def _names(writes: Sequence[Entering]) -> list[str]:
    """All names that records are to bear."""
    told = (one.changes for one in writes)
    return [str(n) for c in told for n in (c.get("name"), *c.get("aliases", ())) if n]


def _day(changes: Mapping[str, object]) -> date | None:
    told = next(filter(None, map(changes.get, _DAYS)), None)
    return date.fromisoformat(str(told)) if told else None


def _facts(row: Arrival, file: str) -> dict[str, object]:
    raw = {heading: cell for heading, cell in row.raw.items() if cell}
    return {"file": file, "sheet": row.sheet, "row": row.row, "raw": raw}


class Unregistered:
    """The enterprises that rows name and nobody has registered, but for those `entered` by them."""

    def __init__(self, ask: Ask, entered: frozenset[str]) -> None:
        self._ask = ask
        self._entered = {sequence_of(one) for one in entered if f"-{ENTERPRISE.letters}-" in one}
        self._known: set[str] = set()
        self._of_file: set[str] = set()

    def among(self, names: Sequence[str]) -> list[str]:
        """Those of these names that nobody bears; each is known from now on."""
        keys = {sameness(name): name for name in reversed(names)}
        new = [key for key in keys if key and key not in self._known | self._of_file]
        here = arrivals.named(self._ask, ENTERPRISE.name, new)
        self._known |= {key for key, ident in here.items() if ident not in self._entered}
        met = [key for key in dict.fromkeys(map(sameness, names)) if key in new]
        found = [key for key in met if key not in self._known]
        self._of_file |= set(found)
        return [keys[key] for key in found]

    def end(self, *, is_kept: bool) -> None:
        """A file has come to its end; whom it named is known from now on if it is kept."""
        if is_kept:
            self._known |= self._of_file
        self._of_file = set()
