"""What a writer looks up first: the ledger's settings, its last event, the hazard as it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from hazardctl.domain.hazard import Event, Hazard, Request
from hazardctl.domain.lifecycle import apply, born
from hazardctl.domain.names import sameness
from hazardctl.domain.register import ENTERPRISE
from hazardctl.errors import RequestReused
from hazardctl.store import chain as chained
from hazardctl.store.cards import SEQUENCES
from hazardctl.store.conditions import Ask
from hazardctl.store.rows import FIELDS, event_from, from_row, likeness_told

LEDGER = "ledger"  # the subject of events that are about no single hazard
DRAWN = "lookback-drawn"  # an event that names the hazards that were drawn
# A number has its year in the middle, that of a record of the register two letters.
IS_HAZARD = "subject LIKE '%-____-%'"
_HAZARD = re.compile(".*-.{4}-.*", re.DOTALL)  # the same
NOTHING = (0, chained.START)  # the head of a ledger without events


def head(ask: Ask) -> tuple[int, bytes]:
    """The place and the hash of the last event."""
    last = ask("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1", ())
    return (last[0][0], last[0][1]) if last else NOTHING


def chain(ask: Ask, *, after: int = 0) -> list[Sequence[object]]:
    """The events after a place, as the chain is recomputed from them."""
    columns = ", ".join(("seq", "prev", "hash", *chained.FIELDS))
    return ask(f"SELECT {columns} FROM event WHERE seq > ? ORDER BY seq", (after,))


class Done(NamedTuple):
    """What a request wrote when it was asked before: its events, from the first to the last."""

    first: int
    last: int


def done(ask: Ask, request: Request) -> Done | None:
    """What was written when the same was asked before; None if it was not.

    Raises RequestReused if something else was asked under this id.
    """
    found = ask("SELECT content, first, last FROM request WHERE id = ?", (request.id,))
    if found and found[0][0] != request.content:
        raise RequestReused(request=request.id)
    return Done(*found[0][1:]) if found else None


def of_newcomer(event: Event, request: Request | None) -> list[Callable[[Ask], object]]:
    """What is looked up before an event enters a hazard."""
    name = sameness(str(event.changes["enterprise"]))
    return [
        *([partial(done, request=request)] if request else []),
        partial(alike, marks=[likeness_told(event)]),
        partial(last_sequence, year=event.on.year),
        partial(bearer, kind=ENTERPRISE.name, name=name),
    ]


def subjects(ask: Ask, done: Done) -> list[str]:
    """All that a request wrote of, the ledger itself if it did, in their order."""
    sql = "SELECT subject FROM event WHERE seq BETWEEN ? AND ? GROUP BY subject ORDER BY min(seq)"
    return [subject for (subject,) in ask(sql, (done.first, done.last))]


def hazards_of(ask: Ask, done: Done) -> list[str]:
    """The hazards that a request wrote of, in their order."""
    return [subject for subject in subjects(ask, done) if is_hazard(subject)]


def is_hazard(subject: str) -> bool:
    """Whether a subject of events is the number of a hazard."""
    return bool(_HAZARD.fullmatch(subject))


def written(ask: Ask, done: Done) -> list[str]:
    """What a request wrote, by name: the files it took in, else the hazards it wrote of."""
    sql = "SELECT body FROM event WHERE kind = 'file-imported' AND seq BETWEEN ? AND ?"
    files = [json.loads(body)["facts"]["file"] for (body,) in ask(sql, (done.first, done.last))]
    return files or hazards_of(ask, done) or subjects(ask, done)


def made(ask: Ask, number: str, done: Done) -> tuple[Hazard | None, Hazard]:
    """A hazard as it stood before a request and after it; before, None if it was entered by it."""
    sql = (
        "SELECT seq, kind, actor, body FROM event WHERE subject = ? AND seq <= ?"
        " ORDER BY subject_seq"
    )
    before: Hazard | None = None
    after: Hazard | None = None
    for seq, kind, actor, body in ask(sql, (number, done.last)):
        event = event_from(kind=kind, actor=actor, body=body)
        after = apply(after, event) if after else born(number, event)
        before = after if seq < done.first else before
    assert after
    return before, after


def last_sequence(ask: Ask, year: int) -> int:
    """The last number given out in a year, 0 if none was."""
    sql = "SELECT max(id) FROM hazard WHERE id >= ? AND id < ?"
    last = ask(sql, (year * SEQUENCES, (year + 1) * SEQUENCES))[0][0]
    return int(last) - year * SEQUENCES if last else 0


def bearer(ask: Ask, kind: str, name: str) -> int | None:
    """The id of the record that bears a name, as names are compared; None if none does."""
    found = ask("SELECT id FROM named WHERE kind = ? AND name = ?", (kind, name))
    return int(found[0][0]) if found else None


def is_there(ask: Ask, ident: int) -> bool:
    """Whether a hazard has that id."""
    return bool(ask("SELECT 1 FROM hazard WHERE id = ?", (ident,)))


def is_empty(ask: Ask) -> bool:
    """Whether no hazard was ever entered."""
    return not ask("SELECT 1 FROM hazard LIMIT 1", ())


def hazard(ask: Ask, ident: int) -> Hazard:
    """The hazard of an id, as it stands."""
    row = ask(f"SELECT {', '.join(FIELDS)} FROM hazard WHERE id = ?", (ident,))[0]
    return from_row(dict(zip(FIELDS, row, strict=True)))


def places(ask: Ask, number: str, ident: int) -> tuple[int, int, int]:
    """How many events, stretches of the past and files a hazard has."""
    ((place, past, files),) = ask(_PLACES, (number, ident, ident))
    return int(place or 0), int(past), int(files)


_PLACES = (
    "SELECT (SELECT max(subject_seq) FROM event WHERE subject = ?),"
    " (SELECT count(*) FROM past WHERE id = ?), (SELECT count(*) FROM evidence WHERE id = ?)"
)


def last_place(ask: Ask, subject: str) -> int:
    """The place of the last event of a subject, 0 if it has none."""
    found = ask("SELECT max(subject_seq) FROM event WHERE subject = ?", (subject,))[0][0]
    return int(found or 0)


def last_places(ask: Ask, subjects: Sequence[str]) -> dict[str, int]:
    """The place of the last event of each of these subjects."""
    some = ", ".join("?" * len(subjects))
    sql = f"SELECT subject, max(subject_seq) FROM event WHERE subject IN ({some}) GROUP BY subject"
    return dict(ask(sql, subjects))


def alike(ask: Ask, marks: Sequence[object]) -> list[tuple[bytes, str, str]]:
    """The mark, number and state of the hazards that have one of these marks of likeness."""
    some = ", ".join("?" * len(marks))
    return ask(f"SELECT likeness, number, state FROM hazard WHERE likeness IN ({some})", marks)


def of_enterprises(ask: Ask, names: Sequence[object]) -> list[tuple[str, ...]]:
    """The enterprise, number, description, days found and closed of the hazards of enterprises."""
    some = ", ".join("?" * len(names))
    return ask(
        "SELECT enterprise, number, description, found_on, closed_on FROM hazard"
        f" WHERE enterprise IN ({some}) ORDER BY enterprise, found_on, id",
        names,
    )


def coded(ask: Ask, codes: Sequence[object]) -> list[tuple[str, str, str, str, str]]:
    """The code, enterprise, day, number and state of the hazards with one of these codes."""
    some = ", ".join("?" * len(codes))
    return ask(
        "SELECT external_code, enterprise, found_on, number, state FROM hazard"
        f" WHERE external_code IN ({some})",
        codes,
    )


def numbered(
    ask: Ask, idents: Sequence[object], *, before: int
) -> list[tuple[str, str, str, str, str]]:
    """The number, enterprise, day, number again and state of the hazards with one of these ids.

    Those that were entered before an event.
    """
    some = ", ".join("?" * len(idents))
    return ask(
        f"SELECT number, enterprise, found_on, number, state FROM hazard WHERE id IN ({some})"
        " AND (SELECT seq FROM event WHERE subject = hazard.number AND subject_seq = 1) < ?",
        [*idents, before],
    )
