"""Which rows of files are in the ledger, or came earlier in the files, already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hazardctl.ledger.candidates import Candidate
from hazardctl.ledger.incoming import Row
from hazardctl.store import lookups
from hazardctl.store.conditions import Ask
from hazardctl.store.rows import code_mark, hazard_id, prefix_of


@dataclass(frozen=True, slots=True)
class Changed:
    """A hazard that is here already and has moved on since, or has here."""

    row: int
    sheet: str | None
    number: str
    ledger: str
    stated: str


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


class Known:
    """What the ledger holds, but for what was `entered` by the same request, and what came before.

    Both by what rows are recognised by.
    """

    def __init__(self, ask: Ask, entered: frozenset[str]) -> None:
        self._ask, self._entered = ask, entered
        self._before: dict[bytes, str] = {}  # of earlier files: a mark, and the state it had
        self._of_file: dict[bytes, str] = {}

    def sort(self, rows: Sequence[Row], taken: Taken) -> list[Row]:
        """The rows that are new; what the others are is told."""
        here = self._here(rows)
        before, of_file = self._before, self._of_file
        new: list[Row] = []
        for row in rows:
            state = row.entry.state
            seen: tuple[str, str] | None = None
            for mark in (row.entry.likeness, *row.codes):
                if (earlier := of_file.get(mark) or before.get(mark)) is not None:
                    seen = ("", earlier)
                elif mark in here:
                    seen = here[mark]
                if seen:
                    break
            if seen is None:
                new.append(row)
                taken.new += 1
            else:
                taken.duplicates += 1
                if seen[1] != state:
                    taken.changed.append(Changed(row.row, row.sheet, *seen, state))
            for mark in (row.entry.likeness, *row.codes):
                if mark not in here:
                    of_file.setdefault(mark, seen[1] if seen else state)
        return new

    def end(self, *, is_kept: bool) -> None:
        """A file has come to its end; what it held is known from now on if it is kept."""
        if is_kept:
            self._before |= self._of_file
        self._of_file = {}

    def _here(self, rows: Sequence[Row]) -> dict[bytes, tuple[str, str]]:
        """What of these rows is in the ledger: by its mark the number and the state."""
        marks = [row.entry.likeness for row in rows]
        alike = lookups.alike(self._ask, marks)
        found = {mark: (number, state) for mark, number, state in alike}
        coded = [row for row in rows if row.codes]
        if coded:
            codes = {row.entry.value("external_code") for row in coded} - {None}
            idents = {hazard_id(row.number) for row in coded if prefix_of(row.number)}
            for told in (
                lookups.coded(self._ask, sorted(map(str, codes))),
                lookups.numbered(self._ask, sorted(idents)),
            ):
                for code, enterprise, found_on, number, state in told:
                    found[code_mark(code, enterprise, found_on)] = (number, state)
        if self._entered:
            found = {mark: one for mark, one in found.items() if one[0] not in self._entered}
        return found
