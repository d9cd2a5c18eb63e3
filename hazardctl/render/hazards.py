"""How hazards are shown: many in a list, one with everything that is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hazardctl.domain.words import SHOWN
from hazardctl.render.cells import money
from hazardctl.render.sheet import Answer, Column, Kind, Sheet, coded
from hazardctl.text import Words

if TYPE_CHECKING:
    from hazardctl.domain.industry import Taxonomy

Record = Mapping[str, Any]
Cell = str | int | float | None
Fields = Mapping[str, Sequence[Any]]  # each with its value in every hazard

# The columns of a list for people, in the order of their importance.
LISTED = (
    "number",
    "state",
    "due_on",
    "days_overdue",
    "enterprise",
    "description",
    "severity",
    "industry",
    "location",
    "district",
    "found_on",
    "responsible_unit",
    "responsible_person",
    "case_leader",
    "closed_on",
)
_OF_A_CYCLE = (
    "cycle",
    "state",
    "due_on",
    "rectified_by",
    "verified_by",
    "closed_on",
    "closed_by",
)
_OF_A_FILE = ("name", "size", "attached_on", "attached_by", "sha256")
_PARTS = frozenset({"cycles", "evidence", "events"})
_KEPT = frozenset({"number", "state", "due_on"})
_WORDED = frozenset(
    {"state", "severity", "source", "due_kind", "lookback_result", "overdue", "reopened", "listing"}
    | {"previous_lookback_result"}
)


def many(
    *,
    printed: Callable[[str], bytearray],
    records: Callable[[], Sequence[Record]],
    fields: Callable[[Sequence[str]], Fields],
    words: Words,
    taxonomy: Callable[[], Taxonomy],
) -> Answer:
    """A list of hazards: for machines what is ready to be printed, for people some fields."""
    return Answer(
        data=lambda: printed("array"),
        records=lambda: printed("lines"),
        csv=lambda: printed("csv"),
        coded=lambda: coded(records(), keys=SHOWN),
        sheets=lambda: [_sheet(fields(LISTED), words, taxonomy())],
    )


def of_records(records: Sequence[Record], *, words: Words, taxonomy: Taxonomy) -> Answer:
    """The same list of hazards that are read already."""
    return Answer(
        data=lambda: records,
        records=lambda: records,
        coded=lambda: coded(records, keys=SHOWN),
        sheets=lambda: [listed(records, words, taxonomy)],
    )


def listed(records: Sequence[Record], words: Words, taxonomy: Taxonomy) -> Sheet:
    """The sheet of a list."""
    fields = {name: [record[name] for record in records] for name in LISTED}
    return _sheet(fields, words, taxonomy)


def _sheet(fields: Fields, words: Words, taxonomy: Taxonomy) -> Sheet:
    """The sheet of some fields; codes are put into words, each that differs once."""
    say = worder(words, taxonomy)

    def said(name: str, values: Sequence[Any]) -> Iterable[Cell]:
        if name not in _WORDED and name != "industry":
            return values
        known = {value: say(name, value) for value in set(values)}
        return map(known.__getitem__, values)

    rows = list(zip(*(said(name, values) for name, values in fields.items()), strict=True))
    return Sheet(
        title="",
        columns=columns(fields, words),
        rows=rows,
        notes=(words.say("labels", "count_of_hazards", count=len(rows)),),
    )


def columns(names: Iterable[str], words: Words) -> tuple[Column, ...]:
    """The columns of fields, headed in the reader's language."""
    headings = words.catalog("labels")["fields"]
    return tuple(Column(name, headings[name], _kind(name), kept=name in _KEPT) for name in names)


def _kind(name: str) -> Kind:
    if name.endswith("_on"):
        return Kind.DAY
    return Kind.COUNT if name in ("cycle", "extensions", "days_overdue", "size") else Kind.TEXT


def worder(words: Words, taxonomy: Taxonomy) -> Callable[[str, Any], Cell]:
    """How a field's value is said to a person."""
    said = words.catalog("labels")
    names = {one.slug: one.name if words.language == "zh" else one.english for one in taxonomy}

    def say(name: str, value: Any) -> Cell:
        if value is None or value == "":
            return None
        if name.endswith("_fen"):
            return money(value)
        if name == "industry":
            return names.get(str(value), str(value))
        if isinstance(value, bool):
            return str(said["yes"] if value else said["no"])
        if isinstance(value, (list, tuple)):
            return str(said["between"].join(map(str, value)))
        if name in _WORDED:
            return str(said["words"].get(value, value))
        number: int | float | None = value if isinstance(value, (int, float)) else None
        return str(value) if number is None else number

    return say


def one(record: Record, words: Words, taxonomy: Taxonomy) -> Answer:
    """One hazard: what it is and where it stands, its cycles, its evidence."""
    return Answer(
        data=lambda: record,
        sheets=lambda: list(_parts(record, words, taxonomy)),
        records=lambda: [record],
        coded=lambda: coded([{name: record[name] for name in record if name not in _PARTS}]),
    )


def _parts(record: Record, words: Words, taxonomy: Taxonomy) -> Iterator[Sheet]:
    said = words.catalog("labels")
    say = worder(words, taxonomy)
    fields = [
        [said["fields"][name], say(name, value)]
        for name, value in record.items()
        if name not in _PARTS and say(name, value) is not None
    ]
    both = (
        Column("field", said["field"], kept=True),
        Column("value", said["value"], folded=True),
    )
    yield Sheet(title=str(record["number"]), columns=both, rows=fields)
    if len(record["cycles"]) > 1:
        names = (
            "cycle",
            "state",
            "due_on",
            "rectified_by",
            "verified_by",
            "closed_on",
            "closed_by",
        )
        rows = [[say(name, cycle[name]) for name in names] for cycle in record["cycles"]]
        yield Sheet(title=said["cycles"], columns=columns(names, words), rows=rows)
    if record["evidence"]:
        rows = [[say(name, file[name]) for name in _OF_A_FILE] for file in record["evidence"]]
        yield Sheet(title=said["evidence"], columns=columns(_OF_A_FILE, words), rows=rows)
