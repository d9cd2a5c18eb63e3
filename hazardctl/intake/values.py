"""The cells of a sheet: text, a number as float, a day as its ordinal, or yes and no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

Cell = str | float | int | bool

# Numbers of more digits are no longer what was typed: a spreadsheet keeps fifteen.
LARGEST = 1e15


@dataclass(slots=True)
class Grid:
    """One sheet: its rows with their numbers as the spreadsheet counts them."""

    name: str | None
    rows: Iterator[tuple[int, list[Cell]]]
    is_typed: bool  # texts were typed as texts, numbers are numbers: not so in CSV
    is_hidden: bool = False
    hidden_rows: int = 0
    expected: int = 0  # rows, where that is known before they are read
    bad_cells: Mapping[int, Mapping[int, str]] = field(default_factory=dict)  # error, no value
    # known when the rows have been read to their end
    height: int = 0
    filled_rows: list[int] = field(default_factory=list)  # filled from a merged cell above them


@dataclass(slots=True)
class Book:
    """One file: what it is, and its sheets, which are read as they are asked for."""

    format: str
    encoding: str | None
    sha256: str
    grids: Iterator[Grid]
    facts: set[str] = field(default_factory=set)  # `dates-from-1904`, `errors-unseen`
    text: object = None  # the open text, which must outlive the reading of its rows


@lru_cache(maxsize=65536)
def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


@lru_cache(maxsize=65536)
def _ordinal(value: int) -> str:
    return date.fromordinal(value).isoformat()


def shown(cell: Cell) -> str:
    """The cell as the raw row keeps it."""
    if type(cell) is str:
        return cell
    if cell is True or cell is False:
        return "TRUE" if cell else "FALSE"
    if type(cell) is int:
        return _ordinal(cell)
    return _number(float(cell))
