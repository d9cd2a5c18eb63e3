"""Questions that a file of records asks of the ledger, for many rows at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from hazardctl.domain.register import Kind, kind_of
from hazardctl.store import register, registered, rows
from hazardctl.store.conditions import Ask
from hazardctl.store.lookups import Done
from hazardctl.store.registered import Row

AT_ONCE = 500  # values that are asked for in one question


class Place(NamedTuple):
    """A hazard or a penalty that a record may be about, and whose it is."""

    number: str
    enterprise: str | None


def records(ask: Ask, kind: Kind, column: str, values: Collection[object]) -> list[Row]:
    """The records with one of these values in a column, each as it is printed in JSON.

    Beside their fields they have their `id`, and their `likeness` if they have one.
    """
    beside = ("id", "likeness") if registered.has_likeness(kind) else ("id",)
    columns = (*kind.fields, *beside)
    found: list[Row] = []
    for some in _some(values):
        marks = ", ".join("?" * len(some))
        sql = f"SELECT {', '.join(columns)} FROM {kind.name} WHERE {column} IN ({marks})"
        for values_of in ask(sql, some):
            row = dict(zip(columns, values_of, strict=True))
            found.append({**registered.shown(kind, row), **{name: row[name] for name in beside}})
    return found


def named(ask: Ask, kind: str, names: Collection[str]) -> dict[str, int]:
    """The ids of the records that bear one of these names, as names are compared."""
    found: dict[str, int] = {}
    for some in _some(names):
        marks = ", ".join("?" * len(some))
        sql = f"SELECT name, id FROM named WHERE kind = ? AND name IN ({marks})"
        found |= dict(ask(sql, (kind, *some)))
    return found


def hazards(ask: Ask, texts: Collection[str]) -> dict[str, list[Place]]:
    """The hazards that have one of these texts as their number, else as their sender's code."""
    found: dict[str, list[Place]] = {}
    idents = {rows.hazard_id(text): text for text in texts if rows.prefix_of(text)}
    for some in _some(idents):
        marks = ", ".join("?" * len(some))
        for _, *told in ask(f"SELECT NULL, {_PLACE} FROM hazard WHERE id IN ({marks})", some):
            found.setdefault(str(told[0]), []).append(Place(*told))
    found = {text: found[text] for text in texts if text in found}
    for some in _some([text for text in texts if text not in found]):
        marks = ", ".join("?" * len(some))
        sql = f"SELECT external_code, {_PLACE} FROM hazard WHERE external_code IN ({marks})"
        for text, *told in ask(f"{sql} ORDER BY id", some):
            found.setdefault(text, []).append(Place(*told))
    return found


_PLACE = "number, enterprise"


def decisions(ask: Ask) -> list[tuple[str | None, Place]]:
    """The decision number of every penalty that a referral may follow."""
    sql = "SELECT decision_no, number, enterprise FROM penalty"
    return [(number, Place(*told)) for number, *told in ask(f"{sql} ORDER BY id", ())]


def came_along(ask: Ask, numbers: Collection[str]) -> set[str]:
    """Which of these enterprises were registered only because something named them."""
    found: set[str] = set()
    for some in _some(numbers):
        marks = ", ".join("?" * len(some))
        sql = f"SELECT subject, body FROM event WHERE subject_seq = 1 AND subject IN ({marks})"
        found |= {
            subject
            for subject, body in ask(sql, some)
            if '"named_in"' in body and "named_in" in json.loads(body).get("facts", {})
        }
    return found


def written(ask: Ask, done: Done) -> tuple[frozenset[str], frozenset[str]]:
    """What a request entered, and what else it wrote of."""
    sql = "SELECT subject, min(subject_seq) FROM event WHERE seq BETWEEN ? AND ? GROUP BY subject"
    told = ask(sql, (done.first, done.last))
    entered = frozenset(subject for subject, place in told if place == 1)
    return entered, frozenset(subject for subject, _ in told) - entered


def before(ask: Ask, kind: Kind, numbers: Collection[str], done: Done) -> dict[str, Row]:
    """These records as they were before a request wrote of them, as they are printed in JSON."""
    made = (
        register.made(ask, kind, one, last=done.first - 1)
        for one in numbers
        if kind_of(one) is kind
    )
    rows_of = (registered.to_row(kind, record) for record in made)
    return {row["number"]: registered.shown(kind, row) for row in rows_of}


def _some(values: Collection[Any]) -> list[Sequence[Any]]:
    """The values, each once, some at a time."""
    each = list(dict.fromkeys(values))
    return [each[at : at + AT_ONCE] for at in range(0, len(each), AT_ONCE)]
