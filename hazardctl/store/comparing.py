"""The replay of a ledger: what its events make of it, compared with what stands in its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from hazardctl.domain.finding import Finding
from hazardctl.errors import Damaged
from hazardctl.store.opening import Reading, reading
from hazardctl.store.place import Place, Server
from hazardctl.store.replay import Life, Row, Unfollowable, Written, life
from hazardctl.store.sifting import FUNCTIONS, unsifted
from hazardctl.store.sqlite import reading as read_file

AT_ONCE = 500  # hazards that are replayed together
TABLES = (
    "hazard",
    "card",
    "line",
    "past",
    "evidence",
    "lookback",
)  # each begins with the hazard's id
_ORDER = {"past": "stretch", "evidence": "place", "lookback": "place"}


def replayed(path: Place, *, prefix: str, first: int, before: int) -> Iterator[Finding]:
    """Hazards whose rows are not what their events make of them, within a range of ids."""
    left = _left(path, prefix=prefix, first=first, before=before)
    try:
        yield from _replayed(path, left, texts=str)
    except Damaged:  # a text that is no text
        yield from _replayed(path, left, texts=rough)


def _replayed(
    path: Place, idents: Sequence[int], *, texts: Callable[[bytes], object]
) -> list[Finding]:
    found: list[Finding] = []
    with reading(path, texts=texts) as book:
        for start in range(0, len(idents), AT_ONCE):
            found += _compared(book, idents[start : start + AT_ONCE])
    return found


def _left(path: Place, *, prefix: str, first: int, before: int) -> Sequence[int]:
    """The hazards that are not plainly what their one event says.

    A server is asked for all of them: the sifting speaks SQLite's words alone.
    """
    try:
        if isinstance(path, Server):
            return _every(path, first=first, before=before)
        with read_file(path) as book:
            for name, function in FUNCTIONS.items():
                book.teach(name, function)
            return unsifted(book.ask, prefix=prefix, first=first, before=before)
    except Damaged:  # an event that is no JSON stops the sifting: then all are replayed
        return _every(path, first=first, before=before)


def _every(path: Place, *, first: int, before: int) -> list[int]:
    with reading(path) as book:
        sql = "SELECT id FROM hazard WHERE id >= ? AND id < ? ORDER BY id"
        return [ident for (ident,) in book.ask(sql, (first, before))]


def rough(text: bytes) -> str:
    """Text as it is read where it may be damaged: what is no UTF-8 compares with nothing."""
    return text.decode(errors="surrogateescape")


def _compared(book: Reading, idents: Sequence[int]) -> Iterator[Finding]:
    """The hazards of these ids, their rows compared with their lives."""
    some = ", ".join("?" * len(idents))
    ask = book.ask
    stored = {
        table: _grouped(ask(f"SELECT * FROM {table} WHERE id IN ({some})", idents), table, columns)
        for table in TABLES
        if (columns := book.columns(table))  # an earlier ledger has not all of them
    }
    sql = (
        "SELECT hazard.id, number, seq, subject_seq, kind, actor, body FROM hazard"
        f" LEFT JOIN event ON subject = number WHERE hazard.id IN ({some})"
        " ORDER BY hazard.id, subject_seq"
    )
    for (ident, number), events in groupby(ask(sql, idents), key=lambda row: row[:2]):
        written = [Written(*row[2:]) for row in events]
        if written[0].seq is None:
            yield Finding("row-without-event", number, None, {"table": "hazard", "id": ident})
            continue
        try:
            lived = life(number, written)
            told = lived.tables()
        except Unfollowable as fault:
            yield Finding("event-unfollowable", number, fault.seq)
            continue
        for table, rows in stored.items():
            yield from _differing(lived, table, rows.get(ident, []), told[table])


def _differing(
    lived: Life, table: str, stored: Sequence[Row], told: Sequence[Row]
) -> Iterator[Finding]:
    if len(stored) != len(told):
        code = "row-missing" if len(stored) < len(told) else "row-without-event"
        yield Finding(code, lived.number, lived.last_seq, {"table": table, "id": None})
        return
    for row, right in zip(stored, told, strict=True):
        if row == right:
            continue
        columns = [name for name in row if row[name] != right.get(name)]
        if columns:
            seqs = [lived.told_by[name] for name in columns if name in lived.told_by]
            seq = max(seqs, default=lived.last_seq)
            yield Finding("row-differs", lived.number, seq, {"table": table, "columns": columns})


def _grouped(
    rows: Iterable[Sequence[object]], table: str, names: Sequence[str]
) -> dict[object, list[Row]]:
    order = names.index(_ORDER.get(table, "id"))
    found: dict[object, list[Row]] = {}
    for row in sorted(rows, key=itemgetter(order)):
        found.setdefault(row[0], []).append(dict(zip(names, row, strict=True)))
    return found
