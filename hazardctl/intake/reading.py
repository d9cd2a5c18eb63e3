"""The door of the room: a file is read into drafts, and everything that is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from hazardctl.domain.arriving import Arrival
from hazardctl.domain.hazard import Draft
from hazardctl.domain.industry import Taxonomy
from hazardctl.intake.columns import check_mapping
from hazardctl.intake.delimited import read_text
from hazardctl.intake.headings import Headings, headings_of
from hazardctl.intake.problems import Notice, Notices, Problem
from hazardctl.intake.refusals import (
    CannotOpen,
    NoDescriptionColumn,
    NoLeadingColumn,
    NoSuchSheet,
    NoTable,
    NotATable,
)
from hazardctl.intake.row import Outcome
from hazardctl.intake.sheet import SheetReader
from hazardctl.intake.values import Book, Grid
from hazardctl.intake.workbook import OLE, ZIP, read_workbook


@dataclass(frozen=True)
class Options:
    """How a file is to be read.

    `mapping` goes from the sender's heading to a field (`-` leaves it raw); `constants` from a
    field to what fills it where the file says nothing; `sheet` names the only sheet to read;
    `kind` is what its rows tell of: a kind of the register, or "" for hazards.
    """

    today: date
    taxonomy: Taxonomy
    year: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    sheet: str | None = None
    splits: bool = False  # several numbered problems in one cell become one hazard each
    kind: str = ""
    confirmed: bool = False  # fines above the legal range are right all the same

    @property
    def headings(self) -> Headings:
        """The headings that are known of such files."""
        return headings_of(self.kind)


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """One sheet of a file; one without a table is skipped, and named."""

    name: str | None
    heading_row: int | None  # None: no table was found
    rows: int = 0
    skipped: int = 0
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Margin:
    """The right side of a table: how many columns it has, and which of them tells of faults."""

    width: int
    told_in: int | None  # none does unless the file was given back once


@dataclass
class Reading:
    """What a file holds: `rows` is what was read, what is no hazard, and what was rejected."""

    file: str
    format: str = ""
    encoding: str | None = None
    sha256: str = ""
    sheets: list[SheetSeen] = field(default_factory=list)
    margins: dict[str | None, Margin] = field(default_factory=dict)  # of the tables, by sheet
    mapping: dict[str, str] = field(default_factory=dict)
    unmapped_columns: list[str] = field(default_factory=list)
    rows: int = 0
    not_hazards: int = 0
    rejected: int = 0
    skipped: int = 0
    drafts: list[Any] = field(default_factory=list)  # `Draft`, of records `Arrival`
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)
    place: Callable[[], tuple[int, int]] | None = None  # how much of how much is read just now

    def share(self) -> float | None:
        """The share of the file that is read, from 0 to 1, if it is known."""
        done, all_ = self.place() if self.place else (0, 0)
        return min(done / all_, 1.0) if all_ else None


def read(path: Path, options: Options) -> Reading:
    """Read a whole file; raises a FileRefused where nothing of it can be taken."""
    reading = Reading(path.name)
    reading.drafts.extend(stream(path, options, reading))
    return reading


def stream(path: Path, options: Options, reading: Reading) -> Iterator[Draft | Arrival]:
    """What a file's rows tell, one at a time, while `reading` fills with everything else.

    A refusal may come at the end: nothing is certain until the last draft has been taken.
    """
    check_mapping(options.mapping, options.headings)
    with _open(path) as file:
        book = _book(file, path, options)
        reading.format, reading.encoding, reading.sha256 = book.format, book.encoding, book.sha256
        outcome = Outcome(problems=reading.problems)
        seen = SheetReader(path.name, options, book, outcome)
        for grid in book.grids:
            if options.sheet is not None and grid.name not in (None, options.sheet):
                seen.names.append(grid.name or "")
                continue
            before, notices = outcome.rows, Notices()
            table = seen.table(grid, notices)
            reading.place = partial(_place, file, grid, outcome, before)
            yield from seen.drafts(grid, table, notices) if table else ()
            reading.sheets.append(
                SheetSeen(
                    name=grid.name,
                    heading_row=table.heading_row if table else None,
                    rows=outcome.rows - before,
                    skipped=table.skipped if table else 0,
                    is_hidden=grid.is_hidden,
                )
            )
            reading.warnings += notices.all(path.name, grid.name)
            if table:
                reading.margins[grid.name] = Margin(len(table.header.headings), table.told_in)
                reading.skipped += table.skipped
                reading.mapping |= table.columns.mapping
                reading.unmapped_columns += table.unmapped(reading.unmapped_columns)
            reading.rows, reading.rejected = outcome.rows, outcome.rejected
            reading.not_hazards = outcome.not_hazards
        reading.place = None
        reading.warnings += seen.last_words()
        _refuse_empty(path, options, reading, seen)


@contextmanager
def opened(path: Path, options: Options) -> Iterator[Book]:
    """A file with its sheets as they are, each row of theirs; raises a FileRefused as `read` does.

    The sheets come one after the other, and each is read before the next.
    """
    with _open(path) as file:
        yield _book(file, path, options)


def _open(path: Path) -> BinaryIO:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe may wait for ever
            raise CannotOpen(file=path.name, reason="not-a-regular-file")
        file = path.open("rb")
    except (OSError, ValueError) as fault:
        reason = "folder" if path.is_dir() else getattr(fault, "strerror", None) or str(fault)
        raise CannotOpen(file=path.name, reason=reason) from None
    if not path.is_file():  # a device or a pipe may have no end
        file.close()
        raise CannotOpen(file=path.name, reason="not-a-regular-file")
    return file


def _book(file: BinaryIO, path: Path, options: Options) -> Book:
    """What the file is, by its content: its name says nothing."""
    beginning = file.read(len(OLE))
    file.seek(0)
    if beginning.startswith((ZIP, OLE)):
        return read_workbook(file, path)
    if not beginning:
        raise NotATable(file=path.name, format="empty")
    return read_text(file, path, options.encoding, options.headings)


def _place(file: BinaryIO, grid: Grid, outcome: Outcome, before: int) -> tuple[int, int]:
    """How many rows of a sheet are read, of how many; of a text file how many bytes."""
    if grid.expected:
        return outcome.rows - before, grid.expected
    return file.tell(), os.fstat(file.fileno()).st_size


def _refuse_empty(path: Path, options: Options, reading: Reading, seen: SheetReader) -> None:
    """Says no to a file without any table."""
    if any(sheet.heading_row is not None for sheet in reading.sheets):
        return
    if options.sheet is not None and not reading.sheets:
        raise NoSuchSheet(file=path.name, sheet=options.sheet, sheets=seen.names)
    if seen.undescribed and options.kind:
        leads = options.headings.leads
        raise NoLeadingColumn(
            file=path.name,
            headings=seen.undescribed,
            what=options.kind,
            fields=leads,
            first=leads[0],
        )
    if seen.undescribed:
        raise NoDescriptionColumn(file=path.name, headings=seen.undescribed)
    raise NoTable(file=path.name, sheets=[sheet.name for sheet in reading.sheets if sheet.name])
