"""The questions that are asked of a ledger, answered with plain values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hazardctl.domain.filter import Filter
from hazardctl.domain.mapping import SavedMapping
from hazardctl.domain.rules import Rules
from hazardctl.errors import NoLedger, NoSuchMapping
from hazardctl.store import population, questions, settings
from hazardctl.store.cards import FRAMES
from hazardctl.store.opening import reading
from hazardctl.store.place import Place

Record = dict[str, Any]


def hazard(path: Place, number: str, as_of: date, *, with_reporter: bool = False) -> Record:
    """One hazard with its cycles, evidence and events; who reported it only if asked for.

    Raises UnknownNumber, AmbiguousNumber, NotANumber, and what says that the ledger is unusable.
    """
    with reading(path) as book:
        ident = questions.found(book.ask, number)
        told = questions.told(book.ask, ident, as_of)
        if with_reporter:
            told["reporter"] = questions.reporter(book.ask, ident)
    return told


def number(path: Place, text: str) -> str:
    """The whole number that a text means; raises as `hazard` does."""
    with reading(path) as book:
        return questions.number(book.ask, text)


def history(path: Place, number: str | None, *, limit: int | None = None) -> list[Record]:
    """The events of one hazard or record, or of the whole ledger, oldest first."""
    with reading(path) as book:
        subject = questions.subject(book.ask, number) if number else None
        return questions.history(book.ask, subject, limit=limit)


def listing(path: Place, wanted: Filter, as_of: date, *, limit: int | None = None) -> list[Record]:
    """The hazards of a filter as they stood at the end of a day, in the order of their numbers."""
    with reading(path) as book:
        return population.listing(book.ask, wanted, as_of, limit=limit)


def fields(
    path: Place, wanted: Filter, as_of: date, *, names: Sequence[str], limit: int | None = None
) -> dict[str, Sequence[Any]]:
    """Some fields of the same hazards, each a sequence."""
    with reading(path) as book:
        return population.fields(book.ask, wanted, as_of, names, limit=limit)


def printed(
    path: Place, wanted: Filter, as_of: date, *, frame: str, limit: int | None = None
) -> bytearray:
    """The same hazards as bytes: a JSON `array`, one JSON object a line (`lines`), or `csv`.

    Seen as it stands, a ledger has these texts ready: 30,000 take a tenth of a second.
    """
    around = FRAMES[frame]
    with reading(path) as book:
        if population.is_present(book.ask, as_of):
            return population.texts(book.ask, book.each, wanted, as_of, frame=around, limit=limit)
        found = population.listing(book.ask, wanted, as_of, limit=limit)
    return population.written(found, frame=around)


def mapping(path: Place, name: str) -> SavedMapping:
    """How a sender's files are read; raises NoSuchMapping."""
    try:
        kept = mappings(path)
    except NoLedger:
        kept = {}
    if name not in kept:
        raise NoSuchMapping(name=name, names=list(kept))
    return kept[name]


def mappings(path: Place) -> dict[str, SavedMapping]:
    """How senders' files are read, by the names that were given to it."""
    with reading(path) as book:
        return settings.mappings(book.ask)


def rules(path: Place) -> Rules:
    """The rules of a ledger."""
    with reading(path) as book:
        return settings.rules(book.ask)
