"""Taking in what files state: what is new is entered, what is known is recognised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hazardctl import store
from hazardctl.domain.hazard import Draft, Hazard, Stamp
from hazardctl.domain.names import sameness
from hazardctl.domain.registering import take_in
from hazardctl.domain.rules import Rules
from hazardctl.store import lookups
from hazardctl.store.conditions import Ask
from hazardctl.store.rows import likeness
from hazardctl.store.sqlite import look, reading

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


@dataclass(slots=True)
class Taken:
    """What became of the rows of one file."""

    new: list[Draft] = field(default_factory=list)
    duplicates: int = 0
    changed: list[Changed] = field(default_factory=list)


Known = dict[object, tuple[str, str]]  # what makes two rows the same → number, state


def sort_out(path: Path, deliveries: Sequence[Delivery]) -> list[Taken]:
    """Which rows are new, and which are in the ledger, or twice in the files, already."""
    if look(path) is None:
        return _sorted_out(deliveries, ask=None)
    with reading(path) as book:
        return _sorted_out(deliveries, ask=book.ask)


def take(path: Path, stamp: Stamp, deliveries: Sequence[Delivery]) -> list[Taken]:
    """Enter the new rows of every file, in one transaction; makes the ledger if none stands.

    Rows that are here already change nothing: without a new row nothing is written at all.
    """
    if look(path) is not None:
        seen = sort_out(path, deliveries)
        if not any(one.new for one in seen):
            return seen
    with store.writing(path, stamp, begin=Rules()) as book:
        seen = _sorted_out(deliveries, ask=book.ask)
        for delivery, taken in zip(deliveries, seen, strict=True):
            for draft in taken.new:
                number = book.next_number(draft.hazard.found_on.year)
                book.enter(take_in(number, stamp, draft, file={"file": delivery.file}))
            if taken.new:
                book.note("file-imported", {**delivery.about, "imported": len(taken.new)})
    return seen


def _sorted_out(deliveries: Sequence[Delivery], *, ask: Ask | None) -> list[Taken]:
    known = _known(deliveries, ask) if ask else {}
    return [_sorted(delivery.drafts, known) for delivery in deliveries]


def _sorted(drafts: Sequence[Draft], known: Known) -> Taken:
    taken = Taken()
    for draft in drafts:
        marks = _marks(draft.hazard)
        here = next((known[mark] for mark in marks if mark in known), None)
        state = str(draft.hazard.state)
        if here is None:
            taken.new.append(draft)
        else:
            taken.duplicates += 1
            number, ledger = here
            if ledger != state:
                taken.changed.append(Changed(draft.row, draft.sheet, number, ledger, state))
        known |= dict.fromkeys(marks, here or ("", state))
    return taken


def _marks(hazard: Hazard) -> list[object]:
    """What a hazard is recognised by: the sender's code of that day, or all that it says."""
    code = hazard.external_code
    coded = (code, sameness(hazard.enterprise), hazard.found_on) if code else None
    return [mark for mark in (coded, likeness(hazard)) if mark]


def _known(deliveries: Sequence[Delivery], ask: Ask) -> Known:
    """The hazards of the ledger that rows of the files may be."""
    hazards = [draft.hazard for delivery in deliveries for draft in delivery.drafts]
    known: Known = {}
    for some in _batches([likeness(hazard) for hazard in hazards]):
        for mark, number, state in lookups.alike(ask, some):
            known[mark] = (number, state)
    codes = {hazard.external_code for hazard in hazards if hazard.external_code}
    for coded in _batches(sorted(codes)):
        for code, enterprise, found_on, number, state in lookups.coded(ask, coded):
            known[code, sameness(enterprise), found_on] = (number, state)
    return known


def _batches(values: Sequence[object]) -> Iterator[Sequence[object]]:
    for start in range(0, len(values), ASKED_AT_ONCE):
        yield values[start : start + ASKED_AT_ONCE]
