"""The guard: text that a spreadsheet would run as a formula, and how CSV keeps it from running."""

from __future__ import annotations

import re

# A CSV file whose header has this column was written by us: only there is a `'` taken off again.
MARKER = "#hazardctl-csv-1"

_RUNS = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠|%]")
FIRST = frozenset("'=+-@\t\r\n\0＝＋－＠|%")  # what such text can begin with


def guarded(cell: str) -> str:
    """The cell with a `'` in front if a spreadsheet would run it (or if it looks guarded)."""
    return f"'{cell}" if _RUNS.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if cell[:1] == "'" and _RUNS.match(cell) else cell
