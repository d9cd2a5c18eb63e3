"""The verbs of the register: enter a record, correct it, move it on, look at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hazardctl import store
from hazardctl.domain.asking import Asked
from hazardctl.domain.entering import Ceiling, born, enter, option
from hazardctl.domain.hazard import Event, Stamp
from hazardctl.domain.names import sameness
from hazardctl.domain.refusals import PartOfItself, SaysTheSame
from hazardctl.domain.register import (
    ENTERPRISE,
    PENALTY,
    Kind,
    Record,
    kind_of,
    numbered,
    sequence_of,
)
from hazardctl.domain.rules import Rules
from hazardctl.store import lookups, questions, register, registered, settings
from hazardctl.store.conditions import Ask, meant
from hazardctl.store.lookups import Done
from hazardctl.store.opening import reading
from hazardctl.store.place import Place
from hazardctl.store.placing import place

if TYPE_CHECKING:
    from hazardctl.store.book import Book

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entered:
    """What was done to one record, as it is printed in JSON."""

    kind: Kind
    seen: Mapping[str, Any]
    is_new: bool
    newcomers: tuple[tuple[str, str], ...] = ()  # enterprises registered on the way

    @property
    def number(self) -> str:
        """Its number."""
        return str(self.seen["number"])


def add(
    path: Place, stamp: Stamp, kind: Kind, given: Mapping[str, object], *, ceiling: Ceiling | None
) -> Entered:
    """Enter a record; makes the ledger if none stands.

    An enterprise that it names is registered as it comes. Raises AlreadyRegistered, UnknownNumber,
    UnknownRecord, and what `enter` raises.
    """
    facts = {} if ceiling else {"confirmed": True}

    def decided(said: Mapping[str, object]) -> Event:
        return enter(kind, stamp, said, ceiling=ceiling, facts=facts)

    if not given.get("hazard"):
        decided(given)  # no ledger is needed to refuse it
    with store.writing(path, stamp, begin=Rules()) as book:
        if done := book.done():
            (number,) = [one for one in lookups.subjects(book.ask, done) if kind_of(one) is kind]
            return Entered(kind, _seen(book, kind, number, done), is_new=True)
        said = _linked(book, given, str(given.get("name", "")))
        place(book.ask, kind, [said])
        event = decided(said)  # whose it is says what may be fined
        _must_be_new(book, kind, born(kind, numbered(kind, book.rules.prefix, 0), event))
        number = book.register.enter(kind, event)
        _meet(book, kind, event.changes, number)
        book.write_out()
        return Entered(
            kind, _seen(book, kind, number), is_new=True, newcomers=tuple(book.register.newcomers)
        )


Decision = Callable[[Record], Sequence[Event]]


def act(
    path: Place, stamp: Stamp, kind: Kind, numbers: Sequence[str], decide: Decision
) -> list[Entered]:
    """Decide and write the same for every record: all of them, or none.

    Raises UnknownRecord, and what is decided.
    """
    done: dict[str, Entered] = {}
    with store.writing(path, stamp) as book:
        if again := book.done():  # what was named then may have another name now
            numbers = [one for one in lookups.subjects(book.ask, again) if kind_of(one) is kind]
        for text in numbers:
            ident = register.found(book.ask, kind, text, prefix=book.rules.prefix)
            number = numbered(kind, book.rules.prefix, ident)
            if number in done:
                continue
            if not again:
                record = register.record(book.ask, kind, ident)
                own = getattr(record, "name", "")
                events = [
                    replace(event, changes=_linked(book, event.changes, own))
                    for event in decide(record)
                ]
                after = book.register.write(kind, record, events)
                book.write_out()
                if any(not set(kind.alike).isdisjoint(event.changes) for event in events):
                    _must_be_new(book, kind, after)
                for event in events:
                    _meet(book, kind, event.changes, number)
                book.write_out()
            met = tuple(book.register.newcomers)
            seen = _seen(book, kind, number, again)
            done[number] = Entered(kind, seen, is_new=False, newcomers=met)
    return list(done.values())


def listing(path: Place, kind: Kind, asked: Asked, *, limit: int | None = None) -> list[Told]:
    """The records that are asked for, in the order of their numbers."""
    with reading(path) as book:
        return register.listing(book.ask, kind, asked, limit=limit)


def one(path: Place, kind: Kind, text: str) -> Told:
    """One record with its events; what bears a name, with what is known of it elsewhere.

    Raises UnknownRecord, AmbiguousNumber.
    """
    with reading(path) as book:
        prefix = settings.rules(book.ask).prefix
        ident = register.found(book.ask, kind, text, prefix=prefix)
        seen = _shown(book.ask, kind, ident)
        if "name" in seen:
            seen |= register.about(book.ask, kind, seen["name"])
        seen["events"] = questions.history(book.ask, seen["number"])
        return seen


def _shown(ask: Ask, kind: Kind, ident: int) -> Told:
    return registered.shown(kind, registered.to_row(kind, register.record(ask, kind, ident)))


def _seen(book: Book, kind: Kind, number: str, done: Done | None = None) -> Told:
    """The record as it stands, or as it was made by what was asked before."""
    if done is None:
        return _shown(book.ask, kind, sequence_of(number))
    record = register.made(book.ask, kind, number, last=done.last)
    return registered.shown(kind, registered.to_row(kind, record))


def _linked(book: Book, said: Mapping[str, object], own: str) -> dict[str, object]:
    """What is said, with whole numbers in place of endings.

    `own` is the name of what it is about. Raises UnknownNumber, UnknownRecord, PartOfItself.
    """
    changes = dict(said)
    if changes.get("hazard"):
        changes["hazard"] = questions.number(book.ask, str(changes["hazard"]))
    if changes.get("penalty"):
        prefix = book.rules.prefix
        ident = register.found(book.ask, PENALTY, str(changes["penalty"]), prefix=prefix)
        changes["penalty"] = numbered(PENALTY, prefix, ident)
    if changes.get("parent"):
        _must_be_another(book, own, parent=str(changes["parent"]))
    return changes


def _must_be_another(book: Book, own: str, *, parent: str) -> None:
    """Raises PartOfItself if a campaign would be a part of one of its own parts."""
    if sameness(parent) in meant(book.ask, "campaign", [own]):
        raise PartOfItself(name=own, parent=parent)


def _must_be_new(book: Book, kind: Kind, record: Record) -> None:
    """Raises SaysTheSame if another record says the same."""
    if registered.has_likeness(kind) and (other := register.alike(book.ask, kind, record)):
        raise SaysTheSame(number=other, by=[option(name) for name in kind.alike])


def _meet(book: Book, kind: Kind, changes: Mapping[str, object], number: str) -> None:
    if kind is not ENTERPRISE and changes.get("enterprise"):
        on, by = book.stamp.on.isoformat(), book.stamp.by
        book.register.meet(changes, named_in=number, on=on, by=by)
