"""Which new rows may be hazards that are known already, told in other words or come back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from hazardctl.domain.resemblance import Look, Resemblance, resemblance, skeleton
from hazardctl.ledger.incoming import Row
from hazardctl.store import lookups
from hazardctl.store.conditions import Ask

MOST_ROWS = 50_000  # rows that are compared; a larger file is no list that a person reads
MOST_EACH = 200  # hazards of one enterprise, the latest, that a row is compared with


class Place(NamedTuple):
    """Where an earlier row stands."""

    file: str
    sheet: str | None
    row: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that was taken in, and the hazard, or the earlier row, that it may be."""

    row: int
    sheet: str | None
    how: Resemblance
    number: str  # of the hazard, "" if it came in the same files
    of: Place | None  # of the earlier row
    description: str
    found_on: str


class Kin(NamedTuple):
    """A hazard of an enterprise that rows are compared with."""

    look: Look
    number: str
    place: Place | None  # of a row
    description: str
    came_in: int = 0  # which of the files


class Candidates:
    """What is known of the enterprises of the rows so far, but for what was `entered` by them."""

    def __init__(self, ask: Ask, entered: frozenset[str]) -> None:
        self._ask, self._entered = ask, entered
        self._kin: dict[str, list[Kin]] = {}
        self._compared = self._files = 0

    def among(self, rows: Sequence[Row], file: str) -> list[Candidate]:
        """Which of these new rows resemble what is known; each is known from now on."""
        if self._compared >= MOST_ROWS:
            self._kin.clear()  # nothing is compared any more: a large file needs the memory
            return []
        rows = rows[: MOST_ROWS - self._compared]
        self._compared += len(rows)
        self._learn({row.entry.text("enterprise") for row in rows} - self._kin.keys())
        return [found for row in rows if (found := self._resembling(row, file))]

    def end(self, *, is_kept: bool) -> None:
        """A file has come to its end; its rows are forgotten unless it is kept."""
        if not is_kept:
            for kin in self._kin.values():
                kin[:] = [one for one in kin if one.place is None or one.came_in != self._files]
        self._files += 1

    def _learn(self, enterprises: set[str]) -> None:
        kin: dict[str, list[Kin]] = defaultdict(list)
        for name, number, told, *days in lookups.of_enterprises(self._ask, sorted(enterprises)):
            if number not in self._entered:
                kin[name].append(Kin(_look(skeleton(told), *days), number, None, told))
        self._kin |= {name: kin[name][-MOST_EACH:] for name in enterprises}

    def _resembling(self, row: Row, file: str) -> Candidate | None:
        """The latest hazard that a row resembles."""
        value = row.entry.value
        description, found_on = row.entry.text("description"), row.entry.text("found_on")
        look = _look(skeleton(description), found_on, value("closed_on"))
        kin = self._kin[row.entry.text("enterprise")]
        told: Candidate | None = None
        for known in reversed(kin):
            if how := resemblance(look, known.look):
                told = Candidate(
                    row.row,
                    row.sheet,
                    how,
                    known.number,
                    known.place,
                    known.description,
                    known.look.found_on.isoformat(),
                )
                break
        place = Place(file, row.sheet, row.row)
        kin.append(Kin(look, "", place, description, self._files))
        del kin[:-MOST_EACH]
        return told


def _look(bones: str, found_on: str, closed_on: str | None) -> Look:
    closed = date.fromisoformat(closed_on) if closed_on else None
    return Look(bones, date.fromisoformat(found_on), closed)
