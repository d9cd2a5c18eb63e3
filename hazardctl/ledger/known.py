"""Which rows of files are in the ledger, or came earlier in the files, already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hazardctl.ledger.candidates import Candidate, Place
from hazardctl.ledger.incoming import Row
from hazardctl.ledger.linking import Misled
from hazardctl.store import lookups
from hazardctl.store.conditions import Ask
from hazardctl.store.rows import code_mark, hazard_id, prefix_of


class Hazard(NamedTuple):
    """One that is known: its number, "" of one that came earlier in the files, and its state."""

    number: str
    state: str
    of: Place | None = None  # the row that it came with


class Rows:
    """The rows of files so far, each kept as one whole number: there may be millions of them."""

    def __init__(self) -> None:
        self._alike: dict[tuple[str, str, str | None], int] = {}
        self._told: list[tuple[str, str, str | None]] = []  # the same in their order

    def keep(self, row: Row, file: str) -> int:
        """The number of a row."""
        told = row.entry.state, file, row.sheet
        at = self._alike.setdefault(told, len(self._told))
        if at == len(self._told):
            self._told.append(told)
        return row.row << _PLACES | at

    def hazard(self, kept: int) -> Hazard:
        """The hazard that a row brought."""
        state, file, sheet = self._told[kept & (1 << _PLACES) - 1]
        return Hazard("", state, Place(file, sheet, kept >> _PLACES))


_PLACES = 24  # bits for what many rows have in common: their sheet and their state


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that is here already, and of which a row says something else: a later state."""

    row: int
    sheet: str | None
    number: str
    ledger: object
    stated: object
    field: str = "state"
    of: Place | None = None  # the earlier row, if it is known only by that


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A hazard whose earlier number is another hazard's, or of another ledger."""

    row: int
    sheet: str | None
    stated: str
    number: str


@dataclass(slots=True)
class Taken:
    """What became of the rows of one file."""

    new: int = 0
    duplicates: int = 0
    changed: list[Changed] = field(default_factory=list)
    renumbered: list[Renumbered] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    newcomers: list[str] = field(default_factory=list)  # enterprises registered as they come
    completed: int = 0  # enterprises that had come so, of which now more is known
    misled: list[Misled] = field(default_factory=list)  # rows that name what is not there

    def numbered(self, row: Row, number: str) -> None:
        """A new row was given a number; it is told if that is not the one it had."""
        if row.number and row.number != number:
            self.renumbered.append(Renumbered(row.row, row.sheet, row.number, number))


class Known:
    """What the ledger holds, but for what was `entered` by the same request, and what came before.

    Both by what rows are recognised by: their likeness, else a code. A code that several hazards
    bear, as those of one notice do, names none of them.
    """

    def __init__(self, ask: Ask, entered: frozenset[str], *, first: int) -> None:
        self._ask, self._entered = ask, entered
        self._first = first  # event of this request: the numbers it gives out name no row's hazard
        self._rows = Rows()
        self._before: dict[bytes, Hazard | int] = {}  # of earlier files, by their marks
        self._of_file: dict[bytes, Hazard | int] = {}
        self._bearers: dict[bytes, bytes] = {}  # of the file: a code, and whose it was first
        self._shared: set[bytes] = set()  # its codes that name no single hazard

    def sort(self, rows: Sequence[Row], taken: Taken, file: str) -> list[Row]:
        """The rows that are new; what the others are is told."""
        here, given = self._here(rows)
        for row in rows:
            for code in row.codes:
                if self._bearers.setdefault(code, row.entry.likeness) != row.entry.likeness:
                    self._shared.add(code)
        new: list[Row] = []
        for row in rows:
            seen = self._seen(row, here)
            if seen is None:
                new.append(row)
                taken.new += 1
                taken.numbered(row, given.get(row.entry.likeness, row.number))
            else:
                taken.duplicates += 1
                if seen.state != (state := row.entry.state):
                    told = Changed(row.row, row.sheet, seen.number, seen.state, state, of=seen.of)
                    taken.changed.append(told)
            earlier = seen or self._rows.keep(row, file)
            for mark in (row.entry.likeness, *row.codes):
                if mark not in here:
                    self._of_file.setdefault(mark, earlier)
        return new

    def end(self, *, is_kept: bool) -> None:
        """A file has come to its end; what it held is known from now on if it is kept."""
        if is_kept:
            self._before |= self._of_file
            for code in self._shared:
                self._before.pop(code, None)
        self._of_file, self._bearers, self._shared = {}, {}, set()

    def _seen(self, row: Row, here: Mapping[bytes, Hazard]) -> Hazard | None:
        """The hazard that a row is, if it is known."""
        likeness = row.entry.likeness
        if (earlier := self._of_file.get(likeness)) is not None:
            return self._hazard(earlier)
        for mark in (likeness, *row.codes):
            if mark in self._shared:
                continue
            if (earlier := self._before.get(mark)) is not None:
                return self._hazard(earlier)
            if mark in here:
                return here[mark]
        return None

    def _hazard(self, known: Hazard | int) -> Hazard:
        return self._rows.hazard(known) if isinstance(known, int) else known

    def _here(self, rows: Sequence[Row]) -> tuple[dict[bytes, Hazard], dict[bytes, str]]:
        """What of these rows is in the ledger, by its mark.

        And the numbers that were given to them, if the same was asked before.
        """
        found: dict[bytes, Hazard] = {}
        given: dict[bytes, str] = {}
        for mark, number, state in lookups.alike(self._ask, [row.entry.likeness for row in rows]):
            if number in self._entered:
                given[mark] = number
            else:
                found[mark] = Hazard(number, state)
        coded = [row for row in rows if row.codes]
        if coded:
            codes = {row.entry.value("external_code") for row in coded} - {None}
            idents = {hazard_id(row.number) for row in coded if prefix_of(row.number)}
            for told in (
                lookups.coded(self._ask, sorted(map(str, codes))),
                lookups.numbered(self._ask, sorted(idents), before=self._first),
            ):
                for code, enterprise, found_on, number, state in told:
                    mark = code_mark(code, enterprise, found_on)
                    if number in self._entered:
                        continue
                    if found.setdefault(mark, Hazard(number, state)).number != number:
                        self._shared.add(mark)
        return found, given
