"""The register while it is written: records entered, corrected, moved on, in the book's chain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from sqlmodel import SQLModel

from hazardctl.domain.credit_code import is_credit_code
from hazardctl.domain.entering import ENTERED, apply, born, names_of
from hazardctl.domain.hazard import Event
from hazardctl.domain.lifecycle import CORRECTION
from hazardctl.domain.names import recurring, sameness
from hazardctl.domain.refusals import AlreadyRegistered
from hazardctl.domain.register import (
    ENTERPRISE,
    Enterprise,
    Kind,
    Record,
    numbered,
    sequence_of,
)
from hazardctl.store import arrivals, lookups, registered
from hazardctl.store import register as questions
from hazardctl.store.batch import Batch
from hazardctl.store.speaking import Speaking
from hazardctl.store.tables import (
    CampaignRow,
    EnterpriseRow,
    InspectionRow,
    NamedRow,
    PenaltyRow,
    ReferralRow,
)

ROWS: Mapping[str, type[SQLModel]] = {
    "enterprise": EnterpriseRow,
    "campaign": CampaignRow,
    "inspection": InspectionRow,
    "penalty": PenaltyRow,
    "referral": ReferralRow,
}
# What a hazard tells of an enterprise that nobody has registered yet.
_TOLD = ("credit_code", "industry", "district")
MET = ("enterprise", *_TOLD)


class Append(Protocol):
    """Adds an event of a subject to the chain."""

    def __call__(self, subject: str, event: Event, *, subject_seq: int) -> None:
        """Add it, at its place among the events of the subject."""


class Registry:
    """The records of one transaction; their events go where `append` puts them."""

    def __init__(
        self,
        said: Speaking,
        batch: Batch,
        *,
        prefix: Callable[[], str],
        append: Append,
        write_out: Callable[[], None],
    ) -> None:
        self._said, self._batch = said, batch
        self._prefix, self._append, self._write_out = prefix, append, write_out
        self._sequences: dict[str, int] = {}
        self._known: set[str] = set()  # enterprises, as they are spelled
        self._named: dict[tuple[str, str], int] = {}  # names that may not be written yet
        self._free: set[tuple[str, str]] = set()  # names that nobody bears
        self._coded: dict[str, int] = {}  # credit codes that may not be written yet
        self.newcomers: list[tuple[str, str]] = []  # number and name of what was entered as it came

    def forget(self, *, after: int) -> None:
        """Know nothing of what was entered after so many newcomers: it was undone."""
        self._sequences.clear()
        self._known.clear()
        self._named.clear()
        self._free.clear()
        self._coded.clear()
        del self.newcomers[after:]

    def enter(self, kind: Kind, event: Event) -> str:
        """Enter a new record with its first event; returns its number.

        Raises AlreadyRegistered if one of its names is another's.
        """
        number = self._next(kind)
        record = born(kind, number, event)
        self._name(kind, record, {})
        self._append(number, event, subject_seq=1)
        self._add(ROWS[kind.name], registered.to_row(kind, record))
        return number

    def write(self, kind: Kind, record: Record, events: Sequence[Event]) -> Record:
        """Write the events of a record, and the row that they make of it."""
        (after,) = self.write_all(kind, [(record, events)])
        return after

    def write_all(
        self, kind: Kind, written: Sequence[tuple[Record, Sequence[Event]]]
    ) -> list[Record]:
        """Write the events of several records, each once, and the rows that they make of them."""
        self._write_out()
        places = lookups.last_places(self._said.ask, [record.number for record, _ in written])
        done: list[Record] = []
        for record, events in written:
            place = places.get(record.number, 0)
            for event in events:
                place += 1
                after = apply(record, event)
                self._name(kind, after, {name: getattr(record, name) for name in kind.fields})
                self._append(record.number, event, subject_seq=place)
                record = after
            done.append(record)
        changed = [after for after, (_, events) in zip(done, written, strict=True) if events]
        rows = [registered.to_row(kind, record) for record in changed]
        self._batch.replace(ROWS[kind.name], *rows)
        return done

    def knows(self, enterprise: str) -> bool:
        """Whether an enterprise was met in this transaction."""
        return enterprise in self._known

    def meet(self, told: Mapping[str, object], *, named_in: str, on: str, by: str) -> None:
        """Register the enterprise that a hazard or a record names, if nobody has."""
        name = str(told["enterprise"])
        if self.knows(name):
            return
        self._known.add(name)
        if not recurring(name) or self.number_of(ENTERPRISE, name) is not None:
            return
        what = {one: told.get(one) for one in _TOLD}
        if not is_credit_code(str(what["credit_code"])):
            del what["credit_code"]
        elif (other := self.number_of_code(str(what["credit_code"]))) is not None:
            self._call(other, name, Event(CORRECTION, on=date.fromisoformat(on), by=by), named_in)
            return
        event = Event(
            ENTERED,
            on=date.fromisoformat(on),
            by=by,
            changes={"name": name, **{one: value for one, value in what.items() if value}},
            facts={"named_in": named_in},
        )
        self.newcomers.append((self.enter(ENTERPRISE, event), name))

    def _call(self, ident: int, name: str, event: Event, named_in: str) -> None:
        """Keep one more name of an enterprise that is known by its credit code."""
        self._write_out()
        known = questions.record(self._said.ask, ENTERPRISE, ident)
        assert isinstance(known, Enterprise)
        changes = {"aliases": (*known.aliases, name)}
        facts = {"was": {"aliases": known.aliases}, "named_in": named_in}
        self.write(ENTERPRISE, known, [replace(event, changes=changes, facts=facts)])

    def number_of_code(self, code: str) -> int | None:
        """The row id of the enterprise that bears a credit code; None if none does."""
        if code in self._coded:
            return self._coded[code]
        found = self._said.ask("SELECT id FROM enterprise WHERE credit_code = ?", (code,))
        return int(found[0][0]) if found else None

    def look_up(self, kind: Kind, names: Iterable[str]) -> None:
        """Learn at once who bears these names: they are asked for one by one otherwise."""
        keys = set(map(recurring, names))
        new = {key for key in keys if key and (kind.name, key) not in self._named}
        new = {key for key in new if (kind.name, key) not in self._free}
        found = arrivals.named(self._said.ask, kind.name, new)
        self._named |= {(kind.name, key): ident for key, ident in found.items()}
        self._free |= {(kind.name, key) for key in new - found.keys()}

    def number_of(self, kind: Kind, name: str) -> int | None:
        """The row id of the record that bears a name; None if none does."""
        key = (kind.name, recurring(name))
        if key in self._named:
            return self._named[key]
        if key in self._free:
            return None
        return lookups.bearer(self._said.ask, *key)

    def _name(self, kind: Kind, record: Record, before: Mapping[str, object]) -> None:
        """Keep the names of a record; raises AlreadyRegistered."""
        if registered.has_likeness(kind):
            return  # it goes by no name
        self._keep_code(kind, record)
        told = {name: getattr(record, name) for name in kind.fields}
        mine = {row["name"]: row for row in registered.names_row(kind, record)}
        had = set(names_of(kind, before)) if before else set()
        for name, row in mine.items():
            other = self.number_of(kind, name)
            if other is not None and other != row["id"]:
                number = numbered(kind, self._prefix(), other)
                every = (told["name"], *told.get("aliases", ()))
                taken = next(one for one in every if sameness(one) == name)
                raise AlreadyRegistered(number=number, what=kind.name, name=taken)
        for name, row in mine.items():
            if name not in had:
                self._named[kind.name, name] = row["id"]
                self._add(NamedRow, row)
        for name in had - mine.keys():
            self._write_out()
            self._named.pop((kind.name, name), None)
            self._said.change("DELETE FROM named WHERE kind = ? AND name = ?", (kind.name, name))

    def _keep_code(self, kind: Kind, record: Record) -> None:
        """Keep the credit code of an enterprise; raises AlreadyRegistered if it is another's."""
        code = getattr(record, "credit_code", None)
        if not code:
            return
        other = self.number_of_code(code)
        if other is not None and other != sequence_of(record.number):
            number = numbered(kind, self._prefix(), other)
            raise AlreadyRegistered(number=number, what=kind.name, name=code)
        self._coded[code] = sequence_of(record.number)

    def _next(self, kind: Kind) -> str:
        if kind.name not in self._sequences:
            ((last,),) = self._said.ask(f"SELECT max(id) FROM {kind.name}", ())
            self._sequences[kind.name] = int(last or 0)
        self._sequences[kind.name] += 1
        return numbered(kind, self._prefix(), self._sequences[kind.name])

    def _add(self, table: type[SQLModel], row: dict[str, object]) -> None:
        if self._batch.add(table, row):
            self._write_out()
