"""Writes one sheet as one workbook, byte for byte the same each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from city import Row


def write(rows: Sequence[Row], path: Path, name: str, headings: Mapping[str, int]) -> None:
    """Write the rows under their headings, each with its width in characters."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": path.name, "created": datetime(2022, 11, 18)})
        bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(name)
        for column, (heading, width) in enumerate(headings.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, bold)
            for at, row in enumerate(rows, start=1):
                match row.get(heading, ""):
                    case date() as cell:
                        sheet.write_datetime(at, column, cell, day)
                    case int() as cell:
                        sheet.write_number(at, column, cell)
                    case str() as cell if cell:
                        sheet.write_string(at, column, cell)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)
