"""Questions about the register, in plain SQL, answered with plain values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from hazardctl.domain.asking import NAMED, Asked
from hazardctl.domain.names import sameness
from hazardctl.domain.register import LISTS, Kind, Record, numbered
from hazardctl.errors import AmbiguousNumber, UnknownRecord
from hazardctl.store import registered
from hazardctl.store.conditions import ALL, IS_OPEN, Ask, like, meant

_NUMBER = re.compile(r"(?:[^\s]*-)?(?P<letters>[A-Za-z]{2})?-?(?P<sequence>\d{1,7})")
_MEANT = {"enterprise": "enterprise", "campaigns": "campaign"}  # whose names the register knows


def found(ask: Ask, kind: Kind, text: str, *, prefix: str) -> int:
    """The id of the record that a number, an ending of one, or a name means.

    Raises UnknownRecord, AmbiguousNumber.
    """
    read = _NUMBER.fullmatch(text.strip())
    if read and (read["letters"] or kind.letters).upper() == kind.letters:
        ident = int(read["sequence"])
        number = numbered(kind, prefix, ident)
        ends = number.casefold().endswith(text.strip().casefold()) or text.strip().isdigit()
        if ends and ask(f"SELECT 1 FROM {kind.name} WHERE id = ?", (ident,)):
            return ident
    named = ask(
        "SELECT DISTINCT id FROM named WHERE kind = ? AND name = ?", (kind.name, sameness(text))
    )
    if not named:
        raise UnknownRecord(what=kind.name, number=text)
    if len(named) > 1:
        fits = [numbered(kind, prefix, ident) for (ident,) in named]
        raise AmbiguousNumber(number=text, fits=fits)
    return int(named[0][0])


def record(ask: Ask, kind: Kind, ident: int) -> Record:
    """The record of an id."""
    (row,) = ask(f"SELECT {', '.join(kind.fields)} FROM {kind.name} WHERE id = ?", (ident,))
    return registered.from_row(kind, dict(zip(kind.fields, row, strict=True)))


def made(ask: Ask, kind: Kind, number: str, *, last: int) -> Record:
    """The record as it was made by its events up to one of the ledger's."""
    sql = "SELECT kind, actor, body FROM event WHERE subject = ? AND seq <= ? ORDER BY subject_seq"
    events = (
        registered.event_from(kind, what=what, actor=actor, body=body)
        for what, actor, body in ask(sql, (number, last))
    )
    return registered.folded(kind, number, events)


def listing(
    ask: Ask, kind: Kind, asked: Asked, *, limit: int | None = None
) -> list[dict[str, Any]]:
    """The records that are asked for, in the order of their numbers."""
    condition, values = where(ask, kind, asked)
    last = f"LIMIT {int(limit)}" if limit is not None else ""
    columns = ", ".join(kind.fields)
    sql = f"SELECT {columns} FROM {kind.name} WHERE {condition} ORDER BY id {last}"
    return [
        registered.shown(kind, dict(zip(kind.fields, row, strict=True))) for row in ask(sql, values)
    ]


def alike(ask: Ask, kind: Kind, record: Record) -> str | None:
    """The number of another record that says the same."""
    row = registered.to_row(kind, record)
    sql = f"SELECT number FROM {kind.name} WHERE likeness = ? AND id <> ? ORDER BY id LIMIT 1"
    found = ask(sql, (row["likeness"], row["id"]))
    return str(found[0][0]) if found else None


def about(ask: Ask, kind: Kind, name: str) -> dict[str, Any]:
    """What the ledger knows of an enterprise or a campaign: its hazards, what was done of them."""
    column = "enterprise" if kind.name == "enterprise" else "campaigns"
    keys = meant(ask, kind.name, [name])
    told: dict[str, Any] = {}
    for what, of in _ABOUT.items():
        sql = f"SELECT DISTINCT {column} FROM {of.table} WHERE {column} IS NOT NULL"
        spelled = [
            text
            for (text,) in ask(sql, ())
            if keys.intersection(map(sameness, _parts(column, text)))
        ]
        some = ", ".join("?" * len(spelled))
        question = f"SELECT {of.counted} FROM {of.table} WHERE {column} IN ({some})"
        told[what] = ask(question, spelled)[0][0] or 0
    return told


class _Count(NamedTuple):
    table: str
    counted: str


_ABOUT = {
    "hazards": _Count("hazard", "count(*)"),
    "open": _Count("hazard", f"count(*) FILTER (WHERE {IS_OPEN})"),
    "visits": _Count("inspection", "sum(visits)"),
    "penalties": _Count("penalty", "count(*)"),
    "fines_fen": _Count("penalty", "sum(amount_fen)"),
    "referrals": _Count("referral", "count(*)"),
}


def where(ask: Ask, kind: Kind, asked: Asked) -> tuple[str, list[object]]:
    """The condition of what is asked, and its values."""
    parts: list[str] = []
    values: list[object] = []
    for name, wanted in asked.values.items():
        several = _several(ask, kind, name, wanted)
        parts.append(f"{name} IN ({', '.join('?' * len(several))})")
        values += several
    if asked.since:
        parts.append(f"{kind.day} >= ?")
        values.append(asked.since.isoformat())
    if asked.until:
        parts.append(f"{kind.day} <= ?")
        values.append(asked.until.isoformat())
    if asked.retired:
        parts.append("retired_on IS NOT NULL")
    if asked.text:
        texts = [name for name in kind.fields if name not in kind.codes and _is_text(name)]
        looked = [f"{name} LIKE ? ESCAPE '!'" for name in texts]
        parts.append(f"({' OR '.join(looked * len(asked.text))})")
        values += [like(text) for text in asked.text for _ in texts]
    return " AND ".join(parts) or ALL, values


def _several(ask: Ask, kind: Kind, name: str, wanted: Sequence[str]) -> list[str]:
    """What stands in a column that means one of the wanted values."""
    if name not in NAMED and name not in LISTS:
        return list(wanted)
    keys = set(wanted)
    if name in NAMED:
        keys = meant(ask, _MEANT.get(name, name), wanted)
    stored = ask(f"SELECT DISTINCT {name} FROM {kind.name} WHERE {name} IS NOT NULL", ())
    return [text for (text,) in stored if keys.intersection(map(_key(name), _parts(name, text)))]


def _parts(name: str, text: str) -> list[str]:
    return text.split("\n") if name in LISTS else [text]


def _key(name: str) -> Any:
    return sameness if name in NAMED else str


def _is_text(name: str) -> bool:
    is_other = name.endswith("_on") or name in ("visits", "members", "people", "round", "on_spot")
    return not (is_other or name in ("amount_fen", "hazards_found"))
