"""From an answer to bytes: one table of writers, each loaded only when its format is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from hazardctl.errors import UnknownFormat
from hazardctl.render.sheet import Answer
from hazardctl.text import Words

WRITERS = {
    "table": "terminal:write",
    "csv": "delimited:write",
    "json": "record:write",
    "ndjson": "record:write_lines",
    "plain": "delimited:write_plain",
    "xlsx": "workbook:write",
    "md": "markdown:write",
    "html": "page:write",
    "docx": "document:write",
}
BINARY = frozenset({"xlsx", "docx"})  # not for a terminal


class Paper(NamedTuple):
    """What the answer is written on; without a width nothing is shortened."""

    width: int | None = None
    colour: bool = False
    for_file: bool = False  # a file that people open, not a pipe
    raw: bool = False  # CSV for machines: no cell is guarded


def render(
    answer: Answer,
    format: str,
    words: Words,
    *,
    width: int | None = None,
    colour: bool = False,
    for_file: bool = False,
    raw: bool = False,
) -> bytes | bytearray:
    """The complete bytes in that format; raises UnknownFormat or CannotExport."""
    if format not in WRITERS:
        raise UnknownFormat(format=format, formats=list(WRITERS))
    module, name = WRITERS[format].split(":")
    write: Callable[[Answer, Words, Paper], bytes | bytearray]
    write = getattr(import_module(f"hazardctl.render.{module}"), name)
    return write(answer, words, Paper(width, colour, for_file, raw))
