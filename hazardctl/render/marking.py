"""The child process: marks faults in a workbook of the sender's, and dies if it must.

A workbook of two kilobytes can claim a merged cell of seventeen thousand million cells. So it is
opened here, in a fresh interpreter with little memory, and what comes of it counts only if the
exit status is 0. Nothing of the sender's is kept out but what openpyxl cannot hold: pictures,
shapes, and macros, which no workbook that is called .xlsx may hold.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, range_boundaries

MEMORY = 2 << 30  # bytes of address space
SECONDS = 150  # of processor time
MERGED = 2_000_000  # places in merged cells, each of which openpyxl makes a cell of
SEARCHED = 30  # rows in which a heading is looked for
NOTES = 2_000  # notes at cells in one sheet: with more of them spreadsheet programs crawl
WIDTH = 60  # characters of the column that tells of faults
_LINE = 15  # points
_HIGHEST = 409  # points, the most that a row may have

RED = "FFFFC7C9"  # of no palette: by it our own marks are known again
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z0-9:]+)["']""")
_FILL = PatternFill("solid", fgColor=RED, bgColor=RED)
_NONE = PatternFill()
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_BOLD = Font(bold=True)

Page = Mapping[str, Any]


def main() -> None:
    """Reads a line that says what is to be marked, then the workbook; writes it marked."""
    _limit()
    warnings.simplefilter("ignore")  # of what it leaves out
    warnings.filterwarnings("error", "Cell .* is marked as a date")  # it would leave #VALUE! there
    plan = json.loads(sys.stdin.buffer.readline())
    sys.stdout.buffer.write(mark(sys.stdin.buffer.read(), plan))


def mark(content: bytes, plan: Mapping[str, Any]) -> bytes:
    """The workbook with every fault of the plan marked; raises whatever openpyxl raises."""
    book = load_workbook(looked_over(content), rich_text=True)
    for page in plan["pages"]:
        _mark(book[page["sheet"]], page, plan["heading"])
    if remark := plan["remark"]:
        name = remark["sheet"]
        _remark(book[name] if name is not None else book.worksheets[0], remark)
    marked = BytesIO()
    book.save(marked)
    return marked.getvalue()


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def looked_over(content: bytes) -> BytesIO:
    """The workbook; where a text holds `_x005F_`, which openpyxl drops, so that it stays.

    Raises ValueError if it claims merged cells beyond all measure.
    """
    with ZipFile(BytesIO(content)) as package:
        parts = {entry: package.read(entry) for entry in package.infolist()}
    ranges = (ref for part in parts.values() for ref in _MERGED.findall(part))
    if sum(map(_places, ranges)) > MERGED:
        raise ValueError("merged")
    if not any(b"x005F_" in part for part in parts.values()):
        return BytesIO(content)
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as package:
        for entry, part in parts.items():
            package.writestr(entry, part.replace(b"x005F_", b"x005Fx005F__"))
    return kept


def _places(ref: bytes) -> int:
    left, top, right, bottom = range_boundaries(ref.decode())
    return ((right or 0) - (left or 0) + 1) * ((bottom or 0) - (top or 0) + 1)


def _mark(sheet: Any, page: Page, heading: str) -> None:
    """One sheet: its faulted cells, and a column that tells of the faults of each row."""
    cells = list(sheet._cells.values())  # those that are there; to ask for others makes them
    _wipe(cells, page)
    column = _column(cells, page)
    _tell(sheet.cell(page["heading_row"], column), heading)
    sheet.cell(page["heading_row"], column).font = _BOLD
    _widen(sheet, column)
    notes: dict[tuple[int, int], list[str]] = {}
    tops = _tops(sheet)
    for row, faults, lines in page["rows"]:
        is_heading = row == page["heading_row"]
        if not is_heading:
            _tell(sheet.cell(row, column), "\n".join(sentence for _, sentence in faults))
            _heighten(sheet, row, lines)
        for at, sentence in faults:
            if at is not None or is_heading:
                place = row, column if at is None else at + 1
                notes.setdefault(tops.get(place, place), []).append(sentence)
    for count, (place, sentences) in enumerate(notes.items()):
        _redden(sheet.cell(*place), sentences if count < NOTES else ())


def _wipe(cells: Iterable[Any], page: Page) -> None:
    """Takes away what was marked before."""
    told_in = page["told_in"]
    for cell in cells:
        if isinstance(cell, MergedCell):
            continue
        _bleach(cell)
        if told_in is not None and cell.column == told_in + 1 and cell.row > page["heading_row"]:
            cell.value = None


def _column(cells: Iterable[Any], page: Page) -> int:
    """The column that tells of faults: the one there is, else the first free one beside the table.

    It begins at the headings; what stands above them is a title.
    """
    if page["told_in"] is not None:
        return int(page["told_in"]) + 1
    used = {
        cell.column
        for cell in cells
        if cell.row >= page["heading_row"]
        and (isinstance(cell, MergedCell) or cell.value is not None)
    }
    column = int(page["width"]) + 1
    while column in used:
        column += 1
    return column


def _tops(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Where the cell is that shows in each place of a merged one."""
    return {
        (row, column): (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for row in range(merged.min_row, merged.max_row + 1)
        for column in range(merged.min_col, merged.max_col + 1)
    }


def _tell(cell: Any, text: str) -> None:
    cell.value = text
    cell.data_type = "s"  # whatever it begins with, it is no formula
    cell.number_format = "@"
    cell.alignment = _WRAPPED


def _heighten(sheet: Any, row: int, lines: int) -> None:
    """Makes room for so many lines in a row whose height is set; any other makes it itself."""
    if row in sheet.row_dimensions and (height := sheet.row_dimensions[row].height):
        sheet.row_dimensions[row].height = min(max(height, lines * _LINE), _HIGHEST)


def _redden(cell: Any, sentences: Sequence[str]) -> None:
    """Marks a cell, with a note of what is wrong; a note of the sender's stays instead."""
    cell.fill = _FILL
    if sentences and cell.comment is None:
        text = "\n".join(dict.fromkeys(sentences))
        cell.comment = Comment(text, "hazardctl", width=320, height=40 + 20 * (len(text) // 20))


def _bleach(cell: Any) -> None:
    """Takes away a mark of an earlier time."""
    if cell.has_style and cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == RED:
        cell.fill, cell.comment = _NONE, None


def _widen(sheet: Any, column: int) -> None:
    """Gives one column its width, also where several have one together."""
    letter = get_column_letter(column)
    for other in list(sheet.column_dimensions.values()):
        first, last = other.min or 0, other.max or 0
        if first <= column <= last and first != last:
            if column < last:
                after = copy(other)
                after.index, after.min, after.max = get_column_letter(column + 1), column + 1, last
                sheet.column_dimensions[after.index] = after
            other.max = max(column - 1, first)
    own = sheet.column_dimensions[letter]
    own.min = own.max = column
    own.hidden, own.width = False, WIDTH


def _remark(sheet: Any, remark: Mapping[str, Any]) -> None:
    """What is wrong with the headings: at each that is named, else at the first cell."""
    cells = [cell for cell in sheet._cells.values() if cell.row <= SEARCHED]
    for cell in cells:
        if not isinstance(cell, MergedCell):
            _bleach(cell)
    named = [cell for cell in cells if _label(cell) in remark["headings"]]
    for cell in named or [sheet.cell(1, 1)]:
        _redden(cell, [remark["sentence"]])


def _label(cell: Any) -> str:
    return " ".join(str(cell.value).split())
