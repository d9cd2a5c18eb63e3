"""The ledger layout as text: CSV, one JSON array, or one JSON object a line."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from hazardctl.domain.guard import MARKER
from hazardctl.domain.layout import LAYOUT, LISTS, REPORTED_BY
from hazardctl.domain.plaincsv import csv_line
from hazardctl.domain.plainjson import json_text

Record = Mapping[str, Any]

_AT_ONCE = 500  # records that are put into one part


def columns(*, with_reporters: bool) -> tuple[str, ...]:
    """The fields that are told, in their order."""
    return (*LAYOUT, REPORTED_BY) if with_reporters else LAYOUT


def in_cell(name: str, value: Any) -> Any:
    """A value as one cell: several stand on lines of their own, as none of them has two lines."""
    return "\n".join(value) if name in LISTS and value else value


def texts(
    records: Iterable[Record], format: str, *, with_reporters: bool, for_file: bool
) -> Iterator[bytes]:
    """The parts of the text in one of the formats `csv`, `json`, `ndjson`.

    CSV that goes to a file begins with a BOM, and its lines end as people's programs expect.
    """
    if format == "csv":
        return _csv(records, columns(with_reporters=with_reporters), for_file=for_file)
    return _array(records) if format == "json" else _joined(map(json_text, records), "\n")


def _csv(records: Iterable[Record], names: tuple[str, ...], *, for_file: bool) -> Iterator[bytes]:
    lists = {name: at for at, name in enumerate(names) if name in LISTS}
    end = "\r\n" if for_file else "\n"

    def line(record: Record) -> str:
        values = [record[name] for name in names]
        for name, at in lists.items():
            values[at] = in_cell(name, values[at])
        return f"{csv_line(values)},"  # the cell of the marker is empty

    yield BOM_UTF8 if for_file else b""
    yield f"{','.join((*names, MARKER))}{end}".encode()
    yield from _joined(map(line, records), end)


def _array(records: Iterable[Record]) -> Iterator[bytes]:
    before = "["
    for record in records:
        yield f"{before}{json_text(record)}".encode()
        before = ",\n"
    yield b"]\n" if before != "[" else b"[]\n"


def _joined(lines: Iterable[str], end: str) -> Iterator[bytes]:
    """The lines, many at a time, each with its end."""
    waiting = iter(lines)
    while some := list(islice(waiting, _AT_ONCE)):
        yield f"{end.join(some)}{end}".encode()
