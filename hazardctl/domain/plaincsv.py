"""A line of CSV that no spreadsheet runs: values as cells, quoted and guarded."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence

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


def csv_line(values: Sequence[object]) -> str:
    """The values as one line, without its end."""
    texts = [
        value if value.__class__ is str else "" if value is None else str(csv_cell(value))
        for value in values
    ]
    line = ",".join(texts)
    if is_plain(line, commas=len(texts) - 1):  # nearly all of them: the texts are the cells
        return line
    writer = csv.writer(_Echo(), lineterminator=_END)  # its own: a proof has several threads
    return str(writer.writerow(map(_safe, values)))[: -len(_END)]


def is_plain(line: str, *, commas: int) -> bool:
    """Whether nothing in the cells of a line has to be quoted or guarded."""
    if not line or '"' in line or line.count(",") != commas or not line.isprintable():
        return False
    return line[0] not in FIRST and not _GUARDED.search(line)


def _safe(value: object) -> Cell:
    cell = csv_cell(value)
    return guarded(cell) if isinstance(cell, str) and cell[:1] in FIRST else cell


class _Echo:
    """A file that hands back what is written to it, which `writerow` then returns."""

    def write(self, text: str) -> str:
        return text


_GUARDED = re.compile(f",[{re.escape(''.join(sorted(FIRST)))}]")
_END = "\r\n"  # a cell that holds one of these is quoted
