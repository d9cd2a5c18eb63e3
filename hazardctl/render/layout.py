"""How wide each column of a table becomes, and which ones must stay away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hazardctl.render.cells import shown
from hazardctl.render.sheet import Cell, Column, Kind, Sheet
from hazardctl.render.width import fold, longest_piece, wide

GAP = 2  # cells between two columns
READABLE = 16  # what a column of words is left with: eight Chinese characters
LEGIBLE = 10  # what the last column that still finds room may be left with
UNBROKEN = 6  # a heading of three Chinese characters stays in one line


@dataclass(frozen=True, slots=True)
class Need:
    """What a column asks for: `content` cuts no cell, `full` folds no heading either."""

    legible: int
    readable: int
    content: int
    full: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A column with all its values, the total's last if there is one."""

    column: Column
    heading: str
    values: Sequence[Cell]
    cells: Mapping[Cell, str]  # each different value as it is shown
    wide: Sequence[int]  # how wide each of these cells is
    need: Need

    @property
    def is_right(self) -> bool:
        """Whether its cells stand on the right side, as figures do."""
        return self.column.kind in (Kind.COUNT, Kind.RATE, Kind.MONEY)


def lanes(sheet: Sheet) -> list[Lane]:
    """The columns of a sheet with their cells and what each needs."""
    rows = [*sheet.rows, sheet.total] if sheet.total is not None else sheet.rows
    values = zip(*rows, strict=True) if rows else [()] * len(sheet.columns)
    laid = []
    for column, own in zip(sheet.columns, values, strict=True):
        cells = {value: shown(value, column.kind) for value in set(own)}
        heading = shown(column.heading, Kind.TEXT)
        widths = [*map(wide, cells.values())]
        need = need_of(column, heading, max(widths, default=0))
        laid.append(Lane(column, heading, own, cells, widths, need))
    return laid


def need_of(column: Column, heading: str, content: int) -> Need:
    """What a column needs, given its heading and the width of its widest cell."""
    title = least_title(heading)
    may_be_cut = column.kind is Kind.TEXT and not column.kept
    legible, readable = (
        max(title, min(content, floor) if may_be_cut else content) for floor in (LEGIBLE, READABLE)
    )
    full = max(title, wide(heading), content)
    return Need(legible, readable, max(title, content), full, column.kept)


def least_title(heading: str) -> int:
    """The narrowest width in which the heading still reads well: three lines of words, or two."""
    whole = max(wide(heading), 1)
    if whole <= UNBROKEN:
        return whole
    lines = 3 if heading.isascii() else 2
    return next(
        (
            width
            for width in range(longest_piece(heading), whole)
            if len(fold(heading, width)) <= lines
        ),
        whole,
    )


def fit(needs: Sequence[Need], width: int | None) -> list[int]:
    """The width of each column so that the line fits if it can; 0 is a column left out."""
    if width is None:
        return [need.full for need in needs]
    widths = chosen(needs, width)
    spare = width - line(widths)
    while spare > 0 and (
        cut := [at for at, own in enumerate(widths) if 0 < own < needs[at].content]
    ):
        widths[min(cut, key=widths.__getitem__)] += 1  # the narrowest first
        spare -= 1
    folded = [at for at, own in enumerate(widths) if 0 < own < needs[at].full]
    for at in sorted(folded, key=lambda one: needs[one].full - widths[one]):
        if needs[at].full - widths[at] <= spare:  # a heading in one line, or as it was
            spare -= needs[at].full - widths[at]
            widths[at] = needs[at].full
    return widths


def chosen(needs: Sequence[Need], width: int) -> list[int]:
    """The least width of each column that has room, 0 for the others: the last ones go first."""
    widths = [need.readable for need in needs]
    for at, need in reversed([*enumerate(needs)][1:]):
        if line(widths) <= width:
            break
        if not need.kept:
            widths[at] = 0
            rest = [*widths[:at], need.legible, *widths[at + 1 :]]
            if line(rest) <= width:
                return rest
    return widths


def line(widths: Sequence[int]) -> int:
    """The width of a whole line of such columns."""
    present = [width for width in widths if width]
    return sum(present) + GAP * (len(present) - 1)
