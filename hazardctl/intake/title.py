"""What a title, a sheet's name or a file's name says of the year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date

from hazardctl.domain.deadline import read_day
from hazardctl.errors import UnreadDay

_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?=年|[^0-9]|[01][0-9](?:[0-3][0-9])?(?![0-9])|$)")
# A year that is not the table's: in the number of a paper, on the day when the form was filled in.
_BESIDE = re.compile(
    r"[〔\[【(]20[0-9]{2}[〕\]】)]|(?:填报|填表|制表|报送|上报|打印|印发)(?:日期|时间)?[:：].*"
)
_LATEST = re.compile(r"截[至止]到?[:：]?\s*((?:20[0-9]{2}[年./-])?[0-9]{1,2}[月./-][0-9]{1,2}日?)")


def year_of(titles: Sequence[str], *names: str) -> int | None:
    """The year that the titles name, else the first name to name one; None if there are two.

    The year of 截至 is the table's, whatever other years stand beside it.
    """
    if day := latest_of(titles, None):
        return day.year
    for text in ("\n".join(titles), *names):
        own = _BESIDE.sub("", unicodedata.normalize("NFKC", text))
        years = {int(year) for year in _YEAR.findall(own)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def latest_of(texts: Iterable[str], year: int | None) -> date | None:
    """The day up to which a title says the table goes: 截至2022年10月31日."""
    for text in texts:
        if found := _LATEST.search("".join(unicodedata.normalize("NFKC", text).split())):
            with suppress(UnreadDay):
                return read_day(found[1], year=year, typed=True)
    return None
