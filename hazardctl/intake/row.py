"""One row of a table: a draft of a hazard, no hazard at all, or faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter

from hazardctl.domain.deadline import Due
from hazardctl.domain.hazard import Draft
from hazardctl.intake.assembly import Assembly, looked_back_before
from hazardctl.intake.columns import Columns
from hazardctl.intake.days import Days
from hazardctl.intake.fields import BLANK, NO_DAY, fen
from hazardctl.intake.numbered import parts_of
from hazardctl.intake.order import impossible
from hazardctl.intake.problems import Fault, Notices, Problem
from hazardctl.intake.scrutiny import Scrutiny
from hazardctl.intake.statement import Statement
from hazardctl.intake.values import Cell, shown
from hazardctl.intake.words import stated

DAYS = frozenset(
    {
        "found_on",
        "rectified_on",
        "verified_on",
        "closed_on",
        "submitted_on",
        "reopened_on",
        "previous_closed_on",
        "previous_lookback_on",
        "lookback_on",
        "void_on",
        "transferred_on",
        "original_due_on",
        "listed_on",
    }
)
_PAST = (
    *("found_on", "rectified_on", "verified_on", "closed_on", "submitted_on", "reopened_on"),
    "listed_on",
)


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
        titles: Sequence[str],
        constants: Mapping[str, str],
        splits: bool,
        bad_cells: Mapping[int, Mapping[int, str]],
        outcome: Outcome,
        notices: Notices,
    ) -> None:
        self._days, self._assembly = days, assembly
        self._sheet, self._today, self._splits = sheet, today, splits
        self._constants = dict(constants)
        self._outcome, self._notices = outcome, notices
        self._fields = columns.fields
        # In the order in which they are hashed: what is in order is not sorted row by row.
        self._told = sorted(columns.told, key=itemgetter(1))
        self._scrutiny = Scrutiny(
            columns,
            mapped={*columns.fields.values(), *columns.states},
            file=file,
            sheet=sheet,
            bad_cells=bad_cells,
            notices=notices,
        )
        self._blame = self._scrutiny.blame
        self._unit = columns.unit("funds_fen", titles)
        placed = columns.fields.items()
        self._texts = [pair for pair in placed if pair[0] not in DAYS and pair[0] != "due_on"]
        self._dated = [pair for pair in placed if pair[0] in DAYS]
        self._fixed_days = [name for name in constants if name in DAYS]
        self._statement = Statement(columns, self._blame)
        self._finding = columns.finding
        self._has_bad_cells = bad_cells.__contains__
        self._row = 0

    def read(self, row: int, cells: Sequence[Cell], texts: list[str]) -> Sequence[Draft]:
        """The drafts of one row; none if it is no hazard, or has faults, which are noted."""
        self._row = row
        self._scrutiny.begin(row)
        texts = self._scrutiny.cleared(cells, texts)
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
        if self._finding is not None:
            self._say_what_was_found(texts[self._finding].strip(), said)
        if self._has_bad_cells(row):
            self._scrutiny.blame_bad_cells()
        draft = self._draft(cells, texts, said, word)
        if draft is None:
            self._outcome.rows += 1
            self._outcome.rejected += 1
            self._outcome.problems += self._scrutiny.faults
            return ()
        return self._parts(draft)

    def _draft(
        self, cells: Sequence[Cell], texts: Sequence[str], said: dict[str, str], word: str
    ) -> Draft | None:
        days = self._read_days(cells, texts, said)
        stated = self._statement.of(said)
        from_on = days.get("found_on" if stated.cycle == 1 else "reopened_on")
        self._require(said, days, stated.cycle)
        if from_on is None:
            return None
        due = self._read_due(cells, said, from_on)
        for name, code, facts in impossible(days, due, from_on):
            self._blame(self._fields.get(name), code, self._written(name, texts, facts), **facts)
        funds = self._read_funds(said)
        state = self._statement.state(texts, said, word, days, due)
        if self._scrutiny.faults or state is None:
            return None
        looked_on, result = looked_back_before(stated, days)
        return Draft(
            sheet=self._sheet,
            row=self._row,
            changes=self._assembly.changes(
                self._row, said, days, due, stated, state, word, funds=funds
            ),
            raw={label: texts[at] for at, label in self._told if texts[at]},
            previous_closed_on=days.get("previous_closed_on"),
            previous_lookback_on=looked_on,
            previous_lookback_result=result,
        )

    def _parts(self, draft: Draft) -> Sequence[Draft]:
        """The draft; several, if its description numbers several problems and that is asked."""
        parts = parts_of(str(draft.changes["description"]))
        if parts and self._splits:
            self._outcome.rows += len(parts)
            stated = [{**draft.changes, "description": part} for part in parts]
            return [replace(draft, changes=changes, is_part=True) for changes in stated]
        if parts:
            self._notices.add("several-problems", draft.row)
        self._outcome.rows += 1
        return (draft,)

    def _require(self, said: Mapping[str, str], days: Mapping[str, date], cycle: int) -> None:
        if (
            "description" in said
            and "enterprise" in said
            and "found_on" in days
            and (cycle == 1 or "reopened_on" in days)
        ):
            return
        for name, is_there in (
            ("description", "description" in said),
            ("enterprise", "enterprise" in said),
            ("found_on", "found_on" in days),
            ("reopened_on", "reopened_on" in days or cycle == 1),
        ):
            label, faults = self._scrutiny.label(self._fields.get(name)), self._scrutiny.faults
            if not is_there and not any(fault.column == label for fault in faults if label):
                self._blame(self._fields.get(name), f"missing-{name.replace('_', '-')}", "")

    def _read_days(
        self, cells: Sequence[Cell], texts: Sequence[str], said: Mapping[str, str]
    ) -> dict[str, date]:
        days: dict[str, date] = {}
        for name, index in self._dated:
            text = texts[index]
            if text and text.strip() not in NO_DAY:
                found = self._days.day(cells[index], self._row)
                if isinstance(found, Fault):
                    self._blame(index, found.code, text, **found.facts)
                else:
                    days[name] = found
        for name in self._fixed_days:
            if name not in days:
                found = self._days.day(said[name], self._row)
                if isinstance(found, Fault):
                    self._blame(None, found.code, said[name], **found.facts)
                else:
                    days[name] = found
        for name in _PAST:
            if name in days and days[name] > self._today:
                facts = {"day": days[name].isoformat(), "today": self._today.isoformat()}
                text = self._written(name, texts, facts)
                self._blame(self._fields.get(name), "in-the-future", text, **facts)
        return days

    def _read_due(
        self, cells: Sequence[Cell], said: Mapping[str, str], from_on: date
    ) -> Due | None:
        index = self._fields.get("due_on")
        cell: Cell = "" if index is None else cells[index]
        if isinstance(cell, str) and not cell.strip():
            cell = said.get("due_on", "")
        if cell == "":
            return None
        found = self._days.due(cell, self._row, from_on)
        if isinstance(found, Fault):
            self._blame(index, found.code, shown(cell), **found.facts)
            return None
        return found

    def _read_funds(self, said: Mapping[str, str]) -> int | None:
        """What is set aside for it, in fen; words that name no exact sum stay in the raw row."""
        text = said.get("funds_fen")
        if text is None or text in NO_DAY:
            return None
        found = fen(text, self._unit)
        if isinstance(found, Fault):
            if found.code == "not-an-amount":
                self._notices.add("no-amount", self._row, found=text)
                return None
            self._blame(self._fields.get("funds_fen"), found.code, text, **found.facts)
            return None
        return found

    def _say_what_was_found(self, finding: str, said: dict[str, str]) -> None:
        """应急照明完好 is no hazard until 检查结果 says what was found there."""
        if finding not in BLANK and stated("state", finding) is None and "description" in said:
            said["description"] += f"：{finding}"

    def _written(self, name: str, texts: Sequence[str], facts: Mapping[str, object]) -> str:
        """The day as the sender wrote it."""
        index = self._fields.get(name)
        return str(facts["day"]) if index is None else texts[index]
