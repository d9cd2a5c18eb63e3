"""Room for the rows of a form: what stands below them moves down, and all that refers to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

_BEYOND = 1 << 21  # a row that no sheet has
_CELL = re.compile(r"(:?)(\$?[A-Z]{1,3}\$?)([0-9]+)\b")


@dataclass(frozen=True, slots=True)
class Gap:
    """The rows that are to be filled, and what was merged across in the first of them."""

    first: int
    merged: Sequence[tuple[int, int]]
    is_new: bool  # there was no row to look like


@dataclass(frozen=True, slots=True)
class _Move:
    """What stands in `below` or further down goes down by so many rows."""

    first: int
    last: int  # the last row that is filled
    below: int
    by: int

    def row(self, row: int, *, ends: bool = False) -> int:
        """Where a row goes; a range that `ends` with the table goes on to its new end."""
        return row + self.by if row >= self.below - ends else row

    def stretched(self, area: CellRange) -> CellRange:
        """A range with what it spans: one that holds the first row holds all that are filled."""
        top, bottom = self.row(area.min_row), self.row(area.max_row, ends=True)
        if area.min_row <= self.first <= area.max_row:
            bottom = max(bottom, self.last)
        return CellRange(min_col=area.min_col, min_row=top, max_col=area.max_col, max_row=bottom)


def make_room(sheet: Any, first: int, count: int, *, numbered: Collection[int]) -> Gap:
    """Free so many rows from the first on; in the `numbered` columns rows bear numbers already."""
    held = [
        row
        for (row, column), cell in sheet._cells.items()
        if row >= first and not _is_blank(cell.value, is_numbered=column in numbered)
    ]
    below = min(held, default=_BEYOND)
    by = max(first + count - below, 0)
    move = _Move(first, first + count - 1, below, by)
    if by:
        _move_down(sheet, move)
    if count:
        _refer(sheet, move)
    merged = _unmerged(sheet, first, min(below, first + max(count, 1)))
    for (row, column), cell in list(sheet._cells.items()):
        if first <= row < below + by and column in numbered:
            cell.value = None
    return Gap(first, merged, is_new=below == first)


def _is_blank(value: object, *, is_numbered: bool) -> bool:
    """Whether a cell says nothing: the number of a row that nobody has filled in says nothing."""
    text = "" if value is None else str(value).strip()
    return not text or (is_numbered and (text.isdigit() or text.startswith("=")))


def _move_down(sheet: Any, move: _Move) -> None:
    """The cells, their heights and what is merged among them."""
    bottom = max(sheet.max_row, move.below)
    area = f"A{move.below}:{get_column_letter(sheet.max_column)}{bottom}"
    sheet.move_range(area, rows=move.by)
    for row in range(bottom, move.below - 1, -1):
        if (height := sheet.row_dimensions[row].height) is not None:
            sheet.row_dimensions[row + move.by].height = height
            sheet.row_dimensions[row].height = None
    for area in sheet.merged_cells.ranges:
        if area.min_row >= move.below:
            area.shift(row_shift=move.by)


def _refer(sheet: Any, move: _Move) -> None:
    """Formulas, lists to choose from, colours, the filter and the printed area follow."""
    for other in sheet.parent.worksheets:
        for cell in other._cells.values():
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = _followed(cell.value, move, sheet.title, is_on_it=other is sheet)
    for name in (*sheet.parent.defined_names.values(), *sheet.defined_names.values()):
        if name.attr_text:
            name.attr_text = _followed(f"={name.attr_text}", move, sheet.title)[1:]
    for rule in sheet.data_validations.dataValidation:
        rule.sqref = _all_stretched(rule.sqref.ranges, move)
    coloured = ConditionalFormattingList()
    for formats in sheet.conditional_formatting:
        for rule in formats.rules:
            coloured.add(str(_all_stretched(formats.sqref.ranges, move)), rule)
    sheet.conditional_formatting = coloured
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = move.stretched(CellRange(sheet.auto_filter.ref)).coord
    for table in sheet.tables.values():
        table.ref = move.stretched(CellRange(table.ref)).coord
        if table.autoFilter:
            table.autoFilter.ref = table.ref
    if printed := list(sheet._print_area.ranges):  # as text it would bear the name of the sheet
        sheet.print_area = [move.stretched(area).coord for area in printed]


def _all_stretched(ranges: Iterable[CellRange], move: _Move) -> MultiCellRange:
    return MultiCellRange([move.stretched(area).coord for area in ranges])


def _followed(formula: str, move: _Move, title: str, *, is_on_it: bool = False) -> str:
    """A formula after the move: a sum over the table is one over all of its rows.

    What it says of the sheet of that title is followed, and what names no sheet if it `is_on_it`.
    """
    tokens = Tokenizer(formula)
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            named, mark, cells = token.value.rpartition("!")
            if mark and named.removeprefix("'").removesuffix("'").replace("''", "'") != title:
                continue
            if mark or is_on_it:
                cells = _CELL.sub(
                    lambda found: (
                        f"{found[1]}{found[2]}{move.row(int(found[3]), ends=bool(found[1]))}"
                    ),
                    cells,
                )
                token.value = f"{named}{mark}{cells}"
    return str(tokens.render())  # type: ignore[no-untyped-call]  # openpyxl leaves it untyped


def _unmerged(sheet: Any, first: int, end: int) -> list[tuple[int, int]]:
    """Take apart what is merged in the rows; the answer is what was merged across in the first."""
    across: list[tuple[int, int]] = []
    for area in list(sheet.merged_cells.ranges):
        if area.max_row >= first and area.min_row < end:
            if area.min_row == area.max_row == first:
                across.append((area.min_col, area.max_col))
            sheet.unmerge_cells(area.coord)
    return across
