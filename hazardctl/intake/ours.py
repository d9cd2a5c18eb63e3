"""A table that a ledger handed out: every field is read as it stands there, and none is derived."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from hazardctl.domain.deadline import Due, read_day
from hazardctl.domain.door import admitted
from hazardctl.domain.guard import MARKER
from hazardctl.domain.hazard import PREVIOUS, Draft, as_changes
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.layout import CODES, COUNTS, FLAGS, LAYOUT, LISTS, MONEY, NEEDED, is_day
from hazardctl.domain.names import people
from hazardctl.domain.words import OPEN, UNRECTIFIED, State
from hazardctl.errors import NotText, UnreadDay
from hazardctl.intake.columns import Columns
from hazardctl.intake.fields import fen
from hazardctl.intake.order import impossible
from hazardctl.intake.problems import Fault, Problem
from hazardctl.intake.row import Outcome
from hazardctl.intake.values import LARGEST, Cell, shown
from hazardctl.intake.words import stated

# under which other name the words of a field stand
_KINDS = {
    "lookback_result": "lookback",
    "previous_lookback_result": "lookback",
    "listing": "level",
}
_NUMBER = re.compile(r".+-[0-9]{4}-[0-9]{5,7}")
_COUNT = re.compile("[0-9]{1,4}")
_LEAST, _MOST = {"cycle": 1}, {"percent": 100}
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COMING = frozenset({"due_on", "original_due_on", "pending_due_on"})  # days that may lie ahead
# What no open hazard in these states holds: whoever changes a state changes these with it.
_NOT_YET: Mapping[str, Sequence[State]] = {
    "rectified_on": UNRECTIFIED,
    "verified_on": (*UNRECTIFIED, State.SUBMITTED),
    "closed_on": OPEN,
}


def places(columns: Columns) -> dict[str, int]:
    """Which column states which field, those among them that other tables only keep raw."""
    found = {name: index for index, name in sorted(columns.raw.items(), reverse=True)}
    if columns.states:
        found["state"] = columns.states[0]
    return {**found, **columns.fields}


def is_ours(headings: Sequence[str], columns: Columns, format: str) -> bool:
    """Whether a ledger handed this table out, and it is whole: else it is read as any other."""
    is_marked = MARKER in headings if format != "jsonl" else set(LAYOUT) <= set(headings)
    return is_marked and places(columns).keys() >= set(NEEDED)


class OurRows:
    """Reads the rows of one table of ours, each for itself."""

    def __init__(
        self,
        columns: Columns,
        *,
        file: str,
        sheet: str | None,
        today: date,
        taxonomy: Taxonomy,
        bad_cells: Mapping[int, Mapping[int, str]],
        outcome: Outcome,
    ) -> None:
        self._file, self._sheet, self._today = file, sheet, today
        self._taxonomy, self._bad_cells, self._outcome = taxonomy, bad_cells, outcome
        self._labels = columns.labels
        placed = places(columns)
        self._places = {name: placed[name] for name in LAYOUT if name in placed}
        self._told = columns.told
        self._units = {name: columns.unit(name) for name in MONEY}
        self._row = 0
        self._faults: list[Problem] = []

    def read(self, row: int, cells: Sequence[Cell], texts: Sequence[str]) -> Sequence[Draft]:
        """The draft of one row; none if it has faults, which are noted."""
        self._row, self._faults = row, []
        self._outcome.rows += 1
        for index, text in self._bad_cells.get(row, {}).items():
            if index in self._places.values():
                self._blame(index, "error-cell" if text else "formula-without-value", text)
        values = dict(self._values(cells, texts))
        if not self._faults:
            self._order(values, texts)
        if self._faults:
            self._outcome.rejected += 1
            self._outcome.problems += self._faults
            return ()
        raw = {label: texts[at] for at, label in self._told if texts[at]}
        previous: dict[str, Any] = {name: values.pop(name, None) for name in PREVIOUS}
        number, changes = str(values.pop("number", "")), as_changes({"imported": True, **values})
        return (Draft(self._sheet, row, changes, raw, number, **previous),)

    def _values(self, cells: Sequence[Cell], texts: Sequence[str]) -> Iterator[tuple[str, object]]:
        """The fields that hold something, each as its cell says it."""
        for name, index in self._places.items():
            text = texts[index]
            if not text.strip():  # no field of a ledger is made of nothing but space
                if name in NEEDED and name != "number":  # a row that was added has none yet
                    self._blame(index, _MISSING.get(name, "missing-value"), "")
                continue
            found = self._read(name, cells[index], text)
            if isinstance(found, Fault):
                self._blame(index, found.code, text[:60], **found.facts)
            else:
                yield name, found

    def _read(self, name: str, cell: Cell, text: str) -> object:
        """What a cell says of a field, or the fault for which it cannot be told."""
        if type(cell) is float and cell >= LARGEST:
            return Fault("long-number")
        try:  # of several values each entered by itself
            parts = text.split("\n") if name in LISTS else (text,)
            text = "\n".join(map(admitted, parts))
        except NotText as refused:
            return Fault(str(refused.facts["reason"]), {"at": refused.facts["at"]})
        if is_day(name):
            return date.fromordinal(cell) if type(cell) is int else _day(text)
        if name in CODES:
            return _word(name, text)
        if name == "industry":
            industry = self._taxonomy.find(text)
            return industry.slug if industry else Fault("unknown-word")
        if name in COUNTS:
            is_one = _COUNT.fullmatch(text) and int(text) <= _MOST.get(name, 9999)
            is_one = is_one and int(text) >= _LEAST.get(name, 0)
            return int(text) if is_one else Fault("not-a-count")
        if name in MONEY:
            return fen(text, self._units[name])
        if name in FLAGS:
            answer = stated("closed", text)
            return Fault("unknown-answer") if answer is None else answer == "yes"
        if name == "number":
            return text if _NUMBER.fullmatch(text) else Fault("not-a-ledger-number")
        if name == "campaigns":
            return tuple(filter(None, text.split("\n")))
        return _people(text) if name == "verified_by" else text

    def _order(self, values: Mapping[str, object], texts: Sequence[str]) -> None:
        """Note what cannot be so together: days in no order, days to come, days of later steps."""
        days = {name: day for name, day in values.items() if isinstance(day, date)}
        begun = "reopened_on" if values.get("cycle", 1) != 1 else "found_on"
        if begun not in days:
            self._blame(self._places.get(begun), "missing-reopened-on", "")
            return
        due = Due(days.get("due_on"), None, "")
        for name, code, facts in impossible(days, due, days["found_on"]):
            self._blame(self._places[name], code, texts[self._places[name]], **facts)
        for name, day in days.items():
            index = self._places[name]
            if day > self._today and name not in _COMING:
                facts = {"day": day.isoformat(), "today": self._today.isoformat()}
                self._blame(index, "in-the-future", texts[index], **facts)
            if values["state"] in _NOT_YET.get(name, ()):
                at = self._places["state"]
                told = {"other_column": self._labels[index], "other_found": texts[index]}
                self._blame(at, "contradictory-state", texts[at], **told)

    def _blame(self, index: int | None, code: str, found: str, **facts: object) -> None:
        label = None if index is None else self._labels[index]
        problem = Problem(self._file, self._sheet, self._row, label, code, found, facts, index)
        self._faults.append(problem)


_MISSING = {
    "description": "missing-description",
    "enterprise": "missing-enterprise",
    "found_on": "missing-found-on",
}


@lru_cache(maxsize=65536)
def _day(text: str) -> date | Fault:
    """The day that a text names, whole: nothing supplies a year."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        return read_day(text, typed=True)
    except ValueError:
        return Fault("no-such-day")
    except UnreadDay as refused:
        return Fault(str(refused.facts["reason"]))


def _people(text: str) -> tuple[str, ...]:
    """The people of a cell, each on a line; somebody may have written several into one since."""
    lines = filter(None, text.split("\n"))
    return tuple(
        chain.from_iterable(named if len(named := people(line)) > 1 else (line,) for line in lines)
    )


@lru_cache(maxsize=4096)
def _word(name: str, text: str) -> object:
    """The word of the program that a cell says, as its code or in either language."""
    for said in (text, stated(_KINDS.get(name, name), text)):
        if said in {str(word) for word in CODES[name]}:
            return CODES[name](said)
    return Fault("unknown-word")


def filled(
    rows: Iterator[tuple[int, list[Cell]]], told_in: int | None
) -> Iterator[tuple[int, list[Cell], list[str]]]:
    """The rows that hold anything but the faults `told_in` a column, and the texts of their cells.

    Nothing else is looked for: a hazard may be described in words that elsewhere end a table.
    """
    for row, cells in rows:
        texts = [cell if type(cell) is str else shown(cell) for cell in cells]
        if told_in is not None and told_in < len(texts):
            texts[told_in] = ""
        if any(text.strip() for text in texts):
            yield row, cells, texts
