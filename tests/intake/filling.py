"""Rows into a sheet of a workbook, each cell as what it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

DAY = {"num_format": "yyyy/m/d"}


def fill(book: Any, sheet: Any, rows: Sequence[Sequence[Any]], *, down: int = 0) -> None:
    """Write rows from row `down` on, each cell as what it is; a pair is a formula and its value."""
    day = book.add_format(DAY)
    for number, row in enumerate(rows, start=down):
        for column, cell in enumerate(row):
            match cell:
                case "" | None:
                    pass
                case str():
                    sheet.write_string(number, column, cell)
                case bool():
                    sheet.write_boolean(number, column, cell)
                case date():
                    sheet.write_datetime(number, column, cell, day)
                case (formula, value):
                    sheet.write_formula(number, column, formula, None, value)
                case _:
                    sheet.write_number(number, column, cell)
