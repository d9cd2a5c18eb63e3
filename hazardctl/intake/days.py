"""The day cells of one sheet: read once for each text, faults and all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hazardctl.data.calendar import is_known, workday
from hazardctl.domain.deadline import Due, read_day, read_due
from hazardctl.domain.words import DueKind
from hazardctl.errors import UnreadDay
from hazardctl.intake.problems import Fault, Notices
from hazardctl.intake.values import Cell, shown

YEARS = 10  # a day typed as a number lies within so many years of today, or it is none

_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet that counts from 1900
_COUNT = re.compile("[0-9０-９]{1,3}")
_TWO_DIGITS = re.compile(r"[0-9]{2}[年./-][0-9]{1,2}[月./-][0-9]{1,2}[日号]?(?:[之以]?前|止)?")
_FOUR_DIGITS = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class _Noted:
    """A cell that was read, and what to say of it each time."""

    value: date | Due
    notes: tuple[tuple[str, Mapping[str, object]], ...]


class Days:
    """What the day cells of a sheet mean: with its year, its last day, and its way of counting.

    `years` is how far from today a day that was typed as a number may lie.
    """

    def __init__(
        self,
        today: date,
        *,
        year: int | None,
        latest: date | None,
        is_typed: bool,
        is_1904: bool,
        counts_days: bool,
        notices: Notices,
        years: int = YEARS,
    ) -> None:
        self._today, self._year, self._latest = today, year, latest
        self._is_typed, self._is_1904, self._counts_days = is_typed, is_1904, counts_days
        self._notices, self._years = notices, years
        self._days: dict[str | float, date | Fault | _Noted] = {}
        self._due_days: dict[str | float, Due | None] = {}
        self._dues: dict[tuple[str | float, date], Due | Fault | _Noted] = {}

    def day(self, cell: Cell, row: int) -> date | Fault:
        """The day that a cell states."""
        if type(cell) is int:
            return self._near(date.fromordinal(cell))
        found = self._days.get(cell)
        if found is None:
            found = self._days[cell] = self._read_day(cell)
        if type(found) is _Noted:
            return self._tell(found, row)  # type: ignore[return-value]  # each cache has its own kind
        return found  # type: ignore[return-value]  # each cache has its own kind

    def due(self, cell: Cell, row: int, from_on: date) -> Due | Fault:
        """What a due cell orders, counted from a day."""
        if type(cell) is int:
            near = self._near(date.fromordinal(cell))
            return near if isinstance(near, Fault) else _day_due(near)
        if cell not in self._due_days:
            self._due_days[cell] = self._whole_day(cell)
        if whole := self._due_days[cell]:
            return whole
        found = self._dues.get((cell, from_on))
        if found is None:
            found = self._dues[cell, from_on] = self._read_due(cell, from_on)
        if type(found) is _Noted:
            return self._tell(found, row)  # type: ignore[return-value]  # each cache has its own kind
        return found  # type: ignore[return-value]  # each cache has its own kind

    def _tell(self, noted: _Noted, row: int) -> date | Due:
        for code, facts in noted.notes:
            self._notices.add(code, row, **facts)
        return noted.value

    def _near(self, day: date) -> date | Fault:
        if abs(day.year - self._today.year) <= self._years:
            return day
        return Fault("far-day", {"day": day.isoformat(), "years": self._years})

    def _read_day(self, cell: Cell) -> date | Fault | _Noted:
        text = shown(cell)
        try:
            if isinstance(cell, float) and (serial := self._serial(cell)):
                return self._near(serial)
            try:
                day = read_day(text, typed=self._is_text(cell))
            except UnreadDay as refused:
                if refused.facts["reason"] != "no-year" or not self._year:
                    raise
                day = read_day(
                    text, year=self._year, latest=self._latest, typed=self._is_text(cell)
                )
                return _Noted(day, (("year-supplied", {"year": self._year}),))
        except UnreadDay as refused:
            return Fault(str(refused.facts["reason"]))
        if not _FOUR_DIGITS.search(unicodedata.normalize("NFKC", text)):
            return _Noted(day, (("two-digit-year", {"found": text}),))
        return day

    def _whole_day(self, cell: Cell) -> Due | None:
        """The due day of a cell that is a day and nothing else, whenever it was found."""
        text = shown(cell)
        if not isinstance(cell, str) or not _FOUR_DIGITS.match(text):
            return None
        try:
            return Due(read_day(text, typed=self._is_typed), DueKind.DATE, text)
        except UnreadDay:
            return None

    def _read_due(self, cell: Cell, from_on: date) -> Due | Fault | _Noted:
        text = shown(cell)
        notes: list[tuple[str, Mapping[str, object]]] = []
        try:
            is_count = self._counts_days and _COUNT.fullmatch(text)
            if isinstance(cell, float) and not is_count and (serial := self._serial(cell)):
                near = self._near(serial)
                return near if isinstance(near, Fault) else _day_due(near)
            spoken = f"{text}天" if is_count else text
            try:
                due = self._due(spoken, cell, from_on, None)
            except UnreadDay as refused:
                if refused.facts["reason"] != "no-year" or not self._year:
                    raise
                due = self._due(spoken, cell, from_on, self._year)
                notes.append(("year-supplied", {"year": self._year}))
        except UnreadDay as refused:
            return Fault(str(refused.facts["reason"]))
        if "工作日" in text and due.on and not is_known(due.on.year):
            notes.append(("unpublished-holidays", {"year": due.on.year}))
        if _TWO_DIGITS.fullmatch(unicodedata.normalize("NFKC", text)):
            notes.append(("two-digit-year", {"found": text}))
        if due.on is None and due.kind is None and len(text) > 1:
            notes.append(("due-names-no-day", {"found": text}))
        due = Due(due.on, due.kind, text)
        return _Noted(due, tuple(notes)) if notes else due

    def _due(self, text: str, cell: Cell, from_on: date, year: int | None) -> Due:
        return read_due(
            text,
            from_on=from_on,
            workday=workday,
            year=year,
            latest=self._latest,
            needs_year=True,
            typed=self._is_text(cell),
        )

    def _is_text(self, cell: Cell) -> bool:
        return self._is_typed and isinstance(cell, str)

    def _serial(self, number: float) -> date | None:
        """The day that a spreadsheet counts as this number, if it can be one."""
        if not 1_000 < number < 100_000 or self._is_1904:
            return None
        if not number.is_integer() and number < 10_000:  # 2022.1 is no time of a day in 1905
            return None
        return _EPOCH + timedelta(days=int(number))


def _day_due(day: date) -> Due:
    return Due(day, DueKind.DATE, day.isoformat())
