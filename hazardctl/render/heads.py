"""The headings of a table that stand above several columns: where each begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hazardctl.render.sheet import Column, Sheet


@dataclass(frozen=True, slots=True)
class Head:
    """One heading: its first line and column, counted from 0, and how many of each it takes."""

    text: str
    line: int
    column: int
    lines: int = 1
    columns: int = 1


def depth(sheet: Sheet) -> int:
    """How many lines the headings of a table take."""
    return 1 + max((len(_above(sheet, column)) for column in sheet.columns), default=0)


def heads(sheet: Sheet) -> list[Head]:
    """The headings from the left to the right, those above before those below.

    What neighbours share stands above them once; a heading without others above it is as tall as
    all lines.
    """
    found: list[Head] = []
    for at, column in enumerate(sheet.columns):
        above = _above(sheet, column)
        for line, text in enumerate(above):
            if not _is_shared(sheet, at, above[: line + 1]):
                found.append(Head(text, line, at, columns=_reach(sheet, at, above[: line + 1])))
        text = (sheet.frame and column.printed) or column.heading
        found.append(Head(text, len(above), at, lines=depth(sheet) - len(above)))
    return found


def in_lines(sheet: Sheet) -> list[list[Head]]:
    """The same, line by line."""
    told = heads(sheet)
    return [[head for head in told if head.line == line] for line in range(depth(sheet))]


def _above(sheet: Sheet, column: Column) -> tuple[str, ...]:
    return column.above if sheet.frame else ()


def _is_shared(sheet: Sheet, at: int, above: Sequence[str]) -> bool:
    """Whether the column before stands under the same headings."""
    return at > 0 and sheet.columns[at - 1].above[: len(above)] == above


def _reach(sheet: Sheet, at: int, above: Sequence[str]) -> int:
    """How many columns from one on stand under the same headings."""
    here = at
    while here < len(sheet.columns) and sheet.columns[here].above[: len(above)] == above:
        here += 1
    return here - at
