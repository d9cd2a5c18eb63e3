"""The proof of the register: its rows are what its events make of them, and no others are there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from hazardctl.domain.entering import names_of
from hazardctl.domain.finding import Finding
from hazardctl.domain.register import KINDS, Kind
from hazardctl.store import registered, rows
from hazardctl.store.conditions import Ask
from hazardctl.store.lookups import DRAWN, LEDGER
from hazardctl.store.replay import ODD

AT_ONCE = 500  # records that are replayed together


def register(ask: Ask) -> Iterator[Finding]:
    """Records whose rows are not what their events make of them."""
    for kind in KINDS.values():
        idents = [ident for (ident,) in ask(f"SELECT id FROM {kind.name} ORDER BY id", ())]
        names: set[tuple[str, int]] = set()
        for start in range(0, len(idents), AT_ONCE):
            yield from _compared(ask, kind, idents[start : start + AT_ONCE], names)
        if not registered.has_likeness(kind):
            yield from _names(ask, kind, names)
    yield from _draws(ask)


def _compared(
    ask: Ask, kind: Kind, idents: Sequence[int], names: set[tuple[str, int]]
) -> Iterator[Finding]:
    columns = ("id", *kind.fields, *(("likeness",) if registered.has_likeness(kind) else ()))
    some = ", ".join("?" * len(idents))
    stored = {
        row[1]: dict(zip(columns, row, strict=True))
        for row in ask(f"SELECT {', '.join(columns)} FROM {kind.name} WHERE id IN ({some})", idents)
    }
    sql = (
        f"SELECT {kind.name}.number, seq, subject_seq, body FROM {kind.name}"
        f" JOIN event ON subject = {kind.name}.number WHERE {kind.name}.id IN ({some})"
        f" ORDER BY {kind.name}.id, subject_seq"
    )
    told: set[str] = set()
    for number, written in groupby(ask(sql, idents), key=itemgetter(0)):
        told.add(number)
        _, seqs, places, bodies = zip(*written, strict=True)
        last = seqs[-1]
        try:
            if places != tuple(range(1, len(places) + 1)):
                raise ValueError(places)
            right = registered.row_told(kind, number, bodies)
        except ODD:
            yield Finding("event-unfollowable", number, last)
            continue
        if not registered.has_likeness(kind):
            names.update(
                (name, right["id"]) for name in names_of(kind, registered.shown(kind, right))
            )
        row = stored[number]
        if row != right:
            differing = [name for name in row if row[name] != right[name]]
            facts = {"table": kind.name, "columns": differing}
            yield Finding("row-differs", number, last, facts)
    for number in sorted(stored.keys() - told):
        facts = {"table": kind.name, "id": stored[number]["id"]}
        yield Finding("row-without-event", None, None, facts)


def _names(ask: Ask, kind: Kind, told: set[tuple[str, int]]) -> Iterator[Finding]:
    stored = set(ask("SELECT name, id FROM named WHERE kind = ?", (kind.name,)))
    for _, ident in sorted(told - stored):
        yield Finding("row-missing", None, None, {"table": "named", "id": ident})
    for _, ident in sorted(stored - told):
        yield Finding("row-without-event", None, None, {"table": "named", "id": ident})


def _draws(ask: Ask) -> Iterator[Finding]:
    told = set()
    sql = "SELECT seq, body FROM event WHERE subject = ? AND kind = ? ORDER BY seq"
    for seq, body in ask(sql, (LEDGER, DRAWN)):
        read = json.loads(body)
        told |= {(rows.hazard_id(one), seq, read["on"]) for one in read["facts"]["numbers"]}
    stored = set(ask("SELECT id, seq, drawn_on FROM drawn", ()))
    for _, seq, _ in sorted(told - stored):
        yield Finding("row-missing", None, seq, {"table": "drawn"})
    for ident, _, _ in sorted(stored - told):
        yield Finding("row-without-event", None, None, {"table": "drawn", "id": ident})
