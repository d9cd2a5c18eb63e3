"""One shape for everything that is shown: a sheet of rows, and the answer it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from hazardctl.domain.plaincsv import Cell as Cell  # the cells of a sheet are those of CSV
from hazardctl.domain.plaincsv import csv_cell


class Kind(StrEnum):
    """How the cells of a column are read and aligned."""

    TEXT = "text"
    COUNT = "count"  # an integer
    RATE = "rate"  # 0 to 1, or None where the denominator is 0 (printed `/`)
    MONEY = "money"  # integer fen (printed in 万元)
    DAY = "day"  # an ISO day


class Column(NamedTuple):
    """One column: a stable key for machines, a heading in the reader's language."""

    key: str
    heading: str
    kind: Kind = Kind.TEXT
    kept: bool = False  # never shortened or dropped, however narrow the terminal
    folded: bool = False  # long text goes on in the next line instead of ending in `…`
    # on paper, in a frame: the headings that it shares with its neighbours, the topmost first, and
    # its own one there, with its unit
    above: tuple[str, ...] = ()
    printed: str = ""


class Frame(NamedTuple):
    """What an official form has around its table, on paper."""

    heads: tuple[str, ...] = ()  # in a line above it: who reports, for which period
    foot: tuple[str, ...] = ()  # in a line below it, to be signed
    tab: str = ""  # its short name among the sheets of a workbook
    numbered: str = ""  # what stands before the numbers of the columns; without it they have none


class Sheet(NamedTuple):
    """A table of plain values (str, int, float, None), with its title, total row and notes.

    `strong` are the rows, counted from 0, that are sums of others. With a `frame` it is laid out
    as an official form on paper.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] | None = None
    notes: tuple[str, ...] = ()
    imports_back: bool = False  # its CSV carries the marker by which `import` knows it
    strong: frozenset[int] = frozenset()
    frame: Frame | None = None


def no_sheets() -> Sequence[Sheet]:
    """What an answer of words only has to show as a table."""
    return ()


class Answer(NamedTuple):
    """What a command found or did; each part is made only when a format asks for it.

    `data` is the JSON value, or the JSON text itself as bytes; `records` the same, one object a
    line; `coded` the first sheet for machines, its codes never translated (CSV and plain lines);
    `csv` the CSV text itself, where it is ready;
    `text` is what a person reads instead of a table (the one line after a change).
    """

    data: Callable[[], object]
    sheets: Callable[[], Sequence[Sheet]] = no_sheets
    records: Callable[[], Iterable[Mapping[str, object]] | bytes | bytearray] | None = None
    coded: Callable[[], Sheet] | None = None
    csv: Callable[[], bytes | bytearray] | None = None
    text: Callable[[], str] | None = None


def coded(records: Iterable[Mapping[str, object]], keys: Sequence[str] = ()) -> Sheet:
    """Records as a sheet for machines: their keys as columns, several values in one cell.

    `keys` are the columns when there may be no record to tell them.
    """
    rows = list(records)
    names = keys or list(rows[0] if rows else ())
    return Sheet(
        title="",
        columns=tuple(Column(name, name) for name in names),
        rows=[[csv_cell(row[name]) for name in names] for row in rows],
    )
