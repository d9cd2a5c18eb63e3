"""Questions about the files that are attached to hazards, in plain SQL."""

from __future__ import annotations

from hazardctl.store.cards import Record
from hazardctl.store.conditions import Ask
from hazardctl.store.evidence import File

_FILE = ("number", "sha256", "name", "size", "kind", "attached_on", "attached_by")
_FILES = f"SELECT {', '.join(_FILE)} FROM evidence JOIN hazard ON hazard.id = evidence.id"
_IN_ORDER = "ORDER BY evidence.id, place"


def every(ask: Ask) -> list[Record]:
    """The files of the whole ledger, in the order of the hazards' numbers."""
    return _named(ask(f"{_FILES} {_IN_ORDER}", ()))


def of_hazard(ask: Ask, ident: int) -> list[Record]:
    """The files of one hazard, in the order in which they were attached."""
    return _named(ask(f"{_FILES} WHERE evidence.id = ? {_IN_ORDER}", (ident,)))


def of_digest(ask: Ask, digits: str) -> list[Record]:
    """The files whose hash begins with these hex digits, in lower case."""
    sql = f"{_FILES} WHERE sha256 >= ? AND sha256 < ? {_IN_ORDER}"
    return _named(ask(sql, (digits, f"{digits}g")))  # no hex digit comes after `g`


def file(record: Record) -> File:
    """A record as the store knows it."""
    return File(record["number"], record["sha256"], record["name"], record["size"])


def _named(rows: list[tuple[object, ...]]) -> list[Record]:
    return [dict(zip(_FILE, row, strict=True)) for row in rows]
