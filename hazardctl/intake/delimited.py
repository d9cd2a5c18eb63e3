"""Text tables: comma, semicolon, tab or bar between the cells, or one JSON object a line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from hazardctl.domain.guard import MARKER, unguarded
from hazardctl.intake.encoding import encoding_of
from hazardctl.intake.headings import Headings
from hazardctl.intake.refusals import BrokenLine, BrokenQuotes, NotATable, RowTooLong
from hazardctl.intake.table import SEARCHED, score
from hazardctl.intake.values import Book, Cell, Grid

LONGEST = 1 << 23  # characters of a line: more than the longest cells of the widest table
DELIMITERS = (",", "\t", ";", "|")

_HEAD = 1 << 16  # characters in which the delimiter is looked for
_DECLARED = re.compile(r"sep=(.)\r?\n")


def read_text(file: BinaryIO, path: Path, encoding: str | None, known: Headings) -> Book:
    """The one table of a text file, read as it is asked for; headings that are `known` show it."""
    name, sha256 = encoding_of(file, path, encoding)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=name, newline="")
    head = text.read(_HEAD)
    text.seek(0)
    if head.startswith("\ufeff"):  # the mark of a file whose encoding was given
        text.read(1)
        head = head[1:]
    start = head.lstrip()[:1]
    if start in ("{", "["):
        return Book("jsonl", name, sha256, iter([_json_grid(text, path, start)]), text=text)
    if start == "<":
        raise NotATable(file=path.name, format="markup")
    declared = _DECLARED.match(head)
    delimiter = declared[1] if declared else _delimiter(head, known)
    rows = _rows(text, path, delimiter, 1 if declared else 0)
    grid = Grid(None, _restored(rows), is_typed=False)
    told = "tsv" if delimiter == "\t" else "csv"
    return Book(told, name, sha256, iter([grid]), text=text)


def _delimiter(head: str, known: Headings) -> str:
    """The delimiter under which the first rows are most of a table."""
    return max(DELIMITERS, key=lambda delimiter: score(_first_rows(head, delimiter), known))


def _first_rows(head: str, delimiter: str) -> list[list[Cell]]:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    rows: list[list[Cell]] = []
    with suppress(csv.Error):  # the head may end within a quotation
        rows.extend(islice(reader, SEARCHED))  # type: ignore[arg-type]  # a text is a cell
    return rows


def _rows(text: TextIO, path: Path, delimiter: str, passed: int) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with the line where it begins."""
    lines = _lines(text, path)
    for _ in range(passed):
        next(lines)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins = 1 + passed
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1 + passed
    except csv.Error as error:
        is_one_line = reader.line_num + passed == begins
        if is_one_line and str(error).startswith("field larger"):
            raise RowTooLong(file=path.name, row=begins, limit=csv.field_size_limit()) from None
        raise BrokenQuotes(file=path.name, row=begins) from None


def _lines(text: TextIO, path: Path) -> Iterator[str]:
    """The lines, none of which may fill the memory."""
    row = 0
    while line := text.readline(LONGEST):
        row += 1
        if len(line) == LONGEST:
            raise RowTooLong(file=path.name, row=row, limit=LONGEST)
        yield line


def _restored(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[Cell]]]:
    """The rows; of a file that is marked as ours, with the neutralised cells as they were."""
    is_ours = False
    for row, cells in rows:
        if not is_ours:
            is_ours = MARKER in cells
        elif any(cell.startswith("'") for cell in cells):
            cells = [unguarded(cell) for cell in cells]
        yield row, cells  # type: ignore[misc]  # a text is a cell


def _json_grid(text: TextIO, path: Path, start: str) -> Grid:
    """JSON lines, or one array, as a table whose headings are the keys."""
    records = list(_array(text, path) if start == "[" else _objects(text, path))
    keys = list(dict.fromkeys(key for _, record in records for key in record))
    rows: list[tuple[int, list[Cell]]] = [(0, list(keys))]
    rows += [(row, [_cell(record.get(key)) for key in keys]) for row, record in records]
    return Grid(None, iter(rows), is_typed=True)


def _objects(text: TextIO, path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    for row, line in enumerate(_lines(text, path), start=1):
        if line.strip():
            yield row, _object(line, path, row)


def _array(text: TextIO, path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    whole = text.read()
    try:
        records = json.loads(whole, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise BrokenLine(file=path.name, row=1) from None
    for row, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise BrokenLine(file=path.name, row=row)
        yield row, record


def _object(line: str, path: Path, row: int) -> dict[str, object]:
    try:
        record = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise BrokenLine(file=path.name, row=row) from None
    if not isinstance(record, dict):
        raise BrokenLine(file=path.name, row=row)
    return record


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object, each of whose keys may stand in it once: of two the first would be lost."""
    record = dict(pairs)
    if len(record) < len(pairs):
        raise ValueError
    return record


def _cell(value: object) -> Cell:
    match value:
        case None:
            return ""
        case bool() | str():
            return value
        case float():  # 10.1 may be a 10.10 that lost its zero, as in a spreadsheet
            return value
        case int():
            return str(value)
        case list():
            return "\n".join(str(one) for one in value)
        case _:
            return json.dumps(value, ensure_ascii=False)
