"""A line of CSV that no spreadsheet runs: values as cells, quoted and guarded."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping

from hazardctl.domain.guard import FIRST, guarded
from hazardctl.domain.plainjson import json_text

Cell = str | int | float | None


def csv_cell(value: object) -> Cell:
    """A value as a cell: several values stand in one, a mapping is its JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return "、".join(map(str, value))
    return json_text(value) if isinstance(value, Mapping) else str(value)


def csv_line(values: Iterable[object]) -> str:
    """The values as one line, without its end."""
    cells = [
        value  # nearly all of them
        if value is None or (value.__class__ is str and value[:1] not in FIRST)
        else _safe(value)
        for value in values
    ]
    return str(_WRITER.writerow(cells))[: -len(_END)]


def _safe(value: object) -> Cell:
    cell = csv_cell(value)
    return guarded(cell) if isinstance(cell, str) and cell[:1] in FIRST else cell


class _Echo:
    """A file that hands back what is written to it, which `writerow` then returns."""

    def write(self, text: str) -> str:
        return text


_END = "\r\n"  # a cell that holds one of these is quoted
_WRITER = csv.writer(_Echo(), lineterminator=_END)
