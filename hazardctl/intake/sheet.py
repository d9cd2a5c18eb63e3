"""One sheet of a file: its table is found, its columns are settled, its rows are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING

from hazardctl.domain.arriving import Arrival
from hazardctl.domain.door import admitted
from hazardctl.domain.hazard import Draft
from hazardctl.domain.register import ENTERPRISE, KINDS
from hazardctl.errors import NotText
from hazardctl.intake.assembly import Assembly
from hazardctl.intake.columns import Columns, columns_of, letter
from hazardctl.intake.days import YEARS, Days
from hazardctl.intake.headings import Headings
from hazardctl.intake.ours import OurRows, filled, is_ours
from hazardctl.intake.problems import Notice, Notices, Problem
from hazardctl.intake.record import RecordReader
from hazardctl.intake.refusals import TooManyColumns
from hazardctl.intake.row import Outcome, RowReader
from hazardctl.intake.table import SEARCHED, Header, find_header, is_aside, is_repeated
from hazardctl.intake.title import latest_of, year_of
from hazardctl.intake.values import Book, Cell, Grid, shown

if TYPE_CHECKING:
    from hazardctl.intake.reading import Options

MOST_COLUMNS = 200
SINCE_LONG = 90  # years: an enterprise is older than what happens to it
# How what is no record begins; a row whose first cell is blank may be none either.
_SUSPECT = frozenset(
    [
        "",
        *" \u3000合总小共累tTsS填制编报上录经审复主分单负检被联注备说签盖日(（一二三四五六七八九十",
    ]
)

Rows = Iterator[tuple[int, list[Cell]]]


@dataclass(slots=True)
class Table:
    """A table that was found in a sheet, and its rows still to be read."""

    header: Header
    headings: list[str]
    heading_row: int
    columns: Columns
    rows: Rows
    titles: list[str]
    skipped: int = 0
    nameless: set[int] = field(default_factory=set)  # columns without a heading that hold cells
    told_in: int | None = None  # the column of the faults that the sender was told
    above: frozenset[str] = frozenset()  # what the heading rows hold, cell by cell

    def unmapped(self, known: Sequence[str]) -> list[str]:
        """The headings that mean no field, and are not `known` yet."""
        indexes = sorted({*self.columns.unmapped, *self.nameless})
        labels = self.columns.labels
        names = [labels[at] if at < len(labels) else f"[{letter(at)}]" for at in indexes]
        return [name for name in names if name not in known]


class SheetReader:
    """Reads the sheets of one file, one after the other."""

    def __init__(self, file: str, options: Options, book: Book, outcome: Outcome) -> None:
        self._file, self._options, self._book, self._outcome = file, options, book, outcome
        self._known = options.headings
        self._used_mapping: set[str] = set()
        self.undescribed: list[str] = []  # the headings of a table without what leads one
        self.names: list[str] = []

    def table(self, grid: Grid, notices: Notices) -> Table | None:
        """The table of a sheet, None if it has none; raises if a column cannot be settled."""
        first = list(islice(grid.rows, SEARCHED + 1))
        header = find_header([cells for _, cells in first], self._known, self._options.mapping)
        if header is None:
            return None
        if len(header.headings) > MOST_COLUMNS:
            raise TooManyColumns(
                file=self._file, sheet=grid.name, found=len(header.headings), limit=MOST_COLUMNS
            )
        headings = list(header.headings)
        if grid.is_typed:  # a sheet is a rectangle: cells beside the table are seen too
            headings += [""] * (len(first[header.last][1]) - len(headings))
        headings = self._through_the_door(grid, first[header.last][0], headings)
        columns = columns_of(headings, self._options.mapping, self._known)
        self._used_mapping |= columns.used
        if not {*columns.fields, *columns.contested}.intersection(self._known.leads):
            self.undescribed = self.undescribed or [text for text in header.headings if text]
            return None
        columns.must_be_clear(file=self._file, sheet=grid.name)
        rows: Rows = chain(first[header.last + 1 :], grid.rows)
        if columns.contested:
            rows = self._settle(grid, columns, list(rows))
        titles = [shown(cell) for _, cells in first[: header.first] for cell in cells if cell != ""]
        if grid.is_hidden:
            notices.add("hidden-sheet", first[header.last][0])
        told_in = _told_in(columns, headings, self._known)
        heads = chain.from_iterable(cells for _, cells in first[header.first : header.last + 1])
        return Table(
            header,
            headings,
            first[header.last][0],
            columns,
            rows,
            titles,
            told_in=told_in,
            above=frozenset(map(shown, heads)),
        )

    def drafts(self, grid: Grid, table: Table, notices: Notices) -> Iterator[Draft | Arrival]:
        """What a table's rows tell; what is no record is skipped and counted."""
        reader: RowReader | OurRows | RecordReader
        if self._options.kind:
            reader, records = self._record_reader(grid, table, notices), self._records(table)
        elif is_ours(table.headings, table.columns, self._book.format):
            reader = self._our_reader(grid, table)
            records = filled(table.rows, table.told_in)
        else:
            reader = self._row_reader(grid, table, notices)
            records = self._records(table)
        is_complete = self._has_needed_columns(grid, table)
        nameless = [at for at, text in enumerate(table.headings) if not text]
        for row, cells, texts in records:
            if not is_complete:
                self._outcome.rows += 1
                self._outcome.rejected += 1
                continue
            if len(cells) != len(table.headings) and not self._fits(grid, table, row, texts):
                continue
            for at in nameless:
                if texts[at]:
                    table.nameless.add(at)
            yield from reader.read(row, cells, texts)
        merged = [row for row in grid.filled_rows if row > table.heading_row]
        if merged:
            notices.add("merged-down", merged[0], len(merged))
        if grid.hidden_rows:
            notices.add("hidden-rows", 0, grid.hidden_rows)

    def _records(self, table: Table) -> Iterator[tuple[int, list[Cell], list[str]]]:
        """The rows that are records, with the texts of their cells."""
        fields = table.columns.fields
        lead = next(fields[name] for name in self._known.leads if name in fields)
        again = table.headings[lead]
        told = ([fields[name] for name in group if name in fields] for group in self._known.needed)
        needed = [places for places in told if places]
        own = frozenset(at for at in fields.values() if at or at == lead)
        told_in = table.told_in
        for row, cells in table.rows:
            texts = [cell if type(cell) is str else shown(cell) for cell in cells]
            if told_in is not None and told_in < len(texts):
                texts[told_in] = ""  # our own words: a row of nothing else is blank
            said = texts[lead] if lead < len(texts) else ""
            if not said or said in table.above or texts[0][:1] in _SUSPECT:
                if not any(texts) or not any(text.strip() for text in texts):
                    continue
                if (
                    said == again
                    or is_aside(texts, own, needed)
                    or is_repeated(table.header, texts)
                ):
                    table.skipped += 1
                    continue
            yield row, cells, texts

    def _has_needed_columns(self, grid: Grid, table: Table) -> bool:
        """Whether the columns that every record needs are there; if not, that is said once."""
        told = {*table.columns.fields, *self._options.constants}
        missing = [group for group in self._known.needed if told.isdisjoint(group)]
        for group in missing:
            self._blame(grid, table.heading_row, None, "no-column", "", field=group[0])
        return not missing

    def _fits(self, grid: Grid, table: Table, row: int, texts: Sequence[str]) -> bool:
        """Whether a row has as many cells as there are headings, blank ones aside."""
        width = len(table.headings)
        code = "too-few-cells" if len(texts) < width else "too-many-cells"
        if code == "too-many-cells" and not any(texts[width:]):
            return True
        self._outcome.rows += 1
        self._outcome.rejected += 1
        found = texts[0] if len(texts) < width else texts[width]
        at = min(len(texts), width)  # where the first cell is missing, or one too many
        self._blame(grid, row, None, code, found, index=at, cells=len(texts), headings=width)
        return False

    def _blame(
        self,
        grid: Grid,
        row: int,
        column: str | None,
        code: str,
        found: str,
        *,
        index: int | None = None,
        **facts: object,
    ) -> None:
        problem = Problem(self._file, grid.name, row, column, code, found, facts, index)
        self._outcome.problems.append(problem)

    def _through_the_door(self, grid: Grid, row: int, headings: list[str]) -> list[str]:
        """The headings; one that may not enter is a fault, and its column has no name."""
        taken: list[str] = []
        for index, heading in enumerate(headings):
            try:
                taken.append(admitted(heading))
            except NotText as refused:
                reason, at = str(refused.facts["reason"]), refused.facts["at"]
                self._blame(
                    grid, row, f"[{letter(index)}]", reason, heading[:60], index=index, at=at
                )
                taken.append("")
        return taken

    def _settle(self, grid: Grid, columns: Columns, rows: list[tuple[int, list[Cell]]]) -> Rows:
        """Of several columns that claim one field, the only one that is not empty has it."""
        for name, claimants in list(columns.contested.items()):
            filled = [
                index
                for index in claimants
                if any(index < len(cells) and shown(cells[index]).strip() for _, cells in rows)
            ]
            if len(filled) > 1:
                raise columns.contest(name, filled, file=self._file, sheet=grid.name)
            columns.settle(name, filled[0] if filled else claimants[0])
        return iter(rows)

    def _row_reader(self, grid: Grid, table: Table, notices: Notices) -> RowReader:
        options = self._options
        self._leave_out_reporters(table, notices)
        days = self._days(grid, table, notices)
        assembly = Assembly(
            table.columns,
            today=options.today,
            taxonomy=options.taxonomy,
            constants=options.constants,
            notices=notices,
        )
        return RowReader(
            table.columns,
            days,
            assembly,
            file=self._file,
            sheet=grid.name,
            today=options.today,
            titles=table.titles,
            constants=options.constants,
            splits=options.splits,
            bad_cells=grid.bad_cells,
            outcome=self._outcome,
            notices=notices,
        )

    def _record_reader(self, grid: Grid, table: Table, notices: Notices) -> RecordReader:
        options = self._options
        self._leave_out_reporters(table, notices)
        reach = SINCE_LONG if options.kind == ENTERPRISE.name else YEARS
        return RecordReader(
            KINDS[options.kind],
            table.columns,
            self._days(grid, table, notices, years=reach),
            file=self._file,
            sheet=grid.name,
            today=options.today,
            titles=table.titles,
            taxonomy=options.taxonomy,
            constants=options.constants,
            confirmed=options.confirmed,
            bad_cells=grid.bad_cells,
            outcome=self._outcome,
            notices=notices,
        )

    def _days(self, grid: Grid, table: Table, notices: Notices, *, years: int = YEARS) -> Days:
        names = (grid.name or "", self._file)
        year = self._options.year or year_of(table.titles, *names)
        return Days(
            self._options.today,
            year=year,
            latest=latest_of([*table.titles, *names], year),
            is_typed=grid.is_typed,
            is_1904="dates-from-1904" in self._book.facts,
            counts_days=table.columns.counts_days,
            notices=notices,
            years=years,
        )

    def _leave_out_reporters(self, table: Table, notices: Notices) -> None:
        for at in table.columns.reporters:
            label = table.columns.labels[at]
            notices.add("reporter-left-out", table.heading_row, column=label)

    def _our_reader(self, grid: Grid, table: Table) -> OurRows:
        return OurRows(
            table.columns,
            file=self._file,
            sheet=grid.name,
            today=self._options.today,
            taxonomy=self._options.taxonomy,
            bad_cells=grid.bad_cells,
            outcome=self._outcome,
        )

    def last_words(self) -> Iterator[Notice]:
        """What is to be said of the file as a whole."""
        for heading in self._options.mapping.keys() - self._used_mapping:
            yield self._notice("unused-map", heading=heading)
        for code in sorted(self._book.facts):
            facts = {"format": self._book.format} if code == "errors-unseen" else {}
            yield self._notice(code, **facts)

    def _notice(self, code: str, **facts: object) -> Notice:
        return Notice(self._file, None, code, {**facts, "row": 0, "count": 0})


def _told_in(columns: Columns, headings: Sequence[str], known: Headings) -> int | None:
    """The column of the faults that the sender was told; it is none of the sender's any more."""
    for at, name in columns.raw.items():
        if name == "faults" and known.is_told_faults(headings[at]):
            del columns.raw[at]
            return at
    return None
