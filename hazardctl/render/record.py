"""JSON, whole or one object a line: always valid UTF-8, and nothing in it acts on a terminal."""

from __future__ import annotations

import json
import re

from hazardctl.render.sheet import Answer
from hazardctl.render.writing import Paper
from hazardctl.text import Words

# Deleted, C1, zero-width, line-separating and direction-turning characters: same text, escaped.
_ACTS = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def write(answer: Answer, words: Words, paper: Paper) -> bytes:
    """The data as one JSON value and a newline; bytes are the JSON text itself."""
    data = answer.data()
    return ended(data if isinstance(data, bytes) else encoded(data))


def write_lines(answer: Answer, words: Words, paper: Paper) -> bytes:
    """One JSON object a line: the records, or the elements of the data, or the data itself."""
    records = answer.records() if answer.records is not None else elements(answer.data())
    if isinstance(records, bytes):
        return ended(records) if records else b""
    return b"".join(ended(encoded(record)) for record in records)


def elements(data: object) -> list[object]:
    """The elements of an array, or the one value that is not an array."""
    value = json.loads(data) if isinstance(data, bytes) else data
    return list(value) if isinstance(value, list | tuple) else [value]


def encoded(value: object) -> bytes:
    """The JSON text of plain values."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # A lone surrogate (a file name that is not UTF-8) becomes \udcXX, which is its JSON escape.
    return _ACTS.sub(escaped, text).encode("utf-8", "backslashreplace")


def escaped(found: re.Match[str]) -> str:
    """The character as JSON spells it in ASCII."""
    return json.dumps(found.group())[1:-1]


def ended(text: bytes) -> bytes:
    """The text with one newline at its end."""
    return text if text.endswith(b"\n") else text + b"\n"
