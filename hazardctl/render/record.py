"""JSON, whole or one object a line: always valid UTF-8, and nothing in it acts on a terminal."""

from __future__ import annotations

import json

from hazardctl.domain.plainjson import json_text
from hazardctl.render.sheet import Answer
from hazardctl.render.writing import Paper
from hazardctl.text import Words

Ready = (bytes, bytearray)  # JSON text that was made elsewhere


def write(answer: Answer, words: Words, paper: Paper) -> bytes | bytearray:
    """The data as one JSON value and a newline; bytes are the JSON text itself."""
    data = answer.data()
    return ended(data if isinstance(data, Ready) else encoded(data))


def write_lines(answer: Answer, words: Words, paper: Paper) -> bytes | bytearray:
    """One JSON object a line: the records, or the elements of the data, or the data itself."""
    records = answer.records() if answer.records is not None else elements(answer.data())
    if isinstance(records, Ready):
        return ended(records) if records else b""
    return b"".join(ended(encoded(record)) for record in records)


def elements(data: object) -> list[object]:
    """The elements of an array, or the one value that is not an array."""
    value = json.loads(data) if isinstance(data, Ready) else data
    return list(value) if isinstance(value, list | tuple) else [value]


def encoded(value: object) -> bytes:
    """The JSON text of plain values, as bytes."""
    # A lone surrogate (a file name that is not UTF-8) becomes \udcXX, which is its JSON escape.
    return json_text(value).encode("utf-8", "backslashreplace")


def ended(text: bytes | bytearray) -> bytes | bytearray:
    """The text with one newline at its end."""
    return text if text.endswith(b"\n") else text + b"\n"
