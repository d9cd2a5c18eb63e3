"""CSV that no spreadsheet runs as a formula, and plain lines for pipes: the first sheet only."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from io import StringIO

from hazardctl.domain.guard import FIRST, MARKER, guarded
from hazardctl.render.cells import cannot_export
from hazardctl.render.sheet import Answer, Cell, Sheet
from hazardctl.render.visible import lines, show
from hazardctl.render.writing import Paper
from hazardctl.text import Words


def write(answer: Answer, words: Words, paper: Paper) -> bytes | bytearray:
    """A row of keys, then the rows; a file that people open begins with a BOM."""
    if answer.csv is not None and not (paper.for_file or paper.raw):
        return answer.csv()
    return b"".join(delimited(sheet, paper) for sheet in first(answer))


def write_plain(answer: Answer, words: Words, paper: Paper) -> bytes:
    """One row a line, tabs between the cells, no header; without a sheet, the words."""
    sheets = first(answer)
    rows = ["\t".join(map(bare, row)) for sheet in sheets for row in sheet.rows]
    if not sheets and answer.text is not None:
        rows = [lines(answer.text())]
    return "".join(f"{row}\n" for row in rows).encode()


def delimited(sheet: Sheet, paper: Paper) -> bytes:
    """The sheet as CSV; raises CannotExport."""
    marked = sheet.imports_back and not paper.raw
    rows = sheet.rows if paper.raw else safe(sheet.rows)
    text = StringIO()
    out = csv.writer(text, lineterminator="\r\n" if paper.for_file else "\n")
    out.writerow([column.key for column in sheet.columns] + [MARKER] * marked)
    out.writerows([*row, None] for row in rows) if marked else out.writerows(rows)
    try:
        content = text.getvalue().encode()
    except UnicodeEncodeError:
        raise cannot_export(sheet, *first_broken(sheet), reason="surrogate") from None
    return BOM_UTF8 + content if paper.for_file else content


def first(answer: Answer) -> Sequence[Sheet]:
    """The one sheet of an answer that machines read, if it has any; a total is no row of it."""
    return [answer.coded()] if answer.coded is not None else answer.sheets()[:1]


def safe(rows: Sequence[Sequence[Cell]]) -> Iterable[Sequence[Cell]]:
    """The rows with `'` before what would run; mostly the rows as they are, and quickly so."""
    firsts = (
        (cell, guarded(cell))
        for column in zip(*rows, strict=True)
        for cell in set(column)
        if isinstance(cell, str) and cell[:1] in FIRST
    )
    changed: dict[Cell, str] = {cell: guard for cell, guard in firsts if cell != guard}
    return [[changed.get(cell, cell) for cell in row] for row in rows] if changed else rows


def bare(cell: Cell) -> str:
    """The value itself: a rate from 0 to 1, nothing for None."""
    return show(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def first_broken(sheet: Sheet) -> tuple[int, int]:
    """The row and the column of the first text that is no Unicode."""
    return next(
        (down, across)
        for down, row in enumerate(sheet.rows)
        for across, cell in enumerate(row)
        if isinstance(cell, str) and cell != cell.encode(errors="replace").decode()
    )
