"""Taking in what files state: what is new is entered, what is known is recognised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hazardctl import store
from hazardctl.domain.hazard import Draft, Stamp
from hazardctl.domain.names import sameness
from hazardctl.domain.registering import take_in
from hazardctl.domain.rules import Rules
from hazardctl.errors import NoLedger
from hazardctl.store import lookups
from hazardctl.store.conditions import Ask
from hazardctl.store.lookups import Done
from hazardctl.store.rows import likeness
from hazardctl.store.sqlite import look, must_be_current, reading

ASKED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Delivery:
    """The good rows of one file; `about` is what the ledger remembers of the file itself."""

    file: str
    drafts: Sequence[Draft]
    about: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Changed:
    """A hazard that is here already and has moved on since, or has here."""

    row: int
    sheet: str | None
    number: str
    ledger: str
    stated: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A row with what it is recognised by: all that it says, and the sender's code of that day."""

    draft: Draft
    likeness: bytes
    code: Code | None


@dataclass(slots=True)
class Taken:
    """What became of the rows of one file."""

    new: list[Marked] = field(default_factory=list)
    duplicates: int = 0
    changed: list[Changed] = field(default_factory=list)


Code = tuple[str, str, date]
Known = dict[bytes | Code, tuple[str, str]]  # what makes two rows the same → number, state


def sort_out(path: Path, deliveries: Sequence[Delivery]) -> list[Taken]:
    """Which rows are new, and which are in the ledger, or twice in the files, already."""
    marked = _marked(deliveries)
    if look(path) is None:
        return _sorted_out(marked, {})
    with reading(path) as book:
        return _sorted_out(marked, _known(marked, book.ask))


def take(path: Path, stamp: Stamp, deliveries: Sequence[Delivery]) -> list[Taken]:
    """Enter the new rows of every file, in one transaction; makes the ledger if none stands.

    Rows that are here already change nothing: without a new row nothing is written at all. What
    is new is decided before the ledger is locked, and again only if another desk wrote meanwhile.
    A request that was done before is answered as it was then. Raises RequestReused.
    """
    marked = _marked(deliveries)
    seen, decided_at, done = _sorted_out(marked, {}), lookups.NOTHING, None
    with suppress(NoLedger), reading(path) as before:
        must_be_current(path, before.version)
        done = lookups.done(before.ask, stamp.request) if stamp.request else None
        seen = _sorted_out(marked, _known(marked, before.ask, done))
        decided_at = lookups.head(before.ask)
    if done or not any(one.new for one in seen):
        return seen
    with store.writing(path, stamp, begin=Rules()) as book:
        if lookups.head(book.ask) != decided_at:
            done = book.done()
            seen = _sorted_out(marked, _known(marked, book.ask, done))
            if done:
                return seen
        for delivery, taken in zip(deliveries, seen, strict=True):
            for row in taken.new:
                event = take_in(stamp, row.draft, file={"file": delivery.file})
                book.enter(event, likeness=row.likeness)
            if taken.new:
                book.note("file-imported", {**delivery.about, "imported": len(taken.new)})
    return seen


def _marked(deliveries: Sequence[Delivery]) -> list[list[Marked]]:
    return [[_mark(draft) for draft in delivery.drafts] for delivery in deliveries]


def _mark(draft: Draft) -> Marked:
    hazard = draft.hazard
    code = hazard.external_code
    coded = (code, sameness(hazard.enterprise), hazard.found_on) if code else None
    mark = likeness(hazard.enterprise, hazard.description, hazard.location, hazard.found_on)
    return Marked(draft, mark, coded)


def _sorted_out(files: Sequence[Sequence[Marked]], known: Known) -> list[Taken]:
    return [_sorted(rows, known) for rows in files]


def _sorted(rows: Sequence[Marked], known: Known) -> Taken:
    """What is new of one file; `known` learns of it for the next."""
    taken = Taken()
    for row in rows:
        here = known.get(row.likeness) or (known.get(row.code) if row.code else None)
        state = str(row.draft.hazard.state)
        if here is None:
            taken.new.append(row)
        else:
            taken.duplicates += 1
            number, ledger = here
            if ledger != state:
                change = Changed(row.draft.row, row.draft.sheet, number, ledger, state)
                taken.changed.append(change)
        known[row.likeness] = here or ("", state)
        if row.code:
            known[row.code] = here or ("", state)
    return taken


def _known(files: Sequence[Sequence[Marked]], ask: Ask, done: Done | None = None) -> Known:
    """The hazards of the ledger that rows of the files may be, but for those `done` entered."""
    rows = [row for file in files for row in file]
    entered = set(lookups.subjects(ask, done)) if done else ()
    known: Known = {}
    for some in _batches([row.likeness for row in rows]):
        for mark, number, state in lookups.alike(ask, some):
            if number not in entered:
                known[mark] = (number, state)
    for some in _batches(sorted({row.code[0] for row in rows if row.code})):
        for code, enterprise, found_on, number, state in lookups.coded(ask, some):
            if number not in entered:
                known[code, sameness(enterprise), found_on] = (number, state)
    return known


def _batches(values: Sequence[object]) -> Iterator[Sequence[object]]:
    for start in range(0, len(values), ASKED_AT_ONCE):
        yield values[start : start + ASKED_AT_ONCE]
