"""How the register is shown: records in a list, one with all that is known of it, a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from hazardctl.domain.register import COUNTS, MONEY, Kind
from hazardctl.render import history
from hazardctl.render.cells import money
from hazardctl.render.hazards import worder
from hazardctl.render.sheet import Answer, Column, Sheet, coded
from hazardctl.render.sheet import Kind as Of
from hazardctl.text import Words

if TYPE_CHECKING:
    from hazardctl.domain.industry import Taxonomy

Record = Mapping[str, Any]

# The columns of a list for people, in the order of their importance.
LISTED: Mapping[str, tuple[str, ...]] = {
    "enterprise": (
        *("number", "name", "industry", "district", "jurisdiction", "principal", "phone"),
        *("credit_code", "retired_on", "aliases"),
    ),
    "campaign": (
        *("number", "name", "level", "starts_on", "ends_on", "industries", "parent", "round"),
        "doc_no",
    ),
    "inspection": (
        *("number", "inspected_on", "enterprise", "visits", "hazards_found", "kind", "team"),
        *("site", "industry", "district", "campaigns", "signature"),
    ),
    "penalty": (
        *("number", "decided_on", "enterprise", "amount_fen", "kinds", "decision_no", "person"),
        *("industry", "district", "legal_basis", "hazard"),
    ),
    "referral": (
        *("number", "state", "enterprise", "reported_on", "sent_on", "charge", "people"),
        *("police", "industry", "district", "penalty", "hazard"),
    ),
}
_KEPT = frozenset({"number", "name", "amount_fen"})


class Done(Protocol):
    """What was done to one record."""

    @property
    def kind(self) -> Kind:
        """Its kind."""

    @property
    def seen(self) -> Record:
        """The record after, as JSON."""

    @property
    def is_new(self) -> bool:
        """Whether it was entered."""


def many(kind: Kind, records: Sequence[Record], words: Words, taxonomy: Taxonomy) -> Answer:
    """A list of records."""
    return Answer(
        data=lambda: records,
        records=lambda: records,
        coded=lambda: coded(records, keys=kind.fields),
        sheets=lambda: [listed(kind, records, words, taxonomy)],
    )


def listed(kind: Kind, records: Sequence[Record], words: Words, taxonomy: Taxonomy) -> Sheet:
    """Records as a table."""
    say = _worder(kind, words, taxonomy)
    names = LISTED[kind.name]
    return Sheet(
        title="",
        columns=columns(names, words),
        rows=[[say(name, record[name]) for name in names] for record in records],
        notes=(words.say("labels", "count_of_records", count=len(records)),),
    )


def columns(names: Sequence[str], words: Words) -> tuple[Column, ...]:
    """The columns of fields, headed in the reader's language."""
    headings = words.catalog("labels")["fields"]
    return tuple(Column(name, headings[name], _of(name), kept=name in _KEPT) for name in names)


def _of(name: str) -> Of:
    if name in MONEY or name.endswith("_fen"):
        return Of.MONEY
    if name.endswith("_on"):
        return Of.DAY
    return Of.COUNT if name in COUNTS else Of.TEXT


def _worder(kind: Kind, words: Words, taxonomy: Taxonomy) -> Any:
    """How a field's value is said to a person."""
    say = worder(words, taxonomy)
    said = words.catalog("labels")["words"]

    def tell(name: str, value: Any) -> Any:
        if name == "industries":
            return say(name, [say("industry", slug) for slug in value])
        if name in kind.codes:
            several = value if isinstance(value, list) else [value] if value else []
            return say(name, [said[one] for one in several]) if several else None
        return say(name, value) if value not in ([], None) else None

    return tell


def one(kind: Kind, record: Record, words: Words, taxonomy: Taxonomy) -> Answer:
    """One record: what is known of it, and its history."""
    told = {name: value for name, value in record.items() if name != "events"}
    return Answer(
        data=lambda: record,
        records=lambda: [record],
        coded=lambda: coded([told]),
        sheets=lambda: _parts(kind, record, told, words, taxonomy),
    )


def _parts(
    kind: Kind, record: Record, told: Record, words: Words, taxonomy: Taxonomy
) -> Sequence[Sheet]:
    said = words.catalog("labels")
    say = _worder(kind, words, taxonomy)
    both = (
        Column("field", said["field"], kept=True),
        Column("value", said["value"], folded=True),
    )
    rows = [
        [said["fields"][name], money(value) if _of(name) is Of.MONEY else say(name, value)]
        for name, value in told.items()
        if value not in (None, [], "")
    ]
    events = history.answer(record["events"], words).sheets()
    return [Sheet(title=str(record["number"]), columns=both, rows=rows), *events]


def done(changes: Sequence[Done], words: Words, taxonomy: Taxonomy) -> Answer:
    """What was done; several records are a list, one is itself."""
    seen = [change.seen for change in changes]
    return Answer(
        data=lambda: seen if len(seen) != 1 else seen[0],
        records=lambda: seen,
        coded=lambda: coded(seen, keys=changes[0].kind.fields),
        text=lambda: "\n".join(_line(change, words, taxonomy) for change in changes),
    )


def _line(change: Done, words: Words, taxonomy: Taxonomy) -> str:
    """The one line after a change: the number, what it is, and what says which one."""
    say = _worder(change.kind, words, taxonomy)
    names = [name for name in LISTED[change.kind.name][1:6] if change.seen[name] not in (None, [])]
    headings = words.catalog("labels")["fields"]

    def told(name: str, value: Any) -> str:
        if _of(name) is Of.MONEY:
            return _money(value, words)
        return f"{headings[name]} {value}" if name in COUNTS else str(say(name, value))

    what = words.catalog("labels")["records"][change.kind.name]
    return "  ".join(
        [str(change.seen["number"]), what, *(told(name, change.seen[name]) for name in names)]
    )


def _money(fen: int, words: Words) -> str:
    return words.say("labels", "wan", figure=money(fen))
