"""What a writer looks up first: the ledger's settings, its last event, the hazard as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hazardctl.domain.hazard import Hazard
from hazardctl.store import chain as chained
from hazardctl.store.cards import SEQUENCES
from hazardctl.store.conditions import Ask
from hazardctl.store.rows import FIELDS, from_row

NOTHING = (0, chained.START)  # the head of a ledger without events


def head(ask: Ask) -> tuple[int, bytes]:
    """The place and the hash of the last event."""
    last = ask("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1", ())
    return (last[0][0], last[0][1]) if last else NOTHING


def chain(ask: Ask, *, after: int = 0) -> list[Sequence[object]]:
    """The events after a place, as the chain is recomputed from them."""
    columns = ", ".join(("seq", "prev", "hash", *chained.FIELDS))
    return ask(f"SELECT {columns} FROM event WHERE seq > ? ORDER BY seq", (after,))


def last_sequence(ask: Ask, year: int) -> int:
    """The last number given out in a year, 0 if none was."""
    sql = "SELECT max(id) FROM hazard WHERE id >= ? AND id < ?"
    last = ask(sql, (year * SEQUENCES, (year + 1) * SEQUENCES))[0][0]
    return int(last) - year * SEQUENCES if last else 0


def hazard(ask: Ask, ident: int) -> Hazard:
    """The hazard of an id, as it stands."""
    row = ask(f"SELECT {', '.join(FIELDS)} FROM hazard WHERE id = ?", (ident,))[0]
    return from_row(dict(zip(FIELDS, row, strict=True)))


def places(ask: Ask, number: str, ident: int) -> tuple[int, int, int]:
    """How many events, stretches of the past and files a hazard has."""
    past = ask("SELECT count(*) FROM past WHERE id = ?", (ident,))[0][0]
    files = ask("SELECT count(*) FROM evidence WHERE id = ?", (ident,))[0][0]
    return last_place(ask, number), int(past), int(files)


def last_place(ask: Ask, subject: str) -> int:
    """The place of the last event of a subject, 0 if it has none."""
    found = ask("SELECT max(subject_seq) FROM event WHERE subject = ?", (subject,))[0][0]
    return int(found or 0)


def alike(ask: Ask, marks: Sequence[object]) -> list[tuple[bytes, str, str]]:
    """The mark, number and state of the hazards that have one of these marks of likeness."""
    some = ", ".join("?" * len(marks))
    return ask(f"SELECT likeness, number, state FROM hazard WHERE likeness IN ({some})", marks)


def coded(ask: Ask, codes: Sequence[object]) -> list[tuple[str, str, date, str, str]]:
    """The code, enterprise, day, number and state of the hazards with one of these codes."""
    some = ", ".join("?" * len(codes))
    sql = (
        "SELECT external_code, enterprise, found_on, number, state FROM hazard"
        f" WHERE external_code IN ({some})"
    )
    return [
        (code, enterprise, date.fromisoformat(found_on), number, state)
        for code, enterprise, found_on, number, state in ask(sql, codes)
    ]
