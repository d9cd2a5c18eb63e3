"""What somebody may do to a ledger who holds it: past its triggers, and tidily.

Who holds a file uses the bare driver; who holds a database on a server is its superuser.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from hazardctl.domain.register import KINDS, kind_of
from hazardctl.store import registered, rows
from hazardctl.store.adapting import Question
from hazardctl.store.chain import FIELDS, START, chained
from hazardctl.store.lookups import DRAWN, LEDGER
from hazardctl.store.place import Place, Server
from hazardctl.store.proof import told_settings
from hazardctl.store.replay import Row, Written, life

OF_HAZARDS = ("hazard", "card", "line", "past", "evidence", "lookback")
OF_RECORDS = (*KINDS, "named")


@dataclass(frozen=True)
class Hand:
    """A hand on the tables of a ledger; what it is told is in SQLite's words."""

    engine: str
    _connection: Any

    def execute(self, sql: str, values: Sequence[object] = ()) -> Any:
        """Do it, at once; what a cursor tells of it."""
        return self._connection.execute(sql, values)

    def row(self, sql: str, values: Sequence[object] = ()) -> dict[str, Any]:
        """The first row of an answer, by its columns."""
        told = self.execute(sql, values)
        names = [column[0] for column in told.description]
        return dict(zip(names, told.fetchone(), strict=True))

    @property
    def blob(self) -> str:
        """The type of a column that holds bytes."""
        return "BLOB" if self.engine == "sqlite" else "BYTEA"

    @property
    def on_event(self) -> str:
        """What a trigger's name is followed by where it is dropped."""
        return "" if self.engine == "sqlite" else " ON event"

    @property
    def rowid(self) -> str:
        """What tells a row from all others of its table."""
        return "rowid" if self.engine == "sqlite" else "ctid"


@contextmanager
def holding(place: Place) -> Iterator[Hand]:
    """A ledger in the hands of somebody whom its triggers stop."""
    if isinstance(place, Server):
        with psycopg.connect(place.url, autocommit=True, cursor_factory=Question) as owner:
            yield Hand("postgresql", owner)
    else:
        with closing(sqlite3.connect(place, isolation_level=None)) as file:
            yield Hand("sqlite", file)


@contextmanager
def unguarded(place: Place) -> Iterator[Hand]:
    """The same without its triggers, which are put back: all of it at once, or nothing."""
    with holding(place) as book:
        off, on = _triggers(book)
        for sql in ("BEGIN", *off):
            book.execute(sql)
        yield book
        for sql in (*on, "COMMIT"):
            book.execute(sql)


def _triggers(book: Hand) -> tuple[Iterable[str], Iterable[str]]:
    """How all triggers are put aside, and how they are put back."""
    if book.engine == "sqlite":
        sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        triggers = dict(book.execute(sql).fetchall())
        return [f"DROP TRIGGER {name}" for name in triggers], triggers.values()
    sql = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'event'::regclass AND NOT tgisinternal"
    names = [name for (name,) in book.execute(sql).fetchall()]
    back = [f"ALTER TABLE event ENABLE ALWAYS TRIGGER {name}" for name in names]
    return ["ALTER TABLE event DISABLE TRIGGER ALL"], back


def rechained(book: Hand) -> None:
    """Every event hashed anew, each upon the one before it."""
    ((ledger_id,),) = book.execute("SELECT value FROM setting WHERE name = 'ledger_id'")
    events = book.execute(f"SELECT seq, {', '.join(FIELDS)} FROM event ORDER BY seq").fetchall()
    head = START
    for seq, *parts in events:
        prev, head = head, chained(ledger_id, head, seq, parts)
        book.execute("UPDATE event SET prev = ?, hash = ? WHERE seq = ?", (prev, head, seq))
    headed(book)


def headed(book: Hand) -> None:
    """The head of the chain is its last event again, where it is told beside the events."""
    if book.engine == "postgresql":
        last = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1"
        book.execute(f"UPDATE chain_head SET (seq, hash) = ({last})")


def renumbered(book: Hand) -> None:
    """Every event counted anew: in the ledger, in its subject, and in the requests."""
    old = [seq for (seq,) in book.execute("SELECT seq FROM event ORDER BY seq").fetchall()]
    for new, seq in enumerate(old, start=1):
        if new == seq:
            continue
        book.execute("UPDATE event SET seq = ? WHERE seq = ?", (new, seq))
        for edge in ("first", "last"):
            book.execute(f"UPDATE request SET {edge} = ? WHERE {edge} = ?", (new, seq))
    counted: dict[str, int] = {}
    for seq, subject, place in book.execute(
        "SELECT seq, subject, subject_seq FROM event ORDER BY seq"
    ).fetchall():
        counted[subject] = counted.get(subject, 0) + 1
        if counted[subject] != place:
            sql = "UPDATE event SET subject_seq = ? WHERE seq = ?"
            book.execute(sql, (counted[subject], seq))


def mended(book: Hand) -> None:
    """Every row made anew from the events that there are."""
    for table in (*OF_HAZARDS, *OF_RECORDS, "drawn"):
        book.execute(f"DELETE FROM {table}")
    sql = "SELECT DISTINCT subject FROM event WHERE subject <> ?"
    for (number,) in book.execute(sql, (LEDGER,)).fetchall():
        sql = (
            "SELECT seq, subject_seq, kind, actor, body FROM event WHERE subject = ?"
            " ORDER BY subject_seq"
        )
        events = [Written(*row) for row in book.execute(sql, (number,)).fetchall()]
        for table, told in made(number, events).items():
            for row in told:
                put(book, table, row)
    sql = "SELECT seq, body FROM event WHERE kind = ?"
    for seq, body in book.execute(sql, (DRAWN,)).fetchall():
        said = json.loads(body)
        for number in said["facts"]["numbers"]:
            put(book, "drawn", {"id": rows.hazard_id(number), "seq": seq, "drawn_on": said["on"]})
    ((last,),) = book.execute("SELECT max(seq) FROM event")
    book.execute("DELETE FROM request WHERE first > ?", (last,))
    book.execute("UPDATE request SET last = ? WHERE last > ?", (last, last))
    told_of = "SELECT reporter FROM hazard WHERE reporter IS NOT NULL"
    book.execute(f"DELETE FROM reporter WHERE id NOT IN ({told_of})")
    kept_settings = told_settings(lambda sql, values: book.execute(sql, values).fetchall())
    book.execute("DELETE FROM setting")
    for name, value in kept_settings.items():
        put(book, "setting", {"name": name, "value": value})
    headed(book)


def made(number: str, events: Sequence[Written]) -> dict[str, list[Row]]:
    """What the events of a hazard, or of a record of the register, make of it, table by table."""
    kind = kind_of(number)
    if kind is None:
        return life(number, events).tables()
    told = [
        registered.event_from(kind, what=one.kind, actor=one.actor, body=one.body) for one in events
    ]
    record = registered.folded(kind, number, told)
    named = [] if registered.has_likeness(kind) else registered.names_row(kind, record)
    return {kind.name: [registered.to_row(kind, record)], "named": named}


def put(book: Hand, table: str, row: Mapping[str, Any]) -> None:
    """A row, as it is."""
    marks = ", ".join("?" * len(row))
    values = [int(value) if isinstance(value, bool) else value for value in row.values()]
    book.execute(f"INSERT INTO {table}({', '.join(row)}) VALUES ({marks})", values)
