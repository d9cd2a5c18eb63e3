"""What is wrong with the cells of one row, whatever it tells of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from hazardctl.domain.door import admitted
from hazardctl.errors import NotText
from hazardctl.intake.columns import Columns
from hazardctl.intake.problems import Notices, Problem
from hazardctl.intake.script import is_usual, rare, what_is_odd
from hazardctl.intake.values import LARGEST, Cell

_MANY = 16_000  # characters of a row in which one cell may be too long


class Scrutiny:
    """Looks the rows of one table over, and keeps the faults of the present one."""

    def __init__(
        self,
        columns: Columns,
        *,
        mapped: Collection[int],
        file: str,
        sheet: str | None,
        bad_cells: Mapping[int, Mapping[int, str]],
        notices: Notices,
    ) -> None:
        self._file, self._sheet, self._bad_cells = file, sheet, bad_cells
        self._labels, self._mapped, self._notices = columns.labels, mapped, notices
        self._harmless: set[str] = set()
        self._row = 0
        self.faults: list[Problem] = []

    def begin(self, row: int) -> None:
        """Another row comes: it has no faults yet."""
        self._row, self.faults = row, []

    def cleared(self, cells: Sequence[Cell], texts: list[str]) -> list[str]:
        """The texts of the row, those blank that may not enter; what else is odd is said."""
        joined = "".join(texts)
        if not joined.isprintable() or "\ufffd" in joined or len(joined) > _MANY:
            texts = self._through_the_door(texts)
        if not is_usual(joined, self._harmless):
            self._remark(texts, joined)
        floats = [cell for cell in cells if type(cell) is float]
        if floats and max(floats) >= LARGEST:
            self._blame_long_numbers(cells, texts)
        return texts

    def blame(self, index: int | None, code: str, found: str, **facts: object) -> None:
        """Note a fault of the present row; None is no column of the sender's."""
        label = self.label(index)
        problem = Problem(self._file, self._sheet, self._row, label, code, found, facts, index)
        self.faults.append(problem)

    def blame_bad_cells(self) -> None:
        """Note the cells that hold an error, or a formula that was never calculated."""
        for index, text in self._bad_cells.get(self._row, {}).items():
            if index in self._mapped:
                self.blame(index, "error-cell" if text else "formula-without-value", text)
            else:
                self._notices.add("cell-left-out", self._row, column=self.label(index) or "")

    def label(self, index: int | None) -> str | None:
        """The sender's heading over a column."""
        return self._labels[index] if index is not None and index < len(self._labels) else None

    def _through_the_door(self, texts: Sequence[str]) -> list[str]:
        taken: list[str] = []
        for index, text in enumerate(texts):
            try:
                taken.append(admitted(text))
            except NotText as refused:
                self.blame(index, str(refused.facts["reason"]), text[:60], at=refused.facts["at"])
                taken.append("")
        return taken

    def _remark(self, texts: Sequence[str], joined: str) -> None:
        """Say that cells are Traditional or garbled, once for a row."""
        odd = {code for text in texts if (code := what_is_odd(text))}
        for code in sorted(odd):
            self._notices.add(code, self._row)
        if not odd:
            self._harmless |= rare(joined)

    def _blame_long_numbers(self, cells: Sequence[Cell], texts: Sequence[str]) -> None:
        for index, cell in enumerate(cells):
            if type(cell) is float and cell >= LARGEST and index in self._mapped:
                self.blame(index, "long-number", texts[index])
