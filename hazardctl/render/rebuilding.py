"""A plain workbook of the rows of any file: for one that came as text, or cannot be opened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from math import isfinite
from typing import Any, Protocol

from xlsxwriter import Workbook

from hazardctl.render.workbook import name_for

ROWS = 100_000  # more of them in a sheet would not be read again
_DECIMAL = re.compile(r"[0-9]{1,4}\.([0-9]{1,2})")
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_NO_DAYS_UNTIL = 1904  # a workbook counts none before
_TOO_LONG = -2  # the cell was shortened, to what is still too long for the ledger

Cell = str | float | int | bool
Place = tuple[str | None, int, int | None]  # sheet, row, column


class Grid(Protocol):
    """One sheet: its rows with their numbers; a day is its ordinal, the only integers."""

    @property
    def name(self) -> str | None:
        """Its name, if it has one."""

    @property
    def rows(self) -> Iterable[tuple[int, list[Cell]]]:
        """Each row with its number."""


@dataclass
class Rebuilt:
    """The workbook that was made: what its sheets are called now, and rows that stand elsewhere."""

    content: bytes = b""
    names: dict[str | None, str] = field(default_factory=dict)
    moved: dict[tuple[str | None, int], int] = field(default_factory=dict)


def rebuild(
    grids: Iterable[Grid], title: str, *, doubtful: Set[Place], is_1904: bool = False
) -> Rebuilt | None:
    """Every sheet with its rows in their places; None if they are more than a sheet may have.

    A sheet without a name gets the title. The `doubtful` cells held a figure such as 10.1 where a
    day belongs: they stay figures, for as texts they would no longer be doubtful. So are bare
    numbers where days are counted from 1904.
    """
    made, content, taken = Rebuilt(), BytesIO(), set[str]()
    book = Workbook(content, {"in_memory": True, "date_1904": is_1904})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    text = book.add_format({"num_format": "@"})
    for grid in grids:
        made.names[grid.name] = name_for(grid.name or title, taken)
        page = book.add_worksheet(made.names[grid.name])
        for at, (row, cells) in enumerate(grid.rows):
            if at >= ROWS:
                return None
            if row != at + 1:
                made.moved[grid.name, row] = at + 1
            for across, cell in enumerate(cells):
                if (grid.name, row, across) in doubtful and (
                    figure := _DECIMAL.fullmatch(str(cell))
                ):
                    exact = book.add_format({"num_format": "0." + "0" * len(figure[1])})
                    page.write_number(at, across, float(str(cell)), exact)
                elif not _write(page, (at, across), cell, text=text, day=day):
                    return None
    book.close()
    made.content = content.getvalue()
    return made


def _write(page: Any, place: tuple[int, int], cell: Cell, *, text: Any, day: Any) -> bool:
    """Writes one value; whether there was room for it."""
    if cell == "":
        return True
    if isinstance(cell, bool):
        outcome = page.write_boolean(*place, cell)
    elif isinstance(cell, int) and (on := date.fromordinal(cell)).year > _NO_DAYS_UNTIL:
        outcome = page.write_datetime(*place, on, day)
    elif isinstance(cell, float) and isfinite(cell):
        outcome = page.write_number(*place, cell)
    else:
        said = on.isoformat() if isinstance(cell, int) else str(cell)
        outcome = page.write_string(*place, _NO_XML.sub("\ufffd", said), text)
    return outcome in (0, _TOO_LONG)
