"""One writing transaction: a change and the event that explains it, or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import NamedTuple

from sqlmodel import SQLModel

from hazardctl.domain.hazard import Event, Hazard, Request, Stamp
from hazardctl.domain.lifecycle import CORRECTION, apply, born, past
from hazardctl.domain.mapping import SETTING, SavedMapping
from hazardctl.domain.rules import rules_from
from hazardctl.errors import CannotKeep
from hazardctl.store import chain, lookups, questions, rows, settings
from hazardctl.store.batch import Batch
from hazardctl.store.cards import NUMBERED
from hazardctl.store.entry import Entry, entry
from hazardctl.store.ids import ids
from hazardctl.store.indexes import laid_aside
from hazardctl.store.lookups import DRAWN, LEDGER
from hazardctl.store.registry import MET, Registry
from hazardctl.store.rewriting import rewrite
from hazardctl.store.speaking import Speaking
from hazardctl.store.tables import (
    CardRow,
    DrawnRow,
    EventRow,
    EvidenceRow,
    HazardRow,
    LineRow,
    LookbackRow,
    PastRow,
    ReporterRow,
    RequestRow,
)

HIGHEST = 9_000_000  # of the numbers of a year that are kept: above it too few would follow


class Mark(NamedTuple):
    """Where a book stood: its last event, its last day, the numbers given out."""

    seq: int
    head: bytes
    last_on: str
    sequences: dict[int, int]
    newcomers: int


class Book:
    """The ledger while it is written: what is entered here is saved when the transaction ends."""

    def __init__(self, said: Speaking, stamp: Stamp) -> None:
        self._said, self.ask = said, said.ask
        self.stamp = stamp
        self._ids = ids(stamp.at)
        self._request = stamp.request or Request(id=next(self._ids), content="")
        self._batch = Batch(said)
        self._appended: list[tuple[object, ...]] = []  # events not yet read back
        self._changed: dict[int, Hazard] = {}
        self._sequences: dict[int, int] = {}
        self._unwritten: set[str] = set()  # the numbers of what is gathered
        self._settings: dict[str, str] = {}  # what is to be set
        kept = settings.settings(self.ask)
        self.ledger_id = kept["ledger_id"]
        self.rules = rules_from(kept)
        self._last_on = self._kept_last_on = kept.get("last_on", "")
        self._seq, self._head = lookups.head(self.ask)
        self.first = self._seq + 1
        self.register = Registry(
            said,
            self._batch,
            prefix=lambda: self.rules.prefix,
            append=self._happened,
            write_out=self.write_out,
        )

    def without_indexes(self) -> AbstractContextManager[None]:
        """For entering many hazards: nothing but their numbers is found quickly meanwhile."""
        return laid_aside(self._said)

    def done(self) -> lookups.Done | None:
        """What was written when the same was asked before; raises RequestReused as `lookups`."""
        return lookups.done(self.ask, self.stamp.request) if self.stamp.request else None

    def hazard(self, number: str) -> Hazard:
        """The hazard of a number or an ending of one.

        Raises UnknownNumber, AmbiguousNumber, NotANumber.
        """
        self.write_out()
        return lookups.hazard(self.ask, questions.found(self.ask, number))

    def alike(self, event: Event) -> tuple[str, ...]:
        """The numbers of hazards that say the same as one that is about to be entered."""
        return tuple(
            number for _, number, _ in lookups.alike(self.ask, [rows.likeness_told(event)])
        )

    def enter(self, event: Event) -> str:
        """Enter a new hazard with its first event, and give it the next number of its year."""
        return self.take(entry(event))

    def take(self, made: Entry, *, number: str = "") -> str:
        """Enter a new hazard that is ready to be entered; returns its number.

        That is the one it had in an earlier ledger, if it is one of ours and free; else the next
        of the year it was found. A number is never used again.
        """
        if not number or not self._is_free(number):
            number = self._next_number(int(made.on[:4]))
        self._unwritten.add(number)
        self._meet(made.value, named_in=number, on=made.on, by=made.by)
        self._append(number, made.kind, made.by, made.body, subject_seq=1)
        ident, (card_body, line_body) = rows.hazard_id(number), made.printed(number)
        self._batch.put(HazardRow, (ident, number, *made.values, made.likeness))
        self._batch.put(LineRow, (ident, line_body))
        if self._batch.put(CardRow, (ident, card_body)):
            self.write_out()
        self._last_on = max(self._last_on, made.value("since_on") or "")
        if looked := rows.looked_back(made.value):
            self._look_back(ident, looked, place=1, cycle=int(made.value("cycle") or 1))
        if made.value("cycle") != "1":
            event = rows.event_from(kind=made.kind, actor=made.by, body=made.body + "}")
            hazard = born(number, event)
            before = past(None, event, hazard)
            self._keep_past(before, hazard, stretch=1)
            if before and (looked := rows.looked_back(partial(getattr, before))):
                self._look_back(ident, looked, place=0, cycle=before.cycle)
        return number

    def _is_free(self, number: str) -> bool:
        """Whether a number is one of this ledger's own that no hazard has; others follow it."""
        numbered = rows.numbered(self.rules.prefix, number)
        if numbered is None or numbered[1] > HIGHEST:
            return False
        year, sequence = numbered
        last = self._last_sequence(year)
        if sequence <= last and (
            number in self._unwritten or lookups.is_there(self.ask, rows.hazard_id(number))
        ):
            return False
        self._sequences[year] = max(last, sequence)
        return True

    def _next_number(self, year: int) -> str:
        self._sequences[year] = self._last_sequence(year) + 1
        return self.rules.prefix + NUMBERED % (year, self._sequences[year])

    def _last_sequence(self, year: int) -> int:
        if year not in self._sequences:
            self._sequences[year] = lookups.last_sequence(self.ask, year)
        return self._sequences[year]

    def write(self, hazard: Hazard, events: Sequence[Event]) -> Hazard:
        """Write the events of a hazard, and the record that they make of it."""
        if not events:
            return hazard
        self.write_out()
        ident = rows.hazard_id(hazard.number)
        place, stretch, files = lookups.places(self.ask, hazard.number, ident)
        for event in events:
            place += 1
            after = apply(hazard, event)
            self._happened(hazard.number, event, subject_seq=place)
            stretch += self._keep_past(past(hazard, event, after), after, stretch=stretch + 1)
            files += self._attach(ident, event, place=files)
            if event.kind == CORRECTION and stretch:
                self._correct_past(ident, event)
            if looked := rows.looked_back(event.changes.get):
                self._look_back(ident, looked, place=place, cycle=after.cycle)
            if "enterprise" in event.changes:
                known = partial(getattr, after)
                self._meet(known, named_in=hazard.number, on=event.on.isoformat(), by=event.by)
            hazard = after
        self._changed[ident] = hazard
        # Before the latest day that anything stands since, the ledger is seen as past.
        self._last_on = max(self._last_on, str(hazard.since_on))
        return hazard

    def attach(self, hazard: Hazard, files: Sequence[Mapping[str, object]]) -> None:
        """Attach files to a hazard that was just entered, with an event of their own."""
        if files:
            event = Event(
                kind="attached",
                on=self.stamp.on,
                by=self.stamp.by,
                facts={"evidence": list(files)},
            )
            self.write(hazard, [event])

    def _meet(self, known: Callable[[str], object], *, named_in: str, on: str, by: str) -> None:
        """Register the enterprise of a hazard as it comes, if nobody has."""
        if not self.register.knows(str(known("enterprise"))):
            told = {name: known(name) for name in MET}
            self.register.meet(told, named_in=named_in, on=on, by=by)

    def _look_back(self, ident: int, looked: tuple[str, str], *, place: int, cycle: int) -> None:
        on, result = looked
        row: dict[str, object] = {"id": ident, "place": place, "cycle": cycle}
        self._add(LookbackRow, {**row, "looked_on": on, "result": result})

    def draw(self, numbers: Sequence[str], facts: Mapping[str, object]) -> int:
        """Keep which hazards were drawn for a look-back; returns the event that says how."""
        self.note(DRAWN, {**facts, "numbers": list(numbers)})
        for number in numbers:
            row: dict[str, object] = {"id": rows.hazard_id(number), "seq": self._seq}
            self._add(DrawnRow, {**row, "drawn_on": self.stamp.on.isoformat()})
        return self._seq

    def mark(self) -> Mark:
        """A place in the transaction to which all may be undone; one at a time."""
        self.write_out()
        self._said.change("SAVEPOINT marked")
        newcomers = len(self.register.newcomers)
        return Mark(self._seq, self._head, self._last_on, dict(self._sequences), newcomers)

    def undo(self, mark: Mark) -> None:
        """Undo all that was written since a mark."""
        self._batch.forget()
        self._unwritten.clear()
        self._appended.clear()
        self._changed.clear()
        self._settings.clear()
        self._said.change("ROLLBACK TO marked")
        self._seq, self._head, self._last_on, self._sequences, newcomers = mark
        self.register.forget(after=newcomers)

    def note(self, kind: str, facts: Mapping[str, object]) -> None:
        """Write an event about the ledger itself."""
        self.write_out()
        place = lookups.last_place(self.ask, LEDGER)
        event = Event(kind=kind, on=self.stamp.on, by=self.stamp.by, facts=facts)
        self._happened(LEDGER, event, subject_seq=place + 1)

    def set_rules(self, values: Mapping[str, str]) -> None:
        """Set rules of the ledger, with the event that says so."""
        self.note("rules-set", {"rules": dict(values)})
        self._settings |= values
        self.write_out()
        self.rules = rules_from(settings.settings(self.ask))

    def save_mapping(self, name: str, mapping: SavedMapping) -> None:
        """Keep how a sender's files are read, with the event that says so."""
        self.note("mapping-saved", {"name": name, "mapping": mapping.text()})
        self._settings[SETTING + name] = mapping.text()

    def keep_reporter(self, identity: str) -> str:
        """Keep who reported, beside the chain; returns the random id that the event holds."""
        salt = secrets.token_hex(16)
        made = rows.reporter_id(identity, salt=salt)
        self._add(ReporterRow, {"id": made, "identity": identity, "salt": salt})
        return made

    def finish(self) -> None:
        """Write all that is gathered. Raises CannotKeep if the events are not what was written."""
        if self._last_on != self._kept_last_on:
            self._settings["last_on"] = self._last_on
        if self._seq >= self.first:
            row = {"id": self._request.id, "content": self._request.content}
            self._add(RequestRow, {**row, "first": self.first, "last": self._seq})
        self.write_out(is_end=True)

    def _happened(self, subject: str, event: Event, *, subject_seq: int) -> None:
        self._append(subject, event.kind, event.by, rows.open_body(event), subject_seq=subject_seq)

    def _append(self, subject: str, kind: str, by: str, body: str, *, subject_seq: int) -> None:
        """Add an event to the chain; its body is still open for what the transaction adds."""
        extra: dict[str, object] = {}
        if by != self.stamp.by:
            extra["recorded_by"] = self.stamp.by
        if self.stamp.rehearsed:
            extra["today"] = self.stamp.today
        if self._seq < self.first:  # the first of what is asked bears the request for all
            extra["request"] = {"id": self._request.id, "content": self._request.content}
        parts = (
            next(self._ids),
            subject,
            subject_seq,
            kind,
            self.stamp.at,
            by,
            rows.closed_body(body, extra),
        )
        prev, self._seq = self._head, self._seq + 1
        self._head = chain.chained(self.ledger_id, prev, self._seq, parts)
        self._appended.append((self._seq, prev, self._head, *parts))
        self._batch.put(EventRow, (self._seq, *parts, prev, self._head))

    def _keep_past(self, record: Hazard | None, after: Hazard, *, stretch: int) -> int:
        if record is None:
            return 0
        row = {**rows.to_row(record), "stretch": stretch}
        self._add(PastRow, {**row, "until_on": str(after.from_on)})
        return 1

    def _correct_past(self, ident: int, event: Event) -> None:
        """A correction holds for every day, those before it as well."""
        self.write_out()
        self._batch.replace(PastRow, {"id": ident, **rows.columns(event.changes)})

    def _attach(self, ident: int, event: Event, *, place: int) -> int:
        files = event.facts.get("evidence", ())
        assert isinstance(files, (list, tuple))
        for number, file in enumerate(files, start=place + 1):
            told = {"kind": event.kind, "attached_on": str(event.on)}
            self._add(
                EvidenceRow, {"id": ident, "place": number, **file, **told, "attached_by": event.by}
            )
        return len(files)

    def _add(self, table: type[SQLModel], row: dict[str, object]) -> None:
        if self._batch.add(table, row):
            self.write_out()

    def write_out(self, *, is_end: bool = False) -> None:
        """Write what is gathered, and read the events back: they are what was hashed, or none is.

        Raises CannotKeep.
        """
        if not (is_end or self._batch or self._settings or self._changed):
            return
        reread = partial(lookups.chain, after=self._seq - len(self._appended))
        with self._said.together():
            self._batch.write()
            settings.put(self._said.change, self._settings)
            for hazard in self._changed.values():
                rewrite(self._batch, hazard)
            if is_end:
                self._said.keep_head(self._seq, self._head)
            if self._appended:
                self._said.ahead(reread)
        self._unwritten.clear()
        self._settings.clear()
        self._changed.clear()
        if self._appended and [tuple(row) for row in reread(self.ask)] != self._appended:
            raise CannotKeep(kept=f"event {self._appended[0][0]} - {self._seq}")
        self._appended.clear()
