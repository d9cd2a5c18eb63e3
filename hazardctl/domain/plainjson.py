"""JSON in which nothing acts on a terminal: what cannot be seen is escaped, the same when read."""

from __future__ import annotations

import json
import re

# Deleted, C1, zero-width, line-separating and direction-turning characters.
_ACTS = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def json_text(value: object) -> str:
    """The JSON text of plain values."""
    text = _encode(value)
    return text if text.isprintable() else _ACTS.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    """The character as JSON spells it in ASCII."""
    return json.dumps(found.group())[1:-1]
