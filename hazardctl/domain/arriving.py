"""A record of the register as a row of a file states it: not yet numbered, nor linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Column = tuple[str | None, int | None]  # the sender's heading, and which column it is over


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a row says of a record, with the raw row beside it."""

    sheet: str | None
    row: int  # as the spreadsheet counts it; in CSV the line where the row begins
    said: Mapping[str, object]  # by the names of the fields; what it leaves open is not there
    raw: Mapping[str, str]  # the sender's headings and cells, as they were written
    columns: Mapping[str, Column]  # in which column each field stands
