"""A superior's own workbook: where its table is, and which field each of its columns means."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from hazardctl.domain.form import Form
from hazardctl.errors import UnusableTemplate
from hazardctl.intake.columns import LEFT_RAW, check_mapping, columns_of
from hazardctl.intake.headings import headings_of
from hazardctl.intake.ours import places
from hazardctl.intake.reading import Options, opened
from hazardctl.intake.refusals import NoTable
from hazardctl.intake.table import SEARCHED, Header, find_header
from hazardctl.intake.values import Grid


def form_of(path: Path, options: Options) -> Form:
    """The first table in sight of a workbook; raises a FileRefused if it cannot be filled in."""
    check_mapping(options.mapping, headings_of())
    with opened(path, options) as book:
        if book.format != "xlsx":
            raise UnusableTemplate(file=path.name, reason="not-xlsx")
        seen: list[str] = []
        for grid in book.grids:
            first = list(islice(grid.rows, SEARCHED + 1))
            header = find_header([cells for _, cells in first], headings_of(), options.mapping)
            if header and not grid.is_hidden:
                return _form(path, options, grid, header, first[header.last][0])
            seen.append(grid.name or "")
        raise NoTable(file=path.name, sheets=seen)


def _form(path: Path, options: Options, grid: Grid, header: Header, row: int) -> Form:
    columns = columns_of(header.headings, options.mapping, headings_of())
    columns.must_be_clear(file=path.name, sheet=grid.name)
    for name, claimants in columns.contested.items():
        raise columns.contest(name, claimants, file=path.name, sheet=grid.name)
    fields = {at + 1: name for at, name in columns.raw.items() if name != LEFT_RAW}
    fields |= {at + 1: name for name, at in places(columns).items() if name != LEFT_RAW}
    fields |= {at + 1: "state" for at in columns.states}
    return Form(
        sheet=grid.name or "",
        heading_row=row,
        headings={at + 1: label for at, label in enumerate(columns.labels)},
        fields=fields,
        unmapped=[columns.labels[at] for at in sorted(columns.unmapped)],
        counts_days=columns.counts_days,
        unit=columns.unit("funds_fen"),
        unused=sorted(options.mapping.keys() - columns.used),
    )
