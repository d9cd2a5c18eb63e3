"""An official form as a worksheet: title, who reports, headings over headings, lines to sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hazardctl.render.cells import cannot_export, percent, shown
from hazardctl.render.heads import Head, depth, heads
from hazardctl.render.sheet import Cell, Column, Frame, Kind, Sheet
from hazardctl.render.visible import lines, show
from hazardctl.render.width import fold, longest_piece, wide
from hazardctl.render.workbook import write_cell

_FONT: dict[str, object] = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_CELL: dict[str, object] = {**_FONT, "border": 1, "text_wrap": True}
_TITLE: dict[str, object] = {**_FONT, "font_name": "黑体", "font_size": 16, "align": "center"}
_HEADING: dict[str, object] = {**_CELL, "num_format": "@", "align": "center"}
_SIDES: dict[bool, dict[str, object]] = {  # of texts, of figures
    True: {"align": "left", "indent": 1},
    False: {"align": "center"},
}
_STRONG: dict[str, object] = {"bold": True}
# A general number has no idle zeros, as a figure in 万元 is written by hand.
_FORMATS = {Kind.TEXT: "@", Kind.DAY: "@", Kind.COUNT: "0", Kind.MONEY: "General"}
_LINE, _TALL = 15, 30  # points: a line of text, the title
_NARROWEST, _WIDEST = 7, 34  # in characters
_ROOM = 2


def fill(book: Any, page: Any, sheet: Sheet, frame: Frame) -> None:
    """The form from its title to the lines that are signed; raises CannotExport."""
    formats = _Formats(book)
    widths = [_width(sheet, at) for at in range(len(sheet.columns))]
    for at, width in enumerate(widths):
        page.set_column(at, at, width + _ROOM)
    last = len(sheet.columns) - 1
    _spread(page, 0, 0, last, show(sheet.title), formats(_TITLE))
    page.set_row(0, _TALL)
    _in_a_line(page, 1, frame.heads, last, formats)
    first = 2
    below = first + _headed(page, sheet, first, widths, formats)
    if frame.numbered:
        heading = formats(_HEADING)
        page.write_string(below, 0, show(frame.numbered), heading)
        for at in range(1, last + 1):
            page.write_number(below, at, at, heading)
        below += 1
    page.freeze_panes(below, 1)
    page.repeat_rows(first, below - 1)
    total = [] if sheet.total is None else [sheet.total]
    for down, row in enumerate([*sheet.rows, *total]):
        strong = down in sheet.strong or down == len(sheet.rows)
        _row(page, sheet, (below + down, down), row, formats, strong=strong)
        label = fold(shown(row[0], sheet.columns[0].kind), widths[0])
        page.set_row(below + down, (len(label) + 0.7) * _LINE)
    below += len(sheet.rows) + len(total)
    for text in sheet.notes:
        page.write_string(below, 0, show(text), formats({**_FONT, "num_format": "@"}))
        below += 1
    _in_a_line(page, below, frame.foot, last, formats)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def __call__(self, told: dict[str, object]) -> Any:
        key = tuple(sorted(told.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(told)
        return self._made[key]


def _headed(page: Any, sheet: Sheet, first: int, widths: Sequence[int], formats: _Formats) -> int:
    """Write the headings; returns how many lines they take."""
    told, heights = heads(sheet), [1] * depth(sheet)
    for head in told:
        _spread_head(page, head, first, formats(_HEADING))
        room = sum(widths[head.column : head.column + head.columns]) + _ROOM * (head.columns - 1)
        needed = sum(len(fold(part, room)) for part in lines(head.text).split("\n"))
        at = head.line + head.lines - 1  # what is still needed, the last of its lines gives
        heights[at] = max(heights[at], needed - sum(heights[head.line : at]))
    for at, height in enumerate(heights):
        page.set_row(first + at, (height + 0.5) * _LINE)
    return depth(sheet)


def _spread_head(page: Any, head: Head, first: int, style: Any) -> None:
    text, top = lines(head.text), first + head.line
    end = (top + head.lines - 1, head.column + head.columns - 1)
    if end != (top, head.column):
        page.merge_range(top, head.column, *end, "", style)
    page.write_string(top, head.column, text, style)


def _spread(page: Any, line: int, first: int, last: int, text: str, style: Any) -> None:
    """Write a text over several cells of a line."""
    if last > first:
        page.merge_range(line, first, line, last, "", style)
    page.write_string(line, first, text, style)


def _in_a_line(page: Any, line: int, texts: Sequence[str], last: int, formats: _Formats) -> None:
    """Write texts beside one another, each as wide as the others; the last of two on the right."""
    for at, text in enumerate(texts):
        begin, end = ((last + 1) * place // len(texts) for place in (at, at + 1))
        side = "right" if len(texts) > 1 and at == len(texts) - 1 == 1 else "left"
        style = formats({**_FONT, "num_format": "@", "align": side})
        _spread(page, line, begin, max(end - 1, begin), show(text), style)
    if texts:
        page.set_row(line, 1.6 * _LINE)


def _row(
    page: Any,
    sheet: Sheet,
    place: tuple[int, int],
    row: Sequence[Cell],
    formats: _Formats,
    *,
    strong: bool,
) -> None:
    line, down = place
    for across, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
        style = _CELL | _SIDES[column.kind is Kind.TEXT] | {"num_format": _format(cell, column)}
        made = formats(style | _STRONG if strong else style)
        if reason := write_cell(page, (line, across), cell, column, made):
            raise cannot_export(sheet, down, across, reason, headed=line - down)


def _format(cell: Cell, column: Column) -> str:
    """The format of a figure: a rate has one decimal if it needs one, as `percent` says it."""
    if column.kind is not Kind.RATE:
        return _FORMATS[column.kind]
    if cell is None or isinstance(cell, str):
        return "@"
    said = percent(cell)
    if said in ("0.1%", "99.9%"):
        return f'"{said}"'  # not rounded to none or to all
    return "0.0%" if "." in said else "0%"


def _width(sheet: Sheet, at: int) -> int:
    """The width of a column by its widest cell; a heading may turn, but between its words."""
    column = sheet.columns[at]
    total = [] if sheet.total is None else [sheet.total]
    cells = (wide(shown(row[at], column.kind)) for row in [*sheet.rows, *total])
    words = longest_piece((column.printed or column.heading).replace("\n", " "))
    return min(max(*cells, words, _NARROWEST), _WIDEST)
