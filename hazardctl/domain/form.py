"""A workbook of somebody else's that is to be filled in: where its table is, and what it asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """The table of a form; rows and columns are counted from 1, as a spreadsheet counts them."""

    sheet: str
    heading_row: int  # the last, where there are two
    headings: Mapping[int, str]
    fields: Mapping[int, str]  # what its columns ask for, in the names of `data/headings.toml`
    unmapped: Sequence[str] = ()  # the headings that mean nothing here
    counts_days: bool = False  # the due day is asked for as a number of days: 整改期限(天)
    unit: int | None = None  # the fen that the funds are counted in, if a heading says so
    unused: Sequence[str] = ()  # headings that were given a meaning and are not there

    @property
    def is_chinese(self) -> bool:
        """Whether its headings are: then its answers are too."""
        return any("\u4e00" <= letter <= "\u9fff" for letter in "".join(self.headings.values()))
