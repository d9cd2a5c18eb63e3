"""A workbook that is filled in and otherwise left as it is: only the rows of its table are ours."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.exceptions import IllegalCharacterError

from hazardctl.domain.form import Form
from hazardctl.errors import CannotExport, UnusableTemplate
from hazardctl.render.form import Value
from hazardctl.render.making_room import Gap, make_room
from hazardctl.render.marking import looked_over
from hazardctl.render.visible import show

_DAY = "yyyy-mm-dd"
_MOST = 32_767  # UTF-16 units in a cell
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what a reader would take for an escape
_PICTURE = re.compile(r"xl/(?:charts|media|drawings/drawing)")


def filled(content: bytes, form: Form, rows: Sequence[Mapping[int, Value]], *, file: str) -> bytes:
    """The workbook with these rows below its headings.

    Raises UnusableTemplate, and CannotExport with the row that no workbook can hold.
    """
    book = _opened(content, file)
    sheet = book[form.sheet]
    numbered = {column for column, name in form.fields.items() if name == "seq_no"}
    gap = make_room(sheet, form.heading_row + 1, len(rows), numbered=numbered)
    pattern = _pattern(sheet, gap, form)
    for down, row in enumerate(rows, start=gap.first):
        pattern.lay(sheet, down)
        for column, value in row.items():
            if reason := _put(sheet.cell(down, column), value):
                raise CannotExport(
                    sheet=form.sheet,
                    row=down,
                    column=form.headings[column],
                    first=show(str(next(iter(row.values())))),
                    reason=reason,
                )
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def has_pictures(content: bytes) -> bool:
    """Whether a workbook holds pictures, shapes or charts: these are not kept."""
    with ZipFile(BytesIO(content)) as package:
        return any(map(_PICTURE.match, package.namelist()))


def _opened(content: bytes, file: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that are not kept
            return load_workbook(looked_over(content))
    except Exception as fault:  # whatever it meets in a file that no program should have written
        raise UnusableTemplate(file=file, reason="damaged") from fault


@dataclass(frozen=True, slots=True)
class _Pattern:
    """How a row of the table looks: the styles of its cells, what is merged in it, its height."""

    styles: Mapping[int, Any]
    merged: Sequence[tuple[int, int]]
    height: float | None

    def lay(self, sheet: Any, row: int) -> None:
        """Make a row look so, and empty."""
        for column, style in self.styles.items():
            cell = sheet.cell(row, column)
            cell.value, cell._style = None, copy(style)
        if self.height is not None:
            sheet.row_dimensions[row].height = self.height
        for first, last in self.merged:
            sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)


def _pattern(sheet: Any, gap: Gap, form: Form) -> _Pattern:
    """The look of the first row; where there was none, what every cell looks like."""
    columns = range(1, max(form.headings, default=1) + 1)
    if gap.is_new:
        return _Pattern({}, (), None)
    fields = form.fields.keys()
    merged = [
        (first, last) for first, last in gap.merged if fields.isdisjoint(range(first + 1, last + 1))
    ]
    return _Pattern(
        {column: copy(sheet.cell(gap.first, column)._style) for column in columns},
        merged,
        sheet.row_dimensions[gap.first].height,
    )


def _put(cell: Any, value: Value) -> str | None:
    """Write one value, text as text; the answer is why it could not be written, or None."""
    if value is None or isinstance(cell, MergedCell):
        return None
    if isinstance(value, date):
        looks_so = cell.number_format if is_date_format(cell.number_format) else _DAY
        cell.value = value
        cell.number_format = looks_so
        return None
    if not isinstance(value, str):
        cell.value = value
        return None
    if len(value.encode("utf-16-le", "surrogatepass")) > 2 * _MOST:
        return "too-long"
    try:
        cell.value = _ESCAPE.sub("_x005F_", value)
    except IllegalCharacterError:
        return "not-xml"
    cell.data_type = "s"  # `=1+1` is what somebody wrote, and no formula
    return None
