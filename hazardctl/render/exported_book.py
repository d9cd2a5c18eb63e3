"""The ledger layout as a workbook that people work in, and that comes back as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from hazardctl.domain.guard import MARKER
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.layout import COUNTS, is_day
from hazardctl.errors import CannotExport
from hazardctl.render.choices import choices, offer
from hazardctl.render.exported import columns, in_cell
from hazardctl.render.hazards import worder
from hazardctl.render.sheet import Cell, Column, Kind
from hazardctl.render.visible import show
from hazardctl.render.width import wide
from hazardctl.render.workbook import CELL, FORMATS, HEADING, height, write_cell
from hazardctl.text import Words

# Rows go to the disk one by one, so that a large ledger is never in memory as a whole.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_PROSE = frozenset({"description", "required_measures", "measures", "basis", "remark"})
_DAY, _WORD, _TEXT = 12, 18, 36  # in characters
_MORE = 1_000  # rows below the last that can be filled in with the same choices


def written(
    records: Iterable[Mapping[str, Any]],
    words: Words,
    taxonomy: Taxonomy,
    *,
    with_reporters: bool,
) -> bytes:
    """The workbook, its codes in words; raises CannotExport and names the row."""
    said = words.catalog("labels")
    headings = said["fields"]
    names = columns(with_reporters=with_reporters)
    told = [Column(name, headings[name], _kind(name)) for name in names]
    content = BytesIO()
    with Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": "", "author": "hazardctl"})
        page = book.add_worksheet(said["export"]["title"])
        _head(book, page, told)
        rows = _fill(page, told, records, words, taxonomy)
        page.freeze_panes(1, 1)
        page.repeat_rows(0)
        page.repeat_columns(0)
        page.set_landscape()
        page.set_paper(9)
        page.autofilter(0, 0, max(rows, 1), len(told) - 1)
        places = {name: at for at, name in enumerate(names)}
        lists = choices(words, taxonomy)
        offer(book, page, lists, places, rows=rows + _MORE, title=said["export"]["lists"])
    return content.getvalue()


def _head(book: Any, page: Any, told: Sequence[Column]) -> None:
    """The headings in row 1; after the last one, out of sight, the marker."""
    formats = {kind: book.add_format({**FORMATS[kind], "valign": "top"}) for kind in Kind}
    heading = book.add_format({**CELL, **HEADING})
    for at, column in enumerate(told):
        page.set_column(at, at, _breadth(column), formats[column.kind])
    page.set_column(len(told), len(told), None, None, {"hidden": True})
    for at, column in enumerate(told):
        page.write_string(0, at, column.heading, heading)
    page.write_string(0, len(told), MARKER, heading)


def _fill(
    page: Any,
    told: Sequence[Column],
    records: Iterable[Mapping[str, Any]],
    words: Words,
    taxonomy: Taxonomy,
) -> int:
    """Writes the rows, and counts them."""
    say = worder(words, taxonomy)
    kinds = [column.kind for column in told]
    widths = [_breadth(column) for column in told]
    default = height((), (), ())
    down = 0
    for down, record in enumerate(records, start=1):
        row = [say(column.key, in_cell(column.key, record[column.key])) for column in told]
        if (points := height(row, kinds, widths)) > default:
            page.set_row(down, points)
        for across, cell in enumerate(row):
            if cell is not None:
                _write(page, down, across, cell, told[across], row[0])
    return down


def _write(page: Any, down: int, across: int, cell: Cell, column: Column, first: Cell) -> None:
    if reason := write_cell(page, (down, across), cell, column, None):
        raise CannotExport(
            sheet=page.get_name(),
            row=down + 1,
            column=column.heading,
            first=show(str(first)),
            reason=reason,
        )


def _kind(name: str) -> Kind:
    return Kind.COUNT if name in COUNTS else Kind.DAY if is_day(name) else Kind.TEXT


def _breadth(column: Column) -> int:
    usual = _TEXT if column.key in _PROSE else _WORD if column.kind is Kind.TEXT else _DAY
    return max(usual, wide(column.heading) + 3)  # and the button of the filter
