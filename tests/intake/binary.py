"""A binary workbook (.xlsb), record by record: no program at hand writes one."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tests.intake.packages import HEAD, PACKAGE, RELATION

# The records of [MS-XLSB] that a table needs.
ROW, ERROR, REAL, TEXT = 0, 3, 5, 6
BEGIN_SHEET, END_SHEET, BEGIN_BOOK, END_BOOK = 129, 130, 131, 132
BEGIN_SHEETS, END_SHEETS, BEGIN_DATA, END_DATA = 143, 144, 145, 146
DIMENSION, SHEET = 148, 156

KIND = "application/vnd.ms-excel"


def write_xlsb(path: Path, rows: Sequence[Sequence[str | float | None]]) -> Path:
    """A binary workbook with one sheet S that has these rows; None is a cell with #REF!."""
    width = max(map(len, rows))
    cells = b"".join(
        _record(ROW, struct.pack("<IIHHBI", at, 0, 300, 0, 0, 0))
        + b"".join(_cell(column, cell) for column, cell in enumerate(row))
        for at, row in enumerate(rows)
    )
    sheet = (
        _record(BEGIN_SHEET)
        + _record(DIMENSION, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
        + _record(BEGIN_DATA)
        + cells
        + _record(END_DATA)
        + _record(END_SHEET)
    )
    book = (
        _record(BEGIN_BOOK)
        + _record(BEGIN_SHEETS)
        + _record(SHEET, struct.pack("<II", 0, 1) + _text("rId1") + _text("S"))
        + _record(END_SHEETS)
        + _record(END_BOOK)
    )
    relations = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="bin" ContentType="{KIND}.sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": f'{relations}Type="{RELATION}/officeDocument" Target="xl/workbook.bin"/>'
        "</Relationships>",
        "xl/_rels/workbook.bin.rels": f'{relations}Type="{RELATION}/worksheet" '
        'Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/workbook.bin": book,
        "xl/worksheets/sheet1.bin": sheet,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return path


def _record(kind: int, content: bytes = b"") -> bytes:
    return _number(kind) + _number(len(content)) + content


def _number(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth says that another follows."""
    low, high = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _number(high) if high else bytes([low])


def _text(text: str) -> bytes:
    written = text.encode("utf-16-le")
    return struct.pack("<I", len(written) // 2) + written


def _cell(column: int, cell: str | float | None) -> bytes:
    place = struct.pack("<II", column, 0)
    if cell is None:
        return _record(ERROR, place + b"\x17")
    if isinstance(cell, str):
        return _record(TEXT, place + _text(cell))
    return _record(REAL, place + struct.pack("<d", cell))
