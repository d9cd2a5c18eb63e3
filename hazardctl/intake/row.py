"""One row of a table: a draft of a hazard, no hazard at all, or faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from hazardctl.domain.deadline import Due
from hazardctl.domain.door import admitted
from hazardctl.domain.hazard import Draft, State
from hazardctl.errors import NotText
from hazardctl.intake.assembly import Assembly
from hazardctl.intake.columns import Columns
from hazardctl.intake.days import Days
from hazardctl.intake.numbered import parts_of
from hazardctl.intake.order import impossible
from hazardctl.intake.problems import Fault, Notices, Problem
from hazardctl.intake.statement import Statement
from hazardctl.intake.values import Cell, shown

BLANK = frozenset({"", "/", "\\", "-", "--", "—", "——", "／", "－"})
NO_DAY = BLANK | {"无", "暂无", "none", "None"}

DAYS = frozenset(
    """found_on rectified_on verified_on closed_on submitted_on reopened_on previous_closed_on
    lookback_on void_on transferred_on original_due_on""".split()
)
_PAST = ("found_on", "rectified_on", "verified_on", "closed_on", "submitted_on", "reopened_on")


@dataclass(slots=True)
class Outcome:
    """What became of the rows of one file so far."""

    rows: int = 0
    not_hazards: int = 0
    rejected: int = 0
    problems: list[Problem] = field(default_factory=list)


class RowReader:
    """Reads the rows of one table, each for itself."""

    def __init__(
        self,
        columns: Columns,
        days: Days,
        assembly: Assembly,
        *,
        file: str,
        sheet: str | None,
        today: date,
        constants: Mapping[str, str],
        splits: bool,
        bad_cells: Mapping[int, Mapping[int, str]],
        outcome: Outcome,
        notices: Notices,
    ) -> None:
        self._days, self._assembly, self._statement = days, assembly, Statement(columns)
        self._file, self._sheet, self._today, self._splits = file, sheet, today, splits
        self._constants, self._bad_cells = dict(constants), bad_cells
        self._outcome, self._notices = outcome, notices
        self._labels, self._fields = columns.labels, columns.fields
        self._mapped = {*columns.fields.values(), *columns.states}
        placed = columns.fields.items()
        self._texts = [pair for pair in placed if pair[0] not in DAYS and pair[0] != "due_on"]
        self._dated = [pair for pair in placed if pair[0] in DAYS]
        self._due_at = columns.fields.get("due_on")
        self._fixed_days = [name for name in constants if name in DAYS]
        self._faults: list[Problem] = []

    def read(self, row: int, cells: Sequence[Cell], texts: list[str]) -> Sequence[Draft]:
        """The drafts of one row; none if it is no hazard, or has faults, which are noted."""
        self._faults = []
        if not is_plain(texts):
            texts = self._through_the_door(row, texts)
        said = {
            name: text
            for name, index in self._texts
            if (text := texts[index]) and (text := text.strip()) not in BLANK
        }
        word = self._statement.word(texts)
        if self._statement.is_clean(said, word):
            self._outcome.rows += 1
            self._outcome.not_hazards += 1
            return ()
        for name, text in self._constants.items():
            said.setdefault(name, text)
        if row in self._bad_cells:
            self._blame_bad_cells(row)
        draft = self._draft(row, cells, texts, said, word)
        if draft is None or self._faults:
            self._outcome.rows += 1
            self._outcome.rejected += 1
            self._outcome.problems += self._faults
            return ()
        return self._parts(draft)

    def _draft(
        self,
        row: int,
        cells: Sequence[Cell],
        texts: Sequence[str],
        said: dict[str, str],
        word: str | Fault,
    ) -> Draft | None:
        days = self._read_days(row, cells, texts, said)
        cycle = self._taken(row, "cycle", self._statement.count(said, "cycle", 1)) or 1
        from_on = days.get("found_on" if cycle == 1 else "reopened_on")
        self._require(row, said, days, cycle)
        due = self._read_due(row, cells, texts, said, from_on) if from_on else None
        stated = self._statement.of(texts, said, word, days, due)
        for name, value in stated.items():
            self._taken(row, name, value)
        if from_on is None:
            return None
        for name, code, facts in impossible(days, due, from_on):
            self._fault(row, name, Fault(code, facts), self._found(name, texts))
        if self._faults:
            return None
        return Draft(
            sheet=self._sheet,
            row=row,
            hazard=self._assembly.hazard(row, said, days, due, stated, cycle),
            raw={label: text for label, text in zip(self._labels, texts, strict=False) if text},
            previous_closed_on=days.get("previous_closed_on"),
        )

    def _parts(self, draft: Draft) -> Sequence[Draft]:
        """The draft; several, if its description numbers several problems and that is asked."""
        self._outcome.rows += 1
        parts = parts_of(draft.hazard.description)
        if not parts:
            return (draft,)
        if not self._splits:
            self._notices.add("several-problems", draft.row)
            return (draft,)
        self._outcome.rows += len(parts) - 1
        return [replace(draft, hazard=replace(draft.hazard, description=part)) for part in parts]

    def _require(
        self, row: int, said: Mapping[str, str], days: Mapping[str, date], cycle: int
    ) -> None:
        for name in ("description", "enterprise"):
            if name not in said:
                self._miss(row, name)
        if "found_on" not in days:
            self._miss(row, "found_on")
        if cycle > 1 and "reopened_on" not in days:
            self._miss(row, "reopened_on")

    def _read_days(
        self, row: int, cells: Sequence[Cell], texts: Sequence[str], said: Mapping[str, str]
    ) -> dict[str, date]:
        days: dict[str, date] = {}
        for name, index in self._dated:
            text = texts[index]
            if text and text.strip() not in NO_DAY:
                found = self._days.day(cells[index], row)
                if type(found) is date:
                    days[name] = found
                else:
                    self._taken(row, name, found, texts[index])
        for name in self._fixed_days:
            if name not in days and not self._is_blamed(name):
                found = self._days.day(said[name], row)
                if day := self._taken(row, name, found, said[name]):
                    days[name] = day
        for name in _PAST:
            if name in days and days[name] > self._today:
                facts = {"day": days[name].isoformat(), "today": self._today.isoformat()}
                self._fault(row, name, Fault("in-the-future", facts), self._found(name, texts))
        return days

    def _read_due(
        self,
        row: int,
        cells: Sequence[Cell],
        texts: Sequence[str],
        said: Mapping[str, str],
        from_on: date,
    ) -> Due | None:
        cell: Cell = said.get("due_on", "")
        if self._due_at is not None and texts[self._due_at].strip():
            cell = cells[self._due_at]
        if cell == "":
            return None
        return self._taken(row, "due_on", self._days.due(cell, row, from_on), shown(cell))

    # ── faults ──────────────────────────────────────────────────────────────────────────────────

    def _through_the_door(self, row: int, texts: Sequence[str]) -> list[str]:
        taken: list[str] = []
        for index, text in enumerate(texts):
            try:
                taken.append(admitted(text))
            except NotText as refused:
                fault = Fault(str(refused.facts["reason"]), {"at": refused.facts["at"]})
                self._blame(row, self._label(index), fault, text[:60])
                taken.append("")
        return taken

    def _blame_bad_cells(self, row: int) -> None:
        for index, text in self._bad_cells[row].items():
            if index in self._mapped:
                fault = Fault("error-cell" if text else "formula-without-value")
                self._blame(row, self._label(index), fault, text)
            else:
                self._notices.add("cell-left-out", row, column=self._label(index) or "")

    def _taken[T](self, row: int, name: str, value: T | Fault, found: str = "") -> T | None:
        if isinstance(value, Fault):
            self._fault(row, name, value, found or str(value.facts.get("found", "")))
            return None
        return value
