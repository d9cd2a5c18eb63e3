"""Which cells of an OpenDocument spreadsheet are merged downwards: its reader does not tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from xml.parsers import expat
from zipfile import ZipFile

Place = tuple[int, int]  # row and column, the first being 0
Span = tuple[Place, Place]  # the first and the last cell

_MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_DOWN = re.compile(rb'rows-spanned="(?!1")')
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}


def spans_of(content: bytes) -> Mapping[str, list[Span]]:
    """The cells that are merged downwards, by the name of their sheet; of other workbooks none.

    Raises expat.ExpatError at what is not well formed.
    """
    if _MIMETYPE not in content[:200]:  # it leads, lest anybody has to look further
        return {}
    with ZipFile(BytesIO(content)) as package:
        told = package.read("content.xml")
    counter = _Counter()
    if _DOWN.search(told):
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = counter.begin, counter.end
        parser.Parse(told, True)
    return counter.spans


class _Counter:
    """Counts rows and columns while the sheets are read; a table within a cell is none."""

    def __init__(self) -> None:
        self.spans: dict[str, list[Span]] = {}
        self._sheet: list[Span] = []
        self._depth = self._row = self._column = self._repeated = 0

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_TABLE}table":
            self._depth += 1
            if self._depth == 1:
                self._sheet = self.spans.setdefault(attributes.get(f"{_TABLE}name", ""), [])
                self._row = 0
        elif self._depth != 1:
            return
        elif tag == f"{_TABLE}table-row":
            self._column, self._repeated = 0, _number(attributes, "number-rows-repeated")
        elif tag in _CELLS:
            down = _number(attributes, "number-rows-spanned")
            across = _number(attributes, "number-columns-spanned")
            if down > 1:
                last = self._row + down - 1, self._column + across - 1
                self._sheet.append(((self._row, self._column), last))
            self._column += _number(attributes, "number-columns-repeated")

    def end(self, tag: str) -> None:
        if tag == f"{_TABLE}table":
            self._depth -= 1
        elif self._depth == 1 and tag == f"{_TABLE}table-row":
            self._row += self._repeated


def _number(attributes: dict[str, str], name: str) -> int:
    told = attributes.get(_TABLE + name, "1")
    return int(told) if told.isdecimal() and len(told) < 10 else 1
