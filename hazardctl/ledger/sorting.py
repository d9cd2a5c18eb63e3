"""Telling the rows of files apart: new ones, and those that are in the ledger already."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Protocol

from hazardctl.domain.register import ENTERPRISE, Kind
from hazardctl.ledger.candidates import Candidates
from hazardctl.ledger.incoming import Incoming, Row, Said
from hazardctl.ledger.known import Known, Taken
from hazardctl.ledger.known_records import Entering, KnownRecords
from hazardctl.store import arrivals, lookups
from hazardctl.store.conditions import Ask
from hazardctl.store.lookups import Done

END = sys.maxsize  # no event is as late


class Begun(Protocol):
    """A writer: the events from its `first` on are its own."""

    @property
    def first(self) -> int:
        """Its first event."""


class Hazards:
    """Tells hazards apart; what a request entered when it was `done` before is new again."""

    def __init__(self, ask: Ask, writer: Begun | None, done: Done | None) -> None:
        self.entered = frozenset(lookups.subjects(ask, done) if done else ())
        self._known = Known(ask, self.entered, first=writer.first if writer else END)
        self._candidates = Candidates(ask, self.entered)

    def sort(self, rows: Sequence[Row], taken: Taken, file: Incoming) -> Sequence[Row]:
        """What is new of these rows; what the others are is told."""
        new = self._known.sort(rows, taken, file.file)
        taken.candidates += self._candidates.among(new, file.file)
        return new

    def enterprises(self, new: Sequence[Row]) -> list[str]:
        """The enterprises that new rows name."""
        return [row.entry.text("enterprise") for row in new]

    def end(self, *, is_kept: bool) -> None:
        """A file has come to its end; it is forgotten unless it is kept."""
        self._known.end(is_kept=is_kept)
        self._candidates.end(is_kept=is_kept)


class Records:
    """Tells records of a kind apart; what a request wrote when it was `done` before is new."""

    def __init__(self, ask: Ask, kind: Kind, done: Done | None) -> None:
        self._kind = kind
        self.entered, edited = arrivals.written(ask, done) if done else (frozenset(), frozenset())
        before = arrivals.before(ask, kind, edited, done) if done else {}
        self._known = KnownRecords(ask, kind, entered=self.entered, before=before)

    def sort(self, rows: Sequence[Said], taken: Taken, file: Incoming) -> Sequence[Entering]:
        """What is to be written of these rows; what the others are is told."""
        return self._known.sort(rows, taken, file.file, ceiling=file.ceiling)

    def enterprises(self, new: Sequence[Entering]) -> list[str]:
        """The enterprises that new rows name; a file of enterprises names none beside."""
        named = (one.changes.get("enterprise") for one in new if self._kind is not ENTERPRISE)
        return [str(name) for name in named if name]

    def end(self, *, is_kept: bool) -> None:
        """A file has come to its end; it is forgotten unless it is kept."""
        self._known.end(is_kept=is_kept)
