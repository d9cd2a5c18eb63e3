"""One row of a table of the register: what it says of a record, or faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from hazardctl.data import load
from hazardctl.domain.arriving import Arrival
from hazardctl.domain.entering import Ceiling
from hazardctl.domain.fines import ceilings
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.names import sameness
from hazardctl.domain.register import Kind
from hazardctl.intake.columns import Columns
from hazardctl.intake.days import Days
from hazardctl.intake.fields import NO_DAY, parts, reader
from hazardctl.intake.permitted import faults_of
from hazardctl.intake.problems import Fault, Notices
from hazardctl.intake.row import Outcome
from hazardctl.intake.scrutiny import Scrutiny
from hazardctl.intake.values import Cell

Read = Callable[[Cell, str], object]


class RecordReader:
    """Reads the rows of one table of records, each for itself."""

    def __init__(
        self,
        kind: Kind,
        columns: Columns,
        days: Days,
        *,
        file: str,
        sheet: str | None,
        today: date,
        titles: Sequence[str],
        taxonomy: Taxonomy,
        constants: Mapping[str, str],
        confirmed: bool,
        bad_cells: Mapping[int, Mapping[int, str]],
        outcome: Outcome,
        notices: Notices,
    ) -> None:
        self._kind, self._sheet, self._today = kind, sheet, today
        self._days, self._taxonomy = days, taxonomy
        told = load("fines")["article"]
        self._ceiling: Ceiling | None = None if confirmed else ceilings(told, taxonomy.top)
        self._outcome, self._notices = outcome, notices
        self._fields, self._told = columns.fields, columns.told
        self._scrutiny = Scrutiny(
            columns,
            mapped=set(columns.fields.values()),
            file=file,
            sheet=sheet,
            bad_cells=bad_cells,
            notices=notices,
        )
        self._columns = {
            name: (columns.labels[index], index) for name, index in columns.fields.items()
        }
        self._has_bad_cells = bad_cells.__contains__
        self._row = 0

        def read(name: str) -> Read:
            return self._reader(name, unit=columns.unit(name, titles))

        placed = columns.fields.items()
        self._plan = [(name, at, read(name)) for name, at in placed if name in kind.fields]
        self._constants = [(name, text, read(name)) for name, text in constants.items()]
        amount = columns.fields.get("amount_fen")
        # 罚款 over an amount says what kind of penalty it is.
        self._is_fine = amount is not None and "罚款" in columns.labels[amount]

    def read(self, row: int, cells: Sequence[Cell], texts: list[str]) -> Sequence[Arrival]:
        """What the row says; nothing if it has faults, which are noted."""
        self._row = row
        self._outcome.rows += 1
        self._scrutiny.begin(row)
        texts = self._scrutiny.cleared(cells, texts)
        if self._has_bad_cells(row):
            self._scrutiny.blame_bad_cells()
        said = self._said(cells, texts)
        if not self._scrutiny.faults:
            for fault in faults_of(self._kind, said, today=self._today, ceiling=self._ceiling):
                index = self._fields.get(fault.field)
                found = texts[index] if index is not None else ""
                self._scrutiny.blame(index, fault.code, found, **fault.facts)
        if self._scrutiny.faults:
            self._outcome.rejected += 1
            self._outcome.problems += self._scrutiny.faults
            return ()
        raw = {label: texts[at] for at, label in self._told if texts[at]}
        return (Arrival(self._sheet, row, said, raw, self._columns),)

    def _said(self, cells: Sequence[Cell], texts: Sequence[str]) -> dict[str, object]:
        said: dict[str, object] = {}
        for name, index, read in self._plan:
            text = texts[index].strip()
            if text in NO_DAY:
                continue
            found = read(cells[index], text)
            if type(found) is Fault:
                self._scrutiny.blame(index, found.code, texts[index], **found.facts)
            elif found is not None and found != ():
                said[name] = found
        for name, text, read in self._constants:
            if name not in said and (found := read(text, text)) is not None:
                said[name] = found
        if self._is_fine and said.get("amount_fen") and "kinds" not in said:
            said["kinds"] = ("fine",)
        if "aliases" in said:
            said["aliases"] = self._others(said)
        return said

    def _others(self, said: Mapping[str, object]) -> tuple[str, ...]:
        """The other names of an enterprise, its own not among them."""
        own, aliases = sameness(str(said.get("name", ""))), said["aliases"]
        assert isinstance(aliases, tuple)
        return tuple(alias for alias in aliases if sameness(alias) != own)

    def _reader(self, name: str, *, unit: int | None) -> Read:
        if name.endswith("_on"):
            return self._day
        if name == "industry":
            return self._industry
        if name == "industries":
            return self._industries
        read = reader(self._kind, name, unit=unit)
        return partial(_text_of, read)

    def _day(self, cell: Cell, _text: str) -> date | Fault:
        return self._days.day(cell, self._row)

    def _industry(self, _cell: Cell, text: str) -> str | None:
        if industry := self._taxonomy.find(text):
            return industry.slug
        self._notices.add("industry-left-out", self._row, found=text)
        return None

    def _industries(self, cell: Cell, text: str) -> tuple[str, ...]:
        found = (self._industry(cell, part) for part in parts(text))
        return tuple(dict.fromkeys(slug for slug in found if slug))


def _text_of(read: Callable[[str], object], _cell: Cell, text: str) -> object:
    return read(text)
