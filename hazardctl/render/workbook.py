"""Excel workbooks: text stays text, figures stay figures, and nothing becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from hazardctl.render.cells import cannot_export, shown
from hazardctl.render.sheet import Answer, Cell, Column, Kind, Sheet
from hazardctl.render.visible import show
from hazardctl.render.width import balanced, fold, wide
from hazardctl.render.writing import Paper
from hazardctl.text import Words

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
FORMATS: dict[Kind, dict[str, object]] = {
    Kind.TEXT: {"num_format": "@", "text_wrap": True},
    Kind.DAY: {"num_format": "@"},
    Kind.COUNT: {"num_format": "0", "align": "right"},
    Kind.RATE: {"num_format": "0.0%", "align": "right"},
    Kind.MONEY: {"num_format": "0.00####", "align": "right"},
}
CELL: dict[str, object] = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}
_TOTAL: dict[str, object] = {"bold": True, "top": 2, "top_color": "#595959"}
HEADING: dict[str, object] = {
    "bold": True,
    "bg_color": "#F2F2F2",
    "num_format": "@",
    "text_wrap": True,
}
# What XML cannot hold, and what the writer would take for markup of its own.
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]|\\A<r>.*</r>\\Z", re.DOTALL)
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_EXACT = 10**15  # a spreadsheet keeps fifteen digits
_MEASURED = 1_000  # rows that decide how wide a column is
_NARROWEST, _HEADED, _WIDEST = 6, 14, 50  # in characters: a column, its heading, a long text
_ROOM = 3  # for the edges of a cell and the button of the filter
_LINE = 18  # points


def write(answer: Answer, words: Words, paper: Paper) -> bytes:
    """One worksheet for each sheet; raises CannotExport and names the row."""
    content = BytesIO()
    book = Workbook(content, _OPTIONS)
    book.set_properties({"title": "", "author": "hazardctl"})
    taken: set[str] = set()
    for sheet in answer.sheets():
        title = (sheet.frame and sheet.frame.tab) or sheet.title
        fill(book, book.add_worksheet(name_for(title, taken)), sheet)
    book.close()
    return content.getvalue()


def fill(book: Any, page: Any, sheet: Sheet) -> None:
    """Headings in row 1, the rows, the total, a blank row, the notes; or the official form."""
    if sheet.frame:
        from hazardctl.render import official  # which writes its cells by what is below

        official.fill(book, page, sheet, sheet.frame)
        return
    kinds = [column.kind for column in sheet.columns]
    widths = [breadth(sheet, across) for across in range(len(sheet.columns))]
    for across, (column, width) in enumerate(zip(sheet.columns, widths, strict=True)):
        side = {"align": FORMATS[column.kind].get("align", "left")}
        heading = book.add_format({**CELL, **HEADING, **side})
        page.write_string(0, across, show(column.heading), heading)
        page.set_column(across, across, width + _ROOM)
    titles = [column.heading for column in sheet.columns]
    page.set_row(0, height(titles, [Kind.TEXT] * len(kinds), widths) + _LINE / 2)
    page.set_default_row(_LINE)
    plain, bold = (
        [book.add_format({**CELL, **look, **FORMATS[kind]}) for kind in kinds]
        for look in ({}, {"bold": True})
    )
    for down, row in enumerate(sheet.rows):
        write_row(page, sheet, down, row, bold if down in sheet.strong else plain)
        if (points := height(row, kinds, widths)) > _LINE:
            page.set_row(down + 1, points)
    below = len(sheet.rows)
    page.autofilter(0, 0, below, len(sheet.columns) - 1)
    if sheet.total is not None:
        strong = [book.add_format({**CELL, **_TOTAL, **FORMATS[kind]}) for kind in kinds]
        write_row(page, sheet, below, sheet.total, strong)
        below += 1
    note = book.add_format({"num_format": "@", "font_color": "#595959"})
    for at, text in enumerate(sheet.notes, below + 2):
        page.write_string(at, 0, show(text), note)
    dress(page, sheet)


def write_row(
    page: Any, sheet: Sheet, down: int, row: Sequence[Cell], formats: Sequence[object]
) -> None:
    """One row; whatever cannot be written exactly is refused by row and column."""
    for across, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
        reason = write_cell(page, (down + 1, across), cell, column, formats[across])
        if reason:
            raise cannot_export(sheet, down, across, reason)


def write_cell(
    page: Any, place: tuple[int, int], cell: Cell, column: Column, style: object
) -> str | None:
    """Writes one value; the answer is why it could not be written, or None."""
    if cell is None and column.kind is Kind.RATE:
        cell = shown(None, Kind.RATE)
    if cell is None:
        outcome = page.write_blank(*place, None, style)
    elif isinstance(cell, str):
        if _NO_XML.search(cell):
            return "not-xml"
        outcome = page.write_string(*place, cell, style)
    elif abs(cell) >= _EXACT:
        return "too-many-digits"
    else:
        figure = cell / 1_000_000 if column.kind is Kind.MONEY else cell
        outcome = page.write_number(*place, figure, style)
    return {0: None, -2: "too-long"}.get(outcome, "too-many")


def dress(page: Any, sheet: Sheet) -> None:
    """Headings that stay in sight and stand on every printed page; A4, as wide as one page."""
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_header("&C&B" + show(sheet.title).replace("&", "＆")[:200])  # `&` gives orders there
    page.set_footer("&C&P / &N")


def breadth(sheet: Sheet, across: int) -> int:
    """The width of a column by its widest cell, within reason."""
    column = sheet.columns[across]
    total = [] if sheet.total is None else [sheet.total]
    cells = [shown(row[across], column.kind) for row in (*sheet.rows[:_MEASURED], *total)]
    widest = max(map(wide, cells), default=0)
    heading = max(map(wide, balanced(show(column.heading), max(widest, _HEADED))))
    return min(max(widest, heading, _NARROWEST), _WIDEST)


def height(row: Sequence[Cell], kinds: Sequence[Kind], widths: Sequence[int]) -> float:
    """The points that the row's texts need; said outright, as not every program works it out."""
    lines = 1
    for cell, kind, width in zip(row, kinds, widths, strict=True):
        if kind is Kind.TEXT and isinstance(cell, str) and (len(cell) * 2 > width or "\n" in cell):
            lines = max(lines, sum(len(fold(part, width)) for part in cell.split("\n")))
    return min(lines * _LINE, 400)


def name_for(title: str, taken: set[str]) -> str:
    """A worksheet's name: at most 31 units, no forbidden character, not used yet."""
    plain = _NOT_IN_A_NAME.sub("_", show(title)).strip(" '")
    if plain.casefold() in ("", "history"):
        plain = f"_{plain}"
    for count in range(1, len(taken) + 2):
        tail = f" ({count})" if count > 1 else ""
        name = shortened(plain, 31 - len(tail)) + tail
        if name.casefold() not in taken:
            break
    taken.add(name.casefold())
    return name


def shortened(text: str, units: int) -> str:
    """The text cut to so many UTF-16 units."""
    while len(text.encode("utf-16-le")) > 2 * units:
        text = text[:-1]
    return text.rstrip(" '")
