"""What a title, a sheet's name or a file's name says of the year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from hazardctl.domain.deadline import read_day
from hazardctl.errors import UnreadDay

_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?=年|[^0-9]|[01][0-9](?:[0-3][0-9])?(?![0-9])|$)")
_LATEST = re.compile(r"截[至止]到?[:：]?\s*((?:20[0-9]{2}[年./-])?[0-9]{1,2}[月./-][0-9]{1,2}日?)")


def year_of(texts: Iterable[str]) -> int | None:
    """The one year that the first text to name a year names; None if it names two."""
    for text in texts:
        years = {int(year) for year in _YEAR.findall(unicodedata.normalize("NFKC", text))}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def latest_of(texts: Iterable[str], year: int | None) -> date | None:
    """The day up to which a title says the table goes: 截至2022年10月31日."""
    for text in texts:
        if found := _LATEST.search("".join(unicodedata.normalize("NFKC", text).split())):
            try:
                return read_day(found[1], year=year, typed=True)
            except UnreadDay:
                return None
    return None
