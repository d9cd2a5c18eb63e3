"""The child process: reads a workbook on stdin, writes its rows as JSON lines, dies if it must.

A workbook of two kilobytes can abort the whole process inside the reader, past every `except`.
So it is read here, in a fresh interpreter with little memory; what it wrote counts only if the
last line is the one with the counts, and the exit status is 0.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NoReturn

from hazardctl.intake.spans import Span, spans_of

MEMORY = 1 << 30  # bytes of address space
SECONDS = 60  # of processor time
ROWS, COLUMNS = 100_000, 200
CHUNK = 200  # rows in one line
LONGEST = 1_000_000  # characters of a cell: a spreadsheet holds 32,767
MERGED = 2_000_000  # cells that may stand below the first one of their merged cells

_say = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def main() -> None:
    """Reads stdin, writes stdout; whatever goes wrong is one line, or a death."""
    _limit()
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    content = sys.stdin.buffer.read()
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            spans = spans_of(content)
            sheets = rows = 0
            for sheet in workbook.sheets_metadata:
                if sheet.typ == SheetTypeEnum.WorkSheet:
                    hidden = sheet.visible != SheetVisibleEnum.Visible
                    rows += _tell(
                        workbook.get_sheet_by_name(sheet.name), hidden, spans.get(sheet.name, ())
                    )
                    sheets += 1
            _write({"sheets": sheets, "rows": rows})
    except PasswordError:
        _write({"refused": "encrypted"})
    except CalamineError as error:
        encrypted = "encrypted" in str(error).casefold() or "password" in str(error).casefold()
        _write({"refused": "encrypted" if encrypted else "damaged"})


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write(line: object) -> None:
    sys.stdout.buffer.write(_say(line).encode() + b"\n")


def _tell(sheet: Any, hidden: bool, spans: Sequence[Span]) -> int:
    """Write one sheet: what it is, its rows in chunks, which rows were filled from merged cells."""
    height, width = _size(sheet)
    for what, found, limit in (
        ("too-many-rows", height, ROWS),
        ("too-many-columns", width, COLUMNS),
    ):
        if found > limit:
            _refuse(what, sheet=sheet.name, found=found, limit=limit)
    _write({"sheet": sheet.name, "hidden": hidden, "height": height})
    filled: list[int] = []
    count = 0
    chunk: list[list[object]] = []
    for row in _unmerged(sheet, filled, spans):
        chunk.append(row)
        count += 1
        if len(chunk) == CHUNK:
            _write_rows(chunk)
            chunk = []
    if chunk:
        _write_rows(chunk)
    _write({"done": count, "filled": filled})
    return count


def _size(sheet: Any) -> tuple[int, int]:
    """How many rows and columns there are, from the first of the sheet to the last that is used."""
    last = sheet.end  # its `total_height` and `total_width` are one less than that
    return (last[0] + 1, last[1] + 1) if last else (0, 0)


def _write_rows(rows: list[list[object]]) -> None:
    line = _say(rows)
    if len(line) > LONGEST and any(
        len(cell) > LONGEST for row in rows for cell in row if isinstance(cell, str)
    ):
        _refuse("harmful", reason="cell")
    sys.stdout.buffer.write(line.encode() + b"\n")


def _refuse(what: str, **facts: object) -> NoReturn:
    _write({"refused": what, **facts})
    sys.stdout.flush()
    sys.exit(0)


def _unmerged(sheet: Any, filled: list[int], spans: Sequence[Span]) -> Iterator[list[object]]:
    """The rows from the first of the sheet on; what is merged downwards counts in each row."""
    left: list[object] = [""] * (sheet.start[1] if sheet.start else 0)
    tops: dict[int, list[int]] = {}
    below: dict[int, list[tuple[int, int]]] = {}
    merged, (height, _) = 0, _size(sheet)
    for first, (bottom, _) in sheet.merged_cell_ranges or spans:
        top, column = first
        covered = range(top + 1, min(bottom + 1, height))
        merged += len(covered)
        if merged > MERGED:
            _refuse("harmful", reason="merged")
        if covered:
            tops.setdefault(top, []).append(column)
        for number in covered:
            below.setdefault(number, []).append(first)
    values: dict[tuple[int, int], object] = {}
    for number, cells in enumerate(sheet.iter_rows()):
        row = left + [cell if type(cell) in _PLAIN else _plain(cell) for cell in cells]
        for column in tops.get(number, ()):
            values[number, column] = row[column] if column < len(row) else ""
        for top, column in below.get(number, ()):
            if column < len(row) and row[column] == "" and values[top, column] != "":
                row[column] = values[top, column]
                if filled[-1:] != [number + 1]:
                    filled.append(number + 1)
        yield row


_PLAIN = frozenset({str, float, bool})


def _plain(cell: Any) -> object:
    """A day as its ordinal (the only integers), a number as float, anything else as text."""
    if isinstance(cell, datetime):
        midnight = not (cell.hour or cell.minute or cell.second or cell.microsecond)
        return cell.toordinal() if midnight else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.toordinal()
    return float(cell) if isinstance(cell, int) else str(cell)
